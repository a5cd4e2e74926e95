import type { OpenFile } from '../ports.ts';
import type { FileBytes, Readable } from './file.ts';

/** What a picture's file may hold that nobody sees. */
export type Hidden = 'place' | 'camera' | 'video' | 'picture' | 'text';

/** A stretch of a file, or what stands in the place of one. */
export type Part = { readonly from: number; readonly to: number } | Uint8Array;

/** What of a file is sent. Sizes in bytes. */
export interface Trimmed {
  /** Of the whole file. */
  readonly of: number;
  readonly size: number;
  readonly parts: readonly Part[];
}

/** Puts together what is kept of a file, and counts what is not. */
export class Trimming {
  readonly file: FileBytes;
  readonly #parts: Part[] = [];
  readonly #what = new Set<Hidden>();

  constructor(file: FileBytes) {
    this.file = file;
  }

  keep(from: number, to: number): void {
    const last = this.#parts.at(-1);
    if (last && 'from' in last && last.to === from) this.#parts.splice(-1, 1, { from: last.from, to });
    else this.#parts.push({ from, to });
  }

  leave(...what: readonly Hidden[]): void {
    for (const one of what) this.#what.add(one);
  }

  put(bytes: Uint8Array): void {
    this.#parts.push(bytes);
  }

  done(): Trimmed & { readonly what: ReadonlySet<Hidden> } {
    const size = this.#parts.reduce((sum, part) => sum + lengthOf(part), 0);
    return { of: this.file.size, size, parts: this.#parts, what: this.#what };
  }
}

function lengthOf(part: Part): number {
  return 'from' in part ? part.to - part.from : part.byteLength;
}

/** The files of `disk` as this one is sent: nothing is copied, and a file of another size than it was made for shows as one here. */
export function trimmedDisk(disk: Readable, trimmed: Trimmed): Readable {
  const sized = <State extends { readonly size: number }>(state: State) => ({
    ...state,
    size: state.size - trimmed.of + trimmed.size,
  });
  return {
    look: disk.look,
    state: async (path) => sized(await disk.state(path)),
    async open(path) {
      const file = await disk.open(path);
      return {
        state: async () => sized(await file.state()),
        read: readerOf(file, trimmed.parts),
        close: () => file.close(),
      };
    },
  };
}

function readerOf(file: OpenFile, parts: readonly Part[]): OpenFile['read'] {
  let next = 0;
  return async (buffer, offset, length, position) => {
    const at = position ?? next;
    let start = 0;
    for (const part of parts) {
      const [within, end] = [at - start, lengthOf(part)];
      start += end;
      if (within >= end) continue;
      const wanted = Math.min(length, end - within);
      if (!('from' in part)) buffer.set(part.subarray(within, within + wanted), offset);
      const count = 'from' in part ? await file.read(buffer, offset, wanted, part.from + within) : wanted;
      if (position === null) next = at + count;
      return count;
    }
    return 0;
  };
}
