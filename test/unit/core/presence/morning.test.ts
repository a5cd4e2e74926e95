import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { msUntilMorning } from '../../../../electron/core/presence/morning.ts';

const minute = 60_000;
const at = (hours: number, minutes: number) => new Date(2026, 0, 15, hours, minutes).getTime();

describe('until the morning', () => {
  it.each([
    [at(22, 0), 8, 10 * 60],
    [at(3, 30), 8, 4 * 60 + 30],
    [at(7, 40), 8, 20],
    // The day has as good as begun: the next one, and no longer than Zoom's longest.
    [at(7, 41), 8, 1440],
    [at(8, 0), 8, 1440],
    [at(12, 0), 0, 12 * 60],
  ])('from %d to %d o’clock are %d minutes', (now, hour, minutes) => {
    expect(msUntilMorning(now, hour)).toBe(minutes * minute);
  });

  it('is always a length that Zoom takes, in whole minutes, and ends at the hour', () => {
    const year = Date.UTC(2026, 0, 1);
    const instants = fc.integer({ min: year, max: year + 400 * 86_400_000 });
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 23 }), (now, hour) => {
        const ms = msUntilMorning(now, hour);
        expect(ms % minute).toBe(0);
        expect(ms).toBeGreaterThanOrEqual(20 * minute);
        expect(ms).toBeLessThanOrEqual(1440 * minute);
        const end = new Date(now + ms);
        if (ms < 1440 * minute) expect([end.getHours(), end.getMinutes()]).toEqual([hour, 0]);
      }),
    );
  });
});
