import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lifeLeft, lifetimes, readLifetime } from '../../../renderer/screens/zak/lifetimes.ts';
import { actionSchema } from '../../../shared/actions.ts';
import { longestZak } from '../../../shared/zoom/limits.gen.ts';

const taken = (ttl: number) => actionSchema.safeParse({ type: 'zak.copy', ttl }).success;

describe('the life of a longer-lived token', () => {
  it('is on offer in words that mean what is sent', () => {
    for (const { seconds, words } of lifetimes) {
      expect(taken(seconds)).toBe(true);
      expect(Math.abs(Number.parseInt(words, 10))).toBeGreaterThan(0);
    }
    expect(lifetimes.map(({ seconds }) => seconds)).toEqual([
      3_600, 7_200, 86_400, 604_800, 2_592_000, 7_776_000,
    ]);
  });

  it('can be typed in hours and days, up to a year', () => {
    expect(readLifetime('365', 'days')).toEqual({ seconds: longestZak });
    expect(readLifetime(' 3 ', 'hours')).toEqual({ seconds: 10_800 });
    for (const typed of ['', '0', '366', '1.5', '-1', 'two'])
      expect(readLifetime(typed, 'days')).toHaveProperty('problem');
  });

  it('is taken by main, whatever was typed and read', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.nat().map(String)),
        fc.constantFrom('hours', 'days'),
        (typed, unit) => {
          const read = readLifetime(typed, unit);
          if ('seconds' in read) expect(taken(read.seconds)).toBe(true);
        },
      ),
    );
  });

  it.each([
    [-5, '0:00'],
    [41_200, '0:42'],
    [300_000, '5:00'],
    [7_200_000, '2:00:00'],
    [86_400_000, '24:00:00'],
    [30 * 86_400_000 - 500, '30 days'],
  ])('of which %i ms are left is "%s"', (ms, words) => {
    expect(lifeLeft(ms)).toBe(words);
  });
});
