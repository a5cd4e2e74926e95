import { expect } from '@playwright/test';
import type { Practice } from '../../../electron/practice/server.ts';
import type { DesktopBrowser } from './browser.ts';
import { pasted } from './clipboard.ts';
import type { AppWindow } from './pages/app-window.ts';
import { allow } from './sign-in.ts';

/**
 * The four steps of "Connect your Zoom account" in the README, as somebody does who reads them for the first time; the practice
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
  await step('Choose: what Tally shall be able to do', async () => {
    await window.connectZoom();
    await expect(connect.heading()).toBeVisible();
    await connect.step('Choose').getByText('Yes', { exact: true }).click();
    await connect
      .step('Choose')
      .getByRole('button', { name: /^Everything usual/ })
      .click();
    await connect.step('Choose').getByRole('button', { name: 'Next: create the app' }).click();
  });
  await step('Create: an app of one’s own, ticked off line by line', async () => {
    await marketplace.getByLabel('App name').fill('Tally');
    await marketplace.getByLabel('Use Public Client OAuth').check();
    await connect.copyRedirectUri();
    await expect.poll(pasted).toBe('http://127.0.0.1/tally');
    await marketplace.getByLabel('OAuth Redirect URL').fill(await pasted());
    await marketplace.getByLabel('OAuth Allow List').fill(await pasted());
    for (const scope of await connect.scopes())
      await marketplace.getByRole('checkbox', { name: scope, exact: true }).check();
    await connect.tick(/User-managed/).check();
    await marketplace.getByRole('button', { name: 'Create' }).click();
    await expect(marketplace.locator('#public-client-id')).not.toBeEmpty();
    await connect.step('Create').getByRole('button', { name: 'Next: paste the Client ID' }).click();
  });
  await step('Paste: its Public Client ID goes into Tally', async () => {
    await connect.clientId().fill((await marketplace.locator('#public-client-id').textContent()) ?? '');
    await connect.submit();
  });
  await step('Sign in: the person says yes in the browser', async () => {
    const { page } = await browser.opened();
    await allow(page);
    await expect(page).toHaveTitle('Back to Tally');
  });
}
