import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Practice } from '../../../electron/practice/server.ts';
import type { DesktopBrowser } from './browser.ts';
import type { Keyring } from './keyring.ts';
import type { RunningTally } from './launch.ts';
import type { AppWindow } from './pages/app-window.ts';
import type { Panel } from './panel.ts';
import { allow, beginSignIn, ownApp, people, signIn } from './sign-in.ts';
import type { BareTally, LaunchOptions } from './start.ts';
import { test as base, expect } from './tally.ts';
import type { ZoomControl } from './zoom.ts';

export { expect };

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

/** The running app of a person who has signed in as people do, with the status there. */
interface Connected {
  readonly tally: RunningTally;
  readonly window: AppWindow;
  /** As the window has it. */
  readonly name: string;
  /** Starts the app again, with nobody asked. */
  readonly start: LaunchOptions & { readonly zoom: 'connect'; readonly userData: string };
}

/** The second person, who is not the practice user, is in use. */
interface TwoConnected extends Connected {
  readonly email: string;
  readonly otherName: string;
  readonly otherEmail: string;
}

interface Fixtures {
  /** Signs the practice user in. */
  readonly signInOne: (options?: Pick<LaunchOptions, 'env'>) => Promise<Connected>;
  /** Signs the practice user in, and somebody else. */
  readonly signInTwo: () => Promise<TwoConnected>;
  readonly signed: SignedIn;
}

export const test = base.extend<Fixtures>({
  signInOne: async ({ launch, practice, desktopBrowser }, use) =>
    use(async (options = {}) => {
      const usual = { zoom: 'connect', path: desktopBrowser.path, ...options } as const;
      const tally = await launch(usual);
      const window = await tally.window();
      await signIn(window, desktopBrowser, ownApp(practice));
      await expect(window.status.currentWord()).toHaveText('Available');
      const name = String(await window.accountName().textContent());
      return { tally, window, name, start: { ...usual, userData: tally.userData } };
    }),
  signInTwo: async ({ signInOne, practice, desktopBrowser, zoom }, use) =>
    use(async () => {
      const begun = await signInOne();
      const { window, name } = begun;
      await beginSignIn(window, ownApp(practice));
      const { page } = await desktopBrowser.opened();
      const otherEmail = (await people(page))[1] ?? '';
      await zoom.patch({ user: otherEmail, loggedIn: true, presence: 'Available' });
      await allow(page, otherEmail);
      await expect(window.accountName()).not.toHaveText(name);
      await expect(window.status.currentWord()).toHaveText('Available');
      // With a second account the button becomes one that opens a list.
      await expect(window.accounts.switcher()).toHaveAttribute('aria-expanded', 'false');
      const otherName = String(await window.accountName().textContent());
      return { ...begun, email: practice.email, otherName, otherEmail };
    }),
  signed: async ({ signInOne, launch, start, practice, desktopBrowser, zoom, keyring, panel }, use) => {
    const { tally, start: usual } = await signInOne();
    await tally.quit();
    await panel.waitForNoItem();
    await use({
      run: (options) => start({ ...usual, hidden: true, ...options }),
      open: (options) => launch({ ...usual, ...options }),
      userData: usual.userData,
      practice,
      zoom,
      keyring,
      panel,
      browser: desktopBrowser,
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
    // Killed in the middle of a refresh, and so not said to be revoked.
    await panel.waitForTooltip('Tally: This sign-in seems to have been lost on its way.');
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
  expect(await keyring.accounts()).toEqual([`account:${key}`]);
  const stored = JSON.parse((await keyring.secret(`account:${key}`)) ?? 'null');
  expect(Object.keys(stored)).toContain('refreshToken');
  const { accounts, active } = JSON.parse(readFileSync(join(userData, 'accounts.json'), 'utf8'));
  expect(accounts).toMatchObject([{ key, email: practice.email, kept: true, ended: false }]);
  expect(active).toBe(key);
  expect(readdirSync(userData).filter((name) => name.endsWith('.corrupt'))).toEqual([]);
}
