import { expect, type Page } from '@playwright/test';
import type { Practice } from '../../../electron/practice/server.ts';
import type { DesktopBrowser } from './browser.ts';
import type { AppWindow } from './pages/app-window.ts';

/** What a person types on the connect page. */
interface App {
  readonly clientId: string;
  readonly clientSecret?: string;
}

/** A person's own app without a secret, as Tally proposes it. */
export const ownApp = ({ clientId }: Practice): App => ({ clientId });

export const appWithSecret = ({ confidentialClientId, clientSecret }: Practice): App => ({
  clientId: confidentialClientId,
  clientSecret,
});

/** From wherever the window is to the wait for the browser. */
export async function beginSignIn(window: AppWindow, { clientId, clientSecret }: App): Promise<void> {
  await openConnectPage(window);
  if (clientSecret !== undefined) await window.connect.typeSecret(clientSecret);
  await window.connect.connect(clientId);
}

/** The connect page, from wherever the window is. */
export async function openConnectPage(window: AppWindow): Promise<void> {
  await window.open('Accounts');
  await window.connect.heading().or(window.accounts.heading()).waitFor();
  if (await window.accounts.heading().isVisible()) await window.accounts.add();
  await window.connect.heading().waitFor();
}

/** Says who one is on the consent page (the practice user where nobody is named), and yes. */
export async function allow(page: Page, person?: string): Promise<void> {
  if (person !== undefined) await page.getByLabel('Signed in as').selectOption(person);
  await page.getByRole('button', { name: 'Allow' }).click();
}

/** A whole sign-in as a person goes through it; the page is where the browser ends. */
export async function signIn(
  window: AppWindow,
  browser: DesktopBrowser,
  app: App,
  person?: string,
): Promise<Page> {
  await beginSignIn(window, app);
  const { page } = await browser.opened();
  await allow(page, person);
  await expect(page).toHaveTitle('Back to Tally');
  return page;
}

/** The people that a consent page offers, by their addresses; the practice user is the first. */
export async function people(page: Page): Promise<string[]> {
  const options = await page.getByLabel('Signed in as').getByRole('option').all();
  return Promise.all(options.map(async (option) => (await option.getAttribute('value')) ?? ''));
}
