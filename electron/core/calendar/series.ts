import { dayMs } from './days.ts';
import type { CalendarEvent, Period } from './event.ts';
import { readWhen, type When } from './property.ts';
import type { BusyTime } from './reading.ts';
import { occurrencesOf, type Spend } from './recurrence.ts';
import { type ParsedRule, readRule } from './rule.ts';
import { toInstant, toLocal, utc, type Zone } from './zones.ts';

/** No clock is put forward or back by more, in ms. */
const longestChange = 3 * 3_600_000;

/** What the times of events are reckoned with. */
export interface Reckoning {
  readonly from: number;
  readonly to: number;
  /** The person's zone, or that of a name in the calendar. */
  zoneOf(name: string | undefined): Zone;
  readonly spend: Spend;
  add(time: BusyTime): void;
}

/** One of a series, by when it would be if nobody had moved it. */
interface Instance {
  readonly local: number;
  readonly instant: number;
  /** From RDATE, which can have an end of its own. */
  readonly period?: Period;
}

/** How far from what is asked an instance can begin and matter all the same, in ms. */
interface Reach {
  readonly before: number;
  readonly after: number;
}

/** All that has one UID: events, and what stands for some of their instances. */
export function addSeries(events: readonly CalendarEvent[], reckoning: Reckoning): void {
  const isMaster = (one: CalendarEvent) => one.recurrenceId === undefined;
  const masters = newest(events.filter(isMaster), (one) => `${one.start.local}`);
  const moved = newest(
    events.filter((one) => !isMaster(one)),
    (one) => `${one.recurrenceId?.local}`,
  );
  const latest = Math.max(...masters.map((one) => one.sequence));
  const current = masters.filter((one) => one.sequence === latest);
  if (current.some((one) => one.isCancelled)) return;
  for (const one of moved) add(one, instanceAt(one.start, reckoning), reckoning);
  for (const master of current) addInstances(master, moved, reckoning);
}

/** Of events with the same key the one with the highest sequence, and of these the last. */
function newest(events: readonly CalendarEvent[], keyOf: (one: CalendarEvent) => string): CalendarEvent[] {
  const kept = new Map<string, CalendarEvent>();
  for (const one of events) {
    const other = kept.get(keyOf(one));
    if (!other || one.sequence >= other.sequence) kept.set(keyOf(one), one);
  }
  return [...kept.values()];
}

function addInstances(master: CalendarEvent, moved: readonly CalendarEvent[], reckoning: Reckoning): void {
  const idOf = (one: CalendarEvent) => instanceAt(one.recurrenceId ?? one.start, reckoning);
  const isSameForm = (when: When | undefined) => when?.isDate === master.start.isDate;
  const instants = new Set(
    moved.filter((one) => isSameForm(one.recurrenceId)).map((one) => idOf(one).instant),
  );
  // Some programs name a day where they should name a time.
  const days = new Set(
    moved.filter((one) => !isSameForm(one.recurrenceId)).map((one) => dayOf(idOf(one).local)),
  );
  const isMoved = ({ local, instant }: Instance) => instants.has(instant) || days.has(dayOf(local));
  const futures = moved
    .filter((one) => one.isFuture)
    .map((one) => ({
      event: one,
      id: idOf(one).instant,
      by: one.start.local - (one.recurrenceId?.local ?? 0),
    }))
    .sort((a, b) => a.id - b.id);
  const reach = Math.max(0, ...futures.map(({ by }) => Math.abs(by)));
  const longest = Math.max(
    lengthOf(master, reckoning),
    ...futures.map(({ event }) => lengthOf(event, reckoning)),
  );
  const zone = reckoning.zoneOf(master.start.zone);
  for (const instance of instancesOf(master, reckoning, { before: longest + reach, after: reach })) {
    if (isMoved(instance)) continue;
    const future = futures.filter(({ id }) => id <= instance.instant).at(-1);
    if (!future) add(master, instance, reckoning);
    else {
      const local = instance.local + future.by;
      add(future.event, { local, instant: master.start.isUtc ? local : toInstant(zone, local) }, reckoning);
    }
  }
}

/** Those of an event that can be within what is asked, or as far before and after it, in ms. */
function* instancesOf(event: CalendarEvent, reckoning: Reckoning, reach: Reach): Generator<Instance> {
  const { start, rules, dates } = event;
  const isOut = exclusionsOf(event, reckoning, reach);
  const seen = new Set<number>();
  function isNew(instance: Instance): boolean {
    const isKnown = seen.has(instance.instant) || isOut(instance);
    seen.add(instance.instant);
    return !isKnown;
  }
  const first = instanceAt(start, reckoning);
  if (isNew(first)) yield first;
  for (const period of dates) {
    const { instant } = instanceAt(period.start, reckoning);
    const offset = start.isUtc ? 0 : reckoning.zoneOf(start.zone).offsetAt(instant);
    const instance = { local: instant + offset, instant, period };
    if (isNew(instance)) yield instance;
  }
  for (const rule of rules) {
    for (const instance of byRule(event, rule, reckoning, reach)) if (isNew(instance)) yield instance;
  }
}

/** What EXDATE and EXRULE take out of an event. */
function exclusionsOf(
  event: CalendarEvent,
  reckoning: Reckoning,
  reach: Reach,
): (instance: Instance) => boolean {
  const { start, notDates, notRules } = event;
  const instants = new Set<number>();
  const days = new Set<number>();
  for (const when of notDates) {
    const isFloating = !when.isUtc && when.zone === undefined;
    if (when.isDate || start.isDate) days.add(dayNear(when));
    else instants.add(instanceAt(isFloating ? { ...start, local: when.local } : when, reckoning).instant);
  }
  for (const rule of notRules) {
    for (const { instant } of byRule(event, rule, reckoning, reach)) instants.add(instant);
  }
  return ({ local, instant }) => instants.has(instant) || days.has(dayOf(local));
}

function* byRule(
  { start }: CalendarEvent,
  parsed: ParsedRule,
  reckoning: Reckoning,
  { before, after }: Reach,
): Generator<Instance> {
  const until = parsed.until === undefined ? undefined : readWhen(parsed.until);
  const zone = start.isUtc ? utc : reckoning.zoneOf(start.zone);
  const change = start.isUtc ? 0 : longestChange;
  const from = toLocal(zone, reckoning.from - before) - change;
  const range = { from, to: toLocal(zone, reckoning.to + after) + change };
  for (const local of occurrencesOf(readRule(parsed), start.local, range, reckoning.spend)) {
    const instance = instanceAt({ ...start, local }, reckoning);
    if (until && isAfter(instance, until, start)) return;
    yield instance;
  }
}

/** A day as the last one means the whole of it. */
function isAfter({ local, instant }: Instance, until: When, start: When): boolean {
  if (until.isDate || start.isDate) return dayOf(local) > dayNear(until);
  return (until.isUtc ? instant : local) > until.local;
}

/** A time that VFREEBUSY names. */
export function addPeriod(period: Period, kind: BusyTime['kind'], reckoning: Reckoning): void {
  const instance = instanceAt(period.start, reckoning);
  addTime({ from: instance.instant, to: endOf(period, instance, reckoning) }, reckoning, {
    title: '',
    isAllDay: false,
    kind,
    isPrivate: false,
  });
}

/**
 * Which day a time means where there should be a date: some programs write the midnight at which it begins or the last second of it, in
 * UTC.
 */
function dayNear({ local, isUtc }: When): number {
  const isMidnight = isUtc && local % 3_600_000 === 0;
  return dayOf(isMidnight ? local + dayMs / 2 - 1 : local);
}

const dayOf = (local: number) => Math.floor(local / dayMs);

function instanceAt(when: When, { zoneOf }: Pick<Reckoning, 'zoneOf'>): Instance {
  return { local: when.local, instant: when.isUtc ? when.local : toInstant(zoneOf(when.zone), when.local) };
}

/** How long an event is at most, in ms. */
function lengthOf({ start, end, length, dates }: CalendarEvent, reckoning: Reckoning): number {
  const of = (one: Pick<Period, 'start' | 'end' | 'length'>) => {
    const begin = instanceAt(one.start, reckoning);
    return endOf(one, begin, reckoning) - begin.instant;
  };
  const own = of({ start, ...(end && { end }), ...(length && { length }) });
  return dates.reduce((longest, one) => Math.max(longest, of(one)), own);
}

/** When an instance ends. DTEND says how long all of a series are by the clock, DURATION by the calendar (RFC 5545, 3.8.5.3). */
function endOf(period: Period, { local, instant }: Instance, reckoning: Reckoning): number {
  const { start, end, length } = period;
  const zone = start.isUtc ? undefined : reckoning.zoneOf(start.zone);
  const later = (days: number) => (zone ? toInstant(zone, local + days * dayMs) : local + days * dayMs);
  if (start.isDate) {
    const days = end ? dayOf(end.local) - dayOf(start.local) : (length?.days ?? 1);
    return later(Math.max(days, 1));
  }
  if (end)
    return instant + Math.max(instanceAt(end, reckoning).instant - instanceAt(start, reckoning).instant, 0);
  return length ? (length.days > 0 ? later(length.days) : instant) + length.ms : instant;
}

/** Adds an instance, if it takes the person's time, and within what is asked. */
function add(event: CalendarEvent, instance: Instance, reckoning: Reckoning): void {
  const { kind, title, isPrivate, isCancelled, start } = event;
  if (!kind || isCancelled) return;
  const { period } = instance;
  const own = period && (period.end ?? period.length) ? period : event;
  const span = { from: instance.instant, to: endOf(own, instance, reckoning) };
  addTime(span, reckoning, { title, isAllDay: start.isDate, kind, isPrivate });
}

function addTime(
  { from, to }: Pick<BusyTime, 'from' | 'to'>,
  reckoning: Reckoning,
  rest: Omit<BusyTime, 'from' | 'to'>,
): void {
  if (to > from && to > reckoning.from && from < reckoning.to) reckoning.add({ from, to, ...rest });
}
