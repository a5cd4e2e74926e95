import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';

/**
 * The memory that a reader shares with main, in which lies what it has read: a file of Linux's that is only in memory, has no name
 * that others could find, and goes with the two. By messages each byte is copied into new memory four times on its way; by a
 * socket, as it was before, main is woken for every 208 KB, and an upload took half as long again.
 */

/** In whole, with the system's own bit for it (open(2)); Node has no name for that one. */
const withoutName = 0o20000000 | constants.O_DIRECTORY | constants.O_RDWR;

/** Makes the memory, in the reader; its descriptor, or undefined where the system has none: macOS, Windows, a Linux without /dev/shm. */
export function makeMemory(folder = '/dev/shm'): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return openSync(folder, withoutName, 0o600);
  } catch {
    return undefined;
  }
}

/** Lays bytes into it from `at` on. False where the system has no more memory for it. */
export function layBytes(memory: number, bytes: Uint8Array, at: number): boolean {
  try {
    for (let done = 0; done < bytes.byteLength; )
      done += writeSync(memory, bytes, done, bytes.byteLength - done, at + done);
    return true;
  } catch {
    return false;
  }
}

/** The same memory in main, to look into; undefined where main may not. */
export interface Memory {
  /** Fills `into` with what lies there from `at` on. */
  copy(at: number, into: Uint8Array): void;
  close(): void;
}

/** @param pid the reader's */
export function openMemory(pid: number, descriptor: number): Memory | undefined {
  try {
    const memory = openSync(`/proc/${pid}/fd/${descriptor}`, 'r');
    return {
      copy(at, into) {
        for (let done = 0; done < into.byteLength; ) {
          const count = readSync(memory, into, done, into.byteLength - done, at + done);
          if (count === 0) throw new Error('the reader laid less there');
          done += count;
        }
      },
      close: () => closeSync(memory),
    };
  } catch {
    return undefined;
  }
}
