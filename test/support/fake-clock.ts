import type { Clock } from '../../electron/core/ports.ts';
import { createWatch } from './waiting.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fn: () => void;
}

export interface FakeClock extends Clock {
  /** Moves time forward; timers due fire in order, each at its own instant, and promises they settle run between. */
  advance(ms: number): Promise<void>;
  /** Moves the wall clock alone, as a person or NTP does; timers keep their remaining time. */
  jump(ms: number): void;
  /** From now on, time leaps to each timer of at most `upTo` milliseconds as soon as it is set; longer ones wait. */
  skipWaits(upTo: number): void;
  /** The timers that time has leapt to, in milliseconds as they were set. */
  readonly skipped: readonly number[];
  /** Timers waiting, soonest first, in milliseconds from now. */
  pending(): number[];
  /** Resolves when at least `count` timers wait. */
  waitForTimers(count?: number): Promise<void>;
}

/** Lets every settled promise and finished I/O callback run. */
export function settle(): Promise<void> {
  return new Promise((done) => setImmediate(() => setImmediate(done)));
}

/** The longest that a real timer takes, in ms: of a longer one Node makes one of a millisecond. */
const longestTimer = 2 ** 31 - 1;

/** A clock that stands still until a test moves it. Starts at 2026-01-15T09:00:00Z unless told. */
export function createFakeClock(start = Date.UTC(2026, 0, 15, 9)): FakeClock {
  let elapsed = 0;
  let offset = start;
  let orders = 0;
  let skipUpTo = -1;
  const skipped: number[] = [];
  const timers = new Set<Timer>();
  const watch = createWatch();

  const sorted = () => [...timers].sort((a, b) => a.at - b.at || a.order - b.order);
  const fire = (timer: Timer) => {
    timers.delete(timer);
    elapsed = Math.max(elapsed, timer.at);
    timer.fn();
  };

  return {
    now: () => offset + elapsed,
    elapsed: () => elapsed,
    setTimeout(fn, ms) {
      if (!(ms <= longestTimer)) throw new RangeError(`No timer takes ${ms} ms.`);
      const timer = { at: elapsed + Math.max(0, ms), order: orders++, fn };
      timers.add(timer);
      watch.changed();
      if (ms <= skipUpTo) {
        setImmediate(() => {
          if (!timers.has(timer)) return;
          skipped.push(ms);
          fire(timer);
        });
      }
      return () => void timers.delete(timer);
    },
    async advance(ms) {
      const target = elapsed + ms;
      await settle();
      for (let next = sorted()[0]; next && next.at <= target; next = sorted()[0]) {
        fire(next);
        await settle();
      }
      elapsed = Math.max(elapsed, target);
      await settle();
    },
    jump(ms) {
      offset += ms;
    },
    skipWaits(upTo) {
      skipUpTo = upTo;
    },
    skipped,
    pending: () => sorted().map((timer) => timer.at - elapsed),
    async waitForTimers(count = 1) {
      await watch.until(
        () => timers.size,
        (waiting) => waiting >= count,
      );
    },
  };
}
