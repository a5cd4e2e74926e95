import * as z from 'zod';
import type { SettingKey, SettingValue } from '../../../shared/settings.ts';
import { isSecretSetting } from '../../../shared/zoom/secrets.ts';
import { formatOf } from '../edits/stored.ts';
import { leaves } from './check.ts';
import { isSettingKey, tidy } from './values.ts';

/** Saves that can be undone. */
export const mostSaves = 10;

const value = z
  .unknown()
  .transform((given) => tidy(given))
  .pipe(z.custom<SettingValue>((tidied) => tidied !== undefined));

/** What outlasts a crash, as it is on the disk. */
export const {
  read: readSettings,
  store: storeSettings,
  hasSecrets,
} = formatOf(isSettingKey, value, mostSaves, (key, given) =>
  isSecretSetting(key, given, leaves.get(key as SettingKey)),
);
