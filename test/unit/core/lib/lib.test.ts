import { describe, expect, it } from 'vitest';
import { createAlarm, startWait } from '../../../../electron/core/lib/alarm.ts';
import { createClipboardLease } from '../../../../electron/core/lib/clipboard-lease.ts';
import { defined } from '../../../../electron/core/lib/defined.ts';
import { createInTurn } from '../../../../electron/core/lib/in-turn.ts';
import { createLatest } from '../../../../electron/core/lib/latest.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';

const start = Date.UTC(2026, 0, 15, 9);

describe('an alarm', () => {
  function alarm() {
    const clock = createFakeClock(start);
    const rung: number[] = [];
    return { clock, rung, alarm: createAlarm(clock, () => rung.push(clock.now() - start)) };
  }

  it('rings once, at its instant, whatever was set before', async () => {
    const { clock, rung, alarm: bell } = alarm();
    bell.set(start + 10_000);
    bell.set(start + 100_000);
    await clock.advance(99_999);
    expect(rung).toEqual([]);
    await clock.advance(500_000);
    expect(rung).toEqual([100_000]);
    expect(clock.pending()).toEqual([]);
  });

  it('is looked at every thirty seconds, so that a clock that jumps costs no more', async () => {
    const { clock, rung, alarm: bell } = alarm();
    bell.set(start + 3_600_000);
    expect(clock.pending()).toEqual([30_000]);
    clock.jump(3_600_000);
    bell.check();
    expect(rung).toEqual([3_600_000]);
  });

  it('rings for an instant that is over, but not before its setter has gone on', async () => {
    const { clock, rung, alarm: bell } = alarm();
    bell.set(start - 5);
    expect(rung).toEqual([]);
    await clock.advance(0);
    expect(rung).toEqual([0]);
    bell.set(start + 5);
    bell.set(undefined);
    await clock.advance(50);
    bell.check();
    expect(rung).toEqual([0]);
  });
});

describe('a wait', () => {
  const day = 86_400_000;

  function wait(ms: number) {
    const clock = createFakeClock(start);
    const over: number[] = [];
    return { clock, over, stop: startWait(clock, ms, () => over.push(clock.now() - start)) };
  }

  it('is over once, when it is over', async () => {
    const { clock, over } = wait(70_000);
    await clock.advance(69_999);
    expect(over).toEqual([]);
    await clock.advance(70_000);
    expect(over).toEqual([70_000]);
    expect(clock.pending()).toEqual([]);
  });

  it.each([25, 60, 366])('of %i days sets no timer that none takes', async (days) => {
    const { clock, over } = wait(days * day);
    await clock.advance(3_600_000);
    expect(over).toEqual([]);
    clock.jump(days * day - 3_600_000);
    await clock.advance(30_000);
    expect(over).toHaveLength(1);
  });

  it.each([Date.UTC(1970, 0, 1), Date.UTC(2038, 0, 20), Date.UTC(2099, 11, 31)])(
    'is as long where the clock is set meanwhile to %i',
    async (to) => {
      const { clock, over } = wait(60_000);
      clock.jump(Math.min(to - start, 0));
      await clock.advance(59_999);
      expect(over).toEqual([]);
      clock.jump(Math.max(to - start, 0));
      await clock.advance(1);
      expect(over).toHaveLength(1);
    },
  );

  it('can be stopped', async () => {
    const { clock, over, stop } = wait(70_000);
    await clock.advance(40_000);
    stop();
    await clock.advance(70_000);
    expect(over).toEqual([]);
  });
});

it('work in turn goes on after a failure, and is told of its own alone', async () => {
  const inTurn = createInTurn();
  const seen: string[] = [];
  const failing = inTurn(async () => {
    seen.push('first');
    throw new Error('no');
  });
  const second = inTurn(async () => seen.push('second'));
  await expect(failing).rejects.toThrow('no');
  await second;
  await inTurn.settled();
  expect(seen).toEqual(['first', 'second']);
});

it('only the latest knows itself to be so', () => {
  const begin = createLatest();
  const first = begin();
  expect(first()).toBe(true);
  const second = begin();
  expect([first(), second()]).toEqual([false, true]);
});

it('what is undefined is left out, and nothing else', () => {
  expect(Object.entries(defined({ a: undefined, b: null, c: 0, d: '' }))).toEqual([
    ['b', null],
    ['c', 0],
    ['d', ''],
  ]);
});

describe('a clipboard lease', () => {
  it('takes back what was still being copied when it ended', async () => {
    const copying = Promise.withResolvers<void>();
    let text = '';
    const clipboard = {
      async copy(copied: string) {
        await copying.promise;
        text = copied;
        return true;
      },
      async clear(secret: string) {
        if (text !== secret) return 'left' as const;
        text = '';
        return 'cleared' as const;
      },
    };
    const ended: string[] = [];
    const lease = createClipboardLease({
      clock: createFakeClock(start),
      clipboard,
      ended: (outcome) => ended.push(outcome),
    });
    const copied = lease.copy('a secret');
    await lease.stop();
    copying.resolve();
    await copied;
    expect(text).toBe('');
    expect(ended).toEqual(['cleared']);
  });
});
