import { dndMinutes } from './zoom/limits.gen.ts';
import type { SettableStatus } from './zoom/presence.ts';

const minute = 60_000;
const week = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** How long a status lasts: minutes from when Zoom takes it, or until an instant in epoch ms. */
export type Lasting = { readonly minutes: number } | { readonly until: number };

/** What a time is read by. Days and hours are those of the system's zone at that moment. */
export interface TimeContext {
  /** Epoch ms. */
  readonly now: number;
  /** The person's clock has 12 hours, so that "2:30" may be an afternoon. */
  readonly hour12: boolean;
  /** What "end of day" means, in minutes after midnight. */
  readonly endOfDay: number;
  /** When "tomorrow" and "Monday" begin, 0 to 23. */
  readonly morningHour: number;
}

export type TimeProblem = 'empty' | 'unknown' | 'too-short' | 'too-long' | 'dnd-too-long' | 'passed';

export type TimeRead =
  /** `moved`: the time has passed today, so it is tomorrow's. */
  | { readonly ok: true; readonly lasting: Lasting; readonly moved: boolean }
  | { readonly ok: false; readonly problem: TimeProblem };

/** Longest text that is read, in characters; the longest time is far shorter. */
const longestText = 60;
/** What each of these stands for, in minutes. */
const spokenLengths: Readonly<Record<string, number>> = {
  'half an hour': 30,
  'half hour': 30,
  'an hour': 60,
  'a hour': 60,
};
const minutesForm = /^(0|[1-9]\d*) ?(?:m|min|mins|minute|minutes)?$/;
const hoursForm =
  /^(\d+(?:[.,]\d+)?|[.,]\d+) ?(?:h|hr|hrs|hour|hours)(?:(?: and)? ?(\d{1,2}) ?(?:m|min|mins|minute|minutes)?)?$/;
const clockForm = /^(\d{1,2})(?:[:.h](\d{2})|h)?(?: ?(am|pm|a|p)| oclock)?$/;
const dayNames = week.flatMap((name) => [name, name.slice(0, 3)]).join('|');
const dayFirst = new RegExp(`^(today|tomorrow|${dayNames})\\b,?(?: at)? ?(.*)$`);
const dayLast = new RegExp(`^(.+?),? (?:on )?(today|tomorrow|${dayNames})$`);

/**
 * Reads a time as people say it: "45", "1h30", "14:30", "2:30pm", "noon", "until 17:00", "tomorrow 8", "end of day". A plain number
 * is minutes. Lengths are 1 minute to 24 hours; an end is within eight days, and for do not disturb within 24 hours. Never throws.
 */
export function readTime(text: string, status: SettableStatus, context: TimeContext): TimeRead {
  const plain = text.length > longestText ? 'too long' : simplify(text);
  if (plain === '') return failed('empty');
  const [, lead, said = ''] = /^(?:(for|until|till|til) )?(.*)$/.exec(plain) ?? [];
  const length = lead === undefined || lead === 'for' ? readLength(said) : undefined;
  if (length !== undefined) return checkLength(length, status);
  const end = lead === 'for' ? undefined : readEnd(said, lead !== undefined, context);
  if (end === undefined) return failed('unknown');
  if (end === 'passed') return failed('passed');
  const { until, moved } = end;
  if (status === 'Do_Not_Disturb' && until - context.now > dndMinutes.max * minute)
    return failed('dnd-too-long');
  return { ok: true, lasting: { until }, moved };
}

/** When something that begins now ends, in epoch ms. */
export function endOf(lasting: Lasting, now: number): number {
  return 'until' in lasting ? lasting.until : now + lasting.minutes * minute;
}

/** A morning less than so many ms away has as good as begun: who speaks of the next one means the one after it. */
const begun = 20 * minute;

/** The next morning, epoch ms; at most 24 hours away, as the longest do not disturb (a day can have 25). */
export function nextMorning(now: number, hour: number): number {
  const mornings = [0, 1, 2].map((days) => localTime(now, days, { hours: hour, minutes: 0 }));
  const morning = mornings.find((at) => at - now >= begun) ?? now;
  return Math.min(morning, now + dndMinutes.max * minute);
}

/** An end that is offered is so far away, in ms: who opens a menu has time to choose. */
const lead = 10 * minute;

/** The next two half hours and the end of the day, as far as it is still to come; epoch ms, the next one first. */
export function endsAhead(now: number, endOfDay: number): readonly number[] {
  const half = 30 * minute;
  const next = new Date(now + lead - 1);
  next.setMinutes(next.getMinutes() < 30 ? 30 : 60, 0, 0);
  const halves = [next.getTime(), next.getTime() + half];
  const end = localTime(now, 0, { hours: Math.floor(endOfDay / 60), minutes: endOfDay % 60 });
  return [...new Set([...halves, ...(end - now >= lead ? [end] : [])])].toSorted((a, b) => a - b);
}

/** When other ends are to be offered, or another day is "tomorrow"; epoch ms. */
export function endsChangeAt(now: number, endOfDay: number): number {
  const [first = now] = endsAhead(now, endOfDay);
  return Math.min(first - lead + 1, localTime(now, 1, { hours: 0, minutes: 0 }));
}

const failed = (problem: TimeProblem): TimeRead => ({ ok: false, problem });

function simplify(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/\b([ap])\. ?m\b\.?/g, '$1m')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Minutes; undefined where it is no length. */
function readLength(said: string): number | undefined {
  if (Object.hasOwn(spokenLengths, said)) return spokenLengths[said];
  const [, plain] = minutesForm.exec(said) ?? [];
  if (plain !== undefined) return Number(plain);
  const [, hours, minutes] = hoursForm.exec(said) ?? [];
  if (hours === undefined) return undefined;
  if (minutes !== undefined && /[.,]/.test(hours)) return undefined;
  return Math.round(Number(hours.replace(',', '.')) * 60) + Number(minutes ?? 0);
}

function checkLength(minutes: number, status: SettableStatus): TimeRead {
  if (minutes < dndMinutes.min) return failed('too-short');
  if (minutes > dndMinutes.max) return failed(status === 'Do_Not_Disturb' ? 'dnd-too-long' : 'too-long');
  return { ok: true, lasting: { minutes }, moved: false };
}

interface TimeOfDay {
  readonly hours: number;
  readonly minutes: number;
}

interface End {
  readonly until: number;
  readonly moved: boolean;
}

/** `isEnd`: it was said to be an end, so that a plain number is an hour. */
function readEnd(said: string, isEnd: boolean, context: TimeContext): End | 'passed' | undefined {
  const { now, morningHour } = context;
  if (said === 'today') return undefined;
  if (said === 'morning' || said === 'tomorrow' || said === 'tomorrow morning')
    return { until: nextMorning(now, morningHour), moved: false };
  const [, firstDay, rest] = dayFirst.exec(said) ?? [];
  const [, before, lastDay] = firstDay === undefined ? (dayLast.exec(said) ?? []) : [];
  const day = firstDay ?? lastDay;
  const clock = rest === '' ? 'morning' : (rest ?? before ?? said);
  const times = readClock(clock, isEnd || day !== undefined, context);
  const [usual] = times;
  if (usual === undefined) return undefined;
  if (day === undefined || day === 'today') {
    const today = earliest(times, now);
    if (today !== undefined) return { until: today, moved: false };
    if (day === 'today') return 'passed';
    const until = Math.min(...times.map((time) => localTime(now, 1, time)));
    // Midnight is always tomorrow's.
    return { until, moved: said !== 'midnight' };
  }
  const [inHours = usual] = times.filter(({ hours }) => hours >= 7 && hours < 19);
  if (day === 'tomorrow') return { until: localTime(now, 1, inHours), moved: false };
  const wanted = week.findIndex((name) => name.startsWith(day));
  const ahead = (wanted - new Date(now).getDay() + 7) % 7;
  const until = localTime(now, ahead, inHours);
  return { until: until > now ? until : localTime(now, ahead + 7, inHours), moved: false };
}

const only = (hours: number, minutes = 0): readonly TimeOfDay[] => [{ hours, minutes }];

/** The times of a day that are meant: two where it may be morning or afternoon, none where it is no time. */
function readClock(said: string, isEnd: boolean, context: TimeContext): readonly TimeOfDay[] {
  const { endOfDay, morningHour, hour12 } = context;
  if (said === 'morning') return only(morningHour);
  if (said === 'noon' || said === 'midday') return only(12);
  if (said === 'midnight') return only(0);
  if (/^(?:the )?(?:end of (?:the )?day|eod)$/.test(said))
    return only(Math.floor(endOfDay / 60), endOfDay % 60);
  const digits = isEnd ? said.replace(/^(\d\d)(\d\d)$/, '$1:$2') : said;
  const [, first, second, half] = clockForm.exec(digits) ?? [];
  // A plain number is a length, unless an end was announced.
  if (first === undefined || !(isEnd || second !== undefined || half !== undefined)) return [];
  return hoursMeant(first, Number(second ?? 0), half ?? (hour12 ? 'either' : undefined));
}

function hoursMeant(digits: string, minutes: number, half: string | undefined): readonly TimeOfDay[] {
  const hours = Number(digits);
  const isHalf = hours >= 1 && hours <= 12;
  if (minutes > 59) return [];
  // "09:30" and "15:00" are said by nobody who means a clock of 12 hours.
  if (half === undefined || (half === 'either' && !(isHalf && !digits.startsWith('0'))))
    return hours < 24 ? only(hours, minutes) : [];
  if (half === 'either') return [...only(hours, minutes), ...only((hours + 12) % 24, minutes)];
  return isHalf ? only((hours % 12) + (half.startsWith('p') ? 12 : 0), minutes) : [];
}

/** The first of these times that is still to come today. */
function earliest(times: readonly TimeOfDay[], now: number): number | undefined {
  const ahead = times.map((time) => comingToday(time, now)).filter((at) => at !== undefined);
  return ahead.length > 0 ? Math.min(...ahead) : undefined;
}

/** Clocks are put back by half an hour to two hours, and what they then show they show twice. */
const again = [30, 60, 120].map((minutes) => minutes * minute);

function comingToday(time: TimeOfDay, now: number): number | undefined {
  const at = localTime(now, 0, time);
  if (at > now) return at;
  const shown = new Date(at);
  return again
    .map((by) => at + by)
    .find((one) => {
      const other = new Date(one);
      const isSame = other.getHours() === shown.getHours() && other.getMinutes() === shown.getMinutes();
      return isSame && one > now;
    });
}

/** An instant by the local clock, so many days from that of `now`; one that the clock skips in spring is as much later. */
export function localTime(now: number, days: number, { hours, minutes }: TimeOfDay): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, hours, minutes).getTime();
}
