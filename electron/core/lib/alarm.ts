import type { Clock } from '../ports.ts';

/** No timer is longer than this, ms: the instant is compared again, so sleep and clock jumps cost at most this much. */
const longestTimer = 30_000;

/**
 * Rings at an instant of the wall clock, however often the computer sleeps or its clock is set meanwhile.
 * @param ring called once for each instant that was set
 */
export function createAlarm(clock: Clock, ring: () => void) {
  let at: number | undefined;
  let cancel = () => {};

  function wait(): void {
    cancel();
    if (at === undefined) return;
    cancel = clock.setTimeout(check, Math.min(Math.max(at - clock.now(), 0), longestTimer));
  }

  function check(): void {
    if (at === undefined || clock.now() < at) {
      wait();
      return;
    }
    cancel();
    at = undefined;
    ring();
  }

  return {
    /** Replaces the former instant, epoch ms; undefined: none. What is over already rings with the next timer. */
    set(next: number | undefined): void {
      at = next;
      wait();
    },
    /** Compares the clock now, as after sleep: rings at once where the instant is over. */
    check,
  };
}
