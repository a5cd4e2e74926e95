import { type CalendarCase, calendar, europe, event, one } from './case.ts';

const at10 = 'DTSTART:20260324T100000Z\nDTEND:20260324T110000Z';
const time = '03-24T10:00/03-24T11:00';
const titled = (title: string, ...lines: readonly string[]) =>
  event(`SUMMARY:${title}\n${at10}\n${lines.join('\n')}`);
const invited = (title: string, answer: string) =>
  titled(
    title,
    'ORGANIZER:mailto:bo@example.com',
    `ATTENDEE;CN=Ana;PARTSTAT=${answer}:MAILTO:Ana@Example.com`,
  );

/** What of an event counts: whether it takes time, of what kind, who may see it. */
export const statuses: readonly CalendarCase[] = [
  {
    name: 'transparent takes no time, opaque does',
    text: calendar(titled('A', 'TRANSP:TRANSPARENT'), titled('B', 'TRANSP:OPAQUE')),
    busy: [`${time} busy B`],
  },
  {
    name: 'cancelled, tentative, confirmed in any case (Apple)',
    text: calendar(
      titled('A', 'STATUS:CANCELLED'),
      titled('B', 'STATUS:TENTATIVE'),
      titled('C', 'STATUS:Confirmed'),
    ),
    busy: [`${time} busy C`, `${time} tentative B`],
  },
  {
    name: 'the five ways in which Exchange shows an event',
    text: calendar(
      titled('A', 'X-MICROSOFT-CDO-BUSYSTATUS:FREE'),
      titled('B', 'X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE'),
      titled('C', 'X-MICROSOFT-CDO-BUSYSTATUS:BUSY', 'STATUS:TENTATIVE'),
      titled('D', 'X-MICROSOFT-CDO-BUSYSTATUS:OOF'),
      titled('E', 'X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE'),
    ),
    busy: [`${time} away D`, `${time} busy C`, `${time} tentative B`],
  },
  {
    name: 'an invitation as Exchange intends it, where nothing is shown yet',
    text: calendar(
      titled('A', 'X-MICROSOFT-CDO-INTENDEDSTATUS:OOF'),
      titled('B', 'X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY', 'X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE'),
    ),
    busy: [`${time} away A`, `${time} tentative B`],
  },
  {
    name: 'free in Outlook and then made transparent elsewhere, with the old mark beside it',
    text: one(`SUMMARY:A\n${at10}\nTRANSP:TRANSPARENT\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY`),
    busy: [],
  },
  {
    name: 'what I have answered',
    text: calendar(
      invited('Accepted', 'ACCEPTED'),
      invited('Declined', 'DECLINED'),
      invited('Delegated', 'DELEGATED'),
      invited('Maybe', 'TENTATIVE'),
      invited('Nothing yet', 'NEEDS-ACTION'),
      titled(
        'Of another',
        'ORGANIZER:mailto:bo@example.com',
        'ATTENDEE;PARTSTAT=DECLINED:mailto:cy@example.com',
      ),
    ),
    busy: [
      `${time} busy Accepted`,
      `${time} busy Of another`,
      `${time} tentative Maybe`,
      `${time} tentative Nothing yet`,
    ],
  },
  {
    name: 'my own, to which I have not answered',
    text: calendar(titled('Mine', 'ORGANIZER:mailto:ana@example.com', 'ATTENDEE:mailto:ana@example.com')),
    busy: [`${time} busy Mine`],
  },
  {
    name: 'an address of Apple, with mine beside it',
    text: calendar(titled('A', 'ATTENDEE;EMAIL="ana@example.com";PARTSTAT=DECLINED:/aMTQ1/principal/')),
    busy: [],
  },
  {
    name: 'one of a series declined',
    text: calendar(
      event(
        'UID:w\nSUMMARY:Sync\nDTSTART:20260323T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@example.com',
      ),
      event(
        'UID:w\nSUMMARY:Sync\nRECURRENCE-ID:20260324T100000Z\nDTSTART:20260324T100000Z\nDURATION:PT1H\nATTENDEE;PARTSTAT=DECLINED:mailto:ana@example.com',
      ),
    ),
    busy: ['03-23T10:00/03-23T11:00 busy Sync', '03-25T10:00/03-25T11:00 busy Sync'],
  },
  {
    name: 'private and confidential',
    text: calendar(
      titled('A', 'CLASS:PRIVATE'),
      titled('B', 'CLASS:CONFIDENTIAL'),
      titled('C', 'CLASS:PUBLIC'),
    ),
    busy: [`${time} busy C`, `${time} busy private A`, `${time} busy private B`],
  },
  {
    name: 'free/busy, as a calendar without details is published',
    text: calendar(
      `BEGIN:VFREEBUSY
      UID:fb
      DTSTART:20260301T000000Z
      DTEND:20260401T000000Z
      FREEBUSY:20260324T090000Z/20260324T100000Z,20260325T090000Z/PT30M
      FREEBUSY;FBTYPE=BUSY-TENTATIVE:20260326T090000Z/PT1H
      FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20260327T000000Z/P1D
      FREEBUSY;FBTYPE=FREE:20260324T120000Z/PT1H
      END:VFREEBUSY`,
    ),
    busy: [
      '03-24T09:00/03-24T10:00 busy ',
      '03-25T09:00/03-25T09:30 busy ',
      '03-26T09:00/03-26T10:00 tentative ',
      '03-27T00:00/03-28T00:00 away ',
    ],
    strangerDiffers: 'it knows no VFREEBUSY',
  },
  {
    name: 'called off: METHOD:CANCEL for all, and for one of a series',
    text: calendar('METHOD:CANCEL', event('UID:x\nSUMMARY:A\nDTSTART:20260324T100000Z\nDURATION:PT1H')),
    busy: [],
    strangerDiffers: 'it looks at no METHOD',
  },
  {
    name: 'called off in a second calendar of the same file',
    text:
      calendar(
        event('UID:y\nSUMMARY:A\nDTSTART:20260324T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2'),
        titled('B'),
      ) +
      calendar(
        'METHOD:CANCEL',
        event('UID:y\nSEQUENCE:1\nRECURRENCE-ID:20260325T100000Z\nDTSTART:20260325T100000Z\nDURATION:PT1H'),
      ),
    busy: [`${time} busy A`, `${time} busy B`],
    strangerDiffers: 'it looks at no METHOD',
  },
  {
    name: 'two versions of an event: the higher sequence counts',
    text: calendar(
      event('UID:z\nSEQUENCE:2\nSUMMARY:New\nDTSTART:20260325T100000Z\nDURATION:PT1H'),
      event('UID:z\nSEQUENCE:1\nSUMMARY:Old\nDTSTART:20260324T100000Z\nDURATION:PT1H'),
    ),
    busy: ['03-25T10:00/03-25T11:00 busy New'],
    strangerDiffers: 'it takes both',
  },
  {
    name: 'one UID for everything (timetables of schools): all of it counts',
    text: calendar(
      event('UID:same\nSUMMARY:Math\nDTSTART:20260324T100000Z\nDURATION:PT1H'),
      event('UID:same\nSUMMARY:Art\nDTSTART:20260325T100000Z\nDURATION:PT1H'),
    ),
    busy: ['03-24T10:00/03-24T11:00 busy Math', '03-25T10:00/03-25T11:00 busy Art'],
  },
  {
    name: 'whole days as Exchange marks them',
    text: calendar(
      europe('W. Europe Standard Time'),
      event(`SUMMARY:Leave
        DTSTART;TZID=W. Europe Standard Time:20260324T000000
        DTEND;TZID=W. Europe Standard Time:20260326T000000
        X-MICROSOFT-CDO-ALLDAYEVENT:TRUE
        X-MICROSOFT-CDO-BUSYSTATUS:OOF`),
    ),
    busy: ['03-23T23:00/03-25T23:00 away all-day Leave'],
    losAngeles: ['03-24T07:00/03-26T07:00 away all-day Leave'],
    strangerDiffers: 'it does not know the mark',
  },
  {
    name: 'a whole day without an end, with the same end, and without saying that it is one',
    text: calendar(
      event('SUMMARY:A\nDTSTART;VALUE=DATE:20260324'),
      event('SUMMARY:B\nDTSTART;VALUE=DATE:20260324\nDTEND;VALUE=DATE:20260324'),
      event('SUMMARY:C\nDTSTART:20260324\nDTEND:20260325'),
    ),
    busy: ['A', 'B', 'C'].map((title) => `03-23T23:00/03-24T23:00 busy all-day ${title}`),
    losAngeles: ['A', 'B', 'C'].map((title) => `03-24T07:00/03-25T07:00 busy all-day ${title}`),
    strangerDiffers: 'it gives no time to a day that ends where it begins',
  },
  {
    name: 'a whole day by its length',
    text: one('SUMMARY:A\nDTSTART;VALUE=DATE:20260324\nDURATION:P2D'),
    busy: ['03-23T23:00/03-25T23:00 busy all-day A'],
    losAngeles: ['03-24T07:00/03-26T07:00 busy all-day A'],
  },
  {
    name: 'an instant takes no time (Google)',
    text: calendar(
      event('SUMMARY:A\nDTSTART:20260324T100000Z'),
      event('SUMMARY:B\nDTSTART:20260324T100000Z\nDTEND:20260324T100000Z'),
    ),
    busy: [],
  },
  {
    name: 'an end before its beginning takes no time',
    text: one('SUMMARY:A\nDTSTART:20260324T100000Z\nDTEND:20260324T090000Z'),
    busy: [],
    strangerDiffers: 'it refuses such an event',
  },
  {
    name: 'both an end and a length of nothing (Thunderbird)',
    text: one(`SUMMARY:A\n${at10}\nDURATION:PT0S`),
    busy: [`${time} busy A`],
  },
  {
    name: 'tasks and journals take no time, nor do alarms, whatever they say',
    text: calendar(
      'BEGIN:VTODO\nUID:t\nSUMMARY:Task\nDTSTART:20260324T100000Z\nDUE:20260324T110000Z\nEND:VTODO',
      'BEGIN:VJOURNAL\nUID:j\nSUMMARY:Day\nDTSTART:20260324T100000Z\nEND:VJOURNAL',
      titled(
        'A',
        'BEGIN:VALARM',
        'ACTION:EMAIL',
        'TRIGGER:-PT15M',
        'DURATION:PT9H',
        'SUMMARY:Bell',
        'ATTENDEE;PARTSTAT=DECLINED:mailto:ana@example.com',
        'END:VALARM',
      ),
    ),
    busy: [`${time} busy A`],
  },
  {
    name: 'names and titles: escaped, in other languages, very long, or none at all',
    text: calendar(
      'X-WR-CALNAME:Ana\\, at work',
      event(`SUMMARY;LANGUAGE=de:Über\\, und\\; \\\\ aus\\nZweite Zeile\n${at10}`),
      event(`SUMMARY:${'🗓'.repeat(300)}\n${at10}`),
      event(at10),
    ),
    calendarName: 'Ana, at work',
    busy: [`${time} busy `, `${time} busy Über, und; \\ aus Zweite Zeile`, `${time} busy ${'🗓'.repeat(200)}`],
    strangerDiffers: 'titles are whole',
  },
];
