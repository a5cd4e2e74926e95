import type { Frequency, Rule } from './recurrence.ts';

/** An RRULE as the library has parsed and checked it. */
export interface ParsedRule {
  readonly freq?: Frequency;
  readonly interval?: number;
  readonly count?: number;
  readonly until?: string;
  /** 1: Sunday. */
  readonly wkst?: number;
  readonly bymonth?: OneOrMore<number>;
  readonly byweekno?: OneOrMore<number>;
  readonly byyearday?: OneOrMore<number>;
  readonly bymonthday?: OneOrMore<number>;
  readonly byday?: OneOrMore<string>;
  readonly byhour?: OneOrMore<number>;
  readonly byminute?: OneOrMore<number>;
  readonly bysecond?: OneOrMore<number>;
  readonly bysetpos?: OneOrMore<number>;
}

type OneOrMore<T> = T | readonly T[];

const weekdayNames = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** Throws on a rule without a frequency. */
export function readRule(parsed: ParsedRule): Rule {
  const { freq, interval = 1, count, wkst = 2 } = parsed;
  if (!freq) throw new Error('a rule says how often');
  return {
    frequency: freq,
    interval: Math.max(Math.floor(interval), 1),
    ...(count !== undefined && { count }),
    weekStart: wkst - 1,
    months: list(parsed.bymonth),
    weeks: list(parsed.byweekno),
    yearDays: list(parsed.byyearday),
    monthDays: list(parsed.bymonthday),
    weekdays: list(parsed.byday).map((text) => ({
      nth: Number.parseInt(text, 10) || 0,
      weekday: weekdayNames.indexOf(text.slice(-2).toUpperCase()),
    })),
    hours: list(parsed.byhour),
    minutes: list(parsed.byminute),
    seconds: list(parsed.bysecond),
    positions: list(parsed.bysetpos),
  };
}

function list<T extends string | number>(value: OneOrMore<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return typeof value === 'object' ? value : [value];
}
