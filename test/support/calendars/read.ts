import { readCalendar } from '../../../electron/core/calendar/calendar.ts';
import type {
  BusyTime,
  CalendarReading,
  ReadCalendarOptions,
} from '../../../electron/core/calendar/reading.ts';
import { type CalendarCase, me } from './case.ts';

const week = 7 * 86_400_000;

/** How a calendar is read in a test: for a week from a Monday, by a computer in a zone. */
export function optionsFor(zone: string, from = '2026-03-23'): ReadCalendarOptions {
  return { from: Date.parse(from), to: Date.parse(from) + week, zone, me: [me] };
}

/** What a calendar of the corpus says; throws when it says nothing. */
export function readCase({ text, from }: CalendarCase, zone: string): CalendarReading {
  const result = readCalendar(text, optionsFor(zone, from));
  if (!result.ok) throw new Error(`not read: ${result.problem}`);
  return result.reading;
}

/** A time as the corpus has it. */
export function told({ from, to, kind, isAllDay, isPrivate, title }: BusyTime): string {
  const at = (ms: number) => new Date(ms).toISOString().slice(5, 19).replace(/:00$/, '');
  const flags = `${isAllDay ? ' all-day' : ''}${isPrivate ? ' private' : ''}`;
  return `${at(from)}/${at(to)} ${kind}${flags} ${title}`;
}
