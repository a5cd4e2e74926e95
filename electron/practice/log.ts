/** One request as the practice Zoom saw it, for tests to ask after. Bodies are as parsed; of a file only its facts. */
export interface LogEntry {
  id: number;
  at: number;
  readonly method: string;
  readonly path: string;
  readonly operationId: string | null;
  /** The status answered; 0 when the connection was dropped without an answer. */
  status: number;
  /** Zoom's error code in the answer, if any. */
  code: number | null;
  query: Record<string, string>;
  body: unknown;
  /** The id of the person whose token it was. */
  tokenUser: string | null;
  /** Whether it stands still, by a fault. */
  held: boolean;
}

type NewEntry = Pick<LogEntry, 'method' | 'path' | 'operationId' | 'query'>;

/** Requests kept at most; the oldest go first. */
const mostEntries = 2000;

export interface RequestLog {
  readonly entries: readonly LogEntry[];
  begin(entry: NewEntry): LogEntry;
  /** Numbers the entry, keeps it and wakes whoever waits for it: a request counts once it was answered, or is held. */
  keep(entry: LogEntry): void;
  /** The first entry with a higher id that matches, waiting for one; undefined after `timeoutMs`. */
  wait(
    after: number,
    matches: (entry: LogEntry) => boolean,
    timeoutMs: number,
  ): Promise<LogEntry | undefined>;
  clear(): void;
  /** Answers everybody who waits with nothing. */
  close(): void;
}

export function createRequestLog(now: () => number): RequestLog {
  const entries: LogEntry[] = [];
  const waiting = new Set<(entry: LogEntry | undefined) => void>();
  let lastId = 0;
  return {
    entries,
    begin: (entry) => ({
      id: 0,
      at: now(),
      status: 0,
      code: null,
      body: undefined,
      tokenUser: null,
      held: false,
      ...entry,
    }),
    keep: (entry) => {
      if (entry.id > 0) return;
      lastId += 1;
      entry.id = lastId;
      entries.push(entry);
      if (entries.length > mostEntries) entries.shift();
      for (const wake of [...waiting]) wake(entry);
    },
    wait: (after, matches, timeoutMs) => {
      const found = entries.find((entry) => entry.id > after && matches(entry));
      if (found) return Promise.resolve(found);
      return new Promise((resolve) => {
        const finish = (entry: LogEntry | undefined) => {
          if (entry && !(entry.id > after && matches(entry))) return;
          waiting.delete(finish);
          clearTimeout(timer);
          resolve(entry);
        };
        const timer = setTimeout(() => finish(undefined), timeoutMs);
        waiting.add(finish);
      });
    },
    clear: () => {
      entries.length = 0;
    },
    close: () => {
      for (const wake of [...waiting]) wake(undefined);
    },
  };
}
