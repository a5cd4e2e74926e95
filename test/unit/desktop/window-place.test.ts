import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Area, around, fitInto, usualSize } from '../../../electron/desktop/window-place.ts';

const title = 40;
const inside = ({ x, y, width, height }: Area, work: Area) =>
  x >= work.x &&
  y >= work.y &&
  x + width <= work.x + work.width &&
  y + height + title <= work.y + work.height;

/** Screens as pixels and scale, with a panel of so many units at the top. */
const screens = [
  [1280, 720, 1, 0],
  [1280, 800, 1, 28],
  [1366, 768, 1.25, 44],
  [1920, 1080, 1, 32],
  [1920, 1080, 1.5, 32],
  [1920, 1080, 2, 32],
  [2560, 1440, 1.75, 32],
  [2880, 1800, 2, 48],
  [3840, 2160, 2, 32],
  [3840, 2160, 3, 44],
] as const;

describe('the window', () => {
  it.each(screens)(
    'is wholly on a screen of %i x %i at %f, and can be made no smaller than it fits',
    (width, height, scale, panel) => {
      const work = {
        x: 0,
        y: panel,
        width: Math.floor(width / scale),
        height: Math.floor(height / scale) - panel,
      };
      for (const point of [
        { x: 0, y: 0 },
        { x: work.width - 1, y: work.y + work.height },
        { x: work.width / 2, y: work.height / 2 },
      ]) {
        const placed = fitInto(around(point, usualSize), work);
        expect(inside(placed, work), JSON.stringify(placed)).toBe(true);
        expect(placed.minWidth).toBeLessThanOrEqual(placed.width);
        expect(placed.minHeight).toBeLessThanOrEqual(placed.height);
      }
    },
  );

  it('has its usual size where there is room, and is where the pointer is', () => {
    const work = { x: 1920, y: 0, width: 2560, height: 1400 };
    expect(fitInto(around({ x: 3_000, y: 700 }, usualSize), work)).toEqual({
      x: 2_520,
      y: 360,
      ...usualSize,
      minWidth: 380,
      minHeight: 520,
    });
  });

  it('comes wholly onto whatever display there is, from wherever it was', () => {
    const coordinate = fc.integer({ min: -8_000, max: 8_000 });
    const area = fc.record({
      x: coordinate,
      y: coordinate,
      width: fc.integer({ min: 320, max: 8_000 }),
      height: fc.integer({ min: 300, max: 5_000 }),
    });
    fc.assert(
      fc.property(area, area, (wanted, work) => {
        const placed = fitInto(wanted, work);
        expect(inside(placed, work)).toBe(true);
        expect(fitInto(placed, work)).toEqual(placed);
      }),
    );
  });
});
