import { describe, expect, it, test } from 'vitest';
import { eventFact, nextEventChange } from '../../../../electron/core/automation/sources/calendar.ts';
import type { BusyTime } from '../../../../electron/core/calendar/reading.ts';

const minute = 60_000;
const ten = Date.UTC(2026, 0, 15, 10);
const event = (from: number, to: number, more: Partial<BusyTime> = {}): BusyTime => ({
  from: ten + from * minute,
  to: ten + to * minute,
  title: 'Design review',
  isAllDay: false,
  kind: 'busy',
  isPrivate: false,
  ...more,
});
const settings = { before: 0, tentative: false, away: false } as const;
const at = (minutes: number) => ten + minutes * minute;

describe('an event', () => {
  it('is a fact from its beginning to its end', () => {
    const times = [event(0, 30)];
    const found = [-1, 0, 29, 30].map((minutes) => eventFact(times, settings, at(minutes)));
    const fact = { since: ten, until: at(30), title: 'Design review' };
    expect(found).toEqual([undefined, fact, fact, undefined]);
  });

  it('may count some minutes before, and says then that it is to come', () => {
    const early = { ...settings, before: 5 as const };
    const times = [event(0, 30)];
    expect(eventFact(times, early, at(-6))).toBeUndefined();
    expect(eventFact(times, early, at(-5))).toMatchObject({ since: at(-5), until: at(30), begins: ten });
    expect(eventFact(times, early, at(0))).toEqual({ since: at(-5), until: at(30), title: 'Design review' });
  });

  test.each<[string, Partial<BusyTime>, object, object | undefined]>([
    ['without a title', { title: '' }, settings, { since: ten, until: at(30) }],
    ['that is tentative', { kind: 'tentative' }, settings, undefined],
    ['that is tentative, where those count', { kind: 'tentative' }, { ...settings, tentative: true }, {}],
    ['of a whole day', { isAllDay: true }, settings, undefined],
    [
      'of a whole day, where it counts',
      { isAllDay: true },
      { ...settings, away: true },
      { status: 'Out_of_Office' },
    ],
    ['out of the office', { kind: 'away' }, settings, undefined],
    [
      'out of the office, where it counts',
      { kind: 'away' },
      { ...settings, away: true },
      { status: 'Out_of_Office' },
    ],
  ])('%s', (_, more, given, fact) => {
    const found = eventFact([event(0, 30, more)], given as typeof settings, at(10));
    if (fact) expect(found).toMatchObject(fact);
    else expect(found).toBeUndefined();
  });

  it('stays the same when another one begins meanwhile, and comes after a day out of the office', () => {
    const times = [
      event(-600, 800, { isAllDay: true, title: 'Vacation' }),
      event(0, 60),
      event(10, 20),
      event(0, 30),
    ];
    expect(eventFact(times, settings, at(15))).toMatchObject({ since: ten, until: at(60) });
    expect(eventFact(times, { ...settings, away: true }, at(15))).toMatchObject({ title: 'Vacation' });
  });

  it('tells when it will be another one', () => {
    const times = [event(0, 30), event(40, 50, { kind: 'tentative' }), event(60, 70)];
    const early = { ...settings, before: 5 as const };
    const next = [-10, -5, 0, 30, 55, 60, 70].map((minutes) => nextEventChange(times, early, at(minutes)));
    expect(next).toEqual([-5, 0, 30, 55, 60, 70].map(at).concat(undefined as never));
  });
});
