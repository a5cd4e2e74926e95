import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../../electron/core/media/problem.ts';
import { shrink } from '../../../../electron/core/media/shrink.ts';
import type { ImageCodec } from '../../../../electron/core/ports.ts';
import type { MediaFacts } from '../../../../shared/media.ts';

interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly format: 'jpeg' | 'png';
  readonly quality?: number;
}

/** Encodes to as many bytes as a formula says; what was asked is in the first ones. `size` is that of the upright picture. */
function codecOf(
  size: { readonly width: number; readonly height: number },
  options: {
    readonly opaque?: boolean;
    readonly perPixel?: number;
    readonly fixed?: number;
    /** A power of the area: grain and fine lines go first when a picture is made smaller, or last. */
    readonly grows?: number;
  } = {},
) {
  const { opaque = true, perPixel = 1, fixed = 300, grows = 1 } = options;
  const asked: Drawn[] = [];
  let open = 0;
  const codec: ImageCodec = {
    async open(_source, { scale }) {
      open += 1;
      const side = (length: number) => Math.round(length * scale);
      return {
        width: side(size.width),
        height: side(size.height),
        opaque,
        async encode({ width, height, kind: format, quality, most }) {
          const drawn = { width, height, format, ...(quality !== undefined && { quality }) };
          asked.push(drawn);
          const share = format === 'png' ? 3 : 0.05 + ((quality ?? 0) / 100) ** 3;
          const note = Buffer.from(JSON.stringify(drawn));
          const area = size.width * size.height * ((width * height) / (size.width * size.height)) ** grows;
          const length = Math.max(note.length, fixed + Math.round(area * perPixel * share));
          if (length > most) return { size: length };
          return { size: length, bytes: Buffer.concat([note, Buffer.alloc(length - note.length)]) };
        },
        close() {
          open -= 1;
        },
      };
    },
  };
  return { codec, asked, open: () => open };
}

const factsOf = (width: number, height: number, change: Partial<MediaFacts> = {}): MediaFacts => ({
  kind: 'jpeg',
  type: 'image',
  bytes: 20_000,
  width,
  height,
  frames: 1,
  ...change,
});
const source = Buffer.alloc(20_000);
const drawn = (bytes: Buffer): Drawn => JSON.parse(bytes.toString('latin1', 0, bytes.indexOf('}') + 1));

describe('making a picture smaller', () => {
  it('keeps the size and takes nearly the best quality that fits', async () => {
    const { codec } = codecOf({ width: 100, height: 80 });
    const made = await shrink(source, { facts: factsOf(100, 80), targetBytes: 5_000, codec });
    if (!made.ok) throw new Error(made.problem.words);
    expect(made.after).toEqual(factsOf(100, 80, { bytes: made.bytes.length }));
    expect(made.bytes.length).toBeLessThanOrEqual(5_000);
    const { quality = 0 } = drawn(made.bytes);
    // 300 + 8000 * (0.05 + q^3) <= 5000 up to quality 81.
    expect(quality).toBeGreaterThanOrEqual(77);
    expect(quality).toBeLessThanOrEqual(81);
  });

  it('scales down only where the least quality is too large, proportions kept', async () => {
    const { codec } = codecOf({ width: 400, height: 300 });
    const made = await shrink(source, { facts: factsOf(400, 300), targetBytes: 10_000, codec });
    if (!made.ok) throw new Error(made.problem.words);
    expect(made.bytes.length).toBeLessThanOrEqual(10_000);
    expect(made.bytes.length).toBeGreaterThan(5_000);
    expect(made.after.width).toBeLessThan(400);
    expect(made.after.width / made.after.height).toBeCloseTo(4 / 3, 1);
    expect(drawn(made.bytes)).toMatchObject({ width: made.after.width, height: made.after.height });
  });

  it('keeps a picture that lets something show through as PNG', async () => {
    const { codec, asked } = codecOf({ width: 200, height: 100 }, { opaque: false });
    const made = await shrink(source, {
      facts: factsOf(200, 100, { kind: 'png' }),
      targetBytes: 15_000,
      codec,
    });
    expect(made).toMatchObject({ ok: true, after: { kind: 'png' } });
    expect(asked.every(({ format }) => format === 'png')).toBe(true);
  });

  it('makes a JPEG of a PNG that nothing shows through', async () => {
    const { codec } = codecOf({ width: 100, height: 80 });
    const made = await shrink(source, {
      facts: factsOf(100, 80, { kind: 'png' }),
      targetBytes: 9_000,
      codec,
    });
    expect(made).toMatchObject({ ok: true, after: { kind: 'jpeg', width: 100, height: 80 } });
  });

  it('comes out upright', async () => {
    const { codec } = codecOf({ width: 80, height: 100 });
    const made = await shrink(source, {
      facts: factsOf(100, 80, { orientation: 6 }),
      targetBytes: 9_000,
      codec,
    });
    expect(made).toMatchObject({ ok: true, after: { width: 80, height: 100 } });
    if (made.ok) expect(made.after.orientation).toBeUndefined();
  });

  it('leaves alone what fits', async () => {
    const { codec, asked } = codecOf({ width: 100, height: 80 });
    const made = await shrink(source, { facts: factsOf(100, 80), targetBytes: 20_000, codec });
    expect(made).toMatchObject({ ok: true, bytes: source });
    expect(asked).toEqual([]);
  });

  it('says what stands in the way', async () => {
    const never = codecOf({ width: 100, height: 80 }, { fixed: 5_000 });
    const failure = async (codec: ImageCodec, facts: MediaFacts, signal?: AbortSignal) => {
      const made = await shrink(source, { facts, targetBytes: 4_000, codec, ...(signal && { signal }) });
      return made.ok ? 'made' : made.problem.code;
    };
    expect(await failure(never.codec, factsOf(100, 80))).toBe('too-large');
    expect(never.asked.length).toBeLessThanOrEqual(12);
    expect(await failure({ open: async () => null }, factsOf(100, 80))).toBe('damaged');
    expect(await failure(never.codec, factsOf(20_000, 20_000))).toBe('bomb');
    expect(await failure(never.codec, factsOf(100, 80), AbortSignal.abort())).toBe('cancelled');
  });

  it('has at most 25 million pixels, and is opened with no more than that', async () => {
    const { codec, asked } = codecOf({ width: 10_000, height: 8_000 }, { perPixel: 0.0001 });
    const made = await shrink('huge.jpg', {
      facts: factsOf(10_000, 8_000, { bytes: 42_000_000 }),
      targetBytes: 15_000_000,
      codec,
    });
    expect(asked[0]).toMatchObject({ width: 3_750, height: 3_000 });
    expect(made).toMatchObject({ ok: true, after: { width: 3_750, height: 3_000 } });
    const camera = codecOf({ width: 6_000, height: 4_000 }, { perPixel: 0.0001 });
    const facts = factsOf(6_000, 4_000, { bytes: 17_000_000 });
    await shrink('camera.jpg', { facts, targetBytes: 15_000_000, codec: camera.codec });
    expect(camera.asked[0]).toMatchObject({ width: 6_000, height: 4_000 });
  });

  it.each([1, 0.4, 0.2])(
    'uses at least 90 %% of what is allowed where it has to be scaled (%s)',
    async (perPixel) => {
      for (const [width, height] of [
        [4_600, 2_600],
        [1_200, 900],
      ] as const) {
        const size = 300 + width * height * perPixel * 3;
        for (const share of [0.9, 0.5, 0.2]) {
          // What another program wrote need not be as large as what Tally writes.
          for (const bytes of [size, size * 0.6, size * 1.5]) {
            const { codec, asked } = codecOf({ width, height }, { opaque: false, perPixel });
            const targetBytes = Math.floor(size * share);
            const facts = factsOf(width, height, { kind: 'png', bytes: Math.floor(bytes) });
            const made = await shrink('glass.png', { facts, targetBytes, codec });
            if (!made.ok) throw new Error(made.problem.words);
            expect(made.bytes.length).toBeLessThanOrEqual(targetBytes);
            expect(made.bytes.length / targetBytes).toBeGreaterThanOrEqual(0.9);
            expect(asked.length).toBeLessThanOrEqual(4);
          }
        }
      }
    },
  );

  it.each([0.6, 0.8, 1.3, 1.8])(
    'uses as much of a photo, of which not every part takes as many bytes (%s)',
    async (grows) => {
      const [width, height] = [4_600, 2_600];
      for (const share of [0.9, 0.6, 0.3]) {
        const { codec, asked } = codecOf({ width, height }, { opaque: false, grows });
        const bytes = 300 + width * height * 3;
        const targetBytes = Math.floor(bytes * share);
        const facts = factsOf(width, height, { kind: 'png', bytes });
        const made = await shrink('photo.png', { facts, targetBytes, codec });
        if (!made.ok) throw new Error(made.problem.words);
        expect(made.bytes.length).toBeLessThanOrEqual(targetBytes);
        expect(made.bytes.length / targetBytes).toBeGreaterThanOrEqual(0.9);
        expect(asked.length).toBeLessThanOrEqual(5);
      }
    },
  );

  it('stops at any moment when told, and lets go of the picture', async () => {
    for (const moment of ['opened', 'encoded'] as const) {
      const control = new AbortController();
      const { codec, asked, open } = codecOf({ width: 400, height: 300 });
      const aborting: ImageCodec = {
        async open(source, options) {
          const image = await codec.open(source, options);
          if (moment === 'opened') control.abort();
          return (
            image && {
              ...image,
              encode: (as) => {
                control.abort();
                return image.encode(as);
              },
            }
          );
        },
      };
      const made = await shrink(source, {
        facts: factsOf(400, 300),
        targetBytes: 4_000,
        codec: aborting,
        signal: control.signal,
      });
      expect(made).toMatchObject({ ok: false, problem: { code: 'cancelled' } });
      expect(asked).toHaveLength(moment === 'opened' ? 0 : 1);
      expect(open()).toBe(0);
    }
  });

  it('tells what the media process could not do, and lets go of the picture', async () => {
    const { codec, open } = codecOf({ width: 400, height: 300 });
    const crashing: ImageCodec = {
      async open(source, options) {
        const image = await codec.open(source, options);
        return image && { ...image, encode: () => Promise.reject(new Refusal('crashed', 'It broke off.')) };
      },
    };
    const made = await shrink(source, { facts: factsOf(400, 300), targetBytes: 4_000, codec: crashing });
    expect(made).toEqual({ ok: false, problem: { code: 'crashed', words: 'It broke off.' } });
    expect(open()).toBe(0);
  });

  it('is never larger than allowed or than it was, whatever the picture', async () => {
    const side = fc.integer({ min: 1, max: 9_000 });
    const run = fc.asyncProperty(
      fc.record({
        width: side,
        height: side,
        target: fc.integer({ min: 1_000, max: 19_999 }),
        perPixel: fc.double({ min: 0.0001, max: 3, noNaN: true }),
        opaque: fc.boolean(),
        orientation: fc.integer({ min: 1, max: 8 }),
      }),
      async ({ width, height, target, perPixel, opaque, orientation }) => {
        fc.pre(width * height < 300_000);
        const [wide, high] = orientation > 4 ? [height, width] : [width, height];
        const { codec, asked } = codecOf({ width: wide, height: high }, { opaque, perPixel });
        const facts = factsOf(width, height, { kind: 'png', orientation });
        const made = await shrink(source, { facts, targetBytes: target, codec });
        expect(asked.length).toBeLessThanOrEqual(12);
        if (!made.ok) throw new Error(made.problem.words);
        expect(made.bytes.length).toBeLessThanOrEqual(target);
        expect(made.after.width).toBeLessThanOrEqual(wide);
        expect(made.after.height).toBeLessThanOrEqual(high);
        expect(Math.min(made.after.width, made.after.height)).toBeGreaterThan(0);
      },
    );
    await fc.assert(run);
  });
});
