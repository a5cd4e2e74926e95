import type { Locator, Page } from '@playwright/test';

/** The small window at the tray icon. */
export class PopoverPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  current(): Locator {
    return this.page.getByRole('region', { name: 'Current status' });
  }

  /** The word of the confirmed status. */
  currentWord(): Locator {
    return this.current().getByRole('heading');
  }

  status(word: string): Locator {
    return this.page
      .getByRole('radiogroup', { name: 'Set your status' })
      .getByRole('radio', { name: word, exact: true });
  }

  timeLeft(): Locator {
    return this.current().getByRole('timer');
  }

  timed(): Locator {
    return this.page.getByRole('combobox', { name: 'Status for a while' });
  }

  timeField(): Locator {
    return this.page.getByRole('textbox', { name: 'How long, or until when' });
  }

  presets(): Locator {
    return this.page.getByRole('list', { name: 'Presets' }).getByRole('button');
  }

  waiting(): Locator {
    return this.page.getByRole('region', { name: 'Waiting' });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** By how many pixels it would have to be scrolled, sideways and down. */
  overflow(): Promise<{ readonly x: number; readonly y: number }> {
    return this.page.locator('main').evaluate((main) => ({
      x: main.scrollWidth - main.clientWidth,
      y: main.scrollHeight - main.clientHeight,
    }));
  }
}
