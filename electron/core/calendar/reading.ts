/** What a calendar says is busy within the asked range; epoch ms, `to` excluded. */
export interface BusyTime {
  readonly from: number;
  readonly to: number;
  readonly title: string;
  readonly isAllDay: boolean;
  /** `away`: out of office. */
  readonly kind: 'busy' | 'tentative' | 'away';
  readonly isPrivate: boolean;
}

/** Sorted by when they begin; each is within the asked range or reaches into it. */
export interface CalendarReading {
  readonly name?: string;
  readonly times: readonly BusyTime[];
  /** So many events could not be read. */
  readonly skipped: number;
  /** A limit has cut something off. */
  readonly isCut: boolean;
  /** Names of time zones that nobody knows; their times were taken as those of this computer's zone. */
  readonly unknownZones: readonly string[];
}

export interface ReadCalendarOptions {
  /** Epoch ms, `to` excluded. */
  readonly from: number;
  readonly to: number;
  /** IANA zone of this computer, for floating times and all-day events. */
  readonly zone: string;
  /** The person's email addresses, to know what they declined. */
  readonly me: readonly string[];
}

/** `too-much`: it took more time or memory than a calendar may. */
export type CalendarProblem = 'empty' | 'html' | 'not-a-calendar' | 'too-large' | 'too-much';

export type CalendarResult =
  | { readonly ok: true; readonly reading: CalendarReading }
  | { readonly ok: false; readonly problem: CalendarProblem };

/** The bytes as they came, which a text can have lost some of already, or a text. */
export type CalendarSource = Uint8Array | string;

/** Reads a calendar where that holds up nobody; `signal` gives it up, as `too-much`. Never rejects. */
export type ReadCalendarAside = (
  source: CalendarSource,
  options: ReadCalendarOptions,
  signal?: AbortSignal,
) => Promise<CalendarResult>;

/** Longest calendar that is read, in bytes. */
export const longestCalendar = 20 * 1024 * 1024;

/** What a text is that is no calendar, by its beginning; undefined for one that may be a calendar. */
export function problemOf(bytes: Uint8Array): CalendarProblem | undefined {
  if (bytes.length > longestCalendar) return 'too-large';
  const start = new TextDecoder().decode(bytes.subarray(0, 4096)).trimStart();
  if (start === '') return 'empty';
  if (/^<(?:!doctype html|html|head|body|\?xml|!--)/i.test(start)) return 'html';
  return undefined;
}
