import { isObject, type JsonObject, sameUnordered } from '../../../shared/json.ts';
import type { SettingKey, SettingValue } from '../../../shared/settings.ts';

/** The two tables that are written an entry at a time; the key they have, and what an entry's `type` may be. */
const tables: Readonly<Record<SettingKey, readonly string[]>> = {
  'meeting_authentication:authentication_options': [
    'enforce_login',
    'enforce_login_with_domains',
    'enforce_login_with_same_account',
  ],
  'recording_authentication:authentication_options': [
    'internally',
    'enforce_login',
    'enforce_login_with_domains',
  ],
};

/** Whether a setting is a table of ways to sign in. */
export function isAuthenticationTable(key: SettingKey): boolean {
  return Object.hasOwn(tables, key);
}

function byId(table: SettingValue | undefined): ReadonlyMap<string, JsonObject> {
  const entries = Array.isArray(table)
    ? (table as readonly SettingValue[]).filter((entry) => isObject(entry))
    : [];
  return new Map(entries.flatMap((entry) => (typeof entry.id === 'string' ? [[entry.id, entry]] : [])));
}

/**
 * What makes one table of the other, each change by itself as `authentication_option` of a PATCH takes it: what shall be
 * seen first, and what is hidden last. Zoom takes the default away from the former one by itself.
 */
export function optionChanges(
  before: SettingValue | undefined,
  after: SettingValue | undefined,
): readonly JsonObject[] {
  const old = byId(before);
  const shown: JsonObject[] = [];
  const updated: JsonObject[] = [];
  const hidden: JsonObject[] = [];
  for (const [id, entry] of byId(after)) {
    const was = old.get(id);
    if (!was) continue;
    const isChanged = (name: string) => entry[name] !== was[name];
    const names = ['name', 'type', 'domains'].filter((name) => typeof entry[name] === 'string');
    if (entry.default_option === true) names.push('default_option');
    const facts = names.filter(isChanged).map((name) => [name, entry[name]]);
    if (facts.length > 0) updated.push({ action: 'update', id, ...Object.fromEntries(facts) });
    if (entry.visible === true && isChanged('visible')) shown.push({ action: 'show', id });
    if (entry.visible === false && isChanged('visible')) hidden.push({ action: 'hide', id });
  }
  return [...shown, ...updated, ...hidden];
}

/** Why a table cannot be made of the one that Zoom has, in words; undefined when it can. */
export function tableProblem(
  key: SettingKey,
  before: SettingValue | undefined,
  after: SettingValue,
): string | undefined {
  const old = byId(before);
  const wanted = byId(after);
  const isWhole = Array.isArray(after) && after.length === wanted.size && wanted.size === old.size;
  if (!isWhole || [...wanted.keys()].some((id) => !old.has(id))) {
    return 'Ways of signing in can be changed here, not added or removed.';
  }
  for (const [id, entry] of wanted) {
    const problem = entryProblem(key, old.get(id) ?? {}, entry);
    if (problem) return problem;
  }
  const defaults = [...wanted.values()].filter((entry) => entry.default_option === true).length;
  const hadDefault = [...old.values()].some((entry) => entry.default_option === true);
  if (defaults > 1 || (hadDefault && defaults === 0)) return 'Exactly one of them is the default.';
  return undefined;
}

const changeable = ['name', 'type', 'domains', 'default_option', 'visible'];

function entryProblem(key: SettingKey, was: JsonObject, entry: JsonObject): string | undefined {
  const names = new Set([...Object.keys(was), ...Object.keys(entry)]);
  for (const name of names) {
    const value = entry[name];
    if (sameUnordered(value, was[name])) continue;
    if (!changeable.includes(name) || value === undefined) return 'This part of it can’t be changed.';
    const isSwitch = name === 'default_option' || name === 'visible';
    if (typeof value !== (isSwitch ? 'boolean' : 'string')) return 'Its parts aren’t what they should be.';
    if (name === 'name' && String(value).trim() === '') return 'It needs a name.';
    if (name === 'type' && !tables[key]?.includes(String(value))) return 'Zoom doesn’t offer this way here.';
  }
  if (String(entry.type).endsWith('_with_domains') && entry.domains === '' && !sameUnordered(entry, was)) {
    return 'It needs at least one domain.';
  }
  return undefined;
}
