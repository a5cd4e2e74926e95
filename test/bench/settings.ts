/** The figures of the Settings screen, with the full document of the practice Zoom: how soon it is usable, how soon it finds. */
import { startPractice } from '../../electron/practice/server.ts';
import { root } from '../../scripts/electron.mjs';
import type { Panel } from '../e2e/support/panel.ts';
import { type Figure, median, p95, rounded } from './numbers.ts';
import { debugged, openPage, type Page } from './page.ts';
import { quiet, startApp } from './processes.ts';
import type { Progress } from './turns.ts';

const aims = { open: 150, key: 16 } as const;
const opens = 9;

const tab = (word: string) =>
  `[...document.querySelectorAll('nav button')].find((one) => one.textContent.trim() === '${word}')`;
/** Milliseconds from a click until what `there` selects has been painted. */
const timed = (word: string, there: string) => `(async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const begun = performance.now();
  ${tab(word)}.click();
  while (!document.querySelector(${JSON.stringify(there)})) await frame();
  await frame();
  return performance.now() - begun;
})()`;

async function withApp<T>(use: (page: Page) => Promise<T>): Promise<T> {
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
    const result = await use(page);
    page.close();
    return result;
  } finally {
    await app.stop();
    await practice.close();
  }
}

/** From the click on Settings until a setting with its editor is painted, against the same click on Preferences. */
export async function settingsOpen(_panel: Panel, progress: Progress): Promise<Figure> {
  return withApp(async (page) => {
    const first = await page.run<number>(timed('Settings', '[data-setting] input'));
    const settings: number[] = [];
    const preferences: number[] = [];
    for (let run = 0; run < opens; run++) {
      await quiet();
      preferences.push(await page.run<number>(timed('Preferences', 'main [role=radiogroup]')));
      settings.push(await page.run<number>(timed('Settings', '[data-setting] input')));
      progress(`Settings ${settings.at(-1)?.toFixed(1)}, Preferences ${preferences.at(-1)?.toFixed(1)}`);
    }
    const [value, baseline] = [median(settings), median(preferences)];
    return {
      figure: 'settings-open',
      unit: 'ms',
      value: rounded(value),
      baseline: rounded(baseline),
      ratio: rounded(value / baseline),
      aim: `< ${aims.open} ms, with the settings known`,
      met: value < aims.open,
      runs: opens,
      // With the code and Zoom's answer still to come.
      first: rounded(first),
    };
  });
}

const words = ['waiting room', 'recording', 'chat', 'passcode', 'in_meeting', 'video'];

/** From each key press in the search to the results in the page (p95), against the same keys in a plain field. */
export async function settingsSearch(_panel: Panel, progress: Progress): Promise<Figure> {
  const type = (field: string) => `(() => {
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
  const plain = `(() => { const made = document.createElement('input'); document.querySelector('main').append(made); return made; })()`;
  return withApp(async (page) => {
    await page.run<number>(timed('Settings', '[data-setting] input'));
    const search = `document.querySelector('[role=combobox][aria-label="Search settings"]')`;
    await page.run(type(search));
    await quiet();
    const keys = await page.run<number[]>(type(search));
    const baseline = p95(await page.run<number[]>(type(plain)));
    const value = p95(keys);
    progress(`p50 ${median(keys).toFixed(1)}, p95 ${value.toFixed(1)} of ${keys.length} keys`);
    return {
      figure: 'settings-search',
      unit: 'ms',
      value: rounded(value),
      baseline: rounded(baseline),
      ratio: rounded(value / Math.max(baseline, 0.1)),
      aim: `p95 < ${aims.key} ms`,
      met: value < aims.key,
      runs: keys.length,
      p50: rounded(median(keys)),
    };
  });
}
