import { type CalendarCase, calendar, europe, event, one } from './case.ts';

const at10 = ['03-24T09:00/03-24T10:00 busy Meeting'];
const meeting = (zone: string) =>
  `SUMMARY:Meeting\nDTSTART;TZID=${zone}:20260324T100000\nDTEND;TZID=${zone}:20260324T110000`;

/** Zones as programs name and define them. */
export const zones: readonly CalendarCase[] = [
  {
    name: 'a zone of the IANA without a definition (Google)',
    text: one(meeting('Europe/Berlin')),
    busy: at10,
  },
  {
    name: 'a definition that comes after what needs it, of the name that Exchange has',
    text: calendar(event(meeting('W. Europe Standard Time')), europe('W. Europe Standard Time')),
    busy: at10,
  },
  {
    name: 'the name that Windows has, without a definition (Outlook.com, Exchange)',
    text: one(meeting('W. Europe Standard Time')),
    busy: at10,
  },
  {
    name: 'the same with a number, and in its summer form',
    text: calendar(event(meeting('W. Europe Standard Time 1')), event(meeting('W. Europe Daylight Time'))),
    busy: at10,
    strangerDiffers: 'it does not know these names',
  },
  {
    name: 'Eastern Standard Time, in summer already',
    text: one(meeting('Eastern Standard Time')),
    busy: ['03-24T14:00/03-24T15:00 busy Meeting'],
  },
  {
    name: 'Central Standard Time (Mexico), which has no summer',
    text: one(meeting('Central Standard Time (Mexico)')),
    busy: ['03-24T16:00/03-24T17:00 busy Meeting'],
  },
  {
    name: 'a name that Outlook shows to people, with the definition',
    text: calendar(
      europe('(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna'),
      event(meeting('"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"')),
    ),
    busy: at10,
  },
  {
    name: 'the same without quotes or definition, escaped as freepbx got it',
    text: one(meeting('(UTC+01:00) Amsterdam\\, Berlin\\, Bern\\, Rome\\, Stockholm\\, Vienna')),
    busy: at10,
    strangerDiffers: 'it reads no line with a colon outside of quotes',
  },
  {
    name: 'a name with slashes that is none of the IANA (ownCloud got it from Exchange)',
    text: calendar(
      europe('(GMT+01.00) Sarajevo/Warsaw/Zagreb'),
      event(meeting('(GMT+01.00) Sarajevo/Warsaw/Zagreb')),
    ),
    busy: at10,
  },
  {
    name: 'Zimbra: an offset for a name, and zero with a sign',
    text: calendar(
      europe('GMT/+01.00').replaceAll('+0100', '-0000').replaceAll('+0200', '+0100'),
      event(meeting('"GMT/+01.00"')),
    ),
    busy: ['03-24T10:00/03-24T11:00 busy Meeting'],
  },
  {
    name: 'a name that is an offset, and nothing else: a guess, which is told',
    text: one(meeting('GMT-0500')),
    busy: ['03-24T15:00/03-24T16:00 busy Meeting'],
    unknownZones: ['GMT-0500'],
    strangerDiffers: 'it does not know the name',
  },
  {
    name: 'UTC as Exchange has it',
    text: one(meeting('"tzone://Microsoft/Utc"')),
    busy: ['03-24T10:00/03-24T11:00 busy Meeting'],
    strangerDiffers: 'it does not know the name (issue 126)',
  },
  {
    name: 'a custom zone with a definition of its own, which has no summer',
    text: calendar(
      `BEGIN:VTIMEZONE
      TZID:Customized Time Zone
      BEGIN:STANDARD
      DTSTART:16010101T000000
      TZOFFSETFROM:+0800
      TZOFFSETTO:+0800
      END:STANDARD
      END:VTIMEZONE`,
      event(meeting('Customized Time Zone')),
    ),
    busy: ['03-24T02:00/03-24T03:00 busy Meeting'],
  },
  {
    name: 'a name that nobody knows: the time of this computer, which is told',
    text: one(meeting('Nowhere Standard Time')),
    busy: at10,
    losAngeles: ['03-24T17:00/03-24T18:00 busy Meeting'],
    unknownZones: ['Nowhere Standard Time'],
    strangerDiffers: 'it takes UTC',
  },
  {
    name: 'the names of old programs: Mozilla, Evolution, Citadel',
    text: calendar(
      event(meeting('/mozilla.org/20050126_1/Europe/Berlin')),
      event(meeting('/freeassociation.sourceforge.net/Tzfile/Europe/Berlin')),
      event(meeting('/freeassociation.sourceforge.net/America/Argentina/Buenos_Aires')),
    ),
    busy: [...at10, '03-24T13:00/03-24T14:00 busy Meeting'],
    strangerDiffers: 'it does not know these names',
  },
  {
    name: 'a definition that says where it is from',
    text: calendar(
      'BEGIN:VTIMEZONE\nTZID:my zone\nX-LIC-LOCATION:Europe/Berlin\nEND:VTIMEZONE',
      event(meeting('my zone')),
    ),
    busy: at10,
    strangerDiffers: 'it reads no definition without rules',
  },
  {
    name: 'a definition with a rule that ended, and the one that came after it',
    text: calendar(
      `BEGIN:VTIMEZONE
      TZID:East
      BEGIN:DAYLIGHT
      DTSTART:20000402T020000
      TZOFFSETFROM:-0500
      TZOFFSETTO:-0400
      RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20060402T070000Z
      END:DAYLIGHT
      BEGIN:DAYLIGHT
      DTSTART:20070311T020000
      TZOFFSETFROM:-0500
      TZOFFSETTO:-0400
      RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
      END:DAYLIGHT
      BEGIN:STANDARD
      DTSTART:20001029T020000
      TZOFFSETFROM:-0400
      TZOFFSETTO:-0500
      RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20061029T060000Z
      END:STANDARD
      BEGIN:STANDARD
      DTSTART:20071104T020000
      TZOFFSETFROM:-0400
      TZOFFSETTO:-0500
      RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
      END:STANDARD
      END:VTIMEZONE`,
      event(meeting('East')),
    ),
    busy: ['03-24T14:00/03-24T15:00 busy Meeting'],
    strangerDiffers: 'it wants the end of such a rule in local time',
  },
  {
    name: 'a definition by dates alone',
    text: calendar(
      `BEGIN:VTIMEZONE
      TZID:Dates
      BEGIN:DAYLIGHT
      DTSTART:20260322T020000
      TZOFFSETFROM:+0200
      TZOFFSETTO:+0300
      RDATE:20270328T020000
      END:DAYLIGHT
      BEGIN:STANDARD
      DTSTART:20251026T030000
      TZOFFSETFROM:+0300
      TZOFFSETTO:+0200
      RDATE:20261025T030000
      END:STANDARD
      END:VTIMEZONE`,
      event(meeting('Dates')),
    ),
    busy: ['03-24T07:00/03-24T08:00 busy Meeting'],
  },
  {
    name: 'an old definition beside the name of the IANA: the name counts',
    text: calendar(
      'BEGIN:VTIMEZONE\nTZID:Europe/Berlin\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0500\nTZOFFSETTO:+0500\nEND:STANDARD\nEND:VTIMEZONE',
      event(meeting('Europe/Berlin')),
    ),
    busy: at10,
  },
  {
    name: 'begins in one zone and ends in another: a flight',
    text: one(
      'SUMMARY:Flight\nDTSTART;TZID=Europe/Berlin:20260324T100000\nDTEND;TZID=America/Los_Angeles:20260324T133000',
    ),
    busy: ['03-24T09:00/03-24T20:30 busy Flight'],
  },
  {
    name: 'floating: the same hour wherever one is',
    text: one('SUMMARY:Lunch\nDTSTART:20260324T120000\nDTEND:20260324T130000'),
    busy: ['03-24T11:00/03-24T12:00 busy Lunch'],
    losAngeles: ['03-24T19:00/03-24T20:00 busy Lunch'],
  },
  {
    name: 'whole days, of which the Sunday has 23 hours in Berlin',
    text: one('SUMMARY:Trip\nDTSTART;VALUE=DATE:20260328\nDTEND;VALUE=DATE:20260330'),
    busy: ['03-27T23:00/03-29T22:00 busy all-day Trip'],
    losAngeles: ['03-28T07:00/03-30T07:00 busy all-day Trip'],
  },
  {
    name: 'half an hour from the others, and with an offset of 45 minutes',
    text: calendar(event(meeting('Asia/Kolkata')), event(meeting('Asia/Kathmandu'))),
    busy: ['03-24T04:15/03-24T05:15 busy Meeting', '03-24T04:30/03-24T05:30 busy Meeting'],
  },
  {
    name: 'past the date line',
    text: calendar(event(meeting('Pacific/Kiritimati')), event(meeting('Pacific/Pago_Pago'))),
    busy: ['03-23T20:00/03-23T21:00 busy Meeting', '03-24T21:00/03-24T22:00 busy Meeting'],
  },
];
