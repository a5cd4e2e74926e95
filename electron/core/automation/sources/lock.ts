import type { Source, SourceDeps } from './source.ts';

/** Since when the screen is locked or the computer sleeps, asked for only while the rule wants to know. */
export function createLockSource({ clock, attendance, changed }: SourceDeps): Source<'lock'> {
  let stop: (() => void) | undefined;
  let since: number | undefined;
  let isUntold = false;

  function told(locked: boolean | undefined): void {
    isUntold = locked === undefined;
    since = locked ? (since ?? clock.now()) : undefined;
    changed();
  }

  return {
    watch(settings) {
      if (settings) stop ??= attendance.watchLock(told);
      if (settings || !stop) return;
      stop();
      stop = undefined;
      since = undefined;
      isUntold = false;
    },
    isUntold: () => isUntold,
    fact(now) {
      // After the clock was put back nothing has begun in the future.
      if (since !== undefined) since = Math.min(since, now);
      return since === undefined ? undefined : { since };
    },
  };
}
