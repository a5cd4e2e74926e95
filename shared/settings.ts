import * as z from 'zod';
import type { TallyError } from './errors.ts';

/** A value as Zoom has it: what JSON can say. */
export type SettingValue =
  | null
  | boolean
  | number
  | string
  | readonly SettingValue[]
  | { readonly [key: string]: SettingValue };

/** What `GET settings` can be asked for: the settings themselves, or one of Zoom's `option` views. */
export const settingViews = [
  'settings',
  'meeting_security',
  'meeting_authentication',
  'recording_authentication',
] as const;
export type SettingView = (typeof settingViews)[number];

/** Names one setting: its view and its dotted path there, such as `settings:in_meeting.chat`. */
export type SettingKey = `${SettingView}:${string}`;

/** One change of a setting. Absent: Zoom did not tell, or tells no longer. */
export interface SettingChange {
  readonly key: SettingKey;
  readonly before?: SettingValue;
  readonly after?: SettingValue;
}

/** A save that Zoom took, which can be undone; the newest ten are kept, also after a restart. */
export interface SavedSettings {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly changes: readonly SettingChange[];
}

/** The settings of the account as the window shows them. All instants are epoch ms. */
export interface SettingsView {
  /** `failed`: they could not be read; `values` are then what was known before. */
  readonly phase: 'unknown' | 'loading' | 'ready' | 'failed';
  readonly error?: TallyError;
  readonly readAt?: number;
  /** What Zoom has: one entry for each setting that it told of, by `SettingKey`. Unknown ones are among them. */
  readonly values: Readonly<Record<SettingKey, SettingValue>>;
  /** What the person changed and did not save yet; outlasts the window, a restart and a crash. */
  readonly edits: Readonly<Record<SettingKey, SettingValue>>;
  /** An edited setting that was changed at Zoom meanwhile: `was` is what it was when the person edited it. */
  readonly conflicts: Readonly<Record<SettingKey, { readonly was?: SettingValue }>>;
  /** What is wrong with an edit, in words: by the catalogue, or by Zoom's answer. */
  readonly invalid: Readonly<Record<SettingKey, string>>;
  /** What Zoom refused to change, with its words. */
  readonly locked: Readonly<Record<SettingKey, string>>;
  /** What the last save sent and Zoom did not keep. */
  readonly kept: Readonly<Record<SettingKey, { readonly sent: SettingValue }>>;
  readonly saving: boolean;
  /** Why the last save (or undo, export, comparison) did not work; the edits are still there. */
  readonly problem?: TallyError;
  /** Newest first. */
  readonly history: readonly SavedSettings[];
  /** A snapshot file that is being compared with. */
  readonly comparison?: SettingsComparison;
}

export interface SettingsComparison {
  /** Of the file, without its folder. */
  readonly name: string;
  /** When it was saved. */
  readonly at: number;
  /** Of the account that it was saved from. */
  readonly from: string;
  /** What differs: `before` is what Zoom has, `after` what the file has. */
  readonly differences: readonly SettingChange[];
  /** Which of them cannot be applied, with the reason in words. */
  readonly fixed: Readonly<Record<SettingKey, string>>;
}

/** What one setting is, as the catalogue says. */
export interface SettingLeaf {
  readonly key: SettingKey;
  /** Id of the section it is shown in. */
  readonly section: string;
  /** Title of the group inside the section, for settings that belong together ("Webinar chat"). */
  readonly group?: string;
  /** As Zoom's web portal calls it, where that is known; else short, no full stop. */
  readonly title: string;
  /** Ours: one plain sentence or two. */
  readonly help: string;
  /** What else finds it. */
  readonly words?: readonly string[];
  /** `table`: a list of objects, shown and not edited as a whole. */
  readonly type: 'switch' | 'choice' | 'number' | 'text' | 'list' | 'table';
  /** Of a choice, and what may stand in a list of fixed entries, in order. */
  readonly choices?: readonly { readonly value: string | number; readonly title: string }[];
  /** Of a number, inclusive. */
  readonly min?: number;
  readonly max?: number;
  /** Characters of a text, or of each entry of a list. */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Entries of a list. */
  readonly maxItems?: number;
  /** What Zoom starts with, where that is known. */
  readonly initial?: SettingValue;
  /** `read`: GET shows it and PATCH does not take it. `write`: the other way round. */
  readonly access: 'both' | 'read' | 'write';
  readonly deprecated?: true;
  /** It is not in the catalogue: what it is was told from its value, and what it does nobody here knows. */
  readonly unknown?: true;
  /** What must be so at the same time, or Zoom refuses or ignores it. */
  readonly needs?: readonly { readonly key: SettingKey; readonly value: SettingValue }[];
  /** Nobody should look over one's shoulder: a passcode. */
  readonly secret?: true;
  /** The year since which it is known; absent for what was there in 2022. */
  readonly since?: string;
  /** Its name once. Accounts that tell it by that name take it by that name. */
  readonly former?: SettingKey;
  /** What goes wrong when it is given this value. */
  readonly warning?: { readonly value: SettingValue; readonly text: string };
  /** Of a list of objects: the setting whose entries may stand in it. */
  readonly from?: SettingKey;
}

export interface SettingSection {
  readonly id: string;
  readonly title: string;
}

/** `edit` and `revert` change only what is not saved yet; `resolve` ends a conflict with either side's value. */
export const settingsActions = () => {
  const settingKey = z.templateLiteral([z.enum(settingViews), ':', z.string().min(1).max(300)]);
  return [
    z.strictObject({ type: z.literal('settings.open') }),
    z.strictObject({ type: z.literal('settings.edit'), key: settingKey, value: z.json() }),
    z.strictObject({ type: z.literal('settings.revert'), keys: z.array(settingKey).min(1).max(1_000) }),
    z.strictObject({ type: z.literal('settings.resolve'), key: settingKey, take: z.enum(['mine', 'zoom']) }),
    z.strictObject({ type: z.literal('settings.save') }),
    z.strictObject({ type: z.literal('settings.undo'), id: z.string().max(100) }),
    z.strictObject({ type: z.literal('settings.export') }),
    z.strictObject({ type: z.literal('settings.compare') }),
    // Takes these values of the compared file over as edits.
    z.strictObject({ type: z.literal('settings.apply'), keys: z.array(settingKey).min(1).max(1_000) }),
    z.strictObject({ type: z.literal('settings.compare-end') }),
    z.strictObject({ type: z.literal('settings.dismiss') }),
  ] as const;
};

export type SettingsAction = z.infer<ReturnType<typeof settingsActions>[number]>;
