import type { Locator, Page } from '@playwright/test';

/** The Advanced screen. Operations go by their ids, fields by their pointers: `/body/email`. */
export class AdvancedPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  search(): Locator {
    return this.page.getByRole('combobox', { name: 'Search operations' });
  }

  operations(): Locator {
    return this.page.getByRole('listbox', { name: 'Operations' }).getByRole('option');
  }

  /** Opens an operation by a click on it. */
  async open(id: string): Promise<void> {
    await this.page.locator(`[data-operation="${id}"]`).click();
    await this.page.locator(`[data-operation="${id}"][aria-current]`).waitFor({ state: 'attached' });
  }

  /** The title of the operation that is open. */
  title(): Locator {
    return this.page.getByRole('main').getByRole('heading', { level: 2 });
  }

  /** What the operation is, and what has to be known before it is sent. */
  head(): Locator {
    return this.page.getByRole('main').locator('header');
  }

  field(pointer: string): Locator {
    return this.page.locator(`[data-field="${pointer}"]`);
  }

  /** The line, list or radio buttons of a field. */
  editor(pointer: string): Locator {
    return this.field(pointer).locator('input, select, textarea').first();
  }

  group(name: string): Locator {
    return this.page.getByRole('region', { name: 'Form' }).getByRole('button', { name, expanded: false });
  }

  /** Unfolds whatever a field lies in. */
  async reveal(pointer: string): Promise<void> {
    const parts = pointer.split('/').slice(2, -1);
    for (const part of parts) {
      if (await this.field(pointer).isVisible()) return;
      const folded = this.group(part).first();
      if (await folded.isVisible()) await folded.click();
    }
  }

  /** Fills in one field with the form alone, as its editor wants it; entries of lists are added as they are needed. */
  async fill(pointer: string, value: unknown): Promise<void> {
    if (Array.isArray(value)) {
      for (const [at, entry] of value.entries()) {
        await this.reveal(pointer);
        await this.field(pointer)
          .getByRole('button', { name: /^Add an entry/ })
          .first()
          .click();
        await this.fill(`${pointer}/${at}`, entry);
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, entry] of Object.entries(value)) await this.fill(`${pointer}/${name}`, entry);
    } else {
      await this.reveal(pointer);
      if (typeof value === 'boolean')
        await this.field(pointer).getByText(String(value), { exact: true }).click();
      else if ((await this.editor(pointer).evaluate((element) => element.tagName)) === 'SELECT')
        await this.choose(pointer, String(value));
      else await this.editor(pointer).fill(String(value));
    }
  }

  /** Puts a parameter into the query that Tally does not know. */
  async addParameter(name: string, value: string): Promise<void> {
    const form = this.page.getByRole('region', { name: 'Form' });
    await form.getByText('Another parameter', { exact: true }).click();
    await form.getByRole('textbox', { name: 'Another parameter: name' }).fill(name);
    await form.getByRole('button', { name: 'Add', exact: true }).first().click();
    await this.fill(`/query/${name}`, value);
  }

  /** Chooses one of the values that Zoom knows; the words beside it do not matter. */
  async choose(pointer: string, value: string): Promise<void> {
    const option = this.editor(pointer).getByRole('option', { name: new RegExp(`^${value}($|:| \\()`) });
    await this.editor(pointer).selectOption({ label: (await option.textContent()) ?? value });
  }

  json(): Locator {
    return this.page.getByRole('textbox', { name: 'The call as JSON' });
  }

  /** Form or JSON, where there is no room for both. */
  async view(side: 'Form' | 'JSON'): Promise<void> {
    await this.page.getByRole('group', { name: 'View' }).getByRole('button', { name: side }).click();
  }

  /** What is sent or what came, where there is no room for both. */
  async part(part: 'Request' | 'Answer'): Promise<void> {
    await this.page.getByRole('group', { name: 'Part' }).getByRole('button', { name: part }).click();
  }

  private sendBar(): Locator {
    return this.page.getByRole('region', { name: 'Send', exact: true });
  }

  sendButton(): Locator {
    return this.sendBar().getByRole('button', { name: /^Send…?$/ });
  }

  async send(): Promise<void> {
    await this.sendButton().click();
  }

  async sendAnyway(): Promise<void> {
    await this.sendBar().getByRole('button', { name: 'Send anyway' }).click();
  }

  /** Why it was not sent, or what speaks against it. */
  word(): Locator {
    return this.sendBar().getByRole('status');
  }

  async cancel(): Promise<void> {
    await this.sendBar().getByRole('button', { name: 'Cancel' }).click();
  }

  /** Types what a destructive call asks for, and goes on; to the second question where it is about oneself. */
  async confirm(text: string): Promise<void> {
    const dialog = this.page.getByRole('dialog');
    await dialog.getByLabel('Type it to confirm').fill(text);
    await dialog.getByRole('button', { name: /^(Send|Continue)$/ }).click();
  }

  async chooseFile(path: string): Promise<void> {
    const choosing = this.page.waitForEvent('filechooser');
    await this.page.getByRole('button', { name: /^Choose (a file|another)$/ }).click();
    await (await choosing).setFiles(path);
  }

  answer(): Locator {
    return this.page.getByRole('region', { name: 'Answer' });
  }

  /** "200 OK", "Not sent". */
  status(): Locator {
    return this.answer().getByRole('heading', { level: 3 });
  }

  body(): Locator {
    return this.answer().getByRole('tree', { name: 'Body as a tree' });
  }

  raw(): Locator {
    return this.answer().getByRole('group', { name: 'Body as it came' });
  }

  searchBody(): Locator {
    return this.answer().getByRole('textbox', { name: 'Search the body' });
  }

  async copyAs(word: 'Copy as curl' | 'Copy as fetch' | 'Copy as HTTP'): Promise<void> {
    await this.page.getByRole('button', { name: 'Copy as code' }).click();
    await this.page.getByRole('menuitem', { name: word }).click();
  }

  async show(list: 'Operations' | 'History'): Promise<void> {
    await this.page.getByRole('group', { name: 'List' }).getByRole('button', { name: list }).click();
  }

  /** The calls of the past, newest first. */
  history(): Locator {
    return this.page.getByRole('list', { name: 'History' }).getByRole('listitem');
  }

  searchHistory(): Locator {
    return this.page.getByRole('textbox', { name: 'Search the history' });
  }

  comparison(): Locator {
    return this.page.getByRole('region', { name: 'Comparison' });
  }

  async press(word: string): Promise<void> {
    await this.page.getByRole('main').getByRole('button', { name: word, exact: true }).click();
  }
}
