import type { FileBytes } from './file.ts';
import { type ImageShape, orientationOf } from './image.ts';
import { damaged, endsTooEarly, Refusal } from './problem.ts';

const endOfImage = Buffer.from([0xff, 0xd9]);
const mostSegments = 10_000;
/** The end marker stands this near to the end of the file, in bytes, unless something long follows the picture. */
const usualTail = 64 * 1024;

/**
 * Walks a JPEG's segments up to its image data, and looks for the end marker after it: data holds none, as 0xff in it
 * is always followed by 0 or a restart marker (ITU-T T.81, B.1.1.5). What follows the end (motion photos, depth) is left alone.
 * @throws Refusal
 */
export async function readJpeg(file: FileBytes): Promise<ImageShape> {
  const { size, orientation, data } = await readSegments(file);
  if (!size) throw damaged();
  // From its end first: to read all of a photo takes long from a slow drive.
  const near = await file.find(endOfImage, Math.max(data, file.size - usualTail));
  if (near < 0 && (await file.find(endOfImage, data)) < 0) throw endsTooEarly();
  return { ...size, frames: 1, orientation };
}

/** What the segments before the image data tell, and where that begins. */
async function readSegments(file: FileBytes) {
  let size: Awaited<ReturnType<typeof readFrame>> | undefined;
  let orientation: number | undefined;
  for await (const { marker, content, length, end } of segmentsOf(file)) {
    if (marker === 0xe1) orientation ??= await readExif(file, content, length);
    if (isFrame(marker)) size ??= await readFrame(file, marker, content, length);
    if (marker === 0xda) return { size, orientation, data: end };
  }
  throw damaged();
}

/** A segment with content: where it begins with its marker, where its content does and how long that is, and where it ends. */
interface Segment {
  readonly marker: number;
  readonly from: number;
  readonly content: number;
  readonly length: number;
  readonly end: number;
}

/**
 * The segments of a JPEG that have content, 10,000 at most; whoever walks them stops at the image data (da).
 * @throws Refusal where one stands that cannot be there
 */
export async function* segmentsOf(file: FileBytes): AsyncGenerator<Segment> {
  let at = 2;
  for (let count = 0; count < mostSegments; count++) {
    const { marker, end: content } = await nextMarker(file, at);
    at = content;
    if (!hasContent(marker)) continue;
    if (marker === 0xd8 || marker === 0xd9) throw damaged();
    // A length that does not even count itself is taken for an empty segment, as decoders do.
    const length = Math.max(0, (await file.view(at, 2)).readUInt16BE(0) - 2);
    at += 2 + length;
    yield { marker, from: content - 2, content: content + 2, length, end: at };
  }
}

/** The next marker from `from`. Cameras and editors leave bytes between segments that are none; decoders step over them. */
export async function nextMarker(file: FileBytes, from: number) {
  for (let at = from; ; ) {
    const view = await file.view(at, 2);
    let offset = view.indexOf(0xff);
    while (offset >= 0 && offset + 1 < view.length) {
      const marker = view.readUInt8(offset + 1);
      if (marker !== 0 && marker !== 0xff) return { marker, end: at + offset + 2 };
      offset = view.indexOf(0xff, offset + 1);
    }
    at += offset < 0 ? view.length : offset;
  }
}

/** Not so: TEM (01), and RST0 to RST7. */
function hasContent(marker: number): boolean {
  return marker !== 0x01 && (marker < 0xd0 || marker > 0xd7);
}

/** SOF0 to SOF15; DHT (c4), JPG (c8) and DAC (cc) stand between them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

async function readFrame(file: FileBytes, marker: number, at: number, length: number) {
  if (length < 6) throw damaged();
  const frame = await file.view(at, 6);
  // Baseline, extended and progressive at 8 bits are what decoders read; lossless, hierarchical and arithmetic are not.
  if (marker > 0xc2 || frame[0] !== 8)
    throw new Refusal(
      'type',
      'This is a rare kind of JPEG that most programs can’t read. Save it again as JPG.',
    );
  return { width: frame.readUInt16BE(3), height: frame.readUInt16BE(1) };
}

async function readExif(file: FileBytes, at: number, length: number): Promise<number | undefined> {
  if (length < 14) return undefined;
  // A whole segment, at most 64 KiB: copied, because a view ends with the next one.
  const content = Buffer.from((await file.view(at, length)).subarray(0, length));
  if (content.toString('latin1', 0, 6) !== 'Exif\0\0') return undefined;
  return orientationOf(content.subarray(6));
}
