import type { Reached } from '../http/failures.ts';

/** A call that its caller has ended, and what Zoom may have had of it. */
export class Cancelled extends Error {
  readonly reached: Reached;
  constructor(reached: Reached) {
    super('cancelled');
    this.reached = reached;
  }
}

/** Rejects as soon as `signal` aborts, without waiting for `work`, whose own outcome is then ignored. */
export function unlessCancelled<T>(
  work: Promise<T>,
  signal?: AbortSignal,
  reached: Reached = 'perhaps',
): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new Cancelled(reached));
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}
