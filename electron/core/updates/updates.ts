import * as z from 'zod';
import { createExchange } from '../http/exchange.ts';
import type { Clock, Network } from '../ports.ts';
import { isNewer } from './version.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Patience, ms: nobody waits for it. */
const timeouts = { connect: 10_000, headers: 10_000, idle: 10_000, body: 20_000 };

/** Of a release GitHub tells some 20 KB. */
const largest = 512 * 1024;

/** What is read of the newest release; all else that a feed says, addresses above all, is left alone. */
const releaseSchema = z.object({
  tag_name: z.string().max(40),
  draft: z.boolean().optional(),
  prerelease: z.boolean().optional(),
});

const memorySchema = z.object({ askedAt: z.number().catch(0), version: z.string().max(40).optional() });

export interface UpdatesDeps {
  readonly clock: Clock;
  readonly network: Network;
  /** Of the Tally that runs, as `0.1.0`. */
  readonly version: string;
  /** Where the newest release is told, as GitHub's API does (docs.github.com/rest/releases). */
  readonly feed: string;
  /** Whether the person wants to know. */
  isWanted(): boolean;
  /** What is kept from start to start, as untrusted JSON. */
  readonly memory: { read(): unknown; write(content: Record<string, unknown>): unknown };
  /** Another version is known. */
  changed(): void;
}

export type Updates = ReturnType<typeof createUpdates>;

/** Whether there is a newer Tally: one question a day at most, over restarts, too. Nothing is fetched but that, and nothing is run. */
export function createUpdates({ clock, network, feed, isWanted, memory, ...deps }: UpdatesDeps) {
  const kept = memorySchema.safeParse(memory.read()).data;
  let askedAt = kept?.askedAt ?? 0;
  let newest = kept?.version;
  let cancel = () => {};
  const exchange = createExchange(clock, timeouts, network);
  const aborter = new AbortController();

  function look(): void {
    cancel();
    cancel = clock.setTimeout(look, hour);
    const since = clock.now() - askedAt;
    // A clock that was set back does not hold it up for longer.
    if (isWanted() && (since < 0 || since >= day)) void ask();
  }

  async function ask(): Promise<void> {
    askedAt = clock.now();
    const found = await read();
    if (aborter.signal.aborted) return;
    memory.write({ askedAt, ...((found ?? newest) && { version: found ?? newest }) });
    if (found === undefined || found === newest) return;
    newest = found;
    deps.changed();
  }

  /** The version of the newest release; undefined where the feed tells none that can be believed. */
  async function read(): Promise<string | undefined> {
    const { origin, pathname, search } = new URL(feed);
    const headers = { accept: 'application/json', 'user-agent': 'Tally' };
    const outgoing = { method: 'GET', origin, path: pathname + search, headers, largest } as const;
    try {
      const { status, body } = await exchange.send(outgoing, aborter.signal);
      if (status !== 200 || !body) return undefined;
      const {
        tag_name: tag,
        draft,
        prerelease,
      } = releaseSchema.parse(JSON.parse(Buffer.from(body).toString()));
      const version = /^v?(\d{1,6}\.\d{1,6}\.\d{1,6})$/.exec(tag)?.[1];
      return draft || prerelease ? undefined : version;
    } catch {
      // Nobody asked for it: what went wrong is tried again in a day.
      return undefined;
    }
  }

  return {
    /** Asks if a day is over, and from now on looks at that every hour; also after the preference was changed. */
    look,
    /** The version that is out, where it is newer than this one and the person wants to know. */
    available: () =>
      isWanted() && newest !== undefined && isNewer(newest, deps.version) ? newest : undefined,
    stop(): void {
      cancel();
      aborter.abort();
      void exchange.drop();
    },
  };
}
