import type { ReadCalendarAside } from '../../../electron/core/calendar/reading.ts';

/** Reads calendars in the test's own thread, where no time is to be told. */
export const readCalendarHere: ReadCalendarAside = async (source, options) => {
  const { readCalendar } = await import('../../../electron/core/calendar/calendar.ts');
  return readCalendar(source, options);
};
