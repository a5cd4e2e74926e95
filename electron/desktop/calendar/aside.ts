import type {
  CalendarResult,
  CalendarSource,
  ReadCalendarAside,
  ReadCalendarOptions,
} from '../../core/calendar/reading.ts';
import { createInTurn } from '../../core/lib/in-turn.ts';
import { startPatience } from '../../core/lib/patience.ts';
import type { Clock } from '../../core/ports.ts';

/** What is to be read. */
export interface CalendarJob {
  readonly source: CalendarSource;
  readonly options: ReadCalendarOptions;
}

/** A process that reads one calendar, as main sees it. */
export interface CalendarHost {
  send(job: CalendarJob): void;
  onResult(listener: (result: CalendarResult) => void): void;
  /** Called once, however it ended. */
  onGone(listener: () => void): void;
  /** Ends it, whatever it does. */
  end(): void;
}

/** A calendar takes a second at most here, and several on a slow computer; what takes longer than this, in ms, is given up. */
const longest = 10_000;
export const tooMuch: CalendarResult = { ok: false, problem: 'too-much' };

/**
 * Reads calendars one after the other, each in a process of its own that is ended with it, so that main stands still for none of them
 * and keeps nothing of what it took.
 */
export function createCalendarReader(start: () => CalendarHost, clock: Clock): ReadCalendarAside {
  const inTurn = createInTurn();
  return (source, options, signal) =>
    inTurn(
      () =>
        new Promise((resolve) => {
          if (signal?.aborted) return resolve(tooMuch);
          const host = start();
          let isOver = false;
          const finish = (result: CalendarResult) => {
            if (isOver) return;
            isOver = true;
            cancelPatience();
            signal?.removeEventListener('abort', giveUp);
            host.end();
            resolve(result);
          };
          const giveUp = () => finish(tooMuch);
          const cancelPatience = startPatience(clock, longest, giveUp);
          signal?.addEventListener('abort', giveUp, { once: true });
          host.onResult(finish);
          host.onGone(giveUp);
          host.send({ source, options });
        }),
    );
}
