import * as z from 'zod';

/** What the status may be while the desktop shows no notifications. */
export const quietStatuses = ['Do_Not_Disturb', 'Busy', 'Away'] as const;

/** While the desktop shows no notifications. */
export const quietRule = () => ({
  fields: { on: z.boolean(), status: z.enum(quietStatuses) },
  first: { on: false, status: 'Do_Not_Disturb' as const },
});
