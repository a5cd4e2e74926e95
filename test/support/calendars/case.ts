/** A calendar, and by hand what is busy in a week. */
export interface CalendarCase {
  readonly name: string;
  readonly text: string | Uint8Array;
  /** The Monday, UTC. The usual one is the week in which Europe puts its clocks forward: Sunday March 29, 2026, 01:00 UTC. */
  readonly from?: string;
  /** "03-24T09:00/03-24T10:00 busy Planning": from, to (UTC), kind, `all-day`, `private`, title; for a computer in Berlin. */
  readonly busy: readonly string[];
  /** For one in Los Angeles, where it is something else. */
  readonly losAngeles?: readonly string[];
  readonly skipped?: number;
  readonly isCut?: boolean;
  readonly unknownZones?: readonly string[];
  readonly calendarName?: string;
  /** Why the stranger's library that judges (test/trust/calendars.test.ts) says something else. */
  readonly strangerDiffers?: string;
}

/** The person whose calendar it is. */
export const me = 'ana@example.com';

/** A calendar of what is between its ends, in lines as RFC 5545 has them. */
export function calendar(...parts: readonly string[]): string {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Tally//Corpus//EN', ...parts, 'END:VCALENDAR'];
  return `${lines
    .flatMap((part) => part.trim().split('\n'))
    .map((line) => line.replace(/^ {6,}(?! )/, ''))
    .join('\r\n')}\r\n`;
}

let last = 0;

/** An event with a UID of its own, unless it has one. */
export function event(body: string): string {
  const lines = body
    .trim()
    .split('\n')
    .map((line) => line.trim());
  last += 1;
  const uid = lines.some((line) => line.startsWith('UID')) ? [] : [`UID:${last}@example.com`];
  return ['BEGIN:VEVENT', ...uid, 'DTSTAMP:20260301T000000Z', ...lines, 'END:VEVENT'].join('\n');
}

/** A calendar of one event. */
export const one = (body: string) => calendar(event(body));

/** The rules of central Europe, as Outlook and Exchange write them. */
export const europe = (name: string) => `BEGIN:VTIMEZONE
TZID:${name}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE`;
