import type { Locator, Page } from '@playwright/test';

/** The list of all commands that Ctrl+K opens. */
export class PalettePage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  dialog(): Locator {
    return this.page.getByRole('dialog', { name: 'Commands' });
  }

  search(): Locator {
    return this.page.getByRole('combobox', { name: 'Search commands' });
  }

  options(): Locator {
    return this.page.getByRole('listbox', { name: 'Commands' }).getByRole('option');
  }

  /** The one that Enter does. */
  chosen(): Locator {
    return this.dialog().getByRole('option', { selected: true });
  }

  option(title: string): Locator {
    return this.options().filter({ has: this.page.getByText(title, { exact: true }) });
  }

  /** By its key, from wherever the focus is. */
  async open(): Promise<void> {
    await this.page.keyboard.press('Control+k');
    await this.search().waitFor();
  }
}
