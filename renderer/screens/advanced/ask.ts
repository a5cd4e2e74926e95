import type { Result } from '../../../shared/errors.ts';

/** Asks main; a bridge that is broken is an error like any other. */
export async function ask<T>(call: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await call;
  } catch {
    return { ok: false, error: { kind: 'internal', what: 'Tally did not answer.', action: 'retry' } };
  }
}
