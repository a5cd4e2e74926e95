import { type TallyError, tallyError } from '../../../shared/errors.ts';
import { sameUnordered } from '../../../shared/json.ts';
import type { SavedSettings, SettingChange, SettingKey } from '../../../shared/settings.ts';
import { isAuthenticationTable, tableProblem } from './authentication.ts';
import type { SettingsState } from './state.ts';
import type { Edits } from './stored.ts';

/** How a save is undone: by sending changes, or not, and then with the reason and what becomes of the edits. */
export type UndoPlan =
  | { readonly changes: readonly SettingChange[] }
  | { readonly problem: TallyError; readonly edits: Edits };

/**
 * What undoes a save, by what Zoom has now. Only settings of that save are touched. Where one of them was changed since,
 * nothing is sent: the former values become edits, beside what the person has edited already, to be looked at and saved.
 */
export function undoPlan({ values, edits }: SettingsState, { changes }: SavedSettings): UndoPlan {
  const known = changes.filter(({ before }) => before !== undefined);
  const refuse = (what: string, why?: string): UndoPlan => ({
    problem: tallyError('invalid-input', what, { action: 'none', ...(why !== undefined && { why }) }),
    edits,
  });
  if (known.length === 0) return refuse('This cannot be undone: Zoom never told the former value.');
  const open = known.filter(({ key, before }) => !sameUnordered(values[key], before));
  if (open.length === 0) return refuse('These settings have their former values already.');
  const isTold = open.every(({ key }) => values[key] !== undefined);
  if (!isTold) return refuse('Zoom no longer offers one of these settings to your account.');
  for (const { key, before = null } of open) {
    const why = isAuthenticationTable(key) ? tableProblem(key, values[key], before) : undefined;
    if (why !== undefined) return refuse('The ways of signing in cannot be put back.', why);
  }
  if (open.some(({ key, after }) => !sameUnordered(values[key], after))) {
    return { problem: changedSince, edits: { ...asEdits(open, values), ...edits } };
  }
  return { changes: open.map(({ key, before }) => makeChange(key, values, before)) };
}

function makeChange(
  key: SettingKey,
  values: SettingsState['values'],
  before: SettingChange['before'],
): SettingChange {
  const now = values[key];
  return { key, ...(now !== undefined && { before: now }), ...(before !== undefined && { after: before }) };
}

function asEdits(open: readonly SettingChange[], values: SettingsState['values']): Edits {
  const offered: Record<SettingKey, Edits[SettingKey]> = {};
  for (const { key, before } of open) {
    const base = values[key];
    if (before !== undefined) offered[key] = { value: before, ...(base !== undefined && { base }) };
  }
  return offered;
}

const changedSince = tallyError(
  'conflict',
  'Some of these settings were changed since, so nothing was sent.',
  {
    why: 'Their former values are among your changes now: look at them, then save.',
    action: 'check-input',
  },
);
