/** Whether the screen is locked, at real buses where the test is the screen's locker and logind. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Message, Variant } from 'dbus-next';
import { afterEach, expect, it, vi } from 'vitest';
import { watchLockers } from '../../electron/desktop/lockers.ts';
import { connectBus } from '../support/desktop/bus.ts';
import { startSessionBus } from '../support/desktop/session-bus.ts';
import { createFakeAttendance } from '../support/fake-attendance.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { tempFolders } from '../support/temp-folder.ts';
import { createWatch, gate } from '../support/waiting.ts';

const folderOf = tempFolders();
const cleanUps: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
  vi.unstubAllEnvs();
});

/** A bus that this process has in the place of the session's or the system's; ends with the test, or earlier. */
async function startBus(kind: 'SESSION' | 'SYSTEM') {
  const { address, stop } = await startSessionBus();
  vi.stubEnv(`DBUS_${kind}_BUS_ADDRESS`, address);
  vi.stubEnv('DISPLAY', '');
  let running = true;
  const end = async () => {
    if (running) await stop();
    running = false;
  };
  cleanUps.push(end);
  return { bus: await connectBus(address), end };
}

/** Watches, and waits for what is told in the end. */
function watch(clock = createFakeClock(), attendance = createFakeAttendance()) {
  const told: (boolean | undefined)[] = [];
  const changes = createWatch();
  const { watchIdle } = attendance;
  const stop = watchLockers({ clock, watchIdle }, (locked) => {
    told.push(locked);
    changes.changed();
  });
  cleanUps.unshift(stop);
  return {
    clock,
    attendance,
    told,
    tells: (wanted: boolean | undefined) =>
      changes.until(
        () => told,
        (all) => all.length > 0 && all.at(-1) === wanted,
      ),
  };
}

it.each(['gnome', 'freedesktop', 'mate', 'cinnamon', 'xfce'])(
  'is told by the locker of %s, at once and after each change',
  async (desktop) => {
    await startBus('SYSTEM');
    const { bus } = await startBus('SESSION');
    const name = `org.${desktop}.ScreenSaver`;
    const path = `/org/${desktop}/ScreenSaver`;
    let locked = true;
    bus.addMethodHandler((message: Message) => {
      if (message.member !== 'GetActive' || message.path !== path) return false;
      bus.send(Message.newMethodReturn(message, 'b', [locked]));
      return true;
    });
    await bus.requestName(name, 0);
    const become = (now: boolean) => {
      locked = now;
      bus.send(Message.newSignal(path, name, 'ActiveChanged', 'b', [now]));
    };
    const { tells } = watch();
    await tells(true);
    become(false);
    await tells(false);
    become(true);
    await tells(true);
  },
);

it('is told by logind', async () => {
  await startBus('SESSION');
  const { bus } = await startBus('SYSTEM');
  let locked = false;
  bus.addMethodHandler((message: Message) => {
    if (message.member !== 'Get' || message.body[1] !== 'LockedHint') return false;
    bus.send(Message.newMethodReturn(message, 'v', [new Variant('b', locked)]));
    return true;
  });
  await bus.requestName('org.freedesktop.login1', 0);
  const { tells } = watch();
  await tells(false);
  locked = true;
  const body = ['org.freedesktop.login1.Session', { LockedHint: new Variant('b', true) }, []];
  const path = '/org/freedesktop/login1/session/_31';
  bus.send(Message.newSignal(path, 'org.freedesktop.DBus.Properties', 'PropertiesChanged', 'sa{sv}as', body));
  await tells(true);
});

/** logind, whose LockedHint nobody sets, as lockers leave it that swayidle starts. */
async function startLogind() {
  const { bus } = await startBus('SYSTEM');
  const own = '/org/freedesktop/login1/session/_31';
  bus.addMethodHandler((message: Message) => {
    const { member, body, path } = message;
    if (member === 'GetSession' && body[0] === '1') bus.send(Message.newMethodReturn(message, 'o', [own]));
    else if (member !== 'Get' || path !== '/org/freedesktop/login1/session/auto') return false;
    else {
      const value = body[1] === 'Id' ? new Variant('s', '1') : new Variant('b', false);
      bus.send(Message.newMethodReturn(message, 'v', [value]));
    }
    return true;
  });
  await bus.requestName('org.freedesktop.login1', 0);
  return {
    ask: (what: 'Lock' | 'Unlock', path = own) =>
      bus.send(Message.newSignal(path, 'org.freedesktop.login1.Session', what, '', [])),
  };
}

it('is asked of logind by somebody, until they ask for the end', async () => {
  await startBus('SESSION');
  const { ask } = await startLogind();
  const { tells, attendance } = watch();
  await tells(false);
  ask('Lock', '/org/freedesktop/login1/session/_32');
  ask('Lock');
  await tells(true);
  ask('Unlock', '/org/freedesktop/login1/session/_32');
  ask('Unlock');
  await tells(false);
  expect(attendance.idleAfter).toEqual([]);
});

it('is asked for, and over when somebody is back, as the locker tells nobody that it is gone', async () => {
  await startBus('SESSION');
  const { ask } = await startLogind();
  const { tells, clock, attendance } = watch();
  await tells(false);
  ask('Lock');
  await tells(true);
  await clock.advance(60_000);
  attendance.idle(clock.now() - 60_000);
  await clock.advance(3_600_000);
  await tells(true);
  attendance.idle(null);
  await tells(false);
});

it.each([
  ['who asked for it did not leave', null],
  ['nothing tells whether somebody is there', undefined],
] as const)('is asked for, and over after two minutes where %s', async (_what, since) => {
  await startBus('SESSION');
  const { ask } = await startLogind();
  const { tells, clock, attendance } = watch();
  await tells(false);
  ask('Lock');
  await tells(true);
  attendance.idle(since);
  await clock.advance(119_999);
  await tells(true);
  await clock.advance(1);
  await tells(false);
});

it('is asked for in vain, where the desktop’s own locker says that nothing is locked', async () => {
  const { ask } = await startLogind();
  const { bus } = await startBus('SESSION');
  const [known, begun, ended] = [gate(), gate(), gate()];
  bus.addMethodHandler((message: Message) => {
    if (message.member !== 'GetActive') return false;
    bus.send(Message.newMethodReturn(message, 'b', [false]));
    known.open();
    return true;
  });
  await bus.requestName('org.gnome.ScreenSaver', 0);
  const watchIdle = () => {
    begun.open();
    return ended.open;
  };
  const { tells, told } = watch(createFakeClock(), { ...createFakeAttendance(), watchIdle });
  await known.opened;
  await tells(false);
  ask('Lock');
  await begun.opened;
  await ended.opened;
  await tells(false);
  expect(told).not.toContain(true);
});

it('is told by XScreenSaver, by its own command', async () => {
  await startBus('SYSTEM');
  await startBus('SESSION');
  const folder = folderOf();
  const pipe = join(folder, 'said');
  execFileSync('mkfifo', [pipe]);
  const script = `#!/bin/sh\n[ "$1" = -time ] && echo "XScreenSaver 6.06: screen locked since now" || exec cat ${pipe}\n`;
  writeFileSync(join(folder, 'xscreensaver-command'), script, { mode: 0o755 });
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
  vi.stubEnv('DISPLAY', ':0');
  vi.stubEnv('WAYLAND_DISPLAY', '');
  const { tells } = watch();
  await tells(true);
  const said = await open(pipe, 'w');
  cleanUps.push(() => said.close());
  await said.write('UNBLANK Mon Nov 30 12:10:06 2026\n');
  await tells(false);
  await said.write('RUN 160\nBLANK Mon Nov 30 12:10:06 2026\nLOCK Mon Nov 30 12:10:06 2026\n');
  await tells(true);
});

it('is told by nobody, and again once a bus is there', async () => {
  const { end } = await startBus('SESSION');
  await startBus('SYSTEM');
  const { clock, tells } = watch();
  await tells(undefined);
  await end();
  await clock.waitForTimers(1);
  const { bus } = await startBus('SESSION');
  bus.addMethodHandler((message: Message) => {
    if (message.member !== 'GetActive') return false;
    bus.send(Message.newMethodReturn(message, 'b', [true]));
    return true;
  });
  await bus.requestName('org.gnome.ScreenSaver', 0);
  await clock.advance(30_000);
  await tells(true);
});
