import { expect, it } from 'vitest';
import { corpus } from '../../../support/calendars/corpus.ts';
import { readCase, told } from '../../../support/calendars/read.ts';

it('has calendars enough', () => {
  expect(corpus.length).toBeGreaterThanOrEqual(60);
  expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
});

it.each(corpus)('$name', (one) => {
  const berlin = readCase(one, 'Europe/Berlin');
  expect(berlin.times.map(told)).toEqual(one.busy);
  expect(readCase(one, 'America/Los_Angeles').times.map(told)).toEqual(one.losAngeles ?? one.busy);
  const { skipped, isCut, unknownZones, name } = berlin;
  expect({ skipped, isCut, unknownZones, name }).toEqual({
    skipped: one.skipped ?? 0,
    isCut: one.isCut ?? false,
    unknownZones: one.unknownZones ?? [],
    name: one.calendarName,
  });
});
