import * as z from 'zod';
import { type CalendarKind, type CalendarPart, mostCalendars } from '../../../shared/calendars.ts';
import type { BusyTime } from '../calendar/reading.ts';
import { defined } from '../lib/defined.ts';
import type { Marks } from './feed.ts';

/** Longest title that is kept and shown, in characters. */
export const longestTitle = 200;
/** So many times are kept of a calendar at most: of two weeks. */
export const mostTimes = 2_000;

/** So many calendars of a login are listed at most. */
export const mostParts = 50;

/** To so many servers at most one login may go besides its own. */
export const mostOrigins = 5;

const instant = z.number().int().min(-8.64e15).max(8.64e15);
const text = z.string().max(longestTitle);
const mark = z.string().max(300).optional().catch(undefined);

const time = z.object({
  from: instant,
  to: instant,
  title: text,
  isAllDay: z.boolean(),
  kind: z.enum(['busy', 'tentative', 'away']),
  isPrivate: z.boolean(),
}) satisfies z.ZodType<BusyTime>;

const copy = z.object({
  readAt: instant,
  /** Until when its times are known. */
  to: instant,
  /** What else they depend on. */
  zone: z.string().max(100),
  hidesPrivate: z.boolean(),
  etag: mark,
  modified: mark,
  leadsTo: text.optional().catch(undefined),
  isCut: z.boolean().catch(false),
  times: z.array(time).max(mostTimes),
});

const part = z.object({ id: z.string().min(1).max(100), name: text, counts: z.boolean() });

const calendar = z.object({
  id: z.string().min(1).max(100),
  kind: z.enum(['address', 'file', 'login']),
  place: text,
  name: text.optional().catch(undefined),
  counts: z.boolean().catch(true),
  mayBeNearby: z.boolean().catch(false),
  alsoAt: z.array(z.string().max(300)).max(mostOrigins).optional().catch(undefined),
  /** Of a file. */
  path: z.string().max(4_096).optional().catch(undefined),
  parts: z.array(part).max(mostParts).optional().catch(undefined),
  copy: copy.optional().catch(undefined),
});

/** The last state of a calendar that was read. */
export interface Copy extends Marks {
  readonly readAt: number;
  readonly to: number;
  readonly zone: string;
  readonly hidesPrivate: boolean;
  readonly leadsTo?: string;
  readonly isCut: boolean;
  readonly times: readonly BusyTime[];
}

/** What is kept of a calendar on the disk: no address and no password. */
export interface KeptCalendar {
  readonly id: string;
  readonly kind: CalendarKind;
  readonly place: string;
  readonly name?: string;
  readonly counts: boolean;
  readonly mayBeNearby: boolean;
  /** Origins where the login may go, too: the person has said so. */
  readonly alsoAt?: readonly string[];
  readonly path?: string;
  /** Of a login. */
  readonly parts?: readonly CalendarPart[];
  readonly copy?: Copy;
}

export interface KeptCalendars {
  readonly calendars: readonly KeptCalendar[];
  readonly hidesPrivate: boolean;
  /** The keychain still has something of a calendar that was removed. */
  readonly isUnclean: boolean;
}

const whole = z.object({
  calendars: z.array(z.unknown()).catch([]),
  hidesPrivate: z.boolean().catch(true),
  isUnclean: z.boolean().catch(false),
});

/** What was kept, as far as it can be used; each calendar by itself, and nothing (undefined) is a first start. Never throws. */
export function readCalendars(json: unknown): KeptCalendars {
  const { calendars, ...others } = whole.parse(whole.safeParse(json).data ?? {});
  const read = calendars.flatMap((one): KeptCalendar[] => {
    const { data } = calendar.safeParse(one);
    if (!data) return [];
    const { copy: last, ...known } = data;
    return [{ ...defined(known), ...(last && { copy: defined(last) }) }];
  });
  return { ...others, calendars: read.slice(0, mostCalendars) };
}
