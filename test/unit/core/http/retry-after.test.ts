import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../../../electron/core/http/retry-after.ts';

const now = Date.UTC(2026, 0, 15, 9);
const year = 366 * 86_400_000;

describe('Retry-After', () => {
  it.each([
    ['0', now],
    ['120', now + 120_000],
    ['1.5', now + 1500],
    ['0.123456', now + 124],
    [' 3 ', now + 3000],
    ['31622400', now + year],
    ['000000031622', now + 31_622_000],
    ['Thu, 15 Jan 2026 09:00:10 GMT', now + 10_000],
    ['Thursday, 15-Jan-26 09:00:10 GMT', now + 10_000],
    ['Thu Jan 15 09:00:10 2026', now + 10_000],
    ['Thu Jan  8 09:00:10 2026', now + 10_000 - 7 * 86_400_000],
    ['2026-01-16T00:00:00Z', Date.UTC(2026, 0, 16)],
    ['2026-01-16T01:00:00+01:00', Date.UTC(2026, 0, 16)],
    ['2026-01-15T13:30:00-10:30', Date.UTC(2026, 0, 16)],
    ['2026-01-16T00:00:00.250Z', Date.UTC(2026, 0, 16) + 250],
    ['2026-01-16T00:00:00.2Z', Date.UTC(2026, 0, 16) + 200],
    ['2026-01-16T00:00Z', Date.UTC(2026, 0, 16)],
    ['Friday, 15-Jan-99 09:00:10 GMT', Date.UTC(1999, 0, 15, 9, 0, 10)],
  ])('reads %j', (text, at) => {
    expect(parseRetryAfter(text, now)).toBe(at);
  });

  it.each([
    '',
    'soon',
    '-1',
    '1e3',
    '0x10',
    'Infinity',
    '.5',
    '1.',
    '0.1234567',
    '0000000000120',
    '31622401',
    '99999999999',
    'in 120',
    '120 s',
    '2026-01-16',
    '2026-13-16T00:00:00Z',
    '2026-01-16T00:00:00',
    '+002026-01-16T00:00:00Z',
    '2026-01-16T00:00:00Z.',
    '2026-01-16T00:00:00.1234567890Z',
    '2026-01-16T00:00:00.Z',
    '2026-01-16T00:00:00+0100',
    'foo 1',
    'Sun, 31 Feb 2026 00:00:00 GMT',
    'Thu, 15 Foo 2026 09:00:10 GMT',
    'Thu, 15 Jan 2026 25:00:10 GMT',
    'Thu, 15 Jan 2036 09:00:10 GMT',
    'Th, 15 Jan 2026 09:00:10 GMT',
    'Thursdaylong, 15 Jan 2026 09:00:10 GMT',
    'on Thu, 15 Jan 2026 09:00:10 GMT',
    'Thu, 15 Jan 2026 09:00:10 GMT+1',
    'Thu, 5 Jan 2026 09:00:10 GMT',
    'Thu, 15 Jan 2026 09:00 GMT',
    'Thu, 15 Jan 2026 09:00:10',
    'Thu, 15/Jan/2026 09:00:10 GMT',
    'thu, 15 Jan 2026 09:00:10 GMT',
    'at Thu Jan 15 09:00:10 2026',
    'Thu Jan 15 09:00:10 2026 PST',
    'Thu Jan 15 09:00:10 20261',
    'Thu Jan 5 09:00:10 2026',
    'Sat Feb 31 09:00:10 2026',
    '10, 20',
  ])('takes %j for nothing', (text) => {
    expect(parseRetryAfter(text, now)).toBeNull();
  });

  it('reads every instant in each of its spellings', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(now), max: new Date(now + 365 * 86_400_000), noInvalidDate: true }),
        (date) => {
          const second = Math.floor(date.getTime() / 1000) * 1000;
          expect(parseRetryAfter(new Date(second).toUTCString(), now)).toBe(second);
          expect(parseRetryAfter(date.toISOString(), now)).toBe(date.getTime());
          expect(parseRetryAfter(String((second - now) / 1000), now)).toBe(second);
        },
      ),
    );
  });

  it('never throws and never goes beyond a year', () => {
    const nearly = fc.stringMatching(/^[A-Za-z]{3},? ?[\dA-Za-z:. +-]{0,30}(GMT|Z)?$/);
    fc.assert(
      fc.property(fc.oneof(fc.string(), nearly), (text) => {
        const at = parseRetryAfter(text, now);
        expect(at === null || (Number.isInteger(at) && at - now <= year)).toBe(true);
      }),
    );
  });
});
