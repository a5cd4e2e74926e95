import type { Worker } from 'node:worker_threads';
import type {
  CalendarResult,
  CalendarSource,
  ReadCalendarAside,
  ReadCalendarOptions,
} from '../../core/calendar/reading.ts';
import { createInTurn } from '../../core/lib/in-turn.ts';
import { startPatience } from '../../core/lib/patience.ts';
import type { Clock } from '../../core/ports.ts';

/** What a worker gets. */
export interface CalendarJob {
  readonly source: CalendarSource;
  readonly options: ReadCalendarOptions;
}

/** A calendar takes a second at most here, and several on a slow computer; what takes longer than this, in ms, is given up. */
const longest = 10_000;
/** 64 MB together; beside them are the bytes of the calendar. */
const resourceLimits = { maxOldGenerationSizeMb: 56, maxYoungGenerationSizeMb: 8, stackSizeMb: 2 } as const;
const tooMuch: CalendarResult = { ok: false, problem: 'too-much' };

/**
 * Reads calendars one after the other, each in a thread of its own (`file` is the worker) that is ended when it takes too much time or
 * memory, so that main stands still for none of them.
 */
export function createCalendarReader(file: string | URL, clock: Clock): ReadCalendarAside {
  const inTurn = createInTurn();
  return (source, options, signal) =>
    inTurn(async () => {
      const { Worker } = await import('node:worker_threads');
      if (signal?.aborted) return tooMuch;
      const worker = new Worker(file, {
        workerData: { source, options } satisfies CalendarJob,
        resourceLimits,
      });
      return resultOf(worker, clock, signal);
    });
}

function resultOf(worker: Worker, clock: Clock, signal: AbortSignal | undefined): Promise<CalendarResult> {
  return new Promise((resolve) => {
    const giveUp = () => void worker.terminate();
    const cancelPatience = startPatience(clock, longest, giveUp);
    signal?.addEventListener('abort', giveUp, { once: true });
    let result = tooMuch;
    worker.once('message', (read: CalendarResult) => {
      result = read;
    });
    // Out of memory is an error as any other; the exit follows.
    worker.once('error', giveUp);
    worker.once('exit', () => {
      cancelPatience();
      signal?.removeEventListener('abort', giveUp);
      resolve(result);
    });
  });
}
