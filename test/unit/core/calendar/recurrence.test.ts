import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { occurrencesOf } from '../../../../electron/core/calendar/recurrence.ts';
import { readRule } from '../../../../electron/core/calendar/rule.ts';

const instant = (text: string) => Date.parse(`${text.replace(' ', 'T')}:00Z`);
const never = () => undefined;

/** The first so many times of a rule, as "1997-09-02 09:00". */
function first(count: number, text: string, start = '1997-09-02 09:00'): string[] {
  const rule = readRule(ICAL.parse.property(`RRULE:${text}`)[3]);
  const found: string[] = [];
  const range = { from: instant(start), to: Date.UTC(2030, 0, 1) };
  for (const at of occurrencesOf(rule, instant(start), range, never)) {
    found.push(new Date(at).toISOString().slice(0, 16).replace('T', ' '));
    if (found.length === count) break;
  }
  return found;
}

const days = (month: string, ...list: readonly string[]) => list.map((day) => `${month}-${day} 09:00`);

describe('the examples of RFC 5545, 3.8.5.3', () => {
  it.each<[rule: string, expected: string[], start?: string]>([
    ['FREQ=DAILY;COUNT=10', days('1997-09', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11')],
    [
      'FREQ=DAILY;INTERVAL=10;COUNT=5',
      [...days('1997-09', '02', '12', '22'), ...days('1997-10', '02', '12')],
    ],
    [
      'FREQ=WEEKLY;INTERVAL=2;WKST=SU',
      [...days('1997-09', '02', '16', '30'), ...days('1997-10', '14', '28')],
    ],
    [
      'FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH',
      days('1997-09', '02', '04', '09', '11', '16', '18', '23', '25'),
    ],
    ['FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH', days('1997-09', '02', '04', '16', '18', '30')],
    [
      'FREQ=MONTHLY;COUNT=10;BYDAY=1FR',
      [...days('1997-09', '05'), ...days('1997-10', '03'), ...days('1997-11', '07')],
      '1997-09-05 09:00',
    ],
    [
      'FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU',
      [...days('1997-09', '07', '28'), ...days('1997-11', '02', '30')],
      '1997-09-07 09:00',
    ],
    [
      'FREQ=MONTHLY;BYMONTHDAY=-3',
      [...days('1997-09', '28'), ...days('1997-10', '29'), ...days('1997-11', '28')],
      '1997-09-28 09:00',
    ],
    [
      'FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1',
      [...days('1997-09', '30'), ...days('1997-10', '01', '31'), ...days('1997-11', '01')],
      '1997-09-30 09:00',
    ],
    [
      'FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15',
      [...days('1997-09', '10', '11', '12', '13', '14', '15'), ...days('1999-03', '10')],
      '1997-09-10 09:00',
    ],
    [
      'FREQ=YEARLY;COUNT=10;BYMONTH=6,7',
      ['1997-06-10 09:00', '1997-07-10 09:00', '1998-06-10 09:00'],
      '1997-06-10 09:00',
    ],
    [
      'FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200',
      ['1997-01-01 09:00', '1997-04-10 09:00', '1997-07-19 09:00', '2000-01-01 09:00', '2000-04-09 09:00'],
      '1997-01-01 09:00',
    ],
    [
      'FREQ=YEARLY;BYDAY=20MO',
      ['1997-05-19 09:00', '1998-05-18 09:00', '1999-05-17 09:00'],
      '1997-05-19 09:00',
    ],
    [
      'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO',
      ['1997-05-12 09:00', '1998-05-11 09:00', '1999-05-17 09:00'],
      '1997-05-12 09:00',
    ],
    [
      'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
      ['1998-02-13 09:00', '1998-03-13 09:00', '1998-11-13 09:00', '1999-08-13 09:00', '2000-10-13 09:00'],
    ],
    [
      'FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13',
      ['1997-09-13 09:00', '1997-10-11 09:00', '1997-11-08 09:00'],
      '1997-09-13 09:00',
    ],
    [
      'FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8',
      ['1996-11-05 09:00', '2000-11-07 09:00', '2004-11-02 09:00'],
      '1996-11-05 09:00',
    ],
    [
      'FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3',
      [...days('1997-09', '04'), ...days('1997-10', '07'), ...days('1997-11', '06')],
      '1997-09-04 09:00',
    ],
    [
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2',
      [...days('1997-09', '29'), ...days('1997-10', '30'), ...days('1997-11', '27')],
      '1997-09-29 09:00',
    ],
    ['FREQ=HOURLY;INTERVAL=3;COUNT=3', ['1997-09-02 09:00', '1997-09-02 12:00', '1997-09-02 15:00']],
    [
      'FREQ=MINUTELY;INTERVAL=90;COUNT=4',
      ['1997-09-02 09:00', '1997-09-02 10:30', '1997-09-02 12:00', '1997-09-02 13:30'],
    ],
    [
      'FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10',
      [
        '1997-09-02 09:00',
        '1997-09-02 09:20',
        '1997-09-02 09:40',
        '1997-09-02 10:00',
        '1997-09-02 10:20',
        '1997-09-02 10:40',
        '1997-09-03 09:00',
      ],
    ],
    [
      'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO',
      ['1997-08-05 09:00', '1997-08-10 09:00', '1997-08-19 09:00', '1997-08-24 09:00'],
      '1997-08-05 09:00',
    ],
    [
      'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU',
      ['1997-08-05 09:00', '1997-08-17 09:00', '1997-08-19 09:00', '1997-08-31 09:00'],
      '1997-08-05 09:00',
    ],
    [
      'FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5',
      ['2007-01-15 09:00', '2007-01-30 09:00', '2007-02-15 09:00', '2007-03-15 09:00', '2007-03-30 09:00'],
      '2007-01-15 09:00',
    ],
  ])('%s', (rule, expected, start) => {
    expect(first(expected.length, rule, start)).toEqual(expected);
  });
});

it('is looked at within the range alone, unless it counts', () => {
  const rule = readRule(ICAL.parse.property('RRULE:FREQ=DAILY')[3]);
  let steps = 0;
  const range = { from: instant('2026-03-24 00:00'), to: instant('2026-03-25 00:00') };
  const spend = (count: number) => {
    steps += count;
  };
  expect([...occurrencesOf(rule, instant('1970-01-01 09:00'), range, spend)]).toEqual([
    instant('2026-03-24 09:00'),
  ]);
  expect(steps).toBeLessThan(20);
});
