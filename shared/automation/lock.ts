import * as z from 'zod';

/** While the screen is locked or the computer sleeps. */
export const lockRule = () => ({
  fields: { on: z.boolean(), status: z.literal('Away') },
  first: { on: false, status: 'Away' as const },
});
