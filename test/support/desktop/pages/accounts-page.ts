import type { Locator, Page } from '@playwright/test';

/** The Accounts screen. Accounts go by their name or address as shown. */
export class AccountsPage {
  readonly page: Page;
  /** What goes around each sign-out: the tests' fixture searches at once for what it has left. */
  aroundSignOut = (signOut: () => Promise<void>): Promise<void> => signOut();

  constructor(page: Page) {
    this.page = page;
  }

  heading(): Locator {
    return this.page.getByRole('heading', { name: 'Accounts', exact: true });
  }

  /** Every account, in order. */
  all(): Locator {
    return this.page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ has: this.page.getByText('Sign out') });
  }

  /** One account; expect it toContainText('In use'), 'US government', 'ends when Tally quits'. */
  account(name: string | RegExp): Locator {
    return this.all().filter({ hasText: name });
  }

  inUse(): Locator {
    return this.all().filter({ has: this.page.getByText('In use', { exact: true }) });
  }

  /** Switches to an account by its card. */
  async use(name: string): Promise<void> {
    await this.account(name)
      .getByRole('button', { name: /^Switch to this account/ })
      .click();
  }

  /** Presses "Sign out" and, asked whether to, says so again. */
  async signOut(name: string, { withLibrary = false } = {}): Promise<void> {
    await this.askToSignOut(name);
    if (withLibrary)
      await this.account(name)
        .getByRole('checkbox', { name: /^Remove its library/ })
        .check();
    const button = this.account(name).getByRole('button', { name: 'Sign out', exact: true });
    await this.aroundSignOut(() => button.click());
  }

  async askToSignOut(name: string): Promise<void> {
    await this.account(name)
      .getByRole('button', { name: /^Sign out:/ })
      .click();
  }

  async staySignedIn(): Promise<void> {
    await this.page.getByRole('button', { name: 'Stay signed in' }).click();
  }

  /** Opens the page that connects another one. */
  async add(): Promise<void> {
    await this.page.getByRole('button', { name: 'Add an account' }).click();
  }

  async tryPractice(): Promise<void> {
    await this.page.getByRole('button', { name: 'Try a practice account' }).click();
  }

  /** What went wrong with the account in use. */
  problem(): Locator {
    return this.inUse().getByRole('alert');
  }

  /** What the account in use was not allowed: features, scope names and where to add them. */
  missing(): Locator {
    return this.page.getByRole('region', { name: 'Not allowed' });
  }

  async copyMissing(): Promise<void> {
    await this.missing().getByRole('button', { name: /^Copy/ }).click();
  }

  /** Of the account in use, after a failure or for what is missing. */
  async signInAgain(): Promise<void> {
    await this.inUse().getByRole('button', { name: 'Sign in again' }).click();
  }

  /** Copies the setup of the account in use, for a colleague. */
  async copySetup(): Promise<void> {
    await this.inUse().getByText('Use the same Zoom app on another computer').click();
    await this.inUse().getByRole('button', { name: 'Copy setup for a colleague' }).click();
  }

  async saveSetup(): Promise<void> {
    await this.inUse().getByText('Use the same Zoom app on another computer').click();
    await this.inUse().getByRole('button', { name: 'Save as a file' }).click();
  }

  /** The button with the account in use; with several accounts it opens the menu of them. */
  switcher(): Locator {
    return this.page.getByRole('region', { name: 'Account', exact: true }).getByRole('button').first();
  }

  /** Switches from any screen, by the list at the account's button. */
  async switchTo(name: string): Promise<void> {
    await this.page.locator('button[aria-haspopup=menu]').and(this.switcher()).click();
    await this.page
      .getByRole('menu', { name: 'Switch account' })
      .getByRole('menuitemradio', { name: new RegExp(name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) })
      .click();
  }
}
