import { Worker } from 'node:worker_threads';
import type { CalendarResult } from '../../core/calendar/reading.ts';
import { type CalendarJob, tooMuch } from './aside.ts';

/** 64 MB together; beside them are the bytes of the calendar. */
const resourceLimits = { maxOldGenerationSizeMb: 56, maxYoungGenerationSizeMb: 8, stackSizeMb: 2 } as const;

/** Reads a calendar in a thread (`file` is what it runs), which ends alone where it takes too much memory. */
export function readInThread(file: URL, job: CalendarJob): Promise<CalendarResult> {
  return new Promise((resolve) => {
    const worker = new Worker(file, { workerData: job, resourceLimits });
    worker.once('message', resolve);
    const giveUp = () => resolve(tooMuch);
    worker.once('error', giveUp);
    worker.once('exit', giveUp);
  });
}
