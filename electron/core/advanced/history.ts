import {
  type HistoryEntry,
  type HistoryLine,
  type HistoryPage,
  historyPage,
  mostHistory,
} from '../../../shared/advanced.ts';
import { type Result, tallyError } from '../../../shared/errors.ts';
import { writeJson } from '../../../shared/json.ts';
import { operations } from '../../../shared/zoom/operations.gen.ts';
import { createInTurn } from '../lib/in-turn.ts';
import type { CallFiles, KeptCall } from '../ports.ts';
import {
  isOfToday,
  lineOf,
  readEntry,
  readIndex,
  readLine,
  storeEntry,
  storeIndex,
} from './history-stored.ts';

/** Calls that are read at a time: the disk answers several as fast as one. */
const together = 16;

export type History = ReturnType<typeof createHistory>;

interface Known {
  readonly line: HistoryLine;
  readonly bytes: number;
  /** When its file was changed, by which it stands in the index. Not known of those that were written since. */
  readonly changed?: number;
}

interface Loaded {
  readonly all: Map<string, Known>;
  /** Calls that a former Tally wrote. */
  readonly former: readonly string[];
  readonly isIndexed: boolean;
}

/**
 * The calls of one account. Their lines come from an index beside them; a call that is not in it is opened at first use: to open 500
 * takes a third of a second. From then on the lines are in memory, and the bodies are not.
 */
export function createHistory(files: CallFiles, key: string) {
  let loaded: Promise<Loaded> | undefined;
  const queue = createInTurn();
  const era = files.era(key);

  function inTurn<T>(work: (all: Map<string, Known>) => Promise<T>): Promise<T> {
    return queue(async () => {
      if (!loaded) {
        const found = load();
        loaded = found;
        // Behind what is waited for: it takes longer than to list them.
        void queue(async () => tidy(await found)).catch(() => {});
      }
      return work((await loaded).all);
    });
  }

  async function load(): Promise<Loaded> {
    const all = new Map<string, Known>();
    const [former, broken]: [string[], string[]] = [[], []];
    const index = readIndex(await files.readIndex(key));
    const listed = await files.list(key);
    const unread: KeptCall[] = [];
    for (const file of listed) {
      const indexed = index.get(file.id);
      if (indexed?.bytes === file.bytes && indexed.changed === file.changed) all.set(file.id, indexed);
      else unread.push(file);
    }
    const jsons = readSome(unread.map(({ id }) => id));
    for (const { id, bytes, changed } of unread) {
      const json = (await jsons.next()).value;
      const line = readLine(id, json);
      if (!line) broken.push(id);
      else if (isOfToday(json)) all.set(id, { line, bytes, changed });
      else {
        all.set(id, { line, bytes });
        former.push(id);
      }
    }
    if (broken.length > 0) await files.remove(key, broken);
    return { all, former, isIndexed: unread.length === 0 && index.size === all.size };
  }

  async function tidy({ all, former, isIndexed }: Loaded): Promise<void> {
    await clean(all, former);
    if (!isIndexed) await writeIndex(all);
  }

  async function writeIndex(all: ReadonlyMap<string, Known>): Promise<void> {
    const indexed = [...all.values()].flatMap(({ line, bytes, changed }) =>
      changed === undefined ? [] : [{ line, bytes, changed }],
    );
    await files.writeIndex(key, storeIndex(indexed), era);
  }

  /** What is kept of these, in their order: several are read at a time, and few are held. */
  async function* readSome(ids: readonly string[]): AsyncGenerator<unknown, undefined> {
    for (let first = 0; first < ids.length; first += together) {
      yield* await Promise.all(ids.slice(first, first + together).map((id) => files.read(key, id)));
    }
  }

  /** Hides what a former Tally did not know for secret. */
  async function clean(all: Map<string, Known>, former: readonly string[]): Promise<void> {
    const jsons = readSome(former);
    for (const id of former) {
      const entry = readEntry(id, (await jsons.next()).value);
      const known = all.get(id);
      if (!known || !entry) continue;
      const bytes = await files.write(key, id, storeEntry(entry), era);
      if (bytes !== undefined) all.set(id, { line: known.line, bytes });
    }
  }

  async function read(id: string): Promise<HistoryEntry | undefined> {
    return readEntry(id, await files.read(key, id));
  }

  async function holding(words: readonly string[], lines: readonly HistoryLine[]): Promise<HistoryLine[]> {
    const matching: HistoryLine[] = [];
    const jsons = readSome(lines.map(({ id }) => id));
    for (const line of lines) {
      const entry = readEntry(line.id, (await jsons.next()).value);
      const text = entry && textOf(entry);
      if (words.every((word) => text?.includes(word))) matching.push(line);
    }
    return matching;
  }

  function find(id: string): Promise<HistoryEntry | undefined> {
    return inTurn(async (all) => (all.has(id) ? read(id) : undefined));
  }

  async function drop(all: Map<string, Known>, ids: readonly string[]): Promise<void> {
    const isIndexed = ids.some((id) => all.get(id)?.changed !== undefined);
    for (const id of ids) all.delete(id);
    if (ids.length > 0) await files.remove(key, ids);
    // What was deleted does not stay in the index either.
    if (isIndexed) await writeIndex(all);
  }

  return {
    /** Keeps a call; the oldest go where there is no more room. */
    add: (entry: HistoryEntry) =>
      inTurn(async (all) => {
        const bytes = await files.write(key, entry.id, storeEntry(entry), era);
        if (bytes === undefined) return;
        all.set(entry.id, { line: lineOf(entry), bytes });
        await drop(all, tooMany(all));
      }),
    list: ({ search = '', skip = 0 }: { readonly search?: string; readonly skip?: number }) =>
      inTurn(async (all): Promise<HistoryPage> => {
        const lines = newestFirst(all).map(({ line }) => line);
        const words = search.toLowerCase().split(/\s+/).filter(Boolean);
        const matching = words.length === 0 ? lines : await holding(words, lines);
        return { lines: matching.slice(skip, skip + historyPage), total: matching.length };
      }),
    find,
    /** Begins to index what is kept, and to rid it of what former versions did not know for secret, if that was not done yet. */
    clean: () => inTurn(async () => {}),
    async get(id: string): Promise<Result<HistoryEntry>> {
      const entry = await find(id);
      return entry ? { ok: true, value: entry } : { ok: false, error: gone };
    },
    /** Without `ids`: all. */
    remove: (ids?: readonly string[]) => inTurn((all) => drop(all, ids ?? [...all.keys()])),
    /** Resolves when all that was begun so far is on disk. */
    settled: queue.settled,
  };
}

function newestFirst(all: ReadonlyMap<string, Known>): Known[] {
  return [...all.values()].sort((a, b) => b.line.at - a.line.at || (a.line.id < b.line.id ? -1 : 1));
}

/** What has to go so that the rest is within the limits. */
function tooMany(all: ReadonlyMap<string, Known>): string[] {
  let bytes = 0;
  return newestFirst(all).flatMap((one, place) => {
    bytes += one.bytes;
    return place < mostHistory.entries && bytes <= mostHistory.bytes ? [] : [one.line.id];
  });
}

/** All that a search looks at, in small letters. */
function textOf({ operation, input, answer, file }: HistoryEntry): string {
  const { title, method, path } = operations[operation];
  const { http, error, meanings, trackingId } = answer;
  const asked = [operation, title, method, path, writeJson(input), file?.name];
  const said = [error?.what, error?.why, error?.zoom?.message, ...meanings, trackingId];
  return [...asked, http?.status, http?.body, ...said].join('\n').toLowerCase();
}

const gone = tallyError('not-found', 'This call isn’t in the history any more.');
