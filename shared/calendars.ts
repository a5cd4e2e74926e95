import * as z from 'zod';

/** How a calendar is read: by an address of its own, from a file, or with a login at a server of several (CalDAV). */
export type CalendarKind = 'address' | 'file' | 'login';

/** So many are read at most; a login counts once. */
export const mostCalendars = 10;

/** Longest address that is taken, in characters. */
export const longestCalendarField = 1_000;

/** Why a calendar could not be read the last time. What it said before that counts on. */
export type CalendarProblem =
  /** It is on this computer or the local network, and nobody has said that it may be. */
  | 'nearby'
  /** It leads on to an address that is not https; it leads on and on. */
  | 'leads-to-http'
  | 'leads-on'
  /** The server of a login leads to another one, where the login was not sent. */
  | 'leads-elsewhere'
  | 'login-refused'
  | 'forbidden'
  | 'not-found'
  | 'too-often'
  | 'server-down'
  | 'odd-answer'
  /** A web page, where there should be a calendar; something else. */
  | 'web-page'
  | 'no-calendar'
  | 'too-large'
  /** It takes too long to be understood; to arrive. */
  | 'too-much'
  | 'too-slow'
  | 'name-unknown'
  | 'unreachable'
  | 'broken'
  | 'untrusted'
  | 'proxy'
  /** The server of a login knows no CalDAV; it has no calendar of events. */
  | 'no-caldav'
  | 'no-calendars'
  | 'file-gone'
  | 'file-closed'
  | 'no-file'
  | 'file-slow'
  /** The keychain is locked; it no longer has the address. */
  | 'keychain'
  | 'address-gone';

/** Something that takes time; instants in epoch ms. Without a title where that is private, or empty. */
interface CalendarTime {
  readonly from: number;
  readonly to: number;
  readonly title?: string;
  readonly isAllDay: boolean;
}

/** A calendar as it is listed: no address, no path, no password. */
export interface CalendarEntry {
  readonly id: string;
  readonly kind: CalendarKind;
  /** Its host, or the name of its file. */
  readonly place: string;
  /** What it calls itself. */
  readonly name?: string;
  /** Whether the status follows it. */
  readonly counts: boolean;
  readonly isReading: boolean;
  /** When it was read last, epoch ms. */
  readonly readAt?: number;
  readonly problem?: CalendarProblem;
  /** When it is tried again, epoch ms. */
  readonly retryAt?: number;
  /** The host that it leads on to, or would, if the login may go there. */
  readonly leadsTo?: string;
  /** It is in the keychain; false: it is forgotten when Tally quits. */
  readonly isKept: boolean;
  /** It has more than Tally reads. */
  readonly isCut: boolean;
  /** What it has now, or next. */
  readonly next?: CalendarTime;
  /** The calendars of a login, to choose from. */
  readonly parts?: readonly CalendarPart[];
}

export interface CalendarPart {
  readonly id: string;
  readonly name: string;
  readonly counts: boolean;
}

export interface CalendarsView {
  readonly calendars: readonly CalendarEntry[];
  /** The titles of private events are not even kept. */
  readonly hidesPrivate: boolean;
}

/**
 * `calendars.add`, `calendars.login` and `calendars.file` add one, the last by the system's dialog. `calendars.allow`: it may be on
 * this computer or the local network. `calendars.follow`: the login may go to the host that its server leads to. `calendars.count`: the status follows it, or one of its parts, or not. `calendars.refresh` reads
 * one, or all; a locked keychain may ask its question then.
 */
export const calendarsActions = () => {
  const id = z.string().min(1).max(100);
  const field = z.string().trim().min(1).max(longestCalendarField);
  return [
    z.strictObject({ type: z.literal('calendars.open') }),
    z.strictObject({ type: z.literal('calendars.add'), address: field }),
    z.strictObject({
      type: z.literal('calendars.login'),
      address: field,
      user: field,
      // Spaces may be a part of it.
      password: z.string().min(1).max(longestCalendarField),
    }),
    z.strictObject({ type: z.literal('calendars.file') }),
    z.strictObject({ type: z.literal('calendars.allow'), id }),
    z.strictObject({ type: z.literal('calendars.follow'), id, host: z.string().min(1).max(300) }),
    z.strictObject({ type: z.literal('calendars.count'), id, part: id.optional(), counts: z.boolean() }),
    z.strictObject({ type: z.literal('calendars.refresh'), id: id.optional() }),
    z.strictObject({ type: z.literal('calendars.remove'), id }),
    z.strictObject({ type: z.literal('calendars.private'), hides: z.boolean() }),
  ] as const;
};

export type CalendarsAction = z.infer<ReturnType<typeof calendarsActions>[number]>;
