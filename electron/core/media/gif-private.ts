import type { FileBytes } from './file.ts';
import { afterBlocks, paletteBytes } from './gif.ts';
import { damaged } from './problem.ts';
import { Trimming } from './trimmed.ts';

/** Of the blocks of applications these tell how often it moves, and its colours. */
const shaping: ReadonlySet<string> = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012']);
const [extension, frame, trailer] = [0x21, 0x2c, 0x3b];
const mostLooked = 64 * 1024;
const [comment, application] = [0xfe, 0xff];

/**
 * A GIF without comments, the blocks of applications that are no part of what is seen (XMP), and whatever follows its end.
 * @throws Refusal
 */
export async function gifWithout(file: FileBytes): Promise<Trimming> {
  const made = new Trimming(file);
  const head = await file.view(6, 7);
  let at = 13 + paletteBytes(head.readUInt8(4));
  made.keep(0, at);
  for (let frames = 0; ; ) {
    const kind = at < file.size ? (await file.view(at, 1)).readUInt8(0) : trailer;
    const from = at;
    if (kind === extension) {
      at = await afterBlocks(file, at + 2);
      await takeExtension(made, from, at);
    } else if (kind === frame) {
      frames += 1;
      const flags = (await file.view(at, 10)).readUInt8(9);
      at = await afterBlocks(file, at + 10 + paletteBytes(flags) + 1);
      made.keep(from, at);
    } else {
      if (frames === 0) throw damaged();
      return end(made, from, kind === trailer);
    }
  }
}

async function takeExtension(made: Trimming, from: number, to: number): Promise<void> {
  const seen = Math.min(mostLooked, to - from);
  const block = (await made.file.view(from, seen)).subarray(0, seen);
  const label = block.readUInt8(1);
  const isShaping = label !== application || shaping.has(block.toString('latin1', 3, 14));
  if (label !== comment && isShaping) return made.keep(from, to);
  made.leave('text', ...(block.includes('GPSLatitude') ? (['place'] as const) : []));
}

/** What follows the trailer goes. Where there is none the rest is what decoders step over, zero bytes most often: it stays. */
function end(made: Trimming, at: number, isWhole: boolean): Trimming {
  const { size } = made.file;
  const to = isWhole ? Math.min(at + 1, size) : size;
  if (to > at) made.keep(at, to);
  if (to < size) made.leave('text');
  return made;
}
