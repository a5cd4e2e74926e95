import { createContext } from 'react';
import type { SettingKey, SettingLeaf, SettingValue } from '../../../shared/settings.ts';
import { useRequired } from '../../lib/use-required.ts';

/** What the rows of the settings do; it stays the same, so that a change draws only the row that it is about. */
export interface SettingsForm {
  readonly edit: (key: SettingKey, value: SettingValue) => Promise<boolean>;
  readonly revert: (keys: readonly SettingKey[]) => void;
  readonly resolve: (key: SettingKey, take: 'mine' | 'zoom') => void;
  /** Shows a setting, wherever it is, and puts the focus on it. */
  readonly jump: (key: SettingKey) => void;
  /** Opens the settings on Zoom's website. */
  readonly openPortal: () => void;
  readonly byKey: ReadonlyMap<SettingKey, SettingLeaf>;
}

export const FormContext = createContext<SettingsForm | undefined>(undefined);
/** Whether each setting tells what Zoom's API calls it. */
export const DetailsContext = createContext(false);
export const useForm = () => useRequired(FormContext);

/** Id of the element that a setting is in. */
export function rowId(key: SettingKey): string {
  return `setting ${key}`.replaceAll(/[^\w-]/g, '-');
}

/** What an editor of one setting is given. */
export interface EditorProps {
  readonly leaf: SettingLeaf;
  readonly value: SettingValue | undefined;
  /** What may stand in it, where another setting tells that. */
  readonly offered: SettingValue | undefined;
  readonly fixed: boolean;
  readonly invalid: boolean;
  readonly id: string;
  /** What names and describes it. */
  readonly labels: { readonly 'aria-labelledby': string; readonly 'aria-describedby': string };
}
