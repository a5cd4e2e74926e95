import type { OtherKind } from '../../../shared/media.ts';
import { readTiff } from '../../../shared/tiff.ts';
import type { FileBytes } from './file.ts';
import type { ImageShape } from './image.ts';
import { damaged, endsTooEarly, Refusal } from './problem.ts';

/** Sizes that one AVIF states (tiles, transparency, a small picture) before it is left. */
const mostSizes = 64;

const readers: Readonly<Record<OtherKind, (file: FileBytes) => Promise<ImageShape>>> = {
  webp: readWebp,
  avif: readAvif,
  bmp: readBmp,
  tiff: readTiffShape,
  heic: readHeic,
};

/**
 * What a picture of a kind that Zoom does not take says of its size; nothing is decoded.
 * @throws Refusal
 */
export function readOther(kind: OtherKind, file: FileBytes): Promise<ImageShape> {
  return readers[kind](file);
}

/** WebP container specification: a plain picture (VP8, VP8L), or a header for all more (VP8X). */
async function readWebp(file: FileBytes): Promise<ImageShape> {
  const head = await file.view(12, 18);
  const type = head.toString('latin1', 0, 4);
  if (type === 'VP8X') {
    const frames = head.readUInt8(8) & 2 ? 2 : 1;
    return { width: head.readUIntLE(12, 3) + 1, height: head.readUIntLE(15, 3) + 1, frames };
  }
  if (type === 'VP8L' && head.readUInt8(8) === 0x2f) {
    const bits = head.readUInt32LE(9);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, frames: 1 };
  }
  if (type !== 'VP8 ' || head.readUIntBE(11, 3) !== 0x9d012a) throw damaged();
  return { width: head.readUInt16LE(14) & 0x3fff, height: head.readUInt16LE(16) & 0x3fff, frames: 1 };
}

async function readBmp(file: FileBytes): Promise<ImageShape> {
  const head = await file.view(14, 12);
  if (head.readUInt32LE(0) === 12)
    return { width: head.readUInt16LE(4), height: head.readUInt16LE(6), frames: 1 };
  // A height below zero: the rows go from the top down.
  return { width: Math.abs(head.readInt32LE(4)), height: Math.abs(head.readInt32LE(8)), frames: 1 };
}

/** ISO 23008-12, 6.5.3: the largest of the sizes that its properties state. */
async function readAvif(file: FileBytes): Promise<ImageShape> {
  const frames = (await file.view(8, 4)).toString('latin1', 0, 4) === 'avis' ? 2 : 1;
  let [width, height] = [0, 0];
  let at = 0;
  for (let sizes = 0; sizes < mostSizes; sizes++) {
    at = await file.find(Buffer.from('ispe'), at);
    if (at < 0) break;
    const size = await file.view(at + 8, 8);
    const [wide, high] = [size.readUInt32BE(0), size.readUInt32BE(4)];
    if (wide * high > width * height) [width, height] = [wide, high];
    at += 4;
  }
  return { width, height, frames };
}

/** The same as an AVIF's but for its codec; phones turn it by a property (ISO 23008-12, 6.5.10), a quarter to the left each. */
async function readHeic(file: FileBytes): Promise<ImageShape> {
  const { width, height } = await readAvif(file);
  const at = await file.find(Buffer.from('irot'), 0);
  const quarters = at < 0 ? 0 : (await file.view(at + 4, 1)).readUInt8(0) & 3;
  return { width, height, frames: 1, orientation: [1, 8, 3, 6][quarters] };
}

async function readTiffShape(file: FileBytes): Promise<ImageShape> {
  const page = await readTiff(async (at, length) => {
    const { buffer, byteOffset } = await file.view(at, length);
    return new DataView(buffer, byteOffset, length);
  });
  if (page === 'damaged') throw damaged();
  if (page === 'unknown')
    throw new Refusal(
      'type',
      'This is a TIFF picture of a kind that Tally doesn’t open. Save it as JPG or PNG.',
    );
  if ((await page.end()) > file.size) throw endsTooEarly();
  const { width, height, several, orientation } = page;
  return { width, height, frames: several ? 2 : 1, orientation };
}
