import { dayMs } from './days.ts';
import { readPeriods } from './event.ts';
import { type Property, readProperty, readWhen } from './property.ts';
import { occurrencesOf, type Spend } from './recurrence.ts';
import { type ParsedRule, readRule } from './rule.ts';
import type { Zone } from './zones.ts';

interface Change {
  /** Epoch ms. */
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** So long before and after what is asked for the changes of a clock are looked for, in ms. */
const margin = 400 * dayMs;

/**
 * A zone as a calendar defines it (VTIMEZONE), right from 400 days before the range to 400 days after it; undefined where nothing
 * of it can be read.
 */
export function definedZone(
  rules: readonly (readonly string[])[],
  range: { readonly from: number; readonly to: number },
  spend: Spend,
): Zone | undefined {
  const changes = rules.flatMap((lines) => {
    try {
      return changesOf(lines.map(readProperty), range, spend);
    } catch {
      return [];
    }
  });
  changes.sort((a, b) => a.at - b.at);
  const [first] = changes;
  if (!first) return undefined;
  return {
    offsetAt(instant) {
      let offset = first.before;
      for (const { at, after } of changes) {
        if (at > instant) break;
        offset = after;
      }
      return offset;
    },
  };
}

function changesOf(
  properties: readonly Property[],
  range: { readonly from: number; readonly to: number },
  spend: Spend,
): readonly Change[] {
  const all = (name: string) => properties.filter((one) => one.name === name);
  const offset = (name: string) => readOffset(all(name)[0]?.values[0]);
  const [before, after] = [offset('TZOFFSETFROM'), offset('TZOFFSETTO')];
  const begin = all('DTSTART')[0];
  const start = readWhen(begin?.values[0]).local;
  const locals = new Set([start]);
  for (const { values } of all('RRULE')) {
    const parsed = values[0] as ParsedRule;
    const until = parsed.until === undefined ? Number.POSITIVE_INFINITY : readWhen(parsed.until).local;
    // The last change of a rule that ended counts from then on.
    const from = Math.min(range.from, until) - margin;
    for (const at of occurrencesOf(readRule(parsed), start, { from, to: range.to + margin }, spend))
      if (at - before <= until) locals.add(at);
  }
  for (const property of all('RDATE'))
    for (const { start: when } of readPeriods(property)) locals.add(when.local);
  return [...locals].map((local) => ({ at: local - before, before, after }));
}

/** Throws on what is no offset of less than a day. */
function readOffset(value: unknown): number {
  const [said, sign, hours, minutes, seconds = '0'] =
    /^([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(String(value)) ?? [];
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  if (said === undefined || ms >= dayMs) throw new Error('no offset');
  return sign === '-' ? -ms : ms;
}
