import { startPatience } from '../../core/lib/patience.ts';
import type { Clock, Disk, FileState, OpenFile } from '../../core/ports.ts';
import type { OnBytes } from './bytes.ts';
import type { ReadAnswer, ReadCall } from './calls.ts';

/** A reader process as main sees it. */
export interface ReaderHost {
  send(call: ReadCall): void;
  onAnswer(listener: (answer: ReadAnswer) => void): void;
  onBytes(listener: OnBytes): void;
  /** Called once, however it ended. */
  onGone(listener: () => void): void;
  /** Ends it, whatever it hangs in. */
  end(): void;
}

interface Pending {
  readonly opens: boolean;
  /** The file that it reads. */
  readonly file: number | undefined;
  /** Where what is read belongs, and how much of it is there. */
  readonly into: Uint8Array;
  filled: number;
  resolve(value: unknown): void;
  reject(error: Error): void;
  cancelPatience(): void;
  /** The disk has given something: it is waited for anew. */
  goesOn(): void;
}

interface Reader {
  readonly host: ReaderHost;
  readonly pending: Map<number, Pending>;
  /** The files that are open in it. */
  readonly files: Set<number>;
  /** A drive hung in it: it finishes what else it has, and is given nothing more. */
  retired: boolean;
  gone: boolean;
  cancelEnd(): void;
}

type Unnumbered<Call> = Call extends unknown ? Omit<Call, 'id'> : never;

/** How long a disk may give nothing, in ms. */
const readPatience = 2_000;
/** Without anything to read for this long a reader is ended, in ms: a calendar's file is looked at every few minutes, for ever. */
const keepIdle = 10_000;
const wholeChunk = 512 * 1024;
const nothing = new Uint8Array();

/**
 * The person's files, read in a process of its own: a drive that hangs would take one of main's four threads for files with every
 * call, and with them all look-ups of names. What gives nothing for 2 seconds is given up with the code ETIMEDOUT; the reader that
 * hangs in it is ended as soon as nothing else is done in it, and what comes meanwhile goes to a new one.
 */
export function createReaders(start: () => ReaderHost, clock: Clock): Disk {
  let current: Reader | undefined;
  let last = 0;

  function ready(): Reader {
    if (current) return current;
    const host = start();
    const none = { pending: new Map(), files: new Set<number>() };
    const reader: Reader = { host, ...none, retired: false, gone: false, cancelEnd() {} };
    current = reader;
    const gave = (file: number | undefined) => {
      for (const one of reader.pending.values()) if (file !== undefined && one.file === file) one.goesOn();
    };
    const onBytes: OnBytes = (id, piece, last) => {
      const asked = reader.pending.get(id);
      // What was given up has nobody who waits for it.
      if (!asked) return;
      asked.into.set(piece, asked.filled);
      asked.filled += piece.byteLength;
      if (last) take(reader, id)?.resolve(asked.filled);
      gave(asked.file);
      rest(reader);
    };
    host.onBytes(onBytes);
    host.onAnswer((answer) => {
      const { id } = answer;
      if ('bytes' in answer) return onBytes(id, answer.bytes, answer.last);
      const asked = take(reader, id);
      gave(asked?.file);
      if ('code' in answer) asked?.reject(failure(answer.code));
      else {
        if (asked?.opens) reader.files.add(id);
        asked?.resolve(answer.value);
      }
      rest(reader);
    });
    host.onGone(() => {
      retire(reader);
      reader.gone = true;
      reader.cancelEnd();
      for (const id of reader.pending.keys()) take(reader, id)?.reject(failure('EIO'));
    });
    return reader;
  }

  function take({ pending }: Reader, id: number): Pending | undefined {
    const asked = pending.get(id);
    pending.delete(id);
    asked?.cancelPatience();
    return asked;
  }

  function retire(reader: Reader): void {
    reader.retired = true;
    if (current === reader) current = undefined;
  }

  /** Where nothing is done in it, a retired reader ends at once, and another one after a while. */
  function rest(reader: Reader): void {
    reader.cancelEnd();
    if (reader.pending.size > 0 || reader.files.size > 0) return;
    const end = () => {
      retire(reader);
      reader.host.end();
    };
    if (reader.retired) end();
    else reader.cancelEnd = clock.setTimeout(end, keepIdle);
  }

  function call<T>(reader: Reader, asked: Unnumbered<ReadCall>, into: Uint8Array = nothing): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (reader.gone) return reject(failure('EIO'));
      const id = ++last;
      reader.cancelEnd();
      const wait = () =>
        startPatience(clock, readPatience, () => {
          reader.pending.delete(id);
          if ('file' in asked) reader.files.delete(asked.file);
          retire(reader);
          reject(failure('ETIMEDOUT'));
          rest(reader);
        });
      let cancel = wait();
      reader.pending.set(id, {
        opens: asked.call === 'open',
        file: 'file' in asked ? asked.file : undefined,
        into,
        filled: 0,
        resolve: (value) => resolve(value as T),
        reject,
        cancelPatience: () => cancel(),
        goesOn() {
          cancel();
          cancel = wait();
        },
      });
      reader.host.send({ ...asked, id } as ReadCall);
    });
  }

  async function open(path: string): Promise<OpenFile> {
    const reader = ready();
    const file = await call<number>(reader, { call: 'open', path });
    return {
      state: () => call(reader, { call: 'fileState', file }),
      read(buffer, offset, length, position) {
        const into = buffer.subarray(offset, offset + length);
        return call<number>(reader, { call: 'read', file, length, position }, into);
      },
      async close() {
        // Nobody waits for a file that hangs.
        if (reader.files.delete(file)) await call(reader, { call: 'close', file });
      },
    };
  }

  return {
    look: (path) => call(ready(), { call: 'look', path }),
    state: (path) => call<FileState>(ready(), { call: 'state', path }),
    open,
    async read(path) {
      const file = await open(path);
      try {
        const { size } = await file.state();
        const bytes = Buffer.allocUnsafe(size);
        let filled = 0;
        while (filled < size) {
          const count = await file.read(bytes, filled, Math.min(wholeChunk, size - filled), null);
          if (count === 0) break;
          filled += count;
        }
        return bytes.subarray(0, filled);
      } finally {
        await file.close();
      }
    },
  };
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}
