import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { clock } from '../../../electron/desktop/clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('no wait, however long, is made one of a millisecond', () => {
  const rung: string[] = [];
  const cancels = [2 ** 31, 366 * 86_400_000, Number.POSITIVE_INFINITY].map((ms) =>
    clock.setTimeout(() => rung.push(`${ms}`), ms),
  );
  vi.advanceTimersByTime(2 ** 31 - 2);
  expect(rung).toEqual([]);
  for (const cancel of cancels) cancel();
});
