import { deflateSync } from 'node:zlib';
import jpeg from 'jpeg-js';
import { chunk, header, pngEnd, pngStart, segment } from './media-corpus-files.ts';

/** Rows of one strip, which is drawn once and repeated; eights. */
const stripRows = 64;

/** xorshift32: noise that is the same in each run. */
function noise(seed = 1): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 255;
  };
}

interface Photo {
  readonly width: number;
  readonly height: number;
  /** How far the grain goes, 0 to 255: the more, the larger is the file. */
  readonly grain: number;
  /** 1 to 100. */
  readonly quality?: number;
  /** Put behind its start. */
  readonly segments?: readonly Buffer[];
  /** Over 0: photos of other seeds have another grain. */
  readonly seed?: number;
}

/**
 * A photo of any size in no time: slopes of colour with a grain on them. One strip is encoded and stands again and again, each
 * after a restart marker, so that a decoder has the work of the whole. Width in eights, height in 64s.
 */
export function photoOf({ width, height, grain, quality = 90, segments = [], seed }: Photo): Buffer {
  const next = noise(seed);
  const data = Buffer.alloc(width * stripRows * 4, 255);
  for (let at = 0; at < data.length; at += 4) {
    const x = (at / 4) % width;
    const light = ((next() - 128) * grain) / 255;
    for (let part = 0; part < 3; part++) {
      const slope = 60 + ((x / width) * 120 + part * 20);
      data[at + part] = Math.max(0, Math.min(255, slope + light));
    }
  }
  const strip = jpeg.encode({ width, height: stripRows, data }, quality).data;
  const frame = strip.indexOf(Buffer.from([0xff, 0xc0, 0, 17]));
  const scan = strip.indexOf(Buffer.from([0xff, 0xda, 0, 12]));
  const head = Buffer.from(strip.subarray(2, scan));
  head.writeUInt16BE(height, frame - 2 + 5);
  const blocks = (width / 8) * (stripRows / 8);
  const start = strip.subarray(scan, scan + 14);
  const content = strip.subarray(scan + 14, strip.length - 2);
  const parts = [Buffer.from([0xff, 0xd8]), ...segments, head];
  parts.push(segment(0xdd, Buffer.from([blocks >> 8, blocks & 255])), start);
  const strips = height / stripRows;
  for (let at = 0; at < strips; at++) {
    if (at > 0) parts.push(Buffer.from([0xff, 0xd0 + ((at - 1) & 7)]));
    parts.push(content);
  }
  parts.push(Buffer.from([0xff, 0xd9]));
  return Buffer.concat(parts);
}

/** Tables that no decoder uses and yet are part of the picture, to make a file of a small one too large. */
const table = Buffer.concat([Buffer.from([3]), Buffer.alloc(64, 1)]);
const ballast = Array.from({ length: 250 }, () => segment(0xdb, Buffer.concat(Array(1_000).fill(table))));

/** The same JPEG in a file of over 16 MB. */
export function withBallast(jpeg: Buffer): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...ballast, jpeg.subarray(2)]);
}

/** A PNG that lets something show through, of noise of so many values; 12 of them make about half a byte of each byte. */
export function glassPng(width: number, height: number, values: number): Buffer {
  const next = noise();
  const row = width * 4 + 1;
  const rows = Buffer.alloc(height * row);
  for (let y = 0; y < height; y++) {
    for (let at = y * row + 1; at < (y + 1) * row; at++) rows[at] = 100 + (next() % values);
  }
  return Buffer.concat([
    pngStart,
    header(width, height, 8, 6),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    pngEnd,
  ]);
}

/** A PNG like a photo: slopes of color with a grain on them, see-through by a hair unless it is to be opaque. */
export function photoPng(width: number, height: number, { opaque = false } = {}): Buffer {
  const next = noise();
  const samples = opaque ? 3 : 4;
  const row = width * samples + 1;
  const rows = Buffer.alloc(height * row);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * row + 1 + x * samples;
      const light = 40 + (x / width) * 110 + (y / height) * 60;
      for (let part = 0; part < 3; part++) rows[at + part] = light + part * 10 + (next() & 15);
      if (!opaque) rows[at + 3] = 250;
    }
  }
  const data = deflateSync(rows, { level: 1 });
  return Buffer.concat([pngStart, header(width, height, 8, opaque ? 2 : 6), chunk('IDAT', data), pngEnd]);
}

/** A GIF that moves: so many pictures of noise, in codes that compress nothing, each about 9/8 bytes a pixel. */
export function movingGif(width: number, height: number, frames: number): Buffer {
  const next = noise();
  const codes: number[] = [];
  // Without a clear code in time, codes would grow beyond nine bits.
  for (let pixel = 0; pixel < width * height; pixel++)
    codes.push(...(pixel % 250 === 0 ? [256] : []), next());
  codes.push(257);
  const data = Buffer.alloc(Math.ceil((codes.length * 9) / 8));
  for (const [index, code] of codes.entries()) {
    const bit = index * 9;
    const at = bit >> 3;
    const shifted = code << (bit & 7);
    data[at] = (data[at] ?? 0) | (shifted & 255);
    data[at + 1] = (data[at + 1] ?? 0) | ((shifted >> 8) & 255);
  }
  const u16 = (value: number) => [value & 255, value >> 8];
  const frame: Buffer[] = [
    Buffer.from([0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, ...u16(width), ...u16(height), 0, 8]),
  ];
  for (let at = 0; at < data.length; at += 255) {
    const block = data.subarray(at, at + 255);
    frame.push(Buffer.from([block.length]), block);
  }
  frame.push(Buffer.from([0]));
  const palette = Buffer.from(Array.from({ length: 768 }, (_, at) => Math.floor(at / 3)));
  const head = Buffer.from([...Buffer.from('GIF89a'), ...u16(width), ...u16(height), 0xf7, 0, 0]);
  const one = Buffer.concat(frame);
  return Buffer.concat([head, palette, ...Array.from({ length: frames }, () => one), Buffer.from(';')]);
}
