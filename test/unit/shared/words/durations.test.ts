import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationWords } from '../../../../shared/words/durations.ts';

const minute = 60_000;

describe('lengths in words', () => {
  it.each([
    [0, '0 sec'],
    [-5, '0 sec'],
    [37_100, '38 sec'],
    [59_001, '1 min'],
    [minute, '1 min'],
    [41 * minute + 1, '42 min'],
    [60 * minute, '1 hr'],
    [79 * minute + 1_000, '1 hr 20 min'],
    [24 * 60 * minute, '24 hr'],
  ])('%d ms is "%s"', (ms, words) => {
    expect(durationWords(ms)).toBe(words);
  });

  it.each([
    [1_000, '1 second'],
    [15 * minute, '15 minutes'],
    [20 * minute, '20 minutes'],
    [60 * minute, '1 hour'],
    [90 * minute, '1 hour 30 minutes'],
    [121 * minute, '2 hours 1 minute'],
    [1440 * minute, '24 hours'],
  ])('%d ms is "%s" in the long form', (ms, words) => {
    expect(durationWords(ms, 'long')).toBe(words);
  });

  it('says every length as Intl says it in English', () => {
    for (const style of ['short', 'long'] as const) {
      const unit = (name: string) =>
        new Intl.NumberFormat('en-US', { style: 'unit', unit: name, unitDisplay: style });
      const [hours, minutes, seconds] = [unit('hour'), unit('minute'), unit('second')];
      for (let count = 0; count < 60; count++)
        expect(durationWords(count * 1_000, style)).toBe(seconds.format(count));
      for (let count = 1; count <= 1440; count++) {
        const parts = [
          ...(count >= 60 ? [hours.format(Math.floor(count / 60))] : []),
          ...(count % 60 > 0 ? [minutes.format(count % 60)] : []),
        ];
        expect(durationWords(count * minute, style)).toBe(parts.join(' '));
      }
    }
  });

  it('never says less than is left, nor a minute more', () => {
    fc.assert(
      fc.property(fc.integer({ min: minute, max: 1440 * minute }), (ms) => {
        const hours = Number(/(\d+) hr/.exec(durationWords(ms))?.[1] ?? 0);
        const minutes = Number(/(\d+) min/.exec(durationWords(ms))?.[1] ?? 0);
        const said = (hours * 60 + minutes) * minute;
        expect(minutes).toBeLessThan(60);
        expect(said).toBeGreaterThanOrEqual(ms);
        expect(said - ms).toBeLessThan(minute);
      }),
    );
  });
});
