import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { readSetup } from '../../electron/core/sign-in/setup-text.ts';
import { fixedPort, loopbackRedirect, portRedirect } from '../../shared/redirects.ts';
import { expectAccessible } from '../support/desktop/accessible.ts';
import type { DesktopBrowser } from '../support/desktop/browser.ts';
import { pasted } from '../support/desktop/clipboard.ts';
import type { AppWindow } from '../support/desktop/pages/app-window.ts';
import { allow, openConnectPage } from '../support/desktop/sign-in.ts';
import { expect, test } from '../support/desktop/tally.ts';
import { makeApp } from '../support/oauth.ts';

const statusScopes = 'user:read:presence_status user:read:user user:update:presence_status';
const web = 'https://www.example.com/tally/';
/** Chromium writes one for each page that Zoom refuses with. */
const refusedPage = /^browser: Failed to load resource: the server responded with a status of 40[03]/;

/** Serves the page for the way back under the registered https address, without a network. */
async function servePage(page: Page): Promise<void> {
  await page.route(`${web}*`, (route) => route.fulfill({ path: 'docs/redirect-page/index.html' }));
}

/** What the browser shows in the place of a consent page is pasted into Tally. */
async function pastePage(window: AppWindow, browser: DesktopBrowser): Promise<void> {
  const { page } = await browser.opened();
  await window.connect.paste((await page.locator('body').textContent()) ?? '');
}

test('an app is made step by step, and what is done stays done after a restart', async ({
  launch,
  practice,
  desktopBrowser,
}) => {
  const options = { zoom: 'connect', path: desktopBrowser.path } as const;
  const tally = await launch(options);
  const first = await tally.window();
  await openConnectPage(first);
  await first.connect.step('Choose').getByText('Yes', { exact: true }).click();
  await expectAccessible(first);
  await first.connect.step('Choose').getByRole('button', { name: 'Next: create the app' }).click();
  await expect(first.connect.heading()).toBeFocused();
  expect(await first.connect.scopes()).toEqual(statusScopes.split(' '));
  await first.connect.tick(/User-managed/).check();
  await first.connect.tick(/OAuth Redirect URL/).check();
  await expectAccessible(first);
  await first.connect.goTo('Paste');
  await expectAccessible(first);
  await first.connect.goTo('Create');
  await tally.quit();

  const window = await (await launch({ ...options, userData: tally.userData })).window();
  await window.open('Accounts');
  await expect(window.connect.tick(/User-managed/)).toBeChecked();
  await expect(window.connect.tick(/OAuth Redirect URL/)).toBeChecked();
  await expect(window.connect.tick(/Use Public Client OAuth/)).not.toBeChecked();
  const { clientId = '' } = await makeApp(practice, {
    public: 'on',
    redirect: 'http://127.0.0.1/tally',
    scopes: statusScopes,
  });
  await window.connect.connect(clientId);
  await allow((await desktopBrowser.opened()).page);
  await expect(window.status.currentWord()).toHaveText('Available');
});

test('a scope that not every account is offered says so', async ({ launch, desktopBrowser }) => {
  const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
  await openConnectPage(window);
  await window.connect
    .step('Choose')
    .getByRole('button', { name: /^Everything usual/ })
    .click();
  await window.connect.goTo('Create');
  expect(await window.connect.scopes()).toContain('user:delete:profile_picture');
  await expect(window.page.getByText('Zoom may not offer this one. Skip it then')).toHaveCount(1);
});

test('the saved manifest configures the app in one upload, whose setup is saved for a colleague', async ({
  launch,
  practice,
  desktopBrowser,
  files,
}) => {
  const tally = await launch({ zoom: 'connect', path: desktopBrowser.path });
  const window = await tally.window();
  // Nobody can press the buttons of the system's dialog here; its answer is given in their place.
  const saved = async (name: string, save: () => Promise<void>) => {
    const path = join(files.path, name);
    await tally.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, path);
    await save();
    await expect.poll(() => existsSync(path) && readFileSync(path, 'utf8')).toMatch(/\}\n?$/);
    return path;
  };
  await openConnectPage(window);
  await window.connect.goTo('Create');
  const manifest = await saved('manifest.json', () => window.connect.saveManifest());
  const marketplace = await desktopBrowser.visit(practice.marketplaceUrl);
  await marketplace.getByRole('link', { name: 'upload a manifest' }).click();
  await marketplace.getByLabel('App manifest').setInputFiles(manifest);
  await marketplace.getByRole('button', { name: 'Upload' }).click();
  const clientId = (await marketplace.locator('#public-client-id').textContent()) ?? '';
  await window.connect.connect(clientId);
  await allow((await desktopBrowser.opened()).page);
  await expect(window.status.currentWord()).toHaveText('Available');
  await window.open('Accounts');
  const file = await saved('zoom.tally-setup.json', () => window.accounts.saveSetup());
  expect(readSetup(readFileSync(file, 'utf8'))).toMatchObject({
    ok: true,
    value: { setup: { clientId, redirectUri: loopbackRedirect, isPublic: true } },
  });
});

test('whoever may not create apps has a text for an administrator', async ({ launch, desktopBrowser }) => {
  const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
  await openConnectPage(window);
  await window.connect.step('Choose').getByText('No', { exact: true }).click();
  await window.page.getByRole('button', { name: 'Copy: text for an administrator' }).click();
  await expect.poll(pasted).toContain('http://127.0.0.1/tally');
  const text = await pasted();
  for (const scope of statusScopes.split(' ')) expect(text).toContain(scope);
  expect(text).toContain('Public Client ID');
});

test.describe('the way back', () => {
  test('with a port, where the form at Zoom wants one', async ({
    launch,
    practice,
    desktopBrowser,
    zoom,
  }) => {
    await zoom.patch({ redirectForm: 'with-port' });
    const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
    await openConnectPage(window);
    await window.connect.goTo('Create');
    await window.connect.chooseWayBack('This computer, with a port');
    await window.connect.copyRedirectUri();
    await expect.poll(pasted).toBe(portRedirect);
    const { clientId = '' } = await makeApp(practice, { public: 'on', redirect: portRedirect });
    await window.connect.connect(clientId);
    const { url, page } = await desktopBrowser.opened();
    expect(url.searchParams.get('redirect_uri')).toBe(portRedirect);
    await allow(page);
    await expect(page).toHaveTitle('Back to Tally');
    await expect(window.accountName()).not.toBeEmpty();
  });

  test('whose port another program has leads to the next way, with what was done kept', async ({
    launch,
    practice,
    desktopBrowser,
  }) => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(fixedPort, '127.0.0.1', resolve));
    try {
      const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
      await openConnectPage(window);
      await window.connect.goTo('Create');
      await window.connect.chooseWayBack('This computer, with a port');
      await window.connect.tick(/User-managed/).check();
      await window.connect.connect('some-id');
      await expect(window.connect.portTaken()).toContainText(`Another program uses port ${fixedPort}`);
      await desktopBrowser.address();
      await window.connect.chooseNextWay();
      await expect(window.connect.wayBack('An https page')).toBeChecked();
      await expect(window.connect.tick(/User-managed/)).toBeChecked();
      await window.connect.chooseWayBack('An https page', web);
      const { clientId = '' } = await makeApp(practice, { public: 'on', redirect: web });
      await window.connect.goTo('Paste');
      await expect(window.connect.clientId()).toHaveValue('some-id');
      await window.connect.connect(clientId);
      await window.connect.paste(await practice.consent(String(await desktopBrowser.address())));
      await expect(window.accountName()).not.toBeEmpty();
    } finally {
      other.close();
    }
  });

  for (const secret of [false, true]) {
    test(`by a page of one’s own${secret ? ', with a client secret' : ''}: it sends the browser on`, async ({
      launch,
      practice,
      desktopBrowser,
      keyring,
    }) => {
      const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
      await openConnectPage(window);
      await window.connect.goTo('Create');
      await window.connect.chooseWayBack(secret ? 'An https page and a secret' : 'An https page', web);
      const app = await makeApp(practice, { redirect: web, ...(!secret && { public: 'on' }) });
      if (secret) await window.connect.typeSecret(app.clientSecret ?? '');
      await window.connect.connect(app.clientId ?? '');
      const url = await desktopBrowser.address();
      expect(url.searchParams.get('redirect_uri')).toBe(web);
      // Playwright serves what a page asks for itself, not where a form's answer leads; so the consent is by hand.
      const back = await practice.consent(String(url));
      const page = await desktopBrowser.visit('about:blank');
      await servePage(page);
      await page.evaluate((to) => {
        globalThis.location.href = to;
      }, back);
      await expect(page).toHaveTitle('Back to Tally');
      await page.waitForURL((at) => at.origin + at.pathname === portRedirect);
      await expect(window.accountName()).not.toBeEmpty();
      const stored = JSON.parse((await keyring.secret(`account:commercial:${practice.userId}`)) ?? '{}');
      expect(stored.clientSecret).toBe(secret ? app.clientSecret : undefined);
    });
  }

  test('by an https address without a page is pasted', async ({ launch, practice, desktopBrowser }) => {
    const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
    await openConnectPage(window);
    await window.connect.goTo('Create');
    await window.connect.chooseWayBack('An https page', 'http://example.com/tally');
    await expect(window.connect.problem()).toContainText('needs https');
    await window.connect.chooseWayBack('An https page', web);
    const { clientId = '' } = await makeApp(practice, { redirect: web, public: 'on' });
    await window.connect.connect(clientId);
    await window.connect.paste(await practice.consent(String(await desktopBrowser.address())));
    await expect(window.accountName()).not.toBeEmpty();
  });
});

test.describe('what Zoom refuses is explained', () => {
  const app = { public: 'on', redirect: 'http://127.0.0.1/tally' };
  for (const [what, words, fields, patch] of [
    ['an address that the allow list lacks', 'OAuth Allow List', { ...app, allow: web }, {}],
    ['an app that is not approved', 'administrator has to approve', app, { appInstall: 'not-approved' }],
    ['an app of another account', 'members of the Zoom account', app, { appInstall: 'other-account' }],
  ] as const) {
    test(what, async ({ launch, practice, desktopBrowser, zoom, expectConsole }) => {
      expectConsole(refusedPage);
      await zoom.patch(patch);
      const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
      await openConnectPage(window);
      await window.connect.connect((await makeApp(practice, fields)).clientId ?? '');
      await pastePage(window, desktopBrowser);
      await expect(window.connect.failure()).toContainText(words);
    });
  }

  test('credentials for production', async ({ launch, practice, desktopBrowser, expectConsole }) => {
    expectConsole(refusedPage);
    const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
    await openConnectPage(window);
    const { production } = await makeApp(practice, app);
    await window.connect.connect(production.clientId ?? '');
    await pastePage(window, desktopBrowser);
    await expect(window.connect.failure()).toContainText('Use the Development credentials');
    await window.connect.startAgain();
    await expect(window.connect.clientId()).toHaveValue(production.clientId ?? '');
  });

  test('the secret in the place of the client ID, before it goes anywhere', async ({
    launch,
    desktopBrowser,
  }) => {
    const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
    await openConnectPage(window);
    await window.connect.connect('abcdefghijklmnopqrstuvwxyz012345');
    await expect(window.connect.problem()).toContainText('looks like the Client Secret');
    expect(desktopBrowser.count()).toBe(0);
    // Nobody promises how long Zoom's ids are.
    await window.connect.submit();
    await expect(window.connect.waiting()).toBeVisible();
  });
});
