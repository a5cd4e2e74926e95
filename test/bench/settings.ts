/** The figures of the Settings screen, with the full document of the practice Zoom: how soon it is usable, how soon it finds. */
import type { Panel } from '../support/desktop/panel.ts';
import { type Figure, median, p95, rounded } from './numbers.ts';
import { quiet } from './processes.ts';
import { plainField, timed, typing, withApp } from './screen.ts';
import type { Progress } from './turns.ts';

const aims = { open: 150, key: 16 } as const;
const opens = 9;

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
  return withApp(async (page) => {
    await page.run<number>(timed('Settings', '[data-setting] input'));
    const search = `document.querySelector('[role=combobox][aria-label="Search settings"]')`;
    await page.run(typing(search, words));
    await quiet();
    const keys = await page.run<number[]>(typing(search, words));
    const baseline = p95(await page.run<number[]>(typing(plainField, words)));
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
