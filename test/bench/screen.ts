import { type Practice, startPractice } from '../../electron/practice/server.ts';
import { root } from '../../scripts/electron.mjs';
import { compared, type Figure, median, p95, rounded } from './numbers.ts';
import { debugged, openPage, type Page } from './page.ts';
import { type App, makeUserData, quiet, startApp } from './processes.ts';
import type { Progress } from './turns.ts';

/** A button of the navigation that can be used, by what can be read on it: what a narrow window says instead is hidden. */
export const tab = (word: string) =>
  `[...document.querySelectorAll('nav button')].find((one) => !one.closest('[inert]') && one.innerText.trim() === '${word}')`;
/** Milliseconds until a screen is given up. */
const patience = 20_000;
/** Script for the page: does something, and gives the milliseconds until what is then true has been painted. */
export const painted = (act: string, then: string) => `(async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const begun = performance.now();
  ${act};
  while (!(${then})) {
    if (performance.now() - begun > ${patience}) throw new Error(${JSON.stringify(`The window did not get so far: ${then}`)});
    await frame();
  }
  await frame();
  return performance.now() - begun;
})()`;
/** Script for the page: the first element that `selector` selects. */
export const there = (selector: string) => `document.querySelector(${JSON.stringify(selector)})`;
/** Script for the page: milliseconds from a click on a tab until what `selector` selects has been painted. */
export const timed = (word: string, selector: string) => painted(`${tab(word)}.click()`, there(selector));

/** Something to do before the app begins: with its user data, and once it is there. */
export interface Started {
  prepare?(userData: string, practice: Practice): Promise<void>;
  started?(app: App): void;
}

/** What an app is given to use a practice Zoom that runs outside of it. */
export const accountAt = (practice: Practice) => ({
  TALLY_ZOOM_API: practice.apiUrl,
  TALLY_ZOOM_OAUTH: practice.oauthUrl,
  TALLY_ZOOM_TOKEN: practice.accessToken,
});

/** Runs `use` with the app on a practice Zoom of its own. */
export async function withApp<T>(
  use: (page: Page, practice: Practice) => Promise<T>,
  { prepare, started }: Started = {},
): Promise<T> {
  const practice = await startPractice();
  const userData = makeUserData();
  await prepare?.(userData, practice);
  const app = startApp(root, [debugged], accountAt(practice), userData);
  started?.(app);
  try {
    const page = await openPage(app);
    await page.until(tab('Zoom settings'));
    await page.until(`document.querySelector('main h1')`);
    const result = await use(page, practice);
    page.close();
    return result;
  } finally {
    await app.stop();
    await practice.close();
  }
}

const aims = { open: 150, key: 16 } as const;
const opens = 9;

/** From the click on a screen's tab until what `there` selects is painted, against the same click on Preferences. */
export async function openingOf(
  { figure, tab, there }: { readonly figure: string; readonly tab: string; readonly there: string },
  progress: Progress,
): Promise<Figure> {
  return withApp(async (page) => {
    const first = await page.run<number>(timed(tab, there));
    const took: number[] = [];
    const preferences: number[] = [];
    for (let run = 0; run < opens; run++) {
      await quiet();
      preferences.push(await page.run<number>(timed('Preferences', 'main [role=radiogroup]')));
      took.push(await page.run<number>(timed(tab, there)));
      progress(`${tab} ${took.at(-1)?.toFixed(1)}, Preferences ${preferences.at(-1)?.toFixed(1)}`);
    }
    return {
      figure,
      unit: 'ms',
      ...compared(took, preferences),
      aim: `< ${aims.open} ms`,
      met: median(took) < aims.open,
      // With the code and Zoom's answer still to come.
      first: rounded(first),
    };
  });
}

/** Types words key by key into a field, and gives how long each key took until what it shows has its place, in ms. */
const typing = (field: string, words: readonly string[]) => `(() => {
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
const plainField = `(() => { const made = document.createElement('input'); document.querySelector('main').append(made); return made; })()`;

/** From each key press in a field until what it shows has its place (p95), against the same keys in a plain field. */
export async function keysIn(
  page: Page,
  {
    figure,
    field,
    words,
  }: { readonly figure: string; readonly field: string; readonly words: readonly string[] },
  progress: Progress,
): Promise<Figure> {
  await page.run(typing(field, words));
  await quiet();
  const took = await page.run<number[]>(typing(field, words));
  const plain = await page.run<number[]>(typing(plainField, words));
  progress(`p50 ${median(took).toFixed(1)}, p95 ${p95(took).toFixed(1)} of ${took.length} keys`);
  return {
    figure,
    unit: 'ms',
    ...compared(took, plain, p95),
    aim: `p95 < ${aims.key} ms`,
    met: p95(took) < aims.key,
    p50: rounded(median(took)),
  };
}
