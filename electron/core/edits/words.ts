import type { TallyError } from '../../../shared/errors.ts';

/** How a save ended, in numbers of changes. */
interface Ending {
  readonly total: number;
  /** Of those that Zoom has now. */
  readonly saved: number;
  /** Of those without an answer: whether Zoom could be asked what it has. */
  readonly unsure: 'none' | 'not-there' | 'unknown';
  /** What is said of those that are locked. */
  readonly locked: TallyError | undefined;
  /** What ended it before its end. */
  readonly error: TallyError | undefined;
  /** Why Zoom could not be asked what it has now. */
  readonly unread: TallyError | undefined;
}

/** What the person should know of a save; undefined when all went well. */
export function saveProblem(ending: Ending): TallyError | undefined {
  const { total, saved, unsure, locked, error, unread } = ending;
  const some = saved > 0 ? `${saved} of ${total} changes ${saved === 1 ? 'was' : 'were'} saved. ` : '';
  const failed = saved < total && error ? unanswered(error, unsure) : locked;
  if (failed) return { ...failed, what: some + failed.what };
  if (!unread) return undefined;
  return {
    ...unread,
    what: 'The changes were saved, but Zoom could not be asked what it kept.',
    action: 'none',
  };
}

function unanswered(error: TallyError, unsure: Ending['unsure']): TallyError {
  if (unsure === 'none') return error;
  const { why: _technical, ...rest } = error;
  return unsure === 'not-there'
    ? { ...rest, what: 'Zoom did not confirm the changes, and does not have them so far.', action: 'retry' }
    : {
        ...rest,
        what: 'It is not known whether Zoom took the changes.',
        why: 'The connection broke while they were sent. Tally asks Zoom again by itself.',
      };
}
