import { expect, type Locator, type Page } from '@playwright/test';
import { longer } from '../../../shared/words/longer.ts';

/** What no language changes: units, keys, formats, addresses, and the names of the practice account's person and files. */
const sameEverywhere =
  /[\w.-]+@[\w.-]+|\b(?:AM|PM|kB|MB|GB|UTC|Ctrl|Alt|Enter|null|true|false|OAuth|zoom\.us|zoomgov\.com|Robin Ashdown|[\w ]+\.png)\b/g;

/** English words in a text of the pseudo-locale, besides the values that are isolated in it. */
export function plainIn(text: string): string[] {
  const ours = text.replace(/\u2068[^\u2069]*\u2069/g, '').replace(sameEverywhere, '');
  return ours.match(/[a-z]{2,}[a-z ]*/gi) ?? [];
}

/** What of a page goes by an English word, in the pseudo-locale. */
export const named = (page: Page, role: Parameters<Page['getByRole']>[0], word: string): Locator =>
  page.getByRole(role, { name: longer(word), exact: true });

/** A whole page, or its dialog, is in the pseudo-locale, and nothing of its words is cut. */
export async function expectLonger(page: Page, what: string): Promise<void> {
  expect(await textsOf(page), `${what} is all in the pseudo-locale`).toEqual([]);
  const troubles = await page.getByRole('alert').allTextContents();
  expect(troubles.flatMap(plainIn), `what went wrong in ${what} is, too`).toEqual([]);
  expect(await cutIn(page), `nothing is cut in ${what}`).toEqual([]);
}

/** Texts and names of the page that have English words: all but what a person or Zoom has written. */
async function textsOf(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    // What react-aria announces of selections is in languages of its own.
    const data =
      'bdi, code, kbd, .selectable, .font-mono, textarea, [aria-hidden=true], [data-live-announcer]';
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
export async function cutIn(page: Page): Promise<string[]> {
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
