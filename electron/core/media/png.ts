import type { FileBytes } from './file.ts';
import { type ImageShape, orientationOf } from './image.ts';
import { damaged, endsTooEarly, Refusal } from './problem.ts';

export const mostChunks = 200_000;
/** Bit depths allowed for each colour type (PNG specification, 11.2.1). */
const depths: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/**
 * Walks a PNG's chunks from the header to the end chunk without inflating any. What follows the end is left alone.
 * @throws Refusal
 */
export async function readPng(file: FileBytes): Promise<ImageShape> {
  const { clear, ...size } = await readHeader(file);
  const { data, clearColour, ...shape } = await readChunks(file, 33);
  if (!data) throw damaged('it holds no picture');
  return { ...size, ...shape, ...((clear || clearColour) && { alpha: true }) };
}

async function readHeader(file: FileBytes) {
  const head = await file.view(8, 25);
  if (head.toString('latin1', 4, 8) === 'CgBI')
    throw new Refusal('type', 'This PNG is written as only iPhone apps read it. Save it again as PNG.');
  if (head.readUInt32BE(0) !== 13 || head.toString('latin1', 4, 8) !== 'IHDR') throw damaged();
  if (head.readUInt32BE(21) !== crc32(head.subarray(4, 21))) throw damaged();
  if (!depths[head[17] ?? -1]?.includes(head[16] ?? -1)) throw damaged();
  // Bit 4 of the colour type: each pixel says how much it covers.
  const clear = (head.readUInt8(17) & 4) !== 0;
  return { width: head.readUInt32BE(8), height: head.readUInt32BE(12), clear };
}

/** What the chunks from `at` to the end chunk tell. */
async function readChunks(file: FileBytes, at: number) {
  let frames = 1;
  let orientation: number | undefined;
  let data = false;
  let clearColour = false;
  for (let chunks = 0; chunks < mostChunks; chunks++) {
    const chunk = await file.view(at, 12);
    const length = chunk.readUInt32BE(0);
    const type = chunk.toString('latin1', 4, 8);
    if (!/^[A-Za-z]{4}$/.test(type) || length > 0x7fffffff) throw damaged();
    if (at + 12 + length > file.size) throw endsTooEarly();
    if (type === 'IEND') return { frames, orientation, data, clearColour };
    if (type === 'IDAT') {
      if (!data && length >= 2 && !beginsDeflated(chunk.subarray(8))) throw damaged();
      data = true;
    }
    // Frames count only where they are announced before the data (APNG specification).
    if (type === 'acTL' && !data && length >= 8)
      frames = Math.max(1, (await file.view(at + 8, 4)).readUInt32BE(0));
    clearColour ||= type === 'tRNS';
    if (type === 'eXIf') orientation ??= await readExif(file, at + 8, length);
    at += 12 + length;
  }
  throw damaged();
}

async function readExif(file: FileBytes, at: number, length: number): Promise<number | undefined> {
  if (length < 8 || length > 64 * 1024) return undefined;
  return orientationOf((await file.view(at, length)).subarray(0, length));
}

/** Whether the two bytes are there that every deflate stream in zlib format starts with (RFC 1950). */
function beginsDeflated(content: Buffer): boolean {
  return (content.readUInt8(0) & 15) === 8 && content.readUInt16BE(0) % 31 === 0;
}

/** CRC-32 as in PNG, bit by bit: it is needed for a few bytes only, and zlib.crc32 came with Node 22. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
