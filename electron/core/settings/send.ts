import type { TallyError } from '../../../shared/errors.ts';
import type { JsonObject } from '../../../shared/json.ts';
import {
  type SettingChange,
  type SettingKey,
  type SettingValue,
  type SettingView,
  settingViews,
} from '../../../shared/settings.ts';
import type { ZoomClient, ZoomResult } from '../zoom/client.ts';
import { isAuthenticationTable, optionChanges } from './authentication.ts';
import type { Fate } from './state.ts';
import { nest, pathOf, viewOf } from './values.ts';

/** What Zoom did with some changes. */
export interface Sent {
  readonly fates: ReadonlyMap<SettingKey, Fate>;
  /** Settings that Zoom said are locked, with its words. */
  readonly locked: Readonly<Record<SettingKey, string>>;
  /** Values that Zoom found wrong, with words. */
  readonly invalid: Readonly<Record<SettingKey, string>>;
  /** What ended it before its end. */
  readonly error?: TallyError;
}

/**
 * Sends changes: one PATCH for the settings and one for each `option` view, each with the changed keys alone, and one for
 * each changed way of signing in. What Zoom says is locked is left out and the others are sent again; any other
 * refusal ends it. Never rejects.
 * @param first settings that Zoom takes only as long as the others are not changed; they go in a PATCH before
 */
export async function sendChanges(
  zoom: Pick<ZoomClient, 'call'>,
  changes: readonly SettingChange[],
  first: ReadonlySet<SettingKey>,
  signal: AbortSignal,
): Promise<Sent> {
  const fates = new Map<SettingKey, Fate>();
  const locked: Record<SettingKey, string> = {};
  const invalid: Record<SettingKey, string> = {};

  async function patch(view: SettingView, body: JsonObject): Promise<Failed | undefined> {
    const query = view === 'settings' ? {} : { option: view };
    const result = await zoom.call('userSettingsUpdate', { query, body }, { signal });
    return result.ok ? undefined : result;
  }

  /** What to do about a refusal: go on with these keys, or stop. */
  function judge({ error, reached }: Failed, keys: readonly SettingKey[]): readonly SettingKey[] | 'stop' {
    const shut = lockedKeys(error, keys);
    if (shut.length > 0) {
      for (const key of shut) {
        locked[key] = error.zoom?.message ?? error.what;
        fates.set(key, 'refused');
      }
      return keys.filter((key) => !shut.includes(key));
    }
    const fate = reached === 'perhaps' ? 'unsure' : 'refused';
    if (reached !== 'no') for (const key of keys) fates.set(key, fate);
    Object.assign(invalid, wrongFields(error, keys));
    return 'stop';
  }

  async function sendPlain(
    view: SettingView,
    values: ReadonlyMap<SettingKey, SettingValue>,
    chosen: readonly SettingKey[],
  ): Promise<TallyError | undefined> {
    let keys = chosen;
    while (keys.length > 0) {
      const failed = await patch(view, nest(keys.map((key) => [key, values.get(key) ?? null])));
      if (!failed) {
        for (const key of keys) fates.set(key, 'taken');
        return undefined;
      }
      const next = judge(failed, keys);
      if (next === 'stop') return failed.error;
      keys = next;
    }
    return undefined;
  }

  async function sendTable(view: SettingView, change: SettingChange): Promise<TallyError | undefined> {
    for (const option of optionChanges(change.before, change.after)) {
      const failed = await patch(view, { authentication_option: { ...option } });
      if (!failed) {
        // Until all of it is there, Zoom has a part.
        fates.set(change.key, 'refused');
        continue;
      }
      return judge(failed, [change.key]) === 'stop' ? failed.error : undefined;
    }
    fates.set(change.key, 'taken');
    return undefined;
  }

  for (const view of settingViews) {
    const own = changes.filter(({ key, after }) => viewOf(key) === view && after !== undefined);
    const plain = own.filter(({ key }) => !isAuthenticationTable(key));
    const values = new Map(plain.map(({ key, after }) => [key, after as SettingValue]));
    const keys = [...values.keys()];
    const before = keys.filter((key) => first.has(key));
    const others = keys.filter((key) => !first.has(key));
    let error = (await sendPlain(view, values, before)) ?? (await sendPlain(view, values, others));
    for (const change of own) {
      if (error || !isAuthenticationTable(change.key)) continue;
      error = await sendTable(view, change);
    }
    if (error) return { fates, locked, invalid, error };
  }
  return { fates, locked, invalid };
}

type Failed = Extract<ZoomResult<unknown>, { ok: false }>;

/** The settings that an error says are locked. Where it names none, it can only be the one that was sent. */
function lockedKeys({ zoom }: TallyError, keys: readonly SettingKey[]): readonly SettingKey[] {
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

/** Zoom's complaints about fields, by setting. */
function wrongFields(
  { zoom }: TallyError,
  keys: readonly SettingKey[],
): Readonly<Record<SettingKey, string>> {
  const wrong: Record<SettingKey, string> = {};
  for (const { field, message } of zoom?.fields ?? []) {
    const name = field.replace(/\[\d+\]|(?<=\.)\d+(?=\.|$)/g, '').replace(/\.+$/, '');
    const exact = keys.filter((key) => isMeant(key, name));
    for (const key of exact) wrong[key] = fieldWords(message);
  }
  return wrong;
}

function isMeant(key: SettingKey, name: string): boolean {
  const path = pathOf(key);
  if (isAuthenticationTable(key)) return name.startsWith('authentication_option');
  return path === name || path.endsWith(`.${name}`) || name.startsWith(`${path}.`);
}

function fieldWords(message: string): string {
  const isBare = message === '' || /^invalid field\.?$/i.test(message);
  return isBare ? 'Zoom does not take this value.' : `Zoom does not take this value: ${message}`;
}
