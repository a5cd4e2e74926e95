import { dndMinutes } from '../../../shared/zoom/limits.gen.ts';

/** In ms: who asks for quiet until the morning this shortly before it has begun the day, and means the one after. */
const begun = 20 * 60_000;
/** Zoom's longest "do not disturb", in ms. */
const longest = dndMinutes.max * 60_000;

/**
 * Milliseconds from `now` (epoch ms) to the next local `hour` o'clock, in whole minutes. A morning less than
 * twenty minutes away means the one after it; no answer is longer than a day, which is Zoom's longest (the day on which the
 * clocks go back has 25 hours).
 */
export function msUntilMorning(now: number, hour: number): number {
  const morning = new Date(now);
  morning.setHours(hour, 0, 0, 0);
  while (morning.getTime() - now < begun) morning.setDate(morning.getDate() + 1);
  const minutes = Math.ceil((morning.getTime() - now) / 60_000);
  return Math.min(minutes * 60_000, longest);
}
