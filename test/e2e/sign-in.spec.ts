import { scopesFor } from '../../electron/practice/scopes.ts';
import { pasted } from '../support/desktop/clipboard.ts';
import {
  allow,
  appWithSecret,
  beginSignIn,
  openConnectPage,
  ownApp,
  signIn,
} from '../support/desktop/sign-in.ts';
import { expect, test } from '../support/desktop/tally.ts';
import { makeApp } from '../support/oauth.ts';

/** Where the consent page will send the browser; it has the port that is open only while Tally waits. */
function redirectOf(authorizeUrl: URL): URL {
  return new URL(authorizeUrl.searchParams.get('redirect_uri') ?? '');
}

/** Waits until Tally has closed the port that it opened for the browser. */
async function expectClosed(address: URL): Promise<void> {
  await expect
    .poll(
      () =>
        fetch(address).then(
          () => 'open',
          () => 'closed',
        ),
      { message: 'the port is closed' },
    )
    .toBe('closed');
}

const connectionRefused = [/ERR_CONNECTION_REFUSED for http:\/\/127\.0\.0\.1:/];
/** Chromium writes one for each answer with a status of 400, as the pages for wrong answers have. */
const badRequest = /^browser: Failed to load resource: the server responded with a status of 400/;

test('from Welcome through the browser to the status', async ({
  launch,
  practice,
  desktopBrowser,
  panel,
  keyring,
}) => {
  const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
  await expect(window.welcome()).toBeVisible();
  await window.connectZoom();
  await window.connect.connect(practice.clientId);
  await expect(window.connect.waiting()).toHaveText('Waiting for you in the browser');
  await expect(window.connect.timeLeft()).toHaveText(/^(5:00|4:5\d)$/);
  await panel.waitFor(({ tooltip }) => tooltip === 'Tally: waiting for you in the browser', 'the wait');

  const { url, page } = await desktopBrowser.opened();
  expect(url.origin).toBe(practice.oauthUrl);
  const { code_challenge_method, scope } = Object.fromEntries(url.searchParams);
  expect({ code_challenge_method, scope }).toEqual({ code_challenge_method: 'S256', scope: undefined });
  // The same on every installation, so that one app at Zoom serves them all.
  expect(redirectOf(url).pathname).toBe('/tally');
  await allow(page);
  await expect(page).toHaveTitle('Back to Tally');
  await expect(page.getByText('You can close this tab')).toBeVisible();

  await expect(window.status.currentWord()).toHaveText('Available');
  await expect(window.practiceBanner()).toBeHidden();
  await panel.waitForTooltip('Available');
  const [item, ...others] = await keyring.accounts();
  expect(others).toEqual([]);
  expect(item).toBe(`account:commercial:${practice.userId}`);
  const stored = JSON.parse((await keyring.secret(String(item))) ?? '{}');
  expect(Object.keys(stored)).toEqual(['refreshToken', 'clientId']);
  await expectClosed(redirectOf(url));
});

test('the page that the browser ends at is static: no script, no source, nothing of the answer', async ({
  launch,
  practice,
  desktopBrowser,
}) => {
  const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
  await beginSignIn(window, ownApp(practice));
  const { page } = await desktopBrowser.opened();
  const answer = page.waitForResponse((response) => response.url().includes('code='));
  await allow(page);
  const headers = await (await answer).allHeaders();
  expect(headers['content-security-policy']).toContain(`default-src 'none'`);
  expect(headers['referrer-policy']).toBe('no-referrer');
  expect(headers['cache-control']).toBe('no-store');
  await expect(page).toHaveTitle('Back to Tally');
  const code = new URL(page.url()).searchParams.get('code');
  expect(await page.content()).not.toContain(code);
  await expect(window.status.currentWord()).toHaveText('Available');
});

test('a person who says no at Zoom is told so, and can begin again', async ({
  launch,
  practice,
  desktopBrowser,
}) => {
  const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
  await beginSignIn(window, ownApp(practice));
  const first = await desktopBrowser.opened();
  await first.page.getByRole('button', { name: 'Decline' }).click();
  await expect(first.page).toHaveTitle('Not connected');
  await expect(window.connect.failed()).toBeVisible();
  await expect(window.connect.failure()).toContainText('You declined in Zoom.');
  await expectClosed(redirectOf(first.url));

  await window.connect.startAgain();
  await expect(window.connect.clientId()).toHaveValue(practice.clientId);
  await window.connect.submit();
  const second = await desktopBrowser.opened();
  expect(second.url.searchParams.get('state')).not.toBe(first.url.searchParams.get('state'));
  await allow(second.page);
  await expect(window.status.currentWord()).toHaveText('Available');
});

test('a cancelled sign-in is over at once; what the browser brings later reaches nobody', async ({
  launch,
  practice,
  desktopBrowser,
  expectConsole,
  keyring,
  zoom,
}) => {
  expectConsole(...connectionRefused);
  const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
  await beginSignIn(window, ownApp(practice));
  const { url, page } = await desktopBrowser.opened();
  await window.connect.cancel();
  await expect(window.connect.heading()).toBeVisible();
  await expectClosed(redirectOf(url));
  await allow(page);
  await expect(page).not.toHaveTitle('Back to Tally');
  await expect(window.connect.heading()).toBeVisible();
  expect(await keyring.accounts()).toEqual([]);
  expect(await codesTraded(zoom)).toEqual([]);
});

test('after five minutes it is given up, also when the computer slept meanwhile', async ({
  launch,
  practice,
  desktopBrowser,
  expectConsole,
}) => {
  expectConsole(...connectionRefused);
  const tally = await launch({ zoom: 'connect', path: desktopBrowser.path });
  const window = await tally.window();
  await beginSignIn(window, ownApp(practice));
  const { url, page } = await desktopBrowser.opened();
  await tally.jump(4 * 60_000);
  await expect(window.connect.timeLeft()).toHaveText(/^0:\d\d$/);
  await tally.jump(60_000);
  await expect(window.connect.failure()).toContainText('wasn’t finished within five minutes');
  await expectClosed(redirectOf(url));
  await allow(page);
  await expect(page).not.toHaveTitle('Back to Tally');
  await expect(window.connect.failed()).toBeVisible();
});

test('an answer with another state is refused and told; the right one still counts', async ({
  launch,
  practice,
  desktopBrowser,
  expectConsole,
  zoom,
}) => {
  expectConsole(badRequest);
  const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
  await beginSignIn(window, ownApp(practice));
  const { url, page } = await desktopBrowser.opened();
  const forged = redirectOf(url);
  forged.search = new URLSearchParams({ code: 'forged', state: 'forged' }).toString();
  const stranger = await desktopBrowser.visit(forged);
  await expect(stranger).toHaveTitle('Not the answer Tally waits for');
  await expect(window.connect.stray()).toContainText('That answer doesn’t belong to this sign-in.');
  expect(await codesTraded(zoom)).toEqual([]);
  await allow(page);
  await expect(page).toHaveTitle('Back to Tally');
  await expect(window.status.currentWord()).toHaveText('Available');
});

test('a second answer is told that it came second; the code is traded once', async ({
  launch,
  practice,
  desktopBrowser,
  expectConsole,
  zoom,
}) => {
  expectConsole(badRequest, ...connectionRefused);
  const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
  await beginSignIn(window, ownApp(practice));
  const { page } = await desktopBrowser.opened();
  await zoom.fault({ kind: 'hold', when: 'before' }, { path: '/oauth/token' });
  await allow(page);
  await expect(page).toHaveTitle('Back to Tally');
  await zoom.held({ path: '/oauth/token' });
  await expect(window.connect.finishing()).toBeVisible();
  const again = await desktopBrowser.visit(page.url());
  await expect(again).toHaveTitle('Already answered');
  await zoom.release();
  await expect(window.status.currentWord()).toHaveText('Available');
  // The port is closed by now.
  await expectClosed(new URL(page.url()));
  await expect(desktopBrowser.visit(page.url())).rejects.toThrow('ERR_CONNECTION_REFUSED');
  expect(await codesTraded(zoom)).toEqual([200]);
});

test('where the browser cannot come back, the address is pasted', async ({
  launch,
  practice,
  desktopBrowser,
}) => {
  const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
  await beginSignIn(window, ownApp(practice));
  // Another browser, on another computer, would end at this address.
  const reached = new URL(await practice.consent(String(await desktopBrowser.address())));
  const cut = new URL(reached);
  cut.searchParams.delete('state');
  await window.connect.paste(cut.href);
  await expect(window.connect.problem().or(window.connect.stray()).first()).toBeVisible();
  await window.connect.paste(reached.href);
  await expect(window.status.currentWord()).toHaveText('Available');
});

test('what Zoom says in place of its page is pasted, and Tally tells what to do', async ({
  launch,
  practice,
  desktopBrowser,
  expectConsole,
}) => {
  expectConsole(badRequest);
  const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
  const { clientId = '' } = await makeApp(practice, { redirect: 'http://127.0.0.1/other', public: 'on' });
  await beginSignIn(window, { clientId });
  const { page } = await desktopBrowser.opened();
  await window.connect.paste((await page.locator('body').textContent()) ?? '');
  await expect(window.connect.failure()).toContainText('Your Zoom app has another redirect address.');
  await expect(window.connect.failure()).toContainText('OAuth Allow List');
  await window.connect.copyRedirectUri();
  expect(await pasted()).toBe('http://127.0.0.1/tally');
});

test('where the browser cannot be opened, Tally says so and the address can be copied', async ({
  launch,
  practice,
  desktopBrowser,
}) => {
  desktopBrowser.breakWith(3);
  const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
  await beginSignIn(window, ownApp(practice));
  await expect(window.connect.waiting()).toHaveText('The browser didn’t open');
  await window.connect.copyAddress();
  const page = await desktopBrowser.visit(await pasted());
  await allow(page);
  await expect(page).toHaveTitle('Back to Tally');
  await expect(window.status.currentWord()).toHaveText('Available');
});

test('the browser can be opened again for the same sign-in', async ({ launch, practice, desktopBrowser }) => {
  const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
  await beginSignIn(window, ownApp(practice));
  const first = await desktopBrowser.address();
  await window.connect.openBrowserAgain();
  const { url, page } = await desktopBrowser.opened();
  expect(url.href).toBe(first.href);
  await allow(page);
  await expect(window.status.currentWord()).toHaveText('Available');
});

test('the government cloud is asked at its own address', async ({ launch, practice, desktopBrowser }) => {
  const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
  await openConnectPage(window);
  await window.connect.chooseCloud('zoomgov.com');
  await window.connect.connect(practice.clientId);
  const address = await desktopBrowser.address();
  expect(address.origin + address.pathname).toBe('https://zoomgov.com/oauth/authorize');
  expect(redirectOf(address).hostname).toBe('127.0.0.1');
  await window.connect.cancel();
  await window.connect.openMarketplace();
  expect((await desktopBrowser.address()).origin).toBe('https://marketplace.zoomgov.com');
});

test('an app with a secret: it is used, kept in the keychain, and nowhere in the window', async ({
  launch,
  practice,
  desktopBrowser,
  keyring,
}) => {
  const tally = await launch({ zoom: 'connect', path: desktopBrowser.path });
  const window = await tally.window();
  await signIn(window, desktopBrowser, appWithSecret(practice));
  await expect(window.status.currentWord()).toHaveText('Available');
  const stored = JSON.parse((await keyring.secret(`account:commercial:${practice.userId}`)) ?? '{}');
  expect(stored.clientSecret).toBe(practice.clientSecret);
  expect(stored.refreshToken).toBeTruthy();
});

test('a wrong secret is told, and nothing is kept', async ({ launch, practice, desktopBrowser, keyring }) => {
  const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
  await signIn(window, desktopBrowser, { ...appWithSecret(practice), clientSecret: 'not-the-secret' });
  await expect(window.connect.failure()).toContainText('doesn’t know this client ID, or its secret is wrong');
  expect(await keyring.accounts()).toEqual([]);
});

test('Zoom in trouble in the middle of a sign-in is told, and beginning again works', async ({
  launch,
  practice,
  desktopBrowser,
  zoom,
}) => {
  const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
  await zoom.fault({ kind: 'status', status: 503 }, { path: '/oauth/token' });
  await signIn(window, desktopBrowser, ownApp(practice));
  await expect(window.connect.failure()).toContainText('Zoom is having problems with sign-ins');
  await window.connect.startAgain();
  await window.connect.submit();
  await allow((await desktopBrowser.opened()).page);
  await expect(window.status.currentWord()).toHaveText('Available');
});

test('a code that Zoom says has expired is told, and beginning again works', async ({
  launch,
  practice,
  desktopBrowser,
  zoom,
}) => {
  const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
  await zoom.fault({ kind: 'oauth', refusal: 'code-expired' }, { path: '/oauth/token' });
  await signIn(window, desktopBrowser, ownApp(practice));
  await expect(window.connect.failure()).toContainText('The code of this sign-in has expired');
  await window.connect.startAgain();
  await window.connect.submit();
  await allow((await desktopBrowser.opened()).page);
  await expect(window.status.currentWord()).toHaveText('Available');
});

test('a permission that was not given takes away its feature alone, and is named', async ({
  launch,
  practice,
  desktopBrowser,
  zoom,
  panel,
}) => {
  const setting = 'user:update:presence_status';
  await zoom.patch({ grantScopes: scopesFor('user').filter((scope) => scope !== setting) });
  const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
  await signIn(window, desktopBrowser, ownApp(practice));
  await expect(window.status.currentWord()).toHaveText('Available');
  await expect(window.status.permissionNeeded()).toContainText(setting);
  await window.open('Accounts');
  await expect(window.accounts.missing()).toContainText(setting);
  await panel.waitFor(
    ({ menu }) => menu.some(({ label }) => label === 'Tally can’t set your status. See why…'),
    'the reason in the menu',
  );
  await window.open('Advanced');
  await window.advanced.open('updatePresenceStatus');
  await expect(window.advanced.head()).toContainText(`Permission needed: ${setting}`);
});

/** Statuses of the answers to codes that were traded for tokens, oldest first. */
async function codesTraded(zoom: {
  requests(): Promise<readonly { path: string; status: number; body?: unknown }[]>;
}) {
  const requests = await zoom.requests();
  return requests
    .filter(
      ({ path, body }) =>
        path === '/oauth/token' && (body as { grant_type?: string })?.grant_type === 'authorization_code',
    )
    .map(({ status }) => status);
}
