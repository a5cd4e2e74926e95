import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../support/desktop/tally.ts';
import { startMosquitto } from '../support/trust/mosquitto.ts';

test('mosquitto keeps a sensor for Home Assistant, and tells the last will when Tally is killed', async ({
  launch,
  panel,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'tally-mosquitto-'));
  const broker = await startMosquitto(folder);
  try {
    const tally = await launch();
    const window = await tally.window();
    await expect(window.status.currentWord()).toHaveText('Available');
    await window.open('Automation');
    await window.automation.saveBroker('127.0.0.1', broker.port);
    await window.automation.broker().getByText('Tell an MQTT broker', { exact: true }).click();
    await expect(window.automation.broker().getByRole('status')).toContainText('last told Available');
    await window.page.keyboard.press('Control+1');
    await window.status.choose('Busy');
    await panel.waitForTooltip('Busy');
    await window.open('Automation');
    await expect(window.automation.broker().getByRole('status')).toContainText('last told Busy');

    const heard = broker.listen('#');
    const config = /^1 homeassistant\/sensor\/tally_(\w+)\/config (.*)$/;
    await expect.poll(() => heard.length).toBe(4);
    const [, id, json = ''] = config.exec(heard.find((line) => config.test(line)) ?? '') ?? [];
    expect(heard).toContain(`1 tally/${id}/state Busy`);
    expect(heard).toContain(`1 tally/${id}/availability online`);
    expect(JSON.parse(json)).toMatchObject({
      unique_id: `tally_${id}`,
      state_topic: `tally/${id}/state`,
      availability_topic: `tally/${id}/availability`,
    });

    tally.app.process().kill('SIGKILL');
    await expect.poll(() => heard.at(-1)).toBe(`0 tally/${id}/availability offline`);
    const later = broker.listen('tally/+/availability');
    await expect.poll(() => later).toEqual([`1 tally/${id}/availability offline`]);
  } finally {
    broker.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
