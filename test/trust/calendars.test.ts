import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { corpus } from '../support/calendars/corpus.ts';
import { optionsFor, readCase } from '../support/calendars/read.ts';

/** python-icalendar and recurring-ical-events, which know nothing of Tally, judge what it finds in calendars. */

type Time = readonly [from: number, to: number, title: string];

const zones = ['Europe/Berlin', 'America/Los_Angeles'] as const;
const judged = corpus.filter(({ strangerDiffers }) => strangerDiffers === undefined);
const cases = judged.flatMap((one) => zones.map((zone) => ({ one, zone })));

/** What goes on without a break under one title is one time. */
function joined(times: readonly Time[]): readonly Time[] {
  const result: Time[] = [];
  for (const [from, to, title] of [...times].sort((a, b) =>
    a[2] < b[2] ? -1 : a[2] > b[2] ? 1 : a[0] - b[0],
  )) {
    const last = result.at(-1);
    if (last?.[2] === title && last[1] >= from)
      result[result.length - 1] = [last[0], Math.max(last[1], to), title];
    else result.push([from, to, title]);
  }
  return result;
}

it('finds what others find', () => {
  const asked = cases.map(({ one, zone }) => {
    const { from, to } = optionsFor(zone, one.from);
    return { text: String(one.text), from, to, zone };
  });
  const program = 'test/support/trust/read-calendars.py';
  const { status, stdout, stderr } = spawnSync('/usr/bin/python3', [program], {
    input: JSON.stringify(asked),
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  const answers: (Time[] | string)[] = JSON.parse(stdout);
  const told = cases.map(({ one, zone }, index) => ({ name: one.name, zone, times: answers[index] }));
  const ours = cases.map(({ one, zone }) => {
    const times = readCase(one, zone).times.map(({ from, to, title }): Time => [from, to, title]);
    return { name: one.name, zone, times: joined(times) };
  });
  expect(
    told.map((one) => (typeof one.times === 'object' ? { ...one, times: joined(one.times) } : one)),
  ).toEqual(ours);
  expect(judged.length, 'enough of them are judged').toBeGreaterThanOrEqual(60);
});
