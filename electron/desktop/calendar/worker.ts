import { parentPort, workerData } from 'node:worker_threads';
import { readCalendar } from '../../core/calendar/calendar.ts';
import type { CalendarJob } from './aside.ts';

// Reads one calendar beside main, and ends.
const { source, options } = workerData as CalendarJob;
parentPort?.postMessage(readCalendar(source, options));
