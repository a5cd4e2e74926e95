import fc from 'fast-check';
import { expect } from 'vitest';
import { FileBytes } from '../../electron/core/media/file.ts';
import { readGif } from '../../electron/core/media/gif.ts';
import { gifWithout } from '../../electron/core/media/gif-private.ts';
import { readJpeg } from '../../electron/core/media/jpeg.ts';
import { jpegWithout } from '../../electron/core/media/jpeg-private.ts';
import { readKind } from '../../electron/core/media/kind.ts';
import { movieWithout } from '../../electron/core/media/movie-private.ts';
import { judgeMovie } from '../../electron/core/media/movie-verdict.ts';
import { readOther } from '../../electron/core/media/other-image.ts';
import { readPng } from '../../electron/core/media/png.ts';
import { pngWithout } from '../../electron/core/media/png-private.ts';
import { Refusal } from '../../electron/core/media/problem.ts';
import { Trimming } from '../../electron/core/media/trimmed.ts';
import { notedFiles } from './media-corpus-notes.ts';
import { corpus } from './media-corpus-odd.ts';
import { privateFiles } from './media-corpus-private.ts';
import { changes, mutate } from './mutated-files.ts';

/** Files of the corpus changed at random, and what has to hold for every reader of their structure. */

/** Readers by what they read. */
export const walkers = {
  jpeg: readJpeg,
  gif: readGif,
  png: readPng,
  movie: (file: FileBytes) => judgeMovie('mp4', file).then(({ facts }) => facts),
  kind: (file: FileBytes) => readKind(file, 'pictures', '/home/me/.a.icloud'),
  webp: (file: FileBytes) => readOther('webp', file),
  avif: (file: FileBytes) => readOther('avif', file),
  bmp: (file: FileBytes) => readOther('bmp', file),
  tiff: (file: FileBytes) => readOther('tiff', file),
  heic: (file: FileBytes) => readOther('heic', file),
  'what a JPEG hides': jpegWithout,
  'what a PNG hides': pngWithout,
  'what a GIF hides': gifWithout,
  'what a video hides': movieWithout,
} as const;

type Walker = keyof typeof walkers;

const cases = [...(await corpus()), ...(await privateFiles()), ...(await notedFiles())].flatMap((one) =>
  'hole' in one && one.hole ? [] : one.bytes,
);
const movieStart = /^.{4}(?:ftyp|skip|pnot|udta|uuid|wide|free|mdat|moov)/s;
const starts: Readonly<Record<Walker, RegExp>> = {
  jpeg: /^\xff\xd8/,
  gif: /^GIF8/,
  png: /^\x89PNG/,
  movie: movieStart,
  kind: /^/,
  webp: /^RIFF/,
  avif: /^.{4}ftypavi[fs]/s,
  bmp: /^BM/,
  tiff: /^(?:II|MM)/,
  heic: /^.{4}ftyphei/s,
  'what a JPEG hides': /^\xff\xd8/,
  'what a PNG hides': /^\x89PNG/,
  'what a GIF hides': /^GIF8/,
  'what a video hides': movieStart,
};
const seedsOf = (walker: Walker) =>
  cases.filter((bytes) => starts[walker].test(bytes.toString('latin1', 0, 12)));

/** As much as may stand where a hole is put into a file: as large as anything that Zoom takes. */
const mostHole = 15_000_000;
const windowSize = 64 * 1024;

/** A file in memory with a hole of zeros in it, which takes no memory, and with a count of what is read of it. */
function countedFile(bytes: Buffer, hole: { readonly at: number; readonly size: number }) {
  const before = hole.at % (bytes.length + 1);
  const size = bytes.length + hole.size;
  const count = { reads: 0, bytes: 0 };
  async function read(buffer: Uint8Array, offset: number, length: number, position: number | null) {
    const from = position ?? 0;
    const end = Math.min(size, from + length);
    count.reads += 1;
    count.bytes += end - from;
    const target = Buffer.from(buffer.buffer, buffer.byteOffset + offset, length).fill(0);
    if (from < before) bytes.copy(target, 0, from, Math.min(before, end));
    const after = before + hole.size;
    if (end > after)
      bytes.copy(target, Math.max(0, after - from), Math.max(0, from - after) + before, end - hole.size);
    return end - from;
  }
  return { file: new FileBytes({ read }, size, () => {}), size, count };
}

/**
 * Mutations of the files that a reader is for: it ends with a shape or with a refusal in words, and reads nothing over
 * and over.
 */
export function hostileFiles(walker: Walker) {
  const hole = fc.record({
    at: fc.nat(),
    size: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat(mostHole)),
  });
  return fc.asyncProperty(fc.constantFrom(...seedsOf(walker)), changes, hole, async (bytes, steps, gap) => {
    const mutated = mutate(bytes, steps);
    if (mutated.length === 0) return;
    const { file, size, count } = countedFile(mutated, gap);
    const found = await Promise.resolve(walkers[walker](file)).catch((error: unknown) => {
      if (error instanceof Refusal) return error.problem;
      throw error;
    });
    // What tells place or camera is first looked for and then emptied.
    const times = walker === 'what a video hides' ? 3 : 1;
    expect(count.bytes).toBeLessThanOrEqual(times * (2 * size + 4 * windowSize));
    expect(count.reads).toBeLessThanOrEqual(times * (8 + (4 * size) / windowSize));
    if (typeof found === 'string') return;
    if (found instanceof Trimming) return expectWithin(found, size);
    if ('code' in found) expect(found.words).toMatch(/^[A-Z].*\.$/s);
    else {
      expect(Number.isSafeInteger(found.width) && Number.isSafeInteger(found.height)).toBe(true);
      expect(found.frames ?? 1).toBeGreaterThanOrEqual(1);
    }
  });
}

/** What is kept of a file lies in it, in its order, and is no more than there is but for a few bytes of Exif. */
function expectWithin(made: Trimming, size: number): void {
  const { parts, size: kept } = made.done();
  let at = 0;
  for (const part of parts) {
    if (!('from' in part)) continue;
    expect(part.from).toBeGreaterThanOrEqual(at);
    expect(part.to).toBeGreaterThan(part.from);
    at = part.to;
  }
  expect(at).toBeLessThanOrEqual(size);
  expect(kept).toBeLessThanOrEqual(size + 64);
}
