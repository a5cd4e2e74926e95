import type { Locator, Page } from '@playwright/test';

/** The fields of the Profile screen, the bar that saves them, and what is at hand below. */
export class ProfileFieldsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** A line to type in, by its label: "Job title". */
  field(label: string): Locator {
    return this.page.getByRole('textbox', { name: label, exact: true });
  }

  /** What stands below a line: what is wrong with it, or who locked it. */
  async words(label: string): Promise<string> {
    const id = await this.field(label).getAttribute('aria-describedby');
    return (await this.page.locator(`[id="${id}"]`).textContent()) ?? '';
  }

  /** Chooses from a list with search, by keys alone. */
  async pick(title: 'Time zone' | 'Language', search: string): Promise<void> {
    await this.picker(title).click();
    const dialog = this.page.getByRole('dialog', { name: title });
    await dialog.getByRole('combobox').fill(search);
    await this.page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
  }

  /** The button that shows what is chosen. */
  picker(title: 'Time zone' | 'Language'): Locator {
    return this.page.getByRole('button', { name: title, exact: true });
  }

  async choosePronounsAudience(words: string): Promise<void> {
    await this.page.getByRole('radiogroup', { name: 'Who sees your pronouns' }).getByText(words).click();
  }

  instantMeetings(): Locator {
    return this.page.getByRole('switch', { name: 'Use this ID for instant meetings' });
  }

  /** Lines of the list of telephone numbers. */
  phoneNumbers(): Locator {
    return this.page.getByRole('group', { name: /^Phone numbers/ }).getByRole('listitem');
  }

  /** Says that no more are taken. */
  phonesFull(): Locator {
    return this.page.getByRole('group', { name: /^Phone numbers/ }).getByText(/numbers at most/);
  }

  addPhoneButton(): Locator {
    return this.page.getByRole('button', { name: 'Add a number' });
  }

  async addPhone(number: string, label: 'Mobile' | 'Office' | 'Home' | 'Fax'): Promise<void> {
    await this.addPhoneButton().click();
    const dialog = this.page.getByRole('dialog', { name: 'Add a number' });
    await dialog.getByRole('textbox', { name: /^Number after/ }).fill(number);
    await dialog.getByRole('combobox', { name: 'Label' }).selectOption(label);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  }

  async removePhone(number: string): Promise<void> {
    await this.page.getByRole('button', { name: `Remove ${number}`, exact: true }).click();
  }

  /** Whether the typed name of the personal room is free. */
  availability(words: string | RegExp): Locator {
    return this.page.getByRole('status').filter({ hasText: words });
  }

  /** "3 changes" and what they are; not there without changes. */
  changes(): Locator {
    return this.page.getByRole('region', { name: 'Changes that aren’t saved' });
  }

  async save(): Promise<void> {
    await this.changes().getByRole('button', { name: 'Save' }).click();
  }

  async discard(): Promise<void> {
    await this.changes().getByRole('button', { name: 'Discard' }).click();
  }

  /** What was saved last, as long as it can be undone. */
  saved(): Locator {
    return this.page.getByRole('region', { name: 'Saved', exact: true });
  }

  async undo(): Promise<void> {
    await this.saved().getByRole('button', { name: 'Undo' }).click();
  }

  /** Ends a conflict; `label` as above the field. */
  async resolve(label: string, take: 'Keep mine' | 'Use Zoom’s value'): Promise<void> {
    await this.page.getByRole('button', { name: `${take}: ${label}`, exact: true }).click();
  }

  /** Links, ids and facts of the account. */
  atHand(): Locator {
    return this.page.getByRole('region', { name: 'Meeting link and account' });
  }

  async checkEmail(email: string): Promise<void> {
    await this.atHand().getByRole('textbox', { name: 'Email check' }).fill(email);
    await this.atHand().getByRole('button', { name: 'Check' }).click();
  }

  /** Zoom's answer about the address. */
  emailAnswer(): Locator {
    return this.atHand().locator('form').getByRole('status');
  }
}
