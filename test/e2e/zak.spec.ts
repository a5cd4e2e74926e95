import { copyElsewhere, offered, pasted, pastedFromBoth } from '../support/desktop/clipboard.ts';
import { expect, test } from '../support/desktop/tally.ts';

const token = /^ey[\w-]+\.[\w-]+\.[\w-]+$/;
const copyInTray = ['Copy ZAK'];

test('“Copy ZAK” in the tray: the token is in both selections for a minute, then in none', async ({
  launch,
  panel,
}) => {
  const tally = await launch();
  await panel.waitForTooltip('Available');
  await panel.click(copyInTray);
  await expect.poll(pasted).toMatch(token);
  const [clipboard, primary] = await pastedFromBoth();
  expect(primary).toBe(clipboard);
  // Marked for clipboard managers as a secret, where this Electron can write two formats at once (25 cannot).
  const electron = await tally.app.evaluate(() => Number.parseInt(process.versions.electron ?? '', 10));
  for (const selection of ['clipboard', 'primary'] as const) {
    const formats = await offered(selection);
    expect(formats).toContain('UTF8_STRING');
    expect(formats.includes('x-kde-passwordManagerHint')).toBe(electron >= 45);
  }
  await tally.jump(55_000);
  expect(await pastedFromBoth()).toEqual([clipboard, clipboard]);
  await tally.jump(6_000);
  await expect.poll(pastedFromBoth).toEqual(['', '']);
});

test('what the person copies meanwhile is left alone', async ({ launch, panel }) => {
  const tally = await launch();
  await panel.waitForTooltip('Available');
  await panel.click(copyInTray);
  await expect.poll(pasted).toMatch(token);
  await copyElsewhere('milk and bread');
  await tally.jump(61_000);
  await expect.poll(() => pasted('primary')).toBe('');
  expect(await pasted()).toBe('milk and bread');
});

test('Quit takes the token out of both selections; after a kill the next start does', async ({
  launch,
  panel,
}) => {
  const killed = await launch();
  await panel.waitForTooltip('Available');
  await panel.click(copyInTray);
  await expect.poll(pasted).toMatch(token);
  const left = await pasted();
  await killed.kill();
  await panel.waitForNoItem();
  // As a clipboard manager does.
  await copyElsewhere(left);

  const tally = await launch({ userData: killed.userData });
  await panel.waitForTooltip('Available');
  await expect.poll(pasted).toBe('');
  await panel.click(copyInTray);
  await expect.poll(pasted).toMatch(token);
  await panel.click(['Quit']);
  await tally.quit();
  expect(await pastedFromBoth()).toEqual(['', '']);
});

test('the screen copies, counts down, clears and renews; the token is never in the window', async ({
  launch,
  expectConsole: _none,
}) => {
  const tally = await launch();
  const window = await tally.window();
  await expect(window.status.currentWord()).toBeVisible();
  await window.open('ZAK');
  const { zak, page } = window;
  await zak.copy();
  await expect(zak.timeLeft()).toBeVisible();
  const first = await pasted();
  expect(first).toMatch(token);
  expect(await page.content()).not.toContain(first.slice(-20));
  await tally.jump(30_000);
  await window.saysNoTray();
  await expect(zak.timeLeft()).toHaveText(/^4:[0-3]\d$/);
  await zak.clearNow();
  await expect.poll(pastedFromBoth).toEqual(['', '']);
  await zak.copy();
  await expect.poll(pasted).toMatch(token);
  expect(await pasted()).not.toBe(first);
  await tally.jump(301_000);
  await expect(zak.timeLeft()).toBeHidden();
});

test('a longer-lived token says how long it lives; the personal room is opened in the browser', async ({
  launch,
  desktopBrowser,
}) => {
  const tally = await launch({ path: desktopBrowser.path });
  const window = await tally.window();
  await expect(window.status.currentWord()).toBeVisible();
  await window.open('ZAK');
  await window.zak.copyLonger('1 week');
  await expect(window.zak.timeLeft()).toBeVisible();
  await expect.poll(pasted).toMatch(token);
  await window.zak.startRoomButton().click();
  const { url, page } = await desktopBrowser.opened();
  expect(url.pathname).toMatch(/^\/s\/\d{10}$/);
  // What every user of the computer can read.
  expect(desktopBrowser.handed()).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}$/)]);
  await expect(page.getByRole('heading')).toHaveText('Practice meeting');
});
