import fc from 'fast-check';
import { expect, it } from 'vitest';
import { besideIcon, inTheMiddle, popoverSize } from '../../../electron/desktop/popover-place.ts';
import type { Area } from '../../../electron/desktop/window-place.ts';

/** A display of 1280 x 800 with a panel of 30 px at one side. */
const panels = {
  top: { work: { x: 0, y: 30, width: 1280, height: 770 }, icon: { x: 1100, y: 3, width: 24, height: 24 } },
  bottom: {
    work: { x: 0, y: 0, width: 1280, height: 770 },
    icon: { x: 1100, y: 773, width: 24, height: 24 },
  },
  left: { work: { x: 30, y: 0, width: 1250, height: 800 }, icon: { x: 3, y: 300, width: 24, height: 24 } },
  right: { work: { x: 0, y: 0, width: 1250, height: 800 }, icon: { x: 1253, y: 300, width: 24, height: 24 } },
} as const;

it.each([
  ['top', { x: 920, y: 38 }],
  ['bottom', { x: 920, y: 322 }],
  ['left', { x: 38, y: 92 }],
  ['right', { x: 882, y: 92 }],
] as const)('stands beside a panel at the %s', (side, place) => {
  const { work, icon } = panels[side];
  expect(besideIcon(icon, work, popoverSize)).toEqual({ ...place, width: 360, height: 440 });
});

it.each([
  ['under', 20, 52],
  ['above', 760, 312],
] as const)('stands %s an icon of a panel that takes no room', (_where, y, top) => {
  const work = { x: 0, y: 0, width: 1280, height: 800 };
  const icon = { x: 600, y, width: 24, height: 24 };
  expect(besideIcon(icon, work, popoverSize)).toMatchObject({ x: 432, y: top });
});

it('stands on the display that the icon is on', () => {
  const work = { x: -1920, y: 200, width: 1920, height: 1050 };
  const icon = { x: -40, y: 1255, width: 24, height: 24 };
  expect(besideIcon(icon, work, popoverSize)).toMatchObject({ x: -360, y: 802 });
  expect(inTheMiddle(work, popoverSize)).toEqual({ x: -1140, y: 505, width: 360, height: 440 });
});

it('is wholly within the work area, wherever the icon is and however small that is', () => {
  const side = fc.integer({ min: 100, max: 4_000 });
  const at = fc.integer({ min: -5_000, max: 5_000 });
  const area = (size: fc.Arbitrary<number>): fc.Arbitrary<Area> =>
    fc.record({ x: at, y: at, width: size, height: size });
  fc.assert(
    fc.property(area(fc.integer({ min: 0, max: 64 })), area(side), (icon, work) => {
      for (const place of [besideIcon(icon, work, popoverSize), inTheMiddle(work, popoverSize)]) {
        expect(place.x).toBeGreaterThanOrEqual(work.x);
        expect(place.y).toBeGreaterThanOrEqual(work.y);
        expect(place.x + place.width).toBeLessThanOrEqual(work.x + work.width);
        expect(place.y + place.height).toBeLessThanOrEqual(work.y + work.height);
      }
    }),
  );
});
