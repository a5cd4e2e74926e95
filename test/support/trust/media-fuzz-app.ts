import { setTimeout as delay } from 'node:timers/promises';
import { app, BrowserWindow } from 'electron';
import fc from 'fast-check';
import { inMemory } from '../../../electron/core/media/in-memory.ts';
import { createInspect, hasTooManyPixels, type Verdict } from '../../../electron/core/media/inspect.ts';
import { Refusal } from '../../../electron/core/media/problem.ts';
import type { Disk, Parts } from '../../../electron/core/ports.ts';
import { clock } from '../../../electron/desktop/clock.ts';
import { createCodec } from '../../../electron/desktop/media/codec.ts';
import { startMediaHost } from '../../../electron/desktop/media/host.ts';
import { createMediaProcess } from '../../../electron/desktop/media/process.ts';
import { createVideos } from '../../../electron/desktop/media/videos.ts';
import { registerScheme } from '../../../electron/desktop/protocol.ts';
import { seededRandom } from '../../../electron/practice/state/random.ts';
import { clips } from '../clips.ts';
import { cmykJpeg, patchJpeg, patchPng, spaceNames } from '../colour-files.ts';
import { notedFiles } from '../media-corpus-notes.ts';
import { corpus } from '../media-corpus-odd.ts';
import { otherPictures } from '../media-corpus-other.ts';
import { privateFiles } from '../media-corpus-private.ts';
import { changes, mutate } from '../mutated-files.ts';

/**
 * An app of its own around Tally's media process: spoiled files are looked into as Tally does, and those that may be opened are
 * opened there. It prints a line of JSON for what it has done so far, and a last one. Environment: FUZZ_COUNT files that reach the
 * process, FUZZ_SEED.
 */

/** So many are worked on at the same time, each with processes of its own: a video that shows nothing is waited for five seconds. */
const lanes = 4;
/** Width of what is opened, in pixels: as of a preview and smaller, where JPEGs are decoded in part. */
const widths = [480, 200, 20] as const;

export interface FuzzReport {
  /** Files that reached the media process, and those that were refused before. */
  reached: number;
  refused: number;
  /** How many came out in which way. */
  readonly outcomes: Record<string, number>;
  /** Numbers of the files on which the process ended or that were not answered for in time. */
  readonly bad: string[];
  /** Longest time that one took, in ms. */
  longest: number;
  /** Most memory of a media process whose files were answered for, and of one that was given up on one, in bytes. */
  most: number;
  mostGivenUp: number;
  /** Memory of main when all media processes had ended, before the first spoiled file and after the last, in bytes. */
  main: readonly [number, number];
}

const report: FuzzReport = {
  reached: 0,
  refused: 0,
  outcomes: {},
  bad: [],
  longest: 0,
  most: 0,
  mostGivenUp: 0,
  main: [0, 0],
};

function print(): void {
  process.stdout.write(`${JSON.stringify(report)}\n`);
}

/** A disk with this one file on it. */
function diskOf(bytes: Buffer): Disk {
  const file = inMemory(bytes);
  return {
    look: async () => ({ link: false, target: 'file' }),
    open: async () => file,
    state: () => file.state(),
    read: async () => bytes,
  };
}

const partsOf = (bytes: Buffer): Parts => ({
  size: bytes.byteLength,
  // Memory of its own, as what is sent is the whole of it.
  read: async (at, length) => new Uint8Array(bytes.subarray(at, at + length)),
});

/** The windows of all media processes that were started. */
const known = new WeakSet<BrowserWindow>();

/** One lane: what Tally has for pictures and for videos. */
function createLane() {
  const windows = new Set<BrowserWindow>();
  const start = () => {
    const host = startMediaHost();
    const [window] = BrowserWindow.getAllWindows().filter((one) => !known.has(one));
    if (!window) throw new Error('A media process has no window.');
    known.add(window);
    windows.add(window);
    return host;
  };
  const media = createMediaProcess(start, clock);
  const making = createMediaProcess(start, clock);
  const videos = createVideos(media, making);

  async function openPicture(bytes: Buffer, { facts }: Exclude<Verdict, { fit: 'no' }>, most: number) {
    const codec = createCodec(media, diskOf(bytes));
    const reducedOnly = hasTooManyPixels(facts);
    if (reducedOnly && facts.kind !== 'jpeg') return 'too many pixels';
    const scale = Math.min(1, most / facts.width);
    const image = await codec.open(bytes, { kind: facts.kind, scale, reducedOnly, urgent: true });
    if (!image) return 'no picture';
    try {
      const { width, height, opaque } = image;
      const how = opaque ? ({ kind: 'jpeg', quality: 80 } as const) : ({ kind: 'png' } as const);
      const { bytes: made } = await image.encode({ width, height, ...how, most: 16_000_000 });
      return made ? 'opened' : 'too large';
    } finally {
      image.close();
    }
  }

  async function openVideo(bytes: Buffer, makes: boolean) {
    const file = partsOf(bytes);
    const looked = await videos.look(file);
    if (!looked) return 'no video';
    const frame = await videos.frame(file, { at: 0.1, turn: 90, most: 100 });
    if (!makes || !looked.decodes || !looked.encodes) return frame ? 'frame' : 'no frame';
    const how = {
      start: 0,
      end: 0.3,
      turn: 0,
      width: 64,
      height: 64,
      bitrate: 100_000,
      most: 1_000_000,
    } as const;
    const watch = { signal: new AbortController().signal, progress() {} };
    return (await videos.make(file, how, watch)) ? 'made' : 'not made';
  }

  return {
    /** Undefined where Tally refuses the file without opening it. */
    async open(bytes: Buffer, turn: number): Promise<readonly string[] | undefined> {
      const verdict = await createInspect(diskOf(bytes))('file', 'background');
      const isVideo =
        verdict.fit === 'no' ? verdict.problem.remake !== undefined : verdict.facts.type === 'video';
      if (verdict.fit === 'no' && !isVideo) return undefined;
      const width = widths[turn % widths.length] ?? 480;
      const outcomes: string[] = [];
      if (verdict.fit !== 'no') outcomes.push(await said(openPicture(bytes, verdict, width)));
      if (isVideo) outcomes.push(await said(openVideo(bytes, turn % 10 === 0)));
      return outcomes;
    },
    /** Memory of the larger of its processes, in bytes. */
    memory(): number {
      const pids = [...windows]
        .filter((one) => !one.isDestroyed())
        .map((one) => one.webContents.getOSProcessId());
      const sizes = hosts().filter(({ pid }) => pids.includes(pid));
      return Math.max(0, ...sizes.map(({ memory }) => memory.workingSetSize * 1_024));
    },
    stop() {
      media.stop();
      making.stop();
    },
  };
}

/** What came of it, or why nothing did. Whatever else is thrown is a fault of Tally's. */
function said(work: Promise<string>): Promise<string> {
  return work.catch((cause: unknown) => {
    if (cause instanceof Refusal) return cause.problem.code;
    throw cause;
  });
}

async function seeds(): Promise<readonly Buffer[]> {
  const files = [...(await corpus()), ...(await privateFiles()), ...(await notedFiles())];
  const small = files.filter((one) => !('hole' in one && one.hole) && one.bytes.byteLength < 300_000);
  const drawn = spaceNames.flatMap((space) => [patchJpeg(120, 60, space), patchPng(120, 60, space)]);
  const others = Object.values(otherPictures);
  // As many of those with pictures in them as of those that are odd in structure.
  const real = [...drawn, cmykJpeg(120, 60), ...others, ...Object.values(clips)];
  const times = Math.ceil(small.length / real.length);
  return [...small.map(({ bytes }) => bytes), ...Array.from({ length: times }, () => real).flat()];
}

const isGivenUp = (outcome: string) => outcome === 'crashed' || outcome === 'slow';

/** The media processes that there are. */
const hosts = () => app.getAppMetrics().filter(({ type }) => type === 'Tab');

/** A whole picture is opened, and main's memory is told when no media process is left. */
async function atRest(): Promise<number> {
  const lane = createLane();
  const opened = await lane.open(patchJpeg(120, 60), 0);
  if (opened?.[0] !== 'opened') throw new Error(`A whole picture came to ${opened}.`);
  lane.stop();
  while (hosts().length > 0) await delay(50);
  return process.memoryUsage().rss;
}

async function fuzz(count: number, seed: number): Promise<void> {
  const from = await seeds();
  const random = seededRandom(seed);
  let last = 0;
  const next = () => {
    last += 1;
    const [steps = []] = fc.sample(changes, { numRuns: 1, seed: random.below(0x7fffffff) });
    return { number: last, bytes: mutate(from[random.below(from.length)] ?? Buffer.alloc(0), steps) };
  };

  async function work(): Promise<void> {
    const lane = createLane();
    while (report.reached < count) {
      const { number, bytes } = next();
      const began = performance.now();
      let most = 0;
      const watch = setInterval(() => {
        most = Math.max(most, lane.memory());
      }, 100);
      const outcomes = await lane.open(bytes, number).finally(() => clearInterval(watch));
      if (!outcomes) {
        report.refused += 1;
        continue;
      }
      report.reached += 1;
      report.longest = Math.max(report.longest, performance.now() - began);
      const whose = outcomes.some(isGivenUp) ? 'mostGivenUp' : 'most';
      report[whose] = Math.max(report[whose], most, lane.memory());
      for (const outcome of outcomes) {
        report.outcomes[outcome] = (report.outcomes[outcome] ?? 0) + 1;
        if (isGivenUp(outcome)) report.bad.push(`${number}: ${outcome}`);
      }
      if (report.reached % 500 === 0) print();
    }
    lane.stop();
  }

  const before = await atRest();
  await Promise.all(Array.from({ length: lanes }, work));
  report.main = [before, await atRest()];
}

registerScheme();
// The media process has a window that ends; the app stays until all is counted.
app.on('window-all-closed', () => {});
void app.whenReady().then(async () => {
  try {
    await fuzz(Number(process.env.FUZZ_COUNT), Number(process.env.FUZZ_SEED));
    print();
    app.quit();
  } catch (cause) {
    process.stderr.write(`${cause instanceof Error ? cause.stack : cause}\n`);
    app.exit(1);
  }
});
