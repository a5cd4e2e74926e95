import type { Clock } from '../../core/ports.ts';

/** What has ended, or was not there, is tried again after so long, in ms: at first, and at most. */
const waits = { first: 1_000, longest: 30_000 };

/**
 * Keeps something going that may end at any time: `start` begins it, calls `works` once it does what it should and `ended` when it is
 * over, and gives how to end it. Returns how to stop all.
 */
export function keepGoing(
  clock: Clock,
  start: (works: () => void, ended: () => void) => () => void,
): () => void {
  let wait = waits.first;
  let stop = () => {};
  let stopped = false;

  function begin(): void {
    let over = false;
    const end = start(
      () => {
        wait = waits.first;
      },
      () => {
        if (over || stopped) return;
        over = true;
        stop = clock.setTimeout(begin, wait);
        wait = Math.min(2 * wait, waits.longest);
      },
    );
    if (!over) stop = end;
  }

  begin();
  return () => {
    stopped = true;
    stop();
  };
}
