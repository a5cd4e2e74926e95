/** Whether the desktop shows no notifications, at a real bus where the test is KDE's notifications, or what keeps GNOME's settings. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Message, Variant } from 'dbus-next';
import { afterEach, it, vi } from 'vitest';
import { watchQuiet } from '../../electron/desktop/quiet.ts';
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
  const stop = watchQuiet({ clock: createFakeClock(), platform, env }, (quiet) => {
    told.push(quiet);
    changes.changed();
  });
  cleanUps.unshift(stop);
  return (wanted: boolean | undefined) =>
    changes.until(
      () => told,
      (all) => all.length > 0 && all.at(-1) === wanted,
    );
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
  const tells = watch('KDE');
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
  const tells = watch('ubuntu:GNOME');
  await tells(false);
  shows(false);
  const key = '/org/gnome/desktop/notifications/show-banners';
  const notify = [key, [''], 'tag'];
  bus.send(
    Message.newSignal('/ca/desrt/dconf/Writer/user', 'ca.desrt.dconf.Writer', 'Notify', 'sass', notify),
  );
  await tells(true);
});

it.each([
  ['a desktop without such a thing', 'XFCE', 'linux'],
  ['macOS', '', 'darwin'],
  ['Windows', '', 'win32'],
] as const)('is not told by %s', async (_what, desktop, platform) => {
  await startBus();
  await watch(desktop, platform)(undefined);
});
