import { zak as t } from '../../../shared/words/en/zak.ts';
import { wholeWords } from '../../../shared/words/sizes.ts';
import { longestZak } from '../../../shared/zoom/limits.gen.ts';
import { countdown } from '../../lib/time.ts';

const hour = 3_600;
const day = 24 * hour;

/** How long a longer-lived token may live, in seconds, and in words. */
export const lifetimes = [
  { seconds: hour, words: t.hours(1) },
  { seconds: 2 * hour, words: t.hours(2) },
  { seconds: day, words: t.days(1) },
  { seconds: 7 * day, words: t.oneWeek },
  { seconds: 30 * day, words: t.days(30) },
  { seconds: 90 * day, words: t.days(90) },
] as const;

export const units = { hours: hour, days: day } as const;
export type Unit = keyof typeof units;

/** Reads a typed number of hours or days, up to a year, as seconds; or says what to type. */
export function readLifetime(
  typed: string,
  unit: Unit,
): { readonly seconds: number } | { readonly problem: string } {
  const most = longestZak / units[unit];
  const count = /^\d{1,9}$/.test(typed.trim()) ? Number(typed) : Number.NaN;
  if (!(count >= 1 && count <= most)) return { problem: t.lifetimeLimits[unit](wholeWords(most)) };
  return { seconds: count * units[unit] };
}

/** What is left of a life, so short that it fits into the ring: "4:12", "23:59:59", from two days on "30 days". */
export function lifeLeft(ms: number): string {
  if (ms < 2 * day * 1_000) return countdown(ms);
  return t.days(Math.ceil(ms / 1_000 / day));
}
