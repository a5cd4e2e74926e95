import { type TallyError, tallyError } from '../../../shared/errors.ts';
import type { SettingChange, SettingValue } from '../../../shared/settings.ts';
import type { EditWords } from '../edits/subject.ts';
import { isAuthenticationTable, tableProblem } from './authentication.ts';

/** What is said of edits that cannot be saved, and of saves that cannot be undone. */
export const editWords: EditWords<SettingValue> = {
  invalid(count) {
    const what = count === 1 ? 'One change' : `${count} changes`;
    return tallyError('invalid-input', `${what} cannot be saved as entered, so nothing was sent.`);
  },
  conflicts(count) {
    const what = count === 1 ? 'A setting was' : `${count} settings were`;
    return tallyError('conflict', `${what} changed at Zoom meanwhile, so nothing was sent.`, {
      why: 'Choose which value it shall be, then save again.',
    });
  },
  locked(count) {
    const what = count === 1 ? 'One of the settings is' : `${count} of the settings are`;
    return tallyError('forbidden', `${what} locked by the administrator of your account.`);
  },
  already: refusal('These settings have their former values already.'),
  gone: refusal('Zoom no longer offers one of these settings to your account.'),
  changedSince: tallyError('conflict', 'Some of these settings were changed since, so nothing was sent.', {
    why: 'Their former values are among your changes now: look at them, then save.',
    action: 'check-input',
  }),
  impossible(changes: readonly SettingChange[]) {
    const why = changes.map(notAsTable).find((words) => words !== undefined);
    return why === undefined ? undefined : refusal('The ways of signing in cannot be put back.', { why });
  },
};

function notAsTable({ key, before, after = null }: SettingChange): string | undefined {
  return isAuthenticationTable(key) ? tableProblem(key, before, after) : undefined;
}

/** Something was not done, and there is nothing to do about it. */
export function refusal(what: string, extra: { readonly why?: string } = {}): TallyError {
  return tallyError('invalid-input', what, { action: 'none', ...extra });
}
