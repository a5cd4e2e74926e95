import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readCalendar } from '../../../../electron/core/calendar/calendar.ts';
import type { CalendarResult } from '../../../../electron/core/calendar/reading.ts';
import { corpus } from '../../../support/calendars/corpus.ts';
import { optionsFor } from '../../../support/calendars/read.ts';

const encoder = new TextEncoder();
const seeds = corpus.map(({ text }) => (typeof text === 'string' ? encoder.encode(text) : text));

const zones = fc.constantFrom(
  'Europe/Berlin',
  'America/Los_Angeles',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'No/Where',
);
const zoneIds = fc.constantFrom(
  'Europe/Berlin',
  'W. Europe Standard Time',
  'Z',
  '(UTC+01:00) Bern',
  'Odd',
  'GMT+9',
);
const numbers = (max: number) => fc.array(fc.integer({ min: -max, max }), { minLength: 1, maxLength: 4 });
const weekdays = fc.array(fc.constantFrom('MO', '2TU', '-1FR', 'SU', '53SA', 'XX'), {
  minLength: 1,
  maxLength: 4,
});

const frequency = fc.constantFrom(
  'SECONDLY',
  'MINUTELY',
  'HOURLY',
  'DAILY',
  'WEEKLY',
  'MONTHLY',
  'YEARLY',
  'NEVER',
);
const part = fc.oneof(
  fc.tuple(fc.constantFrom('INTERVAL', 'COUNT'), fc.constantFrom(0, 1, 3, 1e9, -2)),
  fc.tuple(
    fc.constantFrom('BYMONTHDAY', 'BYYEARDAY', 'BYWEEKNO', 'BYSETPOS', 'BYHOUR', 'BYMINUTE', 'BYSECOND'),
    numbers(60),
  ),
  fc.tuple(fc.constant('BYMONTH'), numbers(12)),
  fc.tuple(fc.constant('BYDAY'), weekdays),
  fc.tuple(fc.constant('UNTIL'), fc.constantFrom('20260325', '20260325T100000Z', '20200101T000000', 'soon')),
  fc.tuple(fc.constant('WKST'), fc.constantFrom('SU', 'MO', 'WE')),
);
const rule = fc
  .tuple(frequency, fc.array(part, { maxLength: 4 }))
  .map(([freq, parts]) => `FREQ=${freq}${parts.map(([name, value]) => `;${name}=${value}`).join('')}`);

const time = fc
  .date({ min: new Date('1969-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .chain((date) => fc.constantFrom(date, new Date('2026-03-24T09:30:00Z'), new Date('2026-03-29T02:30:00Z')))
  .map((date) => date.toISOString().replace(/[-:]|\.\d+Z/g, ''));
const timed = (name: string) =>
  fc.oneof(
    time.map((at) => `${name}:${at}Z`),
    time.map((at) => `${name};VALUE=DATE:${at.slice(0, 8)}`),
    fc.tuple(zoneIds, time).map(([zone, at]) => `${name};TZID=${zone}:${at}`),
    fc
      .tuple(fc.constantFrom(';RANGE=THISANDFUTURE', ';VALUE=PERIOD', ''), time)
      .map(([more, at]) => `${name}${more}:${at}`),
  );
const line = fc.oneof(
  ...['DTSTART', 'DTSTART', 'DTEND', 'RECURRENCE-ID', 'RDATE', 'EXDATE'].map(timed),
  rule.map((text) => `RRULE:${text}`),
  rule.map((text) => `EXRULE:${text}`),
  fc.constantFrom('DURATION:PT1H', 'DURATION:P1W', 'DURATION:-P1D', 'DURATION:P99999W', 'UID:a', 'UID:b'),
  fc.constantFrom('STATUS:TENTATIVE', 'TRANSP:TRANSPARENT', 'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE', 'SEQUENCE:7'),
  fc.constantFrom(
    'BEGIN:VALARM',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
    'BEGIN:VCALENDAR',
    'METHOD:CANCEL',
  ),
  fc.constantFrom('BEGIN:VTIMEZONE', 'TZID:Odd', 'BEGIN:DAYLIGHT', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:-2359'),
  fc.constantFrom('BEGIN:VFREEBUSY', 'FREEBUSY:20260324T100000Z/PT1H', ' folded', 'without a colon'),
  fc.string({ maxLength: 40 }),
);
const structured = fc
  .array(fc.array(line, { maxLength: 10 }), { maxLength: 6 })
  .map((events) =>
    ['BEGIN:VCALENDAR', ...events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'])].join('\n'),
  );

/** A calendar of the corpus with bytes changed, left out, repeated, or from another. */
const mutated = fc
  .tuple(
    fc.nat(seeds.length - 1),
    fc.nat(seeds.length - 1),
    fc.array(fc.tuple(fc.nat(1_000_000), fc.constantFrom('change', 'cut', 'repeat', 'other'), fc.nat(255)), {
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map(([first, second, edits]) => {
    let bytes = [...(seeds[first] ?? [])];
    for (const [place, what, value] of edits) {
      const at = place % Math.max(bytes.length, 1);
      if (what === 'change') bytes[at] = value;
      else if (what === 'cut') bytes.splice(at, value);
      else if (what === 'repeat') bytes = [...bytes.slice(0, at + value), ...bytes.slice(at)];
      else bytes = [...bytes.slice(0, at), ...(seeds[second] ?? []).slice(value)];
    }
    return Uint8Array.from(bytes);
  });

/** What is so of whatever is read. */
function judge(result: CalendarResult, { from, to }: { readonly from: number; readonly to: number }): void {
  if (!result.ok) return;
  const { times } = result.reading;
  expect(times.length).toBeLessThanOrEqual(2_000);
  times.forEach((time, index) => {
    expect(Number.isSafeInteger(time.from) && Number.isSafeInteger(time.to)).toBe(true);
    expect(time.from < time.to && time.to > from && time.from < to).toBe(true);
    expect(Array.from(time.title).length).toBeLessThanOrEqual(200);
    expect(time.from).toBeGreaterThanOrEqual(times[index - 1]?.from ?? Number.NEGATIVE_INFINITY);
  });
  expect(new Set(times.map((time) => JSON.stringify(time))).size).toBe(times.length);
}

function reads(source: Uint8Array | string, zone: string): void {
  const options = optionsFor(zone);
  const result = readCalendar(source, options);
  judge(result, options);
  expect(readCalendar(source, options)).toEqual(result);
}

it('reads whatever lines there are, twice the same, and within the range', () => {
  fc.assert(fc.property(structured, zones, reads), { numRuns: 150 });
});

it('reads calendars that were spoiled on the way', () => {
  fc.assert(fc.property(mutated, zones, reads), { numRuns: 150 });
});

it('finds in a part of the range what it finds in all of it', () => {
  const plain = fc.tuple(
    timed('DTSTART'),
    rule.filter((text) => !/SECONDLY|MINUTELY|NEVER|XX|soon|=0/.test(text)),
  );
  const day = 86_400_000;
  fc.assert(
    fc.property(plain, fc.integer({ min: 0, max: 6 }), ([start, text], index) => {
      const source = [
        'BEGIN:VEVENT',
        'SUMMARY:x',
        start,
        'DURATION:PT37M',
        `RRULE:${text}`,
        'END:VEVENT',
      ].join('\n');
      const options = optionsFor('Europe/Berlin');
      const part = { from: options.from + index * day, to: options.from + (index + 1) * day };
      const whole = readCalendar(source, options);
      const some = readCalendar(source, { ...options, ...part });
      if (!whole.ok || !some.ok || whole.reading.isCut || some.reading.isCut) return;
      const within = whole.reading.times.filter((one) => one.to > part.from && one.from < part.to);
      if (some.reading.times.some((one) => one.isAllDay)) return;
      expect(some.reading.times).toEqual(within);
    }),
    { numRuns: 150 },
  );
});
