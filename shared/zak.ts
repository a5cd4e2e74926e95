import * as z from 'zod';
import type { TallyError } from './errors.ts';
import { longestZak } from './zoom/limits.gen.ts';

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

export const zakActions = () =>
  [
    // Main fetches the token and puts it into the clipboard. `ttl` in seconds: a longer-lived one.
    z.strictObject({ type: z.literal('zak.copy'), ttl: z.int().min(1).max(longestZak).optional() }),
    // Takes it out of the clipboard now.
    z.strictObject({ type: z.literal('zak.clear') }),
    // Opens the start link of the personal room.
    z.strictObject({ type: z.literal('zak.start-room') }),
    z.strictObject({ type: z.literal('zak.dismiss') }),
  ] as const;

export type ZakAction = z.infer<ReturnType<typeof zakActions>[number]>;
