import { describe, expect, it } from 'vitest';
import { readWorkDay, usualWeek, type WorkWeek, workMoment } from '../../../shared/working-hours.ts';

const hours = (from: number, to: number) => ({ from: from * 60, to: to * 60 });

describe('the hours of a day', () => {
  it.each([
    ['9-17', [hours(9, 17)]],
    ['9:00–12:30, 13:00 – 17', [hours(9, 12.5), hours(13, 17)]],
    ['9:00 AM–12:00 PM, 1:00 PM–5:30 PM', [hours(9, 12), hours(13, 17.5)]],
    ['from 9 to 5', [hours(9, 17)]],
    ['13-17 and 9-12', [hours(9, 12), hours(13, 17)]],
    ['12-1', [hours(12, 13)]],
    ['22-6', [hours(22, 30)]],
    ['10pm-6am', [hours(22, 30)]],
    ['0-24', [hours(0, 24)]],
    ['8-8', [hours(8, 20)]],
    ['off', []],
    ['  ', []],
  ])('are read from “%s”', (text, spans) => {
    expect(readWorkDay(text)).toEqual({ ok: true, spans });
  });

  it.each([
    ['9', 'unknown'],
    ['25-26', 'unknown'],
    ['13pm-14pm', 'unknown'],
    ['9:75-10', 'unknown'],
    ['24-25', 'unknown'],
    ['9-12, 11-15', 'overlap'],
    ['1-2,3-4,5-6,7-8,9-10', 'too-many'],
  ])('are refused where they are “%s”', (text, problem) => {
    expect(readWorkDay(text)).toEqual({ ok: false, problem });
  });
});

/** Of the week of Monday, January 12, 2026. */
const at = (day: number, hour: number, minute = 0) => new Date(2026, 0, 11 + day, hour, minute).getTime();

describe('a moment of a week', () => {
  it('is within hours, in a break, after work, or on a weekend', () => {
    const split = [hours(9, 12), hours(13, 17)];
    const week: WorkWeek = [[], split, split, split, split, split, []];
    const moments = [at(1, 10), at(1, 12), at(1, 20), at(6, 12)].map((now) => workMoment(week, now));
    expect(moments).toEqual([
      { working: true, since: at(1, 9), until: at(1, 12) },
      { working: false, since: at(1, 12), until: at(1, 13) },
      { working: false, since: at(1, 17), until: at(2, 9) },
      { working: false, since: at(5, 17), until: at(8, 9) },
    ]);
  });

  it('is within a night’s hours on both days, which may touch the next ones', () => {
    const week: WorkWeek = [[], [hours(22, 30)], [hours(6, 8)], [], [], [], []];
    expect(workMoment(week, at(2, 3))).toEqual({ working: true, since: at(1, 22), until: at(2, 8) });
  });

  it('knows no hours where nobody works, and finds the only day of a week', () => {
    const off: WorkWeek = [[], [], [], [], [], [], []];
    expect(workMoment(off, at(1, 10))).toBeUndefined();
    const monday = off.with(1, [hours(9, 10)]);
    expect(workMoment(monday, at(1, 10))).toEqual({ working: false, since: at(1, 10), until: at(8, 9) });
    expect(workMoment(monday, at(1, 9) - 1)?.until).toBe(at(1, 9));
  });

  it('ends by the clock that people see, also on the days when it is changed', () => {
    for (let days = 0; days < 366; days += 1) {
      const noon = new Date(2026, 0, 1 + days, 12).getTime();
      const moment = workMoment(usualWeek, noon);
      const until = new Date(moment?.until ?? 0);
      expect([until.getHours(), until.getMinutes()]).toEqual([moment?.working ? 17 : 9, 0]);
    }
  });
});
