import { dayMs } from './days.ts';
import { type Length, type Property, readLength, readProperty, readWhen, type When } from './property.ts';
import type { BusyTime } from './reading.ts';
import type { ParsedRule } from './rule.ts';

/** An event as it is written. */
export interface CalendarEvent {
  readonly uid: string;
  readonly sequence: number;
  /** Which one of a series it stands for; `isFuture`: and for those after it. */
  readonly recurrenceId?: When;
  readonly isFuture: boolean;
  readonly start: When;
  readonly end?: When;
  readonly length?: Length;
  readonly rules: readonly ParsedRule[];
  readonly notRules: readonly ParsedRule[];
  readonly dates: readonly Period[];
  readonly notDates: readonly When[];
  readonly isCancelled: boolean;
  /** Undefined: it takes none of the person's time. */
  readonly kind: BusyTime['kind'] | undefined;
  readonly title: string;
  readonly isPrivate: boolean;
}

export interface Period {
  readonly start: When;
  readonly end?: When;
  readonly length?: Length;
}

const longestTitle = 200;

/** An event of its lines; throws on one whose times cannot be read. `me`: the person's addresses in lower case. */
export function readEvent(lines: readonly string[], method: string, me: ReadonlySet<string>): CalendarEvent {
  const properties = propertiesOf(lines, me);
  const all = (name: string) => properties.filter((one) => one.name === name);
  const first = (name: string) => all(name)[0];
  const word = (name: string) =>
    String(first(name)?.values[0] ?? '')
      .trim()
      .toUpperCase();
  const when = (name: string) => {
    const property = first(name);
    return property && readWhen(property.values[0], property.params);
  };
  const recurrenceId = when('RECURRENCE-ID');
  const start = when('DTSTART') ?? recurrenceId;
  if (!start) throw new Error('an event begins');
  const end = when('DTEND');
  const length = first('DURATION');
  const rulesOf = (name: string) => all(name).map(({ values }) => values[0] as ParsedRule);
  return {
    uid: String(first('UID')?.values[0] ?? ''),
    sequence: Number.parseInt(word('SEQUENCE'), 10) || 0,
    ...(recurrenceId && { recurrenceId }),
    isFuture: String(first('RECURRENCE-ID')?.params.range).toUpperCase() === 'THISANDFUTURE',
    ...spanOf(start, end, word('X-MICROSOFT-CDO-ALLDAYEVENT') === 'TRUE'),
    ...(length && !end && { length: readLength(length.values[0]) }),
    rules: rulesOf('RRULE'),
    notRules: rulesOf('EXRULE'),
    dates: all('RDATE').flatMap(readPeriods),
    notDates: all('EXDATE').flatMap(({ values, params }) => values.map((value) => readWhen(value, params))),
    isCancelled: method === 'CANCEL' || word('STATUS') === 'CANCELLED',
    kind: kindOf(word, properties, me),
    title: titleOf(first('SUMMARY')?.values[0]),
    isPrivate: ['PRIVATE', 'CONFIDENTIAL'].includes(word('CLASS')),
  };
}

/** What of a list of times is a time, or a period. Throws on what is neither. */
export function readPeriods({ values, params }: Property): readonly Period[] {
  return values.map((value) => {
    if (!Array.isArray(value)) return { start: readWhen(value, params) };
    const [from, to] = value.map(String);
    const start = readWhen(from, params);
    return /^[+-]?P/i.test(to ?? '')
      ? { start, length: readLength(to) }
      : { start, end: readWhen(to, params) };
  });
}

/** Exchange says whole days by midnights and a mark. */
function spanOf(start: When, end: When | undefined, isMarked: boolean): Pick<CalendarEvent, 'start' | 'end'> {
  const isMidnight = (when: When | undefined) => when !== undefined && when.local % dayMs === 0;
  const isWhole = isMarked && isMidnight(start) && isMidnight(end);
  const day = ({ local }: When): When => ({ local: local - (local % dayMs), isDate: true, isUtc: false });
  if (isWhole || start.isDate) return { start: day(start), ...(end && { end: day(end) }) };
  return { start, ...(end && { end }) };
}

/** The lines of an event that count. One of a time that cannot be read makes the event unreadable, others are left out. */
function propertiesOf(lines: readonly string[], me: ReadonlySet<string>): readonly Property[] {
  return lines.flatMap((line) => {
    const isPerson = /^(?:attendee|organizer)/i.test(line);
    if (isPerson && !isAbout(line.toLowerCase(), me)) return [];
    try {
      return [readProperty(line)];
    } catch (error) {
      if (/^(?:dt|r|ex|duration)/i.test(line)) throw error;
      return [];
    }
  });
}

function isAbout(line: string, me: ReadonlySet<string>): boolean {
  for (const address of me) if (line.includes(address)) return true;
  return false;
}

/** What of the person's time an event takes. */
function kindOf(
  word: (name: string) => string,
  properties: readonly Property[],
  me: ReadonlySet<string>,
): CalendarEvent['kind'] {
  const answer = answerOf(properties, me);
  const shown = word('X-MICROSOFT-CDO-BUSYSTATUS') || word('X-MICROSOFT-CDO-INTENDEDSTATUS');
  if (answer === 'DECLINED' || answer === 'DELEGATED') return undefined;
  if (word('TRANSP') === 'TRANSPARENT' || shown === 'FREE' || shown === 'WORKINGELSEWHERE') return undefined;
  if (shown === 'OOF') return 'away';
  const isTentative = shown === '' ? word('STATUS') === 'TENTATIVE' : shown === 'TENTATIVE';
  return isTentative || answer === 'TENTATIVE' || answer === 'NEEDS-ACTION' ? 'tentative' : 'busy';
}

/** In the order in which they count, where the person was invited by several addresses. */
const answers = ['ACCEPTED', 'TENTATIVE', 'NEEDS-ACTION', 'DELEGATED', 'DECLINED'];

/** What the person has answered to an invitation; undefined where they were not invited, or have invited themselves. */
function answerOf(properties: readonly Property[], me: ReadonlySet<string>): string | undefined {
  const isMine = ({ values, params }: Property) =>
    [values[0], params.email].some((one) =>
      me.has(
        String(one)
          .trim()
          .toLowerCase()
          .replace(/^mailto:/, ''),
      ),
    );
  const given = properties
    .filter((one) => one.name === 'ATTENDEE' && isMine(one))
    .map(({ params }) => String(params.partstat ?? 'NEEDS-ACTION').toUpperCase());
  const answer = answers.find((one) => given.includes(one));
  const isHost = properties.some((one) => one.name === 'ORGANIZER' && isMine(one));
  return isHost && answer === 'NEEDS-ACTION' ? undefined : answer;
}

/** As one line without control characters, of at most 200 characters. */
export function titleOf(value: unknown): string {
  const text = String(value ?? '').slice(0, 2 * longestTitle);
  const plain = text.replace(/[\p{Cc}\s\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
  return Array.from(plain).slice(0, longestTitle).join('');
}
