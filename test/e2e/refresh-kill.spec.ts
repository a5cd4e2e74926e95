import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Practice } from '../../electron/practice/server.ts';
import type { DesktopBrowser } from './support/browser.ts';
import type { Keyring } from './support/keyring.ts';
import type { Panel } from './support/panel.ts';
import { ownApp, signIn } from './support/sign-in.ts';
import type { BareTally } from './support/start.ts';
import { test as base, expect } from './support/tally.ts';
import type { ZoomControl } from './support/zoom.ts';

/**
 * SIGKILL in the middle of a refresh, many times over at each point where something could be lost. A start needs new tokens,
 * as the access token is in memory only, so each start is a refresh.
 */

/** `npm run test:trust` kills more often; a few times each are enough to see that nothing has come undone. */
const times = Number(process.env.TALLY_KILLS ?? 3);
const refresh = { path: '/oauth/token', grantType: 'refresh_token' } as const;
const whoAmI = { operationId: 'user' } as const;

interface Signed {
  /** Starts the app of the signed-in person. */
  readonly run: () => BareTally;
  readonly userData: string;
  readonly practice: Practice;
  readonly zoom: ZoomControl;
  readonly keyring: Keyring;
  readonly panel: Panel;
  readonly browser: DesktopBrowser;
}

const test = base.extend<{ readonly signed: Signed }>({
  signed: async ({ launch, start, practice, desktopBrowser, zoom, keyring, panel }, use) => {
    const tally = await launch({ zoom: 'connect', path: desktopBrowser.path });
    const window = await tally.window();
    await signIn(window, desktopBrowser, ownApp(practice));
    await expect(window.status.currentWord()).toHaveText('Available');
    await tally.quit();
    await panel.waitForNoItem();
    const { userData } = tally;
    const run = () => start({ zoom: 'connect', path: desktopBrowser.path, userData, hidden: true });
    await use({ run, userData, practice, zoom, keyring, panel, browser: desktopBrowser });
  },
});

test.setTimeout(300_000);

test('killed before Zoom has acted: works, without a question', async ({ signed }) => {
  for (let round = 0; round < times; round++) {
    await signed.zoom.fault({ kind: 'hold', when: 'before' }, refresh);
    const tally = signed.run();
    await signed.zoom.held({ path: refresh.path }, await newest(signed.zoom));
    await killed(tally, signed);
    expect(await outcome(signed)).toBe('works');
  }
  expect(signed.browser.count()).toBe(1);
});

test('killed after Zoom has acted, before its answer came: asks once, and works again', async ({
  signed,
}) => {
  for (let round = 0; round < times; round++) {
    await signed.zoom.fault({ kind: 'hold', when: 'after' }, refresh);
    const tally = signed.run();
    await signed.zoom.held({ path: refresh.path }, await newest(signed.zoom));
    await killed(tally, signed);
    // Nobody but the killed process could have known the new token.
    expect(await outcome(signed)).toBe('asks');
  }
  expect(signed.browser.count()).toBe(1 + times);
});

test('killed between Zoom’s answer and the keychain: asks once or works', async ({ signed }) => {
  const ends: string[] = [];
  for (let round = 0; round < times; round++) {
    await signed.zoom.fault({ kind: 'hold', when: 'after' }, refresh);
    const tally = signed.run();
    await signed.zoom.held({ path: refresh.path }, await newest(signed.zoom));
    const { called } = await signed.keyring.watchCalls();
    signed.keyring.freeze();
    await signed.zoom.release();
    await called;
    await killed(tally, signed);
    signed.keyring.thaw();
    ends.push(await outcome(signed));
  }
  expect(signed.browser.count()).toBe(1 + ends.filter((end) => end === 'asks').length);
});

test('killed right after the keychain has taken the new token: works, without a question', async ({
  signed,
}) => {
  for (let round = 0; round < times; round++) {
    await signed.zoom.fault({ kind: 'hold', when: 'before' }, whoAmI);
    const tally = signed.run();
    await signed.zoom.held(whoAmI, await newest(signed.zoom));
    await killed(tally, signed);
    expect(await outcome(signed)).toBe('works');
  }
  expect(signed.browser.count()).toBe(1);
});

async function newest(zoom: ZoomControl): Promise<number> {
  return (await zoom.requests()).at(-1)?.id ?? 0;
}

/** Kills it, and lets Zoom find out that nobody waits for the answer any more. */
async function killed(tally: BareTally, { zoom, panel }: Signed): Promise<void> {
  await tally.kill();
  await zoom.release();
  await zoom.clearFaults();
  await panel.waitForNoItem();
}

/**
 * How the next start ends: it works, or it asks one clear question, after whose answer it works. Whatever is neither, and
 * whatever is broken in the keychain or in a file, fails the test.
 */
async function outcome(signed: Signed): Promise<'works' | 'asks'> {
  const { panel, practice, browser, run } = signed;
  const tally = run();
  const isAsking = (view: Awaited<ReturnType<Panel['waitFor']>>) => view.menu[0]?.label === 'Sign in again…';
  const view = await panel.waitFor(
    (now) => now.tooltip.startsWith('Available') || isAsking(now),
    'the status, or the question to sign in again',
  );
  const asks = isAsking(view);
  if (asks) {
    expect(view.tooltip).toBe('Tally: Zoom no longer accepts this sign-in.');
    const begun = browser.address();
    await panel.click(['Sign in again…']);
    // What the browser would be sent to after a yes.
    expect(await read(await practice.consent(String(await begun)))).toContain('You can close this tab.');
    await panel.waitFor(
      ({ tooltip }) => tooltip.startsWith('Available'),
      'the status after signing in again',
    );
  }
  await expectIntact(signed);
  await tally.kill();
  await panel.waitForNoItem();
  return asks ? 'asks' : 'works';
}

/** As a browser's own navigation asks for it; fetch calls itself a script, and is refused. */
async function read(address: string): Promise<string> {
  const [answer] = (await once(get(address), 'response')) as [IncomingMessage];
  return text(answer);
}

async function expectIntact({ keyring, practice, userData }: Signed): Promise<void> {
  const key = `commercial:${practice.userId}`;
  expect(await keyring.accounts()).toEqual(['__probe', `account:${key}`]);
  const stored = JSON.parse((await keyring.secret(`account:${key}`)) ?? 'null');
  expect(Object.keys(stored)).toContain('refreshToken');
  const { accounts, active } = JSON.parse(readFileSync(join(userData, 'accounts.json'), 'utf8'));
  expect(accounts).toMatchObject([{ key, email: practice.email, kept: true, ended: false }]);
  expect(active).toBe(key);
  expect(readdirSync(userData).filter((name) => name.endsWith('.corrupt'))).toEqual([]);
}
