import type { SettingKey, SettingLeaf, SettingsView, SettingValue } from '../../../shared/settings.ts';
import { missingNeeds, shownValue } from './catalogue.ts';

/** All there is to say of one setting now. */
export interface RowState {
  readonly value: SettingValue | undefined;
  /** What Zoom has. */
  readonly before: SettingValue | undefined;
  readonly edited: boolean;
  readonly invalid: string | undefined;
  /** Zoom's words. */
  readonly locked: string | undefined;
  readonly kept: SettingsView['kept'][SettingKey] | undefined;
  readonly conflict: SettingsView['conflicts'][SettingKey] | undefined;
  readonly needs: NonNullable<SettingLeaf['needs']>;
}

export function rowState(leaf: SettingLeaf, view: SettingsView): RowState {
  const { key } = leaf;
  return {
    value: shownValue(view, key),
    before: view.values[key],
    edited: view.edits[key] !== undefined,
    invalid: view.invalid[key],
    locked: view.locked[key],
    kept: view.kept[key],
    conflict: view.conflicts[key],
    needs: missingNeeds(leaf, view),
  };
}
