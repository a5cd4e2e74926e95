import { sameJson } from '../../../shared/json.ts';
import type { SettingLeaf, SettingsView } from '../../../shared/settings.ts';
import { missingNeeds, shownValue } from './catalogue.ts';
import { elsewhere } from './twins.ts';

/** All there is to say of one setting now; `before` is what Zoom has, `locked` Zoom's words. */
export function rowState(leaf: SettingLeaf, view: SettingsView) {
  const { key } = leaf;
  return {
    value: shownValue(view, key),
    before: view.values[key],
    offered: leaf.from && view.values[leaf.from],
    edited: view.edits[key] !== undefined,
    invalid: view.invalid[key],
    locked: view.locked[key],
    kept: view.kept[key],
    conflict: view.conflicts[key],
    needs: missingNeeds(leaf, view),
    warning: warningOf(leaf, view),
    elsewhere: elsewhere(key, view.values),
  };
}

/** What the person should know before a change is saved; undefined where nothing goes wrong. */
export function warningOf(leaf: SettingLeaf | undefined, { edits }: SettingsView): string | undefined {
  const { key, warning } = leaf ?? {};
  return key && warning && sameJson(edits[key], warning.value) ? warning.text : undefined;
}

export type RowState = ReturnType<typeof rowState>;
