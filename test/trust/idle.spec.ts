import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '../support/desktop/tally.ts';

const run = promisify(execFile);

/** Since how many ms the screen has seen no input, as another program finds it. */
const idle = async () => Number((await run('xprintidle')).stdout);
const touch = () =>
  run('xdotool', ['mousemove_relative', '--', '7', '7', 'mousemove_relative', '--', '-7', '-7']);

test('nobody touches the computer for a minute: Away, until somebody does', async ({
  launch,
  panel,
  zoom,
}) => {
  const tally = await launch();
  const { automation, status, ...window } = await tally.window();
  await expect(status.currentWord()).toHaveText('Available');
  await window.page.keyboard.press('Control+8');
  await touch();
  await automation.toggle('Idle');
  await automation.choice('Idle after').selectOption('1 minute');
  await automation.choice('Set back').selectOption('At once');
  await touch();
  await expect(automation.seen(/somebody’s here/)).toBeVisible();
  await panel.waitFor(({ tooltip }) => tooltip.startsWith('Away · idle since'), 'Away', 120_000);
  expect(await idle()).toBeGreaterThanOrEqual(60_000);
  expect(await idle()).toBeLessThan(75_000);
  await zoom.advance(61_000);
  await touch();
  await expect(automation.seen(/somebody’s here/)).toBeVisible({ timeout: 30_000 });
  await tally.jump(61_000);
  await panel.waitForTooltip('Available (automation)');
  expect(await zoom.updates()).toEqual([{ status: 'Away' }, { status: 'Available' }]);
});
