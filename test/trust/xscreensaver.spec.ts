import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '../support/desktop/tally.ts';

const run = promisify(execFile);
/** XScreenSaver locks no screen of root's; Debian's nobody has nothing of its own. */
const somebody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

test('a screen that XScreenSaver has locked sets Away', async ({ launch, panel, zoom }) => {
  const saver = spawn('xscreensaver', ['--no-splash'], {
    ...somebody,
    env: { ...process.env, HOME: '/nonexistent' },
    stdio: 'ignore',
  });
  try {
    await expect(async () => void (await run('xscreensaver-command', ['-time']))).toPass();
    const tally = await launch();
    const { automation, status, ...window } = await tally.window();
    await expect(status.currentWord()).toHaveText('Available');
    await window.page.keyboard.press('Control+8');
    await automation.toggle('Screen lock');
    await expect(automation.seen(/unlocked/)).toBeVisible();
    await run('xscreensaver-command', ['-lock'], somebody);
    await panel.waitForTooltip('Away · locked since');
    expect(await zoom.updates()).toEqual([{ status: 'Away' }]);
    expect((await run('xscreensaver-command', ['-time'])).stdout).toContain('screen locked');
  } finally {
    saver.kill();
  }
});
