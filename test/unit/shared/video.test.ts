import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodingOf, firstCut, longestAt, sidesOf, videoLines, videoTurns } from '../../../shared/video.ts';
import { uploads } from '../../../shared/zoom/limits.gen.ts';

const { sureBytes, video } = uploads.uploadVBuser;
const seen = fc.record({
  width: fc.integer({ min: 1, max: 8_192 }),
  height: fc.integer({ min: 1, max: 8_192 }),
});
const look = fc.record({ turn: fc.constantFrom(...videoTurns), lines: fc.constantFrom(...videoLines) });

describe('a video that is made to fit', () => {
  it('has a size that Zoom takes and H.264 knows, whatever the shape of the first', () => {
    fc.assert(
      fc.property(seen, look, (size, cut) => {
        const { width, height } = sidesOf(size, cut);
        expect((width % 2) + (height % 2)).toBe(0);
        expect(width).toBeGreaterThanOrEqual(video.least.width);
        expect(height).toBeGreaterThanOrEqual(video.least.height);
        expect(width).toBeLessThanOrEqual(video.most.width);
        expect(height).toBeLessThanOrEqual(video.most.height);
      }),
    );
  });

  it('is told within the limit wherever it is not too long', () => {
    fc.assert(
      fc.property(seen, look, fc.double({ min: 0.001, max: 1, noNaN: true }), (size, cut, share) => {
        const end = longestAt(size, cut) * share;
        const { bitrate, bytes } = encodingOf(size, { ...cut, start: 0, end });
        expect((bitrate * end) / 8).toBeLessThan(bytes);
        expect(bytes).toBeLessThanOrEqual(sureBytes);
      }),
    );
  });

  it('keeps its shape, grows only where it must, and has the lines that are asked for', () => {
    const sides = (width: number, height: number, lines: (typeof videoLines)[number], turn: 0 | 90 = 0) => {
      const made = sidesOf({ width, height }, { lines, turn });
      return [made.width, made.height];
    };
    expect(sides(3_840, 2_160, 1080)).toEqual([1_920, 1_080]);
    expect(sides(3_840, 2_160, 360)).toEqual([640, 360]);
    expect(sides(1_280, 720, 1080)).toEqual([1_280, 720]);
    expect(sides(1_080, 1_920, 1080)).toEqual([608, 1_080]);
    expect(sides(1_080, 1_920, 1080, 90)).toEqual([1_920, 1_080]);
    expect(sides(641, 481, 720)).toEqual([642, 482]);
    expect(sides(320, 240, 720)).toEqual([480, 360]);
  });

  it('is proposed whole where all of it fits well, else by its first minute', () => {
    const size = { width: 3_840, height: 2_160 };
    expect(firstCut(size, 20)).toEqual({ start: 0, end: 20, turn: 0, lines: 1080 });
    expect(firstCut(size, 100)).toMatchObject({ end: 100, lines: 720 });
    expect(firstCut(size, 8 * 3_600)).toMatchObject({ end: 59, lines: 1080 });
    expect(firstCut(size, 0).end).toBeGreaterThan(0);
  });
});
