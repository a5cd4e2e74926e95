import { createHash } from 'node:crypto';
import { openFile, type Readable, requireUnchanged } from '../media/file.ts';
import { Refusal, refusalOf } from '../media/problem.ts';
import type { Print } from './queue-file.ts';

const chunkSize = 256 * 1024;

/**
 * Hashes a file, at most 256 KiB of it in memory.
 * @throws an error whose `problem` tells a person why: missing, unreadable, folder, changed meanwhile, cancelled
 */
export async function fingerprint(
  disk: Readable,
  path: string,
  signal?: AbortSignal,
): Promise<Required<Print>> {
  try {
    const file = await openFile(disk, path);
    try {
      const state = await file.state();
      const hash = createHash('sha256');
      const buffer = Buffer.allocUnsafe(chunkSize);
      let size = 0;
      // A file that grows without end is left once it is longer than it was.
      while (size <= state.size) {
        if (signal?.aborted) throw new Refusal('cancelled', 'Cancelled.');
        const count = await file.read(buffer, 0, chunkSize, size);
        if (count === 0) break;
        hash.update(buffer.subarray(0, count));
        size += count;
      }
      await requireUnchanged(disk, path, file, { size, mtimeMs: state.mtimeMs, ino: state.ino });
      return { sha256: hash.digest('hex'), size, mtimeMs: state.mtimeMs };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw refusalOf(error);
  }
}
