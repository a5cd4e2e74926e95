import type {
  SettingKey,
  SettingLeaf,
  SettingSection,
  SettingsView,
  SettingValue,
} from '../../../shared/settings.ts';
import { settings as t } from '../../../shared/words/en/settings.ts';
import { spoken } from '../../../shared/words/language.ts';
import { settingLeaves, settingSections } from '../../../shared/zoom/settings.gen.ts';
import { otherSection, unknownSetting } from '../../../shared/zoom/unknown-settings.ts';

/** All settings that there are for an account: those of the catalogue, and others that Zoom told of. */
export interface Catalogue {
  readonly sections: readonly SettingSection[];
  readonly leaves: readonly SettingLeaf[];
  readonly byKey: ReadonlyMap<SettingKey, SettingLeaf>;
  readonly bySection: ReadonlyMap<string, readonly SettingLeaf[]>;
  readonly sectionTitles: ReadonlyMap<string, string>;
}

function index(sections: readonly SettingSection[], leaves: readonly SettingLeaf[]): Catalogue {
  return {
    sections,
    leaves,
    byKey: new Map(leaves.map((leaf) => [leaf.key, leaf])),
    bySection: new Map(sections.map(({ id }) => [id, leaves.filter((leaf) => leaf.section === id)] as const)),
    sectionTitles: new Map(sections.map(({ id, title }) => [id, title])),
  };
}

const spokenLeaf = ({ group, choices, warning, ...leaf }: SettingLeaf): SettingLeaf => ({
  ...leaf,
  title: spoken(leaf.title),
  help: spoken(leaf.help),
  ...(group !== undefined && { group: spoken(group) }),
  ...(warning && { warning: { ...warning, text: spoken(warning.text) } }),
  ...(choices && { choices: choices.map(({ value, title }) => ({ value, title: spoken(title) })) }),
});

const known = index(
  settingSections.map(({ id, title }) => ({ id, title: spoken(title) })),
  settingLeaves.map(spokenLeaf),
);

/** Settings that Zoom told of and the catalogue does not know. */
export function unknownLeaves(values: SettingsView['values']): SettingLeaf[] {
  return (Object.entries(values) as [SettingKey, SettingValue][])
    .filter(([key]) => !known.byKey.has(key))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => unknownSetting(key, value))
    .map((leaf) => ({ ...leaf, help: spoken(leaf.help) }));
}

/** The catalogue with the unknown settings in a section of their own. */
export function catalogueWith(unknown: readonly SettingLeaf[]): Catalogue {
  if (unknown.length === 0) return known;
  return index([...known.sections, { id: otherSection, title: t.other }], [...known.leaves, ...unknown]);
}

/** A setting's name as Zoom has it in its answers: `in_meeting.chat`. */
export function apiKey(key: SettingKey): string {
  return key.slice(key.indexOf(':') + 1);
}

/** Whether a list of ways to sign in, which can be edited in part. */
export function isAuthentication({ key }: Pick<SettingLeaf, 'key'>): boolean {
  return key.endsWith('_authentication:authentication_options');
}

/** Why a setting can never be changed from here, in words; undefined when it can. */
export function whyReadOnly(leaf: SettingLeaf): string | undefined {
  // The catalogue has it as read, as it is written in another shape.
  if (isAuthentication(leaf)) return undefined;
  if (leaf.type === 'table') return t.onlyShown;
  return leaf.access === 'read' ? t.noWayToChange : undefined;
}

/** Whether Zoom offers a setting to this account: it told of it, or never tells what it is. */
export function isOffered({ key, access }: SettingLeaf, { values, edits }: SettingsView): boolean {
  return access === 'write' || values[key] !== undefined || edits[key] !== undefined;
}

/** A setting's value as it is to be shown: what the person changed, else what Zoom has. */
export function shownValue({ values, edits }: SettingsView, key: SettingKey): SettingValue | undefined {
  return edits[key] ?? values[key];
}

/** What a setting needs and does not have. What Zoom does not tell of cannot be missing. */
export function missingNeeds(
  { needs = [] }: SettingLeaf,
  view: SettingsView,
): NonNullable<SettingLeaf['needs']> {
  return needs.filter(({ key, value }) => {
    const now = shownValue(view, key);
    return now !== undefined && now !== value;
  });
}
