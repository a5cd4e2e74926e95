import type { DayPart } from '../automation/day.ts';
import type { RuleName } from '../automation/rules.ts';
import type { AutomationEntry, AutomationView, Occurrence } from '../automation.ts';
import { mostSpans, type WorkDayRead, type WorkSpan } from '../working-hours.ts';
import { statusWord } from '../zoom/presence.ts';
import { clockTime, timeOfDay } from './clock.ts';
import { ruleWords } from './en/automation/rules.ts';
import { automation as t } from './en/automation.ts';

/** Why a rule has set the status, as it follows on it; `now` in epoch ms: “outside working hours until 8:00 AM”. */
export function reasonWords(occurrence: Omit<Occurrence, 'status'>, now: number): string {
  const { rule, since, until, begins, ...words } = occurrence;
  return ruleWords[rule].reason({
    ...words,
    since: clockTime(since, now),
    ...(until !== undefined && { until: clockTime(until, now) }),
    ...(begins !== undefined && begins > now && { begins: clockTime(begins, now) }),
  });
}

/** What a rule sees right now; `now` in epoch ms. */
export function seenWords(
  rule: RuleName,
  { facts, untold }: Pick<AutomationView, 'facts' | 'untold'>,
  now: number,
): string {
  const fact = facts[rule];
  const { nothing, untold: why = nothing } = ruleWords[rule];
  if (untold.includes(rule)) return why;
  return fact ? t.seen(reasonWords({ rule, ...fact }, now)) : nothing;
}

/** Why no rule does anything now (epoch ms), though one would; undefined where nothing keeps it. */
export function waitingWords(
  { paused, obstacle, hold }: Pick<AutomationView, 'paused' | 'obstacle' | 'hold'>,
  now: number,
): string | undefined {
  if (paused?.until !== undefined) return t.pausedUntil(clockTime(paused.until, now));
  if (paused) return t.paused;
  if (obstacle === 'timer') return t.waitsForTimer;
  if (hold?.until !== undefined) return t.waitsForChoiceUntil(clockTime(hold.until, now));
  if (hold || obstacle === 'choice') return t.waitsForChoice;
  if (obstacle === 'failed') return t.waitsForFailed;
  return obstacle && t.waitsForZoom;
}

/** A decision in one sentence. */
export function entryWords(entry: AutomationEntry): string {
  const { at, what, rule, status, since = at, ...fact } = entry;
  const name = rule ? ruleWords[rule].name : t.title;
  const word = statusWord(status ?? 'Unknown');
  switch (what) {
    case 'set':
      return t.set(name, word, reasonWords({ ...fact, rule: rule ?? 'hours', since }, at));
    case 'elsewhere':
      return t.setElsewhere(word);
    case 'changed':
      return t.changedInZoom(name, word);
    case 'paused':
      return t.whilePaused(name, word);
    case 'choice':
      return t.forChoice(name, word);
    case 'timer':
      return t.forTimer(name, word);
    case 'failed':
      return t.forFailed(name, word);
    case 'zoom':
      return t.forZoom(name, word);
    default:
      return t[what](name, word);
  }
}

/** From when to when a part of the day lasts. */
export function dayTimes({ from, until }: DayPart): string {
  return until === undefined ? t.daySince(timeOfDay(from)) : t.dayFromTo(timeOfDay(from), timeOfDay(until));
}

/** What a rule makes of a part of the day, and whether that is yet to come at `now` (epoch ms). */
export function dayWords({ rule, status, from, fact }: DayPart, now: number): string {
  const why = [ruleWords[rule].name, fact?.title, fact?.program].filter((word) => word !== undefined);
  const words = t.dayPart(statusWord(status), why.join(' · '));
  return from > now ? t.planned(words) : words;
}

/** The hours of a day as they are typed: “9:00 AM–5:00 PM”; nothing on a day off. */
export function workDayWords(spans: readonly WorkSpan[]): string {
  const clock = (minutes: number) => timeOfDay(new Date(2024, 0, 15, 0, minutes).getTime());
  return spans.map(({ from, to }) => `${clock(from)}–${clock(to)}`).join(', ');
}

/** What is wrong with the hours of a day, and what to type instead. */
export const workDayProblems: Readonly<Record<Extract<WorkDayRead, { ok: false }>['problem'], string>> = {
  unknown: t.hoursUnknown,
  overlap: t.hoursOverlap,
  'too-many': t.hoursTooMany(mostSpans),
};
