import { toUtf8 } from './encoding.ts';
import { linesOf } from './lines.ts';
import { type CalendarResult, type CalendarSource, problemOf, type ReadCalendarOptions } from './reading.ts';

/** Reads iCalendar (RFC 5545), as it is written and as it is found. Never throws. */
export function readCalendar(source: CalendarSource, _options: ReadCalendarOptions): CalendarResult {
  const bytes = toUtf8(source);
  const problem = problemOf(bytes);
  if (problem) return { ok: false, problem };
  for (const line of linesOf(bytes, (name) => name === 'BEGIN')) {
    if (/^BEGIN:VCALENDAR/i.test(line))
      return { ok: true, reading: { times: [], skipped: 0, isCut: false, unknownZones: [] } };
  }
  return { ok: false, problem: 'not-a-calendar' };
}
