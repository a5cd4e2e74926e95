import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tallyError } from '../../../shared/errors.ts';
import type { DroppedFile } from '../../../shared/ipc/channels.ts';
import type { Offered } from '../../core/media/offered.ts';

export interface Pasted {
  /** Gives each file a path: what was pasted without one is written to a folder of its own. */
  take(files: readonly DroppedFile[]): Promise<Offered>;
}

/** Pasted pictures in `folder`, which nobody else can read; what an earlier start left there is removed. */
export function keepPasted(folder: string): Pasted {
  const swept = rm(folder, { recursive: true, force: true }).catch(() => {});

  async function write(name: string, bytes: Uint8Array): Promise<string> {
    await swept;
    // A folder each, so that two of one name do not meet and the name is shown as it is.
    const own = join(folder, randomUUID());
    await mkdir(own, { recursive: true, mode: 0o700 });
    const path = join(own, plain(name));
    await writeFile(path, bytes, { mode: 0o600, flag: 'wx' });
    return path;
  }

  return {
    async take(files) {
      const paths: string[] = [];
      let lost = false;
      for (const file of files) {
        if ('path' in file) paths.push(file.path);
        else {
          const path = file.bytes && (await write(file.name, file.bytes).catch(() => undefined));
          if (path === undefined) lost = true;
          else paths.push(path);
        }
      }
      return { paths, ...(lost && { problem: notTaken }) };
    },
  };
}

/** A file name that no system trips over: letters, digits and little else, at most 100 characters. */
function plain(name: string): string {
  const safe = name.replace(/[^\p{L}\p{N} ._-]/gu, '').replace(/^[. ]+|[. ]+$/g, '');
  return Array.from(safe).slice(-100).join('') || 'pasted';
}

const notTaken = tallyError(
  'file',
  'A pasted picture could not be taken: it is too large or cannot be read.',
);
