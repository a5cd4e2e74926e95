import type { MediaFacts } from '../../../shared/media.ts';
import type { Awaitable, Image, ImageCodec } from '../ports.ts';
import { openable } from './limits.ts';
import type { Problem } from './problem.ts';

export type Shrunk =
  | {
      readonly ok: true;
      readonly bytes: Buffer;
      /** Upright, without orientation. */
      readonly after: MediaFacts;
    }
  | { readonly ok: false; readonly problem: Problem };

interface ShrinkOptions {
  /** What `inspect` found out about the source. */
  readonly facts: MediaFacts;
  readonly targetBytes: number;
  readonly codec: ImageCodec;
  readonly signal?: AbortSignal;
}

const mostEncodings = 12;
const quality = { most: 95, least: 60, near: 4 } as const;

/**
 * Makes a copy of a still picture of at most `targetBytes`: in full size with the best JPEG quality that fits, and scaled
 * down, with its proportions kept, only where quality 60 is still too large. A picture that lets something show through
 * stays PNG and is scaled. Nothing is ever scaled up. Bytes that fit already, and upright, come back untouched.
 */
export async function shrink(source: Buffer, options: ShrinkOptions): Promise<Shrunk> {
  const { facts, targetBytes, codec, signal } = options;
  const orientation = facts.orientation ?? 1;
  if (source.length <= targetBytes && orientation === 1) return { ok: true, bytes: source, after: facts };
  if (facts.width * facts.height > openable.pixels)
    return failed('bomb', 'This picture is too large to open.');
  if (signal?.aborted) return failed('cancelled', 'Cancelled.');
  const full = await codec.decode(source, orientation);
  if (!full) return failed('damaged', 'This picture is damaged and cannot be opened.');

  const kind = facts.kind === 'png' && !full.opaque ? 'png' : 'jpeg';
  const search = kind === 'png' ? searchPng : searchJpeg;
  let encodings = 0;
  const spent = () => encodings >= mostEncodings || signal?.aborted === true;
  const count = async (encoded: Awaitable<Buffer>) => {
    encodings += 1;
    return await encoded;
  };

  let image = full;
  let scale = 1;
  while (!spent()) {
    const { best, smallest } = await search(image, targetBytes, count, spent);
    if (best && !signal?.aborted) {
      const { width, height } = image;
      const after = { kind, type: 'image', bytes: best.length, width, height, frames: 1 } as const;
      return { ok: true, bytes: best, after };
    }
    // Bytes go with the area. A little less than that leaves room for a better quality than the least.
    const next = scale * Math.min(0.9, 0.85 * Math.sqrt(targetBytes / smallest));
    const width = Math.max(1, Math.floor(full.width * next));
    const height = Math.max(1, Math.floor(full.height * next));
    if (width === image.width && height === image.height) break;
    scale = next;
    image = await full.resize(width, height);
  }
  return signal?.aborted
    ? failed('cancelled', 'Cancelled.')
    : failed('too-large', 'This picture could not be made small enough.');
}

function failed(code: Problem['code'], words: string): Shrunk {
  return { ok: false, problem: { code, words } };
}

type Count = (encoded: Awaitable<Buffer>) => Promise<Buffer>;

/** Gives what fits, and the bytes of the smallest copy made, for guessing the next scale. */
async function searchPng(image: Image, targetBytes: number, count: Count) {
  const bytes = await count(image.png());
  return { best: bytes.length <= targetBytes ? bytes : undefined, smallest: bytes.length };
}

async function searchJpeg(image: Image, targetBytes: number, count: Count, spent: () => boolean) {
  const finest = await count(image.jpeg(quality.most));
  if (finest.length <= targetBytes) return { best: finest, smallest: finest.length };
  if (spent()) return { best: undefined, smallest: finest.length };
  let best = await count(image.jpeg(quality.least));
  if (best.length > targetBytes) return { best: undefined, smallest: best.length };
  let fits: number = quality.least;
  let tooMuch: number = quality.most;
  while (tooMuch - fits > quality.near && !spent()) {
    const middle = Math.round((fits + tooMuch) / 2);
    const bytes = await count(image.jpeg(middle));
    if (bytes.length <= targetBytes) {
      best = bytes;
      fits = middle;
    } else {
      tooMuch = middle;
    }
  }
  return { best, smallest: best.length };
}
