import * as z from 'zod';
import type { TallyError } from './errors.ts';
import { dndMinutes } from './zoom/limits.gen.ts';
import { isSettable, type SettableStatus, type Status, settableStatuses } from './zoom/presence.ts';

/** Who caused the current status. `restored` = a timer ran out and the former status came back; `rule` = Automation. */
export type Cause = 'you' | 'restored' | 'zoom' | 'rule';

/** Zoom takes these back by itself: once the person is active, and after a day. */
export const takenBack = ['Away', 'Busy'] as const satisfies readonly SettableStatus[];
export type TakenBack = (typeof takenBack)[number];

/** A change of presence on its way to Zoom. */
export interface PresenceChange {
  readonly status: SettableStatus;
  /** How long it shall last, in ms from the moment Zoom takes it; absent, as is `until` = until changed. */
  readonly lastsMs?: number;
  /** When it shall end, epoch ms, whenever Zoom takes it. */
  readonly until?: number;
  /** What follows then; absent = what was there before. */
  readonly restoreTo?: SettableStatus;
  readonly cause: Cause;
}

/** The status as Zoom last confirmed it, and its story. All instants are epoch ms. */
export interface CurrentPresence {
  readonly status: Status;
  readonly since: number;
  readonly cause: Cause;
  /** When it ends; absent = it stays until changed. */
  readonly until?: number;
  /** What follows at `until`, or once the rule that made the status no longer counts. */
  readonly restoreTo?: SettableStatus;
  /** What was set here, and ended in Zoom. */
  readonly ended?: TakenBack;
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
  /** The lasting status before the current one. */
  readonly former?: SettableStatus;
  /** What the person's last change replaced: where undo goes back to. */
  readonly before?: Pick<CurrentPresence, 'status' | 'until' | 'restoreTo'>;
}

/** The status that lasts: temporary ones, also those that Zoom ends, do not stack. */
export function lastingStatus({ current }: Pick<PresenceView, 'current'>): SettableStatus | undefined {
  if (current.restoreTo !== undefined) return current.restoreTo;
  return current.until === undefined && isSettable(current.status) ? current.status : undefined;
}

/** What follows when `next`, set now for a while, ends. */
export function followsAfter(view: Pick<PresenceView, 'current' | 'former'>, next: Status): SettableStatus {
  return [lastingStatus(view), view.former].find((one) => one !== undefined && one !== next) ?? 'Available';
}

/** Where undo goes back to now; undefined where there is nothing to undo. */
export function undoneTo({ current, sending, waiting, before }: PresenceView): Status | undefined {
  return sending || waiting ? current.status : before?.status;
}

/**
 * `presence.set`: `minutes` is how long, 1 to 1440, as Zoom takes it for "Do not disturb" (which it ends itself); `until` is an instant in epoch ms, or 'morning', the next occurrence of the preferred morning hour.
 * `presence.undo` goes back to what was there before the person's last change. `presence.cancel`, `retry` and `dismiss` do nothing
 * once another status waits or was refused than the one they name: what was clicked may have been drawn before.
 */
export const presenceActions = () => {
  const named = z.enum(settableStatuses).optional();
  return [
    z.strictObject({
      type: z.literal('presence.set'),
      status: z.enum(settableStatuses),
      minutes: z.int().min(dndMinutes.min).max(dndMinutes.max).optional(),
      until: z.union([z.literal('morning'), z.int().min(0).max(8.64e15)]).optional(),
    }),
    z.strictObject({ type: z.literal('presence.undo') }),
    z.strictObject({ type: z.literal('presence.keep') }),
    z.strictObject({ type: z.literal('presence.cancel'), status: named }),
    z.strictObject({ type: z.literal('presence.retry'), status: named }),
    z.strictObject({ type: z.literal('presence.dismiss'), status: named }),
    z.strictObject({ type: z.literal('presence.check') }),
  ] as const;
};

export type PresenceAction = z.infer<ReturnType<typeof presenceActions>[number]>;
