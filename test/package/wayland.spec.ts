import { clock } from '../../electron/desktop/clock.ts';
import { watchWayland, waylandSocket } from '../../electron/desktop/idle/wayland.ts';
import { startNotifications } from '../support/desktop/notifications.ts';
import { test as base, expect } from '../support/desktop/packaged.ts';
import { type Sway, startSway } from '../support/desktop/sway.ts';

/** The app as a native client of a real Wayland compositor; wl-paste, another client, is the judge of the clipboard. */
const test = base.extend<{ readonly sway: Sway }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  sway: async ({}, use) => {
    const sway = await startSway();
    await use(sway);
    await sway.stop();
  },
});

test('the compositor tells when nobody touches anything, and when somebody does', async ({ sway }) => {
  const told: (number | null | undefined)[] = [];
  const path = waylandSocket(sway.env) ?? '';
  const began = Date.now();
  const tell = (since: number | null | undefined) => void told.push(since);
  const stop = await watchWayland({ clock, path }, 1_000, { tell, lost: () => tell(undefined) });
  await expect.poll(() => told).toEqual([null, expect.any(Number)]);
  expect(told[1]).toBeGreaterThanOrEqual(began - 50);
  await sway.touch();
  await expect.poll(() => told.slice(2, 3)).toEqual([null]);
  stop();
});

const args = ['--practice', '--ozone-platform=wayland'];
const zak = /^ey[\w-]+\.[\w-]+\./;

test('a ZAK copied in the tray arrives, and is gone with Tally; what somebody copied since is left', async ({
  panel,
  startPackaged,
  sway,
}) => {
  const tally = startPackaged({ args, env: sway.env });
  await panel.waitForTooltip('Available');
  await sway.copy('milk');
  await panel.click(['Copy ZAK']);
  await expect.poll(sway.clipboard).toMatch(zak);
  await panel.click(['Quit']);
  expect(await tally.ended).toBe(0);
  expect(await sway.clipboard()).toBe('');

  const again = startPackaged({ args, env: sway.env });
  await panel.waitForTooltip('Available');
  await panel.click(['Copy ZAK']);
  await expect.poll(sway.clipboard).toMatch(zak);
  await sway.copy('milk');
  await panel.click(['Quit']);
  expect(await again.ended).toBe(0);
  expect(await sway.clipboard()).toBe('milk');
});

test('where Tally can’t reach the clipboard it says so, and leaves it alone', async ({
  panel,
  startPackaged,
  sway,
  folder,
}) => {
  const notifications = await startNotifications();
  // Without wl-clipboard.
  const tally = startPackaged({ args, env: { ...sway.env, PATH: folder } });
  await panel.waitForTooltip('Available');
  await sway.copy('milk');
  await panel.click(['Copy ZAK']);
  await expect
    .poll(() => notifications.shown.map(({ body }) => body).join())
    .toContain('Open Tally to copy the ZAK.');
  expect(await sway.clipboard()).toBe('milk');
  await panel.click(['Quit']);
  expect(await tally.ended).toBe(0);
  expect(await sway.clipboard()).toBe('milk');
  notifications.close();
});

test('what a killed Tally has left with the compositor, the next start takes back', async ({
  launch,
  panel,
  sway,
}) => {
  const hidden = { args: ['--ozone-platform=wayland'], env: sway.env, hidden: true };
  const tally = await launch(hidden);
  await panel.waitForTooltip('Available');
  await panel.click(['Copy ZAK']);
  await expect.poll(sway.clipboard).toMatch(zak);
  await tally.kill();
  expect(await sway.clipboard()).toMatch(zak);
  const next = await launch({ ...hidden, userData: tally.userData });
  await expect.poll(sway.clipboard).toBe('');
  await next.quit();
});

// Not the package, whose window nobody can look into.
test('what the window says of the clipboard is so: copied, replaced by another program, cleared after a minute', async ({
  launch,
  panel,
  sway,
}) => {
  const tally = await launch({ args: ['--ozone-platform=wayland'], env: sway.env });
  const window = await tally.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  // A click would wait for a frame, and a compositor without a screen asks for none.
  await window.page.keyboard.press('Control+5');
  const screen = window.zak;
  await expect(screen.copyButton()).toBeVisible();
  async function copy(): Promise<void> {
    await panel.click(['Copy ZAK']);
    await expect(screen.clipboard()).toContainText('Clears from the clipboard in');
    expect(await sway.clipboard()).toMatch(zak);
  }
  await copy();
  await sway.copy('milk');
  await tally.jump(61_000);
  await expect(screen.clipboard()).toContainText('You copied something else since');
  expect(await sway.clipboard()).toBe('milk');
  await copy();
  await tally.jump(61_000);
  await expect(screen.clipboard()).toContainText('Cleared from the clipboard.');
  expect(await sway.clipboard()).toBe('');
  await tally.quit();
});
