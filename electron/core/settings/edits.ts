import { sameUnordered } from '../../../shared/json.ts';
import type { SettingKey, SettingsComparison, SettingValue } from '../../../shared/settings.ts';
import { type Leaves, notOffered, whyFixed } from './check.ts';
import { lockedWords } from './snapshot.ts';
import { omit, type SettingsState } from './state.ts';
import { type Edits, tooLarge } from './stored.ts';
import { tidy, type Values, viewOf } from './values.ts';
import { refusal } from './words.ts';

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
  return withEdit(state, key, value);
}

/** The state without these edits. */
export function revertSettings(state: SettingsState, keys: readonly SettingKey[]): SettingsState {
  return {
    ...state,
    edits: omit(state.edits, keys),
    refused: omit(state.refused, keys),
    kept: omit(state.kept, keys),
  };
}

/** The state after the person chose a side of a conflict. */
export function resolveConflict(state: SettingsState, key: SettingKey, take: 'mine' | 'zoom'): SettingsState {
  const edit = state.edits[key];
  if (!edit) return state;
  if (take === 'zoom') return revertSettings(state, [key]);
  return { ...state, edits: { ...state.edits, [key]: basedOn(edit.value, state.values[key]) } };
}

/** The state with some of a compared file's values as edits; those that cannot be applied are passed over. */
export function applySnapshot(
  state: SettingsState,
  { differences, fixed }: SettingsComparison,
  keys: readonly SettingKey[],
): SettingsState {
  const chosen = differences.flatMap(({ key, after }): [SettingKey, SettingValue][] =>
    keys.includes(key) && fixed[key] === undefined && after !== undefined ? [[key, after]] : [],
  );
  let next = state;
  for (const [key, value] of chosen) {
    if (tooLarge(next.edits, key, value)) {
      return { ...next, problem: refusal('Not all of it fits: save what is changed so far, then go on.') };
    }
    next = withEdit(next, key, value);
  }
  return next;
}

function withEdit(state: SettingsState, key: SettingKey, value: SettingValue): SettingsState {
  const next = revertSettings(state, [key]);
  if (sameUnordered(value, state.values[key])) return next;
  const former = state.edits[key];
  // It stays based on what Zoom had when the person began, so that a change there meanwhile is seen.
  const edit = former ? { ...former, value } : basedOn(value, state.values[key]);
  return { ...next, edits: { ...next.edits, [key]: edit } };
}

function basedOn(value: SettingValue, base: Values[SettingKey] | undefined): Edits[SettingKey] {
  return { value, ...(base !== undefined && { base }) };
}
