import type { SettingKey, SettingLeaf, SettingValue } from '../settings.ts';
import { isSecretSetting } from './secrets.ts';

/** Where settings are shown that the catalogue does not know. No section of the catalogue can have this id. */
export const otherSection = ':other';

/**
 * What a setting that the catalogue does not know seems to be, by the value that Zoom tells. A value that cannot be edited
 * without loss or guesses is a `table`, which is only shown; so is a secret, unless it is a text.
 */
export function unknownSetting(key: SettingKey, value: SettingValue): SettingLeaf {
  const secret = isSecretSetting(key, undefined, undefined);
  const type = typeOf(value);
  return {
    key,
    section: otherSection,
    title: key.slice(key.indexOf(':') + 1),
    help: 'Tally doesn’t know this setting.',
    type: secret && type !== 'text' && type !== 'switch' ? 'table' : type,
    access: 'both',
    unknown: true,
    // Whatever it is now: it may be something else later.
    ...(secret && { secret }),
  };
}

function typeOf(value: SettingValue): SettingLeaf['type'] {
  if (typeof value === 'boolean') return 'switch';
  if (typeof value === 'string') return 'text';
  // Larger ones have lost digits on their way here.
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'number' : 'table';
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string') ? 'list' : 'table';
}
