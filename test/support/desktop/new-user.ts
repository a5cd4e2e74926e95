import { expect } from '@playwright/test';
import type { Practice } from '../../../electron/practice/server.ts';
import type { DesktopBrowser } from './browser.ts';
import { pasted } from './clipboard.ts';
import type { AppWindow } from './pages/app-window.ts';
import { allow } from './sign-in.ts';

/**
 * The three steps of "Connect your Zoom account" in the README, as somebody does who reads them for the first time; the practice
 * Zoom's marketplace stands for Zoom's. `step` is told before each. Ends with the browser back at Tally.
 */
export async function connectAsTheReadmeSays(
  window: AppWindow,
  browser: DesktopBrowser,
  practice: Practice,
  step: (what: string, act: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const { connect } = window;
  const marketplace = await browser.visit(practice.marketplaceUrl);
  await step('An app of one’s own, managed by the user, with a public client', async () => {
    await window.connectZoom();
    await expect(connect.heading()).toBeVisible();
    await marketplace.getByLabel('App name').fill('Tally');
    await marketplace.getByLabel('Use Public Client OAuth').check();
  });
  await step('It gets the redirect address and the scopes that Tally copies', async () => {
    await connect.copyRedirectUri();
    await expect.poll(pasted).toBe('http://127.0.0.1/tally');
    await marketplace.getByLabel('OAuth Redirect URL').fill(await pasted());
    await marketplace.getByLabel('OAuth Allow List').fill(await pasted());
    await connect.copyScopes();
    await expect.poll(pasted).toContain('user:update:presence_status');
    await marketplace.getByLabel('Scopes').fill(await pasted());
    await marketplace.getByRole('button', { name: 'Create' }).click();
    await expect(marketplace.locator('#public-client-id')).not.toBeEmpty();
  });
  await step('Its client id goes into Tally, and the person says yes in the browser', async () => {
    await connect.connect((await marketplace.locator('#public-client-id').textContent()) ?? '');
    const { page } = await browser.opened();
    await allow(page);
    await expect(page).toHaveTitle('Back to Tally');
  });
}
