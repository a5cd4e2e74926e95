import type { Command } from '../../shared/commands.ts';
import type { ProfileField } from '../../shared/profile.ts';
import type { Snapshot } from '../../shared/state.ts';
import { profileFields } from '../../shared/words/en/profile.ts';
import { spoken } from '../../shared/words/language.ts';
import { idleTwins } from '../../shared/zoom/setting-twins.ts';
import { settingLeaves, settingSections } from '../../shared/zoom/settings.gen.ts';

/** Main takes no longer words to search for. */
const longestSearch = 100;

const sectionTitles = new Map(settingSections.map(({ id, title }) => [id, spoken(title)]));

/** One for each of Zoom's settings. It shows the setting; nothing is changed by it. */
const settingCommands = settingLeaves.map(({ key, title, section, words = [] }) => ({
  key,
  command: {
    id: `setting/${key}`,
    group: 'Zoom settings',
    title: spoken(title),
    words: [...words, sectionTitles.get(section)].join(' '),
    action: { type: 'window.open', screen: 'settings', search: key.length > longestSearch ? title : key },
  } satisfies Command,
}));

/** One for each field of the profile; it leads to the field. */
const fieldCommands = (Object.keys(profileFields) as ProfileField[]).map(
  (field): Command => ({
    id: `profile/${field}`,
    group: 'Profile',
    title: profileFields[field],
    words: `profile edit ${field}`,
    action: { type: 'window.open', screen: 'profile', search: field },
  }),
);

/** What is only searched for, as there is too much of it to be listed: settings that have a row, and the profile's fields. */
export function searchedCommands({ settings }: Snapshot): readonly Command[] {
  const hidden = new Set<string>(idleTwins(settings?.values ?? {}));
  return [
    ...fieldCommands,
    ...settingCommands.filter(({ key }) => !hidden.has(key)).map(({ command }) => command),
  ];
}
