import { settableStatuses, statusWord } from '../../shared/zoom/presence.ts';
import type { RunningTally } from '../support/desktop/launch.ts';
import { markOf } from '../support/desktop/panel-icon.ts';
import { type MenuNode, menuLine } from '../support/desktop/panel-menu.ts';
import { expect, test } from '../support/desktop/tally.ts';
import type { ZoomControl } from '../support/desktop/zoom.ts';

const minute = 60_000;

/** What is ticked: a status that has no times, or the menu of one that has. */
function ticked(menu: readonly MenuNode[]): string[] {
  const statuses = menu.flatMap((node) => (node.label === 'More statuses' ? node.children : [node]));
  return statuses
    .filter((node) => [node, ...node.children].some(({ toggleState }) => toggleState === 'on'))
    .map(({ label }) => label);
}

test('every status chosen in the tray arrives at Zoom; icon, tooltip, radio and window follow', async ({
  panel,
  zoom,
  launch,
}) => {
  const tally = await launch();
  const window = await tally.window();
  await panel.waitForTooltip('Available');
  let before = await panel.icon();
  for (const status of [...settableStatuses].reverse()) {
    const word = statusWord(status);
    await panel.click([word]);
    const view = await panel.waitForTooltip(word);
    expect((await zoom.presence()).status).toBe(status);
    // Do not disturb always ends, so there is none until it is changed.
    expect(ticked(view.menu)).toEqual(status === 'Do_Not_Disturb' ? [] : [word]);
    expect(Buffer.from(view.icon.argb).equals(Buffer.from(before.argb)), `${word} has its own icon`).toBe(
      false,
    );
    await expect(window.status.currentWord()).toHaveText(word);
    before = view.icon;
    await tally.jump(61_000);
  }
});

test('the minute rule: a second choice waits, a third replaces it, and the newest is sent', async ({
  panel,
  zoom,
  launch,
}) => {
  const tally = await launch();
  const window = await tally.window();
  await panel.waitForTooltip('Available');
  await panel.click(['Away']);
  const away = await panel.waitForTooltip('Away (you)');
  expect(markOf(away.icon)).toEqual('none');
  await panel.click(['Presenting']);
  await panel.waitFor(({ menu }) => menuLine(menu, 'Cancel Presenting') !== undefined, 'Presenting waiting');
  await expect(window.status.waiting()).toContainText('Presenting');
  await panel.click(['Busy']);
  const view = await panel.waitFor(({ menu }) => menuLine(menu, 'Cancel Busy') !== undefined, 'Busy waiting');
  expect(view.tooltip).toMatch(/^Away \(you\)\. Switching to Busy in /);
  expect(markOf(view.icon)).toEqual('waiting');
  await expect(window.status.waiting()).toContainText('Busy');
  await expect(window.status.waitingCountdown()).toHaveText(/^0:[0-5]\d$/);
  expect(await zoom.updates()).toEqual([{ status: 'Away' }]);

  await tally.jump(minute);
  const busy = await panel.waitForTooltip('Busy (you)');
  expect(markOf(busy.icon)).toEqual('none');
  expect(await zoom.updates()).toEqual([{ status: 'Away' }, { status: 'Busy' }]);
  expect(await zoom.updates(429)).toEqual([]);
});

test('a waiting change can be cancelled', async ({ panel, zoom, launch }) => {
  const tally = await launch();
  const window = await tally.window();
  await panel.waitForTooltip('Available');
  await panel.click(['Away']);
  await panel.waitForTooltip('Away');
  await window.status.choose('Busy');
  await expect(window.status.waiting()).toContainText('Busy');
  await panel.click(['Cancel Busy']);
  await expect(window.status.waiting()).toBeHidden();
  const view = await panel.waitFor(
    ({ menu }) => !menuLine(menu, (label) => label.startsWith('Cancel')),
    'nothing waits',
  );
  expect(ticked(view.menu)).toEqual(['Away']);
  await tally.jump(2 * minute);
  await expect(window.status.currentWord()).toHaveText('Away');
  expect(await zoom.updates()).toEqual([{ status: 'Away' }]);
});

test('Zoom refusing with its minute limit (another app used it) waits and sends', async ({
  panel,
  zoom,
  launch,
}) => {
  const tally = await launch({ hidden: true });
  await panel.waitForTooltip('Available');
  await zoom.fault({ kind: 'rate-limit', variant: 'presence-minute' });
  await panel.click(['Away']);
  await panel.waitFor(({ menu }) => menuLine(menu, 'Cancel Away') !== undefined, 'Away waiting');
  await tally.jump(minute);
  await panel.waitForTooltip('Away (you)');
  expect((await zoom.presence()).status).toBe('Away');
});

test('a timer counts down, and the former status comes back', async ({ panel, zoom, launch }) => {
  const tally = await launch();
  const window = await tally.window();
  await panel.waitForTooltip('Available');
  await window.status.setFor('Do not disturb', '50');
  await panel.waitFor(({ tooltip }) => tooltip === 'Do not disturb, 50 min left (you)', '50 min left');
  expect(await zoom.updates()).toEqual([{ status: 'Do_Not_Disturb', duration: 50 }]);
  await expect(window.status.timeLeft()).toBeVisible();
  await expect(window.status.follows()).toContainText('then Available at');

  await tally.jump(8 * minute);
  await panel.waitFor(({ tooltip }) => tooltip === 'Do not disturb, 42 min left (you)', '42 min left');
  await tally.jump(42 * minute);
  await panel.waitForTooltip('Available (timer ended)');
  expect((await zoom.presence()).status).toBe('Available');
  expect(await zoom.updates()).toEqual([{ status: 'Do_Not_Disturb', duration: 50 }, { status: 'Available' }]);
  await expect(window.status.currentWord()).toHaveText('Available');
});

test('"for a while" holds the current status, then goes back to the one before', async ({
  panel,
  zoom,
  launch,
}) => {
  const tally = await launch({ hidden: true });
  await panel.waitForTooltip('Available');
  await panel.click(['Busy']);
  await panel.waitForTooltip('Busy');
  await panel.click(['Busy', '30 minutes']);
  await panel.waitFor(({ tooltip }) => tooltip === 'Busy, 30 min left (you)', '30 min left');
  await tally.jump(30 * minute);
  await panel.waitForTooltip('Available (timer ended)');
  expect(await zoom.updates()).toEqual([{ status: 'Busy' }, { status: 'Available' }]);
});

test('a timer can be dropped: the status stays', async ({ panel, zoom, launch }) => {
  const tally = await launch();
  const window = await tally.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  await window.status.choose('Away');
  await expect(window.status.currentWord()).toHaveText('Away');
  await window.status.forAWhile('15 minutes');
  await panel.waitFor(({ tooltip }) => tooltip === 'Away, 15 min left (you)', '15 min left');
  await window.status.keep();
  await panel.waitFor(({ tooltip }) => tooltip === 'Away (you)', 'no timer');
  await tally.jump(16 * minute);
  await expect(window.status.currentWord()).toHaveText('Away');
  expect(await zoom.updates()).toEqual([{ status: 'Away' }]);
});

test('polling without a change leaves the menu alone', async ({ panel, launch }) => {
  const tally = await launch({ hidden: true });
  await panel.waitForTooltip('Available');
  await panel.click(['Away']);
  await panel.waitForTooltip('Away');
  const before = panel.counts();
  for (let turn = 0; turn < 20; turn += 1) await tally.jump(10_000);
  // The answer to this click comes after whatever the twenty polls would have caused.
  await panel.click(['Away', '1 hour']);
  await panel.waitFor(({ tooltip }) => tooltip.includes('left'), 'a timer');
  expect(panel.counts().layoutUpdated - before.layoutUpdated).toBeLessThanOrEqual(4);
});

/** Resolves when the whole app runs: it asks Zoom then. */
const hasStarted = (zoom: ZoomControl) =>
  expect.poll(async () => (await zoom.requests()).length).toBeGreaterThan(0);

/** Whether the window is on the screen. */
const isOpen = (tally: RunningTally) =>
  tally.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((one) => one.isVisible()));

test('the tray survives a restart of the panel, which opens no window', async ({ panel, launch }) => {
  const tally = await launch({ hidden: true });
  await panel.waitForItem();
  await panel.stop();
  await tally.jump(10_000);
  await tally.jump(31_000);
  await panel.restart();
  await panel.waitForItem();
  await panel.waitFor(
    ({ menu }) => menu.some(({ label, enabled }) => label === 'Away' && enabled),
    'the menu',
  );
  await panel.click(['Away']);
  await panel.waitForTooltip('Away');
  expect(panel.items()).toHaveLength(1);
  expect(await isOpen(tally)).toBe(false);
});

test('without a panel for half a minute the window opens and says so; with the panel it goes again', async ({
  panel,
  zoom,
  launch,
}) => {
  await panel.stop();
  const tally = await launch({ hidden: true });
  await hasStarted(zoom);
  await tally.jump(29_000);
  expect(await isOpen(tally)).toBe(false);
  await tally.jump(2_000);
  const window = await tally.window();
  await expect(window.notice('Your desktop shows no tray icons')).toBeVisible();
  await expect(window.status.currentWord()).toHaveText('Available');
  await panel.restart();
  await panel.waitForItem();
  await panel.waitForTooltip('Available');
  await expect(window.notice('Your desktop shows no tray icons')).toBeHidden();
  expect(await isOpen(tally)).toBe(false);
  await panel.click(['Away']);
  await panel.waitForTooltip('Away');
});

test('a click on the icon may open the window, a second one hides it; nobody loses a window that is used', async ({
  panel,
  zoom,
  launch,
}) => {
  await panel.stop();
  const tally = await launch({ hidden: true });
  await hasStarted(zoom);
  await tally.jump(31_000);
  const window = await tally.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  await window.open('Preferences');
  await window.preferences.chooseClick('Window');
  await window.open('Status');
  await window.status.choose('Away');
  await panel.restart();
  await panel.waitForTooltip('Away');
  await expect(window.notice('Your desktop shows no tray icons')).toBeHidden();
  expect(await isOpen(tally)).toBe(true);
  await panel.activate();
  await expect.poll(() => isOpen(tally)).toBe(false);
  await panel.activate();
  await expect.poll(() => isOpen(tally)).toBe(true);
});
