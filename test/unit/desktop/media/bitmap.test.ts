import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpaque, turnUpright } from '../../../../electron/desktop/media/bitmap.ts';

type Place = (x: number, y: number, w: number, h: number) => [number, number];

/** Where the pixel that is seen at x, y is stored, by Exif's own words: what the stored row 0 and column 0 are. */
const stored: Record<number, Place> = {
  1: (x, y) => [x, y],
  2: (x, y, w) => [w - 1 - x, y],
  3: (x, y, w, h) => [w - 1 - x, h - 1 - y],
  4: (x, y, _w, h) => [x, h - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y, _w, h) => [y, h - 1 - x],
  7: (x, y, w, h) => [w - 1 - y, h - 1 - x],
  8: (x, y, w) => [w - 1 - y, x],
};

describe('a picture taken with a turned camera', () => {
  it('is turned upright, whatever its size and way', () => {
    const side = fc.integer({ min: 1, max: 7 });
    fc.assert(
      fc.property(side, side, fc.integer({ min: 1, max: 8 }), fc.nat(3), (width, height, way, offset) => {
        // An offset, as Electron's buffers need not begin at a whole pixel.
        const bytes = Buffer.from(new ArrayBuffer(width * height * 4 + offset), offset);
        for (let at = 0; at < width * height; at += 1) bytes.writeUInt32LE(at * 7_919 + 1, at * 4);
        const upright = turnUpright({ bytes, width, height }, way);
        expect([upright.width, upright.height]).toEqual(way >= 5 ? [height, width] : [width, height]);
        const place = stored[way] as Place;
        for (let y = 0; y < upright.height; y += 1) {
          for (let x = 0; x < upright.width; x += 1) {
            const [sx, sy] = place(x, y, width, height);
            const seen = upright.bytes.readUInt32LE((y * upright.width + x) * 4);
            expect(seen).toBe(bytes.readUInt32LE((sy * width + sx) * 4));
          }
        }
      }),
    );
  });

  it.each([0, 9, -1])('stays as it is with the unknown orientation %i', (way) => {
    const bitmap = { bytes: Buffer.from([1, 2, 3, 4]), width: 1, height: 1 };
    expect(turnUpright(bitmap, way)).toBe(bitmap);
  });
});

describe('a picture', () => {
  it('is opaque unless a pixel lets something show through', () => {
    expect(isOpaque({ bytes: Buffer.alloc(400, 255) })).toBe(true);
    for (const at of [3, 203, 399]) {
      const bytes = Buffer.alloc(400, 255);
      bytes[at] = 254;
      expect(isOpaque({ bytes }), `alpha at ${at}`).toBe(false);
    }
    expect(isOpaque({ bytes: Buffer.from([0, 0, 0, 255]) })).toBe(true);
  });
});
