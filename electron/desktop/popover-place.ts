import type { Area } from './window-place.ts';

export type Size = Pick<Area, 'width' | 'height'>;

/** At 100 %; it grows with the zoom of its page. */
export const popoverSize: Size = { width: 360, height: 440 };
/** Between the popover and the panel, in px. */
const gap = 8;

/**
 * Where the popover stands beside an icon, wholly within the work area: above a panel at the bottom, under one at the top, beside one
 * at the side. Where the panel takes no room of the work area it is the nearer of top and bottom.
 */
export function besideIcon(icon: Area, work: Area, wanted: Size): Area {
  const size = fitted(wanted, work);
  const { width, height } = size;
  const middle = { x: icon.x + icon.width / 2, y: icon.y + icon.height / 2 };
  const right = work.x + work.width;
  const bottom = work.y + work.height;
  const left = Math.round(middle.x - width / 2);
  const top = Math.round(middle.y - height / 2);
  if (middle.x < work.x) return within({ x: work.x + gap, y: top, ...size }, work);
  if (middle.x >= right) return within({ x: right - width - gap, y: top, ...size }, work);
  const isBelow = middle.y < work.y || (middle.y < bottom && middle.y < work.y + work.height / 2);
  const under = Math.max(work.y, icon.y + icon.height) + gap;
  const above = Math.min(bottom, icon.y) - height - gap;
  return within({ x: left, y: isBelow ? under : above, ...size }, work);
}

/** In the middle, where it is not known where the icon is. */
export function inTheMiddle(work: Area, wanted: Size): Area {
  const size = fitted(wanted, work);
  const x = Math.round(work.x + (work.width - size.width) / 2);
  return { x, y: Math.round(work.y + (work.height - size.height) / 2), ...size };
}

function fitted(wanted: Size, work: Area): Size {
  return { width: Math.min(wanted.width, work.width), height: Math.min(wanted.height, work.height) };
}

function within({ x, y, width, height }: Area, work: Area): Area {
  const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(value, high));
  return {
    x: clamp(x, work.x, work.x + work.width - width),
    y: clamp(y, work.y, work.y + work.height - height),
    width,
    height,
  };
}
