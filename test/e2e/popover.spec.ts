import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectAccessible } from '../support/desktop/accessible.ts';
import type { RunningTally } from '../support/desktop/launch.ts';
import { expect, test } from '../support/desktop/tally.ts';

/** Puts the real pointer there, as a click on the icon would. */
const pointTo = (x: number, y: number) => execFileSync('xdotool', ['mousemove', String(x), String(y)]);

/** A folder of user data with this in one of its files; `launch` takes it away again. */
function userDataWith(name: 'presets' | 'preferences', content: object): string {
  const userData = mkdtempSync(join(tmpdir(), 'tally-e2e-'));
  writeFileSync(join(userData, `${name}.json`), JSON.stringify(content));
  return userData;
}

const isShown = async (tally: RunningTally) => (await tally.popoverPlace()) !== undefined;

test('a click on the icon opens it there, keys set a status, and a click, Esc or another window closes it', async ({
  panel,
  zoom,
  launch,
}) => {
  const tally = await launch({ hidden: true });
  await panel.waitForTooltip('Available');
  const { width, height } = await tally.app.evaluate(({ screen }) => screen.getPrimaryDisplay().workArea);
  pointTo(width - 20, 5);
  await panel.activate();
  const popover = await tally.popover();
  await expect.poll(() => tally.popoverPlace()).toEqual({ x: width - 360, y: 25, width: 360, height: 440 });
  await expect(popover.currentWord()).toHaveText('Available');
  const { keyboard } = popover.page;
  await keyboard.press('4');
  await panel.waitForTooltip('Away (you)');
  await expect(popover.currentWord()).toHaveText('Away');
  await expect(popover.status('Away')).toBeChecked();
  await expectAccessible(popover);

  await keyboard.press('5');
  await expect(popover.waiting()).toContainText('Switching to Out of office in ');
  await popover.button('Cancel').click();
  await expect(popover.waiting()).toBeHidden();
  expect(await zoom.updates()).toEqual([{ status: 'Away' }]);
  await panel.activate();
  await expect.poll(() => isShown(tally)).toBe(false);

  // Once the click is not the one that took the focus away.
  await tally.jump(1_000);
  pointTo(300, height - 5);
  await panel.activate();
  await expect.poll(async () => (await tally.popoverPlace())?.y).toBe(height - 17 - 440 - 8);
  await keyboard.press('Escape');
  await expect.poll(() => isShown(tally)).toBe(false);

  await tally.jump(1_000);
  await panel.activate();
  await expect.poll(() => isShown(tally)).toBe(true);
  await popover.button('Open Tally').click();
  const window = await tally.window();
  await window.status.currentWord().waitFor();
  await expect.poll(() => isShown(tally)).toBe(false);

  await tally.jump(1_000);
  await panel.activate();
  await expect.poll(() => isShown(tally)).toBe(true);
  await tally.app.evaluate(({ BrowserWindow }) => {
    const open = BrowserWindow.getAllWindows();
    open.find(({ webContents }) => webContents.getURL().endsWith('/index.html'))?.focus();
  });
  await expect.poll(() => isShown(tally)).toBe(false);
});

test('“Other…” of the menu asks in it; times, presets, link and ZAK; a new panel and a display that goes are borne', async ({
  panel,
  zoom,
  launch,
}) => {
  const names = ['Lunch', 'א'.repeat(40), 'W'.repeat(40), 'A fourth'];
  const list = names.map((name) => ({ name, status: 'Away', time: '30' }));
  const tally = await launch({ hidden: true, userData: userDataWith('presets', { own: { list } }) });
  await panel.waitForTooltip('Available');
  await panel.click(['Do not disturb', 'Other…']);
  const popover = await tally.popover();
  await expect(popover.timeField()).toBeFocused();
  await expect(popover.timed()).toHaveValue('Do_Not_Disturb');
  await expect.poll(() => isShown(tally)).toBe(true);
  await panel.stop();
  await panel.restart();
  await panel.waitForItem();
  expect(await isShown(tally)).toBe(true);
  // Digits that are typed are a time.
  await popover.page.keyboard.type('25h');
  await expect(popover.timeField()).toHaveAccessibleDescription(/at most 24 hours/);
  await popover.timeField().fill('');
  await popover.page.keyboard.type('45');
  await expect(popover.timeField()).toHaveAccessibleDescription(/^Do not disturb for 45 minutes, until /);
  await popover.page.keyboard.press('Enter');
  await panel.waitForTooltip('Do not disturb, 45 min left');
  await expect(popover.timeLeft()).toHaveText(/^4[45] min left$/);
  await popover.button('2 hr').click();
  await expect(popover.waiting()).toContainText('Switching to Do not disturb for 2 hours');
  await expect(popover.presets()).toHaveCount(3);
  await popover.presets().first().click();
  await expect(popover.waiting()).toContainText('Switching to Away for 30 minutes');
  expect(await popover.overflow()).toEqual({ x: 0, y: 0 });
  await expectAccessible(popover);
  expect(await zoom.updates()).toEqual([{ status: 'Do_Not_Disturb', duration: 45 }]);
  await popover.button('Copy link: meeting link').click();
  await expect(popover.button('Copied: meeting link')).toBeVisible();
  await popover.button('Copy ZAK').click();
  await expect(popover.page.getByRole('status').getByText(/^ZAK copied\. Valid until /)).toBeAttached();
  await zoom.fault({ kind: 'status', status: 500 }, { operationId: 'userZak' }, 20);
  await popover.button('Start room').click();
  await popover.button('Dismiss: Zoom is having problems right now.').click();
  await zoom.clearFaults();

  await tally.app.evaluate(({ screen }) => screen.emit('display-removed', {}, screen.getPrimaryDisplay()));
  await expect.poll(() => isShown(tally)).toBe(false);
  await panel.click(['Busy', 'Other…']);
  await expect.poll(() => isShown(tally)).toBe(true);
  await expect(popover.timed()).toHaveValue('Busy');
  await expect(popover.timeField()).toBeFocused();
  await expect(popover.timeField()).toHaveValue('');
});

test('a shortcut opens it from any app; where another one has it, that is said', async ({
  panel,
  launch,
}) => {
  const first = await launch();
  const window = await first.window();
  await window.open('Preferences');
  await window.preferences.shortcut().press('Control+Alt+t');
  await expect(window.preferences.shortcut()).toHaveValue('Ctrl+Alt+T');
  await panel.waitForTooltip('Available');
  execFileSync('xdotool', ['key', 'ctrl+alt+t']);
  await expect.poll(() => isShown(first)).toBe(true);
  const second = await launch({ userData: userDataWith('preferences', { shortcut: 'Control+Alt+T' }) });
  const there = await second.window();
  await expect(there.notice('Ctrl+Alt+T doesn’t open Tally')).toBeVisible();
  await there.open('Preferences');
  await expect(there.preferences.shortcut()).toHaveAccessibleDescription(
    /^Another app or your desktop has it/,
  );
  await there.preferences.shortcut().press('Backspace');
  await expect(there.notice('Ctrl+Alt+T doesn’t open Tally')).toBeHidden();
});
