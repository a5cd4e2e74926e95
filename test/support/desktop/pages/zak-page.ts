import type { Locator, Page } from '@playwright/test';

/** The ZAK screen. The token itself is never on it. */
export class ZakPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The large card: words, ring and button. */
  private zak(): Locator {
    return this.page.getByRole('region', { name: 'Your ZAK' });
  }

  /** "Ready to copy", then "Copied" and until when it is valid. */
  words(): Locator {
    return this.zak().getByRole('status');
  }

  /** "Copy ZAK", later "Copy a new ZAK". */
  copyButton(): Locator {
    return this.zak().getByRole('button', { name: /^(Copy ZAK|Copy a new ZAK|Fetching)$/ });
  }

  async copy(): Promise<void> {
    await this.copyButton().click();
  }

  /** What is left of its life, in digits; only while it lives. */
  timeLeft(): Locator {
    return this.zak().getByRole('timer', { name: 'Ends in' });
  }

  /** When the copy is cleared, or what happened to it. */
  clipboard(): Locator {
    return this.page.getByRole('region', { name: 'Clipboard' });
  }

  async clearNow(): Promise<void> {
    await this.clipboard().getByRole('button', { name: 'Clear now' }).click();
  }

  /** Copies a longer-lived token; `life` as on the screen, such as "1 week". */
  async copyLonger(life: string): Promise<void> {
    const button = this.page.getByRole('button', { name: 'Copy longer-lived token' });
    if (!(await button.isVisible())) await this.page.getByText('Need a longer-lived token?').click();
    await this.page.getByRole('radiogroup', { name: 'Valid for' }).getByText(life, { exact: true }).click();
    await button.click();
  }

  startRoomButton(): Locator {
    return this.page.getByRole('button', { name: /^(Start my personal room|Starting)$/ });
  }

  /** What went wrong. */
  problem(): Locator {
    return this.page.getByRole('main').getByRole('alert').first();
  }
}
