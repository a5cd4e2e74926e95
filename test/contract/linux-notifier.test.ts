/** Notifications of Linux at a real session bus, with a service that answers as a desktop's does. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Message, MessageType } from 'dbus-next';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Notification } from '../../electron/core/ports.ts';
import { createLinuxNotifier } from '../../electron/desktop/notifications/linux.ts';
import { connectBus } from '../support/desktop/bus.ts';
import { type Notifications, startNotifications } from '../support/desktop/notifications.ts';
import { startSessionBus } from '../support/desktop/session-bus.ts';
import { createWatch } from '../support/waiting.ts';

const former = process.env.DBUS_SESSION_BUS_ADDRESS;
let bus: Awaited<ReturnType<typeof startSessionBus>>;
let service: Notifications | undefined;

beforeEach(async () => {
  bus = await startSessionBus();
  process.env.DBUS_SESSION_BUS_ADDRESS = bus.address;
});

afterEach(async () => {
  service?.close();
  await bus.stop();
  if (former === undefined) delete process.env.DBUS_SESSION_BUS_ADDRESS;
  else process.env.DBUS_SESSION_BUS_ADDRESS = former;
});

/** A refusal that is told under this id. */
const refusal = (id: string, chosen: Notification['chosen'] = () => {}): Notification => ({
  id,
  title: `Couldn’t set ${id}`,
  body: 'You aren’t signed in.',
  button: 'Try again',
  chosen,
});

const picture = () => ({ width: 1, height: 1, pixels: Buffer.alloc(4) });

/** Shows one, whose button (or which itself) is chosen as soon as it is there; resolves with what Tally hears of it. */
async function choose(button: string | undefined): Promise<string> {
  const current = await startNotifications(undefined, (title) => current.press(title, button));
  service = current;
  const notifier = createLinuxNotifier(picture);
  return new Promise((resolve) => {
    notifier.show(refusal('Busy', resolve));
  });
}

it.each([
  ['button', 'Try again'],
  ['notification', undefined],
] as const)('a %s that is chosen before its number is told is heard', async (what, button) => {
  expect(await choose(button)).toBe(what);
});

it('belong to the desktop entry of the package, by which a desktop finds its name and its settings', async () => {
  const heard = createWatch();
  const current = await startNotifications(undefined, () => heard.changed());
  service = current;
  createLinuxNotifier(picture).show(refusal('Busy'));
  await heard.until(
    () => current.shown.length,
    (count) => count === 1,
  );
  const config = readFileSync(join(import.meta.dirname, '../../electron-builder.yml'), 'utf8');
  const [, entry] = /desktopName: (\S+)\.desktop/.exec(config) ?? [];
  expect(entry).toBeTruthy();
  expect(current.shown[0]?.entry).toBe(entry);
});

it.each([
  [['body', 'body-markup'], 'Tom &amp; Jerry &lt;b&gt;.png'],
  [['body'], 'Tom & Jerry <b>.png'],
])('names in them are no markup for a service that can %j', async (capabilities, body) => {
  const heard = createWatch();
  const current = await startNotifications(capabilities, () => heard.changed());
  service = current;
  createLinuxNotifier(picture).show({ ...refusal('Busy'), body: 'Tom & Jerry <b>.png' });
  await heard.until(
    () => current.shown.length,
    (count) => count === 1,
  );
  expect(current.shown[0]?.body).toBe(body);
});

it('two thousand that the service refuses are no reason not to show the next one', async () => {
  const asked = createWatch();
  let count = 0;
  const angry = await connectBus();
  angry.addMethodHandler((message: Message) => {
    if (message.interface !== 'org.freedesktop.Notifications') return false;
    if (message.member === 'GetCapabilities') {
      angry.send(Message.newMethodReturn(message, 'as', [['body']]));
      return true;
    }
    count += 1;
    angry.send(
      new Message({
        type: MessageType.ERROR,
        // A number on the wire; the library’s types call it a text.
        replySerial: message.serial as unknown as string,
        destination: message.sender,
        errorName: 'org.freedesktop.DBus.Error.LimitsExceeded',
        signature: 's',
        body: ['Enough'],
      }),
    );
    asked.changed();
    return true;
  });
  await angry.requestName('org.freedesktop.Notifications', 0);
  const notifier = createLinuxNotifier(picture);
  for (let turn = 0; turn < 2_000; turn += 1) notifier.show(refusal(`status ${turn}`));
  await asked.until(
    () => count,
    (all) => all === 2_000,
  );
  angry.disconnect();

  const shown = createWatch();
  service = await startNotifications(undefined, () => shown.changed());
  notifier.show(refusal('Busy'));
  await shown.until(
    () => service?.standing() ?? [],
    (titles) => titles.includes('Couldn’t set Busy'),
  );
});

it('a bus that ends and comes back shows what comes then', async () => {
  const shown = createWatch();
  const standing = (title: string) =>
    shown.until(
      () => service?.standing() ?? [],
      (titles) => titles.includes(title),
    );
  service = await startNotifications(undefined, () => shown.changed());
  const notifier = createLinuxNotifier(picture);
  notifier.show(refusal('Busy'));
  await standing('Couldn’t set Busy');
  await bus.stop();
  notifier.show(refusal('Away'));

  bus = await startSessionBus(dirname(bus.address.replace('unix:path=', '').split(',')[0] ?? ''));
  service = await startNotifications(undefined, () => shown.changed());
  notifier.show(refusal('Available'));
  await standing('Couldn’t set Available');
});
