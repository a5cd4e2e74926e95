import type { Clock } from '../core/ports.ts';

/** The longest that a timer of Node takes, in ms; one of a millisecond more is made one of a millisecond. */
const longestTimer = 2 ** 31 - 1;

/** The real clock. */
export const clock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  setTimeout(fn, ms) {
    const timer = setTimeout(fn, Math.min(ms, longestTimer));
    return () => clearTimeout(timer);
  },
};
