import type { FileBytes } from './file.ts';
import { damaged, endsTooEarly } from './problem.ts';

/** A part of an MP4 or MOV file (ISO/IEC 14496-12, 4.2). */
export interface Box {
  readonly type: string;
  /** First byte of the box: its length, and then its type. */
  readonly start: number;
  /** First byte of the content. */
  readonly at: number;
  readonly end: number;
}

/** No honest file of 15 MB has more boxes on the way to what is read here. */
const mostBoxes = 50_000;

/** Reads the boxes of one file, and of all of them together so many at most. */
export class Boxes {
  readonly #file: FileBytes;
  #left = mostBoxes;

  constructor(file: FileBytes) {
    this.#file = file;
  }

  /**
   * The boxes between two places, one after the other, without what is in them.
   * @param isOver whether one of this type that does not fit ends them, instead of being damage
   */
  async *between(from: number, end: number, isOver = (_type: string) => false): AsyncGenerator<Box> {
    for (let at = from; at + 8 <= end; ) {
      if (--this.#left < 0) throw damaged();
      const { type, start, length } = await this.#head(at, end);
      const fits = length >= start && at + length <= end;
      if (!fits && isOver(type)) return;
      if (length < start) throw damaged();
      if (!fits) throw end === this.#file.size ? endsTooEarly() : damaged();
      yield { type, start: at, at: at + start, end: at + length };
      at += length;
    }
  }

  async #head(at: number, end: number) {
    const head = await this.#file.view(at, 8);
    const short = head.readUInt32BE(0);
    const type = head.toString('latin1', 4, 8);
    if (short === 1) {
      const length = at + 16 <= end ? Number((await this.#file.view(at, 16)).readBigUInt64BE(8)) : 16;
      return { type, start: 16, length };
    }
    // Length 0 reaches to the end; inside a container it is QuickTime's mark of the last entry.
    return { type, start: 8, length: short === 0 ? end - at : short };
  }

  /** The first `least` bytes or more of a box's content, valid until the next read. */
  content(box: Box, least: number): Promise<Buffer> {
    return this.#file.view(box.at, least);
  }

  /** A full box's version and flags, and the `least` bytes after them, copied. */
  async fields(box: Box, least: number) {
    if (box.end - box.at < 4 + least) throw damaged();
    const view = Buffer.from((await this.content(box, 4 + least)).subarray(0, 4 + least));
    return { version: view.readUInt8(0), flags: view.readUIntBE(1, 3), view: view.subarray(4) };
  }
}
