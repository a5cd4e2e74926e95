import type { Locator, Page } from '@playwright/test';

/** The picture on the Profile screen, and the dialog that crops one. */
export class ProfilePage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Both shapes, the words beside them and the buttons. */
  picture(): Locator {
    return this.page.getByRole('region', { name: 'Your picture' });
  }

  /** "This is how others see you." */
  words(): Locator {
    return this.picture().getByRole('status').last();
  }

  /** Width and height of what is shown, in pixels, and the colours in its four quarters; undefined while there is none. */
  async shown(): Promise<{ readonly size: readonly number[]; readonly colours: string[] } | undefined> {
    return this.picture().evaluate(async (region) => {
      const image = region.querySelector('img');
      if (!image) return undefined;
      await image.decode();
      const { naturalWidth: width, naturalHeight: height } = image;
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = 4;
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context?.drawImage(image, 0, 0, 4, 4);
      const colours = [0, 3, 12, 15].map((at) =>
        [...(context?.getImageData(at % 4, Math.floor(at / 4), 1, 1).data ?? [])].slice(0, 3).join(),
      );
      return { size: [width, height], colours };
    });
  }

  changeButton(): Locator {
    return this.picture().getByRole('button', { name: /^(Change|Add a) picture$/ });
  }

  removeButton(): Locator {
    return this.picture().getByRole('button', { name: 'Remove' });
  }

  undoButton(): Locator {
    return this.picture().getByRole('button', { name: 'Undo' });
  }

  /** What went wrong, across the top. */
  problem(): Locator {
    return this.page.getByRole('main').getByRole('alert').first();
  }

  async dismissProblem(): Promise<void> {
    await this.problem()
      .getByRole('button', { name: /^Dismiss: / })
      .click();
  }

  cropDialog(): Locator {
    return this.page.getByRole('dialog', { name: 'Crop your picture' });
  }

  /** The square; it takes the keys. */
  cropArea(): Locator {
    return this.cropDialog().getByRole('application', { name: 'Crop area' });
  }

  zoomSlider(): Locator {
    return this.cropDialog().getByRole('slider', { name: 'Zoom' });
  }

  /** Pixels that will be kept: "480 × 480 pixels". */
  keptPixels(): Locator {
    return this.cropDialog().getByRole('figure');
  }

  /** Why the picture could not be saved. */
  failure(): Locator {
    return this.cropDialog().getByRole('alert');
  }

  saveButton(): Locator {
    return this.cropDialog().getByRole('button', { name: 'Save' });
  }

  /** Saves and waits until the dialog is gone, which it is when Zoom has taken the picture. */
  async save(): Promise<void> {
    await this.saveButton().click();
    await this.cropDialog().waitFor({ state: 'hidden' });
  }

  async cancel(): Promise<void> {
    await this.cropDialog().getByRole('button', { name: 'Cancel' }).click();
  }
}
