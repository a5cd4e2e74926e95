/** How soon the window is there: from the click in the panel to the first painted words, and to the same window shown again. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startPractice } from '../../electron/practice/server.ts';
import { root } from '../../scripts/electron.mjs';
import type { Panel } from '../support/desktop/panel.ts';
import { startClicker } from './clicker.ts';
import { connected } from './figures.ts';
import { compared, type Figure, median, p95, rounded } from './numbers.ts';
import { debugged, openMain, openPage, type Page } from './page.ts';
import { type App, startApp } from './processes.ts';
import { accountAt } from './screen.ts';
import { inTurns, overhead, type Progress, type Which } from './turns.ts';

const helloWindow = join(root, 'test/bench/hello-window');
const label = 'Open Tally';
/** Milliseconds until an app that has all it needs has also come to rest. */
const settling = 1_500;
/** The same with a window, whose renderer has all that it needs. */
const atRest = 3_000;
/** Milliseconds between hiding a window and asking for it again. */
const betweenShows = 300;

const startsWith = (...args: string[]) => ({
  tally: () => startApp(root, ['--practice', '--hidden', debugged, ...args]),
  hello: () => startApp(helloWindow, [debugged, ...args]),
});

/** The page tells instants by the system's clock, as this process does here: both are on one computer. */
const now = () => performance.timeOrigin + performance.now();
const painted = `performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0]?.startTime`;
/** The instant at which the words of its screen were painted: of all words there, those of the screen are the largest. */
const wordsPainted = `new Promise((resolve) =>
  new PerformanceObserver((list) => {
    const words = list.getEntries().find(({ element }) => element?.closest('main'));
    if (words) resolve(performance.timeOrigin + words.renderTime);
  }).observe({ type: 'largest-contentful-paint', buffered: true }))`;
/** Script for the page: `window.shown` becomes the instant of the frame that follows the page's being shown again. */
const watchShown = `void (window.shown = new Promise((resolve) => {
  document.addEventListener('visibilitychange', function look() {
    if (document.hidden) return;
    document.removeEventListener('visibilitychange', look);
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now())));
  });
}))`;

type Opens = 'window' | 'popover';

interface Opened {
  readonly page: Page;
  /** When that was clicked. */
  readonly clicked: number;
  /** Clicks the item again; when that was. */
  click(): Promise<number>;
  close(): void;
}

/** Opens the window of a running app by its tray item; Tally's popover by a click on its icon. */
async function open(panel: Panel, app: App, which: Which, opens: Opens = 'window'): Promise<Opened> {
  const clicker = await startClicker();
  const item = await panel.waitForItem();
  if (which === 'tally') await connected(panel);
  await delay(settling);
  const byItem = async () => {
    const fire = await clicker.aim(item, label);
    const at = now();
    await fire().done;
    return at;
  };
  const byIcon = async () => {
    const at = now();
    await panel.activate();
    return at;
  };
  const click = which === 'tally' && opens === 'popover' ? byIcon : byItem;
  const clicked = await click();
  const page = await openPage(app);
  // A page that was hidden when it first painted has no entry of that.
  const drawn = `document.querySelector('main h1') && !document.querySelector('main [aria-busy=true]')`;
  await page.until(`${drawn} && ${opens === 'window' ? painted : '!document.hidden'}`);
  const close = () => {
    page.close();
    clicker.close();
  };
  return { page, clicked, click, close };
}

/** What both figures of the first window are taken of, measured once. */
let openings: Promise<Record<Which, Record<'painted' | 'ready', number>[]>> | undefined;

/** The first window of a running app, from the click to an instant of it. */
function firstWindow(name: string, aim: Aim, instant: 'painted' | 'ready') {
  return async (panel: Panel, progress: Progress): Promise<Figure> => {
    const turns = { rounds: 5, warmUps: 1, panel, progress, starts: startsWith() };
    openings ??= inTurns(turns, async (app, which) => {
      const { page, clicked, close } = await open(panel, app, which);
      const at = { painted: await page.run<number>(painted), ready: await page.run<number>(wordsPainted) };
      close();
      return { painted: at.painted - clicked, ready: at.ready - clicked };
    });
    const { tally, hello } = await openings;
    return figure(name, aim, {
      tally: tally.map((opening) => opening[instant]),
      hello: hello.map((opening) => opening[instant]),
    });
  };
}

/** Until anything is painted. */
export const windowOpen = firstWindow('window-open', { most: 300, times: 1.5 }, 'painted');

/** Until the words of its screen are. */
export const windowReady = firstWindow('window-ready', { most: 300 }, 'ready');

/** All processes of an app with its window open and at rest; Tally connected to a Zoom outside of it, as people have it. */
export async function windowMemory(panel: Panel, progress: Progress): Promise<Figure> {
  const practice = await startPractice();
  try {
    const tally = () => startApp(root, ['--hidden', debugged], accountAt(practice));
    const turns = { rounds: 3, warmUps: 1, panel, progress, starts: { ...startsWith(), tally } };
    const samples = await inTurns(turns, async (app, which) => {
      const { close } = await open(panel, app, which);
      await delay(atRest);
      close();
      return app.memory();
    });
    return overhead({ figure: 'window-memory', unit: 'MB', most: 25, over: 'hello-window' }, samples);
  } finally {
    await practice.close();
  }
}

/** Where the main process can be told to close the window as its frame would: a page that closes itself ends it. */
const inspector = 9_330;
const closing = `require('electron').BrowserWindow.getAllWindows()[0].close()`;

/** The window that was closed a moment ago, from the click to the second frame after it is shown. */
export async function windowReopen(panel: Panel, progress: Progress): Promise<Figure> {
  return figure('window-reopen', { most: 150 }, await reopened(panel, progress, 'window'));
}

/** The same of the popover, which is shown once its page has drawn what is so now; beside it the smallest app's window. */
export async function popoverOpen(panel: Panel, progress: Progress): Promise<Figure> {
  return figure('popover-open', { most: 150 }, await reopened(panel, progress, 'popover'));
}

async function reopened(panel: Panel, progress: Progress, opens: Opens): Promise<Record<Which, number[]>> {
  const shows = 7;
  const inspected = `--inspect=127.0.0.1:${inspector}`;
  const all: Record<Which, number[]> = { tally: [], hello: [] };
  const turns = { rounds: 2, panel, progress, starts: startsWith(inspected) };
  await inTurns(turns, async (app, which) => {
    const { page, click, close } = await open(panel, app, which, opens);
    const main = await openMain(inspector);
    const took: number[] = [];
    for (let show = 0; show < shows; show++) {
      await main.run(closing);
      await page.until('document.hidden');
      await delay(betweenShows);
      await page.run(watchShown);
      const clicked = await click();
      took.push((await page.run<number>('window.shown')) - clicked);
    }
    main.close();
    close();
    all[which].push(...took);
    return median(took);
  });
  return all;
}

interface Aim {
  readonly most: number;
  /** As many times the baseline, at most. */
  readonly times?: number;
}

function figure(name: string, { most, times }: Aim, { tally, hello }: Record<Which, number[]>): Figure {
  const both = compared(tally, hello);
  return {
    figure: name,
    unit: 'ms',
    ...both,
    aim: `< ${most}${times === undefined ? '' : `, <= ${times} times hello-window`}`,
    met: median(tally) < most && both.ratio <= (times ?? Number.POSITIVE_INFINITY),
    p95: rounded(p95(tally)),
    baselineP95: rounded(p95(hello)),
  };
}
