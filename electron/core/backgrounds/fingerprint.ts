import { createHash } from 'node:crypto';
import { contentOf, openFile, type Readable, requireUnchanged } from '../media/file.ts';
import { Refusal, refusalOf } from '../media/problem.ts';
import type { Print } from './queue-file.ts';

/**
 * Hashes a file, at most two MiB of it in memory.
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
      let size = 0;
      // Of a file that grows without end no more is read than there was.
      for await (const chunk of contentOf(file, state.size)) {
        if (signal?.aborted) throw new Refusal('cancelled', 'Cancelled.');
        hash.update(chunk);
        size += chunk.byteLength;
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
