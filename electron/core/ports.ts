/** What core needs from the world; desktop (or a test) provides it. */

import type { Result } from '../../shared/ipc.ts';
import type { CropImage, UploadView } from '../../shared/media.ts';
import type { Cloud, Screen, WebPage } from '../../shared/places.ts';
import type { Notice, Preferences } from '../../shared/state.ts';
import type { Copies } from './media/backgrounds.ts';
import type { ImageCodec } from './media/shrink.ts';
import type { ZoomSession } from './zoom/client.ts';

/** The only source of time in core. */
export interface Clock {
  /** Wall-clock time, epoch milliseconds. It may jump; deadlines are compared against it again on resume. */
  now(): number;
  /** Runs `fn` once after `ms` milliseconds; the returned function cancels it and may be called at any time. */
  setTimeout(fn: () => void, ms: number): () => void;
}

/** What is kept on disk besides secrets. Loading never throws; a failed save becomes a notice. */
export interface Files {
  preferences(): Preferences;
  savePreferences(preferences: Preferences): void;
  /** The list of accounts as untrusted JSON; undefined when there is none. */
  accounts(): unknown;
  saveAccounts(json: Record<string, unknown>): void;
  /** The stored presence of a person at Zoom as untrusted JSON; undefined when there is none. */
  presence(userId: string): unknown;
  savePresence(userId: string, json: object): void;
  forgetPresence(userId: string): void;
  /** Which contents an account's backgrounds have, as untrusted JSON; undefined when nothing is stored. */
  backgrounds(key: string): unknown;
  saveBackgrounds(key: string, json: object): void;
  forgetBackgrounds(key: string): void;
  /** What the person should know: a file that was reset, a folder that cannot be written. */
  notices(): readonly Notice[];
}

/** A way to Zoom for one account. */
export interface Connection {
  /** Base of the API, such as https://api.zoom.us/v2. Asked for each call: Zoom may name another one with new tokens. */
  apiUrl(): string;
  readonly session: ZoomSession;
  /** The granted scopes, space-separated; empty where Zoom does not tell. */
  scope(): string;
  /** Forgets that a refresh failed a moment ago: the person asks, or the network is back. */
  retryNow(): void;
}

/** An account that can be connected. */
export interface AccountSource {
  /** Nothing of it leaves this computer. */
  readonly practice: boolean;
  /** Opens the way to Zoom; may be called again after a failure. `waiting` is told that the keychain takes its time. */
  connect(waiting: () => void): Promise<Result<Connection>>;
}

/** One of Zoom's clouds, by its addresses. */
interface CloudAddresses {
  /** Base of /oauth/authorize, /oauth/token and /oauth/revoke. */
  readonly oauthUrl: string;
  readonly apiUrl: string;
}
export type Clouds = Readonly<Record<Cloud, CloudAddresses>>;

/** An open port of this computer that waits for the browser to come back. */
export interface Listener {
  readonly port: number;
  close(): void;
}

/** What the browser shows after it came back. */
export type CallbackPage = 'done' | 'declined' | 'stray' | 'used' | 'failed';

/** The browser and the way back from it. */
export interface Browser {
  /** False when the system could not open it. */
  open(address: string): Promise<boolean>;
  /** Opens a port of 127.0.0.1 for `path`; each answer of the browser is handed on as a whole address. Rejects without a port. */
  listen(path: string, answered: (address: string) => CallbackPage): Promise<Listener>;
}

/** What pictures and videos need of this computer. */
export interface Media {
  readonly codec: ImageCodec;
  /** Where copies of an account's uploads are kept. */
  copies(key: string): Copies;
  /** Removes them. */
  forget(key: string): void;
  /** Tells when the network is back; returns how to stop that. It costs a look every few seconds. */
  online(listener: () => void): () => void;
  /** Told of an account's queue after each change of it: for the taskbar, and a word at its end. */
  uploads(key: string, queue: readonly UploadView[]): void;
}

/** What the desktop does when asked. */
export interface Shell {
  openWindow(screen?: Screen): void;
  openPage(page: WebPage): void;
  copy(text: string): void;
  /** Asks for files; resolves with their absolute paths, none when the person changed their mind. */
  chooseFiles(use: 'backgrounds' | 'picture'): Promise<readonly string[]>;
  /** Hands a picture to the window to be cropped. */
  crop(image: CropImage): void;
  quit(): void;
}
