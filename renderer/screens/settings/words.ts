import { isObject } from '../../../shared/json.ts';
import type { SettingKey, SettingLeaf, SettingValue } from '../../../shared/settings.ts';
import { common } from '../../../shared/words/en/common.ts';
import { settings as t } from '../../../shared/words/en/settings.ts';

/** Longest words for a value where many stand below each other, in characters. */
const longest = 400;

/** A value as one would say it. A secret is never in it. */
export function valueWords(leaf: SettingLeaf | undefined, value: SettingValue | undefined): string {
  if (value === undefined || value === null) return common.notSet;
  if (typeof value === 'boolean') return value ? t.on : t.off;
  if (value === '') return t.empty;
  if (leaf?.secret) return t.hidden;
  const choice = leaf?.choices?.find((one) => one.value === value);
  if (choice) return choice.title;
  if (Array.isArray(value)) return listWords(leaf, value);
  return isObject(value) ? shorten(entryWords(value).join(' · ')) : asTold(value);
}

function listWords(leaf: SettingLeaf | undefined, entries: readonly SettingValue[]): string {
  if (entries.length === 0) return t.none;
  // Of a table the number says more than all that is in it.
  if (leaf?.type === 'table' && entries.some((entry) => isObject(entry))) return t.entries(entries.length);
  return shorten(entries.map((entry) => valueWords(leaf, entry)).join(', '));
}

function shorten(words: string): string {
  return words.length > longest ? `${words.slice(0, longest)}…` : words;
}

/** Parts of a table's entry that say nothing to a person. */
const idle = new Set(['id', 'type', 'display_number', 'country']);

/** Parts of a telephone number that is there as a whole. */
const inNumber = new Set(['code', 'number', 'country_code']);

/** An entry of a table in words: what it is called first. */
export function entryWords(entry: SettingValue): string[] {
  if (!isObject(entry)) return [valueWords(undefined, entry)];
  const name = entry.display_number ?? entry.name ?? entry.number ?? entry.country_name ?? entry.id;
  const isNumber = entry.display_number !== undefined;
  const rest = Object.entries(entry)
    .filter(([key]) => !idle.has(key) && !(isNumber && inNumber.has(key)))
    .filter(([, value]) => value !== name && value !== '' && value !== null)
    .map(([key, value]) =>
      typeof value === 'boolean' ? common.about(plain(key), value ? t.yes : t.no) : asTold(value),
    );
  return [...(name === undefined ? [] : [asTold(name)]), ...rest];
}

/** A value as Zoom told it, whatever it is: a text as it stands, a list or an object as JSON; empty where there is none. */
export function asTold(value: SettingValue | undefined): string {
  if (value === undefined || value === null) return '';
  // It was rounded on its way here, and digits that are not Zoom's would be worse than none.
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return t.tooLarge;
  return shorten(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

function plain(key: string): string {
  const words = key.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a setting needs, as words to go on with: "Cloud recording", "Cloud recording: Off". */
export function needWords(
  byKey: ReadonlyMap<SettingKey, SettingLeaf>,
  { key, value }: NonNullable<SettingLeaf['needs']>[number],
): string {
  const leaf = byKey.get(key);
  const title = leaf?.title ?? key;
  return value === true ? title : `${title}: ${valueWords(leaf, value)}`;
}

/** The limits of a setting in words; undefined where there is nothing to say. */
export function limitWords({ type, min, max, minLength }: SettingLeaf): string | undefined {
  if (type === 'number') {
    if (min !== undefined && max !== undefined) return t.range(min, max);
    if (max !== undefined) return t.atMost(max);
    return min === undefined ? undefined : t.atLeast(min);
  }
  return type === 'text' && minLength ? t.atLeastCharacters(minLength) : undefined;
}
