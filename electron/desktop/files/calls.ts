import { createInTurn } from '../../core/lib/in-turn.ts';
import type { Disk, OpenFile } from '../../core/ports.ts';

/** What main asks a reader, over a port. `file` is the number that `open` answered. */
export type ReadCall =
  | { readonly id: number; readonly call: 'look' | 'state' | 'open'; readonly path: string }
  | { readonly id: number; readonly call: 'fileState'; readonly file: number }
  | { readonly id: number; readonly call: 'close'; readonly file: number }
  | {
      readonly id: number;
      readonly call: 'read';
      readonly file: number;
      readonly length: number;
      readonly position: number | null;
      /** Where in the memory that the two share (memory.ts) the bytes are to lie; absent where they share none. */
      readonly at?: number;
    };

type Reading = Extract<ReadCall, { call: 'read' }>;

/**
 * `code` is that of the system's error. Of a read, `value` is how many bytes lie in the shared memory, and `bytes` are what was read
 * where they do not; `goesOn` comes before either, as often as a slow disk has given something.
 */
export type ReadAnswer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly bytes: Uint8Array }
  | { readonly id: number; readonly goesOn: true }
  | { readonly id: number; readonly code: string };

/** So much is asked of a disk at first, in bytes, and twice as much each time that it was quick: main gives up one that gives nothing. */
const firstPiece = 256 * 1024;
/** A disk that takes longer than this for a piece is slow, in ms: well below main's patience. */
const slow = 200;

interface Opened {
  readonly file: OpenFile;
  readonly inTurn: ReturnType<typeof createInTurn>;
  /** The same for each read: the system takes longer to give new memory than to read into it. */
  memory: Uint8Array;
  piece: number;
}

/**
 * Does what a reader is asked on `disk`; runs in the reader.
 * @param lay lays what was read into the shared memory; false where that cannot be
 * @param now a clock's milliseconds, which nobody sets
 */
export function createReadCalls(
  disk: Disk,
  answer: (answer: ReadAnswer) => void,
  lay: (bytes: Uint8Array, at: number) => boolean,
  now: () => number,
) {
  const open = new Map<number, Opened>();

  function opened(file: number): Opened {
    const found = open.get(file);
    if (!found) throw new Error('not open');
    return found;
  }

  /** What there is of as many bytes as are wanted; it is good until the next read. */
  async function fill(from: Opened, { id, length, position }: Reading): Promise<Uint8Array> {
    if (from.memory.byteLength < length) from.memory = new Uint8Array(length);
    let count = 0;
    while (count < length) {
      const began = now();
      const place = position === null ? null : position + count;
      const more = await from.file.read(from.memory, count, Math.min(from.piece, length - count), place);
      if (more === 0) break;
      count += more;
      const isSlow = now() - began >= slow;
      from.piece = isSlow ? firstPiece : from.piece * 2;
      if (isSlow) answer({ id, goesOn: true });
    }
    return from.memory.subarray(0, count);
  }

  async function read(asked: Reading): Promise<void> {
    const { id, file, at } = asked;
    const from = opened(file);
    // What is asked for at a time comes one after the other: all at once, a slow disk would long give nothing whole.
    await from.inTurn(async () => {
      const bytes = await fill(from, asked);
      if (at !== undefined && lay(bytes, at)) answer({ id, value: bytes.byteLength });
      // In memory of its own: what is sent is the whole of the memory that it lies in.
      else answer({ id, bytes: bytes.slice() });
    });
  }

  async function run(asked: Exclude<ReadCall, Reading>): Promise<unknown> {
    if (asked.call === 'open') {
      open.set(asked.id, {
        file: await disk.open(asked.path),
        inTurn: createInTurn(),
        memory: new Uint8Array(),
        piece: firstPiece,
      });
      return asked.id;
    }
    if ('path' in asked) return disk[asked.call](asked.path);
    const { file } = opened(asked.file);
    if (asked.call === 'fileState') return file.state();
    open.delete(asked.file);
    return file.close();
  }

  return async (asked: ReadCall): Promise<void> => {
    const { id } = asked;
    try {
      if (asked.call === 'read') await read(asked);
      else answer({ id, value: await run(asked) });
    } catch (error) {
      answer({ id, code: (error as NodeJS.ErrnoException).code ?? 'EIO' });
    }
  };
}
