import * as z from 'zod';
import { calmSeconds } from './rule.ts';

/** While nobody has touched the computer for some minutes. */
export const idleRule = () => ({
  fields: {
    on: z.boolean(),
    status: z.literal('Away'),
    minutes: z.int().min(1).max(120),
    calm: z.int().min(0).max(calmSeconds),
  },
  first: { on: false, status: 'Away' as const, minutes: 10, calm: 120 },
});
