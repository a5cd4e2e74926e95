import { expect, type Locator, type Page } from '@playwright/test';

/** The Preferences screen. Every change is kept at once. */
export class PreferencesPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  heading(): Locator {
    return this.page.getByRole('heading', { name: 'Preferences' });
  }

  theme(word: 'System' | 'Light' | 'Dark'): Locator {
    return this.page.getByRole('radiogroup', { name: 'Theme' }).getByRole('radio', { name: word });
  }

  /** The inputs of react-aria's radios and switches lie under their drawing, so the label is clicked. */
  async chooseTheme(word: 'System' | 'Light' | 'Dark'): Promise<void> {
    await this.page.getByRole('radiogroup', { name: 'Theme' }).getByText(word, { exact: true }).click();
  }

  /** What a click on the tray icon opens. */
  async chooseClick(word: 'Popover' | 'Window'): Promise<void> {
    const choices = this.page.getByRole('radiogroup', { name: 'Clicking the icon opens' });
    await choices.getByText(word).click();
    await expect(choices.getByRole('radio', { name: word })).toBeChecked();
  }

  shortcut(): Locator {
    return this.page.getByRole('textbox', { name: 'Shortcut from any app' });
  }

  presets(): Locator {
    return this.page.getByRole('region', { name: 'Presets' });
  }

  preset(name: string): { readonly edit: Locator; readonly remove: Locator } {
    return {
      edit: this.presets().getByRole('button', { name: `Edit: ${name}` }),
      remove: this.presets().getByRole('button', { name: `Delete: ${name}` }),
    };
  }

  startHidden(): Locator {
    return this.page.getByRole('switch', { name: /^Start in the tray/ });
  }

  async toggleStartHidden(): Promise<void> {
    await this.page.getByText('Start in the tray', { exact: true }).click();
  }

  /** Switches a kind of notification on or off. */
  async toggleNotification(word: string): Promise<void> {
    await this.page.getByRole('region', { name: 'Notifications' }).getByText(word, { exact: true }).click();
  }

  allowLinks(): Locator {
    return this.page.getByRole('switch', { name: /^Allow tally:\/\/ links/ });
  }

  async toggleAllowLinks(): Promise<void> {
    await this.page.getByText('Allow tally:// links', { exact: true }).click();
  }

  /** Minutes of a plain "Do not disturb". */
  doNotDisturbLength(): Locator {
    return this.page.getByRole('textbox', { name: 'Default Do not disturb length' });
  }

  /** Types minutes as given and presses Enter. */
  async setDoNotDisturbLength(typed: string): Promise<void> {
    await this.doNotDisturbLength().fill(typed);
    await this.doNotDisturbLength().press('Enter');
  }

  minutesError(): Locator {
    return this.page.getByText(/^Type whole minutes/);
  }

  morning(): Locator {
    return this.page.getByRole('combobox', { name: /^Day starts at/ });
  }

  /** `hour` 0 to 23. */
  async setMorning(hour: number): Promise<void> {
    await this.morning().selectOption(String(hour));
  }
}
