import { type CalendarCase, calendar, event, one } from './case.ts';

const plain = calendar(
  event('UID:p\nSUMMARY:Grüße an alle\nDTSTART:20260324T100000Z\nDTEND:20260324T110000Z'),
);
const found = ['03-24T10:00/03-24T11:00 busy Grüße an alle'];
const bytes = (text: string) => new TextEncoder().encode(text);
const good = 'SUMMARY:Good\nDTSTART:20260324T100000Z\nDURATION:PT1H';
const goodFound = ['03-24T10:00/03-24T11:00 busy Good'];

/** Folds bytes, as many programs do, wherever that is in a character. */
function folded(text: string, width: number, end = '\r\n'): Uint8Array {
  const out: number[] = [];
  for (const line of text.split('\r\n')) {
    bytes(line).forEach((byte, index) => {
      if (index > 0 && index % width === 0) out.push(...bytes(`${end} `));
      out.push(byte);
    });
    out.push(...bytes(end));
  }
  return Uint8Array.from(out);
}

function utf16(text: string, isLittle: boolean, mark = true): Uint8Array {
  const view = new DataView(new ArrayBuffer((text.length + 1) * 2));
  view.setUint16(0, 0xfeff, isLittle);
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2 + 2, text.charCodeAt(at), isLittle);
  return new Uint8Array(view.buffer).subarray(mark ? 0 : 2);
}

/** What is written wrongly, and can be read all the same. */
export const broken: readonly CalendarCase[] = [
  { name: 'lines that end with LF alone', text: plain.replaceAll('\r\n', '\n'), busy: found },
  {
    name: 'lines that end with CR alone',
    text: plain.replaceAll('\r\n', '\r'),
    busy: found,
    strangerDiffers: 'it sees one line',
  },
  {
    name: 'lines that end with CR twice',
    text: plain.replaceAll('\r\n', '\r\r\n'),
    busy: found,
    strangerDiffers: 'it keeps one of them',
  },
  {
    name: 'folded in the middle of characters',
    text: folded(plain, 7),
    busy: found,
    strangerDiffers: 'it wants text',
  },
  {
    name: 'folded at each byte, with LF alone',
    text: folded(plain, 8, '\n'),
    busy: found,
    strangerDiffers: 'it wants text',
  },
  {
    name: 'folded with a tab',
    text: plain.replace('an alle', 'an\r\n\t alle'),
    busy: found,
  },
  {
    name: 'folded without a space (a school, super-productivity 6443)',
    text: plain.replace('Grüße an alle', 'Grüße an\r\n alle').replace('\r\n alle', ' \r\nalle'),
    busy: found,
    strangerDiffers: 'it reads no such line',
  },
  {
    name: 'a byte order mark',
    text: bytes(`\uFEFF${plain}`),
    busy: found,
    strangerDiffers: 'it wants no mark',
  },
  {
    name: 'UTF-16 with a mark, little end first',
    text: utf16(plain, true),
    busy: found,
    strangerDiffers: 'it wants UTF-8',
  },
  {
    name: 'UTF-16 with a mark, big end first',
    text: utf16(plain, false),
    busy: found,
    strangerDiffers: 'it wants UTF-8',
  },
  {
    name: 'UTF-16 without a mark',
    text: utf16(plain, true, false),
    busy: found,
    strangerDiffers: 'it wants UTF-8',
  },
  {
    name: 'cut off in the middle of the second event',
    text: calendar(event(good), event('SUMMARY:Cut\nDTSTART:20260325T100000Z\nDURATION:PT1H'))
      .split('\r\nEND:VEVENT')
      .slice(0, 2)
      .join('\r\nEND:VEVENT'),
    busy: [...goodFound, '03-25T10:00/03-25T11:00 busy Cut'],
    strangerDiffers: 'it reads nothing without the end',
  },
  {
    name: 'no END between events (GAS-ICS-Sync 390)',
    text: calendar(
      event(good).replace('END:VEVENT', ''),
      event('SUMMARY:Next\nDTSTART:20260325T100000Z\nDURATION:PT1H'),
    ),
    busy: [...goodFound, '03-25T10:00/03-25T11:00 busy Next'],
    strangerDiffers: 'it takes the second for a part of the first',
  },
  {
    name: 'an alarm without its end',
    text: calendar(
      event(`${good}\nBEGIN:VALARM\nTRIGGER:-PT5M`),
      event('SUMMARY:Next\nDTSTART:20260325T100000Z\nDURATION:PT1H'),
    ),
    busy: [...goodFound, '03-25T10:00/03-25T11:00 busy Next'],
    strangerDiffers: 'it wants ends',
  },
  {
    name: 'events without a calendar around them',
    text: event(good),
    busy: goodFound,
  },
  {
    name: 'METHOD before each event (Formula 1)',
    text: calendar(
      'METHOD:PUBLISH',
      event(good),
      'METHOD:PUBLISH',
      event('SUMMARY:Next\nDTSTART:20260325T100000Z\nDURATION:PT1H'),
    ),
    busy: [...goodFound, '03-25T10:00/03-25T11:00 busy Next'],
  },
  {
    name: 'lower case and mixed case',
    text: calendar(
      'begin:vevent\nUid:l\nSummary:Good\ndtstart:20260324T100000Z\nDuration:pt1h\nTransp:opaque\nend:vevent',
    ),
    busy: goodFound,
    strangerDiffers: 'it wants PT in upper case',
  },
  {
    name: 'a quote inside of a quoted comment (Proton, ical.js 1015)',
    text: one(`${good}\nATTENDEE;X-RESPONSE-COMMENT="I said "no"";PARTSTAT=ACCEPTED:mailto:ana@example.com`),
    busy: goodFound,
  },
  {
    name: 'events without a beginning, with none that is one, or with a rule that is none: the others count',
    text: calendar(
      event('SUMMARY:No start\nDTEND:20260324T100000Z'),
      event('SUMMARY:Bad start\nDTSTART:tomorrow\nDURATION:PT1H'),
      event('SUMMARY:Day 32\nDTSTART:20260332T100000Z\nDURATION:PT1H'),
      event('SUMMARY:Bad rule\nDTSTART:20260324T100000Z\nDURATION:PT1H\nRRULE:FREQ=FORTNIGHTLY'),
      event('SUMMARY:Bad length\nDTSTART:20260324T100000Z\nDURATION:an hour'),
      event(good),
    ),
    busy: goodFound,
    skipped: 5,
    strangerDiffers: 'it reads none of the others',
  },
  {
    name: 'a rule that never happens, and one of the impossible kind',
    text: calendar(
      event(
        'SUMMARY:Never\nDTSTART:20260101T100000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
      ),
      event('SUMMARY:Never\nDTSTART:20260101T100000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;INTERVAL=1000000000'),
      event(
        'SUMMARY:Never\nDTSTART:20260101T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31;COUNT=5',
      ),
      event(
        'SUMMARY:Never\nDTSTART:20260101T100000Z\nDURATION:PT1H\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30;BYHOUR=3',
      ),
      event(good),
    ),
    busy: goodFound,
    strangerDiffers: 'it never ends',
  },
  {
    name: 'every second without end: the first hours of it, and that it was cut',
    text: calendar(
      event('SUMMARY:Tick\nDTSTART:20260101T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY'),
      event(good),
    ),
    busy: ['03-23T00:00/03-23T13:53:19 busy Tick', ...goodFound],
    isCut: true,
    strangerDiffers: 'it never ends',
  },
  {
    name: 'a calendar with nothing in it, and one with an odd name',
    text: 'BEGIN:VCALENDAR\r\nX-WR-CALNAME:\tMy\u202Eladnelac  \r\nEND:VCALENDAR',
    calendarName: 'My ladnelac',
    busy: [],
  },
  {
    name: 'times with an hour 24, in the year 0, without seconds',
    text: calendar(
      event('SUMMARY:A\nDTSTART:20260324T240000Z\nDURATION:PT1H'),
      event('SUMMARY:B\nDTSTART:00000324T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY'),
      event(good),
    ),
    busy: goodFound,
    skipped: 2,
    strangerDiffers: 'it reads no such times',
  },
];
