import type { Clock } from '../../core/ports.ts';
import { watchMutter } from './mutter.ts';
import { type TellIdle, watchPolled } from './polled.ts';

/** What has gone is looked for again after so long, in ms. */
const again = 30_000;

interface IdleDeps {
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  /** Since how many ms there is no input, as Electron tells. */
  read(): number;
  /** Calls its listener when the computer wakes; returns how to stop that. */
  onWake(listener: () => void): () => void;
}

/** Tells when nobody has touched the computer for `after` ms, and when somebody does, by whatever knows that here. Returns how to stop. */
export function watchIdle(deps: IdleDeps, after: number, tell: TellIdle): () => void {
  const { clock, platform } = deps;
  let stopped = false;
  let stop = () => {};

  const poll = () => {
    const polled = watchPolled(deps, after, tell);
    const stopWaking = deps.onWake(polled.look);
    stop = () => {
      polled.stop();
      stopWaking();
    };
  };

  async function ask(): Promise<void> {
    try {
      const stopWatching = await watchMutter(clock, after, {
        tell: (since) => {
          if (!stopped) tell(since);
        },
        lost() {
          if (!stopped) stop = clock.setTimeout(() => void ask(), again);
        },
      });
      stop = stopWatching;
      if (stopped) stop();
    } catch {
      if (!stopped) poll();
    }
  }

  if (platform === 'linux') void ask();
  else poll();
  return () => {
    stopped = true;
    stop();
  };
}
