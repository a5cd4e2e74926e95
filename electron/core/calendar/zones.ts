import { dayMs } from './days.ts';
import { windowsZones } from './windows-zones.ts';

/** How far a zone is ahead of UTC at an instant (epoch ms), in ms. */
export interface Zone {
  offsetAt(instant: number): number;
}

export const utc: Zone = { offsetAt: () => 0 };

/**
 * The instant of a local time (RFC 5545, 3.3.5): of a time that comes twice the first, and of one that is left out, the one that it
 * would be had the clock not been put forward.
 */
export function toInstant(zone: Zone, local: number): number {
  const before = zone.offsetAt(local - dayMs);
  const after = zone.offsetAt(local + dayMs);
  if (before === after || zone.offsetAt(local - before) === before) return local - before;
  return zone.offsetAt(local - after) === after ? local - after : local - before;
}

export function toLocal(zone: Zone, instant: number): number {
  return instant + zone.offsetAt(instant);
}

/** A zone of the IANA; undefined for a name that this computer doesn't know. */
export function ianaZone(name: string): Zone | undefined {
  const format = formatOf(name);
  if (!format) return undefined;
  // Asking is slow. No zone changes its clock twice within a day.
  const known = new Map<number, number>();
  function offsetOn(day: number): number {
    const kept = known.get(day);
    if (kept !== undefined) return kept;
    const offset = askOffset(format as Intl.DateTimeFormat, day * dayMs);
    known.set(day, offset);
    return offset;
  }
  return {
    offsetAt(instant) {
      const day = Math.floor(instant / dayMs);
      const offset = offsetOn(day);
      return offset === offsetOn(day + 1) ? offset : askOffset(format, instant);
    },
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    const fields = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
    const times = { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const;
    return new Intl.DateTimeFormat('en-US', { timeZone, era: 'short', ...fields, ...times });
  } catch {
    return undefined;
  }
}

function askOffset(format: Intl.DateTimeFormat, instant: number): number {
  const at: { [part: string]: string } = {};
  for (const { type, value } of format.formatToParts(instant)) at[type] = value;
  const year = at.era === 'BC' ? 1 - Number(at.year) : Number(at.year);
  const local = Date.UTC(year, Number(at.month) - 1, Number(at.day));
  const time = (Number(at.hour) * 60 + Number(at.minute)) * 60 + Number(at.second);
  return local + time * 1000 - Math.floor(instant / 1000) * 1000;
}

/** What a name says of its zone, without a definition of it in the calendar. `isGuess`: only how far it is from UTC. */
export function namedZone(name: string): { readonly zone: Zone; readonly isGuess: boolean } | undefined {
  const plain = name.slice(0, 200).replace(/["\\]/g, '').trim();
  // Exchange numbers what it has several definitions of.
  const windows =
    windowsZones[plain.replace(/ (?:Daylight|Summer) Time/, ' Standard Time').replace(/ \d{1,3}$/, '')];
  const parts = plain.split('/');
  // Old programs put their own name before it: /mozilla.org/20050126_1/Europe/Berlin.
  const ends = [3, 2].map((count) => parts.slice(-count).join('/'));
  const names = [windows, plain, ...(parts.length > 2 ? ends : [])];
  for (const one of names) {
    const zone = one === undefined || /^[+-]/.test(one) ? undefined : ianaZone(one);
    if (zone) return { zone, isGuess: false };
  }
  if (
    /^(?:tzone:\/\/microsoft\/utc|z|utc|gmt|\(?(?:utc|gmt)\)? .*coordinated universal time.*)$/i.test(plain)
  )
    return { zone: utc, isGuess: false };
  return byOffset(plain);
}

/** "(UTC+01:00) Amsterdam, Berlin", "(GMT-05.00) Eastern Time", "GMT+0100". */
function byOffset(name: string): { readonly zone: Zone; readonly isGuess: boolean } | undefined {
  const [said, sign, hours = '', minutes = '0'] =
    /(?:UTC|GMT) ?([+-])(\d{1,2})[:.]?(\d{2})?/i.exec(name) ?? [];
  if (said === undefined) return undefined;
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  if (Math.abs(offset) > 15 * 3_600_000) return undefined;
  for (const city of name.split(/[^\p{L} ]/u).map((part) => part.trim().replaceAll(' ', '_'))) {
    const zone = city.length > 3 ? ianaZone(zoneOfCity().get(city.toLowerCase()) ?? '') : undefined;
    // The standard time is the smaller one of the year, by which Windows names its zones.
    if (zone && Math.min(zone.offsetAt(winter), zone.offsetAt(summer)) === offset)
      return { zone, isGuess: false };
  }
  return { zone: { offsetAt: () => offset }, isGuess: true };
}

const winter = Date.UTC(2025, 0, 1);
const summer = Date.UTC(2025, 6, 1);
let cities: ReadonlyMap<string, string> | undefined;

function zoneOfCity(): ReadonlyMap<string, string> {
  cities ??= new Map(
    Intl.supportedValuesOf('timeZone').map((id) => [id.split('/').at(-1)?.toLowerCase() ?? '', id]),
  );
  return cities;
}
