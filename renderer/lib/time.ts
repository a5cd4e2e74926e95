/**
 * Times and lengths in words. The words of the window are English, so units are too; the clock (24 or 12 hours)
 * is the one the system is set to. All instants are epoch milliseconds.
 */

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

const system = new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions();
// British English: "Mon 23 Nov", not "Mon, Nov 23", where the system says nothing else.
const locale = system.locale.startsWith('en') ? system.locale : 'en-GB';
const clock = new Intl.DateTimeFormat(locale, {
  hour: system.hour12 ? 'numeric' : '2-digit',
  minute: '2-digit',
  hourCycle: system.hour12 ? 'h12' : 'h23',
});
const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long' });
const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const relativeDay = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

type Unit = 'hour' | 'minute' | 'second';
type Style = 'short' | 'long';

function unitWords(value: number, unit: Unit, style: Style): string {
  // Units as in American English, 'min' and not 'mins', as the tray has them.
  return new Intl.NumberFormat('en-US', { style: 'unit', unit, unitDisplay: style }).format(value);
}

/** Days from the day of `from` to the day of `to`, by the local calendar (a day of 23 or 25 hours is one day). */
function dayDifference(from: number, to: number): number {
  const dayOf = (at: number) => {
    const local = new Date(at);
    return Date.UTC(local.getFullYear(), local.getMonth(), local.getDate());
  };
  return Math.round((dayOf(to) - dayOf(from)) / (24 * hour));
}

/** An instant as a clock time, with its day where that is not today: "14:05", "yesterday 14:05", "Monday 14:05". */
export function clockTime(at: number, now: number): string {
  const time = clock.format(at);
  const days = dayDifference(now, at);
  if (days === 0) return time;
  if (Math.abs(days) === 1) return `${relativeDay.format(days, 'day')} ${time}`;
  if (Math.abs(days) < 7) return `${weekday.format(at)} ${time}`;
  return `${date.format(at)} ${time}`;
}

/** A full hour of the day (0 to 23) as a clock time: "09:00" or "9:00 AM". */
export function hourOfDay(hours: number): string {
  return clock.format(new Date(2024, 0, 15, hours));
}

/**
 * A length in words, rounded up to whole minutes, below one minute to whole seconds: "42 min", "1 hr 20 min",
 * "38 sec"; long: "1 hour 20 minutes". Negative lengths are none.
 */
export function lengthWords(ms: number, style: Style = 'short'): string {
  const seconds = Math.max(0, Math.ceil(ms / second));
  if (seconds < 60) return unitWords(seconds, 'second', style);
  const minutes = Math.ceil(seconds / 60);
  const parts = [
    ...(minutes >= 60 ? [unitWords(Math.floor(minutes / 60), 'hour', style)] : []),
    ...(minutes % 60 > 0 ? [unitWords(minutes % 60, 'minute', style)] : []),
  ];
  return parts.join(' ');
}

/** A countdown in digits, rounded up to the second: "0:42", "12:05", "1:00:00". Negative lengths are "0:00". */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / second));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const head = hours > 0 ? `${hours}:${two(minutes)}` : String(minutes);
  return `${head}:${two(seconds % 60)}`;
}

/** How much of a timer is left, 0 to 1, in steps of one degree so that a ring is redrawn only when it shows. */
export function fractionLeft(since: number, until: number, now: number): number {
  const whole = until - since;
  if (!(whole > 0)) return 0;
  return Math.ceil(Math.min(1, Math.max(0, (until - now) / whole)) * 360) / 360;
}

type MinutesInput =
  | { readonly ok: true; readonly minutes: number }
  | { readonly ok: false; readonly reason: 'empty' | 'not-a-number' | 'too-short' | 'too-long' };

/** Reads a typed number of whole minutes within the limits (both included). */
export function readMinutes(text: string, limits: { min: number; max: number }): MinutesInput {
  const typed = text.trim();
  if (typed === '') return { ok: false, reason: 'empty' };
  if (!/^\d{1,9}$/.test(typed)) return { ok: false, reason: 'not-a-number' };
  const minutes = Number(typed);
  if (minutes < limits.min) return { ok: false, reason: 'too-short' };
  if (minutes > limits.max) return { ok: false, reason: 'too-long' };
  return { ok: true, minutes };
}
