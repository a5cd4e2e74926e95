import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { FormContext } from '../../renderer/screens/settings/form.ts';
import { rowState } from '../../renderer/screens/settings/row-state.ts';
import { SettingRow } from '../../renderer/screens/settings/setting-row.tsx';
import type { SettingLeaf, SettingsView, SettingValue } from '../../shared/settings.ts';

/** What the settings are before anything is known of them. */
export const emptySettings: SettingsView = {
  phase: 'ready',
  values: {},
  edits: {},
  conflicts: {},
  invalid: {},
  locked: {},
  kept: {},
  saving: false,
  history: [],
};
const form = {
  edit: async () => true,
  revert: () => {},
  resolve: () => {},
  jump: () => {},
  openPortal: () => {},
  byKey: new Map(),
};

/** The words of the row of a setting that Zoom has at `value`, and the person perhaps otherwise. */
export function rowWords(more: Partial<SettingLeaf>, value: SettingValue, edit?: SettingValue): string {
  const leaf: SettingLeaf = {
    key: 'settings:in_meeting.thing',
    section: 's',
    title: 'T',
    help: 'H',
    type: 'switch',
    access: 'both',
    ...more,
  };
  const { key } = leaf;
  return settingWords(leaf, {
    ...emptySettings,
    values: { [key]: value },
    edits: edit === undefined ? {} : { [key]: edit },
    kept: { [key]: { sent: value } },
    conflicts: { [key]: { was: value } },
  });
}

/** The words of a setting's row in the settings of an account; a switch that is on says so. */
export function settingWords(leaf: SettingLeaf, settings: SettingsView): string {
  return wordsOf(
    <FormContext value={form}>
      <SettingRow leaf={leaf} readOnly={false} state={rowState(leaf, settings)} />
    </FormContext>,
  );
}

/** What a person reads of something drawn: its text, what stands in its fields, and which of its boxes are ticked. */
export function wordsOf(drawn: ReactNode): string {
  return renderToStaticMarkup(drawn)
    .replaceAll(/<input[^>]*\bchecked=""[^>]*>/g, ' (on) ')
    .replaceAll(/<[^>]*?\bvalue="([^"]*)"[^>]*>/g, ' $1 ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
