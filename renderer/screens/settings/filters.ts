import { sameUnordered } from '../../../shared/json.ts';
import type { SettingLeaf, SettingsView } from '../../../shared/settings.ts';
import { settings as t } from '../../../shared/words/en/settings.ts';
import { isOffered, shownValue, whyReadOnly } from './catalogue.ts';

export const filters = ['all', 'changed', 'differs', 'locked'] as const;
export type Filter = (typeof filters)[number];

export const filterWords: Readonly<Record<Filter, string>> = {
  all: t.all,
  changed: t.unsaved,
  differs: t.modified,
  locked: t.lockedFilter,
};

/** Whether a setting is another than what Zoom starts with; never where that is not known. */
export function differsFromDefault(leaf: SettingLeaf, view: SettingsView): boolean {
  const now = shownValue(view, leaf.key);
  return leaf.initial !== undefined && now !== undefined && !sameUnordered(now, leaf.initial);
}

/** Whether a setting belongs to what a filter shows. */
export function passes(filter: Filter, leaf: SettingLeaf, view: SettingsView): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'changed':
      return view.edits[leaf.key] !== undefined;
    case 'differs':
      return differsFromDefault(leaf, view);
    case 'locked':
      return (
        view.locked[leaf.key] !== undefined || (isOffered(leaf, view) && whyReadOnly(leaf) !== undefined)
      );
  }
}
