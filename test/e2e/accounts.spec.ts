import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Practice } from '../../electron/practice/server.ts';
import type { DesktopBrowser } from '../support/desktop/browser.ts';
import { searchHeap } from '../support/desktop/canaries.ts';
import type { RunningTally } from '../support/desktop/launch.ts';
import type { AppWindow } from '../support/desktop/pages/app-window.ts';
import type { Panel } from '../support/desktop/panel.ts';
import { allow, appWithSecret, beginSignIn, ownApp, people, signIn } from '../support/desktop/sign-in.ts';
import type { LaunchOptions } from '../support/desktop/start.ts';
import { expect, test } from '../support/desktop/tally.ts';
import type { ZoomControl } from '../support/desktop/zoom.ts';

type Launch = (options?: LaunchOptions) => Promise<RunningTally>;

interface Rig {
  readonly launch: Launch;
  readonly practice: Practice;
  readonly desktopBrowser: DesktopBrowser;
  readonly zoom: ZoomControl;
}

/** Signed in as the practice user. */
async function one({ launch, practice, desktopBrowser }: Omit<Rig, 'zoom'>) {
  const tally = await launch({ zoom: 'connect', path: desktopBrowser.path });
  const window = await tally.window();
  await signIn(window, desktopBrowser, ownApp(practice));
  await expect(window.status.currentWord()).toHaveText('Available');
  return {
    tally,
    window,
    start: { zoom: 'connect', path: desktopBrowser.path, userData: tally.userData } as const,
  };
}

/** Signed in as the practice user and as somebody else, who is in use. */
async function two(rig: Rig) {
  const begun = await one(rig);
  const { window } = begun;
  const name = String(await window.accountName().textContent());
  await beginSignIn(window, ownApp(rig.practice));
  const { page } = await rig.desktopBrowser.opened();
  const otherEmail = (await people(page))[1] ?? '';
  await rig.zoom.patch({ user: otherEmail, loggedIn: true, presence: 'Available' });
  await allow(page, otherEmail);
  await expect(window.accountName()).not.toHaveText(name);
  await expect(window.status.currentWord()).toHaveText('Available');
  // With a second account the button becomes one that opens a list.
  await expect(window.accounts.switcher()).toHaveAttribute('aria-expanded', 'false');
  const otherName = String(await window.accountName().textContent());
  return { ...begun, name, email: rig.practice.email, otherName, otherEmail };
}

/** Switches in the tray, to the account with this address. */
async function switchInTray(panel: Panel, email: string): Promise<void> {
  const accounts = (await panel.menu()).find(({ label }) => label === 'Account');
  const line = accounts?.children.find(({ label }) => label.includes(email));
  await panel.click(['Account', line?.label ?? email]);
}

const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

/** Every file below a folder that has this text in it. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path, 'latin1').includes(text));
}

test('two people, each with a status of their own', async ({
  launch,
  practice,
  desktopBrowser,
  zoom,
  panel,
}) => {
  const { window, name, email, otherName, otherEmail } = await two({
    launch,
    practice,
    desktopBrowser,
    zoom,
  });
  await window.status.choose('Away');
  await expect(window.status.currentWord()).toHaveText('Away');
  expect((await zoom.presence(otherEmail)).status).toBe('Away');
  expect((await zoom.presence(email)).status).toBe('Available');
  await panel.waitFor(({ tooltip }) => tooltip === `Away (you). ${otherName}`, 'whose status it is');

  await window.accounts.switchTo(name);
  await expect(window.accountName()).toHaveText(name);
  await expect(window.status.currentWord()).toHaveText('Available');
  await panel.waitFor(
    ({ tooltip }) => tooltip.startsWith('Available') && tooltip.endsWith(name),
    'the switch',
  );

  await switchInTray(panel, otherEmail);
  await expect(window.accountName()).toHaveText(otherName);
  await expect(window.status.currentWord()).toHaveText('Away');
  await window.open('Accounts');
  await expect(window.accounts.all()).toHaveCount(2);
  await expect(window.accounts.inUse()).toContainText(otherName);
});

test('both accounts and which one was in use outlast a restart', async ({
  launch,
  practice,
  desktopBrowser,
  zoom,
}) => {
  const { tally, window, start, name, otherName } = await two({ launch, practice, desktopBrowser, zoom });
  await window.accounts.switchTo(name);
  await expect(window.accountName()).toHaveText(name);
  await tally.quit();
  const again = await (await launch(start)).window();
  await expect(again.accountName()).toHaveText(name);
  await expect(again.status.currentWord()).toHaveText('Available');
  await again.accounts.switchTo(otherName);
  await expect(again.accountName()).toHaveText(otherName);
  await expect(again.status.currentWord()).toHaveText('Available');
  expect(desktopBrowser.count()).toBe(2);
});

test('switching takes less than 100 ms in the tray and in the window', async ({
  launch,
  practice,
  desktopBrowser,
  zoom,
  panel,
}) => {
  const { window, name, email, otherName, otherEmail } = await two({
    launch,
    practice,
    desktopBrowser,
    zoom,
  });
  const inTray: number[] = [];
  const inWindow: number[] = [];
  for (let round = 0; round < 5; round++) {
    for (const person of [
      { name, email },
      { name: otherName, email: otherEmail },
    ]) {
      const begun = performance.now();
      await switchInTray(panel, person.email);
      await panel.waitFor(({ tooltip }) => tooltip.endsWith(person.name), person.name);
      inTray.push(performance.now() - begun);
    }
    for (const person of [name, otherName]) inWindow.push(await timeSwitch(window, person));
  }
  expect(median(inTray), 'median in the tray, ms').toBeLessThan(100);
  expect(median(inWindow), 'median in the window, ms').toBeLessThan(100);
});

/** Milliseconds from the press on an account in the list to its name at the account's button; taken in the page itself. */
async function timeSwitch(window: AppWindow, name: string): Promise<number> {
  await window.accounts.switcher().click();
  const line = window.page
    .getByRole('list', { name: 'Switch account' })
    .getByRole('button')
    .filter({ hasText: name });
  const shown = await window.accountName().elementHandle();
  await line.evaluate(
    (button, [title, wanted]) => {
      const timing: { begun?: number; ms?: number } = {};
      Object.assign(globalThis, { timing });
      button.addEventListener('pointerdown', () => Object.assign(timing, { begun: performance.now() }), {
        once: true,
      });
      const look = () => {
        if (timing.begun === undefined || !(title as Element).textContent?.includes(wanted as string)) return;
        watcher.disconnect();
        timing.ms = performance.now() - timing.begun;
      };
      const watcher = new MutationObserver(look);
      watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
    },
    [shown, name] as const,
  );
  await line.click();
  await expect(window.accountName()).toHaveText(name);
  return window.page.evaluate(() => (globalThis as unknown as { timing: { ms: number } }).timing.ms);
}

test('what was asked for one account never lands in the other one’s screens', async ({
  launch,
  practice,
  desktopBrowser,
  zoom,
  panel,
}) => {
  const { window, name, otherName, otherEmail } = await two({ launch, practice, desktopBrowser, zoom });
  await window.accounts.switchTo(name);
  await expect(window.accountName()).toHaveText(name);
  await zoom.fault({ kind: 'hold', when: 'after' });
  await window.status.choose('Away');
  const { id } = await zoom.held({ operationId: 'updatePresenceStatus' });
  await window.accounts.switchTo(otherName);
  await expect(window.accountName()).toHaveText(otherName);
  await expect(window.status.option('Away')).not.toBeChecked();
  await expect(window.status.sending()).toBeHidden();

  const seen = recordWords(window);
  expect(await zoom.release()).toBe(1);
  await expect.poll(async () => (await zoom.requests()).find((entry) => entry.id === id)?.held).toBe(false);
  // The answer is read by now: the account it belongs to shows it at once.
  await switchInTray(panel, practice.email);
  await expect(window.status.currentWord()).toHaveText('Away');
  await window.accounts.switchTo(otherName);
  await expect(window.status.currentWord()).toHaveText('Available');
  expect((await zoom.presence(otherEmail)).status).toBe('Available');
  expect(await seen()).not.toContain(`${otherName}: Away`);
});

/** Notes each pair of account and status that the window ever shows, from now on. */
function recordWords(window: AppWindow): () => Promise<string[]> {
  const recording = window.page.evaluate(() => {
    const seen = new Set<string>();
    const look = () => {
      const name = document.querySelector('section[aria-label="Account"] [title]')?.textContent;
      const word = document.querySelector('main h1')?.textContent;
      seen.add(`${name}: ${word}`);
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    Object.assign(globalThis, { seen });
  });
  return async () => {
    await recording;
    return window.page.evaluate(() => [...(globalThis as unknown as { seen: Set<string> }).seen]);
  };
}

test('signing out ends the sign-in at Zoom and leaves nothing of the account here', async ({
  launch,
  practice,
  desktopBrowser,
  zoom,
  keyring,
  panel,
}) => {
  const { tally, window } = await one({ launch, practice, desktopBrowser });
  await window.status.forAWhile('15 minutes');
  await expect(window.status.timeLeft()).toBeVisible();
  const name = String(await window.accountName().textContent());
  expect(filesWith(tally.userData, practice.email)).not.toEqual([]);
  await window.open('Accounts');
  await window.accounts.askToSignOut(name);
  await window.accounts.staySignedIn();
  expect((await zoom.counts()).revocations).toBe(0);
  await window.accounts.signOut(name);
  await window.open('Status');
  await expect(window.welcome()).toBeVisible();
  await panel.waitFor(({ tooltip }) => tooltip === 'Tally: no account', 'no account');
  await expect.poll(async () => (await zoom.counts()).revocations).toBe(1);
  expect((await zoom.grants()).filter(({ userId }) => userId === practice.userId)).toEqual([]);
  await expect.poll(() => keyring.accounts()).toEqual(['__probe']);
  await tally.quit();
  for (const trace of [practice.email, practice.userId, name]) {
    expect(filesWith(tally.userData, trace), `files with ${trace}`).toEqual([]);
  }
});

test('signing out without a connection forgets here at once, and tells Zoom at the next start', async ({
  launch,
  practice,
  desktopBrowser,
  zoom,
  keyring,
}) => {
  const { tally, window, start } = await one({ launch, practice, desktopBrowser });
  const name = String(await window.accountName().textContent());
  for (const path of ['/oauth/revoke', '/oauth/token']) await zoom.fault({ kind: 'drop' }, { path }, 1_000);
  await window.open('Accounts');
  await window.accounts.signOut(name);
  await expect(window.notice('Zoom does not know of the sign-out yet')).toBeVisible();
  await window.open('Status');
  await expect(window.welcome()).toBeVisible();
  expect((await zoom.counts()).revocations).toBe(0);
  await tally.quit();
  expect(filesWith(tally.userData, practice.email)).toEqual([]);

  await zoom.clearFaults();
  const again = await (await launch(start)).window();
  await expect(again.welcome()).toBeVisible();
  await expect.poll(async () => (await zoom.counts()).revocations).toBe(1);
  await expect(again.notice('Zoom does not know of the sign-out yet')).toBeHidden();
  await expect.poll(() => keyring.accounts()).toEqual(['__probe']);
  expect(desktopBrowser.count()).toBe(1);
});

test('removing one account leaves the other one signed in', async ({
  launch,
  practice,
  desktopBrowser,
  zoom,
  keyring,
}) => {
  const { tally, window, start, name, otherName, otherEmail } = await two({
    launch,
    practice,
    desktopBrowser,
    zoom,
  });
  await window.open('Accounts');
  await window.accounts.signOut(otherName);
  await expect(window.accounts.all()).toHaveCount(1);
  await expect(window.accounts.inUse()).toContainText(name);
  await expect.poll(async () => (await zoom.counts()).revocations).toBe(1);
  const left = ['__probe', `account:commercial:${practice.userId}`];
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
  launch,
  practice,
  desktopBrowser,
  zoom,
  keyring,
  panel,
}) => {
  const { tally, window } = await one({ launch, practice, desktopBrowser });
  const name = String(await window.accountName().textContent());
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

test('the same person again is the same account', async ({ launch, practice, desktopBrowser, zoom }) => {
  const { window } = await one({ launch, practice, desktopBrowser });
  await signIn(window, desktopBrowser, appWithSecret(practice));
  await expect
    .poll(async () => (await zoom.counts()).revocations, { message: 'the former app is left' })
    .toBe(1);
  await expect(window.status.currentWord()).toHaveText('Available');
  await window.open('Accounts');
  await expect(window.accounts.all()).toHaveCount(1);
});

test('a permission that is taken away later is named, and is not taken for the end of the sign-in', async ({
  launch,
  practice,
  desktopBrowser,
  zoom,
}) => {
  const { window } = await one({ launch, practice, desktopBrowser });
  const scope = 'user:update:presence_status';
  await zoom.patch({ removeScopes: [scope] });
  await window.status.choose('Away');
  await expect(window.status.failure()).toContainText(scope);
  await expect(window.status.currentWord()).toHaveText('Available');
  expect((await zoom.counts()).refreshes).toBe(0);
  await window.open('Accounts');
  await expect(window.accounts.inUse()).toHaveCount(1);
});

test('an hour later new tokens come once, and nothing shows of it', async ({
  launch,
  practice,
  desktopBrowser,
  zoom,
}) => {
  const { tally, window } = await one({ launch, practice, desktopBrowser });
  await tally.jump(3_600_000);
  await window.status.choose('Away');
  await expect(window.status.currentWord()).toHaveText('Away');
  expect((await zoom.counts()).refreshes).toBe(1);
  expect(desktopBrowser.count()).toBe(1);
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
  await window.status.choose('Away');
  await expect(window.status.currentWord()).toHaveText('Away');
  await window.open('Accounts');
  expect(await searchHeap(window.page)).toEqual([]);
  await window.accounts.signOut(String(await window.accountName().textContent()));
  await window.open('Status');
  await expect(window.welcome()).toBeVisible();
  expect(await searchHeap(window.page)).toEqual([]);
});
