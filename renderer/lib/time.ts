import { timeOfDay } from '../../shared/words/clock.ts';

export { clockTime } from '../../shared/words/clock.ts';

/** Times in words and in digits. All instants are epoch milliseconds. */

/** An hour of the day (0 to 23.5) as a clock time: "09:00" or "9:00 AM". */
export function hourOfDay(hours: number): string {
  return timeOfDay(new Date(2024, 0, 15, 0, hours * 60).getTime());
}

/** A countdown in digits, rounded up to the second: "0:42", "12:05", "1:00:00". Negative lengths are "0:00". */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
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
