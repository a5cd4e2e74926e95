import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

type Look = 'light' | 'dark';

/** What is on the window's screen has no fault that axe knows, in each look; the window keeps the last one. */
export async function expectAccessible(
  { page }: { readonly page: Page },
  looks: readonly Look[] = ['light', 'dark'],
): Promise<void> {
  for (const colorScheme of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Legacy mode: the usual one opens a page of its own for the results, which an Electron app cannot.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    expect(found, colorScheme).toEqual([]);
  }
}
