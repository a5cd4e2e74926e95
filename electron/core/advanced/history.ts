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
import type { CallFiles } from '../ports.ts';
import { isOfToday, lineOf, readEntry, readLine, storeEntry } from './history-stored.ts';

/** Calls that are read at a time: the disk answers several as fast as one. */
const together = 16;

export type History = ReturnType<typeof createHistory>;

interface Known {
  readonly line: HistoryLine;
  readonly bytes: number;
}

/** The calls of one account. They are read at first use; from then on their lines are in memory and their bodies are not. */
export function createHistory(files: CallFiles, key: string) {
  let known: Promise<Map<string, Known>> | undefined;
  const queue = createInTurn();
  const era = files.era(key);

  function inTurn<T>(work: (known: Map<string, Known>) => Promise<T>): Promise<T> {
    return queue(async () => {
      if (!known) {
        const loaded = load();
        known = loaded;
        // Behind what is waited for: it takes longer than to list them.
        void queue(async () => cleanAll(await loaded)).catch(() => {});
      }
      return work(await known);
    });
  }

  async function load(): Promise<Map<string, Known>> {
    const found = new Map<string, Known>();
    const broken: string[] = [];
    const listed = await files.list(key);
    const jsons = readSome(listed.map(({ id }) => id));
    for (const { id, bytes } of listed) {
      const line = readLine(id, (await jsons.next()).value);
      if (line) found.set(id, { line, bytes });
      else broken.push(id);
    }
    if (broken.length > 0) await files.remove(key, broken);
    return found;
  }

  /** What is kept of these, in their order: several are read at a time, and few are held. */
  async function* readSome(ids: readonly string[]): AsyncGenerator<unknown, undefined> {
    for (let first = 0; first < ids.length; first += together) {
      yield* await Promise.all(ids.slice(first, first + together).map((id) => files.read(key, id)));
    }
  }

  /** Hides what a former Tally did not know for secret. */
  async function cleanAll(all: Map<string, Known>): Promise<void> {
    const ids = [...all.keys()];
    const jsons = readSome(ids);
    for (const id of ids) {
      const json = (await jsons.next()).value;
      const known = all.get(id);
      if (!known || isOfToday(json)) continue;
      const entry = readEntry(id, json);
      const bytes = entry && (await files.write(key, id, storeEntry(entry), era));
      if (bytes !== undefined) all.set(id, { ...known, bytes });
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
    for (const id of ids) all.delete(id);
    if (ids.length > 0) await files.remove(key, ids);
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
    /** Begins to rid what is kept of what former versions did not know for secret, if that was not done yet. */
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
