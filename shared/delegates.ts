import * as z from 'zod';
import type { TallyError } from './errors.ts';
import { mostAssistants } from './zoom/limits.gen.ts';

export type DelegateKind = 'assistants' | 'schedulers';

/** Assistants schedule for this person; for schedulers this person schedules. */
export interface DelegatesView {
  readonly phase: 'unknown' | 'loading' | 'ready' | 'failed';
  readonly error?: TallyError;
  readonly assistants: readonly Delegate[];
  readonly schedulers: readonly Delegate[];
  readonly busy?: 'adding' | 'removing';
  readonly problem?: TallyError;
}

export interface Delegate {
  readonly id: string;
  readonly email: string;
  /** Of schedulers, where Zoom tells. */
  readonly meetingId?: string;
}

export const delegatesActions = () => {
  const kind = z.enum(['assistants', 'schedulers']);
  return [
    z.strictObject({ type: z.literal('delegates.open') }),
    // E-mail addresses or user ids.
    z.strictObject({
      type: z.literal('delegates.add'),
      who: z.array(z.string().trim().min(1).max(300)).min(1).max(mostAssistants),
    }),
    z.strictObject({ type: z.literal('delegates.remove'), kind, id: z.string().min(1).max(300) }),
    z.strictObject({ type: z.literal('delegates.remove-all'), kind }),
    z.strictObject({ type: z.literal('delegates.dismiss') }),
  ] as const;
};

export type DelegatesAction = z.infer<ReturnType<typeof delegatesActions>[number]>;
