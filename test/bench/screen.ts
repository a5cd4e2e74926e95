import { type Practice, startPractice } from '../../electron/practice/server.ts';
import { root } from '../../scripts/electron.mjs';
import { debugged, openPage, type Page } from './page.ts';
import { startApp } from './processes.ts';

/** A button of the navigation. */
const tab = (word: string) =>
  `[...document.querySelectorAll('nav button')].find((one) => one.textContent.trim() === '${word}')`;
/** Milliseconds from a click until what `there` selects has been painted. */
export const timed = (word: string, there: string) => `(async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const begun = performance.now();
  ${tab(word)}.click();
  while (!document.querySelector(${JSON.stringify(there)})) await frame();
  await frame();
  return performance.now() - begun;
})()`;

/** Runs `use` with the app on a practice Zoom of its own. */
export async function withApp<T>(use: (page: Page, practice: Practice) => Promise<T>): Promise<T> {
  const practice = await startPractice();
  const app = startApp(root, [debugged], {
    TALLY_ZOOM_API: practice.apiUrl,
    TALLY_ZOOM_OAUTH: practice.oauthUrl,
    TALLY_ZOOM_TOKEN: practice.accessToken,
  });
  try {
    const page = await openPage(app);
    await page.until(tab('Settings'));
    await page.until(`document.querySelector('main h1')`);
    const result = await use(page, practice);
    page.close();
    return result;
  } finally {
    await app.stop();
    await practice.close();
  }
}

/** Types words key by key into a field, and gives how long each key took until what it shows has its place, in ms. */
export const typing = (field: string, words: readonly string[]) => `(() => {
  const field = ${field};
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  const took = [];
  for (const word of ${JSON.stringify(words)}) {
    for (let length = 1; length <= word.length; length++) {
      const begun = performance.now();
      set.call(field, word.slice(0, length));
      field.dispatchEvent(new Event('input', { bubbles: true }));
      // Layout belongs to it: what is found must have its place.
      void document.querySelector('main').offsetHeight;
      took.push(performance.now() - begun);
    }
    set.call(field, '');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  return took;
})()`;

/** A field that does nothing, to compare with. */
export const plainField = `(() => { const made = document.createElement('input'); document.querySelector('main').append(made); return made; })()`;
