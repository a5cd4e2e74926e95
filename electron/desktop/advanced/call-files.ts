import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readJson, writeJson } from '../../../shared/json.ts';
import { createInTurn } from '../../core/lib/in-turn.ts';
import type { CallFiles } from '../../core/ports.ts';
import { readDocument, writeDocument } from '../documents.ts';

/** Files larger than this are not written (only what was sent could be that long) and not read, bytes. */
const largest = 2_000_000;
const isName = /^[\w-]{1,100}\.json$/;
/** The index of the calls: no call has such a name, so a former Tally takes it for a leftover. */
const index = 'index';

/** Calls in `folder/history`: one folder an account, named by the hash of its key, one file a call. */
export function openCalls(folder: string): CallFiles {
  const eras = new Map<string, number>();
  const home = (key: string) =>
    join(folder, 'history', createHash('sha256').update(key).digest('hex').slice(0, 32));
  const pathOf = (key: string, id: string) => join(home(key), `${id}.json`);
  const eraOf = (key: string) => eras.get(key) ?? 0;
  /** A folder into which something is just written is not removed as a whole. */
  const inTurn = createInTurn();
  const remove = (path: string) => rm(path, { recursive: true, force: true }).catch(() => {});

  async function look(path: string, name: string) {
    const stats = await stat(path).catch(() => undefined);
    if (isName.test(name) && stats?.isFile())
      return { id: name.slice(0, -5), bytes: stats.size, changed: stats.mtimeMs };
    if (name === index && stats?.isFile()) return undefined;
    // A kill in the middle of writing leaves a draft.
    await remove(path);
    return undefined;
  }

  async function read(path: string): Promise<unknown> {
    const found = await readDocument(path, largest);
    return found.ok ? readJson(found.value.text) : undefined;
  }

  /** Gives the bytes, where it could. */
  function write(key: string, name: string, json: object, era: number): Promise<number | undefined> {
    const text = writeJson(json);
    return inTurn(async () => {
      if (Buffer.byteLength(text) > largest || eraOf(key) !== era) return undefined;
      await mkdir(home(key), { recursive: true, mode: 0o700 }).catch(() => {});
      const written = await writeDocument(join(home(key), name), text);
      return written.ok ? Buffer.byteLength(text) : undefined;
    });
  }

  return {
    async list(key) {
      const names = await readdir(home(key)).catch(() => []);
      const found = await Promise.all(names.map((name) => look(join(home(key), name), name)));
      return found.filter((one) => one !== undefined);
    },
    read: (key, id) => read(pathOf(key, id)),
    era: eraOf,
    async write(key, id, json, era) {
      const name = `${id}.json`;
      return isName.test(name) ? write(key, name, json, era) : undefined;
    },
    async remove(key, ids) {
      for (const id of ids) await remove(pathOf(key, id));
    },
    readIndex: (key) => read(join(home(key), index)),
    writeIndex: async (key, json, era) => void (await write(key, index, json, era)),
    async forget(key) {
      eras.set(key, eraOf(key) + 1);
      await inTurn(() => remove(home(key)));
    },
  };
}
