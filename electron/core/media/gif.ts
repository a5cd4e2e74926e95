import type { FileBytes } from './file.ts';
import type { ImageShape } from './image.ts';
import { damaged } from './problem.ts';

const trailer = 0x3b;

/**
 * Walks a GIF's blocks to its trailer and counts the frames, decoding none (GIF89a specification). As in Chromium, after a
 * whole frame the end of the file or whatever is no block (zero bytes, a tag) is as good as a trailer.
 * @throws Refusal
 */
export async function readGif(file: FileBytes): Promise<ImageShape> {
  const head = await file.view(6, 7);
  let width = head.readUInt16LE(0);
  let height = head.readUInt16LE(2);
  let frames = 0;
  let at = 13 + paletteBytes(head.readUInt8(4));
  for (;;) {
    const kind = at === file.size && frames > 0 ? trailer : (await file.view(at, 1)).readUInt8(0);
    if (kind === 0x21) {
      at = await afterBlocks(file, at + 2);
    } else if (kind === 0x2c) {
      const frame = await file.view(at + 1, 9);
      frames += 1;
      // A frame may reach over the edge of the picture; decoders then make the picture as large as the frame.
      width = Math.max(width, frame.readUInt16LE(0) + frame.readUInt16LE(4));
      height = Math.max(height, frame.readUInt16LE(2) + frame.readUInt16LE(6));
      // One byte before the data gives the size of its codes.
      at = await afterBlocks(file, at + 10 + paletteBytes(frame.readUInt8(8)) + 1);
    } else if (frames > 0) {
      return { width, height, frames };
    } else {
      throw kind === trailer ? damaged('it holds no picture') : damaged();
    }
  }
}

export function paletteBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** The place after a chain of blocks, each with its length before it and an empty one at the end. */
export async function afterBlocks(file: FileBytes, from: number): Promise<number> {
  let at = from;
  for (;;) {
    const view = await file.view(at, 1);
    let offset = 0;
    while (offset < view.length) {
      const length = view.readUInt8(offset);
      offset += 1 + length;
      if (length === 0) return at + offset;
    }
    at += offset;
  }
}
