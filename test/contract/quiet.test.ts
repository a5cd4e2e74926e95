/** Whether the desktop shows no notifications, at a real bus where the test is KDE's notifications, or what keeps GNOME's settings. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Message, Variant } from 'dbus-next';
import { afterEach, expect, it, vi } from 'vitest';
import { desktopQuiet } from '../../electron/desktop/quiet.ts';
import { connectBus } from '../support/desktop/bus.ts';
import { startSessionBus } from '../support/desktop/session-bus.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { tempFolders } from '../support/temp-folder.ts';
import { createWatch } from '../support/waiting.ts';

const folderOf = tempFolders();
const cleanUps: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
  vi.unstubAllEnvs();
});

async function startBus() {
  const { address, stop } = await startSessionBus();
  cleanUps.push(stop);
  vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', address);
  return connectBus(address);
}

/** Watches, and waits for what is told in the end. */
function watch(desktop: string, platform: NodeJS.Platform = 'linux') {
  const told: (boolean | undefined)[] = [];
  const changes = createWatch();
  const env = { XDG_CURRENT_DESKTOP: desktop };
  const watched = desktopQuiet({ clock: createFakeClock(), platform, env }).watch((quiet) => {
    told.push(quiet);
    changes.changed();
  });
  cleanUps.unshift(watched.stop);
  return {
    ...watched,
    tells: (wanted: boolean | undefined) =>
      changes.until(
        () => told,
        (all) => all.length > 0 && all.at(-1) === wanted,
      ),
  };
}

it('is told by KDE, at once and after each change', async () => {
  const bus = await startBus();
  const name = 'org.freedesktop.Notifications';
  const path = '/org/freedesktop/Notifications';
  let inhibited = true;
  bus.addMethodHandler((message: Message) => {
    if (message.member !== 'Get' || message.body[1] !== 'Inhibited') return false;
    bus.send(Message.newMethodReturn(message, 'v', [new Variant('b', inhibited)]));
    return true;
  });
  await bus.requestName(name, 0);
  const { tells } = watch('KDE');
  await tells(true);
  inhibited = false;
  const body = [name, { Inhibited: new Variant('b', false) }, []];
  bus.send(Message.newSignal(path, 'org.freedesktop.DBus.Properties', 'PropertiesChanged', 'sa{sv}as', body));
  await tells(false);
});

it('is told by GNOME’s settings, at once and when they change', async () => {
  const bus = await startBus();
  const folder = folderOf();
  const shows = (value: boolean) =>
    writeFileSync(join(folder, 'gsettings'), `#!/bin/sh\n[ "$3" = show-banners ] && echo ${value}\n`, {
      mode: 0o755,
    });
  shows(true);
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
  const { tells } = watch('ubuntu:GNOME');
  await tells(false);
  shows(false);
  const key = '/org/gnome/desktop/notifications/show-banners';
  const notify = [key, [''], 'tag'];
  bus.send(
    Message.newSignal('/ca/desrt/dconf/Writer/user', 'ca.desrt.dconf.Writer', 'Notify', 'sass', notify),
  );
  await tells(true);
});

it('is lent by KDE until it is given back, which its person can do as well', async () => {
  const bus = await startBus();
  const lent = new Map<number, readonly unknown[]>();
  bus.addMethodHandler((message: Message) => {
    const { member, body } = message;
    if (member === 'Get' && body[1] === 'Inhibited')
      bus.send(Message.newMethodReturn(message, 'v', [new Variant('b', lent.size > 0)]));
    else if (member === 'Inhibit') {
      lent.set(7, body);
      bus.send(Message.newMethodReturn(message, 'u', [7]));
    } else if (member === 'UnInhibit') {
      lent.delete(body[0]);
      bus.send(Message.newMethodReturn(message, '', []));
    } else return false;
    return true;
  });
  await bus.requestName('org.freedesktop.Notifications', 0);
  const { tells, set } = watch('KDE');
  await tells(false);
  expect(await set(true)).toEqual({ taken: true, seen: true });
  expect([...lent.values()]).toEqual([['io.github.tallyauthors.Tally', 'Do not disturb in Zoom', {}]]);
  expect(await set(false)).toEqual({ taken: true, seen: false });
  await set(true);
  lent.clear();
  expect(await set(false)).toEqual({ taken: true, seen: false });
});

it('is kept by GNOME’s settings, unless an administrator has locked them', async () => {
  await startBus();
  const folder = folderOf();
  const file = join(folder, 'value');
  writeFileSync(file, 'true\n');
  const script = `#!/bin/sh
case "$1 $2 $3" in
  "get org.gnome.desktop.notifications show-banners") cat ${file} ;;
  "set org.gnome.desktop.notifications show-banners") [ -w ${file}.unlocked ] && echo "$4" > ${file} ;;
esac\n`;
  writeFileSync(join(folder, 'gsettings'), script, { mode: 0o755 });
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
  const { tells, set } = watch('GNOME');
  await tells(false);
  expect(await set(true)).toEqual({ taken: false, seen: false });
  writeFileSync(`${file}.unlocked`, '');
  expect(await set(true)).toEqual({ taken: true, seen: true });
  expect(await set(false)).toEqual({ taken: true, seen: false });
});

it.each([
  ['GNOME’s settings', 'GNOME', 'kept'],
  ['other desktops', 'KDE', 'lent'],
] as const)('can be asked of %s', (_what, desktop, kind) => {
  const env = { XDG_CURRENT_DESKTOP: desktop };
  expect(desktopQuiet({ clock: createFakeClock(), platform: 'linux', env }).kind).toBe(kind);
});

it.each([
  ['a desktop without such a thing', 'XFCE', 'linux'],
  ['macOS', '', 'darwin'],
  ['Windows', '', 'win32'],
] as const)('is not told by %s', async (_what, desktop, platform) => {
  await startBus();
  const { tells, set } = watch(desktop, platform);
  await tells(undefined);
  expect(await set(true)).toEqual({ taken: false, seen: undefined });
});
