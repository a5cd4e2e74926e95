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
import { hasToken } from '../../../shared/zoom/secrets.ts';
import { createInTurn } from '../lib/in-turn.ts';
import type { CallFiles } from '../ports.ts';
import { readEntry, storeEntry } from './history-stored.ts';

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
      known ??= load();
      return work(await known);
    });
  }

  async function load(): Promise<Map<string, Known>> {
    const found = new Map<string, Known>();
    const broken: string[] = [];
    for (const { id, bytes } of await files.list(key)) {
      const json = await files.read(key, id);
      const entry = readEntry(id, json);
      if (!entry) broken.push(id);
      // A former Tally did not know all that is secret.
      else
        found.set(id, {
          line: lineOf(entry),
          bytes: hasToken(JSON.stringify(json)) ? await rewrite(entry, bytes) : bytes,
        });
    }
    if (broken.length > 0) await files.remove(key, broken);
    return found;
  }

  async function rewrite(entry: HistoryEntry, bytes: number): Promise<number> {
    return (await files.write(key, entry.id, storeEntry(entry), era)) ?? bytes;
  }

  async function read(id: string): Promise<HistoryEntry | undefined> {
    return readEntry(id, await files.read(key, id));
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
        const matching: HistoryLine[] = [];
        for (const line of lines) {
          const entry = words.length === 0 ? undefined : await read(line.id);
          const text = entry && textOf(entry);
          if (words.every((word) => text?.includes(word))) matching.push(line);
        }
        return { lines: matching.slice(skip, skip + historyPage), total: matching.length };
      }),
    find,
    /** Rids what is kept of what former versions did not know for secret, if that was not done yet. */
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

function lineOf({ id, at, operation, status, ms, worked }: HistoryEntry): HistoryLine {
  return { id, at, operation, ...(status !== undefined && { status }), ms, worked };
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
