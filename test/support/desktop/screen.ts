/** A screen as a person sees it: its pixels, and a pointer and keys to work it with. */
import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds that a panel may take to show what it is asked for; a plasmashell on two busy cores needs half of it. */
const patience = 40_000;
/** How far apart two colors are that a panel makes of one when it scales a picture; per channel. */
const nearness = 40;
/** Icons are drawn at 16 to 48 px; 12 pixels of their color is what one of 16 px has at least. */
const fewest = 12;
const largest = 64;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Colour = readonly [red: number, green: number, blue: number];

export interface Shot {
  readonly width: number;
  readonly height: number;
  readonly rgb: Buffer;
}

export interface Screen {
  takeShot(): Promise<Shot>;
  savePicture(file: string): Promise<void>;
  move(to: Point): Promise<void>;
  click(at: Point, button: 1 | 3): Promise<void>;
  /** A key by its name in X. */
  press(key: string): Promise<void>;
  /** Tally's windows that are on the screen and large enough to be no icon. */
  windows(): Promise<readonly string[]>;
  /** Whether one of them gets the keys. */
  hasKeys(): Promise<boolean>;
  /** Minimizes a window, or what is nearest to it. */
  putAway(window: string): Promise<void>;
  /** Goes to the second workspace. */
  leave(): Promise<void>;
  close(): void;
}

/** What a program has printed of a picture in the format PPM. */
export function readShot(ppm: Buffer): Shot {
  const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.subarray(0, 40).toString('latin1'));
  if (!header) throw new Error('There is no picture of the screen');
  return { width: Number(header[1]), height: Number(header[2]), rgb: ppm.subarray(header[0].length) };
}

/** The middle of the one spot of this color that is no larger than an icon; undefined where there is none. */
export function findIcon({ width, rgb }: Shot, colour: Colour, without?: Shot): Point | undefined {
  let left = Number.POSITIVE_INFINITY;
  let right = -1;
  let top = Number.POSITIVE_INFINITY;
  let bottom = -1;
  let count = 0;
  for (let at = 0; at < rgb.length; at += 3) {
    if (!isNear(rgb, at, colour) || (without && isNear(without.rgb, at, colour))) continue;
    const x = (at / 3) % width;
    const y = Math.floor(at / 3 / width);
    count += 1;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  if (count < fewest || right - left > largest || bottom - top > largest) return undefined;
  return { x: Math.round((left + right) / 2), y: Math.round((top + bottom) / 2) };
}

function isNear(rgb: Buffer, at: number, colour: Colour): boolean {
  return colour.every((value, channel) => Math.abs((rgb[at + channel] ?? 0) - value) <= nearness);
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Around all pixels that are others, but for those of a box; undefined where there are too few for a menu. */
export function changedBox(one: Shot, other: Shot, except?: Box): Box | undefined {
  let box = { left: one.width, top: one.height, right: -1, bottom: -1 };
  let count = 0;
  for (let at = 0; at < one.rgb.length; at += 3) {
    if (one.rgb[at] === other.rgb[at] && one.rgb[at + 1] === other.rgb[at + 1]) continue;
    const x = (at / 3) % one.width;
    const y = Math.floor(at / 3 / one.width);
    if (except && x >= except.left && x <= except.right && y >= except.top && y <= except.bottom) continue;
    count += 1;
    box = {
      left: Math.min(box.left, x),
      top: Math.min(box.top, y),
      right: Math.max(box.right, x),
      bottom: Math.max(box.bottom, y),
    };
  }
  return count > 5_000 ? box : undefined;
}

/** The rows and columns of which more than half of a window of this size are others; undefined where there are none. */
export function changedWindow(one: Shot, other: Shot, size: Pick<Shot, 'width' | 'height'>): Box | undefined {
  const columns = new Map<number, number>();
  const rows = new Map<number, number>();
  for (let at = 0; at < one.rgb.length; at += 3) {
    if (one.rgb[at] === other.rgb[at] && one.rgb[at + 1] === other.rgb[at + 1]) continue;
    const x = (at / 3) % one.width;
    const y = Math.floor(at / 3 / one.width);
    columns.set(x, (columns.get(x) ?? 0) + 1);
    rows.set(y, (rows.get(y) ?? 0) + 1);
  }
  const xs = [...columns].filter(([, count]) => count > size.height / 2).map(([x]) => x);
  const ys = [...rows].filter(([, count]) => count > size.width / 2).map(([y]) => y);
  if (xs.length === 0 || ys.length === 0) return undefined;
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

/** How many pixels are others, but for those of an icon at `except`. */
export function difference(one: Shot, other: Shot, except?: Point): number {
  let count = 0;
  for (let at = 0; at < one.rgb.length; at += 3) {
    if (one.rgb[at] === other.rgb[at] && one.rgb[at + 1] === other.rgb[at + 1]) continue;
    const x = (at / 3) % one.width;
    const y = Math.floor(at / 3 / one.width);
    if (except && Math.abs(x - except.x) < largest / 2 && Math.abs(y - except.y) < largest / 2) continue;
    count += 1;
  }
  return count;
}

/** The screen once it is still: a look a moment later shows the same, but for a caret or the like. */
export function still(screen: Screen): Promise<Shot> {
  return until(async () => {
    const shot = await screen.takeShot();
    await delay(300);
    return difference(shot, await screen.takeShot()) < 100 && shot;
  }, 'a screen that is still');
}

/** Looks again until there is something; what is drawn tells nobody that it is. Rejects after `ms`. */
export async function until<T>(
  look: () => Promise<T | undefined | false>,
  what: string,
  ms = patience,
): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`${what}: not seen in ${ms / 1_000} s`);
    await delay(200);
  }
}
