import type { Locator, Page } from '@playwright/test';

/** The library: a part of the Backgrounds screen. */
export class LibraryPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Which of the backgrounds are shown. */
  part(name: 'Zoom' | 'Library'): Locator {
    return this.page.getByRole('radiogroup', { name: 'Which backgrounds' }).getByText(name, { exact: true });
  }

  region(): Locator {
    return this.page.getByRole('region', { name: 'Library', exact: true });
  }

  search(): Locator {
    return this.page.getByRole('searchbox', { name: 'Search the library' });
  }

  cards(): Locator {
    return this.region().getByRole('listitem');
  }

  card(name: string): Locator {
    return this.cards().filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** Its picture, which opens it and can be dragged. */
  tile(name: string): Locator {
    return this.page.getByRole('button', { name: `Open ${name}`, exact: true });
  }

  putButton(name: string): Locator {
    return this.page.getByRole('button', { name: `Put up ${name}`, exact: true });
  }

  async select(name: string): Promise<void> {
    await this.page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check({ force: true });
  }

  /** Makes a set of these backgrounds. */
  async makeSet(set: string, names: readonly string[]): Promise<void> {
    for (const name of names) await this.select(name);
    await this.page
      .getByRole('group', { name: 'Selected backgrounds' })
      .getByRole('button', { name: 'Sets…' })
      .click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'New set' }).fill(set);
    await dialog.getByRole('textbox', { name: 'New set' }).press('Enter');
    await dialog.getByRole('checkbox', { name: set }).waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await this.page.getByRole('button', { name: 'Clear selection' }).click();
  }

  showSet(set: string): Locator {
    return this.page.getByRole('group', { name: 'Show' }).getByRole('button', { name: set });
  }

  putSetButton(set: string): Locator {
    return this.page.getByRole('button', { name: `Put “${set}” up` });
  }

  /** What was put up, with its Undo. */
  done(): Locator {
    return this.page.getByRole('region', { name: 'Put up' });
  }

  /** What is being put up, and what that asks. */
  change(): Locator {
    return this.page.getByRole('region', { name: 'Putting up' });
  }
}
