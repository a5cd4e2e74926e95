import { execFileSync } from 'node:child_process';
import { expectAccessible } from '../support/desktop/accessible.ts';
import type { RunningTally } from '../support/desktop/launch.ts';
import { expect, test } from '../support/desktop/tally.ts';

/** Puts the real pointer there, as a click on the icon would. */
const pointTo = (x: number, y: number) => execFileSync('xdotool', ['mousemove', String(x), String(y)]);

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
