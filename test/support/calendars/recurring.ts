import { type CalendarCase, calendar, event, one } from './case.ts';

/** How things repeat (RFC 5545, 3.3.10 and 3.8.5), and what is taken out of a series or moved in it. */
export const recurring: readonly CalendarCase[] = [
  {
    name: 'daily, in UTC, since before the week',
    text: one('SUMMARY:Stand-up\nDTSTART:20260302T090000Z\nDTEND:20260302T091500Z\nRRULE:FREQ=DAILY'),
    busy: [23, 24, 25, 26, 27, 28, 29].map((day) => `03-${day}T09:00/03-${day}T09:15 busy Stand-up`),
  },
  {
    name: 'on working days, in a zone that puts its clock forward on the Sunday after',
    text: one(`SUMMARY:Stand-up
      DTSTART;TZID=Europe/Berlin:20260105T093000
      DTEND;TZID=Europe/Berlin:20260105T094500
      RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR`),
    busy: [23, 24, 25, 26, 27].map((day) => `03-${day}T08:30/03-${day}T08:45 busy Stand-up`),
  },
  {
    name: 'the week after, the same is an hour earlier in UTC',
    from: '2026-03-30',
    text: one(`SUMMARY:Stand-up
      DTSTART;TZID=Europe/Berlin:20260105T093000
      DTEND;TZID=Europe/Berlin:20260105T094500
      RRULE:FREQ=WEEKLY;BYDAY=MO,WE`),
    busy: ['03-30T07:30/03-30T07:45 busy Stand-up', '04-01T07:30/04-01T07:45 busy Stand-up'],
  },
  {
    name: 'in a time that is left out when the clock is put forward (RFC 5545, 3.3.5)',
    text: one('SUMMARY:Backup\nDTSTART;TZID=Europe/Berlin:20260327T023000\nDURATION:PT20M\nRRULE:FREQ=DAILY'),
    busy: [
      '03-27T01:30/03-27T01:50 busy Backup',
      '03-28T01:30/03-28T01:50 busy Backup',
      '03-29T01:30/03-29T01:50 busy Backup',
    ],
  },
  {
    name: 'in a time that comes twice when the clock is put back',
    from: '2026-10-19',
    text: one(
      'SUMMARY:Backup\nDTSTART;TZID=Europe/Berlin:20261024T023000\nDURATION:PT20M\nRRULE:FREQ=DAILY;COUNT=2',
    ),
    busy: ['10-24T00:30/10-24T00:50 busy Backup', '10-25T00:30/10-25T00:50 busy Backup'],
    strangerDiffers: 'it takes the second of them',
  },
  {
    name: 'through the night of the change: DTEND says how long by the clock',
    text: one(`SUMMARY:Night shift
      DTSTART;TZID=Europe/Berlin:20260326T220000
      DTEND;TZID=Europe/Berlin:20260327T060000
      RRULE:FREQ=DAILY;COUNT=3`),
    busy: [
      '03-26T21:00/03-27T05:00 busy Night shift',
      '03-27T21:00/03-28T05:00 busy Night shift',
      '03-28T21:00/03-29T05:00 busy Night shift',
    ],
  },
  {
    name: 'through the change, DURATION in days: the day is 23 hours long',
    text: one('SUMMARY:On call\nDTSTART;TZID=Europe/Berlin:20260328T120000\nDURATION:P1D'),
    busy: ['03-28T11:00/03-29T10:00 busy On call'],
    strangerDiffers: 'it takes a day for 24 hours',
  },
  {
    name: 'through the change, DURATION in hours: 24 of them',
    text: one('SUMMARY:On call\nDTSTART;TZID=Europe/Berlin:20260328T120000\nDURATION:PT24H'),
    busy: ['03-28T11:00/03-29T11:00 busy On call'],
  },
  {
    name: 'every other week, which begins on Monday (RFC 5545, 3.8.5.3)',
    text: one(
      'SUMMARY:Review\nDTSTART:20260310T100000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO',
    ),
    busy: ['03-24T10:00/03-24T11:00 busy Review', '03-29T10:00/03-29T11:00 busy Review'],
  },
  {
    name: 'every other week, which begins on Sunday',
    text: one(
      'SUMMARY:Review\nDTSTART:20260310T100000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU',
    ),
    busy: ['03-24T10:00/03-24T11:00 busy Review'],
  },
  {
    name: 'on the last Friday of the month',
    text: one('SUMMARY:Retro\nDTSTART:20260130T150000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYDAY=-1FR'),
    busy: ['03-27T15:00/03-27T16:00 busy Retro'],
  },
  {
    name: 'on the fourth Monday of the month, by its place among the Mondays',
    text: one(
      'SUMMARY:Board\nDTSTART:20260126T150000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=4',
    ),
    busy: ['03-23T15:00/03-23T16:00 busy Board'],
  },
  {
    name: 'on the third working day before the end of the month',
    text: one(
      'SUMMARY:Pay\nDTSTART:20260128T080000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-3',
    ),
    busy: ['03-27T08:00/03-27T09:00 busy Pay'],
  },
  {
    name: 'on the 31st, which not every month has',
    from: '2026-04-27',
    text: one('SUMMARY:Report\nDTSTART:20260131T080000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY'),
    busy: [],
  },
  {
    name: 'on the fourth day from the end of the month',
    text: one('SUMMARY:Close\nDTSTART:20260128T080000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-4'),
    busy: ['03-28T08:00/03-28T09:00 busy Close'],
  },
  {
    name: 'on February 29 every year, which are leap years',
    from: '2028-02-28',
    text: one('SUMMARY:Birthday\nDTSTART:20240229T100000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY'),
    busy: ['02-29T10:00/02-29T11:00 busy Birthday'],
  },
  {
    name: 'on the last Sunday of March every year',
    text: one(
      'SUMMARY:Clocks\nDTSTART:20200329T100000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
    ),
    busy: ['03-29T10:00/03-29T11:00 busy Clocks'],
  },
  {
    name: 'on the 85th day of every third year',
    text: one(
      'SUMMARY:Audit\nDTSTART:20230326T080000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;INTERVAL=3;BYYEARDAY=85',
    ),
    busy: ['03-26T08:00/03-26T09:00 busy Audit'],
  },
  {
    name: 'on the Tuesday of week 13 of every year',
    text: one(
      'SUMMARY:Plan\nDTSTART:20250325T080000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYWEEKNO=13;BYDAY=TU',
    ),
    busy: ['03-24T08:00/03-24T09:00 busy Plan'],
  },
  {
    name: 'every 40 minutes between nine and ten (RFC 5545, 3.8.5.3)',
    text: one(`SUMMARY:Look
      DTSTART:20260324T090000Z
      DURATION:PT5M
      RRULE:FREQ=DAILY;COUNT=4;BYHOUR=9,10;BYMINUTE=0,40`),
    busy: ['09:00/03-24T09:05', '09:40/03-24T09:45', '10:00/03-24T10:05', '10:40/03-24T10:45'].map(
      (time) => `03-24T${time} busy Look`,
    ),
  },
  {
    name: 'every 8 hours, by the clock',
    text: one(
      'SUMMARY:Dose\nDTSTART:20260328T060000Z\nDURATION:PT5M\nRRULE:FREQ=HOURLY;INTERVAL=8;UNTIL=20260328T220000Z',
    ),
    busy: [
      '03-28T06:00/03-28T06:05 busy Dose',
      '03-28T14:00/03-28T14:05 busy Dose',
      '03-28T22:00/03-28T22:05 busy Dose',
    ],
  },
  {
    name: 'so many times, of which the last one is in the week',
    text: one(
      'SUMMARY:Course\nDTSTART:20260303T170000Z\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;COUNT=7;BYDAY=TU,TH',
    ),
    busy: ['03-24T17:00/03-24T19:00 busy Course'],
  },
  {
    name: 'until an instant, which is its last one',
    text: one(`SUMMARY:Course
      DTSTART;TZID=Europe/Berlin:20260302T180000
      DURATION:PT1H
      RRULE:FREQ=DAILY;UNTIL=20260324T170000Z`),
    busy: ['03-23T17:00/03-23T18:00 busy Course', '03-24T17:00/03-24T18:00 busy Course'],
  },
  {
    name: 'until a day, though it begins at a time (OpenPaaS, Twake): the whole of that day counts',
    text: one(
      'SUMMARY:Course\nDTSTART;TZID=Europe/Berlin:20260302T180000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20260324',
    ),
    busy: ['03-23T17:00/03-23T18:00 busy Course', '03-24T17:00/03-24T18:00 busy Course'],
    strangerDiffers: 'the midnight of a day ends before the day',
  },
  {
    name: 'until a local time beside a zone (Nextcloud, iOS)',
    text: one(`SUMMARY:Course
      DTSTART;TZID=America/New_York:20260302T200000
      DURATION:PT1H
      RRULE:FREQ=DAILY;UNTIL=20260324T200000`),
    busy: [
      '03-23T00:00/03-23T01:00 busy Course',
      '03-24T00:00/03-24T01:00 busy Course',
      '03-25T00:00/03-25T01:00 busy Course',
    ],
    strangerDiffers: 'it takes the local time for one in UTC',
  },
  {
    name: 'whole days until their midnight in UTC (Outlook Google Calendar Sync), one after the other',
    text: one('SUMMARY:Course\nDTSTART;VALUE=DATE:20260323\nRRULE:FREQ=DAILY;UNTIL=20260323T230000Z'),
    busy: ['03-22T23:00/03-24T23:00 busy all-day Course'],
    losAngeles: ['03-23T07:00/03-25T07:00 busy all-day Course'],
    strangerDiffers: 'the day of the instant in UTC is the one before',
  },
  {
    name: 'with days and instants taken out',
    text: one(`SUMMARY:Swim
      DTSTART;TZID=Europe/Berlin:20260323T070000
      DURATION:PT1H
      RRULE:FREQ=DAILY;COUNT=6
      EXDATE;TZID=Europe/Berlin:20260324T070000,20260325T070000
      EXDATE:20260327T060000Z`),
    busy: [
      '03-23T06:00/03-23T07:00 busy Swim',
      '03-26T06:00/03-26T07:00 busy Swim',
      '03-28T06:00/03-28T07:00 busy Swim',
    ],
  },
  {
    name: 'with days taken out of a series of times (Nextcloud)',
    text: one(`SUMMARY:Swim
      DTSTART;TZID=Europe/Berlin:20260323T070000
      DURATION:PT1H
      RRULE:FREQ=DAILY;COUNT=3
      EXDATE;VALUE=DATE:20260324`),
    busy: ['03-23T06:00/03-23T07:00 busy Swim', '03-25T06:00/03-25T07:00 busy Swim'],
    strangerDiffers: 'a day is no time to it',
  },
  {
    name: 'with a midnight taken out of a series of days (Exchange)',
    text: one(`SUMMARY:Leave
      DTSTART;VALUE=DATE:20260324
      DTEND;VALUE=DATE:20260325
      RRULE:FREQ=DAILY;COUNT=3
      EXDATE;TZID=W. Europe Standard Time:20260325T000000`),
    busy: ['03-23T23:00/03-24T23:00 busy all-day Leave', '03-25T23:00/03-26T23:00 busy all-day Leave'],
    losAngeles: ['03-24T07:00/03-25T07:00 busy all-day Leave', '03-26T07:00/03-27T07:00 busy all-day Leave'],
    strangerDiffers: 'a midnight is no day to it',
  },
  {
    name: 'on other dates beside its rule, one of them with a length of its own',
    text: one(`SUMMARY:Lesson
      DTSTART:20260323T120000Z
      DURATION:PT1H
      RDATE:20260324T130000Z
      RDATE;VALUE=PERIOD:20260326T130000Z/PT3H,20260327T130000Z/20260327T133000Z`),
    busy: [
      '03-23T12:00/03-23T13:00 busy Lesson',
      '03-24T13:00/03-24T14:00 busy Lesson',
      '03-26T13:00/03-26T16:00 busy Lesson',
      '03-27T13:00/03-27T13:30 busy Lesson',
    ],
    strangerDiffers: 'it fails on periods',
  },
  {
    name: 'on a date after the end of its rule, which Google leaves out',
    text: one(
      'SUMMARY:Club\nDTSTART:20260303T190000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2\nRDATE:20260326T190000Z',
    ),
    busy: ['03-26T19:00/03-26T20:00 busy Club'],
  },
  {
    name: 'without those of a second rule (RFC 2445)',
    text: one(
      'SUMMARY:Gym\nDTSTART:20260323T190000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=4\nEXRULE:FREQ=DAILY;INTERVAL=2',
    ),
    busy: ['03-24T19:00/03-24T20:00 busy Gym', '03-26T19:00/03-26T20:00 busy Gym'],
    strangerDiffers: 'it knows no EXRULE',
  },
  {
    name: 'from a day that its rule does not have: it counts all the same',
    text: one('SUMMARY:Start\nDTSTART:20260324T100000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=FR'),
    busy: ['03-24T10:00/03-24T11:00 busy Start', '03-27T10:00/03-27T11:00 busy Start'],
  },
  {
    name: 'one moved, one cancelled, one with another title',
    text: calendar(
      event(
        'UID:s\nSUMMARY:Sync\nDTSTART;TZID=Europe/Berlin:20260302T100000\nDURATION:PT1H\nRRULE:FREQ=DAILY',
      ),
      event(
        'UID:s\nSUMMARY:Sync\nRECURRENCE-ID;TZID=Europe/Berlin:20260324T100000\nDTSTART;TZID=Europe/Berlin:20260324T140000\nDURATION:PT2H',
      ),
      event(
        'UID:s\nSTATUS:CANCELLED\nRECURRENCE-ID;TZID=Europe/Berlin:20260325T100000\nDTSTART;TZID=Europe/Berlin:20260325T100000\nDURATION:PT1H',
      ),
      event(
        'UID:s\nSUMMARY:Offsite\nRECURRENCE-ID:20260326T090000Z\nDTSTART;TZID=Europe/Berlin:20260326T100000\nDURATION:PT1H',
      ),
    ),
    busy: [
      '03-23T09:00/03-23T10:00 busy Sync',
      '03-24T13:00/03-24T15:00 busy Sync',
      '03-26T09:00/03-26T10:00 busy Offsite',
      '03-27T09:00/03-27T10:00 busy Sync',
      '03-28T09:00/03-28T10:00 busy Sync',
      '03-29T08:00/03-29T09:00 busy Sync',
    ],
  },
  {
    name: 'one moved into the week, one out of it',
    text: calendar(
      event('UID:m\nSUMMARY:Board\nDTSTART:20260305T100000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=5'),
      event('UID:m\nSUMMARY:Board\nRECURRENCE-ID:20260402T100000Z\nDTSTART:20260327T160000Z\nDURATION:PT1H'),
      event('UID:m\nSUMMARY:Board\nRECURRENCE-ID:20260326T100000Z\nDTSTART:20260403T160000Z\nDURATION:PT1H'),
    ),
    busy: ['03-27T16:00/03-27T17:00 busy Board'],
  },
  {
    name: 'moved from one on: two hours later and half as long (THISANDFUTURE)',
    text: calendar(
      event(
        'UID:f\nSUMMARY:Class\nDTSTART;TZID=Europe/Berlin:20260316T100000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=12',
      ),
      event(
        'UID:f\nSUMMARY:New class\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260325T100000\nDTSTART;TZID=Europe/Berlin:20260325T120000\nDURATION:PT30M',
      ),
      event(
        'UID:f\nSUMMARY:Exam\nRECURRENCE-ID;TZID=Europe/Berlin:20260327T100000\nDTSTART;TZID=Europe/Berlin:20260327T090000\nDURATION:PT3H',
      ),
    ),
    busy: [
      '03-23T09:00/03-23T10:00 busy Class',
      '03-24T09:00/03-24T10:00 busy Class',
      '03-25T11:00/03-25T11:30 busy New class',
      '03-26T11:00/03-26T11:30 busy New class',
      '03-27T08:00/03-27T11:00 busy Exam',
    ],
    strangerDiffers: 'it does not know RANGE (its issue 75)',
  },
  {
    name: 'one by its day, though the series has times',
    text: calendar(
      event(
        'UID:d\nSUMMARY:Sync\nDTSTART;TZID=Europe/Berlin:20260323T100000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2',
      ),
      event(
        'UID:d\nSUMMARY:Late sync\nRECURRENCE-ID;VALUE=DATE:20260324\nDTSTART;TZID=Europe/Berlin:20260324T170000\nDURATION:PT1H',
      ),
    ),
    busy: ['03-23T09:00/03-23T10:00 busy Sync', '03-24T16:00/03-24T17:00 busy Late sync'],
  },
  {
    name: 'one of a series that is not there, as an invitation to it alone has it',
    text: calendar(
      event(
        'UID:lone\nSUMMARY:Guest\nRECURRENCE-ID:20260324T100000Z\nDTSTART:20260324T110000Z\nDURATION:PT1H',
      ),
    ),
    busy: ['03-24T11:00/03-24T12:00 busy Guest'],
  },
  {
    name: 'a series of 1970, of which an hour is in the week',
    text: one('SUMMARY:Old\nDTSTART:19700101T000000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY'),
    busy: ['03-26T00:00/03-26T01:00 busy Old'],
  },
  {
    name: 'in 2038, past what 32 bits hold',
    from: '2038-01-18',
    text: one('SUMMARY:Party\nDTSTART;TZID=Europe/Berlin:20380119T100000\nDURATION:PT1H\nRRULE:FREQ=YEARLY'),
    busy: ['01-19T09:00/01-19T10:00 busy Party'],
  },
  {
    name: 'in 2099, in summer',
    from: '2099-07-06',
    text: one('SUMMARY:Party\nDTSTART;TZID=Europe/Berlin:20200707T100000\nDURATION:PT1H\nRRULE:FREQ=YEARLY'),
    busy: ['07-07T08:00/07-07T09:00 busy Party'],
    strangerDiffers: 'its zones end in 2037',
  },
];
