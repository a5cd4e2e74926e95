import ICAL from 'ical.js';

/** A line of a calendar: its name in upper case, its parameters by lower case names, its values as the library (jCal) has them. */
export interface Property {
  readonly name: string;
  readonly params: { readonly [name: string]: unknown };
  readonly values: readonly unknown[];
}

/** Throws on what is no line of a calendar. */
export function readProperty(line: string): Property {
  const [name, params, , ...values] = ICAL.parse.property(repaired(line)) as [
    string,
    Property['params'],
    ...unknown[],
  ];
  return { name: name.toUpperCase(), params, values };
}

/** A date or a time of a calendar, as it is written. */
export interface When {
  /** The epoch ms of the same date and time in UTC. */
  readonly local: number;
  readonly isDate: boolean;
  readonly isUtc: boolean;
  /** The name of its zone. */
  readonly zone?: string;
}

const years = { least: 1600, most: 2400 } as const;

/** Throws on what is none. `params` are those of its line. */
export function readWhen(value: unknown, params: Property['params'] = {}): When {
  const [, year, month, day, hour = '0', minute = '0', second = '0', z] =
    /^(\d{4})-(\d\d)-(\d\d)(?:T(?:::|(\d\d):(\d\d):(\d\d)?(Z)?))?$/.exec(String(value)) ?? [];
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Math.min(Number(second), 59),
  );
  const date = new Date(local);
  const isThere = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  if (!isThere || Number(hour) > 23 || Number(year) < years.least || Number(year) > years.most)
    throw new Error('no date');
  const isDate = !/T\d/.test(String(value));
  const { tzid } = params;
  const isUtc = z !== undefined || (typeof tzid === 'string' && /^(?:utc|z)$/i.test(tzid));
  return { local, isDate, isUtc, ...(typeof tzid === 'string' && !isUtc && !isDate && { zone: tzid }) };
}

/** Days as they are in a calendar, and what comes to them by the clock, in ms. */
export interface Length {
  readonly days: number;
  readonly ms: number;
}

/** Throws on what is no length; one below zero is none. */
export function readLength(value: unknown): Length {
  const { isNegative, weeks, days, hours, minutes, seconds } = ICAL.Duration.fromString(
    String(value).toUpperCase(),
  );
  const sign = isNegative ? 0 : 1;
  return { days: sign * (weeks * 7 + days), ms: sign * ((hours * 60 + minutes) * 60 + seconds) * 1000 };
}

/** A zone's name with a colon has to stand in quotes, and does not everywhere: TZID=(UTC+01:00) Amsterdam:20260301T100000. */
function repaired(line: string): string {
  if (line.includes('"')) return line;
  const tzid = /;tzid=/i.exec(line);
  const end = line.lastIndexOf(':');
  if (!tzid) return line;
  const from = tzid.index + tzid[0].length;
  const name = line.slice(from, end);
  return name.includes(':') && !name.includes(';')
    ? `${line.slice(0, from)}"${name}"${line.slice(end)}`
    : line;
}
