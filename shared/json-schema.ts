import * as z from 'zod';
import type { Json } from './json.ts';

/** Whatever JSON can say, with integers beyond 2^53 as bigint. */
export const anyJson: z.ZodType<Json> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.bigint(),
    z.array(anyJson),
    z.record(z.string(), anyJson),
  ]),
);
