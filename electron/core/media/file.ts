import type { Disk, FileState, OpenFile } from '../ports.ts';
import { changed, endsTooEarly, nameLost, Refusal, refusalOf } from './problem.ts';

/** Files that can be looked into. */
export type Readable = Omit<Disk, 'read'>;

const windowSize = 64 * 1024;
/** What is asked of the disk at a time, and what is given of it, in bytes. */
const [partSize, chunkSize] = [1024 * 1024, 256 * 1024];
/** So many parts are read while one is given. */
const ahead = 2;

/**
 * The content of an open file from its start, at most `size` bytes of it, in chunks of 256 KiB; the next parts are read meanwhile. A
 * chunk is good until the next is asked for, so that its memory can be used again: new memory for each would double the time.
 */
export async function* contentOf(file: Pick<OpenFile, 'read'>, size: number): AsyncGenerator<Uint8Array> {
  const buffers = Array.from({ length: ahead + 1 }, () => Buffer.allocUnsafe(Math.min(partSize, size)));
  const read = (number: number) => {
    const at = number * partSize;
    const buffer = buffers[number % buffers.length] as Buffer;
    const next = fill(file, buffer.subarray(0, Math.max(0, size - at)), at);
    // Who waits for it hears of it.
    next.catch(() => undefined);
    return next;
  };
  const coming = Array.from({ length: ahead }, (_, number) => read(number));
  try {
    for (let number = ahead; ; number += 1) {
      const part = await (coming.shift() as Promise<Buffer>);
      if (part.byteLength === 0) return;
      coming.push(read(number));
      for (let from = 0; from < part.byteLength; from += chunkSize)
        yield part.subarray(from, from + chunkSize);
    }
  } finally {
    await Promise.allSettled(coming);
  }
}

/** Fills the buffer from there, as far as the file goes. */
async function fill(file: Pick<OpenFile, 'read'>, buffer: Buffer, at: number): Promise<Buffer> {
  let filled = 0;
  while (filled < buffer.length) {
    const count = await file.read(buffer, filled, buffer.length - filled, at + filled);
    if (count === 0) break;
    filled += count;
  }
  return buffer.subarray(0, filled);
}

/** Reads small pieces of an open file through one window of 64 KiB, so that a large file is never in memory. */
export class FileBytes {
  readonly size: number;
  readonly #file: Pick<OpenFile, 'read'>;
  readonly #check: () => void;
  #window: Buffer = Buffer.alloc(0);
  #at = 0;

  /** @param check called before every read of the disk; throws when the work is to stop */
  constructor(file: Pick<OpenFile, 'read'>, size: number, check: () => void) {
    this.#file = file;
    this.size = size;
    this.#check = check;
  }

  /**
   * The bytes from `at`: at least `least` (up to 64 KiB), usually more. They are valid until the next call.
   * @throws Refusal 'damaged' when the file has fewer
   */
  async view(at: number, least: number): Promise<Buffer> {
    if (at + least > this.size) throw endsTooEarly();
    if (at < this.#at || at + least > this.#at + this.#window.length) await this.#load(at);
    const view = this.#window.subarray(at - this.#at);
    if (view.length < least) throw endsTooEarly();
    return view;
  }

  /** Where `bytes` stand next from `from`; -1 when nowhere. */
  async find(bytes: Buffer, from: number): Promise<number> {
    for (let at = from; at + bytes.length <= this.size; ) {
      const view = await this.view(at, bytes.length);
      const found = view.indexOf(bytes);
      if (found >= 0) return at + found;
      at += view.length - bytes.length + 1;
    }
    return -1;
  }

  async #load(at: number): Promise<void> {
    this.#check();
    this.#window = await fill(this.#file, Buffer.allocUnsafe(Math.min(windowSize, this.size - at)), at);
    this.#at = at;
  }
}

/**
 * Opens an ordinary file for reading; links are followed. Pipes and devices are told by their kind and never waited for.
 * @throws Refusal for a folder, a dead link and whatever else is no file; errors of the file system
 */
export async function openFile(disk: Readable, path: string): Promise<OpenFile> {
  if (path.includes('\0')) throw new Refusal('missing', 'This file is no longer there.');
  const { link, target } = await disk.look(path).catch((error) => {
    // The system's dialog gives a name as text, in which bytes that are no UTF-8 are lost: it leads to no file.
    throw path.includes('\ufffd') && refusalOf(error).problem.code === 'missing' ? nameLost() : error;
  });
  if (target === 'none') throw new Refusal('missing', 'This is a link to a file that is no longer there.');
  if (target === 'folder') {
    const what = link ? 'This is a link to a folder.' : 'This is a folder.';
    throw new Refusal('folder', `${what} Choose the files in it.`);
  }
  if (target === 'other') throw notAFile();
  const file = await disk.open(path);
  try {
    if (!(await file.state()).isFile) throw notAFile();
  } catch (error) {
    await file.close();
    throw error;
  }
  return file;
}

const notAFile = () => new Refusal('not-a-file', 'This is a device or a pipe, not a file.');

/** Throws Refusal 'changed' unless the open file, and what its path now leads to, are as they were. */
export async function requireUnchanged(
  disk: Readable,
  path: string,
  file: OpenFile,
  before: FileState,
): Promise<void> {
  for (const now of [await file.state(), await disk.state(path)]) {
    if (now.size !== before.size || now.mtimeMs !== before.mtimeMs || now.ino !== before.ino) throw changed();
  }
}
