/** What large files that are dropped cost: how long main stands still, how long the tray takes meanwhile, and memory. */
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../../scripts/electron.mjs';
import type { Panel } from '../support/desktop/panel.ts';
import { glassPng, movingGif, photoOf } from '../support/large-files.ts';
import { box, movieOf } from '../support/media-corpus-files.ts';
import { type Clicker, startClicker } from './clicker.ts';
import { connected } from './figures.ts';
import { type Figure, median, rounded } from './numbers.ts';
import { debugged, openMain, openPage, type Page } from './page.ts';
import type { PictureFiles } from './picture-files.ts';
import type { PictureServer } from './picture-server.ts';
import { showBackgrounds, withParts, zone } from './pictures.ts';
import { type App, quiet, startApp } from './processes.ts';
import type { Progress } from './turns.ts';

/** Where the main process can be asked. */
const inspector = 9_331;
/** Times that each is dropped: the kinds that keep main busiest twice, others differ little from one time to the next. */
const runsOf = (kind: Kind) => (kind === 'png' || kind === 'camera' ? 2 : 1);
/** Milliseconds until an app has come to rest, before a drop and after it. */
const settling = 1_500;
/** Milliseconds that an app which does nothing is watched. */
const watching = 1_000;
/** Clicks in an app at rest. */
const restingClicks = 5;
/** Milliseconds from a drop to the first click: the work is in full swing. */
const soon = 300;
/** Milliseconds between clicks. */
const betweenClicks = 150;

/** The files of each kind. Made by the recipes of test/support/large-files.ts, in sizes that people dropped. */
const kinds = {
  png: (files: PictureFiles) => [files.file('png', glassPng(4_600, 2_600, 11))],
  camera: (files: PictureFiles) => [
    files.file('jpg', photoOf({ width: 6_000, height: 4_032, grain: 150, quality: 92 })),
  ],
  huge: (files: PictureFiles) => [
    files.file('jpg', photoOf({ width: 11_544, height: 8_640, grain: 72, quality: 87 })),
  ],
  phones: (files: PictureFiles) => Array.from({ length: 10 }, () => files.photo()),
  gif: (files: PictureFiles) => [files.file('gif', movingGif(480, 270, 94))],
  async mov(files: PictureFiles) {
    const movie = await movieOf(1_280, 720, { format: 'mov' });
    return [files.file('mov', Buffer.concat([movie, box('free', Buffer.alloc(200_000_000 - movie.length))]))];
  },
} as const;
type Kind = keyof typeof kinds;
const kindNames = Object.keys(kinds) as Kind[];

/** Whether every row has come to its end, or to a question that can be answered with all that there is to see. */
const settled = (count: number) =>
  `(() => {
    const rows = [...document.querySelectorAll('main li')].filter((row) => /Uploaded|Unsupported file|Then/.test(row.textContent));
    return rows.length >= ${count};
  })()`;

/** Beside how long it stood still, how long main's own thread had the processor meanwhile (proc(5), schedstat): the rest it waited for one. */
const watchMain = `(() => {
  const { readFileSync } = require('node:fs');
  const processor = () => parseInt(readFileSync('/proc/self/schedstat', 'latin1')) / 1e6;
  let [last, before] = [performance.now(), processor()];
  globalThis.longest = 0;
  globalThis.worked = 0;
  clearInterval(globalThis.watch);
  globalThis.watch = setInterval(() => {
    const [now, then] = [performance.now(), processor()];
    globalThis.longest = Math.max(globalThis.longest, now - last - 5);
    globalThis.worked = Math.max(globalThis.worked, then - before);
    [last, before] = [now, then];
  }, 5);
})()`;
const longest = 'globalThis.longest';
const worked = 'globalThis.worked';

interface Parts {
  readonly app: App;
  readonly page: Page;
  readonly main: Awaited<ReturnType<typeof openMain>>;
}

/** Starts Tally, goes to Backgrounds and comes to rest; ends it after `use`. */
async function atRest<T>(server: PictureServer, panel: Panel, use: (parts: Parts) => Promise<T>): Promise<T> {
  await quiet();
  const inspected = [debugged, `--inspect=127.0.0.1:${inspector}`];
  const zoom = { TALLY_ZOOM_API: server.apiUrl, TALLY_ZOOM_TOKEN: 'bench' };
  const app = startApp(root, inspected, zoom);
  try {
    const page = await openPage(app);
    await connected(panel);
    await showBackgrounds(page);
    const main = await openMain(inspector);
    await delay(settling);
    const found = await use({ app, page, main });
    main.close();
    page.close();
    return found;
  } finally {
    await app.stop();
    await panel.waitForNoItem();
  }
}

/** What an app of its own has shown of a drop: before it, and from then until all was done. */
interface Dropped {
  readonly kind: Kind;
  readonly before: number;
  readonly during: number;
}

/** Drops each kind in apps of their own; `measure` gives what is compared. */
async function eachKind<T extends Omit<Dropped, 'kind'>>(
  panel: Panel,
  measure: (parts: Parts & { server: PictureServer; drop: () => Promise<void> }, kind: Kind) => Promise<T>,
  names: readonly Kind[] = kindNames,
  runs: (kind: Kind) => number = runsOf,
): Promise<readonly (T & Pick<Dropped, 'kind'>)[]> {
  const all: (T & Pick<Dropped, 'kind'>)[] = [];
  await withParts(async (server, files) => {
    for (const kind of names) {
      const dropped = await kinds[kind](files);
      for (let run = 0; run < runs(kind); run++) {
        await atRest(server, panel, async (parts) => {
          const drop = async () => {
            await parts.page.drop(zone, dropped);
            await parts.page.until(settled(dropped.length));
          };
          all.push({ kind, ...(await measure({ ...parts, server, drop }, kind)) });
        });
      }
    }
  });
  return all;
}

/** The median of each kind, and the worst of these against what is so before a drop. */
function worstOf(all: readonly Dropped[]) {
  const of = (kind: Kind) => all.filter((one) => one.kind === kind).map(({ during }) => during);
  const named = kindNames.filter((kind) => of(kind).length > 0);
  const byKind = Object.fromEntries(named.map((kind) => [kind, rounded(median(of(kind)))]));
  const [worst, idle] = [Math.max(...Object.values(byKind)), median(all.map(({ before }) => before))];
  return { byKind, worst, idle, runs: Math.max(...named.map((kind) => of(kind).length)) };
}

interface Disturbed {
  readonly stood: readonly Dropped[];
  readonly clicked: readonly Dropped[];
  /** How long main's own thread had the processor at a stretch, ms. */
  readonly worked: number;
}

let disturbed: Promise<Disturbed> | undefined;

/** How long main stands still and how long clicks in the tray take, of the same drops: once for both figures. */
function disturbance(panel: Panel, progress: Progress): Promise<Disturbed> {
  disturbed ??= watchDrops(panel, progress);
  return disturbed;
}

async function watchDrops(panel: Panel, progress: Progress): Promise<Disturbed> {
  const clicker = await startClicker();
  const clicked: Dropped[] = [];
  const work: number[] = [];
  try {
    const stood = await eachKind(panel, async ({ main, server, drop }, kind) => {
      const click = clicksAt(clicker, panel, server);
      await main.run(watchMain);
      await delay(watching);
      const before = await main.run<number>(longest);
      const resting: number[] = [];
      for (let count = 0; count < restingClicks; count++) resting.push(await click());
      await main.run(watchMain);
      const clicks: number[] = [];
      let over = false;
      const dropped = drop().then(() => {
        over = true;
      });
      await delay(soon);
      while (!over) clicks.push(await click());
      await dropped;
      work.push(await main.run<number>(worked));
      const during = await main.run<number>(longest);
      const [rest, took] = [median(resting), median(clicks.length > 0 ? clicks : resting)];
      clicked.push({ kind, before: rest, during: took });
      const words = `stood still ${during.toFixed(1)} (at rest ${before.toFixed(1)})`;
      progress(`${kind}: ${words}, a click ${took.toFixed(1)} (${rest.toFixed(1)})`);
      return { before, during };
    });
    return { stood, clicked, worked: Math.max(...work) };
  } finally {
    clicker.close();
  }
}

/** The longest time that main's event loop stood still, for the worst kind of file. Baseline: nothing is done. */
export async function dropFreeze(panel: Panel, progress: Progress): Promise<Figure> {
  const { stood, worked: processor } = await disturbance(panel, progress);
  const { worst, idle, byKind, runs } = worstOf(stood);
  return {
    figure: 'drop-freeze',
    unit: 'ms',
    value: worst,
    baseline: rounded(idle),
    ratio: rounded(worst / Math.max(idle, 0.1)),
    aim: '< 50 for each kind',
    met: worst < 50,
    runs,
    processor: rounded(processor),
    ...byKind,
  };
}

/** From clicks in the tray until Zoom has them, at their median, while the worst kind of file is worked on. Baseline: nothing is done. */
export async function dropTray(panel: Panel, progress: Progress): Promise<Figure> {
  const { worst, idle, byKind, runs } = worstOf((await disturbance(panel, progress)).clicked);
  return {
    figure: 'drop-tray',
    unit: 'ms',
    value: worst,
    baseline: rounded(idle),
    ratio: rounded(worst / idle),
    aim: '<= 2 times at rest',
    met: worst <= 2 * idle,
    runs,
    ...byKind,
  };
}

/** Clicks one status and then another; gives how long each took, from the look for the menu on where main does not even show that. */
function clicksAt(clicker: Clicker, panel: Panel, server: PictureServer): () => Promise<number> {
  let count = 0;
  return async () => {
    const began = performance.now();
    const fire = await clicker.aim(await panel.waitForItem(), count++ % 2 === 0 ? 'Away' : 'Available');
    const looked = performance.now();
    const arrival = server.nextChange();
    const { at, done } = fire();
    const [arrived] = await Promise.all([arrival, done]);
    await delay(betweenClicks);
    // A panel asks for the menu well before it is clicked, but a main that stands still would be measured after it.
    return arrived - (looked - began > 100 ? began : at);
  };
}

/** What all processes take at their peak for a photo of 100 megapixels, over what they take before. `after`: a while later. */
export async function dropMemory(panel: Panel, progress: Progress): Promise<Figure> {
  const after: number[] = [];
  const all = await eachKind(
    panel,
    async ({ app, drop }) => {
      const before = app.memory();
      let over = false;
      let peak = 0;
      const sampled = (async () => {
        while (!over) {
          peak = Math.max(peak, app.memory());
          await delay(5);
        }
      })();
      await drop();
      over = true;
      await sampled;
      await delay(settling);
      after.push(app.memory() - before);
      progress(`+${(peak - before).toFixed(1)} over ${before.toFixed(1)}`);
      return { before, during: peak - before };
    },
    ['huge'],
    () => 2,
  );
  const { worst, idle, runs } = worstOf(all);
  return {
    figure: 'drop-memory',
    unit: 'MB',
    value: worst,
    baseline: rounded(idle),
    ratio: rounded(1 + worst / idle),
    aim: '<= 400 over the idle app for 100 MP',
    met: worst <= 400,
    runs,
    after: rounded(median(after)),
  };
}
