import { readComponents } from './components.ts';
import { dayMs } from './days.ts';
import { type Period, readPeriods, titleOf } from './event.ts';
import { readLength, readProperty } from './property.ts';
import type { BusyTime, ReadCalendarOptions } from './reading.ts';

/** What of a calendar matters for a range, as it is written. */
export interface Contents {
  readonly name: string;
  /** The events of each UID, in lines: of a large calendar there is no room for all of them otherwise. */
  readonly series: readonly (readonly EventLines[])[];
  /** What VFREEBUSY says. */
  readonly free: readonly { readonly period: Period; readonly kind: BusyTime['kind'] }[];
  /** The rules of each zone that is defined, and its other name. */
  readonly zones: ReadonlyMap<string, DefinedZone>;
  readonly skipped: number;
  readonly isCut: boolean;
}

interface EventLines {
  readonly lines: readonly string[];
  /** Of the calendar that they are in. */
  readonly method: string;
}

export interface DefinedZone {
  readonly rules: readonly (readonly string[])[];
  /** The zone of the IANA that it was made from. */
  readonly place: string;
}

/** So many events and times within reach of what is asked are read. */
const mostEvents = 10_000;
/** So many zones are defined at most. */
const mostZones = 1_000;
/** Further than the times of a zone from UTC, and any clock that is put forward. */
const margin = 2 * dayMs;

/** Undefined for what is no calendar. */
export function readContents(bytes: Uint8Array, options: ReadCalendarOptions): Contents | undefined {
  const series = new Map<string, EventLines[]>();
  const free: Contents['free'][number][] = [];
  const zones = new Map<string, DefinedZone>();
  let name = '';
  let skipped = 0;
  let count = 0;
  let isCut = false;

  /** Whether there is room for more. */
  function hasRoom(): boolean {
    if (count === mostEvents) isCut = true;
    else count += 1;
    return !isCut;
  }

  function event(one: EventLines): void {
    if (isFar(one.lines, options) || !hasRoom()) return;
    const uid = textIn(one.lines, 'UID') || `without, ${count}`;
    const others = series.get(uid);
    if (others) others.push(one);
    else series.set(uid, [one]);
  }

  function freeBusy(lines: readonly string[]): void {
    for (const line of lines.filter((one) => /^freebusy[;:]/i.test(one))) {
      const property = readProperty(line);
      const kind = freeBusyKind(String(property.params.fbtype ?? 'BUSY').toUpperCase());
      if (!kind) continue;
      for (const period of readPeriods(property)) if (hasRoom()) free.push({ period, kind });
    }
  }

  const isCalendar = readComponents(bytes, {
    calendar(line) {
      // As a summary, the library knows it for a text.
      const text = line.replace(/^(?:x-wr-calname|name)(?=[;:])/i, 'SUMMARY');
      if (text !== line) name ||= titleOf(textIn([text], 'SUMMARY'));
    },
    component({ kind, method, lines, rules }) {
      try {
        if (kind === 'VEVENT') event({ lines, method });
        else if (kind === 'VFREEBUSY') freeBusy(lines);
        else if (zones.size < mostZones)
          zones.set(textIn(lines, 'TZID'), { rules, place: textIn(lines, 'X-LIC-LOCATION') });
      } catch {
        skipped += 1;
      }
    },
  });
  if (!isCalendar) return undefined;
  return { name, series: [...series.values()], free, zones, skipped, isCut };
}

function freeBusyKind(type: string): BusyTime['kind'] | undefined {
  if (type === 'FREE') return undefined;
  if (type === 'BUSY-UNAVAILABLE') return 'away';
  return type === 'BUSY-TENTATIVE' ? 'tentative' : 'busy';
}

/** The value of the first line with a name; '' without one. */
function textIn(lines: readonly string[], name: string): string {
  const line = lines.find((one) => one.toUpperCase().startsWith(name));
  return line === undefined ? '' : String(readProperty(line).values[0] ?? '');
}

/** Whether an event is surely far from the range: most of a calendar is, and is not read further. */
function isFar(lines: readonly string[], { from, to }: ReadCalendarOptions): boolean {
  if (lines.some((line) => /^(?:rrule|rdate)[;:]|^recurrence-id;.*thisandfuture/i.test(line))) return false;
  const lineOf = (name: string) => lines.find((line) => line.slice(0, name.length).toUpperCase() === name);
  const near = (name: string) => nearTime(lineOf(name));
  const moved = near('RECURRENCE-ID');
  if (moved !== undefined && moved > from - margin && moved < to + margin) return false;
  const start = near('DTSTART') ?? moved;
  if (start === undefined) return false;
  if (start > to + margin) return true;
  const end = near('DTEND') ?? start + lengthIn(lineOf('DURATION'));
  return Math.max(end, start) + dayMs < from - margin;
}

/** How long it says that something is, in ms; what is no length is read as far as it is one later. */
function lengthIn(line: string | undefined): number {
  if (line === undefined) return 0;
  try {
    const { days, ms } = readLength(readProperty(line).values[0]);
    return days * dayMs + ms;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** The time at the end of a line as if it were in UTC. */
function nearTime(line: string | undefined): number | undefined {
  const [, year, month, day] =
    /(?:^|[:;])(\d{4})(\d\d)(\d\d)(?:T\d{4,6}Z?)?$/.exec(line?.slice(-17).trimEnd() ?? '') ?? [];
  return year === undefined ? undefined : Date.UTC(Number(year), Number(month) - 1, Number(day));
}
