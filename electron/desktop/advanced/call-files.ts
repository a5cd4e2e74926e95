import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readJson, writeJson } from '../../../shared/json.ts';
import type { CallFiles } from '../../core/ports.ts';
import { readDocument, writeDocument } from '../documents.ts';

/** Files larger than this are not written (only what was sent could be that long) and not read, bytes. */
const largest = 2_000_000;
const isName = /^[\w-]{1,100}\.json$/;

/** Calls in `folder/history`: one folder an account, named by the hash of its key, one file a call. */
export function openCalls(folder: string): CallFiles {
  /** How often an account was forgotten: what began before is dropped. */
  const forgotten = new Map<string, number>();
  const home = (key: string) =>
    join(folder, 'history', createHash('sha256').update(key).digest('hex').slice(0, 32));
  const pathOf = (key: string, id: string) => join(home(key), `${id}.json`);
  const times = (key: string) => forgotten.get(key) ?? 0;
  const remove = (path: string) => rm(path, { recursive: true, force: true }).catch(() => {});

  return {
    async list(key) {
      const found: { id: string; bytes: number }[] = [];
      for (const name of await readdir(home(key)).catch(() => [])) {
        const path = join(home(key), name);
        const stats = await stat(path).catch(() => undefined);
        if (isName.test(name) && stats?.isFile()) found.push({ id: name.slice(0, -5), bytes: stats.size });
        // A kill in the middle of writing leaves a draft.
        else await remove(path);
      }
      return found;
    },
    async read(key, id) {
      const read = await readDocument(pathOf(key, id), largest);
      return read.ok ? readJson(read.value.text) : undefined;
    },
    async write(key, id, json) {
      const text = writeJson(json);
      if (!isName.test(`${id}.json`) || Buffer.byteLength(text) > largest) return undefined;
      const began = times(key);
      const path = pathOf(key, id);
      await mkdir(home(key), { recursive: true, mode: 0o700 }).catch(() => {});
      const written = await writeDocument(path, text);
      if (times(key) === began) return written.ok ? Buffer.byteLength(text) : undefined;
      // Forgotten meanwhile: the folder may have been made anew after it was removed.
      await remove(path);
      await rmdir(home(key)).catch(() => {});
      return undefined;
    },
    async remove(key, ids) {
      for (const id of ids) await remove(pathOf(key, id));
    },
    async forget(key) {
      forgotten.set(key, times(key) + 1);
      await remove(home(key));
    },
  };
}
