import {
  nextDeadline,
  type PresenceEvent,
  type PresenceState,
  reducePresence,
} from '../../electron/core/presence/reducer.ts';
import type { ErrorKind, TallyError } from '../../shared/errors.ts';
import { tallyError } from '../../shared/errors.ts';
import type { PresenceChange } from '../../shared/presence.ts';
import type { SettableStatus, Status } from '../../shared/zoom/presence.ts';

export const minute = 60_000;
export const start = Date.UTC(2026, 0, 15, 9);

export function change(status: SettableStatus, minutes?: number): PresenceChange {
  return { status, cause: 'you', ...(minutes !== undefined && { lastsMs: minutes * minute }) };
}

export function refusal(kind: ErrorKind, retryAt?: number): TallyError {
  return tallyError(kind, `Refused: ${kind}.`, retryAt === undefined ? {} : { retryAt });
}

/** Plays events into the reducer at instants of a story that begins at `start`. */
export interface Script {
  readonly state: PresenceState;
  readonly now: number;
  event(event: PresenceEvent): Script;
  choose(status: SettableStatus, minutes?: number): Script;
  sent(): Script;
  refused(kind: ErrorKind, retryAt?: number): Script;
  told(status: Status, remainingMs?: number, askedAt?: number): Script;
  /** Lets time pass with a tick at each deadline on the way, as the service does. */
  wait(ms: number): Script;
  /** Moves the wall clock without a tick. */
  jump(ms: number): Script;
}

/** A story that begins with Zoom having told that the person is Available, with no change ever made by Tally. */
export function script(initial?: PresenceState): Script {
  const state: PresenceState = initial ?? {
    current: { status: 'Available', since: start - 3_600_000, cause: 'zoom' },
    checkedAt: start,
  };
  return at(state, start);
}

function at(state: PresenceState, now: number): Script {
  const event = (one: PresenceEvent) => at(reducePresence(state, one, now), now);
  return {
    state,
    now,
    event,
    choose: (status, minutes) => event({ type: 'choose', change: change(status, minutes) }),
    sent: () => event({ type: 'sent' }),
    refused: (kind, retryAt) => event({ type: 'refused', error: refusal(kind, retryAt) }),
    told: (status, remainingMs, askedAt = now) =>
      event({ type: 'told', status, askedAt, ...(remainingMs !== undefined && { remainingMs }) }),
    wait(ms) {
      const end = now + ms;
      let next = state;
      for (let due = nextDeadline(next); due !== undefined && due <= end; due = nextDeadline(next)) {
        const after = reducePresence(next, { type: 'tick' }, Math.max(due, now));
        if (after === next) throw new Error('A tick at a deadline changed nothing.');
        next = after;
      }
      return at(next, end);
    },
    jump: (ms) => at(state, now + ms),
  };
}
