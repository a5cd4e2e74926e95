import { describe, expect, it } from 'vitest';
import {
  createPacer,
  type LimitInfo,
  nextMidnight,
  readLimits,
} from '../../../../electron/core/zoom/limits.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';

const now = Date.UTC(2026, 0, 15, 9);

describe('the headers about limits', () => {
  it.each([
    ['QPS', 'per-second'],
    ['qps', 'per-second'],
    ['Daily-limit', 'daily'],
    ['no QPS', null],
    ['not daily', null],
    ['', null],
  ])('a type %j is %s', (type, read) => {
    expect(readLimits('Light', { 'x-ratelimit-type': type }, now).type).toBe(read);
  });

  it.each([
    ['30', 30],
    [' 30 ', 30],
    ['0', 0],
    ['123456789', 123_456_789],
    ['1234567890', null],
    ['30 calls', null],
    ['about 30', null],
    ['-1', null],
    ['', null],
  ])('a count of %j is %s', (text, read) => {
    const headers = { 'x-ratelimit-limit': text, 'x-ratelimit-remaining': text };
    expect(readLimits('Light', headers, now)).toMatchObject({ limit: read, remaining: read });
  });

  it('say nothing where there are none', () => {
    const none = { type: null, limit: null, remaining: null, retryAt: null };
    expect(readLimits('Heavy', {}, now)).toEqual({ label: 'Heavy', ...none });
  });
});

describe('the day of a limit', () => {
  it('ends at midnight in Greenwich', () => {
    expect(nextMidnight(now)).toBe(Date.UTC(2026, 0, 16));
    expect(nextMidnight(Date.UTC(2026, 0, 16))).toBe(Date.UTC(2026, 0, 17));
  });
});

describe('what answers tell the pacer', () => {
  const told = (remaining: number | null, more: Partial<LimitInfo> = {}): LimitInfo => ({
    label: 'Light',
    type: 'per-second',
    limit: 30,
    remaining,
    retryAt: null,
    ...more,
  });

  function paced() {
    const clock = createFakeClock(now);
    const pacer = createPacer(clock);
    let gone = 0;
    return {
      clock,
      pacer,
      /** How many of ten more calls go out within `ms`. */
      async goWithin(ms: number): Promise<number> {
        for (let count = 0; count < 10; count += 1) void pacer.turn('Light').then(() => (gone += 1));
        const before = gone;
        await clock.advance(ms);
        return gone - before;
      },
      gone: () => gone,
    };
  }

  /** Whether calls are held until exactly `ms` from now. */
  async function expectHeld({ clock, goWithin }: ReturnType<typeof paced>, ms: number) {
    expect(await goWithin(ms - 1)).toBe(0);
    await clock.advance(1);
  }

  it('holds nothing back for an answer that names no count', async () => {
    const { pacer, goWithin } = paced();
    pacer.saw(told(null), false);
    expect(await goWithin(0)).toBe(10);
  });

  it('begins no second before the one before is over', async () => {
    const { clock, pacer, goWithin, gone } = paced();
    pacer.saw(told(0, { limit: 2 }), false);
    expect(await goWithin(1000)).toBe(2);
    await clock.advance(999);
    expect(gone()).toBe(2);
    await clock.advance(1);
    expect(gone()).toBe(4);
  });

  it('waits for the end of the second that a count is about, not for a second more', async () => {
    const one = paced();
    one.pacer.saw(told(5), false);
    await one.clock.advance(500);
    one.pacer.saw(told(0), false);
    await expectHeld(one, 500);
    expect(one.gone()).toBe(10);
  });

  it.each<[string, (clock: FakeClock) => Promise<void> | void]>([
    ['as it ends', (clock) => clock.advance(1000)],
    ['after the clock was put back', (clock) => clock.jump(-60_000)],
  ])('takes a higher count for news once the second is another one: %s', async (_, pass) => {
    const { clock, pacer, goWithin } = paced();
    pacer.saw(told(0), false);
    await pass(clock);
    pacer.saw(told(2), false);
    expect(await goWithin(999)).toBe(2);
  });

  it.each([
    ['a second, where Zoom names no time', null, 1000],
    ['as long as Zoom says', 3000, 3000],
    ['a second at least', 200, 1000],
    ['ten seconds at most', 60_000, 10_000],
  ])('a refusal holds calls %s', async (_, retryIn, held) => {
    const one = paced();
    one.pacer.saw(told(7), false);
    await one.clock.advance(500);
    const retryAt = retryIn === null ? null : one.clock.now() + retryIn;
    one.pacer.saw(told(7, { retryAt }), true);
    await expectHeld(one, held);
    expect(one.gone()).toBe(10);
  });

  it('takes a time for one of the refusal alone', async () => {
    const one = paced();
    one.pacer.saw(told(0, { retryAt: now + 5000 }), false);
    await expectHeld(one, 1000);
    expect(one.gone()).toBe(10);
  });
});
