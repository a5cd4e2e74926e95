import type { SettingKey } from '../../../shared/settings.ts';
import { twinOf } from '../../../shared/zoom/setting-twins.ts';
import { settingTwins } from '../../../shared/zoom/settings.gen.ts';
import type { Person, ViewName } from './person.ts';
import { type JsonObject, merge, nested, valueAt } from './settings.ts';

type Holder = Pick<Person, 'settings' | 'views'>;

/** Where a setting is kept, and its dotted path there. */
function placeOf({ settings, views }: Holder, key: SettingKey): [JsonObject, string] {
  const at = key.indexOf(':');
  const view = key.slice(0, at);
  return [view === 'settings' ? settings : views[view as ViewName], key.slice(at + 1)];
}

function copy(person: Holder, from: SettingKey, to: SettingKey): void {
  const [source, path] = placeOf(person, from);
  const [target, there] = placeOf(person, to);
  const value = valueAt(source, path);
  if (value !== undefined && valueAt(target, there) !== undefined) merge(target, nested(there, value));
}

/** Gives settings that are at two places the value that they have at the present one. */
export function alignTwins(person: Holder): void {
  for (const [former, present] of settingTwins) copy(person, present, former);
}

/** Gives what was changed in a view the same value at its other place, where the person has that. */
export function followTwins(person: Holder, view: string, changed: readonly string[]): void {
  for (const path of changed) {
    const key: SettingKey = `${view as 'settings'}:${path}`;
    const twin = twinOf(key);
    if (twin) copy(person, key, twin);
  }
}
