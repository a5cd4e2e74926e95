import { moreMinutes } from './lengths.ts';
import type { CurrentPresence } from './presence.ts';
import { dndMinutes } from './zoom/limits.gen.ts';
import { isSettable } from './zoom/presence.ts';

/** What can be done about a timer that runs, at `now` (epoch ms); undefined where none does. */
export function timerActions({ status, until, restoreTo }: CurrentPresence, now: number) {
  if (until === undefined || !isSettable(status)) return undefined;
  const longerUntil = until + moreMinutes * 60_000;
  const next = restoreTo ?? 'Available';
  return {
    longerUntil,
    longer: { type: 'presence.set', status, until: longerUntil },
    /** Whether Zoom would take the longer one. */
    canBeLonger: status !== 'Do_Not_Disturb' || longerUntil - now <= dndMinutes.max * 60_000,
    next,
    end: { type: 'presence.set', status: next },
  } as const;
}
