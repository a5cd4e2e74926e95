import { sameUnordered } from '../../../shared/json.ts';
import type { SettingKey, SettingLeaf, SettingsView, SettingValue } from '../../../shared/settings.ts';
import { idleTwins, twinOf } from '../../../shared/zoom/setting-twins.ts';
import type { Catalogue } from './catalogue.ts';

/** Of settings that Zoom has twice, those without a row: where they do not count for the account, and nothing is changed. */
export function hiddenTwins({ values, edits }: Pick<SettingsView, 'values' | 'edits'>): SettingKey[] {
  return idleTwins(values).filter((key) => edits[key] === undefined);
}

/** The catalogue with one row for each setting; who asks for a hidden one gets its twin. */
export function withoutTwins(catalogue: Catalogue, hidden: readonly SettingKey[]): Catalogue {
  const shown = (leaf: SettingLeaf) => !hidden.includes(leaf.key);
  const byKey = new Map(catalogue.byKey);
  for (const key of hidden) {
    const twin = twinOf(key);
    const leaf = twin && catalogue.byKey.get(twin);
    if (leaf) byKey.set(key, leaf);
  }
  return {
    ...catalogue,
    leaves: catalogue.leaves.filter(shown),
    byKey,
    bySection: new Map([...catalogue.bySection].map(([id, leaves]) => [id, leaves.filter(shown)])),
  };
}

/** What Zoom has at a setting's other place, where that is something else. */
export function elsewhere(
  key: SettingKey,
  values: SettingsView['values'],
): { readonly key: SettingKey; readonly value: SettingValue } | undefined {
  const twin = twinOf(key);
  const value = twin && values[twin];
  const here = values[key];
  if (value === undefined || here === undefined || sameUnordered(value, here)) return undefined;
  return { key: twin as SettingKey, value };
}
