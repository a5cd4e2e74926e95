import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { readCalendar } from '../../core/calendar/calendar.ts';
import type { CalendarJob } from './aside.ts';
import { readInThread } from './thread.ts';

// Reads one calendar beside main: a process, and in it a thread, as only that can be given so much memory and no more.
if (isMainThread) {
  process.parentPort.once('message', ({ data }: { readonly data: CalendarJob }) => {
    void readInThread(new URL(import.meta.url), data).then((result) =>
      process.parentPort.postMessage(result),
    );
  });
} else {
  const { source, options } = workerData as CalendarJob;
  parentPort?.postMessage(readCalendar(source, options));
}
