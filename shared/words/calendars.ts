import type { CalendarEntry, CalendarProblem } from '../calendars.ts';
import { clockTime } from './clock.ts';
import { calendars as t } from './en/calendars.ts';

/** What a calendar is called, as it calls itself and where it is. */
export function calendarName({ name, place }: Pick<CalendarEntry, 'name' | 'place'>): string {
  return name === undefined || name === '' ? place : t.calendarOf(name, place);
}

/** How a calendar is, in sentences; `now` in epoch ms. */
export function calendarWords(entry: CalendarEntry, now: number): readonly string[] {
  const { problem, readAt, retryAt, leadsTo, isCut, isKept, isReading } = entry;
  const isRead = readAt !== undefined;
  return [
    isReading && !isRead && t.reading,
    problem && (asks.includes(problem) ? t.problems[problem] : t.couldNotRead(t.problems[problem])),
    problem && isRead && t.lastRead(clockTime(readAt, now)),
    retryAt !== undefined && retryAt > now && t.tryAgainAt(clockTime(retryAt, now)),
    isRead && nextWords(entry, now),
    leadsTo !== undefined && t.leadsTo(leadsTo),
    isCut && t.cut,
    !isKept && t.notKept,
    !isRead && !problem && !isReading && t.notRead,
  ].filter((one) => typeof one === 'string');
}

/** What is for the person to say, and no failure. */
const asks: readonly CalendarProblem[] = ['nearby', 'leads-elsewhere'];

function nextWords({ next }: CalendarEntry, now: number): string {
  if (!next) return t.nothingAhead;
  const { from, to, title = t.busy, isAllDay } = next;
  if (from <= now) return t.now(clockTime(to, now), title);
  return isAllDay ? t.nextAllDay(clockTime(from, now), title) : t.next(clockTime(from, now), title);
}

/** What is wrong with an address, and what to paste instead. */
export const addressProblems = { 'no-address': t.noAddress, http: t.notEncrypted, long: t.tooLong };

/** Why a calendar is not added. */
export const calendarsRefused = { tooMany: t.tooMany, known: t.known, noRoom: t.noRoom };
