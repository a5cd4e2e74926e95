import { dayMs, type LocalDate, localDate, monthLength, weekOf, yearLength } from './days.ts';

/** An RRULE, as read. Lists are empty where the rule says nothing; weekdays are 0 (Sunday) to 6. */
export interface Rule {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count?: number;
  readonly weekStart: number;
  readonly months: readonly number[];
  readonly weeks: readonly number[];
  readonly yearDays: readonly number[];
  readonly monthDays: readonly number[];
  /** `nth` 0: each of them. */
  readonly weekdays: readonly { readonly nth: number; readonly weekday: number }[];
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
  readonly seconds: readonly number[];
  readonly positions: readonly number[];
}

export type Frequency = 'YEARLY' | 'MONTHLY' | 'WEEKLY' | 'DAILY' | 'HOURLY' | 'MINUTELY' | 'SECONDLY';

/** Both included. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** Called with the steps that are about to be taken; it throws to end them. */
export type Spend = (steps: number) => void;

const unitMs: { readonly [F in Frequency]?: number } = {
  HOURLY: 3_600_000,
  MINUTELY: 60_000,
  SECONDLY: 1_000,
};

/**
 * When a rule has something happen within the range, in order. All times are local ones, written as the epoch ms of the same time
 * in UTC. Unless it counts, a rule is looked at only within the range, however long ago it began.
 */
export function* occurrencesOf(rule: Rule, start: number, range: Range, spend: Spend): Generator<number> {
  const whole = withDefaults(rule, start);
  const isCounted = rule.count !== undefined;
  const from = isCounted ? start : Math.max(start, range.from);
  let left = rule.count ?? Number.POSITIVE_INFINITY;
  const unit = unitMs[rule.frequency];
  const times = unit
    ? shortPeriods(whole, start, { from, to: range.to }, { unit, spend })
    : longPeriods(whole, start, { from, to: range.to }, spend);
  for (const at of times) {
    if (at < from) continue;
    if (at > range.to || left <= 0) return;
    left -= 1;
    if (at >= range.from) yield at;
  }
}

/** What a rule does not say is as it is where the event begins. */
function withDefaults(rule: Rule, start: number): Rule {
  const { frequency, weeks, yearDays, monthDays, weekdays } = rule;
  const { month, day, weekday } = localDate(Math.floor(start / dayMs));
  const isDayOpen = [weeks, yearDays, monthDays, weekdays].every((list) => list.length === 0);
  const time = new Date(start);
  const isShort = (unit: Frequency) => frequencies.indexOf(frequency) >= frequencies.indexOf(unit);
  const or = (list: readonly number[], unit: Frequency, value: number) =>
    list.length > 0 || isShort(unit) ? list : [value];
  const isOpenYear = frequency === 'YEARLY' && isDayOpen;
  const isWeekly = frequency === 'WEEKLY' || (frequency === 'YEARLY' && weeks.length > 0);
  return {
    ...rule,
    months: isOpenYear && rule.months.length === 0 ? [month] : rule.months,
    monthDays: isOpenYear || (frequency === 'MONTHLY' && isDayOpen) ? [day] : monthDays,
    weekdays:
      isWeekly && [yearDays, monthDays, weekdays].every((list) => list.length === 0)
        ? [{ nth: 0, weekday }]
        : weekdays,
    hours: or(rule.hours, 'HOURLY', time.getUTCHours()),
    minutes: or(rule.minutes, 'MINUTELY', time.getUTCMinutes()),
    seconds: or(rule.seconds, 'SECONDLY', time.getUTCSeconds()),
  };
}

const frequencies: readonly Frequency[] = [
  'YEARLY',
  'MONTHLY',
  'WEEKLY',
  'DAILY',
  'HOURLY',
  'MINUTELY',
  'SECONDLY',
];

/** Years, months, weeks and days: the days that match, each with all times of the day. */
function* longPeriods(rule: Rule, start: number, range: Range, spend: Spend): Generator<number> {
  const { interval, positions } = rule;
  const first = Math.floor(range.from / dayMs);
  const last = Math.floor(range.to / dayMs);
  const begun = periodOf(rule, Math.floor(start / dayMs));
  const ahead = Math.max(periodOf(rule, first) - begun, 0);
  spend(rule.hours.length * rule.minutes.length * rule.seconds.length);
  const times = timesOf(rule);
  for (let period = begun + Math.ceil(ahead / interval) * interval; ; period += interval) {
    const days = daysOf(rule, period);
    // A period past what dates can be is none.
    if (!(days.from <= last)) return;
    const isPicked = positions.length > 0;
    const clipped = isPicked ? days : { from: Math.max(days.from, first), to: Math.min(days.to, last) };
    spend(1 + Math.max(clipped.to - clipped.from + 1, 0));
    const matching: number[] = [];
    for (let day = clipped.from; day <= clipped.to; day += 1) {
      if (isMatching(rule, day)) matching.push(day);
    }
    spend(matching.length * times.length);
    yield* picked(
      rule,
      matching.flatMap((day) => times.map((time) => day * dayMs + time)),
    );
  }
}

/** Hours, minutes and seconds. What doesn't match is passed by as far as it doesn't. */
function* shortPeriods(
  rule: Rule,
  start: number,
  { from, to }: Range,
  { unit, spend }: { readonly unit: number; readonly spend: Spend },
): Generator<number> {
  const step = rule.interval * unit;
  const begun = Math.floor(start / unit) * unit;
  const next = (wanted: number) => begun + Math.ceil(Math.max(wanted - begun, 0) / step) * step;
  const inside = timesOf({
    hours: [0],
    minutes: unit < 3_600_000 ? [0] : rule.minutes,
    seconds: unit < 60_000 ? [0] : rule.seconds,
  });
  const isIn = (list: readonly number[], value: number) => list.length === 0 || list.includes(value);
  let at = next(Math.floor(from / unit) * unit);
  let known = { day: Number.NaN, isMatching: false };
  while (at <= to) {
    spend(1);
    const time = new Date(at);
    const upTo = (ms: number) => next((Math.floor(at / ms) + 1) * ms);
    const day = Math.floor(at / dayMs);
    if (known.day !== day) known = { day, isMatching: isMatching(rule, day) };
    if (!known.isMatching) at = upTo(dayMs);
    else if (!isIn(rule.hours, time.getUTCHours())) at = upTo(3_600_000);
    else if (unit < 3_600_000 && !isIn(rule.minutes, time.getUTCMinutes())) at = upTo(60_000);
    else {
      const isThen = unit >= 60_000 || isIn(rule.seconds, time.getUTCSeconds());
      spend(inside.length);
      if (isThen)
        yield* picked(
          rule,
          inside.map((more) => at + more),
        );
      at += step;
    }
  }
}

/** Times of a day in ms after midnight, in order. */
function timesOf({
  hours,
  minutes,
  seconds,
}: Pick<Rule, 'hours' | 'minutes' | 'seconds'>): readonly number[] {
  const times = hours.flatMap((hour) =>
    minutes.flatMap((minute) =>
      seconds.map((second) => ((hour * 60 + minute) * 60 + Math.min(second, 59)) * 1000),
    ),
  );
  return [...new Set(times)].sort((a, b) => a - b);
}

/** BYSETPOS: the first of a period is 1, its last -1. */
function picked({ positions }: Rule, times: readonly number[]): readonly number[] {
  if (positions.length === 0) return times;
  const wanted = new Set(
    positions.map((position) => (position > 0 ? position - 1 : times.length + position)),
  );
  return times.filter((_, index) => wanted.has(index));
}

/** The number of the period that a day is in. */
function periodOf({ frequency, weekStart }: Rule, day: number): number {
  const { year, month } = localDate(day);
  if (frequency === 'YEARLY') return year;
  if (frequency === 'MONTHLY') return year * 12 + month - 1;
  // The epoch was a Thursday.
  return frequency === 'WEEKLY' ? Math.floor((day + 4 - weekStart) / 7) : day;
}

/** The days of a period, both included. */
function daysOf({ frequency, weekStart }: Rule, period: number): Range {
  const dayAt = (year: number, month: number) => Date.UTC(year, month) / dayMs;
  if (frequency === 'YEARLY') return { from: dayAt(period, 0), to: dayAt(period, 12) - 1 };
  if (frequency === 'MONTHLY') {
    const [year, month] = [Math.floor(period / 12), period % 12];
    return { from: dayAt(year, month), to: dayAt(year, month + 1) - 1 };
  }
  if (frequency === 'DAILY') return { from: period, to: period };
  const from = period * 7 - 4 + weekStart;
  return { from, to: from + 6 };
}

/** Whether a rule wants a day. */
function isMatching(rule: Rule, dayNumber: number): boolean {
  const { months, weeks, yearDays, monthDays, weekdays } = rule;
  const date = localDate(dayNumber);
  const { year, month, day, yearDay } = date;
  /** From the front, or from the end as -1, -2 and so on. */
  const isIn = (list: readonly number[], at: number, length: number) =>
    list.length === 0 || list.includes(at) || list.includes(at - length - 1);
  if (months.length > 0 && !months.includes(month)) return false;
  if (monthDays.length > 0 && !isIn(monthDays, day, monthLength(year, month))) return false;
  if (yearDays.length > 0 && !isIn(yearDays, yearDay, yearLength(year))) return false;
  if (weekdays.length > 0 && !isWeekday(rule, date)) return false;
  if (weeks.length === 0) return true;
  const { week, weeks: length } = weekOf(dayNumber, rule.weekStart);
  return isIn(weeks, week, length);
}

/** Whether it is a weekday of the rule: in a month or a year also as its first, second or last one. */
function isWeekday(
  { frequency, months, weekdays }: Rule,
  { year, month, day, yearDay, weekday }: LocalDate,
): boolean {
  const named = weekdays.filter((one) => one.weekday === weekday);
  if (frequency !== 'MONTHLY' && frequency !== 'YEARLY') return named.length > 0;
  const isYears = frequency === 'YEARLY' && months.length === 0;
  const at = isYears ? yearDay : day;
  const length = isYears ? yearLength(year) : monthLength(year, month);
  const nths = [0, Math.ceil(at / 7), -Math.ceil((length - at + 1) / 7)];
  return named.some(({ nth }) => nths.includes(nth));
}
