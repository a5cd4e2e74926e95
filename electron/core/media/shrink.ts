import type { MediaFacts } from '../../../shared/media.ts';
import type { Encoded, Image, ImageCodec } from '../ports.ts';
import type { FixPlan } from './inspect.ts';
import { openable } from './limits.ts';
import { hasCrashed, type Problem, Refusal } from './problem.ts';

export type Shrunk =
  | {
      readonly ok: true;
      readonly bytes: Buffer;
      /** Upright, without orientation. */
      readonly after: MediaFacts;
    }
  | { readonly ok: false; readonly problem: Problem };

interface ShrinkOptions extends Pick<FixPlan, 'as' | 'behind'> {
  /** What `inspect` found out about the source. */
  readonly facts: MediaFacts;
  readonly targetBytes: number;
  readonly codec: ImageCodec;
  readonly signal?: AbortSignal;
}

const white = '#ffffff';
/** Longer side in pixels at which it is seen whether anything shows through. */
const looked = 960;
const mostEncodings = 12;
const quality = { most: 95, least: 60, near: 4 } as const;
/**
 * A picture of more pixels than `most` is opened with no more than `enough`, which is still twice what a 4K screen has: Zoom shows
 * a background at 1920 by 1080, and each million takes 8 MB while it is worked on.
 */
const pixels = { most: 25_000_000, enough: 16_000_000 } as const;
/** A scaled copy is at least this share of what is allowed, where so much can be had. */
const enough = 0.9;
/** What a scaled copy is aimed at, as the guess is never quite right. */
const aim = 0.95;

/**
 * Makes a copy of a still picture of at most `targetBytes`: in full size (up to 25 million pixels) with the best JPEG quality that
 * fits, and scaled down, with its proportions kept, only where quality 60 is still too large. A picture that lets something show
 * through stays PNG and is scaled, unless it is to be a JPEG or to have a colour behind it. Nothing is ever scaled up. Bytes that fit already, and upright, come back untouched.
 */
export async function shrink(source: string | Uint8Array, options: ShrinkOptions): Promise<Shrunk> {
  const { facts, targetBytes, codec, signal } = options;
  const { kind, width, height, orientation = 1 } = facts;
  if (typeof source !== 'string' && source.byteLength <= targetBytes && orientation === 1) {
    const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
    return { ok: true, bytes, after: facts };
  }
  if (width * height > openable.pixels) return failed('bomb', 'This picture is too large to open.');
  const scale = scaleFor(width * height);
  try {
    const image = await codec.open(source, { kind, scale, signal });
    if (!image) return failed('damaged', 'This picture is damaged and can’t be opened.');
    try {
      return await search(image, options);
    } finally {
      image.close();
    }
  } catch (cause) {
    if (cause instanceof Refusal) return { ok: false, problem: cause.problem };
    throw cause;
  }
}

/**
 * Whether a picture lets something show through; false where it cannot be opened. Seen at a small size.
 * @throws Refusal 'cancelled', and 'crashed' where that is not known
 */
export async function showsThrough(
  path: string,
  { kind, width, height }: MediaFacts,
  codec: ImageCodec,
  signal: AbortSignal,
): Promise<boolean> {
  const scale = Math.min(1, looked / Math.max(width, height));
  try {
    const image = await codec.open(path, { kind, scale, signal, urgent: true });
    image?.close();
    return image !== null && !image.opaque;
  } catch (cause) {
    if (signal.aborted || !(cause instanceof Refusal) || hasCrashed(cause)) throw cause;
    return false;
  }
}

/** In eighths, which is how a JPEG can be opened without all of its pixels. */
function scaleFor(all: number): number {
  return all <= pixels.most ? 1 : Math.max(1, Math.floor(8 * Math.sqrt(pixels.enough / all))) / 8;
}

function failed(code: Problem['code'], words: string): Shrunk {
  return { ok: false, problem: { code, words } };
}

async function search(image: Image, options: ShrinkOptions): Promise<Shrunk> {
  const { facts, targetBytes, signal } = options;
  const kind = options.as ?? (facts.kind === 'jpeg' || image.opaque ? 'jpeg' : 'png');
  const behind = options.behind ?? (kind === 'jpeg' && !image.opaque ? white : undefined);
  let left = mostEncodings;
  const made = { encode, spent: () => left === 0, targetBytes };

  async function encode(scale: number, of?: number): Promise<Encoded & Sides> {
    if (signal?.aborted) throw new Refusal('cancelled', 'Cancelled.');
    left -= 1;
    const sides = sidesOf(image, scale);
    const given = { ...(of !== undefined && { quality: of }), ...(behind !== undefined && { behind }) };
    const how = { ...sides, kind, most: targetBytes, ...given };
    return { ...(await image.encode(how)), ...sides };
  }

  const best = await (kind === 'png' ? searchPng(made, facts.bytes) : searchJpeg(made, image));
  if (!best?.bytes) return failed('too-large', 'This picture couldn’t be made small enough.');
  const { bytes, width, height } = best;
  return { ok: true, bytes, after: { kind, type: 'image', bytes: bytes.length, width, height, frames: 1 } };
}

interface Sides {
  readonly width: number;
  readonly height: number;
}

interface Making {
  encode(scale: number, quality?: number): Promise<Encoded & Sides>;
  spent(): boolean;
  readonly targetBytes: number;
}

function sidesOf({ width, height }: Sides, scale: number): Sides {
  const side = (length: number) => Math.max(1, Math.floor(length * scale));
  return { width: side(width), height: side(height) };
}

/**
 * The largest PNG that fits, or nearly: bytes go with a power of the scale (the area, until two copies tell), by which each is guessed
 * from the last, between one that fits and one that does not. `bytes` are those of the file, from which the first is guessed.
 */
async function searchPng({ encode, spent, targetBytes }: Making, bytes: number) {
  let [fits, tooMuch] = [0, Number.POSITIVE_INFINITY];
  let best: (Encoded & Sides) | undefined;
  let former: { readonly scale: number; readonly size: number } | undefined;
  let power = 2;
  let scale = Math.min(1, Math.sqrt((aim * targetBytes) / bytes));
  while (!spent()) {
    const made = await encode(scale);
    if (made.bytes) {
      [best, fits] = [made, scale];
      if (made.size >= enough * targetBytes || scale === 1) return best;
    } else {
      if (made.width === 1 && made.height === 1) return best;
      tooMuch = scale;
    }
    const { size } = made;
    const told = former ? Math.log(size / former.size) / Math.log(scale / former.scale) : power;
    if (told > 0.5 && told < 8) power = told;
    former = { scale, size };
    const guess = scale * ((aim * targetBytes) / size) ** (1 / power);
    const between = guess > fits && guess < tooMuch;
    scale = Math.min(1, between ? guess : (fits + Math.min(1, tooMuch)) / 2);
  }
  return best;
}

async function searchJpeg(making: Making, image: Sides) {
  const { spent, targetBytes } = making;
  for (let scale = 1; !spent(); ) {
    const { best, smallest } = await searchQuality(making, scale);
    if (best) return best;
    // Bytes go with the area. A little less than that leaves room for a better quality than the least.
    const next = scale * Math.min(0.9, 0.85 * Math.sqrt(targetBytes / smallest));
    const [now, then] = [sidesOf(image, scale), sidesOf(image, next)];
    if (now.width === then.width && now.height === then.height) return undefined;
    scale = next;
  }
  return undefined;
}

/** Gives what fits, and the bytes of the smallest copy made, for guessing the next scale. */
async function searchQuality({ encode, spent, targetBytes }: Making, scale: number) {
  const finest = await encode(scale, quality.most);
  if (finest.bytes) return { best: finest, smallest: finest.size };
  if (spent()) return { best: undefined, smallest: finest.size };
  let best = await encode(scale, quality.least);
  if (!best.bytes) return { best: undefined, smallest: best.size };
  let fits: number = quality.least;
  let tooMuch: number = quality.most;
  while (tooMuch - fits > quality.near && !spent()) {
    const middle = Math.round((fits + tooMuch) / 2);
    const made = await encode(scale, middle);
    if (made.size <= targetBytes) [best, fits] = [made, middle];
    else tooMuch = middle;
  }
  return { best, smallest: best.size };
}
