import type { Locator, Page } from '@playwright/test';

type Kind = 'Assistants' | 'You schedule for';

/** Who schedules for whom: the last part of the Profile screen. */
export class DelegatesPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  private list(kind: Kind): Locator {
    return this.page.getByRole('region', { name: kind });
  }

  /** One line for each person. */
  people(kind: Kind): Locator {
    return this.list(kind).getByRole('listitem');
  }

  /** Adds several, as typed: by e-mail address or id, between commas or line ends. */
  async add(typed: string): Promise<void> {
    await this.addField().fill(typed);
    await this.page.getByRole('button', { name: /^Add( \d+)?$/ }).click();
  }

  addField(): Locator {
    return this.page.getByRole('textbox', { name: 'Add assistants' });
  }

  /** What is wrong with what was typed, or how to type it. */
  async addWords(): Promise<string> {
    const id = await this.addField().getAttribute('aria-describedby');
    return (await this.page.locator(`[id="${id}"]`).textContent()) ?? '';
  }

  /** Removes one and answers the question. */
  async remove(kind: Kind, email: string): Promise<void> {
    const list = this.list(kind);
    await list.getByRole('button', { name: `Remove ${email}`, exact: true }).click();
    await list.getByRole('button', { name: 'Remove', exact: true }).click();
  }

  async askRemoveAll(kind: Kind): Promise<void> {
    await this.list(kind)
      .getByRole('button', { name: `Remove all: ${kind}` })
      .click();
  }

  confirmField(): Locator {
    return this.dialog().getByRole('textbox', { name: 'Your email address' });
  }

  /** Only to be pressed once the address is typed. */
  confirmButton(): Locator {
    return this.dialog().getByRole('button', { name: 'Remove all' });
  }

  private dialog(): Locator {
    return this.page.getByRole('dialog', { name: /^Remove all / });
  }

  /** What Zoom did not take. */
  problem(): Locator {
    return this.page.getByRole('region', { name: 'Scheduling privilege' }).getByRole('alert');
  }
}
