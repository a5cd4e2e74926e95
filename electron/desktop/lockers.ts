import type { Clock } from '../core/ports.ts';
import { type Bus, connectBus } from './tray/bus.ts';
import { lockState } from './tray/locked.ts';
import { hasXScreenSaver, watchXScreenSaver } from './xscreensaver.ts';

/** A bus that has ended, or was not there, is looked for again after so long, in ms. */
const again = 30_000;

/** What is told when the screen may have been locked or unlocked: by the lockers of desktops, and by logind of a session. */
const rules = {
  session: `type='signal',member='ActiveChanged'`,
  system: `type='signal',sender='org.freedesktop.login1',member='PropertiesChanged',path_namespace='/org/freedesktop/login1/session'`,
} as const;

/**
 * Tells soon whether the screen is locked, and when that may be another answer: undefined where neither a locker, logind nor
 * XScreenSaver says anything. Returns how to stop that.
 */
export function watchLockers(clock: Clock, tell: (locked: boolean | undefined) => void): () => void {
  let stopped = false;
  let looking = 0;
  const stops: (() => void)[] = [];
  let byXScreenSaver: boolean | undefined;
  const buses: { session?: Bus; system?: Bus } = {};

  /** Of several that are asked at once the last one counts. */
  async function look(): Promise<void> {
    looking += 1;
    const mine = looking;
    const locked = await lockState(buses.session, clock);
    if (!stopped && mine === looking) tell(locked || (byXScreenSaver ?? locked));
  }

  async function open(kind: 'session' | 'system'): Promise<void> {
    const lost = () => {
      delete buses[kind];
      if (!stopped) stops.push(clock.setTimeout(() => void open(kind), again));
    };
    try {
      const bus = await connectBus(kind, clock, { lost, signal: () => void look() });
      buses[kind] = bus;
      if (stopped) bus.close();
      else await bus.match(rules[kind]);
    } catch {
      lost();
    }
    if (!stopped) await look();
  }

  if (hasXScreenSaver(process.env))
    stops.push(
      watchXScreenSaver((locked) => {
        byXScreenSaver = locked;
        void look();
      }),
    );
  void open('session');
  void open('system');
  return () => {
    stopped = true;
    for (const stop of stops) stop();
    buses.session?.close();
    buses.system?.close();
  };
}
