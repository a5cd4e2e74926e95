import type { Clock } from '../../core/ports.ts';
import { type Bus, connectBus, daemon } from '../tray/bus.ts';
import type { TellIdle } from './polled.ts';

const name = 'org.gnome.Mutter.IdleMonitor';
const monitor = { destination: name, path: '/org/gnome/Mutter/IdleMonitor/Core', interface: name } as const;
const rules = [
  `type='signal',interface='${name}',member='WatchFired'`,
  `type='signal',sender='${daemon.destination}',member='NameOwnerChanged',arg0='${name}'`,
];

/**
 * GNOME's own word on it, on X11 and Wayland alike: it wakes Tally when somebody goes, and when they come back. Resolves with how to
 * stop that once it was told for the first time; rejects where there is no such thing. `lost` is called when it has gone.
 */
export async function watchMutter(
  clock: Clock,
  after: number,
  events: { tell: TellIdle; lost(): void },
): Promise<() => void> {
  let gone = 0;
  let back = 0;
  let isUp = false;
  const bus: Bus = await connectBus('session', clock, {
    lost: () => end(),
    signal({ member, body: [first, , owner] }) {
      if (member === 'NameOwnerChanged' && first === name && owner === '') end();
      if (member === 'WatchFired' && first === gone) away(after).catch(end);
      if (member === 'WatchFired' && first === back) events.tell(null);
    },
  });

  /** Until it is up, whatever is asked then is not answered. */
  function end(): void {
    bus.close();
    if (isUp) events.lost();
    isUp = false;
  }

  async function away(idle: number): Promise<void> {
    events.tell(clock.now() - idle);
    // Somebody who has come back in between is seen with the next watch alone: it is asked once more.
    back = await number(bus, 'AddUserActiveWatch');
    if ((await number(bus, 'GetIdletime')) < after) events.tell(null);
  }

  try {
    for (const rule of rules) await bus.match(rule);
    gone = await number(bus, 'AddIdleWatch', { signature: 't', body: [BigInt(after)] });
    const idle = await number(bus, 'GetIdletime');
    if (idle >= after) await away(idle);
    else events.tell(null);
    isUp = true;
  } catch (error) {
    bus.close();
    throw error;
  }
  return bus.close;
}

async function number(
  bus: Bus,
  member: string,
  rest: { readonly signature?: string; readonly body?: readonly unknown[] } = {},
): Promise<number> {
  const [answer] = await bus.call({ ...monitor, member, ...rest });
  return Number(answer);
}
