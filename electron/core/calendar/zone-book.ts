import type { DefinedZone } from './contents.ts';
import { definedZone } from './defined-zone.ts';
import type { ReadCalendarOptions } from './reading.ts';
import type { Spend } from './recurrence.ts';
import { ianaZone, namedZone, utc, type Zone } from './zones.ts';

export interface ZoneBook {
  /** The zone of a name in the calendar; without a name, or where nobody knows it, the person's. */
  zoneOf(name: string | undefined): Zone;
  /** The names that nobody knows for sure. */
  unknown(): readonly string[];
}

/** So many unknown names are told. */
const mostUnknown = 20;

/**
 * The zones of a calendar. A name of the IANA is what it is everywhere, since what programs write beside it is often old or a part of
 * it. For other names a definition counts first.
 */
export function createZoneBook(
  defined: ReadonlyMap<string, DefinedZone>,
  options: ReadCalendarOptions,
  spend: Spend,
): ZoneBook {
  const own = ianaZone(options.zone) ?? utc;
  const known = new Map<string, Zone>();
  const unknown: string[] = [];

  function find(name: string): Zone {
    const iana = name.includes('/') ? ianaZone(name) : undefined;
    if (iana) return iana;
    const definition = defined.get(name);
    const found = definition && definedZone(definition.rules, options, spend);
    const zone = found ?? (definition?.place ? ianaZone(definition.place) : undefined);
    if (zone) return zone;
    const named = namedZone(name);
    if ((!named || named.isGuess) && unknown.length < mostUnknown) unknown.push(name.slice(0, 200));
    return named?.zone ?? own;
  }

  return {
    zoneOf(name) {
      if (name === undefined) return own;
      const zone = known.get(name) ?? find(name);
      known.set(name, zone);
      return zone;
    },
    unknown: () => unknown,
  };
}
