import { broken } from './broken.ts';
import type { CalendarCase } from './case.ts';
import { recurring } from './recurring.ts';
import { statuses } from './status.ts';
import { zones } from './zones.ts';

/** What the reader of calendars is judged by: each calendar with what is busy in a week, found by hand. */
export const corpus: readonly CalendarCase[] = [...recurring, ...zones, ...statuses, ...broken];
