import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Cancelled, unlessCancelled } from '../../../../electron/core/zoom/cancel.ts';
import { nextTurn } from '../../../support/waiting.ts';

const never = new Promise<never>(() => {});
const listeners = ({ signal }: AbortController) => getEventListeners(signal, 'abort').length;
const outcome = (work: Promise<unknown>) => nextTurn(work.catch((cause: unknown) => cause));

describe('what can be cancelled', () => {
  it('is left as it is where nobody can', () => {
    expect(unlessCancelled(never)).toBe(never);
  });

  it('ends at once, and says what Zoom may have had of it', async () => {
    for (const [reached, told] of [
      [undefined, 'perhaps'],
      ['no', 'no'],
    ] as const) {
      const stop = new AbortController();
      const ended = outcome(unlessCancelled(never, stop.signal, reached));
      stop.abort();
      const cause = await ended;
      expect(cause).toBeInstanceOf(Cancelled);
      expect(cause).toMatchObject({ message: 'cancelled', reached: told });
      expect(listeners(stop)).toBe(0);
    }
  });

  it('ends before it has begun where it was cancelled before', async () => {
    expect(await outcome(unlessCancelled(never, AbortSignal.abort(), 'no'))).toMatchObject({ reached: 'no' });
  });

  it('comes to its own end where that is sooner, and leaves nothing at the signal', async () => {
    const stop = new AbortController();
    const done = unlessCancelled(Promise.resolve('done'), stop.signal);
    expect(listeners(stop)).toBe(1);
    expect(await nextTurn(done)).toBe('done');
    const cause = new Error('x');
    expect(await outcome(unlessCancelled(Promise.reject(cause), stop.signal))).toBe(cause);
    expect(listeners(stop)).toBe(0);
  });
});
