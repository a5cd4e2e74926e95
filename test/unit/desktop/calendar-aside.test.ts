import { expect, it } from 'vitest';
import { createCalendarReader, tooMuch } from '../../../electron/desktop/calendar/aside.ts';
import { readInThread } from '../../../electron/desktop/calendar/thread.ts';
import { one } from '../../support/calendars/case.ts';
import { calendarHost } from '../../support/calendars/host.ts';
import { optionsFor, told } from '../../support/calendars/read.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const worker = new URL('../../../electron/desktop/calendar/worker.ts', import.meta.url);
const options = optionsFor('Europe/Berlin');
const text = one('SUMMARY:Planning\nDTSTART:20260324T100000Z\nDURATION:PT1H');
/** A worker that does what it is told, in place of reading. */
const doing = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`);

function rig(file: URL = worker) {
  const clock = createFakeClock(0);
  return { clock, read: createCalendarReader(() => calendarHost(file), clock) };
}

it('reads bytes and texts in a process of its own, one after the other', async () => {
  const { read, clock } = rig();
  const bytes = new TextEncoder().encode(text);
  const results = await Promise.all([read(bytes, options), read(text, options), read('<html>', options)]);
  for (const result of results.slice(0, 2))
    expect(result.ok && result.reading.times.map(told)).toEqual(['03-24T10:00/03-24T11:00 busy Planning']);
  expect(results[2]).toEqual({ ok: false, problem: 'html' });
  expect(bytes.byteLength, 'the bytes stay with who gave them').toBeGreaterThan(0);
  expect(clock.pending(), 'nothing is waited for').toEqual([]);
});

it('gives up what takes too much memory', async () => {
  const hog = 'const all = []; for (;;) all.push(new Array(1000).fill(Math.random()));';
  expect(await readInThread(doing(hog), { source: text, options })).toEqual(tooMuch);
});

it('gives up what takes too long', async () => {
  const { read, clock } = rig(doing('for (;;);'));
  const result = read(text, options);
  await clock.advance(10_000);
  expect(await result).toEqual(tooMuch);
});

it('gives up what nobody wants any more, also before its turn', async () => {
  const { read } = rig(doing('for (;;);'));
  const leaving = new AbortController();
  const results = [read(text, options, leaving.signal), read(text, options, leaving.signal)];
  leaving.abort();
  expect(await Promise.all(results)).toEqual([tooMuch, tooMuch]);
});

it('gives up what fails, be it the thread or the process', async () => {
  expect(await readInThread(doing('throw new Error("no")'), { source: text, options })).toEqual(tooMuch);
  expect(await rig(doing('process.exit(1)')).read(text, options)).toEqual(tooMuch);
});
