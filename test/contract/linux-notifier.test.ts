/** Notifications of Linux at a real session bus, with a service that answers as a desktop's does. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Notification } from '../../electron/core/ports.ts';
import { createLinuxNotifier } from '../../electron/desktop/notifications/linux.ts';
import { type Notifications, startNotifications } from '../support/desktop/notifications.ts';
import { startSessionBus } from '../support/desktop/session-bus.ts';

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

const picture = () => ({ width: 1, height: 1, pixels: Buffer.alloc(4) });

/** Shows one, whose button (or which itself) is chosen as soon as it is there; resolves with what Tally hears of it. */
async function choose(button: string | undefined): Promise<string> {
  const current = await startNotifications(undefined, (title) => current.press(title, button));
  service = current;
  const notifier = createLinuxNotifier(picture);
  return new Promise((resolve) => {
    const refused: Notification = {
      id: 'refused',
      title: 'Couldn’t set Busy',
      body: 'You aren’t signed in.',
      button: 'Try again',
      chosen: resolve,
    };
    notifier.show(refused);
  });
}

it.each([
  ['button', 'Try again'],
  ['notification', undefined],
] as const)('a %s that is chosen before its number is told is heard', async (what, button) => {
  expect(await choose(button)).toBe(what);
});
