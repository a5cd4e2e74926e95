import { isObject } from '../../../shared/json.ts';
import { settingLeaves } from '../../../shared/zoom/settings.gen.ts';
import { type JsonObject, leavesOf, merge, valueAt } from './settings.ts';

/** Which settings this Zoom has: today's, or those of its reference of 2022 by the names that they had then. */
export const vintages = ['today', '2022'] as const;
export type Vintage = (typeof vintages)[number];

const pathOf = (key: string) => key.slice(key.indexOf(':') + 1);
const later: ReadonlySet<string> = new Set(
  settingLeaves.flatMap(({ key, since }) => (since === undefined ? [] : [pathOf(key)])),
);
/** The names of 2022 by today's. */
const formerNames: ReadonlyMap<string, string> = new Map(
  settingLeaves.flatMap(({ key, former }) => (former ? [[pathOf(key), pathOf(former)]] : [])),
);
const todaysNames = new Map([...formerNames].map(([today, former]) => [former, today]));
/** Settings that could be changed in 2022, and were not told. */
const untoldOnce = new Set(['in_meeting.allow_show_zoom_windows']);

/** A setting's name in the catalogue, by that of a vintage; undefined where that vintage has no such name. */
export function catalogueName(vintage: Vintage, path: string): string | undefined {
  if (vintage === 'today') return todaysNames.has(path) ? undefined : path;
  return later.has(path) || formerNames.has(path) ? undefined : (todaysNames.get(path) ?? path);
}

/** Settings as a Zoom of that vintage tells them. */
export function toldIn(vintage: Vintage, settings: JsonObject): JsonObject {
  if (vintage === 'today') return settings;
  const told = leavesOf(settings).filter((path) => !later.has(path) && !untoldOnce.has(path));
  return picked(settings, told, (path) => formerNames.get(path) ?? path);
}

/** The leaves at these paths, each at the path that `rename` makes of it. */
export function picked(
  settings: JsonObject,
  paths: readonly string[],
  rename: (path: string) => string = (path) => path,
): JsonObject {
  const out: JsonObject = {};
  for (const path of paths) {
    const value = valueAt(settings, path);
    if (value !== undefined) merge(out, nested(rename(path).split('.'), value));
  }
  return out;
}

type Value = JsonObject[string];

function nested(names: readonly string[], value: Value): JsonObject {
  const inner = names.reduceRight<Value>((within, name) => ({ [name]: within }), value);
  return isObject(inner) ? (inner as JsonObject) : {};
}
