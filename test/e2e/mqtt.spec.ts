import { startBroker } from '../support/broker.ts';
import { expectAccessible } from '../support/desktop/accessible.ts';
import { expect, test } from '../support/desktop/tally.ts';

test('a broker is told of the status, and the Automation screen tells how that goes', async ({
  launch,
  panel,
}) => {
  const broker = await startBroker();
  try {
    const tally = await launch();
    const window = await tally.window();
    const { automation } = window;
    await expect(window.status.currentWord()).toHaveText('Available');
    await window.open('Automation');
    const card = automation.broker();
    await automation.saveBroker('mqtt://localhost', broker.port);
    await expect(window.page.getByText('Type the host alone, without mqtt:// before it.')).toBeVisible();
    await automation.saveBroker('127.0.0.1', broker.port, { user: 'anna', password: 'CANARY-broker' });
    await expect(card.getByText(/^A user and password are saved/)).toBeVisible();
    await card.getByText('Tell an MQTT broker', { exact: true }).click();
    await expect(card.getByRole('status')).toContainText(
      /Connected to 127\.0\.0\.1 · last told Available at \d/,
    );
    expect(broker.guests[0]).toMatchObject({ user: 'anna', password: 'CANARY-broker' });
    expect(await window.page.content()).not.toContain('CANARY');
    await window.page.keyboard.press('Control+1');
    await window.status.choose('Busy');
    await panel.waitForTooltip('Busy');
    await window.open('Automation');
    await expect(card.getByRole('status')).toContainText('last told Busy');
    await tally.resize(380, 620);
    await expectAccessible(window);
    broker.guests[0]?.cut();
    await expect(card.getByRole('status')).toContainText('The broker ended the connection.');
    await card.getByRole('button', { name: 'Connect now' }).click();
    await expect(card.getByRole('status')).toContainText('last told Busy');
    await card.getByText('Tell an MQTT broker', { exact: true }).click();
    await expect(card.getByRole('status')).toHaveCount(0);
    expect([...broker.kept]).toEqual([]);
    expect(broker.offenses).toEqual([]);
  } finally {
    await broker.close();
  }
});
