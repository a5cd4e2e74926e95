/** A part of the desktop, in the units of the display it is on: what 100 % makes one pixel. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Placed extends Area {
  readonly minWidth: number;
  readonly minHeight: number;
}

/** The size of a new window, and below what its screens cannot be read. */
export const usualSize = { width: 960, height: 680 } as const;
const least = { width: 380, height: 520 } as const;
/** What a window manager may put above the window: its title. It is not known before the window is shown. */
const title = 40;

/** Where a window that was to be at `wanted` stands wholly within a work area, smaller where that is, and with the limits it may have there. */
export function fitInto(wanted: Area, work: Area): Placed {
  const most = { width: work.width, height: work.height - title };
  const width = Math.min(wanted.width, most.width);
  const height = Math.min(wanted.height, most.height);
  return {
    x: clamp(wanted.x, work.x, work.x + most.width - width),
    y: clamp(wanted.y, work.y, work.y + most.height - height),
    width,
    height,
    minWidth: Math.min(least.width, most.width),
    minHeight: Math.min(least.height, most.height),
  };
}

/** A size with a point in its middle. */
export function around(
  point: { x: number; y: number },
  { width, height }: Pick<Area, 'width' | 'height'>,
): Area {
  return { x: Math.round(point.x - width / 2), y: Math.round(point.y - height / 2), width, height };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
