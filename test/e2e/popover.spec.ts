import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectAccessible } from '../support/desktop/accessible.ts';
import type { RunningTally } from '../support/desktop/launch.ts';
import { startPortal } from '../support/desktop/portal.ts';
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
  // It reads the profile picture, which the popover has from then on.
  await window.open('Profile');
  await expect(window.heading('Profile')).toBeVisible();

  await tally.jump(1_000);
  await panel.activate();
  await expect.poll(() => isShown(tally)).toBe(true);
  await expect(popover.page.getByRole('main').locator('img')).toBeVisible();
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
  await popover.button(/^15 more minutes, until /).click();
  await expect(popover.waiting()).toContainText('Switching to Do not disturb in ');
  await popover.button(/^End now, back to Available$/).click();
  await expect(popover.waiting()).toContainText('Switching to Available in ');
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

test('it is beside panels of all four sides, at the edges of the screen, and holds 400 % zoom and the longest names', async ({
  panel,
  zoom,
  launch,
}) => {
  const names = ['أسماء '.repeat(6).trim(), 'W'.repeat(40), 'ש'.repeat(40)];
  const list = names.map((name) => ({ name, status: 'Out_of_Office', time: 'tomorrow 8' }));
  await zoom.patch({ displayName: `${'ע'.repeat(100)}${'W'.repeat(100)}` });
  const tally = await launch({ hidden: true, userData: userDataWith('presets', { own: { list } }) });
  await panel.waitForTooltip('Available');
  const { app } = tally;
  /** A work area beside a panel of 40 px on one side of the display of 1280 x 900. */
  const panelAt = (workArea: Electron.Rectangle) =>
    app.evaluate(({ screen }, area) => {
      const display = { ...screen.getPrimaryDisplay(), workArea: area };
      screen.getDisplayMatching = () => display;
    }, workArea);
  const whole = { x: 0, y: 0, width: 1280, height: 900 };
  const places = [
    { side: 'left', work: { ...whole, x: 40, width: 1240 }, x: 20, y: 890, place: { x: 48, y: 460 } },
    { side: 'right', work: { ...whole, width: 1240 }, x: 1260, y: 10, place: { x: 872, y: 0 } },
    { side: 'top', work: { ...whole, y: 40, height: 860 }, x: 5, y: 20, place: { x: 0, y: 48 } },
    { side: 'bottom', work: { ...whole, height: 860 }, x: 1275, y: 880, place: { x: 920, y: 412 } },
  ] as const;
  for (const { side, work, x, y, place } of places) {
    await panelAt(work);
    pointTo(x, y);
    await panel.activate();
    await expect
      .poll(() => tally.popoverPlace(), { message: side })
      .toEqual({ ...place, width: 360, height: 440 });
    const { page } = await tally.popover();
    await page.keyboard.press('Escape');
    await expect.poll(() => isShown(tally)).toBe(false);
    await tally.jump(1_000);
  }

  await panel.activate();
  const popover = await tally.popover();
  await expect.poll(() => isShown(tally)).toBe(true);
  await expect(popover.presets()).toHaveCount(3);
  const account = popover.page.getByRole('button', { name: /^ע+W+/ });
  await expect(account).toBeVisible();
  expect(await popover.overflow()).toEqual({ x: 0, y: 0 });
  // It grows where it stands, whatever the pointer does, as far as the display goes.
  pointTo(300, 300);
  execFileSync('xdotool', ['key', 'ctrl+equal']);
  await expect.poll(() => tally.popoverPlace()).toEqual({ x: 848, y: 324, width: 432, height: 528 });
  execFileSync('xdotool', ['key', 'ctrl+minus']);
  await expect.poll(() => tally.popoverPlace()).toEqual({ x: 920, y: 412, width: 360, height: 440 });
  await popover.page.keyboard.press('Escape');
  await app.evaluate(({ BrowserWindow }) => {
    for (const { webContents } of BrowserWindow.getAllWindows())
      if (webContents.getURL().endsWith('/popover.html')) webContents.setZoomFactor(4);
  });
  await tally.jump(1_000);
  pointTo(1275, 880);
  await panel.activate();
  await expect.poll(() => tally.popoverPlace()).toEqual({ x: 0, y: 0, width: 1280, height: 860 });
  expect((await popover.overflow()).x).toBe(0);
  for (const reached of [
    account,
    popover.status('Away'),
    popover.presets().last(),
    popover.button('Copy ZAK'),
  ]) {
    await reached.scrollIntoViewIfNeeded();
    await expect(reached).toBeInViewport({ ratio: 1 });
  }
});

test('a right click in its field offers the menu for text, and leaves it open', async ({ panel, launch }) => {
  const tally = await launch({ hidden: true });
  await panel.waitForTooltip('Available');
  await panel.click(['Away', 'Other…']);
  const popover = await tally.popover();
  await expect(popover.timeField()).toBeFocused();
  await expect.poll(() => isShown(tally)).toBe(true);
  const place = await tally.popoverPlace();
  const field = await popover.timeField().boundingBox();
  if (!place || !field) throw new Error('There is no field');
  await popover.page.keyboard.type('45');
  await tally.app.evaluate(({ Menu }) => {
    const build = Menu.buildFromTemplate;
    Menu.buildFromTemplate = (template) => {
      const menu = build(template);
      menu.on('menu-will-show', () => Object.assign(globalThis, { opened: menu }));
      menu.on('menu-will-close', () => Object.assign(globalThis, { opened: undefined }));
      return menu;
    };
  });
  type Opened = { opened?: Electron.Menu };
  const items = () =>
    tally.app.evaluate(() => (globalThis as Opened).opened?.items.map(({ role }) => role?.toLowerCase()));
  pointTo(Math.round(place.x + field.x + 20), Math.round(place.y + field.y + field.height / 2));
  execFileSync('xdotool', ['click', '3']);
  await expect.poll(items).toContain('paste');
  expect(await isShown(tally)).toBe(true);
  await tally.app.evaluate(() => (globalThis as Opened).opened?.closePopup());
  await expect.poll(items).toBeUndefined();
  expect(await isShown(tally)).toBe(true);
  await popover.page.keyboard.press('Control+a');
  await popover.page.keyboard.type('30');
  await expect(popover.timeField()).toHaveValue('30');
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
  await expect(there.notice('The shortcut Ctrl+Alt+T isn’t available')).toBeVisible();
  await there.open('Preferences');
  await expect(there.preferences.shortcut()).toHaveAccessibleDescription(
    /^Another app or your desktop has it/,
  );
  await there.preferences.shortcut().press('Backspace');
  await expect(there.notice('The shortcut Ctrl+Alt+T isn’t available')).toBeHidden();
});

test('on Wayland the desktop gives it by its own keys, says so, and can end it', async ({
  panel,
  launch,
}) => {
  const desktop = await startPortal();
  try {
    const own = { list: [{ name: 'Lunch', status: 'Away', time: '45', shortcut: 'Control+Alt+L' }] };
    const userData = userDataWith('presets', { own });
    const tally = await launch({ userData, env: { XDG_SESSION_TYPE: 'wayland' } });
    const window = await tally.window();
    await window.open('Preferences');
    await expect(window.preferences.presets()).toContainText('Your desktop asks you about it');
    await desktop.answer({ keys: 'Meta+L' });
    await expect(window.preferences.presets()).toContainText('Your desktop says: “Meta+L”');
    await window.preferences.shortcut().press('Control+Alt+t');
    await desktop.answer('no');
    await expect(window.preferences.presets()).toContainText('Your desktop says: “Meta+L”');
    await expect(window.preferences.shortcut()).toHaveAccessibleDescription(/^Your desktop didn’t give it/);
    await window.preferences.shortcut().press('Backspace');
    await window.preferences.shortcut().press('Control+Alt+t');
    await desktop.answer('yes');
    await expect(window.preferences.shortcut()).toHaveAccessibleDescription(
      /^Your desktop says: “Ctrl\+Alt\+T”/,
    );
    await expectAccessible(window);
    await panel.waitForTooltip('Available');
    desktop.press('Open the popover');
    await expect.poll(() => isShown(tally)).toBe(true);
    desktop.press('Choose “Lunch”');
    await panel.waitForTooltip('Away, 45 min left');
    desktop.closeSessions();
    await expect(window.preferences.shortcut()).toHaveAccessibleDescription(/^Your desktop has ended it/);
    expect(desktop.mistakes).toEqual([]);
  } finally {
    desktop.stop();
  }
});
