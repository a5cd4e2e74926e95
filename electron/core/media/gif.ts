import type { FileBytes } from './file.ts';
import type { ImageShape } from './image.ts';
import { damaged, endsTooEarly } from './problem.ts';

/**
 * Walks a GIF's blocks to its trailer and counts the frames, decoding none (GIF89a specification). As in browsers, zero bytes
 * between blocks do not count, and after a whole frame the end of the file or an unknown block is as good as a trailer.
 * @throws Refusal
 */
export async function readGif(file: FileBytes): Promise<ImageShape> {
  const head = await file.view(6, 7);
  let width = head.readUInt16LE(0);
  let height = head.readUInt16LE(2);
  let frames = 0;
  let at = 13 + paletteBytes(head.readUInt8(4));
  for (;;) {
    const block = await nextBlock(file, at);
    if (!block && frames === 0) throw endsTooEarly();
    const { kind, start } = block ?? { kind: trailer, start: at };
    if (kind === 0x21) {
      at = await afterBlocks(file, start + 2);
    } else if (kind === 0x2c) {
      const frame = await file.view(start + 1, 9);
      // A frame may reach over the edge of the picture; decoders then make the picture as large as the frame.
      const right = frame.readUInt16LE(0) + frame.readUInt16LE(4);
      const bottom = frame.readUInt16LE(2) + frame.readUInt16LE(6);
      // One byte before the data gives the size of its codes.
      at = await afterBlocks(file, start + 10 + paletteBytes(frame.readUInt8(8)) + 1);
      frames += 1;
      width = Math.max(width, right);
      height = Math.max(height, bottom);
    } else if (frames > 0) {
      return { width, height, frames };
    } else {
      throw kind === trailer ? damaged('it holds no picture') : damaged();
    }
  }
}

const trailer = 0x3b;

/** The first block from `from`, with its kind; undefined where the file is over. */
async function nextBlock(file: FileBytes, from: number) {
  for (let at = from; at < file.size; ) {
    const view = await file.view(at, 1);
    const offset = view.findIndex((byte) => byte !== 0);
    if (offset >= 0) return { kind: view.readUInt8(offset), start: at + offset };
    at += view.length;
  }
  return undefined;
}

function paletteBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** The place after a chain of blocks, each with its length before it and an empty one at the end. */
async function afterBlocks(file: FileBytes, from: number): Promise<number> {
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
