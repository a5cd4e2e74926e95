import { describe, expect, it } from 'vitest';
import { readCalendar } from '../../../../electron/core/calendar/calendar.ts';
import {
  type BusyTime,
  type CalendarReading,
  longestCalendar,
  type ReadCalendarOptions,
} from '../../../../electron/core/calendar/reading.ts';

const week: ReadCalendarOptions = {
  from: Date.UTC(2026, 2, 23),
  to: Date.UTC(2026, 2, 30),
  zone: 'Europe/Berlin',
  me: ['ana@example.com'],
};

describe('what is no calendar', () => {
  it.each([
    ['', 'empty'],
    [' \r\n', 'empty'],
    ['<!DOCTYPE html><html><body>Sign in</body></html>', 'html'],
    ['\uFEFF\n<HTML>BEGIN:VCALENDAR', 'html'],
    ['{"error":"not found"}', 'not-a-calendar'],
    ['BEGIN:VCARD\r\nFN:Ana\r\nEND:VCARD\r\n', 'not-a-calendar'],
  ])('says so: %j is %s', (text, problem) => {
    expect(readCalendar(text, week)).toEqual({ ok: false, problem });
  });

  it('is not read when it is too large', () => {
    const problem = readCalendar(new Uint8Array(longestCalendar + 1), week);
    expect(problem).toEqual({ ok: false, problem: 'too-large' });
  });
});

it('finds nothing in an empty calendar', () => {
  const times: readonly BusyTime[] = [];
  const reading: CalendarReading = { times, skipped: 0, isCut: false, unknownZones: [] };
  const text = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n';
  expect(readCalendar(text, week)).toEqual({ ok: true, reading });
});
