import * as z from 'zod';
import { isWorkDay, usualWeek, type WorkSpan } from '../working-hours.ts';

/** What the status may be outside of working hours. */
export const offStatuses = ['Away', 'Out_of_Office', 'Do_Not_Disturb'] as const;

const workWeek = () => {
  const minutes = z.int().min(0).max(2880);
  const spans = z.array(z.strictObject({ from: minutes, to: minutes }).readonly());
  const workDay = spans.refine((one: readonly WorkSpan[]) => isWorkDay(one));
  return z.array(workDay.readonly()).length(7).readonly();
};

/** Outside of working hours. */
export const hoursRule = () => ({
  fields: { on: z.boolean(), status: z.enum(offStatuses), week: workWeek() },
  first: { on: false, status: 'Away' as const, week: usualWeek },
});
