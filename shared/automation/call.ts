import * as z from 'zod';
import { calmSeconds } from './rule.ts';

/** What the status may be during a call. */
export const callStatuses = ['Busy', 'Do_Not_Disturb'] as const;

/** While a program uses the microphone or a camera, save those whose names are ignored. */
export const callRule = () => ({
  fields: {
    on: z.boolean(),
    status: z.enum(callStatuses),
    ignored: z.array(z.string().min(1).max(200)).max(50).readonly(),
    calm: z.int().min(0).max(calmSeconds),
  },
  first: { on: false, status: 'Busy' as const, ignored: [] as readonly string[], calm: 30 },
});
