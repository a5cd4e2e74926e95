import { renderToStaticMarkup } from 'react-dom/server';
import { FormContext } from '../../renderer/screens/settings/form.ts';
import { rowState } from '../../renderer/screens/settings/row-state.ts';
import { SettingRow } from '../../renderer/screens/settings/setting-row.tsx';
import type { SettingLeaf, SettingsView, SettingValue } from '../../shared/settings.ts';

const view: SettingsView = {
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
  const state = rowState(leaf, {
    ...view,
    values: { [key]: value },
    edits: edit === undefined ? {} : { [key]: edit },
    kept: { [key]: { sent: value } },
    conflicts: { [key]: { was: value } },
  });
  const row = (
    <FormContext value={form}>
      <SettingRow leaf={leaf} readOnly={false} state={state} />
    </FormContext>
  );
  return renderToStaticMarkup(row)
    .replaceAll('&quot;', '"')
    .replaceAll(/<[^>]*?value="([^"]*)"[^>]*>/g, ' $1 ')
    .replaceAll(/<[^>]*>/g, ' ');
}
