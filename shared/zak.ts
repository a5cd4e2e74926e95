import type { TallyError } from './errors.ts';

/** How long a token copied here stays in the clipboard, ms. */
export const clipboardMs = 60_000;

/** The ZAK as tray and window show it: never the token itself. All instants are epoch ms. */
export interface ZakView {
  readonly phase: 'none' | 'fetching' | 'held' | 'failed';
  /** When the one that was copied last ends. */
  readonly expiresAt?: number;
  /** How long it lived from the beginning, ms: for the ring. */
  readonly lifeMs?: number;
  /** It is taken out of the clipboard then; absent when it is there no longer. */
  readonly clearsAt?: number;
  /** What happened to the clipboard last: `left` when something else was copied meanwhile. */
  readonly cleared?: 'cleared' | 'left';
  readonly error?: TallyError;
  /** Why the start link could not be opened. */
  readonly startError?: TallyError;
  readonly starting: boolean;
}
