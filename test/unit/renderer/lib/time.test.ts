import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockTime, countdown, fractionLeft, hourOfDay, readMinutes } from '../../../../renderer/lib/time.ts';

const at = (day: number, hours: number, minutes: number) => new Date(2026, 10, day, hours, minutes).getTime();
/** The clock is 24 or 12 hours by the system; tests look at the day before it. */
const day = (words: string) => words.replace(/\s?\d{1,2}:\d{2}.*$/u, '');

describe('countdown', () => {
  it.each([
    [42_000, '0:42'],
    [41_001, '0:42'],
    [9_000, '0:09'],
    [60_000, '1:00'],
    [725_000, '12:05'],
    [3_600_000, '1:00:00'],
    [-1, '0:00'],
  ])('%d ms is %s', (ms, digits) => {
    expect(countdown(ms)).toBe(digits);
  });

  it('reads back as the seconds that are left, rounded up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 48 * 3_600_000 }), (ms) => {
        const seconds = countdown(ms)
          .split(':')
          .reduce((sum, part) => sum * 60 + Number(part), 0);
        expect(seconds).toBe(Math.ceil(ms / 1000));
      }),
    );
  });
});

describe('ring', () => {
  it('is full at the start, half in the middle and empty at the end', () => {
    expect(fractionLeft(1_000, 3_000, 1_000)).toBe(1);
    expect(fractionLeft(1_000, 3_000, 2_000)).toBe(0.5);
    expect(fractionLeft(1_000, 3_000, 3_000)).toBe(0);
  });

  it('stays between empty and full and only ever empties, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.integer(), fc.nat(), (since, until, now, later) => {
        const left = fractionLeft(since, until, now);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left).toBeLessThanOrEqual(1);
        expect(fractionLeft(since, until, now + later)).toBeLessThanOrEqual(left);
      }),
    );
  });
});

describe('clock times', () => {
  const now = at(25, 14, 5);

  it('says the day only where it is not today', () => {
    expect(day(clockTime(at(25, 9, 30), now))).toBe('');
    expect(clockTime(at(25, 9, 30), now)).toMatch(/^0?9:30/);
    expect(day(clockTime(at(24, 23, 59), now))).toBe('yesterday');
    expect(day(clockTime(at(26, 0, 1), now))).toBe('tomorrow');
    expect(day(clockTime(at(28, 9, 0), now))).toBe('Saturday');
    expect(day(clockTime(at(2, 9, 0), now))).toMatch(/Nov/);
  });

  it('names a full hour', () => {
    expect(hourOfDay(9)).toMatch(/^0?9:00/);
    expect(hourOfDay(0)).toMatch(/^(0?0|12):00/);
  });
});

describe('typed minutes', () => {
  const limits = { min: 20, max: 1440 };

  it.each([
    ['20', 20],
    [' 90 ', 90],
    ['1440', 1440],
    ['045', 45],
  ])('takes "%s"', (text, minutes) => {
    expect(readMinutes(text, limits)).toEqual({ ok: true, minutes });
  });

  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['19', 'too-short'],
    ['1441', 'too-long'],
    ['1.5', 'not-a-number'],
    ['-20', 'not-a-number'],
    ['1e3', 'not-a-number'],
    ['an hour', 'not-a-number'],
    ['99999999999', 'not-a-number'],
  ])('refuses "%s"', (text, reason) => {
    expect(readMinutes(text, limits)).toEqual({ ok: false, reason });
  });

  it('never lets through what is out of the limits', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String)), (text) => {
        const input = readMinutes(text, limits);
        if (!input.ok) return;
        expect(Number.isInteger(input.minutes)).toBe(true);
        expect(input.minutes).toBeGreaterThanOrEqual(limits.min);
        expect(input.minutes).toBeLessThanOrEqual(limits.max);
      }),
    );
  });
});
