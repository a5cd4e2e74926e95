import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectAccessible } from '../support/desktop/accessible.ts';
import { expect, test } from '../support/desktop/tally.ts';
import { soundIn } from '../support/trust/sound.ts';

test('while an app uses the microphone the status is Busy, unless the app does not count', async ({
  panel,
  zoom,
  launch,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'tally-sound-'));
  const sound = await soundIn(folder);
  try {
    const { XDG_RUNTIME_DIR, HOME } = sound.env;
    const server = `unix:${join(XDG_RUNTIME_DIR, 'pulse/native')}`;
    const cookie = join(HOME, '.config/pulse/cookie');
    const tally = await launch({ env: { PULSE_SERVER: server, PULSE_COOKIE: cookie } });
    const { automation, status, ...window } = await tally.window();
    await expect(status.currentWord()).toHaveText('Available');
    await window.page.keyboard.press('Control+8');
    await automation.toggle('Calls in other apps');
    await expect(automation.seen(/Your system doesn’t tell apps/)).toBeVisible();
    await sound.startPulseAudio();
    await expect(automation.seen(/no call/)).toBeVisible();
    sound.record('parecord', '--device=mic', '--client-name=Caller');
    await panel.waitForTooltip('Busy · on a call · microphone in use by Caller');
    await expect(automation.rightNow()).toContainText('On a call · microphone in use by Caller');
    await tally.resize(420, 700);
    await window.page.getByRole('button', { name: 'Don’t count Caller' }).click();
    await expect(window.page.getByRole('button', { name: 'Count Caller again' })).toBeVisible();
    await expectAccessible(window);
    await zoom.advance(61_000);
    await tally.jump(61_000);
    await panel.waitForTooltip('Available (automation)');
    expect(await zoom.updates()).toEqual([{ status: 'Busy' }, { status: 'Available' }]);
  } finally {
    await sound.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
