import { afterEach, describe, expect, it } from 'vitest';
import { hasHour12, tellLocale, timeOfDay } from '../../../../shared/words/clock.ts';

const usual = [
  'en-US',
  'en-GB',
  'de-DE',
  'fr-FR',
  'it-IT',
  'ja-JP',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'ru-RU',
  'sv-SE',
];
/** Each hour of a day, on the minute and a second before the next. */
const instants = Array.from({ length: 24 }, (_, hour) => [
  new Date(2026, 10, 30, hour, 5, 9).getTime(),
  new Date(2026, 10, 30, hour, 59, 59).getTime(),
]).flat();

describe('the clock of a system that is known', () => {
  afterEach(() => tellLocale(''));

  it.each(usual)('has the hours that Intl has in %s', (locale) => {
    tellLocale(locale);
    const { hour12 } = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions();
    expect(hasHour12()).toBe(hour12);
  });

  it.each([
    ['en-US', 'numeric', 'h12'],
    ['en-GB', '2-digit', 'h23'],
  ] as const)('reads as Intl writes it in %s', (locale, hour, hourCycle) => {
    tellLocale(locale);
    for (const second of [undefined, '2-digit'] as const) {
      const format = new Intl.DateTimeFormat(locale, { hour, minute: '2-digit', second, hourCycle });
      expect(instants.map((at) => timeOfDay(at, second !== undefined))).toEqual(
        instants.map((at) => format.format(at)),
      );
    }
  });

  it('is Intl’s for every other system', () => {
    const before = [hasHour12(), ...instants.map((at) => timeOfDay(at))];
    tellLocale('xx-XX');
    expect([hasHour12(), ...instants.map((at) => timeOfDay(at))]).toEqual(before);
  });
});
