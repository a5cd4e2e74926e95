import type { Facts } from '../../../shared/automation.ts';
import type { Attendance, Clock } from '../ports.ts';

/** Since when the screen is locked or the computer sleeps, asked for only while a rule wants to know. */
export function createLockSource(
  clock: Pick<Clock, 'now'>,
  attendance: Pick<Attendance, 'watchLock'>,
  changed: () => void,
) {
  let stop: (() => void) | undefined;
  let since: number | undefined;
  let isUntold = false;

  function told(locked: boolean | undefined): void {
    isUntold = locked === undefined;
    since = locked ? (since ?? clock.now()) : undefined;
    changed();
  }

  return {
    /** Begins to watch, or ends it; safe to call again. */
    watch(on: boolean): void {
      if (on) stop ??= attendance.watchLock(told);
      if (on || !stop) return;
      stop();
      stop = undefined;
      since = undefined;
      isUntold = false;
    },
    /** Whether this computer tells nothing of it. */
    isUntold: () => isUntold,
    fact(): Facts['lock'] {
      // After the clock was put back nothing has begun in the future.
      if (since !== undefined) since = Math.min(since, clock.now());
      return since === undefined ? undefined : { since };
    },
  };
}
