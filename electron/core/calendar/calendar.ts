import { readContents } from './contents.ts';
import { toUtf8 } from './encoding.ts';
import { type CalendarEvent, readEvent } from './event.ts';
import {
  type BusyTime,
  type CalendarResult,
  type CalendarSource,
  problemOf,
  type ReadCalendarOptions,
} from './reading.ts';
import { addPeriod, addSeries, type Reckoning } from './series.ts';
import { bounded } from './times.ts';
import { createZoneBook } from './zone-book.ts';

/** So many steps are taken for one UID; fewer when all have taken so many: a rule can have something happen every second. */
const mostSteps = { each: 100_000, all: 1_500_000, after: 200 } as const;
/** So many times are found for one UID, and for all of them. */
const mostTimes = { each: 2_000, all: 100_000 } as const;

class Spent extends Error {}

/**
 * Reads iCalendar (RFC 5545), as it is written and as it is found: what takes the person's time in the range. Never throws. It is
 * made for 2 seconds and 64 MB at most, whatever the calendar says; the result holds 2,000 times at most.
 */
export function readCalendar(source: CalendarSource, options: ReadCalendarOptions): CalendarResult {
  const bytes = toUtf8(source);
  const problem = problemOf(bytes);
  if (problem) return { ok: false, problem };
  const contents = readContents(bytes, options);
  if (!contents) return { ok: false, problem: 'not-a-calendar' };
  const { name, series, free, zones } = contents;
  let { skipped, isCut } = contents;
  const me = new Set(options.me.map((one) => one.trim().toLowerCase()).filter((one) => one !== ''));
  const budget = createBudget();
  const book = createZoneBook(zones, options, budget.spend);
  const reckoning: Reckoning = { ...options, zoneOf: book.zoneOf, spend: budget.spend, add: budget.add };
  function attempt(act: () => void): void {
    budget.begin();
    try {
      act();
    } catch (error) {
      if (error instanceof Spent) isCut = true;
      else skipped += 1;
    }
  }
  for (const lines of series) {
    const events: CalendarEvent[] = [];
    for (const one of lines) attempt(() => events.push(readEvent(one.lines, one.method, me)));
    attempt(() => addSeries(events, reckoning));
  }
  for (const { period, kind } of free) attempt(() => addPeriod(period, kind, reckoning));
  const all = bounded(budget.times);
  return {
    ok: true,
    reading: {
      ...(name && { name }),
      times: all.times,
      skipped,
      isCut: isCut || all.isCut,
      unknownZones: book.unknown(),
    },
  };
}

/** What of steps and times there is left, for each UID from `begin` on. Who takes more gets an exception. */
function createBudget() {
  const times: BusyTime[] = [];
  let steps = 0;
  let stepsBefore = 0;
  let timesBefore = 0;
  return {
    times,
    begin(): void {
      stepsBefore = steps;
      timesBefore = times.length;
    },
    spend(count: number): void {
      steps += count;
      if (steps - stepsBefore > (steps > mostSteps.all ? mostSteps.after : mostSteps.each)) throw new Spent();
    },
    /** What goes on without a break in one UID is one time. */
    add(time: BusyTime): void {
      const found = times.length - timesBefore;
      const last = found > 0 ? times.at(-1) : undefined;
      if (last && isContinued(last, time)) {
        times[times.length - 1] = { ...last, to: time.to };
        return;
      }
      if (found >= mostTimes.each || times.length >= mostTimes.all) throw new Spent();
      times.push(time);
    },
  };
}

function isContinued(before: BusyTime, after: BusyTime): boolean {
  const { title, kind, isAllDay, isPrivate } = before;
  const isAlike = title === after.title && kind === after.kind && isPrivate === after.isPrivate;
  return before.to === after.from && isAlike && isAllDay === after.isAllDay;
}
