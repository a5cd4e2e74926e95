import type { Clock } from '../ports.ts';

const steps = 4;

/**
 * Calls `over` after `ms` milliseconds, in steps between which the event loop turns: what was ready long ago is taken first, and a
 * thread that stood still, or a computer that slept, does not count for more than one step. Gives how to cancel it.
 */
export function startPatience(clock: Clock, ms: number, over: () => void): () => void {
  let left = steps;
  let cancel = () => {};
  const step = () => {
    left -= 1;
    if (left < 0) over();
    else cancel = clock.setTimeout(step, ms / steps);
  };
  step();
  return () => cancel();
}
