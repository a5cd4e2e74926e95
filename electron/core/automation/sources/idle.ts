import type { Source, SourceDeps } from './source.ts';

/** Since when nobody has touched the computer, asked for only while the rule wants to know. */
export function createIdleSource({ attendance, changed }: SourceDeps): Source<'idle'> {
  let stop = () => {};
  let watched: number | undefined;
  let since: number | null | undefined = null;

  function told(now: number | null | undefined): void {
    since = now;
    changed();
  }

  return {
    watch(settings) {
      const minutes = settings?.minutes;
      if (minutes === watched) return;
      stop();
      watched = minutes;
      since = null;
      stop = minutes === undefined ? () => {} : attendance.watchIdle(minutes * 60_000, told);
    },
    isUntold: () => since === undefined,
    fact(now) {
      // After the clock was put back nothing has begun in the future.
      if (since) since = Math.min(since, now);
      return since ? { since } : undefined;
    },
  };
}
