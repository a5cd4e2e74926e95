import type { Locator, Page } from '@playwright/test';

/** The Settings screen. Settings go by their titles. */
export class SettingsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  search(): Locator {
    return this.page.getByRole('combobox', { name: 'Search settings' });
  }

  /** What was found, best first. */
  results(): Locator {
    return this.page.getByRole('listbox', { name: 'Settings found' }).getByRole('option');
  }

  /** What is searched for and only Zoom's website has. */
  onWebsite(): Locator {
    return this.page.getByRole('region', { name: 'On Zoom’s website' });
  }

  /** Searches, and goes to the first that is found. */
  async find(query: string): Promise<void> {
    await this.search().fill(query);
    await this.results().first().waitFor();
    await this.search().press('Enter');
  }

  /** In the list at the side. */
  section(title: string): Locator {
    return this.page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: title });
  }

  async openSection(title: string): Promise<void> {
    await this.section(title).click();
  }

  async filter(words: 'All' | 'Unsaved' | 'Modified' | 'Locked'): Promise<void> {
    await this.page.getByText(words, { exact: true }).click();
  }

  /** Tells the name of each setting in Zoom's API, or no longer. */
  details(): Locator {
    return this.page.getByRole('button', { name: 'Details', exact: true });
  }

  /** One setting with its editor and what is said about it, by Zoom's name of it: "settings:in_meeting.chat". */
  setting(key: string): Locator {
    return this.page.locator(`[data-setting="${key}"]`);
  }

  switch(key: string): Locator {
    return this.setting(key).getByRole('switch');
  }

  async toggle(key: string): Promise<void> {
    await this.switch(key).locator('xpath=ancestor::label').click();
  }

  /** What a setting that Tally does not know asks for before it can be changed. */
  changeAnyway(key: string): Locator {
    return this.setting(key).getByRole('button', { name: /^Change anyway/ });
  }

  async choose(key: string, words: string): Promise<void> {
    const list = this.setting(key).getByRole('combobox');
    if (await list.isVisible()) await list.selectOption({ label: words });
    else await this.setting(key).getByText(words, { exact: true }).click();
  }

  /** The line of a number, a text, or of a list's next entry. */
  line(key: string): Locator {
    return this.setting(key).locator('input:not([type=checkbox],[type=radio]), textarea');
  }

  /** "3 changes"; not there without changes. */
  changes(): Locator {
    return this.page.getByRole('region', { name: 'Changes that aren’t saved' });
  }

  async save(): Promise<void> {
    await this.changes().getByRole('button', { name: 'Save' }).click();
  }

  /** All changes, before and after. */
  async review(): Promise<Locator> {
    await this.changes().getByRole('button', { name: 'Review' }).click();
    return this.page.getByRole('dialog');
  }

  /** What was saved just now. */
  saved(): Locator {
    return this.page.getByRole('region', { name: 'Saved', exact: true });
  }

  problem(): Locator {
    return this.page.getByRole('main').getByRole('alert').last();
  }

  /** Does something of the menu beside the title. */
  async menu(word: 'Saved changes' | 'Export to a file' | 'Compare with a file'): Promise<void> {
    await this.page.getByRole('main').getByRole('button', { name: 'More', exact: true }).click();
    await this.page.getByRole('menuitem', { name: word }).click();
  }

  /** Undoes the newest of the saves that are kept. */
  async undoFromHistory(): Promise<void> {
    await this.menu('Saved changes');
    await this.page
      .getByRole('dialog', { name: 'Saved changes' })
      .getByRole('button', { name: /^Undo: / })
      .first()
      .click();
  }
}
