import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Practice } from '../../../electron/practice/server.ts';
import type { DesktopBrowser } from './browser.ts';
import type { Keyring } from './keyring.ts';
import type { RunningTally } from './launch.ts';
import type { Panel } from './panel.ts';
import { ownApp, signIn } from './sign-in.ts';
import type { BareTally, LaunchOptions } from './start.ts';
import { test as base, expect } from './tally.ts';
import type { ZoomControl } from './zoom.ts';

/** A person who has signed in, and whose app does not run at the moment. A start needs new tokens, so each one is a refresh. */
export interface SignedIn {
  /** Starts the app of the signed-in person, without a window. */
  run(options?: Pick<LaunchOptions, 'ahead' | 'env'>): BareTally;
  /** The same with its window, which can be looked into. */
  open(options?: Pick<LaunchOptions, 'ahead' | 'env'>): Promise<RunningTally>;
  readonly userData: string;
  readonly practice: Practice;
  readonly zoom: ZoomControl;
  readonly keyring: Keyring;
  readonly panel: Panel;
  readonly browser: DesktopBrowser;
}

export const test = base.extend<{ readonly signed: SignedIn }>({
  signed: async ({ launch, start, practice, desktopBrowser: browser, zoom, keyring, panel }, use) => {
    const tally = await launch({ zoom: 'connect', path: browser.path });
    const window = await tally.window();
    await signIn(window, browser, ownApp(practice));
    await expect(window.status.currentWord()).toHaveText('Available');
    await tally.quit();
    await panel.waitForNoItem();
    const { userData } = tally;
    const usual = { zoom: 'connect', path: browser.path, userData } as const;
    await use({
      run: (options) => start({ ...usual, hidden: true, ...options }),
      open: (options) => launch({ ...usual, ...options }),
      userData,
      practice,
      zoom,
      keyring,
      panel,
      browser,
    });
  },
});

/**
 * How a start ends: it works, or it asks one clear question, after whose answer it works. Whatever is neither, and
 * whatever is broken in the keychain or in a file, fails the test.
 */
export async function comesUp(signed: SignedIn): Promise<'works' | 'asks'> {
  const { panel, practice, browser } = signed;
  const isAsking = (view: Awaited<ReturnType<Panel['waitFor']>>) => view.menu[0]?.label === 'Sign in again…';
  const isWorking = (view: Awaited<ReturnType<Panel['waitFor']>>) =>
    / \((you|timer ended|Zoom)\)/.test(view.tooltip);
  const view = await panel.waitFor(
    (now) => isWorking(now) || isAsking(now),
    'the status, or the question to sign in again',
  );
  const asks = isAsking(view);
  if (asks) {
    expect(view.tooltip).toBe('Tally: Zoom no longer accepts this sign-in.');
    const begun = browser.address();
    await panel.click(['Sign in again…']);
    // What the browser would be sent to after a yes.
    expect(await read(await practice.consent(String(await begun)))).toContain('You can close this tab.');
    await panel.waitFor(isWorking, 'the status after signing in again');
  }
  await expectIntact(signed);
  return asks ? 'asks' : 'works';
}

/** As a browser's own navigation asks for it; fetch calls itself a script, and is refused. */
async function read(address: string): Promise<string> {
  const [answer] = (await once(get(address), 'response')) as [IncomingMessage];
  return text(answer);
}

async function expectIntact({ keyring, practice, userData }: SignedIn): Promise<void> {
  const key = `commercial:${practice.userId}`;
  expect(await keyring.accounts()).toEqual(['__probe', `account:${key}`]);
  const stored = JSON.parse((await keyring.secret(`account:${key}`)) ?? 'null');
  expect(Object.keys(stored)).toContain('refreshToken');
  const { accounts, active } = JSON.parse(readFileSync(join(userData, 'accounts.json'), 'utf8'));
  expect(accounts).toMatchObject([{ key, email: practice.email, kept: true, ended: false }]);
  expect(active).toBe(key);
  expect(readdirSync(userData).filter((name) => name.endsWith('.corrupt'))).toEqual([]);
}
