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

/**
 * Calls `over` once `ms` have passed, however many: by the wall clock, so that sleep counts, or by running time, so that a clock
 * that was put back holds nothing up. Returns how to stop waiting.
 */
export function startWait(clock: Clock, ms: number, over: () => void): () => void {
  const at = clock.now() + ms;
  const elapsedAt = clock.elapsed() + ms;
  let cancel = () => {};
  const look = () => {
    const left = Math.min(at - clock.now(), elapsedAt - clock.elapsed());
    cancel = clock.setTimeout(left > 0 ? look : over, Math.min(Math.max(left, 0), longestTimer));
  };
  look();
  return () => cancel();
}
