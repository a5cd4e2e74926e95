/** How long main stands still while a calendar of 5 MB is read beside it. */
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Clock } from '../../electron/core/ports.ts';
import { createCalendarReader } from '../../electron/desktop/calendar/aside.ts';
import { root } from '../../scripts/electron.mjs';
import { calendarHost } from '../support/calendars/host.ts';
import type { Panel } from '../support/desktop/panel.ts';
import { compared, type Figure, median, rounded } from './numbers.ts';
import { quiet } from './processes.ts';
import type { Progress } from './turns.ts';

/** Milliseconds. */
const aim = 100;
const runs = 9;
const worker = pathToFileURL(join(root, 'out/main/calendar.cjs'));

const two = (number: number) => `${number}`.padStart(2, '0');

/** Ten years of somebody who meets a lot: half of what is there repeats. */
function largeCalendar(): Uint8Array {
  const notes = `DESCRIPTION:${'What was said the last time\\, and what is to be said.'.repeat(6)}`;
  const events = Array.from({ length: 10_000 }, (_, at) => {
    const day = `20${two(16 + (at % 10))}${two(1 + (at % 12))}${two(1 + (at % 28))}`;
    const rule = at % 2 === 0 ? ['RRULE:FREQ=WEEKLY;BYDAY=MO,WE'] : [];
    const time = `TZID=Europe/Berlin:${day}T${two(7 + (at % 12))}`;
    const times = [`DTSTART;${time}0000`, `DTEND;${time}3000`];
    return ['BEGIN:VEVENT', `UID:${at}`, ...times, ...rule, `SUMMARY:Event ${at}`, notes, 'END:VEVENT'].join(
      '\r\n',
    );
  });
  return new TextEncoder().encode(['BEGIN:VCALENDAR', ...events, 'END:VCALENDAR'].join('\r\n'));
}

/** The longest time, in ms, for which nothing else could be done while `work` was. */
async function standstill(work: () => Promise<unknown>): Promise<number> {
  const watch = monitorEventLoopDelay({ resolution: 1 });
  watch.enable();
  await work();
  watch.disable();
  return watch.max / 1e6;
}

const clock = {
  setTimeout(callback: () => void, ms: number) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
} as Clock;

/** The longest standstill while it is read, against that of a process that waits for as long. */
export async function calendarParse(_panel: Panel, progress: Progress): Promise<Figure> {
  const read = createCalendarReader(() => calendarHost(worker), clock);
  const bytes = largeCalendar();
  const from = Date.UTC(2026, 2, 23);
  const options = { from, to: from + 7 * 86_400_000, zone: 'Europe/Berlin', me: [] };
  const reading: number[] = [];
  const waiting: number[] = [];
  const took: number[] = [];
  for (let run = 0; run < runs; run++) {
    await quiet();
    const begun = performance.now();
    reading.push(
      await standstill(async () => {
        const result = await read(bytes, options);
        if (!result.ok || result.reading.isCut) throw new Error('The calendar was not read whole');
      }),
    );
    took.push(performance.now() - begun);
    waiting.push(await standstill(() => delay(took.at(-1) ?? 0)));
    progress(`reading ${reading.at(-1)?.toFixed(1)}, waiting ${waiting.at(-1)?.toFixed(1)} ms`);
  }
  return {
    figure: 'calendar-parse',
    unit: 'ms',
    ...compared(reading, waiting),
    aim: `< ${aim} ms for ${(bytes.byteLength / 1e6).toFixed(1)} MB`,
    met: median(reading) < aim,
    took: rounded(median(took)),
  };
}
