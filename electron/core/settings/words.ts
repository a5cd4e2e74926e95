import { type TallyError, tallyError } from '../../../shared/errors.ts';

/** How a save ended, in numbers of settings. */
export interface Ending {
  readonly total: number;
  /** Of those that Zoom has now. */
  readonly saved: number;
  readonly locked: number;
  /** Of those without an answer: whether Zoom could be asked what it has. */
  readonly unsure: 'none' | 'not-there' | 'unknown';
  /** What ended it before its end. */
  readonly error?: TallyError;
  /** Why Zoom could not be asked what it kept. */
  readonly unread?: TallyError;
}

/** What the person should know of a save; undefined when all went well. */
export function saveProblem(ending: Ending): TallyError | undefined {
  const { total, saved, locked, unsure, error, unread } = ending;
  const some = saved > 0 ? `${saved} of ${total} changes ${saved === 1 ? 'was' : 'were'} saved. ` : '';
  if (saved < total && error) {
    const told = unsure === 'none' ? error : unanswered(error, unsure);
    return { ...told, what: some + told.what };
  }
  if (locked > 0) return lockedProblem(locked, some);
  if (!unread) return undefined;
  return {
    ...unread,
    what: 'The changes were saved, but Zoom could not be asked what it kept.',
    action: 'none',
  };
}

function unanswered(error: TallyError, unsure: 'not-there' | 'unknown'): TallyError {
  const { why: _technical, ...rest } = error;
  return unsure === 'not-there'
    ? { ...rest, what: 'Zoom did not confirm the changes, and does not have them so far.', action: 'retry' }
    : {
        ...rest,
        what: 'It is not known whether Zoom took the changes.',
        why: 'The connection broke while they were sent. Tally asks Zoom again by itself.',
      };
}

/** Some edits cannot be saved because Zoom said that they are locked. */
export function lockedProblem(count: number, some = ''): TallyError {
  const what = count === 1 ? 'One of the settings is' : `${count} of the settings are`;
  return tallyError('forbidden', `${some}${what} locked by the administrator of your account.`);
}

export function conflictProblem(count: number): TallyError {
  const what = count === 1 ? 'A setting was' : `${count} settings were`;
  return tallyError('conflict', `${what} changed at Zoom meanwhile, so nothing was sent.`, {
    why: 'Choose which value it shall be, then save again.',
  });
}

export function invalidProblem(count: number): TallyError {
  const what = count === 1 ? 'One change' : `${count} changes`;
  return tallyError('invalid-input', `${what} cannot be saved as entered, so nothing was sent.`);
}

/** An edit was not taken; it is not among the edits. */
export function refusal(what: string): TallyError {
  return tallyError('invalid-input', what, { action: 'none' });
}
