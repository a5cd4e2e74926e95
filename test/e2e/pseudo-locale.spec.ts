import type { Page } from '@playwright/test';
import { screens } from '../../shared/places.ts';
import { screenWords } from '../../shared/words/en/screens.ts';
import { longer } from '../../shared/words/longer.ts';
import { expect, test } from '../support/desktop/tally.ts';

test('in the pseudo-locale no words are cut and none are plain English, on any screen, wide, narrow or enlarged', async ({
  panel,
  launch,
}) => {
  const tally = await launch({ env: { TALLY_LANG: 'x-long' } });
  const { page } = await tally.window();
  const { tooltip, menu } = await panel.waitFor(({ tooltip }) => tooltip !== '', 'a tooltip');
  for (const label of [tooltip, ...menu.map(({ label }) => label)]) expect(plainIn(label)).toEqual([]);
  for (const [width, height, times] of [
    [900, 680, 1],
    [380, 700, 1],
    [1_280, 800, 4],
  ] as const) {
    await tally.resize(width, height);
    await tally.enlarge(times);
    await expect.poll(() => page.evaluate(() => globalThis.innerWidth)).toBeLessThanOrEqual(width / times);
    for (const [at, screen] of screens.entries()) {
      await page.keyboard.press(`Control+${at + 1}`);
      // The status screen is headed by the status.
      const heading = screen === 'status' ? 'Available' : screenWords[screen];
      await expect(page.getByRole('heading', { level: 1, name: longer(heading) })).toBeVisible();
      await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
      const where = `${screen} at ${width} px, enlarged ${times} times`;
      expect(await textsOf(page), `${where}, is all in the pseudo-locale`).toEqual([]);
      expect(await cutIn(page), `nothing is cut on ${where}`).toEqual([]);
      const seen = await page.evaluate(
        () => (document.querySelector('main')?.clientHeight ?? 0) / innerHeight,
      );
      expect(seen, `most of ${where}, is the screen itself`).toBeGreaterThan(0.55);
    }
  }
});

/** What no language changes: units, keys, formats, and the names of the practice account's person and files. */
const sameEverywhere = /\b(?:AM|PM|kB|MB|GB|UTC|Ctrl|null|true|false|Robin Ashdown|[\w ]+\.png)\b/g;

/** English words in a text of the pseudo-locale, besides the values that are isolated in it. */
function plainIn(text: string): string[] {
  const ours = text.replace(/\u2068[^\u2069]*\u2069/g, '').replace(sameEverywhere, '');
  return ours.match(/[a-z]{2,}[a-z ]*/gi) ?? [];
}

/** Texts and names of the page that have English words: all but what a person or Zoom has written. */
async function textsOf(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const data = 'bdi, code, kbd, .selectable, .font-mono, textarea, [aria-hidden=true]';
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!node.parentElement?.closest(data)) found.push(node.textContent ?? '');
    for (const element of document.body.querySelectorAll('*')) {
      if (element.matches(data)) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'])
        found.push(element.getAttribute(name) ?? '');
    }
    return found;
  });
  return [...new Set(texts)].filter((text) => plainIn(text).length > 0);
}

/** Elements whose words do not fit into them, and that do not tell the whole of them by a title. */
async function cutIn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const hasWords = ({ childNodes }: Element) =>
      [...childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    const isCut = (element: Element) => {
      if (element !== document.documentElement && !hasWords(element)) return false;
      // Of one pixel is what only screen readers are told.
      if (element.clientWidth <= 1 || element.scrollWidth <= element.clientWidth + 1) return false;
      const { overflowX, textOverflow } = getComputedStyle(element);
      if (overflowX === 'auto' || overflowX === 'scroll') return false;
      return !(textOverflow === 'ellipsis' && element.closest('[title], bdi'));
    };
    const all = [
      document.documentElement,
      ...document.body.querySelectorAll('*:not(input, textarea, select)'),
    ];
    return all
      .filter(isCut)
      .map((element) => `${element.tagName} ${element.className}: ${element.textContent}`);
  });
}
