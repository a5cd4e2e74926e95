import type { Disk, FileState, OpenFile } from '../ports.ts';
import { changed, endsTooEarly, nameLost, Refusal, refusalOf } from './problem.ts';

/** Files that can be looked into. */
export type Readable = Omit<Disk, 'read'>;

const windowSize = 64 * 1024;

/** Reads small pieces of an open file through one window of 64 KiB, so that a large file is never in memory. */
export class FileBytes {
  readonly size: number;
  readonly #file: Pick<OpenFile, 'read'>;
  readonly #check: () => void;
  #window = Buffer.alloc(0);
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
    const buffer = Buffer.allocUnsafe(Math.min(windowSize, this.size - at));
    let filled = 0;
    while (filled < buffer.length) {
      const count = await this.#file.read(buffer, filled, buffer.length - filled, at + filled);
      if (count === 0) break;
      filled += count;
    }
    this.#window = buffer.subarray(0, filled);
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
