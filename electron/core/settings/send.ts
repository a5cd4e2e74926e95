import type { TallyError } from '../../../shared/errors.ts';
import type { JsonObject } from '../../../shared/json.ts';
import {
  type SettingChange,
  type SettingKey,
  type SettingView,
  settingViews,
} from '../../../shared/settings.ts';
import type { Batch } from '../edits/subject.ts';
import type { ZoomClient } from '../zoom/client.ts';
import { isAuthenticationTable, optionChanges } from './authentication.ts';
import { nest, pathOf, viewOf } from './values.ts';

/**
 * How changes are sent: one PATCH for the settings and one for each `option` view, each with the changed keys alone, and one
 * for each changed way of signing in.
 * @param first settings that Zoom takes only as long as the others are not changed; they go in a PATCH before
 */
export function batchesOf(
  zoom: Pick<ZoomClient, 'call'>,
  changes: readonly SettingChange[],
  first: ReadonlySet<SettingKey>,
  signal: AbortSignal,
): readonly Batch[] {
  const patch = (view: SettingView, body: JsonObject) =>
    zoom.call('userSettingsUpdate', { query: optionOf(view), body }, { signal });
  const plain = (view: SettingView, some: readonly SettingChange[]): Batch => ({
    keys: some.map(({ key }) => key),
    async *send(keys) {
      const sent = some.filter(({ key }) => keys.includes(key));
      yield patch(view, nest(sent.map(({ key, after = null }) => [key, after])));
    },
  });
  const table = (view: SettingView, { key, before, after }: SettingChange): Batch => ({
    keys: [key],
    async *send() {
      for (const option of optionChanges(before, after)) {
        yield patch(view, { authentication_option: option });
      }
    },
  });
  return settingViews.flatMap((view) => {
    const own = changes.filter(({ key, after }) => viewOf(key) === view && after !== undefined);
    const tables = own.filter(({ key }) => isAuthenticationTable(key));
    const others = own.filter((change) => !tables.includes(change));
    const early = others.filter(({ key }) => first.has(key));
    const late = others.filter(({ key }) => !first.has(key));
    return [plain(view, early), plain(view, late), ...tables.map((change) => table(view, change))];
  });
}

/** How Zoom is asked for a view. */
export function optionOf(view: SettingView): { readonly option?: Exclude<SettingView, 'settings'> } {
  return view === 'settings' ? {} : { option: view };
}

/** The settings that an error says are locked. Where it names none, it can only be the one that was sent. */
export function lockedKeys({ zoom }: TallyError, keys: readonly SettingKey[]): readonly SettingKey[] {
  if (zoom?.code !== 200 || !/\block(ed|s)?\b/i.test(zoom.message)) return [];
  const words = zoom.message.match(/\w+(?:\.\w+)*/g) ?? [];
  const names = words.filter((word) => /[._]/.test(word));
  const named = keys.filter((key) => names.some((name) => isNamed(pathOf(key), name)));
  return named.length === 0 && keys.length === 1 ? keys : named;
}

/** Whether Zoom means a setting: by its path, by the group that it is in, or by its last name. */
function isNamed(path: string, name: string): boolean {
  return path === name || path.startsWith(`${name}.`) || path.endsWith(`.${name}`);
}

/** Whether a complaint about a field is about a setting. */
export function isMeant(key: SettingKey, field: string): boolean {
  const path = pathOf(key);
  if (isAuthenticationTable(key)) return field.startsWith('authentication_option');
  return path === field || path.endsWith(`.${field}`) || field.startsWith(`${path}.`);
}
