import type { Message } from 'dbus-next';
import { type AskedLockDeps, askedOf, askingRule, createAskedLock } from './asked-lock.ts';
import { type Bus, connectBus } from './tray/bus.ts';
import { lockState } from './tray/locked.ts';
import { hasXScreenSaver, watchXScreenSaver } from './xscreensaver.ts';

/** A bus that has ended, or was not there, is looked for again after so long, in ms. */
const again = 30_000;

/** What is told when the screen may have been locked or unlocked: by the lockers of desktops, and by logind of a session. */
const rules = {
  session: [`type='signal',member='ActiveChanged'`],
  system: [
    `type='signal',sender='org.freedesktop.login1',member='PropertiesChanged',path_namespace='/org/freedesktop/login1/session'`,
    askingRule,
  ],
} as const;

/**
 * Tells soon whether the screen is locked, and when that may be another answer: undefined where neither a locker, logind nor
 * XScreenSaver says anything. What logind is only asked for counts where nobody can say whether it was done. Returns how to stop that.
 */
export function watchLockers(deps: AskedLockDeps, tell: (locked: boolean | undefined) => void): () => void {
  const { clock } = deps;
  let stopped = false;
  let looking = 0;
  const stops: (() => void)[] = [];
  let byXScreenSaver: boolean | undefined;
  const buses: { session?: Bus; system?: Bus } = {};

  /** Of several that are asked at once the last one counts. */
  async function look(): Promise<void> {
    looking += 1;
    const mine = looking;
    const { byLocker, byLogind } = await lockState(buses.session, clock);
    if (stopped || mine !== looking) return;
    const teller = byLocker || (byXScreenSaver ?? byLocker);
    if (teller !== undefined || byLogind) asked.end();
    tell(byLogind || teller || asked.isAsked() || (teller ?? byLogind));
  }
  const asked = createAskedLock(deps, () => void look());

  async function open(kind: 'session' | 'system'): Promise<void> {
    const lost = () => {
      delete buses[kind];
      if (!stopped) stops.push(clock.setTimeout(() => void open(kind), again));
    };
    const signal = async (message: Message) => {
      const wanted = kind === 'system' && buses.system && (await askedOf(message, buses.system));
      if (stopped) return;
      if (wanted === 'Lock') asked.begin();
      if (wanted === 'Unlock') asked.end();
      await look();
    };
    try {
      const bus = await connectBus(kind, clock, { lost, signal: (message) => void signal(message) });
      buses[kind] = bus;
      if (stopped) bus.close();
      else for (const rule of rules[kind]) await bus.match(rule);
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
    asked.end();
    for (const stop of stops) stop();
    buses.session?.close();
    buses.system?.close();
  };
}
