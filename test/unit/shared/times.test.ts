import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { endOf, nextMorning, readTime, type TimeContext } from '../../../shared/times.ts';
import { clockTime, hasHour12 } from '../../../shared/words/clock.ts';
import { durationWords } from '../../../shared/words/durations.ts';
import { times } from '../../../shared/words/en/times.ts';

const minute = 60_000;
const day = 1440 * minute;
/** A Wednesday. */
const at = (hours: number, minutes = 0, days = 0) => new Date(2026, 0, 14 + days, hours, minutes).getTime();
const zone = process.env.TZ;
const zones = ['UTC', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kolkata'];

function context(now: number, more: Partial<TimeContext> = {}): TimeContext {
  return { now, hour12: false, endOfDay: 17 * 60 + 30, morningHour: 8, ...more };
}

/** Runs in a zone; Node takes a new one at once. */
function inZone<T>(name: string, work: () => T): T {
  process.env.TZ = name;
  try {
    return work();
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
}

afterAll(() => {
  if (zone !== undefined) process.env.TZ = zone;
});

const read = (text: string, more: Partial<TimeContext> = {}) =>
  readTime(text, 'Away', context(at(14, 2), more));

describe('a length', () => {
  it.each([
    ['45', 45],
    ['45m', 45],
    ['45 min', 45],
    ['45 Minutes', 45],
    ['for 45', 45],
    ['1', 1],
    ['90', 90],
    ['1h', 60],
    ['1 hour', 60],
    ['2hrs', 120],
    ['1h30', 90],
    ['1h 30m', 90],
    ['1 hour and 30 minutes', 90],
    ['1 hr 5', 65],
    ['1h05', 65],
    ['1.5h', 90],
    ['1,5 h', 90],
    ['.5h', 30],
    ['0.25h', 15],
    ['half an hour', 30],
    ['an hour', 60],
    ['14h30', 870],
    ['24h', 1440],
    ['1440', 1440],
    ['４５', 45],
    ['\u00a045\u202fmin ', 45],
  ])('%j is %d minutes', (text, minutes) => {
    expect(read(text)).toEqual({ ok: true, lasting: { minutes }, moved: false });
  });
});

describe('an end', () => {
  it.each([
    ['14:30', at(14, 30)],
    ['14.30', at(14, 30)],
    ['2:30pm', at(14, 30)],
    ['2:30 PM', at(14, 30)],
    ['2:30\u202fp.m.', at(14, 30)],
    ['5pm', at(17)],
    ['5 p', at(17)],
    ['until 17:00', at(17)],
    ['Until 17', at(17)],
    ['till 1730', at(17, 30)],
    ['until 14h30', at(14, 30)],
    ['midnight', at(0, 0, 1)],
    ['end of day', at(17, 30)],
    ['until the end of the day', at(17, 30)],
    ['EOD', at(17, 30)],
    ['today 16:00', at(16)],
    ['tomorrow', at(8, 0, 1)],
    ['until tomorrow morning', at(8, 0, 1)],
    ['morning', at(8, 0, 1)],
    ['tomorrow 8', at(8, 0, 1)],
    ['tomorrow at 9:15', at(9, 15, 1)],
    ['noon tomorrow', at(12, 0, 1)],
    ['5pm tomorrow', at(17, 0, 1)],
    ['friday', at(8, 0, 2)],
    ['Mon 9', at(9, 0, 5)],
    ['wednesday 18:00', at(18)],
    ['wednesday 9:00', at(9, 0, 7)],
    ['9am on tuesday', at(9, 0, 6)],
  ])('%j is found', (text, until) => {
    expect(read(text)).toEqual({ ok: true, lasting: { until }, moved: false });
  });

  it.each([
    ['noon', at(12, 0, 1)],
    ['14:02', at(14, 2, 1)],
    ['until 8', at(8, 0, 1)],
    ['9am', at(9, 0, 1)],
  ])('%j has passed, means tomorrow, and says so', (text, until) => {
    expect(read(text)).toEqual({ ok: true, lasting: { until }, moved: true });
  });

  it('that may be morning or afternoon is the next to come, where clocks have 12 hours', () => {
    const ends = (text: string) => read(text, { hour12: true });
    expect(ends('2:30')).toEqual({ ok: true, lasting: { until: at(14, 30) }, moved: false });
    expect(ends('until 9')).toEqual({ ok: true, lasting: { until: at(21) }, moved: false });
    expect(ends('12:30')).toEqual({ ok: true, lasting: { until: at(0, 30, 1) }, moved: true });
    expect(ends('tomorrow 8')).toEqual({ ok: true, lasting: { until: at(8, 0, 1) }, moved: false });
    expect(ends('tomorrow 2:30')).toEqual({ ok: true, lasting: { until: at(14, 30, 1) }, moved: false });
    expect(ends('tomorrow 12')).toEqual({ ok: true, lasting: { until: at(12, 0, 1) }, moved: false });
    expect(ends('15:00')).toEqual({ ok: true, lasting: { until: at(15) }, moved: false });
    expect(ends('02:30')).toEqual({ ok: true, lasting: { until: at(2, 30, 1) }, moved: true });
  });

  it('goes by the preferences', () => {
    expect(read('eod', { endOfDay: 16 * 60 })).toMatchObject({ lasting: { until: at(16) } });
    expect(read('tomorrow', { morningHour: 10 })).toMatchObject({ lasting: { until: at(10, 0, 1) } });
  });
});

describe('what is no time', () => {
  it.each<[string, string]>([
    ['', 'empty'],
    ['  \u200a', 'empty'],
    ['0', 'too-short'],
    ['0h', 'too-short'],
    ['1441', 'too-long'],
    ['25h', 'too-long'],
    ['9'.repeat(50), 'too-long'],
    ['today 9:00', 'passed'],
    ...[
      ...['soon', 'until', 'for', '-5', '1e3', '0x20', '030', '1h30h', '1.5', '1.5h30', '1.5m', '٤٥'],
      ...['24:00', '14:60', '13pm', '0am', 'for 14:30', 'until 45m', 'today', 'tomorrow 25', '1h and'],
      ...['NaN', 'constructor', '__proto__', 'until friday 9 9', '4'.repeat(61)],
    ].map((text): [string, string] => [text, 'unknown']),
  ])('%j is %s', (text, problem) => {
    expect(read(text)).toEqual({ ok: false, problem });
  });

  it('is said with what to type instead', () => {
    for (const words of Object.values(times.problems)) expect(words).toMatch(/^[A-Z].*\.$/);
  });
});

describe('do not disturb', () => {
  it('is for at most 24 hours', () => {
    const dnd = (text: string) => readTime(text, 'Do_Not_Disturb', context(at(14, 2)));
    expect(dnd('tomorrow 14:02')).toMatchObject({ ok: true });
    expect(dnd('tomorrow 14:03')).toEqual({ ok: false, problem: 'dnd-too-long' });
    expect(dnd('friday')).toEqual({ ok: false, problem: 'dnd-too-long' });
    expect(dnd('24h')).toMatchObject({ ok: true });
    expect(dnd('25h')).toEqual({ ok: false, problem: 'dnd-too-long' });
  });
});

describe('when clocks change', () => {
  it('a time that is skipped is as much later, and one that comes twice is the next of both', () =>
    inZone('America/New_York', () => {
      const spring = new Date(2026, 2, 8, 1, 50).getTime();
      expect(readTime('2:30', 'Away', context(spring))).toMatchObject({
        lasting: { until: new Date(2026, 2, 8, 3, 30).getTime() },
      });
      const first = new Date(2026, 10, 1, 1, 40).getTime();
      expect(readTime('1:50', 'Away', context(first))).toMatchObject({
        lasting: { until: first + 10 * minute },
      });
      expect(readTime('1:30', 'Away', context(first))).toEqual({
        ok: true,
        lasting: { until: first + 50 * minute },
        moved: false,
      });
      // From half past one, both, to five is another hour than the clock says.
      expect(readTime('5:00', 'Away', context(first))).toMatchObject({
        lasting: { until: first + 260 * minute },
      });
    }));

  it('another zone counts from then on', () => {
    const now = Date.UTC(2026, 5, 1, 12);
    const noon = (name: string) => inZone(name, () => readTime('15:00', 'Away', context(now)));
    expect(noon('UTC')).toMatchObject({ lasting: { until: now + 180 * minute } });
    expect(noon('Europe/Berlin')).toMatchObject({ lasting: { until: now + 60 * minute } });
    expect(noon('America/New_York')).toMatchObject({ lasting: { until: now + 420 * minute } });
  });
});

const instants = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) });
const words = fc.constantFrom(
  ...[
    'until',
    'for',
    'tomorrow',
    'monday',
    'sun',
    'noon',
    'eod',
    'end of day',
    'half an hour',
    'at',
    'and',
    'on',
  ],
  ...['1', '8', '45', '14:30', '2:30', 'pm', 'a.m.', 'h', 'm', ':', '.', ' ', '１', '\u0660', '\u202e', '😀'],
);
const texts = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.array(words, { maxLength: 6 }).map((all) => all.join(' ')),
  fc.array(words, { maxLength: 8 }).map((all) => all.join('')),
);

describe('whatever', () => {
  it('is typed, it is no time or one to come, and never throws', () => {
    fc.assert(
      fc.property(texts, instants, fc.boolean(), fc.constantFrom(...zones), (text, now, hour12, name) =>
        inZone(name, () => {
          for (const status of ['Away', 'Do_Not_Disturb'] as const) {
            const result = readTime(text, status, context(now, { hour12 }));
            if (!result.ok) {
              expect(times.problems).toHaveProperty(result.problem);
              continue;
            }
            const ms = endOf(result.lasting, now) - now;
            expect(Number.isInteger(ms)).toBe(true);
            expect(ms).toBeGreaterThan(0);
            expect(ms).toBeLessThanOrEqual(status === 'Away' ? 8 * day : day);
          }
        }),
      ),
      { numRuns: 4_000 },
    );
  });

  it('length is printed, it is read as the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1440 }), fc.constantFrom('short', 'long'), (minutes, style) => {
        const printed = durationWords(minutes * minute, style);
        expect(read(printed)).toEqual({ ok: true, lasting: { minutes }, moved: false });
      }),
    );
  });

  it('end is printed, it is read as the same', () => {
    // Up to the same day of the next week, which is printed as a date; a change of clocks may bring that an hour nearer.
    const ahead = fc.integer({ min: 1, max: 6 * 1440 - 60 });
    fc.assert(
      fc.property(instants, ahead, fc.constantFrom(...zones), (now, minutes, name) =>
        inZone(name, () => {
          const until = Math.floor((now + minutes * minute) / minute) * minute;
          const printed = clockTime(until, now);
          const result = readTime(`until ${printed}`, 'Away', context(now, { hour12: hasHour12() }));
          expect(result).toMatchObject({ ok: true, moved: false });
          const found = result.ok ? endOf(result.lasting, now) : 0;
          // One of two, where clocks show it twice.
          expect(clockTime(found, now)).toBe(printed);
          expect(Math.abs(found - until)).toBeLessThanOrEqual(60 * minute);
          if (name === 'UTC' || name === 'Asia/Kolkata') expect(found).toBe(until);
        }),
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('the next morning', () => {
  it.each([
    [at(22), 8, at(8, 0, 1)],
    [at(3, 30), 8, at(8)],
    [at(7, 40), 8, at(8)],
    // The day has as good as begun: the next one, and no longer than Zoom's longest.
    [at(7, 41), 8, at(7, 41, 1)],
    [at(8), 8, at(8, 0, 1)],
    [at(12), 0, at(0, 0, 1)],
  ])('from %d with %d o’clock is %d', (now, hour, morning) => {
    expect(nextMorning(now, hour)).toBe(morning);
  });

  it('is always a length that Zoom takes, and at the hour', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 23 }), fc.constantFrom(...zones), (now, hour, name) =>
        inZone(name, () => {
          const morning = nextMorning(now, hour);
          expect(morning - now).toBeGreaterThanOrEqual(20 * minute);
          expect(morning - now).toBeLessThanOrEqual(day);
          const end = new Date(morning);
          // Where the clock skips the hour itself, it is as much later.
          if (morning - now < day && name !== 'Australia/Lord_Howe') {
            expect(end.getMinutes()).toBe(0);
            expect([hour, hour + 1]).toContain(end.getHours());
          }
        }),
      ),
    );
  });
});
