import type { Locator, Page } from '@playwright/test';

export type Answer =
  | 'Resize and upload'
  | 'Send it upright'
  | 'Send it as JPG'
  | 'Send it as PNG'
  | 'As PNG instead'
  | 'Send it with this color'
  | 'Send it as it is'
  | 'Make it fit'
  | 'Send anyway'
  | 'Skip';

/** The Backgrounds screen. Uploads and backgrounds go by the names of their files. */
export class BackgroundsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** "3 of 10". */
  quota(): Locator {
    return this.page.getByRole('meter', { name: 'Places taken' });
  }

  chooseButton(): Locator {
    return this.page.getByRole('button', { name: 'Choose files' });
  }

  /** Presses the button and answers the system's dialog. */
  async choose(paths: readonly string[]): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.chooseButton().click();
    await (await chooser).setFiles([...paths]);
  }

  /** Whether pictures are sent without place and camera. */
  leaveOut(): Locator {
    return this.page.getByRole('switch', { name: /^Leave out place and camera/ });
  }

  uploads(): Locator {
    return this.page.getByRole('region', { name: 'Uploads' });
  }

  /** One file on its way, with all that is said about it. */
  upload(name: string): Locator {
    return this.uploads()
      .getByRole('listitem')
      .filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** The line that so many files were folded into a moment after they were uploaded. */
  uploadedTogether(count: number): Locator {
    return this.uploads().getByRole('list', { name: `${count} files uploaded` });
  }

  /** How a video is made to fit. */
  fitDialog(): Locator {
    return this.page.getByRole('dialog', { name: 'Make it fit' });
  }

  progress(name: string): Locator {
    return this.page.getByRole('progressbar', { name: `Sending ${name}` });
  }

  /** What Tally asks about a file, with its answers. */
  question(name: string): Locator {
    return this.page.getByRole('group', { name: `About ${name}` });
  }

  answer(name: string, answer: Answer): Locator {
    return this.question(name).getByRole('button', { name: `${answer}: ${name}` });
  }

  /** Answers which one it replaces. */
  async replace(name: string, other: string): Promise<void> {
    await this.question(name)
      .getByRole('radio', { name: other })
      .locator('xpath=ancestor-or-self::label')
      .click();
    await this.question(name).getByRole('button', { name: 'Replace' }).click();
  }

  cancelButton(name: string): Locator {
    return this.uploads().getByRole('button', { name: `Cancel: ${name}` });
  }

  retryButton(name: string): Locator {
    return this.uploads().getByRole('button', { name: `Try again: ${name}` });
  }

  async clearFinished(): Promise<void> {
    await this.uploads().getByRole('button', { name: 'Clear finished' }).click();
  }

  /** What Zoom has. */
  grid(): Locator {
    return this.page.getByRole('grid', { name: 'Your backgrounds' });
  }

  card(name: string): Locator {
    return this.grid().getByRole('row', { name });
  }

  /** Marked as the default one. */
  defaultCards(): Locator {
    return this.grid()
      .getByRole('row')
      .filter({ has: this.page.getByText('Default', { exact: true }) });
  }

  /** Pictures that are really shown in the grid. */
  previews(): Locator {
    return this.grid().locator('img');
  }

  async select(name: string): Promise<void> {
    await this.card(name).getByRole('checkbox').locator('xpath=ancestor-or-self::label').click();
  }

  /** The bar that says how many are selected. */
  selection(): Locator {
    return this.page.getByRole('group', { name: 'Selected backgrounds' });
  }

  async deleteSelected(): Promise<void> {
    await this.selection().getByRole('button', { name: 'Delete', exact: true }).click();
  }

  /** Deletes all of them; `anyway` where Tally asks since it has no copy of some. */
  async empty({ anyway = false } = {}): Promise<void> {
    await this.page.getByRole('button', { name: 'Select all' }).click();
    await this.deleteSelected();
    if (anyway) await this.selection().getByRole('button', { name: 'Delete anyway' }).click();
    await this.quota().and(this.page.locator('[aria-valuetext^="0 of"]')).waitFor();
  }

  /** Shown after a deletion, as long as it can be undone. */
  undoButton(): Locator {
    return this.page.getByRole('region', { name: 'Deleted' }).getByRole('button', { name: 'Undo' });
  }

  /** What could not be taken at all, across the top. */
  problem(): Locator {
    return this.page.getByRole('main').getByRole('alert').first();
  }
}
