import * as z from 'zod';
import type { TallyError } from './errors.ts';
import { dndMinutes } from './zoom/limits.gen.ts';
import { type SettableStatus, type Status, settableStatuses } from './zoom/presence.ts';

/** Who caused the current status. `restored` = a timer ran out and the former status came back. */
export type Cause = 'you' | 'restored' | 'zoom';

/** A change of presence on its way to Zoom. */
export interface PresenceChange {
  readonly status: SettableStatus;
  /** How long it shall last, in ms from the moment Zoom takes it; absent = until changed. */
  readonly lastsMs?: number;
  readonly cause: Cause;
}

/** The status as Zoom last confirmed it, and its story. All instants are epoch ms. */
export interface CurrentPresence {
  readonly status: Status;
  readonly since: number;
  readonly cause: Cause;
  /** When it ends; absent = it stays until changed. */
  readonly until?: number;
  /** What follows at `until`. */
  readonly restoreTo?: SettableStatus;
}

export interface PresenceView {
  readonly current: CurrentPresence;
  /** On the wire right now. */
  readonly sending?: PresenceChange;
  /** Queued behind Zoom's limit of one change a minute (or a lost connection); the newest choice wins. */
  readonly waiting?: {
    readonly change: PresenceChange;
    readonly dueAt: number;
    /** `rate-limit`: Zoom had too many calls from this account, of whichever app. */
    readonly why: 'minute-limit' | 'rate-limit' | 'offline';
  };
  /** The last change that Zoom did not take. The shown status is still the confirmed one. */
  readonly failed?: { readonly change: PresenceChange; readonly error: TallyError };
  /** When Zoom last answered what the status is. */
  readonly checkedAt?: number;
}

/**
 * `presence.set`: `minutes` is how long, 1 to 1440, as Zoom takes it for "Do not disturb" (which it ends itself); `until: 'morning'` is the next occurrence of the preferred morning hour.
 */
export const presenceActions = () =>
  [
    z.strictObject({
      type: z.literal('presence.set'),
      status: z.enum(settableStatuses),
      minutes: z.int().min(dndMinutes.min).max(dndMinutes.max).optional(),
      until: z.literal('morning').optional(),
    }),
    z.strictObject({ type: z.literal('presence.keep') }),
    z.strictObject({ type: z.literal('presence.cancel') }),
    z.strictObject({ type: z.literal('presence.retry') }),
    z.strictObject({ type: z.literal('presence.dismiss') }),
    z.strictObject({ type: z.literal('presence.check') }),
  ] as const;

export type PresenceAction = z.infer<ReturnType<typeof presenceActions>[number]>;
