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
    };

/** `code` is that of the system's error; a piece of what was read comes so only where it has no way of its own (bytes.ts). */
export type ReadAnswer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly bytes: Uint8Array; readonly last: boolean }
  | { readonly id: number; readonly code: string };

/** So much is read before it is sent, in bytes: main waits only while the disk gives nothing. */
const pieceSize = 256 * 1024;

/**
 * Does what a reader is asked on `disk`; runs in the reader.
 * @param give sends a piece of what is read; resolves when its memory may be used again
 */
export function createReadCalls(
  disk: Disk,
  answer: (answer: ReadAnswer) => void,
  give: (id: number, bytes: Uint8Array, last: boolean) => Promise<void>,
) {
  interface Opened {
    readonly file: OpenFile;
    readonly inTurn: ReturnType<typeof createInTurn>;
    /** The same for each piece: the system takes longer to give new memory than to read into it. */
    memory: Uint8Array;
  }
  const open = new Map<number, Opened>();

  function opened(file: number): Opened {
    const found = open.get(file);
    if (!found) throw new Error('not open');
    return found;
  }

  async function read({ id, file, length, position }: Extract<ReadCall, { call: 'read' }>): Promise<void> {
    const from = opened(file);
    // What is asked for at a time comes one after the other: all at once, a slow disk would long give nothing whole.
    await from.inTurn(async () => {
      const size = Math.min(pieceSize, length);
      if (from.memory.byteLength < size) from.memory = new Uint8Array(size);
      for (let done = 0, last = false; !last; ) {
        const wanted = from.memory.subarray(0, Math.min(size, length - done));
        const bytes = await filled(from.file, wanted, position === null ? null : position + done);
        done += bytes.byteLength;
        last = done === length || bytes.byteLength < wanted.byteLength;
        await give(id, bytes, last);
      }
    });
  }

  async function run(asked: Exclude<ReadCall, { call: 'read' }>): Promise<unknown> {
    if (asked.call === 'open') {
      open.set(asked.id, {
        file: await disk.open(asked.path),
        inTurn: createInTurn(),
        memory: new Uint8Array(),
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

/** What there is of as many bytes as are wanted. */
async function filled(file: OpenFile, bytes: Uint8Array, position: number | null): Promise<Uint8Array> {
  let count = 0;
  while (count < bytes.byteLength) {
    const at = position === null ? null : position + count;
    const more = await file.read(bytes, count, bytes.byteLength - count, at);
    if (more === 0) break;
    count += more;
  }
  return bytes.subarray(0, count);
}
