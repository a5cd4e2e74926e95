import { sameUnordered } from '../../../shared/json.ts';
import type { SettingKey, SettingsComparison, SettingValue } from '../../../shared/settings.ts';
import { type EditState, withEdit } from '../edits/state.ts';
import { tooLarge } from '../edits/stored.ts';
import { type Leaves, notOffered, whyFixed } from './check.ts';
import { lockedWords } from './snapshot.ts';
import { tidy, viewOf } from './values.ts';
import { refusal } from './words.ts';

/** What Zoom has and the person wants. */
export type SettingsState = EditState<SettingValue>;

/** The state after the person gave a setting a value. What cannot be changed at all stays as it is, with the reason as `problem`. */
export function editSetting(
  state: SettingsState,
  leaves: Leaves,
  key: SettingKey,
  given: unknown,
): SettingsState {
  const refuse = (what: string): SettingsState => ({ ...state, problem: refusal(what) });
  const leaf = leaves.get(key);
  const fixed = whyFixed(leaf, key) ?? (state.locked[key] && lockedWords);
  if (fixed !== undefined) return refuse(fixed);
  const value = tidy(given);
  if (value === undefined || tooLarge(state.edits, key, value)) {
    return refuse('This is more than Tally can keep.');
  }
  if (state.values[key] === undefined && leaf?.access !== 'write' && !state.edits[key]) {
    return refuse(state.read.has(viewOf(key)) ? notOffered : 'Zoom has not told its settings yet.');
  }
  return withEdit(sameUnordered, state, key, value);
}

/** The state with some of a compared file's values as edits; those that cannot be applied are passed over. */
export function applySnapshot(
  state: SettingsState,
  { differences, fixed }: SettingsComparison,
  keys: readonly SettingKey[],
): SettingsState {
  let next = state;
  for (const { key, after } of differences) {
    if (!keys.includes(key) || fixed[key] !== undefined || after === undefined) continue;
    if (tooLarge(next.edits, key, after)) {
      return { ...next, problem: refusal('Not all of it fits: save what is changed so far, then go on.') };
    }
    next = withEdit(sameUnordered, next, key, after);
  }
  return next;
}
