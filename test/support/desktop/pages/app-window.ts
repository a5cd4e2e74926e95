import type { Locator, Page } from '@playwright/test';
import { AccountsPage } from './accounts-page.ts';
import { AdvancedPage } from './advanced-page.ts';
import { AutomationPage } from './automation-page.ts';
import { BackgroundsPage } from './backgrounds-page.ts';
import { ConnectPage } from './connect-page.ts';
import { DelegatesPage } from './delegates-page.ts';
import { LibraryPage } from './library-page.ts';
import { PalettePage } from './palette-page.ts';
import { PreferencesPage } from './preferences-page.ts';
import { ProfileFieldsPage } from './profile-fields-page.ts';
import { ProfilePage } from './profile-page.ts';
import { SettingsPage } from './settings-page.ts';
import { StatusPage } from './status-page.ts';
import { ZakPage } from './zak-page.ts';

export type Screen =
  | 'Status'
  /** What stands in its place without an account. */
  | 'Welcome'
  | 'Backgrounds'
  | 'Profile'
  | 'Zoom settings'
  | 'ZAK'
  | 'Advanced'
  | 'Accounts'
  | 'Preferences'
  | 'Automation';

/** What stands round every screen: navigation, practice banner, notices. */
export class AppWindow {
  readonly page: Page;
  readonly status: StatusPage;
  readonly accounts: AccountsPage;
  readonly advanced: AdvancedPage;
  readonly automation: AutomationPage;
  readonly backgrounds: BackgroundsPage;
  readonly connect: ConnectPage;
  readonly library: LibraryPage;
  readonly palette: PalettePage;
  readonly preferences: PreferencesPage;
  readonly profile: ProfilePage;
  readonly profileFields: ProfileFieldsPage;
  readonly delegates: DelegatesPage;
  readonly settings: SettingsPage;
  readonly zak: ZakPage;

  constructor(page: Page) {
    this.page = page;
    this.status = new StatusPage(page);
    this.accounts = new AccountsPage(page);
    this.advanced = new AdvancedPage(page);
    this.automation = new AutomationPage(page);
    this.backgrounds = new BackgroundsPage(page);
    this.connect = new ConnectPage(page);
    this.library = new LibraryPage(page);
    this.palette = new PalettePage(page);
    this.preferences = new PreferencesPage(page);
    this.profile = new ProfilePage(page);
    this.profileFields = new ProfileFieldsPage(page);
    this.delegates = new DelegatesPage(page);
    this.settings = new SettingsPage(page);
    this.zak = new ZakPage(page);
  }

  /** The bar across the top; only a practice account has it. */
  practiceBanner(): Locator {
    return this.page.getByRole('complementary', { name: 'Practice account' });
  }

  /** Goes to a screen by the navigation and waits for it. */
  async open(screen: Screen): Promise<void> {
    await this.tab(screen).click();
    await this.tab(screen).and(this.page.locator('[aria-current=page]')).waitFor();
  }

  /** The screen that the navigation marks as shown. */
  async screen(): Promise<string> {
    const word = this.navigation().locator('[aria-current=page] > span').first();
    return (await word.textContent())?.trim() ?? '';
  }

  /** Name of the account in use, as shown. */
  accountName(): Locator {
    return this.page.getByRole('region', { name: 'Account', exact: true }).locator('[title]').first();
  }

  /** What a screen reader is told, whichever screen is shown. */
  news(): Locator {
    return this.page.getByRole('status', { name: 'News' });
  }

  /** The title of a screen that has one of its own. */
  heading(screen: Screen): Locator {
    return this.page.getByRole('heading', { level: 1, name: screen, exact: true });
  }

  /** The name of a button with a drawing alone, as a pointer that rests on it shows it. */
  tooltip(): Locator {
    return this.page.locator('[popover=manual]');
  }

  /** What is still being read from Zoom. */
  reading(): Locator {
    return this.page.locator('[aria-busy=true], [aria-label^=Reading]');
  }

  /** Said where the page's script does not come. */
  staysEmpty(): Locator {
    return this.page.getByText('This takes longer than it should.');
  }

  hasPainted(): Promise<boolean> {
    return this.page.evaluate(() => performance.getEntriesByName('first-contentful-paint').length > 0);
  }

  /** Where the buttons of the navigation and the screen beside it stand, in pixels. */
  outline(): Promise<{ words: string; x: number; y: number; width: number; height?: number }[]> {
    return this.page.locator('nav button, main > div').evaluateAll((parts) =>
      parts.map((part) => {
        const { x, y, width, height } = part.getBoundingClientRect();
        // The screen itself is as high as what is on it.
        return part.matches('nav *')
          ? { words: part.textContent ?? '', x, y, width, height }
          : { words: '', x, y, width };
      }),
    );
  }

  /** How many buttons a person can use. */
  usableButtons(): Promise<number> {
    return this.page
      .locator('button')
      .evaluateAll((buttons) => buttons.filter((button) => !button.closest('[inert]')).length);
  }

  /** Has as much time pass for what moves by itself. */
  pass(ms: number): Promise<void> {
    return this.page.evaluate((by) => {
      for (const animation of document.getAnimations()) animation.currentTime = by;
    }, ms);
  }

  /** What live regions say now: what is in one as it is put in, a screen reader says unasked. */
  liveWords(): Promise<string[]> {
    return this.page
      .locator('[aria-live=polite], [aria-live=assertive], [role=status], [role=alert], [role=log]')
      .evaluateAll((regions) =>
        regions
          .map((region) => (region.textContent || region.ariaLabel || '').trim())
          .filter((words) => words),
      );
  }

  /** A dismissible notice by its title. */
  notice(title: string | RegExp): Locator {
    return this.page.getByRole('region', { name: 'Notices' }).getByText(title);
  }

  /**
   * Where a test has no panel, Tally says so once the clock has moved by half a minute, above all else: what a test clicks in that
   * moment moves away from under the pointer.
   */
  async saysNoTray(): Promise<void> {
    await this.notice('Your desktop shows no tray icons').waitFor({ timeout: 10_000 });
  }

  async dismissNotice(title: string): Promise<void> {
    await this.page.getByRole('button', { name: `Dismiss: ${title}`, exact: true }).click();
  }

  /** An action that main refused, shown across the top. */
  refusal(): Locator {
    return this.page.getByRole('alert');
  }

  /** Shown in place of Status when the account could not be connected. */
  notConnected(): Locator {
    return this.page.getByRole('heading', { name: 'Not connected' });
  }

  welcome(): Locator {
    return this.page.getByRole('heading', { name: 'Welcome to Tally' });
  }

  async tryPractice(): Promise<void> {
    await this.page.getByRole('button', { name: 'Try a practice account' }).click();
  }

  /** From Welcome to the three steps. */
  async connectZoom(): Promise<void> {
    await this.page.getByRole('button', { name: 'Connect Zoom' }).click();
  }

  /** On Welcome, where an administrator has set everything up. */
  async signInWithZoom(): Promise<void> {
    await this.page.getByRole('button', { name: 'Sign in with Zoom' }).click();
  }

  /** Shown in place of the status while the keychain has not answered. */
  waitsForKeychain(): Locator {
    return this.page.getByRole('status').filter({ hasText: 'Your keychain may be asking' });
  }

  /** Fixes what keeps the account from being connected: "Try again" or "Sign in again". */
  async fix(): Promise<void> {
    await this.page.getByRole('button', { name: /^(Try again|Sign in again)$/ }).click();
  }

  /** The theme forced on the document; null when it follows the system. */
  forcedTheme(): Promise<string | null> {
    return this.page.locator('html').getAttribute('data-theme');
  }

  navigation(): Locator {
    return this.page.getByRole('navigation', { name: 'Main' });
  }

  tab(screen: string): Locator {
    return this.navigation().getByRole('button', { name: screen, exact: true });
  }
}
