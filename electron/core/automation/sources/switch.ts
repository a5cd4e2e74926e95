import type { RuleName } from '../../../../shared/automation/rules.ts';
import type { Source, SourceDeps } from './source.ts';

type Told = boolean | undefined;

/**
 * Since when something is so that the system tells as yes or no, and undefined where nothing tells; asked for only while the rule
 * wants to know.
 */
export function createSwitchSource<N extends RuleName>(
  { clock, changed }: Pick<SourceDeps, 'clock' | 'changed'>,
  begin: (listener: (now: Told) => void) => () => void,
): Source<N> {
  let stop: (() => void) | undefined;
  let since: number | undefined;
  let isUntold = false;

  function told(now: Told): void {
    isUntold = now === undefined;
    since = now ? (since ?? clock.now()) : undefined;
    changed();
  }

  return {
    watch(settings) {
      if (settings) stop ??= begin(told);
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
