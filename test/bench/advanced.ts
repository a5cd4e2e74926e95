/** The figures of the Advanced screen: how soon it is usable, how soon it finds, and how it bears large forms and answers. */
import type { Practice } from '../../electron/practice/server.ts';
import type { Panel } from '../support/desktop/panel.ts';
import { controlOf } from '../support/practice-control.ts';
import { compared, type Figure, median } from './numbers.ts';
import { quiet } from './processes.ts';
import { keysIn, openingOf, timed, withApp } from './screen.ts';
import type { Progress } from './turns.ts';

/** Milliseconds. */
const aim = 500;
const answers = 5;

const list = '[data-operation]';
const search = `document.querySelector('[role=combobox][aria-label="Search operations"]')`;

const open = (id: string) => `document.querySelector('[data-operation="${id}"]').click()`;

export function advancedOpen(_panel: Panel, progress: Progress): Promise<Figure> {
  return openingOf({ figure: 'advanced-open', tab: 'Advanced', there: list }, progress);
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
    return {
      figure: 'advanced-answer',
      unit: 'ms',
      ...compared(large, small),
      aim: `< ${aim} ms for 5 MB`,
      met: median(large) < aim,
    };
  });
}

const words = ['presence', 'PATCH', 'user:read', 'assistants', 'settings', 'zak'];

export async function advancedSearch(_panel: Panel, progress: Progress): Promise<Figure> {
  return withApp(async (page) => {
    await page.run(timed('Advanced', list));
    return keysIn(page, { figure: 'advanced-search', field: search, words }, progress);
  });
}

/** In a field of the largest form, with all of its groups unfolded. */
export async function advancedForm(_panel: Panel, progress: Progress): Promise<Figure> {
  return withApp(async (page) => {
    await page.run(timed('Advanced', list));
    await page.run(open('userSettingsUpdate'));
    const folded = `document.querySelectorAll('main h4 button[aria-expanded=false]')`;
    await page.until(`${folded}.length > 0`);
    await page.until(`(${folded}.forEach((one) => one.click()), ${folded}.length === 0)`);
    const field = `document.querySelector('[data-field="/body/in_meeting/custom_service_instructions"] input')`;
    await page.until(field);
    return keysIn(page, { figure: 'advanced-form', field, words }, progress);
  });
}
