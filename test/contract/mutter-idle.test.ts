/** Since when nobody has touched the computer, at a real bus where the test is GNOME's idle monitor. */
import { Message } from 'dbus-next';
import { afterEach, expect, it, vi } from 'vitest';
import { watchIdle } from '../../electron/desktop/idle/idle.ts';
import { connectBus } from '../support/desktop/bus.ts';
import { startSessionBus } from '../support/desktop/session-bus.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createWatch } from '../support/waiting.ts';

const name = 'org.gnome.Mutter.IdleMonitor';
const path = '/org/gnome/Mutter/IdleMonitor/Core';
const after = 300_000;

const cleanUps: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
  vi.unstubAllEnvs();
});

/** A monitor as Mutter has it: watches are fired by their number, one for somebody's return only once. */
async function rig(isThere = true) {
  const { address, stop } = await startSessionBus();
  cleanUps.push(stop);
  vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', address);
  const bus = await connectBus(address);
  const watches = new Map<number, number | 'active'>();
  let idle = 0;
  bus.addMethodHandler((message: Message) => {
    const { member, body } = message;
    if (message.path !== path) return false;
    if (member === 'GetIdletime') bus.send(Message.newMethodReturn(message, 't', [BigInt(idle)]));
    else {
      const id = watches.size + 1;
      watches.set(id, member === 'AddIdleWatch' ? Number(body[0]) : 'active');
      bus.send(Message.newMethodReturn(message, 'u', [id]));
      changes.changed();
    }
    return true;
  });
  const fire = (what: 'active' | 'idle') => {
    for (const [id, one] of watches) {
      if ((one === 'active') !== (what === 'active')) continue;
      if (what === 'active') watches.delete(id);
      bus.send(Message.newSignal(path, name, 'WatchFired', 'u', [id]));
    }
  };
  if (isThere) await bus.requestName(name, 0);
  const clock = createFakeClock();
  clock.skipWaits(0);
  const told: (number | null | undefined)[] = [];
  const changes = createWatch();
  const stopIdle = watchIdle(
    { clock, platform: 'linux', env: {}, read: () => 7_000, onWake: () => () => {} },
    after,
    (since) => {
      told.push(since);
      changes.changed();
    },
  );
  cleanUps.unshift(stopIdle);
  return {
    bus,
    clock,
    watches,
    go(ms: number) {
      idle = ms;
      fire('idle');
    },
    comeBack() {
      idle = 0;
      fire('active');
    },
    tells: (...wanted: readonly (number | null | undefined)[]) =>
      changes.until(
        () => told,
        (all) => JSON.stringify(all) === JSON.stringify(wanted),
      ),
    isWatched: () =>
      changes.until(
        () => [...watches.values()],
        (all) => all.includes('active'),
      ),
  };
}

it('is told by GNOME when somebody goes and comes back, without ever being asked again', async () => {
  const { clock, watches, go, comeBack, tells, isWatched } = await rig();
  await tells(null);
  expect([...watches.values()]).toEqual([after]);
  const since = clock.now() - after;
  go(after);
  await tells(null, since);
  await isWatched();
  comeBack();
  await tells(null, since, null);
  go(after);
  await tells(null, since, null, since);
  expect(clock.pending().filter((ms) => ms !== 5_000)).toEqual([]);
});

it('is looked for by other means where there is no GNOME', async () => {
  const { tells } = await rig(false);
  await tells(null);
});
