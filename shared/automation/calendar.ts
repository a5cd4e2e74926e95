import * as z from 'zod';

/** What the status may be during an event. */
export const eventStatuses = ['Busy', 'Do_Not_Disturb'] as const;

/** So many minutes before an event its status may begin. */
export const minutesBefore = [0, 1, 2, 5, 10, 15] as const;

/** During events of calendars. */
export const calendarRule = () => ({
  fields: {
    on: z.boolean(),
    status: z.enum(eventStatuses),
    before: z.literal(minutesBefore),
    /** Also those that the person has not said yes to. */
    tentative: z.boolean(),
    /** All-day events and those out of the office set Out of office. */
    away: z.boolean(),
  },
  first: { on: false, status: 'Busy' as const, before: 0 as const, tentative: false, away: false },
});
