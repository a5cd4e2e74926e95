import { execFileSync } from 'node:child_process';
import { expectAccessible } from '../support/desktop/accessible.ts';
import { expect, test } from '../support/desktop/tally.ts';

test('a preset is made on the Status screen, and used in the tray, in Ctrl+K and from the shell', async ({
  panel,
  zoom,
  launch,
  start,
  expectConsole,
}) => {
  expectConsole(/^Away until \d+:\d\d [AP]M, then Available\.$/);
  const tally = await launch();
  const window = await tally.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  await window.status.timed().selectOption('Away');
  await window.status.timeField().fill('45');
  await window.status.saveAsPreset('Lunch');
  await panel.waitFor(({ menu }) => menu.some(({ label }) => label.startsWith('Lunch')), 'the preset');
  await panel.click(['Lunch: Away for 45 minutes']);
  await panel.waitForTooltip('Away, 45 min left');
  await tally.jump(61_000);
  await panel.click(['Busy', '30 minutes']);
  await panel.waitForTooltip('Busy, 30 min left');
  await tally.jump(61_000);
  await start({ userData: tally.userData, args: ['status', 'LUNCH'] }).ended;
  await panel.waitForTooltip('Away, 45 min left');
  await tally.jump(61_000);
  await panel.click(['Presets and recent', 'Busy for 30 minutes']);
  await panel.waitForTooltip('Busy, 30 min left');
  await tally.jump(61_000);
  await window.palette.open();
  await window.page.keyboard.type('lunch');
  await expect(window.palette.chosen()).toContainText('Lunch: Away for 45 minutes');
  await window.page.keyboard.press('Enter');
  await panel.waitForTooltip('Away, 45 min left');
  await tally.jump(61_000);
  await tally.resize(1_280, 800);
  await expect(window.status.beside('Presets')).toContainText('LunchAway for 45 minutes');
  await expectAccessible(window);
  await window.status.beside('Recent').getByRole('button', { name: 'Busy for 30 minutes' }).click();
  await panel.waitForTooltip('Busy, 30 min left');
  const [away, busy] = [{ status: 'Away' }, { status: 'Busy' }];
  expect(await zoom.updates()).toEqual([away, busy, away, busy, away, busy]);

  await window.open('Preferences');
  await window.preferences.preset('Lunch').edit.click();
  await expectAccessible(window);
  const shortcut = window.page.getByRole('dialog').getByRole('textbox', { name: 'Shortcut from any app' });
  await shortcut.press('Control+Alt+l');
  await expect(shortcut).toHaveValue('Ctrl+Alt+L');
  await shortcut.press('Enter');
  await expect(window.preferences.presets()).toContainText('Ctrl+Alt+L');
  await tally.jump(61_000);
  await panel.click(['Available', 'Until I change it']);
  await panel.waitForTooltip('Available');
  await tally.jump(61_000);
  execFileSync('xdotool', ['key', 'ctrl+alt+l']);
  await panel.waitForTooltip('Away, 45 min left');
  await window.preferences.preset('Lunch').remove.click();
  await panel.waitFor(({ menu }) => !menu.some(({ label }) => label.startsWith('Lunch')), 'no preset');
});
