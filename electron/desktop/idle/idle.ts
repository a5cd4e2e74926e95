import type { Clock } from '../../core/ports.ts';
import { watchMutter } from './mutter.ts';
import { type TellIdle, watchPolled } from './polled.ts';
import { watchWayland, waylandSocket } from './wayland.ts';

/** What has gone is looked for again after so long, in ms. */
const again = 30_000;

interface IdleDeps {
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** Since how many ms there is no input, as Electron tells. */
  read(): number;
  /** Calls its listener when the computer wakes; returns how to stop that. */
  onWake(listener: () => void): () => void;
}

/**
 * Tells when nobody has touched the computer for `after` ms, and when somebody does, by whatever knows that here: what tells of it by
 * itself before what has to be asked. KDE's GetSessionIdleTime is left out, as nobody can know whether it means s or ms. Returns how
 * to stop.
 */
export function watchIdle(deps: IdleDeps, after: number, tell: TellIdle): () => void {
  const { clock, platform, env } = deps;
  let stopped = false;
  let stop = () => {};
  const events = {
    tell(since: number | null | undefined): void {
      if (!stopped) tell(since);
    },
    lost(): void {
      if (!stopped) stop = clock.setTimeout(() => void ask(), again);
    },
  };

  function poll(): () => void {
    const polled = watchPolled(deps, after, tell);
    const stopWaking = deps.onWake(polled.look);
    return () => {
      polled.stop();
      stopWaking();
    };
  }

  async function ask(): Promise<void> {
    const path = waylandSocket(env);
    const wayland = () => (path ? watchWayland({ clock, path }, after, events) : Promise.reject());
    const found = await watchMutter(clock, after, events)
      .catch(wayland)
      .catch(() => undefined);
    if (stopped) found?.();
    else stop = found ?? poll();
  }

  if (platform === 'linux') void ask();
  else stop = poll();
  return () => {
    stopped = true;
    stop();
  };
}
