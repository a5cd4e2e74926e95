/** The X screen as a person sees it: its pixels, and a pointer and keys to work it with. */
import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

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

interface Shot {
  readonly width: number;
  readonly height: number;
  readonly rgb: Buffer;
}

export async function takeShot(): Promise<Shot> {
  const options = { encoding: 'buffer', maxBuffer: 64 * 2 ** 20 } as const;
  const { stdout } = await run(
    '/usr/bin/import',
    ['-silent', '-window', 'root', '-depth', '8', 'ppm:-'],
    options,
  );
  const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(stdout.subarray(0, 40).toString('latin1'));
  if (!header) throw new Error('There is no picture of the screen');
  return { width: Number(header[1]), height: Number(header[2]), rgb: stdout.subarray(header[0].length) };
}

export async function savePicture(file: string): Promise<void> {
  await run('/usr/bin/import', ['-silent', '-window', 'root', file]);
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

/** How many pixels are others. */
export function difference(one: Shot, other: Shot): number {
  let count = 0;
  for (let at = 0; at < one.rgb.length; at += 3) {
    if (one.rgb[at] !== other.rgb[at] || one.rgb[at + 1] !== other.rgb[at + 1]) count += 1;
  }
  return count;
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

export async function xdotool(...args: readonly string[]): Promise<string> {
  return (await run('xdotool', [...args])).stdout.trim();
}

export async function click({ x, y }: Point, button: 1 | 3): Promise<void> {
  await xdotool('mousemove', String(x), String(y));
  await xdotool('click', String(button));
}

export async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await xdotool('key', key);
    // Menus that open a submenu take no key before it is there, and nothing tells when that is.
    await delay(1_000);
  }
}

/** Tally's windows that are on the screen and large enough to be no icon. */
export async function windows(): Promise<readonly string[]> {
  const found = await xdotool('search', '--onlyvisible', '--name', '^Tally$').catch(() => '');
  const large = [];
  for (const id of found.split('\n').filter(Boolean)) {
    const geometry = await xdotool('getwindowgeometry', '--shell', id).catch(() => '');
    if (Number(/WIDTH=(\d+)/.exec(geometry)?.[1] ?? 0) > 200) large.push(id);
  }
  return large;
}
