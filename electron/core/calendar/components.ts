import { readLines } from './lines.ts';

/** A part of a calendar with the lines of it that are needed. */
interface Component {
  readonly kind: 'VEVENT' | 'VFREEBUSY' | 'VTIMEZONE';
  /** What the calendar around it is for, in upper case: PUBLISH, REQUEST, CANCEL, ... */
  readonly method: string;
  readonly lines: readonly string[];
  /** STANDARD and DAYLIGHT. */
  readonly rules: readonly (readonly string[])[];
}

interface OpenComponent extends Component {
  readonly lines: string[];
  readonly rules: string[][];
}

const eventNames = [
  'UID DTSTART DTEND DURATION RRULE RDATE EXDATE EXRULE RECURRENCE-ID SEQUENCE SUMMARY STATUS TRANSP CLASS ATTENDEE ORGANIZER',
  'X-MICROSOFT-CDO-BUSYSTATUS X-MICROSOFT-CDO-INTENDEDSTATUS X-MICROSOFT-CDO-ALLDAYEVENT FREEBUSY',
  'TZID X-LIC-LOCATION TZOFFSETFROM TZOFFSETTO',
].flatMap((names) => names.split(' '));
const calendarNames = ['METHOD', 'X-WR-CALNAME', 'NAME'];
const wanted = new Set(['BEGIN', 'END', ...eventNames, ...calendarNames]);
const kinds: ReadonlySet<string> = new Set(['VEVENT', 'VFREEBUSY', 'VTIMEZONE']);
const others: ReadonlySet<string> = new Set(['VTODO', 'VJOURNAL', 'VAVAILABILITY', 'VCARD']);
/** What has more lines than this is read as far. */
const mostLines = 5_000;

interface Listener {
  /** A line of the calendar itself. */
  calendar(line: string): void;
  component(component: Component): void;
}

/** Reads how a calendar is built, also where ends are missing or somebody has left out a part. Answers whether it is a calendar. */
export function readComponents(bytes: Uint8Array, { calendar, component }: Listener): boolean {
  let isCalendar = false;
  let method = '';
  let open: OpenComponent | undefined;
  /** What is inside of an open one and doesn't count, such as an alarm; or a part that nobody needs. */
  let ignored = '';
  let rule: string[] | undefined;

  function close(): void {
    if (open) component(open);
    open = undefined;
    rule = undefined;
    ignored = '';
  }

  function begin(name: string): void {
    if (name === 'VCALENDAR' || kinds.has(name) || others.has(name)) close();
    if (name === 'VCALENDAR' || name === 'VEVENT') isCalendar = true;
    if (name === 'VCALENDAR') {
      method = '';
    } else if (kinds.has(name)) open = { kind: name as Component['kind'], method, lines: [], rules: [] };
    else if (open?.kind === 'VTIMEZONE' && (name === 'STANDARD' || name === 'DAYLIGHT')) {
      rule = [];
      open.rules.push(rule);
    } else if (ignored === '') ignored = name;
  }

  function end(name: string): void {
    if (name === ignored) ignored = '';
    else if (name === 'VCALENDAR' || name === open?.kind) close();
    else if (name === 'STANDARD' || name === 'DAYLIGHT') rule = undefined;
  }

  function take(line: string): void {
    const [, mark, name = ''] = /^(begin|end):\s*([\w-]{1,40})/i.exec(line) ?? [];
    if (mark?.toUpperCase() === 'BEGIN') begin(name.toUpperCase());
    else if (mark) end(name.toUpperCase());
    else if (ignored !== '') return;
    else if (open) {
      const lines = rule ?? open.lines;
      if (lines.length < mostLines) lines.push(line);
    } else if (isCalendar) {
      if (/^method:/i.test(line)) method = line.slice('method:'.length).trim().toUpperCase();
      calendar(line);
    }
  }

  readLines(bytes, (name) => wanted.has(name), take);
  close();
  return isCalendar;
}
