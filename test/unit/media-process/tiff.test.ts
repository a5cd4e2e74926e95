import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tiffBitmap } from '../../../electron/media-process/tiff.ts';
import { changes, mutate } from '../../support/mutated-files.ts';
import { type Compression, patchTiff, tiffOf } from '../../support/tiff-files.ts';

/** Red, green, blue and alpha of each pixel of what is opened, row by row. */
async function opened(tiff: Buffer, scale = 1) {
  const { file, reducedBy } = await tiffBitmap(new Uint8Array(tiff), scale);
  const view = new DataView(file.buffer);
  const [width, height] = [view.getInt32(18, true), -view.getInt32(22, true)];
  const from = view.getUint32(10, true);
  const at = (x: number, y: number) => [
    ...file.subarray(from + (y * width + x) * 4, from + (y * width + x + 1) * 4),
  ];
  return { width, height, at, reducedBy, file };
}

/** A slope in each direction, and something that repeats. */
const slope = (x: number, y: number) => [x * 20, y * 40, (x % 3) * 100];
const expected = (x: number, y: number) => [...slope(x, y), 255];

async function expectSlope(tiff: Buffer): Promise<void> {
  const { width, height, at } = await opened(tiff);
  expect([width, height]).toEqual([12, 6]);
  for (let y = 0; y < 6; y++) for (let x = 0; x < 12; x++) expect(at(x, y)).toEqual(expected(x, y));
}

describe('a TIFF', () => {
  const compressions: readonly Compression[] = ['none', 'lzw', 'deflate', 'packbits'];
  const ways = compressions.flatMap((compression) =>
    [true, false].flatMap((littleEndian) =>
      ([8, 16] as const).flatMap((bits) =>
        [{}, { rowsInStrip: 4 }, { tile: 16 }, { tile: 5 }, { planar: true, rowsInStrip: 4 }].map((how) => ({
          compression,
          littleEndian,
          bits,
          how,
        })),
      ),
    ),
  );

  it.each(ways)('$compression, little-endian $littleEndian, $bits bits, $how', async (way) => {
    const { compression, littleEndian, bits, how } = way;
    const factor = bits === 16 ? 257 : 1;
    const pixel = (x: number, y: number) => slope(x, y).map((value) => value * factor);
    for (const predictor of [false, true])
      await expectSlope(tiffOf({ pixel, compression, littleEndian, bits, predictor, ...how }));
  });

  it('packed by LZW is whole when its table is full and begins anew', async () => {
    let state = 1;
    const noise = Array.from({ length: 300 * 40 }, () => {
      state = (state * 1_103_515_245 + 12_345) & 0x7fff_ffff;
      return (state >> 16) & 15;
    });
    const pixel = (x: number, y: number) => [noise[y * 300 + x] as number];
    const tiff = tiffOf({ pixel, width: 300, height: 40, photometric: 1, compression: 'lzw' });
    const { at } = await opened(tiff);
    for (let y = 0; y < 40; y++) for (let x = 0; x < 300; x++) expect(at(x, y)[0]).toBe(noise[y * 300 + x]);
  });

  it.each([
    [1, [0, 255, 255, 255]],
    [2, [0, 85, 170, 255]],
    [4, [0, 17, 34, 51]],
    [8, [0, 1, 2, 3]],
    [16, [0, 0, 0, 0]],
  ] as const)('of %s bits of gray', async (bits, values) => {
    const pixel = (x: number) => [bits === 1 ? Math.min(1, x) : x];
    for (const photometric of [1, 0]) {
      const { at } = await opened(tiffOf({ width: 4, height: 2, bits, photometric, pixel }));
      const found = [0, 1, 2, 3].map((x) => at(x, 1)[0]);
      expect(found).toEqual(photometric === 1 ? values : values.map((value) => 255 - value));
    }
  });

  it('of a palette, of four inks, with one more sample that is none of its colors', async () => {
    const palette = [0xff00, 0x0100, 0, 0, 0x8000, 0x0200, 0, 0, 0, 0xff00, 0, 0];
    const indexed = await opened(tiffOf({ width: 2, bits: 2, photometric: 3, palette, pixel: (x) => [x] }));
    expect([indexed.at(0, 0), indexed.at(1, 0)]).toEqual([
      [255, 128, 0, 255],
      [1, 2, 255, 255],
    ]);
    const inks = await opened(tiffOf({ photometric: 5, pixel: () => [0, 255, 51, 0] }));
    expect(inks.at(3, 3)).toEqual([255, 0, 204, 255]);
    const more = await opened(tiffOf({ pixel: () => [1, 2, 3, 4], extra: 0 }));
    expect(more.at(3, 3)).toEqual([1, 2, 3, 255]);
  });

  it('that lets something show through, told in either way', async () => {
    const plain = await opened(tiffOf({ pixel: () => [200, 100, 50, 51], extra: 2 }));
    expect(plain.at(5, 5)).toEqual([200, 100, 50, 51]);
    const multiplied = await opened(tiffOf({ pixel: () => [40, 20, 10, 51], extra: 1 }));
    expect(multiplied.at(5, 5)).toEqual([200, 100, 50, 51]);
    const glass = await opened(tiffOf({ pixel: () => [0, 0, 0, 0], extra: 1 }));
    expect(glass.at(5, 5)).toEqual([0, 0, 0, 0]);
  });

  it.each([
    [1, 12, 6, (x: number, y: number) => [x, y]],
    [2, 12, 6, (x: number, y: number) => [11 - x, y]],
    [3, 12, 6, (x: number, y: number) => [11 - x, 5 - y]],
    [4, 12, 6, (x: number, y: number) => [x, 5 - y]],
    [5, 6, 12, (x: number, y: number) => [y, x]],
    [6, 6, 12, (x: number, y: number) => [y, 5 - x]],
    [7, 6, 12, (x: number, y: number) => [11 - y, 5 - x]],
    [8, 6, 12, (x: number, y: number) => [11 - y, x]],
  ] as const)('of orientation %s stands upright', async (orientation, wide, high, storedAt) => {
    const { width, height, at } = await opened(tiffOf({ pixel: slope, orientation }));
    expect([width, height]).toEqual([wide, high]);
    for (let y = 0; y < high; y++) {
      for (let x = 0; x < wide; x++) {
        const [storedX = 0, storedY = 0] = storedAt(x, y);
        expect(at(x, y)).toEqual(expected(storedX, storedY));
      }
    }
  });

  it('that is wanted smaller is opened smaller, each pixel the mean of those that it stands for', async () => {
    const pixel = (x: number, y: number) => (x % 2 === y % 2 ? [200, 0, 0, 255] : [100, 50, 0, 255]);
    const half = await opened(tiffOf({ pixel, width: 9, height: 5, extra: 2, rowsInStrip: 2 }), 0.5);
    expect([half.width, half.height, half.reducedBy]).toEqual([5, 3, 2]);
    expect(half.at(1, 1)).toEqual([150, 25, 0, 255]);
    expect((await opened(patchTiff(), 0.6)).reducedBy).toBe(1);
    // What is not seen has no color of its own.
    const glass = (x: number) => (x % 2 === 0 ? [200, 0, 0, 255] : [0, 0, 0, 0]);
    expect((await opened(tiffOf({ pixel: glass, extra: 2 }), 0.5)).at(1, 1)).toEqual([200, 0, 0, 128]);
  });

  it('takes its profile along, unless that is one of inks or of gray', async () => {
    const profileOf = (space: string) => Buffer.from(`${'\0'.repeat(16)}${space}and so on`, 'latin1');
    const has = async (tiff: Buffer) => Buffer.from((await opened(tiff)).file).includes('and so on');
    expect(await has(tiffOf({ pixel: slope, profile: profileOf('RGB ') }))).toBe(true);
    expect(await has(tiffOf({ pixel: () => [9], photometric: 1, profile: profileOf('GRAY') }))).toBe(false);
    const inks = { pixel: () => [9, 9, 9, 9], photometric: 5 } as const;
    expect(await has(tiffOf({ ...inks, profile: profileOf('CMYK') }))).toBe(false);
  });

  it('is opened by its first page, or by the second where the first is a small one of it', async () => {
    const [first, second] = [() => [9, 9, 9], () => [200, 1, 2]];
    expect((await opened(tiffOf({ pixel: first }, { pixel: second }))).at(0, 0)).toEqual([9, 9, 9, 255]);
    const small = { pixel: first, width: 2, height: 1, subfile: 1 };
    expect((await opened(tiffOf(small, { pixel: second }))).at(11, 5)).toEqual([200, 1, 2, 255]);
  });

  it('that is spoiled ends in a picture or in a refusal, and does not go on for ever', async () => {
    const good = compressions.flatMap((compression) => [
      tiffOf({ pixel: slope, compression, predictor: true, rowsInStrip: 4 }),
      tiffOf({ pixel: slope, compression, tile: 5, littleEndian: false, bits: 16 }),
      tiffOf({ pixel: (x) => [x % 4], compression, bits: 2, photometric: 3, palette: Array(12).fill(9) }),
    ]);
    const run = fc.asyncProperty(fc.constantFrom(...good), changes, async (tiff, steps) => {
      const spoiled = new Uint8Array(mutate(tiff, steps));
      const made = await tiffBitmap(spoiled, 1).catch((cause: unknown) => cause);
      if (made instanceof Error) return;
      expect((made as { file: Uint8Array }).file.length).toBeGreaterThan(138);
    });
    await fc.assert(run, { numRuns: 300 });
  });
});
