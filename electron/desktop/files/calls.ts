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

/** `code` is that of the system's error. */
export type ReadAnswer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly code: string };

/** Does what a reader is asked on `disk`; runs in the reader. */
export function createReadCalls(disk: Disk, answer: (answer: ReadAnswer) => void) {
  const open = new Map<
    number,
    { readonly file: OpenFile; readonly inTurn: ReturnType<typeof createInTurn> }
  >();

  async function run(asked: ReadCall): Promise<unknown> {
    if ('path' in asked) {
      if (asked.call !== 'open') return disk[asked.call](asked.path);
      open.set(asked.id, { file: await disk.open(asked.path), inTurn: createInTurn() });
      return asked.id;
    }
    const opened = open.get(asked.file);
    if (!opened) throw new Error('not open');
    const { file, inTurn } = opened;
    if (asked.call === 'fileState') return file.state();
    if (asked.call === 'close') {
      open.delete(asked.file);
      return file.close();
    }
    // What is asked for at a time comes one after the other: all at once, a slow disk would long give nothing whole.
    return inTurn(() => filled(file, asked.length, asked.position));
  }

  return async (asked: ReadCall): Promise<void> => {
    const { id } = asked;
    await run(asked).then(
      (value) => answer({ id, value }),
      (error: NodeJS.ErrnoException) => answer({ id, code: error.code ?? 'EIO' }),
    );
  };
}

/** What there is of so many bytes, in memory of its own: what is sent is the whole of the memory that a piece lies in. */
async function filled(file: OpenFile, length: number, position: number | null): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let count = 0;
  while (count < length) {
    const at = position === null ? null : position + count;
    const more = await file.read(bytes, count, length - count, at);
    if (more === 0) break;
    count += more;
  }
  return count === length ? bytes : bytes.slice(0, count);
}
