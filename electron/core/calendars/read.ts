import { createHash } from 'node:crypto';
import type { CalendarPart, CalendarProblem } from '../../../shared/calendars.ts';
import {
  type BusyTime,
  type CalendarReading,
  type CalendarResult,
  longestCalendar,
  type ReadCalendarOptions,
  type CalendarProblem as ReadingProblem,
} from '../calendar/reading.ts';
import type { Clock, Disk } from '../ports.ts';
import { type Dav, findCalendars, readDavCalendar } from './dav.ts';
import { type Fetched, readFeed } from './feed.ts';
import { readCalendarFile } from './file.ts';
import type { CalendarSecret } from './secrets.ts';
import { type Copy, type KeptCalendar, longestTitle, mostParts, mostTimes } from './stored.ts';
import { type Trouble, trouble, type Web } from './web.ts';

const day = 24 * 3_600_000;
/** So far ahead a calendar is read, in ms. */
const ahead = 14 * day;
/** What is known no longer than so far ahead, in ms, is read anew, though the calendar is as it was. */
const leastAhead = 7 * day;

/** Reads what a calendar says; never rejects. */
export type Parse = (
  bytes: Uint8Array,
  options: ReadCalendarOptions,
  signal: AbortSignal,
) => Promise<CalendarResult>;

export interface ReadDeps {
  readonly clock: Pick<Clock, 'now'>;
  readonly web: Pick<Web, 'visit'>;
  readonly disk: Pick<Disk, 'look' | 'open'>;
  readonly parse: Parse;
  /** The person's addresses of email, to know what they declined. */
  readonly me: readonly string[];
}

export interface Reading {
  readonly calendar: KeptCalendar;
  /** What opens it, unless it is a file. */
  readonly secret?: CalendarSecret | undefined;
  readonly hidesPrivate: boolean;
}

/** What a calendar has now; without a copy it is as it was. */
export type Read =
  | {
      readonly ok: true;
      readonly copy?: Copy;
      readonly name?: string;
      readonly parts?: readonly CalendarPart[];
    }
  | Trouble;

/** Reads a calendar, as far as it is another one than the last copy. */
export async function read(
  { calendar, secret, hidesPrivate }: Reading,
  deps: ReadDeps,
  signal: AbortSignal,
): Promise<Read> {
  const now = deps.clock.now();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { copy } = calendar;
  const isGood =
    copy && copy.zone === zone && copy.hidesPrivate === hidesPrivate && copy.to - now > leastAhead;
  const fetched = await fetchOne(calendar, secret, isGood ? copy : {}, { ...deps, signal, now });
  if (!fetched.ok) return fetched;
  if (!fetched.bytes) return { ok: true };
  const to = now + ahead;
  const parsed = await deps.parse(fetched.bytes, { from: now, to, zone, me: deps.me }, signal);
  if (!parsed.ok) return trouble(fetched.isPage ? 'web-page' : problems[parsed.problem]);
  const { marks, leadsTo, parts } = fetched;
  const { name, times, isCut } = parsed.reading;
  return {
    ok: true,
    ...(name !== undefined && !parts && { name: cut(name) }),
    ...(parts && { parts }),
    copy: {
      readAt: now,
      to,
      zone,
      hidesPrivate,
      ...marks,
      ...(leadsTo !== undefined && { leadsTo }),
      isCut: isCut || times.length > mostTimes,
      times: kept(times, hidesPrivate),
    },
  };
}

function fetchOne(
  { kind, path, mayBeNearby, parts, alsoAt = [] }: KeptCalendar,
  secret: CalendarSecret | undefined,
  marks: Pick<Copy, 'etag' | 'modified'>,
  { web, disk, signal, now }: ReadDeps & { readonly signal: AbortSignal; readonly now: number },
): Promise<Fetched> | Trouble {
  if (kind === 'file')
    return path === undefined ? trouble('file-gone') : readCalendarFile(path, marks.etag, disk);
  if (!secret) return trouble('address-gone');
  const { url, user, password = '' } = secret;
  const login = user === undefined ? undefined : { user, password };
  if (kind === 'login') {
    const way = { address: new URL(url), known: alsoAt, mayBeNearby, web, signal };
    return readLogin(parts ?? [], { ...way, login: login ?? { user: '', password } }, now);
  }
  return readFeed({ url: new URL(url), login, mayBeNearby }, marks, web, signal);
}

/** What the calendars of a login have that are to count. They are found anew each time: their addresses are kept nowhere. */
async function readLogin(known: readonly CalendarPart[], dav: Dav, now: number): Promise<Fetched> {
  const found = await findCalendars(dav);
  if (!found.ok) return found;
  const parts: CalendarPart[] = [];
  const texts: string[] = [];
  let length = 0;
  for (const { url, name } of found.value.slice(0, mostParts)) {
    const id = createHash('sha256').update(url.href).digest('hex').slice(0, 12);
    const counts = known.find((one) => one.id === id)?.counts ?? true;
    parts.push({ id, name: cut(name), counts });
    if (!counts) continue;
    const text = await readDavCalendar(url, { from: now, to: now + ahead }, dav);
    if (!text.ok) return text;
    length += text.value.length;
    if (length > longestCalendar) return trouble('too-large');
    texts.push(text.value);
  }
  const bytes = new TextEncoder().encode(texts.join('\r\n').trim() || emptyCalendar);
  return { ok: true, bytes, marks: {}, parts };
}

const emptyCalendar = 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n';

const problems: Readonly<Record<ReadingProblem, CalendarProblem>> = {
  empty: 'no-calendar',
  html: 'web-page',
  'not-a-calendar': 'no-calendar',
  'too-large': 'too-large',
  'too-much': 'too-much',
};

/** As much of what is read as is kept. */
function kept(times: CalendarReading['times'], hidesPrivate: boolean): readonly BusyTime[] {
  return times
    .slice(0, mostTimes)
    .map((time) => withoutPrivate({ ...time, title: cut(time.title) }, hidesPrivate));
}

/** A time without its title, where that is private and shall not be shown. */
export function withoutPrivate(time: BusyTime, hidesPrivate: boolean): BusyTime {
  return hidesPrivate && time.isPrivate ? { ...time, title: '' } : time;
}

/** Half of a character is none. */
export const cut = (text: string) => text.slice(0, longestTitle).replace(/[\ud800-\udbff]$/, '');
