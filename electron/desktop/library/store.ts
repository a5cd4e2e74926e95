import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disk, LibraryStore } from '../../core/ports.ts';
import { type JsonFile, openJsonFile } from '../json-file.ts';
import { openOriginals } from './originals.ts';

export interface Libraries {
  /** The library of an account. */
  of(key: string): LibraryStore;
  /** Removes it; what is on its way into it no longer is. */
  forget(key: string): Promise<void>;
}

/**
 * Libraries in `folder`, one folder an account, named by the hash of its key: its list `library.json`, and its files by content in
 * `backgrounds` and `pictures`. Never throws.
 */
export function openLibraries(folder: string, disk: Pick<Disk, 'open'>): Libraries {
  const opened = new Map<string, ReturnType<typeof open>>();
  const home = (key: string) => join(folder, createHash('sha256').update(key).digest('hex').slice(0, 32));

  function open(key: string) {
    const own = home(key);
    const backgrounds = openOriginals(join(own, 'backgrounds'), disk);
    const pictures = openOriginals(join(own, 'pictures'), disk);
    let list: JsonFile | undefined;
    let ended = false;
    let isThere: boolean | undefined;
    const file = () => {
      list ??= openJsonFile(own, 'library');
      return list;
    };
    const store: LibraryStore = {
      exists() {
        isThere ??= existsSync(own);
        return isThere;
      },
      // Reading makes no folder of who has none.
      read: () => (store.exists() ? file().read() : undefined),
      write(json) {
        if (ended) return false;
        isThere = true;
        return file().write({ ...json });
      },
      backgrounds,
      pictures,
    };
    return {
      store,
      async end() {
        ended = true;
        isThere = false;
        await Promise.all([backgrounds.end(), pictures.end()]);
      },
    };
  }

  return {
    of(key) {
      const found = opened.get(key) ?? open(key);
      opened.set(key, found);
      return found.store;
    },
    async forget(key) {
      const found = opened.get(key);
      opened.delete(key);
      await found?.end();
      await rm(home(key), { recursive: true, force: true }).catch(() => {});
    },
  };
}
