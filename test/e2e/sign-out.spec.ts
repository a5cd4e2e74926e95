import { searchHeap } from '../support/desktop/canaries.ts';
import { allow, appWithSecret, signIn } from '../support/desktop/sign-in.ts';
import { expect, test } from '../support/desktop/signed-in.ts';
import { filesWith } from '../support/desktop/signed-out.ts';

test('signing out ends the sign-in at Zoom and leaves nothing of the account here', async ({
  signInOne,
  practice,
  zoom,
  keyring,
  panel,
}) => {
  const { tally, window, name } = await signInOne();
  await window.status.forAWhile('15 minutes');
  await expect(window.status.timeLeft()).toBeVisible();
  expect(filesWith(tally.userData, practice.email)).not.toEqual([]);
  await window.open('Accounts');
  await window.accounts.askToSignOut(name);
  await window.accounts.staySignedIn();
  expect((await zoom.counts()).revocations).toBe(0);
  await window.accounts.signOut(name);
  await expect(window.welcome()).toBeVisible();
  await expect(window.page.getByText(`Signed out of ${name}.`)).toBeVisible();
  await expect(window.page.getByRole('navigation', { name: 'Main' }).getByRole('button')).toHaveText([
    'Welcome',
    'Accounts',
    'Preferences',
  ]);
  await panel.waitFor(({ tooltip }) => tooltip === 'Tally: no account', 'no account');
  await expect.poll(async () => (await zoom.counts()).revocations).toBe(1);
  expect((await zoom.grants()).filter(({ userId }) => userId === practice.userId)).toEqual([]);
  await expect.poll(() => keyring.accounts()).toEqual([]);
  // What is still to be done is in a file until it is: Tally ends it at the next start where it is quit before.
  await expect.poll(() => filesWith(tally.userData, practice.userId)).toEqual([]);
  await tally.quit();
  for (const trace of [practice.email, practice.userId, name]) {
    expect(filesWith(tally.userData, trace), `files with ${trace}`).toEqual([]);
  }
});

test('signing out without a connection forgets here at once, and tells Zoom at the next start', async ({
  signInOne,
  launch,
  practice,
  desktopBrowser,
  zoom,
  keyring,
}) => {
  const { tally, window, name, start } = await signInOne();
  for (const path of ['/oauth/revoke', '/oauth/token']) await zoom.fault({ kind: 'drop' }, { path }, 1_000);
  await window.open('Accounts');
  await window.accounts.signOut(name);
  await expect(window.notice('Zoom doesn’t know of the sign-out yet')).toBeVisible();
  await window.open('Welcome');
  await expect(window.welcome()).toBeVisible();
  expect((await zoom.counts()).revocations).toBe(0);
  await tally.quit();
  expect(filesWith(tally.userData, practice.email)).toEqual([]);

  await zoom.clearFaults();
  const again = await (await launch(start)).window();
  await expect(again.welcome()).toBeVisible();
  await expect.poll(async () => (await zoom.counts()).revocations).toBe(1);
  await expect(again.notice('Zoom doesn’t know of the sign-out yet')).toBeHidden();
  await expect.poll(() => keyring.accounts()).toEqual([]);
  expect(desktopBrowser.count()).toBe(1);
});

test('signing out where Zoom refuses for good empties the keychain, and tells where to remove the app', async ({
  signInOne,
  practice,
  zoom,
  keyring,
}) => {
  const { tally, window, name } = await signInOne();
  await zoom.patch({ publicRevoke: false });
  await window.open('Accounts');
  await window.accounts.signOut(name);
  const notice = window.notice('Zoom didn’t end the sign-in');
  await expect(notice).toBeVisible();
  await expect(window.notice(/under Manage, Added Apps/)).toBeVisible();
  await expect.poll(() => keyring.accounts()).toEqual([]);
  await tally.jump(600_000);
  await expect(notice).toBeVisible();
  expect((await zoom.requests()).filter(({ path }) => path === '/oauth/revoke')).toHaveLength(1);
  await tally.quit();
  expect(filesWith(tally.userData, practice.email)).toEqual([]);
});

test('removing one account leaves the other one signed in', async ({
  signInTwo,
  launch,
  practice,
  zoom,
  keyring,
}) => {
  const { tally, window, start, name, otherName, otherEmail } = await signInTwo();
  await window.open('Accounts');
  await window.accounts.signOut(otherName);
  await expect(window.accounts.all()).toHaveCount(1);
  await expect(window.accounts.inUse()).toContainText(name);
  await expect.poll(async () => (await zoom.counts()).revocations).toBe(1);
  const left = [`account:commercial:${practice.userId}`];
  await expect.poll(() => keyring.accounts()).toEqual(left);
  await window.open('Status');
  await window.status.choose('Away');
  await expect(window.status.currentWord()).toHaveText('Away');
  await tally.quit();
  expect(filesWith(tally.userData, otherEmail)).toEqual([]);
  const again = await (await launch(start)).window();
  await expect(again.status.currentWord()).toHaveText('Away');
  await expect(again.accountName()).toHaveText(name);
});

test('a sign-in that was revoked elsewhere: one clear question, and everything else is kept', async ({
  signInOne,
  practice,
  desktopBrowser,
  zoom,
  keyring,
  panel,
}) => {
  const { tally, window, name } = await signInOne();
  const item = `account:commercial:${practice.userId}`;
  const { refreshToken } = JSON.parse((await keyring.secret(item)) ?? '{}');
  await fetch(`${practice.oauthUrl}/oauth/revoke`, {
    method: 'POST',
    body: new URLSearchParams({ token: refreshToken, client_id: practice.clientId }),
  });
  await window.status.choose('Away');
  await expect(window.notConnected()).toBeVisible();
  await expect(window.refusal()).toContainText('Zoom no longer accepts this sign-in.');
  await expect(window.accountName()).toHaveText(name);
  await panel.waitFor(({ menu }) => menu[0]?.label === 'Sign in again…', 'the question in the tray');
  const asked = (await zoom.requests()).filter(({ path }) => path === '/oauth/token').length;
  await tally.jump(600_000);
  await expect(window.notConnected()).toBeVisible();
  expect((await zoom.requests()).filter(({ path }) => path === '/oauth/token')).toHaveLength(asked);

  await window.fix();
  const { page, url } = await desktopBrowser.opened();
  expect(url.searchParams.get('client_id')).toBe(practice.clientId);
  await allow(page);
  // What was asked for meanwhile is not forgotten either.
  await expect(window.status.currentWord()).toHaveText('Away');
  await window.open('Accounts');
  await expect(window.accounts.all()).toHaveCount(1);
  await expect(window.accounts.inUse()).toContainText(name);
});

test('nothing of a sign-in, an app’s secret included, stays in the window', async ({
  launch,
  practice,
  desktopBrowser,
}) => {
  const tally = await launch({ zoom: 'connect', path: desktopBrowser.path });
  const window = await tally.window();
  await signIn(window, desktopBrowser, appWithSecret(practice));
  await expect(window.status.currentWord()).toHaveText('Available');
  await tally.jump(3_600_000);
  await window.saysNoTray();
  await window.status.choose('Away');
  await expect(window.status.currentWord()).toHaveText('Away');
  await window.open('Accounts');
  expect(await searchHeap(window.page)).toEqual([]);
  await window.accounts.signOut(String(await window.accountName().textContent()));
  await window.open('Welcome');
  await expect(window.welcome()).toBeVisible();
  expect(await searchHeap(window.page)).toEqual([]);
});
