import { constants } from 'node:fs';
import { type FileHandle, lstat, open, stat } from 'node:fs/promises';
import { endsTooEarly, Refusal } from './problem.ts';

/** What tells one state of a file from another. */
export interface FileState {
  /** Bytes. */
  readonly size: number;
  /** Last change, epoch milliseconds with fractions. */
  readonly mtimeMs: number;
  readonly ino: number;
}

const windowSize = 64 * 1024;

/** Reads small pieces of an open file through one window of 64 KiB, so that a large file is never in memory. */
export class FileBytes {
  readonly size: number;
  readonly #handle: FileHandle;
  readonly #check: () => void;
  #window = Buffer.alloc(0);
  #at = 0;

  /** @param check called before every read of the disk; throws when the work is to stop */
  constructor(handle: FileHandle, size: number, check: () => void) {
    this.#handle = handle;
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
      const { bytesRead } = await this.#handle.read(buffer, filled, buffer.length - filled, at + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    this.#window = buffer.subarray(0, filled);
    this.#at = at;
  }
}

/**
 * Opens an ordinary file for reading; links are followed. Pipes and devices are told by their kind and never waited for.
 * @throws Refusal for a folder, a dead link and whatever else is no file; errors of the file system
 */
export async function openFile(path: string): Promise<FileHandle> {
  if (path.includes('\0')) throw new Refusal('missing', 'This file is no longer there.');
  const link = (await lstat(path)).isSymbolicLink();
  const target = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (link && error.code === 'ENOENT')
      throw new Refusal('missing', 'This is a link to a file that is no longer there.');
    throw error;
  });
  if (target.isDirectory())
    throw new Refusal(
      'folder',
      link
        ? 'This is a link to a folder. Choose the files in it.'
        : 'This is a folder. Choose the files in it.',
    );
  if (!target.isFile()) throw notAFile();
  // Something else may have taken the file's place since: without O_NONBLOCK, opening a pipe waits for its writer.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!(await handle.stat()).isFile()) throw notAFile();
  } catch (error) {
    await handle.close();
    throw error;
  }
  return handle;
}

const notAFile = () => new Refusal('not-a-file', 'This is a device or a pipe, not a file.');

/** Throws Refusal 'changed' unless the open file, and what its path now leads to, are as they were. */
export async function requireUnchanged(path: string, handle: FileHandle, before: FileState): Promise<void> {
  for (const now of [await handle.stat(), await stat(path)]) {
    if (now.size !== before.size || now.mtimeMs !== before.mtimeMs || now.ino !== before.ino)
      throw new Refusal('changed', 'This file was changed while Tally looked at it. Add it again.');
  }
}
