/** What core needs from the world; desktop (or a test) provides it. */

import type { Result } from '../../shared/ipc.ts';
import type { Notice, Preferences } from '../../shared/state.ts';
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
  /** The stored presence of an account as untrusted JSON; undefined when there is none. */
  presence(accountId: string): unknown;
  savePresence(accountId: string, json: object): void;
  /** What the person should know: a file that was reset, a folder that cannot be written. */
  notices(): readonly Notice[];
}

/** A way to Zoom for one account. */
export interface Connection {
  /** Base of the API, such as https://api.zoom.us/v2. */
  readonly apiUrl: string;
  readonly session: ZoomSession;
}

/** An account that can be signed in to. */
export interface AccountSource {
  /** Nothing of it leaves this computer. */
  readonly practice: boolean;
  /** Signs in; may be called again after a failure. */
  connect(): Promise<Result<Connection>>;
}

/** What the desktop does when asked. */
export interface Shell {
  openWindow(screen?: 'status' | 'preferences'): void;
  quit(): void;
}
