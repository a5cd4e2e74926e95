import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TallyError, tallyError } from '../../../shared/errors.ts';
import type { DroppedFile } from '../../../shared/ipc/channels.ts';
import type { Offered } from '../../core/media/offered.ts';
import { nameLost } from '../../core/media/problem.ts';

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
      let problem: TallyError | undefined;
      for (const file of files) {
        if ('path' in file) paths.push(file.path);
        // Chromium gives one whose name is not UTF-8 neither path nor name nor bytes.
        else if (file.name === '' && !file.bytes?.byteLength) problem = nameNotTaken;
        else {
          const path = file.bytes && (await write(file.name, file.bytes).catch(() => undefined));
          if (path === undefined) problem ??= notTaken;
          else paths.push(path);
        }
      }
      return { paths, ...(problem && { problem }) };
    },
  };
}

/** A file name that no system trips over: letters, digits and little else, at most 100 characters. */
export function plain(name: string): string {
  const safe = name
    .slice(-1_000)
    .replace(/[^\p{L}\p{N} ._-]/gu, '')
    .replace(/^[. ]+|[. ]+$/g, '');
  return Array.from(safe).slice(-100).join('') || 'pasted';
}

const nameNotTaken = tallyError('file', nameLost().problem.words);
const notTaken = tallyError('file', 'A pasted picture couldn’t be taken: it is too large or can’t be read.');
