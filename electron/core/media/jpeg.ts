import type { FileBytes } from './file.ts';
import { type ImageShape, orientationOf } from './image.ts';
import { damaged, endsTooEarly, Refusal } from './problem.ts';

const endOfImage = Buffer.from([0xff, 0xd9]);
const mostSegments = 10_000;

/**
 * Walks a JPEG's segments up to its image data, and looks for the end marker after it: data holds none, as 0xff in it
 * is always followed by 0 or a restart marker (ITU-T T.81, B.1.1.5). What follows the end (motion photos, depth) is left alone.
 * @throws Refusal
 */
export async function readJpeg(file: FileBytes): Promise<ImageShape> {
  const { size, orientation, data } = await readSegments(file);
  if (!size) throw damaged();
  if ((await file.find(endOfImage, data)) < 0) throw endsTooEarly();
  return { ...size, frames: 1, orientation };
}

/** What the segments before the image data tell, and where that begins. */
async function readSegments(file: FileBytes) {
  let size: Awaited<ReturnType<typeof readFrame>> | undefined;
  let orientation: number | undefined;
  let at = 2;
  for (let segments = 0; segments < mostSegments; segments++) {
    const head = await file.view(at, 4);
    const marker = head[1] ?? 0;
    if (head[0] !== 0xff) throw damaged();
    if (!hasContent(marker)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const length = head.readUInt16BE(2);
    if (marker === 0 || marker === 0xd8 || marker === 0xd9 || length < 2) throw damaged();
    const content = at + 4;
    if (marker === 0xe1) orientation ??= await readExif(file, content, length - 2);
    if (isFrame(marker)) size ??= await readFrame(file, marker, content, length - 2);
    at += 2 + length;
    if (marker === 0xda) return { size, orientation, data: at };
  }
  throw damaged();
}

/** Not so: a byte that fills up (ff), TEM (01), and RST0 to RST7. */
function hasContent(marker: number): boolean {
  return marker !== 0xff && marker !== 0x01 && (marker < 0xd0 || marker > 0xd7);
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
      'This is a rare kind of JPEG that most programs cannot read. Save it again as JPG.',
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
