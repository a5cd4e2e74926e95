import type { FileBytes } from './file.ts';
import { exifHolds, orientationOf, tiffOf } from './image.ts';
import { crc32, mostChunks } from './png.ts';
import { damaged } from './problem.ts';
import { Trimming } from './trimmed.ts';

/** Chunks that are not needed to read the pixels and yet tell how the picture looks: colours, transparency, shape, animation. */
const shaping: ReadonlySet<string> = new Set([
  ...['tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'mDCV', 'cLLI', 'sBIT', 'bKGD', 'hIST', 'sPLT', 'pHYs'],
  ...['acTL', 'fcTL', 'fdAT'],
]);
const mostLooked = 64 * 1024;

/**
 * A PNG without what is no part of its picture: texts, Exif but for the orientation, the chunks of single programs, and whatever
 * follows its end.
 * @throws Refusal
 */
export async function pngWithout(file: FileBytes): Promise<Trimming> {
  const made = new Trimming(file);
  made.keep(0, 8);
  let at = 8;
  for (let chunks = 0; chunks < mostChunks; chunks++) {
    const head = await file.view(at, 12);
    const length = head.readUInt32BE(0);
    const type = head.toString('latin1', 4, 8);
    const end = at + 12 + length;
    if (!/^[A-Za-z]{4}$/.test(type) || end > file.size) throw damaged();
    // A capital stands for what no decoder can do without (PNG specification, 5.4).
    if (/^[A-Z]/.test(type) || shaping.has(type)) made.keep(at, end);
    else await takeOther(made, type, { at: at + 8, length });
    if (type === 'IEND') {
      if (end < file.size) made.leave('text');
      return made;
    }
    at = end;
  }
  throw damaged();
}

async function takeOther(
  made: Trimming,
  type: string,
  { at, length }: { readonly at: number; readonly length: number },
): Promise<void> {
  const seen = Math.min(length, mostLooked);
  const content = Buffer.from((await made.file.view(at, seen)).subarray(0, seen));
  const exif = type === 'eXIf';
  const orientation = (exif ? orientationOf(content) : undefined) ?? 1;
  const kept = orientation > 1 ? tiffOf(orientation) : undefined;
  if (kept?.equals(content)) {
    made.keep(at - 8, at + length + 4);
    return;
  }
  if (kept) made.put(chunkOf(type, kept));
  if (exif) made.leave(...exifHolds(content));
  else made.leave('text', ...(content.includes('GPSLatitude') ? (['place'] as const) : []));
}

function chunkOf(type: string, content: Buffer): Buffer {
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from(type, 'latin1'), content, Buffer.alloc(4)]);
  chunk.writeUInt32BE(content.length, 0);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + content.length)), 8 + content.length);
  return chunk;
}
