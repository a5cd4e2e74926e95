/** The figures of the Advanced screen: how soon it is usable, how soon it finds, and how it bears large forms and answers. */
import type { Practice } from '../../electron/practice/server.ts';
import type { Panel } from '../support/desktop/panel.ts';
import { controlOf } from '../support/practice-control.ts';
import { type Figure, median, p95, rounded } from './numbers.ts';
import type { Page } from './page.ts';
import { quiet } from './processes.ts';
import { plainField, timed, typing, withApp } from './screen.ts';
import type { Progress } from './turns.ts';

const aims = { open: 150, answer: 500, key: 16 } as const;
const opens = 9;
const answers = 5;

const list = '[data-operation]';
const search = `document.querySelector('[role=combobox][aria-label="Search operations"]')`;

const open = (id: string) => `document.querySelector('[data-operation="${id}"]').click()`;

/** From the click on Advanced until the list of operations is painted, against the same click on Preferences. */
export async function advancedOpen(_panel: Panel, progress: Progress): Promise<Figure> {
  return withApp(async (page) => {
    const first = await page.run<number>(timed('Advanced', list));
    const advanced: number[] = [];
    const preferences: number[] = [];
    for (let run = 0; run < opens; run++) {
      await quiet();
      preferences.push(await page.run<number>(timed('Preferences', 'main [role=radiogroup]')));
      advanced.push(await page.run<number>(timed('Advanced', list)));
      progress(`Advanced ${advanced.at(-1)?.toFixed(1)}, Preferences ${preferences.at(-1)?.toFixed(1)}`);
    }
    const [value, baseline] = [median(advanced), median(preferences)];
    return {
      figure: 'advanced-open',
      unit: 'ms',
      value: rounded(value),
      baseline: rounded(baseline),
      ratio: rounded(value / baseline),
      aim: `< ${aims.open} ms`,
      met: value < aims.open,
      runs: opens,
      // With the code still to come.
      first: rounded(first),
    };
  });
}

/** A list of 10,000 entries, more than 5 MB. */
const largeBody = JSON.stringify({
  users: Array.from({ length: 10_000 }, (_, at) => ({ id: `id-${at}`, note: 'n'.repeat(490) })),
});

async function answerOnce(practice: Practice, body: string): Promise<void> {
  const fault = { kind: 'status', status: 200, body, contentType: 'application/json' } as const;
  await controlOf(practice).fault(fault, { operationId: 'userPermission' });
}

/** Milliseconds from Send until the first lines of another answer than before are painted. */
const sent = `(async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const before = document.querySelector('[role=tree]');
  const begun = performance.now();
  [...document.querySelectorAll('main button')].find((one) => one.textContent === 'Send').click();
  const shown = () => {
    const tree = document.querySelector('[role=tree]');
    return tree !== before && tree?.querySelector('[role=treeitem]');
  };
  while (!shown()) await frame();
  await frame();
  return performance.now() - begun;
})()`;

/** From Send until the lines of an answer of 5 MB are painted, against one of a few bytes. */
export async function advancedAnswer(_panel: Panel, progress: Progress): Promise<Figure> {
  return withApp(async (page, practice) => {
    await page.run(timed('Advanced', list));
    await page.run(open('userPermission'));
    const large: number[] = [];
    const small: number[] = [];
    for (let run = 0; run < answers; run++) {
      for (const [body, took] of [
        ['{"permissions":[]}', small],
        [largeBody, large],
      ] as const) {
        await answerOnce(practice, body);
        await quiet();
        took.push(await page.run<number>(sent));
      }
      progress(`5 MB ${large.at(-1)?.toFixed(0)}, small ${small.at(-1)?.toFixed(0)}`);
    }
    const [value, baseline] = [median(large), median(small)];
    return {
      figure: 'advanced-answer',
      unit: 'ms',
      value: rounded(value),
      baseline: rounded(baseline),
      ratio: rounded(value / baseline),
      aim: `< ${aims.answer} ms for 5 MB`,
      met: value < aims.answer,
      runs: answers,
    };
  });
}

const words = ['presence', 'PATCH', 'user:read', 'assistants', 'settings', 'zak'];

/** From each key press in the search to the operations in the page (p95), against the same keys in a plain field. */
export async function advancedSearch(_panel: Panel, progress: Progress): Promise<Figure> {
  return withApp(async (page) => {
    await page.run(timed('Advanced', list));
    return keys(page, progress, 'advanced-search', search);
  });
}

/** The same in a field of the largest form, with all of its groups unfolded. */
export async function advancedForm(_panel: Panel, progress: Progress): Promise<Figure> {
  return withApp(async (page) => {
    await page.run(timed('Advanced', list));
    await page.run(open('userSettingsUpdate'));
    const folded = `document.querySelectorAll('main h4 button[aria-expanded=false]')`;
    await page.until(`${folded}.length > 0`);
    await page.until(`(${folded}.forEach((one) => one.click()), ${folded}.length === 0)`);
    const field = `document.querySelector('[data-field="/body/in_meeting/custom_service_instructions"] input')`;
    await page.until(field);
    return keys(page, progress, 'advanced-form', field);
  });
}

async function keys(page: Page, progress: Progress, figure: string, field: string): Promise<Figure> {
  await page.run(typing(field, words));
  await quiet();
  const took = await page.run<number[]>(typing(field, words));
  const baseline = p95(await page.run<number[]>(typing(plainField, words)));
  const value = p95(took);
  progress(`p50 ${median(took).toFixed(1)}, p95 ${value.toFixed(1)} of ${took.length} keys`);
  return {
    figure,
    unit: 'ms',
    value: rounded(value),
    baseline: rounded(baseline),
    ratio: rounded(value / Math.max(baseline, 0.1)),
    aim: `p95 < ${aims.key} ms`,
    met: value < aims.key,
    runs: took.length,
    p50: rounded(median(took)),
  };
}
