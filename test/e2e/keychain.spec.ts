import keytar from 'keytar';
import { startSessionBus } from './support/session-bus.ts';
import { expect, test } from './support/tally.ts';

/** Whether the real keychain of this bus has the sign-in. What it is stays in here: no report shows it. */
async function kept(): Promise<boolean> {
  const secret = await keytar.getPassword('Tally', 'practice');
  return secret !== null && 'refreshToken' in JSON.parse(secret);
}

const practice = { zoom: false, args: ['--practice'] } as const;

test('the practice sign-in is in the keychain while Tally runs, and gone after Quit', async ({
  panel,
  launch,
}) => {
  expect(await kept()).toBe(false);
  const tally = await launch(practice);
  const window = await tally.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  await expect.poll(kept).toBe(true);
  await expect(window.notice('No keychain')).toBeHidden();
  await panel.click(['Quit']);
  await tally.quit();
  expect(await kept()).toBe(false);
});

test('what a killed Tally left in the keychain is replaced, and gone after the next Quit', async ({
  panel,
  launch,
}) => {
  const first = await launch({ ...practice, hidden: true });
  await panel.waitFor(({ tooltip }) => tooltip.startsWith('Available'), 'Available');
  await expect.poll(kept).toBe(true);
  const before = await keytar.getPassword('Tally', 'practice');
  await first.kill();
  await panel.waitForNoItem();
  expect(await kept()).toBe(true);

  const second = await launch({ ...practice, hidden: true, userData: first.userData });
  await panel.waitFor(({ tooltip }) => tooltip.startsWith('Available'), 'Available');
  await expect.poll(async () => (await keytar.getPassword('Tally', 'practice')) !== before).toBe(true);
  await second.quit();
  expect(await kept()).toBe(false);
});

test('without a keychain everything works, and Tally says what to install', async ({ launch }) => {
  const bus = await startSessionBus();
  try {
    const tally = await launch({ ...practice, env: { DBUS_SESSION_BUS_ADDRESS: bus.address } });
    const window = await tally.window();
    await expect(window.notice('No keychain')).toBeVisible();
    await expect(window.notice(/^The sign-in is kept in memory only/)).toContainText(
      'install and unlock GNOME Keyring or KWallet',
    );
    await window.status.choose('Away');
    await expect(window.status.currentWord()).toHaveText('Away');
    await window.dismissNotice('No keychain');
    await expect(window.notice('No keychain')).toBeHidden();
    await tally.quit();
  } finally {
    await bus.stop();
  }
});

test('a practice account started from the welcome screen is kept in the same way', async ({
  panel,
  launch,
}) => {
  const tally = await launch({ zoom: false });
  const window = await tally.window();
  await expect(window.welcome()).toBeVisible();
  expect(await kept()).toBe(false);
  await window.tryPractice();
  await expect(window.status.currentWord()).toHaveText('Available');
  await expect.poll(kept).toBe(true);
  await panel.click(['Quit']);
  await tally.quit();
  expect(await kept()).toBe(false);
});
