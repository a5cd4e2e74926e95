/** The figures of backgrounds: a file's way to Zoom, the memory that takes, and how soon pictures are seen. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { root } from '../../scripts/electron.mjs';
import type { FilesChannel } from '../../shared/ipc/channels.ts';
import type { Panel } from '../support/desktop/panel.ts';
import { compared, type Figure, median, rounded, spread } from './numbers.ts';
import { debugged, openPage, type Page } from './page.ts';
import { makePictureFiles, type PictureFiles } from './picture-files.ts';
import { type PictureServer, startPictureServer } from './picture-server.ts';
import { type App, isDisturbed, quiet, startApp } from './processes.ts';
import { tab } from './screen.ts';
import { inTurns, type Progress } from './turns.ts';
import type { Sent } from './uploader.ts';

const helloDrop = join(root, 'test/bench/hello-drop');
const channel: FilesChannel = 'backgrounds.add';
export const zone = `[data-files="${channel}"]`;

/** Zoom's limit in the smaller reading: what is sent without a warning. Bytes. */
const largest = 15_000_000;
/** Milliseconds until an app that has all it needs has also come to rest. */
const settling = 2_000;
/** Milliseconds between uploads: the copy that is kept of each is written by then. */
const betweenUploads = 500;
/** Apps started for one figure, at most, where another program keeps disturbing. */
const mostApps = 20;

const startTally = (server: PictureServer) =>
  startApp(root, [debugged], { TALLY_ZOOM_API: server.apiUrl, TALLY_ZOOM_TOKEN: 'bench' });

export async function showBackgrounds(page: Page): Promise<void> {
  const backgrounds = tab('Backgrounds');
  await page.until(backgrounds);
  await page.run(`${backgrounds}.click()`);
  await page.until(`document.querySelector('${zone}')`);
}

/** Gives `use` a server and files to drop, and removes both. */
export async function withParts<T>(
  use: (server: PictureServer, files: PictureFiles) => Promise<T>,
): Promise<T> {
  const server = await startPictureServer();
  const files = makePictureFiles();
  try {
    return await use(server, files);
  } finally {
    files.remove();
    await server.close();
  }
}

/** Starts Tally and goes to Backgrounds; ends it after `use`. */
async function atBackgrounds(
  server: PictureServer,
  use: (page: Page, app: App) => Promise<void>,
): Promise<void> {
  const app = startTally(server);
  try {
    const page = await openPage(app);
    await showBackgrounds(page);
    await delay(settling);
    await use(page, app);
    page.close();
  } finally {
    await app.stop();
  }
}

/**
 * A file of 15 MB dropped on the window and sent to a bare server, against curl with the same file and server, each over a
 * new connection. Both are timed at the server, from the head of the request until it has read all of it and answered.
 */
export async function uploadTime(_panel: Panel, progress: Progress): Promise<Figure> {
  // Zoom has room for ten: in each app, one that is not counted goes before these.
  const perApp = 9;
  const runs = perApp;
  await requireCurl();
  return withParts(async (server, files) => {
    const tally: number[] = [];
    const curl: number[] = [];
    for (let apps = 0; tally.length < runs; apps++) {
      if (apps === mostApps) throw new Error('another program keeps running the same Electron');
      await atBackgrounds(server, async (page) => {
        for (let upload = 0; upload <= perApp && tally.length < runs; upload++) {
          await quiet();
          const file = await files.video(largest);
          const order = upload % 2 === 0 ? (['tally', 'curl'] as const) : (['curl', 'tally'] as const);
          const round = await uploadByBoth(server, page, file, order);
          if (upload === 0 || isDisturbed()) continue;
          tally.push(round.tally);
          curl.push(round.curl);
          progress(
            `Tally ${round.tally.toFixed(1)}, curl ${round.curl.toFixed(1)} (${tally.length} of ${runs})`,
          );
        }
      });
    }
    const both = compared(tally, curl);
    const ratios = tally.map((took, round) => took / (curl[round] as number));
    return {
      figure: 'upload',
      unit: 'ms',
      ...both,
      aim: '<= 2 times curl',
      met: both.ratio <= 2,
      ratioSpread: spread(ratios),
    };
  });
}

/** The same upload by the app's client alone, without the app around it: what of the time is the client's own. */
export async function uploadByClient(_panel: Panel, progress: Progress): Promise<Figure> {
  const [runs, warmUps] = [20, 5];
  await requireCurl();
  return withParts(async (server, files) => {
    const client = new Worker(new URL('./uploader.ts', import.meta.url), { workerData: server.apiUrl });
    const file = await files.video(largest);
    const took: number[] = [];
    const curl: number[] = [];
    for (let round = 0; round < runs + warmUps; round++) {
      await quiet();
      const arrival = server.nextUpload();
      client.postMessage(file);
      const [{ problem }] = (await once(client, 'message')) as [Sent];
      if (problem !== undefined) throw new Error(problem);
      const mine = await arrival;
      const other = server.nextUpload();
      await runCurl(server, file);
      const theirs = await other;
      if (round < warmUps) continue;
      took.push(mine);
      curl.push(theirs);
      progress(`client ${mine.toFixed(1)}, curl ${theirs.toFixed(1)} (${took.length} of ${runs})`);
    }
    await client.terminate();
    const both = compared(took, curl);
    return {
      figure: 'upload-client',
      unit: 'ms',
      ...both,
      aim: '<= 2 times curl',
      met: both.ratio <= 2,
    };
  });
}

/** How long each of them took for the file, in ms. */
async function uploadByBoth(
  server: PictureServer,
  page: Page,
  file: string,
  order: readonly ('tally' | 'curl')[],
): Promise<{ tally: number; curl: number }> {
  const took = { tally: 0, curl: 0 };
  for (const who of order) {
    const arrival = server.nextUpload();
    await (who === 'tally' ? page.drop(zone, [file]) : runCurl(server, file));
    took[who] = await arrival;
    await delay(betweenUploads);
  }
  return took;
}

async function requireCurl(): Promise<void> {
  await promisify(execFile)('curl', ['--version']).catch(() => {
    throw new Error('Missing: curl. Install with: apt-get install curl');
  });
}

async function runCurl(server: PictureServer, file: string): Promise<void> {
  // Without the empty `Expect:` it would wait to be asked for the content.
  const form = ['--form', `file=@${file};type=video/mp4`, '--header', 'Expect:'];
  const url = `${server.apiUrl}/users/me/settings/virtual_backgrounds`;
  await promisify(execFile)('curl', [
    '--silent',
    '--show-error',
    '--fail',
    '--output',
    '/dev/null',
    ...form,
    url,
  ]);
}

/**
 * What the main process takes at the peak of an app's first upload over what it takes before, with Backgrounds on screen:
 * its proportional set size, sampled without a pause from the drop until a second after the answer. `residentPeak` is the
 * same of the resident set, whose peak the kernel itself keeps.
 */
export function uploadMemory(_panel: Panel, progress: Progress): Promise<Figure> {
  const runs = 3;
  return withParts(async (server, files) => {
    const idle: number[] = [];
    const extra: number[] = [];
    const resident: number[] = [];
    const gaps: number[] = [];
    for (let apps = 0; extra.length < runs; apps++) {
      if (apps === mostApps) throw new Error('another program keeps running the same Electron');
      await quiet();
      const file = await files.video(largest);
      await atBackgrounds(server, async (page, app) => {
        const before = app.mainMemory();
        const residentBefore = app.forgetPeak();
        const arrival = server.nextUpload();
        const sampling = samplePeak(() => app.mainMemory());
        await page.drop(zone, [file]);
        await arrival;
        await delay(1_000);
        const { peak, longestGap } = await sampling();
        const residentExtra = app.residentPeak() - residentBefore;
        progress(`+${(peak - before).toFixed(1)}, resident set +${residentExtra.toFixed(1)}`);
        if (isDisturbed()) return;
        idle.push(before);
        extra.push(peak - before);
        resident.push(residentExtra);
        gaps.push(longestGap);
      });
    }
    const value = median(extra);
    return {
      figure: 'upload-memory',
      unit: 'MB',
      value: rounded(value),
      baseline: rounded(median(idle)),
      ratio: rounded(median(extra.map((more, run) => 1 + more / (idle[run] as number)))),
      aim: '< 16 over the idle app',
      met: value < 16,
      runs,
      spread: spread(extra),
      residentPeak: rounded(median(resident)),
      longestGapMs: rounded(median(gaps)),
    };
  });
}

/** Begins to sample; the function answered ends it and tells the highest value and the longest time between two. */
function samplePeak(read: () => number): () => Promise<{ peak: number; longestGap: number }> {
  let going = true;
  let peak = 0;
  let longestGap = 0;
  const sampled = (async () => {
    for (let last = performance.now(); going; ) {
      peak = Math.max(peak, read());
      await new Promise((resolve) => setImmediate(resolve));
      const now = performance.now();
      longestGap = Math.max(longestGap, now - last);
      last = now;
    }
  })();
  return async () => {
    going = false;
    await sampled;
    return { peak, longestGap };
  };
}

/**
 * From the drop of ten photos of a phone until ten previews are decoded and painted, while they are uploaded; against a window
 * that shows the files as they are. Three seconds are an aim of our own.
 */
export function previewTime(panel: Panel, progress: Progress): Promise<Figure> {
  const count = 10;
  return withParts(async (server, files) => {
    const photos = Array.from({ length: count }, () => files.photo());
    const starts = { tally: () => startTally(server), hello: () => startApp(helloDrop, [debugged]) };
    const turns = { rounds: 2, warmUps: 1, panel, progress, starts };
    const { tally, hello } = await inTurns(turns, async (app, which) => {
      const page = await openPage(app);
      if (which === 'tally') await showBackgrounds(page);
      await delay(settling);
      await page.run(watchPreviews(count));
      await page.drop(which === 'tally' ? zone : 'body', photos);
      const took = await page.run<number>('window.shown');
      page.close();
      return took;
    });
    return {
      figure: 'previews',
      unit: 'ms',
      ...compared(tally, hello),
      aim: '< 3000 for ten of 12 MP',
      met: median(tally) < 3_000,
    };
  });
}

/** Script for the page: `window.shown` becomes the milliseconds from the drop to the frame that has all pictures. */
function watchPreviews(count: number): string {
  return `void (window.shown = new Promise((resolve) => {
    addEventListener('drop', ({ timeStamp }) => {
      const look = async () => {
        const images = [...document.querySelectorAll('li img, body > img')].filter((one) => one.complete && one.naturalWidth > 0);
        if (images.length < ${count}) return requestAnimationFrame(look);
        // More than Chromium decodes ahead (ten of 12 MP, whole) is refused here, and decoded when it is painted.
        await Promise.allSettled(images.map((one) => one.decode()));
        requestAnimationFrame(() => requestAnimationFrame((painted) => resolve(painted - timeStamp)));
      };
      look();
    }, { capture: true, once: true });
  }))`;
}
