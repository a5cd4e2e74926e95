import type { Locator, Page } from '@playwright/test';

/** The small window at the tray icon. */
export class PopoverPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The word of the confirmed status. */
  currentWord(): Locator {
    return this.page.getByRole('region', { name: 'Current status' }).getByRole('heading');
  }

  status(word: string): Locator {
    return this.page
      .getByRole('radiogroup', { name: 'Set your status' })
      .getByRole('radio', { name: word, exact: true });
  }

  waiting(): Locator {
    return this.page.getByRole('region', { name: 'Waiting' });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }
}
