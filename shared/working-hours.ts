import { localTime } from './times.ts';

const day = 24 * 60;
/** Most spans of work in a day; what lies between two is a break. */
export const mostSpans = 4;

/** From when to when somebody works, in minutes after midnight; the end is after the beginning, and past midnight over 1440. */
export interface WorkSpan {
  readonly from: number;
  readonly to: number;
}

/** The spans of each day in their order, Sunday first, as `Date` counts them. */
export type WorkWeek = readonly (readonly WorkSpan[])[];

const usualDay: readonly WorkSpan[] = [{ from: 9 * 60, to: 17 * 60 }];

/** Monday to Friday, 9 to 5. */
export const usualWeek: WorkWeek = [[], usualDay, usualDay, usualDay, usualDay, usualDay, []];

/** Whether a span can be one, and these can be a day's. */
export function isWorkDay(spans: readonly WorkSpan[]): boolean {
  const isSpan = ({ from, to }: WorkSpan) => from >= 0 && from < day && to > from && to - from <= day;
  const isApart = ({ from }: WorkSpan, at: number) => at === 0 || from >= (spans[at - 1]?.to ?? 0);
  return spans.length <= mostSpans && spans.every(isSpan) && spans.every(isApart);
}

export type WorkDayRead =
  | { readonly ok: true; readonly spans: readonly WorkSpan[] }
  | { readonly ok: false; readonly problem: 'unknown' | 'overlap' | 'too-many' };

const half = '(?: ?(am|pm|a|p))?';
const time = `(\\d{1,2})(?:[:.h]([0-5]\\d)|h)?${half}`;
const spanForm = new RegExp(`^(?:from )?${time} ?(?:-|to|until|till) ?${time}$`);

/** Reads the hours of a day as people write them: "9-17", "9:00 AM – 12:00 PM, 1 to 5", "22-6"; nothing, or "off": none. */
export function readWorkDay(text: string): WorkDayRead {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[‐-―−]/g, '-')
    .replace(/\b([ap])\. ?m\b\.?/g, '$1m')
    .replace(/\s+/g, ' ')
    .trim();
  if (/^(?:|-|off|closed|none|free)$/.test(plain)) return { ok: true, spans: [] };
  const spans = plain.split(/ ?(?:[,;+&]| and ) ?/).map(readSpan);
  const known = spans.filter((span) => span !== undefined);
  if (known.length < spans.length) return { ok: false, problem: 'unknown' };
  if (known.length > mostSpans) return { ok: false, problem: 'too-many' };
  const sorted = known.toSorted((a, b) => a.from - b.from);
  return isWorkDay(sorted) ? { ok: true, spans: sorted } : { ok: false, problem: 'overlap' };
}

function readSpan(text: string): WorkSpan | undefined {
  const [, hours, minutes, part, endHours, endMinutes, endPart] = spanForm.exec(text) ?? [];
  if (hours === undefined || endHours === undefined) return undefined;
  const from = minutesOf(hours, minutes, part);
  const end = minutesOf(endHours, endMinutes, endPart);
  if (from === undefined || end === undefined || from === day) return undefined;
  if (end > from) return { from, to: end };
  // "9-5" is the afternoon's five; "22-6" is the next morning's six.
  const isAfternoon = endPart === undefined && Number(endHours) <= 12 && end + day / 2 > from;
  return { from, to: isAfternoon ? end + day / 2 : end + day };
}

/** Minutes after midnight; undefined where a clock shows no such time. */
function minutesOf(digits: string, minutes = '0', part: string | undefined): number | undefined {
  const hours = Number(digits);
  if (part === undefined)
    return hours * 60 + Number(minutes) <= day ? hours * 60 + Number(minutes) : undefined;
  if (hours < 1 || hours > 12) return undefined;
  return ((hours % 12) + (part.startsWith('p') ? 12 : 0)) * 60 + Number(minutes);
}

/** Where an instant lies in a week of work: within hours, or outside of them; instants in epoch ms. */
export interface WorkMoment {
  readonly working: boolean;
  readonly since: number;
  readonly until: number;
}

/** Where `now` (epoch ms) lies, by the local clock; undefined where nobody works on any day. */
export function workMoment(week: WorkWeek, now: number): WorkMoment | undefined {
  if (week.every((spans) => spans.length === 0)) return undefined;
  const spans = joined(Array.from({ length: 19 }, (_, at) => spansOf(week, now, at - 9)).flat());
  const next = spans.findIndex(({ to }) => to > now);
  const ahead = spans[next];
  const before = spans[next - 1];
  if (!ahead || !before) return undefined;
  return ahead.from <= now
    ? { working: true, since: ahead.from, until: ahead.to }
    : { working: false, since: before.to, until: ahead.from };
}

function spansOf(week: WorkWeek, now: number, days: number): WorkSpan[] {
  const at = (minutes: number) => localTime(now, days, { hours: 0, minutes });
  const weekday = new Date(at(day / 2)).getDay();
  return (week[weekday] ?? []).map(({ from, to }) => ({ from: at(from), to: at(to) }));
}

/** Spans that touch are one; those that the clock has skipped are none. */
function joined(spans: readonly WorkSpan[]): WorkSpan[] {
  const made: WorkSpan[] = [];
  for (const span of spans.filter(({ from, to }) => to > from).toSorted((a, b) => a.from - b.from)) {
    const last = made.at(-1);
    if (last && span.from <= last.to)
      made[made.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else made.push(span);
  }
  return made;
}
