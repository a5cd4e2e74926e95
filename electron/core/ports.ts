/** What core needs from the world; desktop (or a test) provides it. */

import type { Notice, Preferences } from '../../shared/app.ts';
import type { UploadView } from '../../shared/backgrounds.ts';
import type { Result, TallyError } from '../../shared/errors.ts';
import type { VideoLook } from '../../shared/ipc/media-process.ts';
import type { MediaKind, OtherKind } from '../../shared/media.ts';
import type { Command, CommandFailure } from '../../shared/outwards.ts';
import type { CropImage } from '../../shared/picture.ts';
import type { Cloud, Screen, WebPage } from '../../shared/places.ts';
import type { VideoCut, VideoEncoding, VideoTurn } from '../../shared/video.ts';

/**
 * `backgrounds`: which content each has. `settings` and `profile`: changes that are not saved yet, and what can be undone.
 * `automation`: its rules, and what they have done. `calendars`: what was read of them last, and no address. `presets` and `outwards` (the command, and the broker) are no account's, and are forgotten with none.
 */
export type KeptName =
  | 'backgrounds'
  | 'settings'
  | 'profile'
  | 'automation'
  | 'calendars'
  | 'presets'
  | 'outwards'
  | 'shortcuts';

/** The only source of time in core. */
export interface Clock {
  /** Wall-clock time, epoch milliseconds. It may jump; deadlines are compared against it again on resume. */
  now(): number;
  /** Milliseconds with a fraction from whatever instant; never set back. For measuring alone. */
  elapsed(): number;
  /**
   * Runs `fn` once after `ms` milliseconds, 2^31-1 at most: what waits longer compares its instant again. The returned function
   * cancels it and may be called at any time.
   */
  setTimeout(fn: () => void, ms: number): () => void;
}

/** Whether somebody is at this computer, as far as the system tells. */
export interface Attendance {
  /** The screen is locked; or there was no input for `idleAfter` milliseconds, in whole seconds. Costs little, and wakes nothing. */
  look(idleAfter: number): 'here' | 'idle' | 'locked';
  /** Calls `listener` when the screen is unlocked, where the system tells; returns how to stop that. */
  onUnlock(listener: () => void): () => void;
  /**
   * Calls `listener` soon with whether the screen is locked or the computer sleeps, and after each change of that; undefined where
   * nothing tells. Returns how to stop that.
   */
  watchLock(listener: (locked: boolean | undefined) => void): () => void;
  /**
   * Calls `listener` soon, and whenever that is another answer, with since when (epoch ms) there was no input, once that has been
   * so for `after` ms; null: somebody is here; undefined: nothing tells. Returns how to stop that.
   */
  watchIdle(after: number, listener: (since: number | null | undefined) => void): () => void;
  /**
   * Calls `listener` soon with who uses a microphone or camera, and after each change of that; undefined where nothing tells.
   * Returns how to stop that.
   */
  watchDevices(listener: (uses: readonly DeviceUse[] | undefined) => void): () => void;
}

/** The desktop's own do not disturb. */
export interface DesktopQuiet {
  /** Whether it can be switched: it stays so until it is switched again, or until who asked for it has gone, or it can't. */
  readonly kind: 'kept' | 'lent' | 'none';
  /** Calls `listener` soon with whether the desktop shows no notifications, and after each change; undefined where nothing tells. */
  watch(listener: (quiet: boolean | undefined) => void): QuietWatch;
}

export interface QuietWatch {
  /** Asks the desktop to show none, or to show them again: whether it has taken that, and what is seen then. Never rejects. */
  set(quiet: boolean): Promise<{ readonly taken: boolean; readonly seen: boolean | undefined }>;
  /** Ends the watching, and what was lent. */
  stop(): void;
}

/** A microphone or camera in use, and by which program, where that is known: its own name, to be shown as text alone. */
export interface DeviceUse {
  readonly device: 'microphone' | 'camera';
  readonly program?: string;
}

/** The way from this computer to the internet. */
export interface Network {
  /**
   * The proxy that a request to `url` goes through, such as `http://name:password@proxy.example:8080`, or null for none. Asked
   * before each request, as the network may be another one by then. Rejects with a KnownFailure where there is a proxy that
   * cannot be used.
   */
  proxyFor(url: string): Promise<string | null>;
  /** A proxy could not be reached: where the system has named others, they count for some minutes. */
  failed(proxy: string): void;
  /** From now on trusts whom this computer trusts, besides the usual authorities; false where that cannot be. */
  trustSystem(): boolean;
}

/** What tells one state of a file from another. */
export interface FileState {
  /** Bytes. */
  readonly size: number;
  /** Last change, epoch milliseconds with fractions. */
  readonly mtimeMs: number;
  readonly ino: number;
}

/** A file that is open for reading. */
export interface OpenFile {
  state(): Promise<FileState & { readonly isFile: boolean }>;
  /** Reads up to `length` bytes into the buffer, from `position` or where the last read ended; gives how many, 0 at the end. */
  read(buffer: Uint8Array, offset: number, length: number, position: number | null): Promise<number>;
  close(): Promise<void>;
}

/**
 * Files of the person's, to be read. Everything rejects with the system's error, whose `code` tells why; ETIMEDOUT: the disk has
 * given nothing for 2 seconds, and is not waited for.
 */
export interface Disk {
  /** What is at a path; `none`: a link that leads nowhere. */
  look(
    path: string,
  ): Promise<{ readonly link: boolean; readonly target: 'file' | 'folder' | 'other' | 'none' }>;
  /** Waits for nobody, should a pipe be there. */
  open(path: string): Promise<OpenFile>;
  state(path: string): Promise<FileState>;
  read(path: string): Promise<Buffer>;
}

/** What is kept on disk besides secrets. Loading never throws; a failed save becomes a notice. */
export interface Files {
  preferences(): Preferences;
  savePreferences(preferences: Preferences): void;
  /** The list of accounts as untrusted JSON; undefined when there is none. */
  accounts(): unknown;
  /** With `inCopies`, nothing of what was there before stays in the file's copies either. */
  saveAccounts(json: Record<string, unknown>, inCopies?: boolean): void;
  /** The stored presence of a person at Zoom as untrusted JSON; undefined when there is none. */
  presence(userId: string): unknown;
  savePresence(userId: string, json: object): void;
  /** What is kept of an account under a name, as untrusted JSON; undefined when nothing is. Read at first use. */
  kept(name: KeptName, key: string): unknown;
  /** Replaces it; undefined removes it. `inCopies` as with the accounts. */
  keep(name: KeptName, key: string, json: object | undefined, inCopies?: boolean): void;
  /** Removes all that is kept of an account and of its person at Zoom, also from copies; the list of accounts is not touched. */
  forget(key: string, userId: string): void;
  /** What the person should know: a file that was reset, a folder that cannot be written. */
  notices(): readonly Notice[];
}

export type TokenResult =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly error: TallyError };

/** Who calls. Both functions may be asked many times at once; making that one refresh is their business. */
export interface ZoomSession {
  /** A token believed to be good. */
  accessToken(): Promise<TokenResult>;
  /** A token other than `usedToken`, which Zoom has just refused. */
  refresh(usedToken: string): Promise<TokenResult>;
}

/** The OS keychain, one call at a time. */
export interface SecretStore {
  /**
   * Whether the place of an item is locked, and whether something is there, asked without a question to the person and without
   * waiting for one. Only of a Secret Service (Linux) does this tell anything; other keychains refuse what is locked by an error.
   */
  look(item: string): Promise<Result<{ readonly locked: boolean; readonly found: boolean }>>;
  /** Null: nothing is stored, or the keychain is locked; both look the same. */
  get(item: string): Promise<Result<string | null>>;
  set(item: string, secret: string): Promise<Result<null>>;
  /** Succeeds as well where there was nothing, or where a locked keychain did nothing. */
  delete(item: string): Promise<Result<null>>;
  /** Resolves when no call is in flight: after a call was given up, this tells that the person has unlocked (or refused). */
  settled(): Promise<void>;
  /** Whether a call is in flight. */
  busy(): boolean;
}

/** A way to Zoom for one account. */
export interface Connection {
  /** Base of the API, such as https://api.zoom.us/v2. Asked for each call: Zoom may name another one with new tokens. */
  apiUrl(): string;
  readonly session: ZoomSession;
  /** The granted scopes, space-separated; empty where Zoom does not tell. */
  scope(): string;
  /** Backgrounds that are there though they were not uploaded from here, and whose files this computer has all the same. */
  readonly examples?: readonly { readonly id: string; readonly bytes: Uint8Array }[];
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
  /**
   * Opens a port of 127.0.0.1 for `path`, any free one unless `port` names it; each answer of the browser is handed on as a whole
   * address. Rejects without a port.
   */
  listen(path: string, answered: (address: string) => CallbackPage, port?: number): Promise<Listener>;
}

/** What a picture is encoded to. */
export interface Encoding {
  /** Pixels; at most those of the picture. */
  readonly width: number;
  readonly height: number;
  readonly kind: 'jpeg' | 'png';
  /** A colour such as #ffffff, to be seen wherever the picture lets something show through. */
  readonly behind?: string;
  /** Of a JPEG, 0 to 100. */
  readonly quality?: number;
  /** Of what is larger, in bytes, only the size is told. */
  readonly most: number;
}

export interface Encoded {
  readonly size: number;
  readonly bytes?: Buffer;
}

/** An opened picture: upright and in sRGB. To be closed, as it may take a few hundred megabytes. */
export interface Image {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** No pixel of it lets anything show through; JPEG would paint such pixels black. */
  readonly opaque: boolean;
  /** Rejects with a Refusal: 'cancelled', 'crashed', 'slow', and where the file can no longer be read. */
  encode(as: Encoding): Promise<Encoded>;
  close(): void;
}

/** Opens and encodes pictures, away from the main process; the desktop has one. */
export interface ImageCodec {
  /**
   * Opens a picture (of a moving one, or of a video, the first frame), read from a path or given as bytes.
   * @returns null when it cannot be decoded
   * @throws Refusal as `encode` does
   */
  open(source: string | Uint8Array, options: OpenOptions): Promise<Image | null>;
  /** The system has an opener for HEIC, which Chromium has not. */
  readonly opensHeic?: boolean;
}

export interface OpenOptions {
  readonly kind: MediaKind | OtherKind;
  /** Of its sides, over 0 and at most 1: no more of its pixels are kept. */
  readonly scale: number;
  /** Not opened where all of its pixels would have to be decoded for that: only JPEGs can do without. */
  readonly reducedOnly?: boolean;
  /** Ends it at any moment, and whatever is done with the picture later. */
  readonly signal?: AbortSignal | undefined;
  /** Something small that a person waits for: it goes before what is not. */
  readonly urgent?: boolean;
}

/** A file as the media process reads it: in parts, as it needs them. */
export interface Parts {
  /** Bytes. */
  readonly size: number;
  /** As many as there are of those that are asked for. */
  read(at: number, length: number): Promise<Uint8Array>;
}

/**
 * Looks into videos and makes others of them, away from the main process; the desktop has one. Null where that cannot be done; rejects
 * with a Refusal ('cancelled', 'crashed', 'slow'), and with whatever `read` rejects with.
 */
export interface Videos {
  look(file: Parts, signal?: AbortSignal): Promise<VideoLook | null>;
  /** A frame as a JPEG, its longer side `most` pixels at most. */
  frame(
    file: Parts,
    of: { readonly at: number; readonly turn: VideoTurn; readonly most: number },
    signal?: AbortSignal,
  ): Promise<Buffer | null>;
  /** An MP4 of H.264 without sound; of what comes out larger than `most` bytes, a guess at its size. */
  make(
    file: Parts,
    how: Omit<VideoCut, 'lines'> & VideoEncoding & { readonly most: number },
    watch: { readonly signal: AbortSignal; progress(share: number): void },
  ): Promise<Encoded | null>;
}

/** Local copies of what was uploaded, by content. Never throws. */
export interface Copies {
  /**
   * Keeps a content, read from a path (of `disk`, where it is not all of the file) or given as bytes; false when it could not be
   * kept or the file at the path no longer has that hash.
   */
  put(sha256: string, content: string | Uint8Array, disk?: Pick<Disk, 'open'>): Promise<boolean>;
  has(sha256: string): boolean;
  /** Where the copy is, or would be. */
  path(sha256: string): string;
}

/** Files of an account's library, by content. Never throws. */
export interface Originals {
  /**
   * Keeps a content, read from a path (of `disk`, where it is not all of the file) or given as bytes. `full`: there is no room;
   * `failed`: it is no longer that content, too.
   */
  put(
    sha256: string,
    content: string | Uint8Array,
    disk?: Pick<Disk, 'open'>,
  ): Promise<'kept' | 'full' | 'failed'>;
  /** What there is, as far as it was looked at: at first use, and whenever it is used. */
  state(sha256: string): 'kept' | 'missing' | 'spoiled';
  /** Looks at the disk again: a file itself, no link to one, with that very content. */
  look(sha256: string): Promise<'kept' | 'missing' | 'spoiled'>;
  /** All that is kept. */
  all(): readonly string[];
  /** Where the file is, or would be. */
  path(sha256: string): string;
  remove(sha256: string): Promise<void>;
}

/** What an account has in its library; nothing of it goes by itself. Never throws. */
export interface LibraryStore {
  /** Whether there is anything. */
  exists(): boolean;
  /** Its list as untrusted JSON; undefined when there is none, or none that could be read. */
  read(): unknown;
  /** False when the disk does not take it; it is kept in memory then. */
  write(json: object): boolean;
  readonly backgrounds: Originals;
  readonly pictures: Originals;
}

/** What pictures and videos need of this computer. */
export interface Media {
  readonly codec: ImageCodec;
  readonly videos: Videos;
  /** Where copies of an account's uploads are kept. */
  copies(key: string): Copies;
  /** Removes them. */
  forget(key: string): void;
  library(key: string): LibraryStore;
  /** Removes it. */
  forgetLibrary(key: string): void;
  /** Tells when the network is back; returns how to stop that. It costs a look every few seconds. */
  online(listener: () => void): () => void;
  /** Told of an account's queue after each change of it: for the taskbar. */
  uploads(key: string, queue: readonly UploadView[]): void;
}

/** The clipboard, and on Linux the selection that a middle click pastes. */
export interface Clipboard {
  /** Copies a secret, with the mark that clipboard managers leave out; false where the system did not take it. */
  copy(text: string): Promise<boolean>;
  /** Empties both where they still hold `text`; `left`: something else was copied since. */
  clear(text: string): Promise<'cleared' | 'left'>;
}

/** A file with one call. */
export interface KeptCall {
  readonly id: string;
  readonly bytes: number;
  /** Last change, epoch milliseconds with fractions. */
  readonly changed: number;
}

/** Where calls of the advanced panel are kept: one file each, which nobody else can read. Never throws. */
export interface CallFiles {
  /** What is kept of an account, in no order. */
  list(key: string): Promise<readonly KeptCall[]>;
  /** Untrusted JSON; undefined when it cannot be read. */
  read(key: string, id: string): Promise<unknown>;
  /** How often the account was forgotten in this run. */
  era(key: string): number;
  /** Gives the size in bytes; undefined when it could not be written, or the account was forgotten since that era. */
  write(key: string, id: string, json: object, era: number): Promise<number | undefined>;
  remove(key: string, ids: readonly string[]): Promise<void>;
  /** What was last written beside the calls of an account, untrusted JSON; undefined when it cannot be read. */
  readIndex(key: string): Promise<unknown>;
  /** Not written where the account was forgotten since that era. */
  writeIndex(key: string, json: object, era: number): Promise<void>;
  /** Removes all of an account, and ends its era. */
  forget(key: string): Promise<void>;
}

/** Text files that the person names in a dialog. */
export interface Documents {
  /** False when they changed their mind. `title` is the dialog's. */
  save(suggestedName: string, text: string, title: string): Promise<Result<boolean>>;
  /** Null when they changed their mind. */
  open(): Promise<Result<{ readonly name: string; readonly text: string } | null>>;
}

/** Addresses from Zoom that Tally opens. */
export interface Pages {
  /** Opens a link that starts a meeting, if it is one of Zoom's (or of the practice Zoom); false when it is not opened. */
  startMeeting(url: string): Promise<boolean>;
}

/** How a program ended; `said` is the last that it wrote to its standard error, a few KB at most. */
export type ProgramEnd = Exclude<CommandFailure, { kind: 'slow' | 'path' }> | { readonly kind: 'done' };

/** Runs a program without a shell, with nothing but `env` and what any program needs. `signal` ends it and all that it has started. Never rejects. */
export type RunProgram = (
  run: Command & { readonly env: Readonly<Record<string, string>> },
  signal: AbortSignal,
) => Promise<ProgramEnd>;

/** Something that is told outside of the window. */
export interface Notification {
  /** Its own among those that are shown. */
  readonly id: string;
  readonly title: string;
  /** Lines of plain text. */
  readonly body: string;
  /** The one thing that can be done at once, where the system has buttons in notifications. */
  readonly button?: string;
  /** The person has pressed the button, or chosen the notification itself. */
  chosen(what: 'button' | 'notification'): void;
}

/** Notifications as the system shows them, or does not: nothing is told of that. Never throws. */
export interface Notifier {
  /** Shows one, in place of the one with its id. */
  show(notification: Notification): void;
  /** Takes one away that is no longer true, if it is still shown. */
  close(id: string): void;
}

/** What the desktop does when asked. */
/** What the system starts when the person logs in. */
export interface LoginItem {
  /** Whether Tally is among it, as the system has it now: the person may have changed it there. */
  isOn(): boolean;
  /** False where the system did not take it. */
  set(on: boolean): boolean;
}

export interface Shell {
  /** What the person has before them, by the screens that show it: of the window that has the focus. */
  seenScreens(): readonly Screen[];
  /** `search` is typed into the screen's search. */
  openWindow(screen?: Screen, search?: string): void;
  /** As by the button in its title bar. */
  closeWindow(): void;
  openPage(page: WebPage): void;
  /** Shows the licenses of what Tally is made of, in whatever the system reads texts with. */
  openLicenses(): void;
  copy(text: string): void;
  /** Asks for files; resolves with their absolute paths, none when the person changed their mind. */
  chooseFiles(use: 'backgrounds' | 'picture' | 'calendar' | 'program'): Promise<readonly string[]>;
  /** Asks by a dialog of the system whether Tally may run this. */
  allowProgram(command: Command): Promise<boolean>;
  /** Hands a picture to the window to be cropped. */
  crop(image: CropImage): void;
  quit(): void;
}
