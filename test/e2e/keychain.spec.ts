import { readdirSync } from 'node:fs';
import type { Practice } from '../../electron/practice/server.ts';
import { startSessionBus } from '../support/desktop/session-bus.ts';
import { expect, test } from '../support/desktop/signed-in.ts';

const itemOf = ({ userId }: Practice) => `account:commercial:${userId}`;

/** Signed in by nobody but the keychain: the status is there and the browser was never asked again. */
const restarts = { 'after Quit': 'quit', 'after SIGKILL': 'kill' } as const;

for (const [when, end] of Object.entries(restarts)) {
  test(`still signed in ${when}, with no question`, async ({
    signInOne,
    launch,
    desktopBrowser,
    zoom,
    panel,
  }) => {
    const { tally: first, name, start } = await signInOne();
    await first[end]();
    await panel.waitForNoItem();

    const again = await (await launch(start)).window();
    await expect(again.status.currentWord()).toHaveText('Available');
    await expect(again.accountName()).toHaveText(name);
    expect(desktopBrowser.count()).toBe(1);
    expect((await zoom.counts()).refreshes).toBe(1);
  });
}

test('a keychain that is locked at the start is told from a lost sign-in; unlocked, it goes on', async ({
  signInOne,
  launch,
  desktopBrowser,
  keyring,
  zoom,
  panel,
}) => {
  const { tally: first, start: again } = await signInOne();
  await first.quit();
  await keyring.lock();

  const window = await (await launch(again)).window();
  await expect(window.notConnected()).toBeVisible();
  await expect(window.refusal()).toContainText('The keychain is locked.');
  await panel.waitFor(
    ({ tooltip, menu }) =>
      tooltip === 'Tally: The keychain is locked.' && menu[0]?.label === 'Unlock the keychain and try again',
    'the locked keychain in the tray',
  );
  await window.fix();
  await expect(window.refusal()).toContainText('The keychain is locked.');
  expect((await zoom.counts()).refreshes).toBe(0);

  await keyring.unlock();
  await panel.click(['Unlock the keychain and try again']);
  await expect(window.status.currentWord()).toHaveText('Available');
  expect(desktopBrowser.count()).toBe(1);
});

test('a keychain that takes its time is named; what it waits for comes by itself', async ({
  signInOne,
  launch,
  keyring,
  panel,
}) => {
  const { tally: first, start: again } = await signInOne();
  await first.quit();

  keyring.freeze();
  const window = await (await launch(again)).window();
  await expect(window.waitsForKeychain()).toBeVisible();
  await panel.waitFor(({ tooltip }) => tooltip === 'Tally: waiting for your keychain', 'the wait');
  keyring.thaw();
  await expect(window.status.currentWord()).toHaveText('Available');
});

test('a keychain that is locked during a sign-in: it works, Tally says that it is not kept, and keeps it later', async ({
  signInOne,
  launch,
  practice,
  desktopBrowser,
  keyring,
}) => {
  await keyring.lock();
  const { tally, window, start } = await signInOne();
  await expect(window.notice('The sign-in isn’t kept')).toBeVisible();
  await window.open('Accounts');
  await expect(window.accounts.inUse()).toContainText('ends when Tally quits');
  await window.open('Status');
  await window.status.choose('Away');
  await expect(window.status.currentWord()).toHaveText('Away');

  await keyring.unlock();
  await tally.jump(3_600_000);
  await expect.poll(() => keyring.accounts()).toContain(itemOf(practice));
  await expect(window.notice('The sign-in isn’t kept')).toBeHidden();
  await tally.quit();
  const again = await (await launch(start)).window();
  await expect(again.status.currentWord()).toHaveText('Away');
  expect(desktopBrowser.count()).toBe(1);
});

test('a keychain that is locked when new tokens are due: none is used up, Tally says so, and goes on once it is unlocked', async ({
  signInOne,
  launch,
  desktopBrowser,
  keyring,
  zoom,
}) => {
  const { tally, window, start } = await signInOne();
  await keyring.lock();
  await tally.jump(58 * 60_000);
  await window.saysNoTray();
  await window.status.choose('Away');
  await expect(window.status.currentWord()).toHaveText('Away');
  await expect(window.notice(/^The keychain is locked\. .* nothing is lost until then\.$/)).toBeVisible();
  await tally.jump(2 * 60_000);
  await expect(window.refusal()).toContainText('The keychain is locked.');
  await expect(window.notice('Waiting for your keychain')).toBeHidden();
  expect((await zoom.counts()).refreshes).toBe(0);

  await keyring.unlock();
  await tally.jump(5_000);
  await expect(window.status.currentWord()).toHaveText('Away');
  expect((await zoom.counts()).refreshes).toBe(1);
  await tally.quit();
  const again = await (await launch(start)).window();
  await expect(again.status.currentWord()).toHaveText('Away');
  expect(desktopBrowser.count()).toBe(1);
});

test('without a keychain everything works until Quit; then Tally says why it asks again', async ({
  signInOne,
  launch,
  desktopBrowser,
}) => {
  const bus = await startSessionBus();
  const env = { DBUS_SESSION_BUS_ADDRESS: bus.address };
  try {
    const { tally: first, window, name, start } = await signInOne({ env });
    await expect(window.notice('The sign-in isn’t kept')).toBeVisible();
    await expect(window.notice(/^No keychain is running/)).toContainText(
      'Install and start GNOME Keyring or KWallet',
    );
    await window.status.choose('Away');
    await expect(window.status.currentWord()).toHaveText('Away');
    await window.dismissNotice('The sign-in isn’t kept');
    await expect(window.notice('The sign-in isn’t kept')).toBeHidden();
    await first.quit();

    const second = await launch(start);
    const again = await second.window();
    await expect(again.notConnected()).toBeVisible();
    await expect(again.refusal()).toContainText('This sign-in ended when Tally quit.');
    await expect(again.accountName()).toHaveText(name);
    await again.fix();
    const { page } = await desktopBrowser.opened();
    await page.getByRole('button', { name: 'Allow' }).click();
    await expect(again.status.currentWord()).toHaveText('Away');
    await second.quit();
  } finally {
    await bus.stop();
  }
});

test('Quit in the middle of writing to the keychain waits for it; nothing is lost', async ({
  signInOne,
  start,
  desktopBrowser,
  keyring,
  zoom,
  panel,
}) => {
  const { tally: first, start: again } = await signInOne();
  await first.quit();
  await panel.waitForNoItem();

  await zoom.fault({ kind: 'hold', when: 'after' }, { path: '/oauth/token', grantType: 'refresh_token' });
  const second = start({ ...again, hidden: true });
  await zoom.held({ path: '/oauth/token' });
  const { called } = await keyring.watchCalls();
  keyring.freeze();
  await zoom.release();
  await called;
  await panel.click(['Quit']);
  keyring.thaw();
  expect(await second.ended).toBe(0);
  await panel.waitForNoItem();

  start({ ...again, hidden: true });
  await panel.waitForTooltip('Available');
  expect(desktopBrowser.count()).toBe(1);
});

test('the practice account leaves nothing in the keychain', async ({ launch, keyring }) => {
  const tally = await launch({ zoom: false });
  const window = await tally.window();
  await expect(window.welcome()).toBeVisible();
  await window.tryPractice();
  await expect(window.status.currentWord()).toHaveText('Available');
  expect(await keyring.accounts()).toEqual([]);
  await tally.quit();
  expect(await keyring.accounts()).toEqual([]);
  expect(readdirSync(tally.userData)).toContain('accounts.json');
});
