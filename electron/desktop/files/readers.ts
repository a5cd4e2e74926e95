import { startPatience } from '../../core/lib/patience.ts';
import type { Clock, Disk, FileState, OpenFile } from '../../core/ports.ts';
import type { ReadAnswer, ReadCall } from './calls.ts';
import type { Memory } from './memory.ts';

/** A reader process as main sees it. */
export interface ReaderHost {
  send(call: ReadCall): void;
  onAnswer(listener: (answer: ReadAnswer) => void): void;
  /** What it shares with main, once main has it. */
  memory(): Memory | undefined;
  /** Called once, however it ended. */
  onGone(listener: () => void): void;
  /** Ends it, whatever it hangs in. */
  end(): void;
}

interface Pending {
  readonly opens: boolean;
  /** The file that it reads. */
  readonly file: number | undefined;
  /** Where what is read belongs, and where in the shared memory it comes to lie. */
  readonly into: Uint8Array;
  readonly at: number | undefined;
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
  /** Where in the shared memory something is to come; what was given up may still come, so its place stays taken. */
  readonly places: Set<number>;
  /** A drive hung in it: it finishes what else it has, and is given nothing more. */
  retired: boolean;
  gone: boolean;
  cancelEnd(): void;
}

type SettlingAnswer = Exclude<ReadAnswer, { goesOn: true }>;
type Unnumbered<Call> = Call extends unknown ? Omit<Call, 'id'> : never;

/** How long a disk may give nothing, in ms. */
const readPatience = 2_000;
/** Without anything to read for this long a reader is ended, in ms: a calendar's file is looked at every few minutes, for ever. */
const keepIdle = 10_000;
/** What is read at a time, at most, in bytes; as much of the shared memory is kept for each read. */
const mostAtOnce = 1024 * 1024;
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
    const none = { pending: new Map(), files: new Set<number>(), places: new Set<number>() };
    const reader: Reader = { host, ...none, retired: false, gone: false, cancelEnd() {} };
    current = reader;
    const gave = (file: number | undefined) => {
      for (const one of reader.pending.values()) if (file !== undefined && one.file === file) one.goesOn();
    };
    host.onAnswer((answer) => {
      const { id } = answer;
      if ('goesOn' in answer) return gave(reader.pending.get(id)?.file);
      const asked = reader.pending.get(id);
      // What was given up has nobody who waits for it.
      if (asked) {
        if (asked.opens && 'value' in answer) reader.files.add(id);
        settle(host, asked, answer);
        take(reader, id);
        gave(asked.file);
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

  function take({ pending, places }: Reader, id: number): Pending | undefined {
    const asked = pending.get(id);
    pending.delete(id);
    if (asked?.at !== undefined) places.delete(asked.at);
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

  /** A place in the shared memory that no other read has. */
  function placeIn({ host, places }: Reader): number | undefined {
    if (!host.memory()) return undefined;
    let at = 0;
    while (places.has(at)) at += mostAtOnce;
    places.add(at);
    return at;
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
        at: 'at' in asked ? asked.at : undefined,
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
        const most = Math.min(length, mostAtOnce);
        const into = buffer.subarray(offset, offset + most);
        const at = placeIn(reader);
        return call<number>(
          reader,
          { call: 'read', file, length: most, position, ...(at !== undefined && { at }) },
          into,
        );
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
          const count = await file.read(bytes, filled, size - filled, null);
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

/** What it has answered, copied before its place in the memory is another's. */
function settle(host: ReaderHost, { at, into, resolve, reject }: Pending, answer: SettlingAnswer): void {
  if ('code' in answer) reject(failure(answer.code));
  else if ('bytes' in answer) {
    into.set(answer.bytes);
    resolve(answer.bytes.byteLength);
  } else if (at === undefined) resolve(answer.value);
  else {
    try {
      const memory = host.memory();
      if (!memory) throw new Error('the memory has gone');
      memory.copy(at, into.subarray(0, answer.value as number));
      resolve(answer.value);
    } catch {
      reject(failure('EIO'));
    }
  }
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}
