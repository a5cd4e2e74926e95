import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { plain } from '../media/pasted.ts';

/**
 * Copies of what is dragged out of the window, in `folder`, each under its name: whoever opens one in place changes nothing of the
 * library. What an earlier start left there is removed.
 */
export function keepDragged(folder: string) {
  const swept = rm(folder, { recursive: true, force: true }).catch(() => {});
  return {
    /** Gives the path of a copy. Rejects where none can be made. */
    async take({ path, name }: { readonly path: string; readonly name: string }): Promise<string> {
      await swept;
      const own = join(folder, randomUUID());
      await mkdir(own, { recursive: true, mode: 0o700 });
      const copy = join(own, plain(name));
      await copyFile(path, copy, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      return copy;
    },
  };
}
