import { isObject, sameUnordered } from '../../../shared/json.ts';
import type { SettingKey, SettingLeaf, SettingValue } from '../../../shared/settings.ts';
import { settingLeaves } from '../../../shared/zoom/settings.gen.ts';
import { unknownSetting } from '../../../shared/zoom/unknown-settings.ts';
import { mapRecord } from '../edits/state.ts';
import { isAuthenticationTable, tableProblem } from './authentication.ts';
import type { Values } from './values.ts';

/** What the catalogue says of each setting. */
export type Leaves = ReadonlyMap<SettingKey, SettingLeaf>;

/** The settings of the catalogue by their keys. */
export const leaves: Leaves = new Map(settingLeaves.map((leaf) => [leaf.key, leaf]));

/** Most characters of a text, and most entries of a list, where the catalogue gives no limit. */
const usual = { text: 4_000, items: 500, entry: 300 } as const;

/** What a setting is: by the catalogue, else by what Zoom has; undefined where neither tells of it. */
export function leafAt(leaves: Leaves, values: Values, key: SettingKey): SettingLeaf | undefined {
  const value = values[key];
  return leaves.get(key) ?? (value === undefined ? undefined : unknownSetting(key, value));
}

/** Why a setting cannot be changed at all, in words; undefined when it can. */
export function whyFixed(leaf: SettingLeaf): string | undefined {
  if (isAuthenticationTable(leaf.key)) return undefined;
  if (leaf.type === 'table')
    return leaf.unknown
      ? 'Tally doesn’t know this setting and can’t edit what stands in it.'
      : 'This list is only shown here.';
  if (leaf.access === 'read') return 'Read-only. Zoom’s API has no way to change this setting.';
  return undefined;
}

/**
 * What is wrong with a value by the catalogue, in words; undefined when Zoom should take it.
 * @param before what Zoom has
 */
export function valueProblem(
  leaf: SettingLeaf,
  value: SettingValue,
  before: SettingValue | undefined,
): string | undefined {
  if (isAuthenticationTable(leaf.key)) return tableProblem(leaf.key, before, value);
  switch (leaf.type) {
    case 'switch':
      return typeof value === 'boolean' ? undefined : 'This is either on or off.';
    case 'choice':
      return isChoice(leaf, value) ? undefined : 'This isn’t one of the choices.';
    case 'number':
      return numberProblem(leaf, value);
    case 'text':
      return typeof value === 'string' ? lengthProblem(leaf, value, usual.text) : 'This isn’t a text.';
    case 'list':
      return listProblem(leaf, value, before);
    case 'table':
      return 'This list is only shown here.';
  }
}

function isChoice(leaf: SettingLeaf, value: SettingValue): boolean {
  return leaf.choices?.some((choice) => choice.value === value) ?? false;
}

function numberProblem({ min, max }: SettingLeaf, value: SettingValue): string | undefined {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return 'This isn’t a whole number.';
  const tooSmall = min !== undefined && value < min;
  const tooLarge = max !== undefined && value > max;
  if (!tooSmall && !tooLarge) return undefined;
  if (min !== undefined && max !== undefined) return `This must be from ${min} to ${max}.`;
  return tooSmall ? `This must be at least ${min}.` : `This must be at most ${max}.`;
}

function lengthProblem(leaf: SettingLeaf, text: string, longest: number): string | undefined {
  // As JSON Schema counts: an emoji is one character, not two.
  const length = [...text].length;
  const { minLength = 0, maxLength = longest } = leaf;
  if (length < minLength) return `At least ${minLength} characters are needed.`;
  return length > maxLength
    ? `At most ${maxLength} characters are possible; these are ${length}.`
    : undefined;
}

function listProblem(
  leaf: SettingLeaf,
  value: SettingValue,
  before: SettingValue | undefined,
): string | undefined {
  if (!Array.isArray(value)) return 'This isn’t a list.';
  const entries = value as readonly SettingValue[];
  const known: readonly SettingValue[] = Array.isArray(before) ? before : [];
  const { maxItems = usual.items } = leaf;
  if (entries.length > maxItems)
    return `At most ${maxItems} entries are possible; these are ${entries.length}.`;
  // What Zoom has itself may stay, whatever the catalogue says of it, and as often as Zoom has it.
  const there = timesIn(known);
  for (const [name, { entry, times }] of timesIn(entries)) {
    const { times: before = 0 } = there.get(name) ?? {};
    if (times > Math.max(1, before)) return 'An entry is there twice.';
    const problem = before > 0 ? undefined : entryProblem(leaf, entry);
    if (problem) return problem;
  }
  return undefined;
}

/** How often each entry of a list is there, by its JSON. */
function timesIn(
  entries: readonly SettingValue[],
): ReadonlyMap<string, { entry: SettingValue; times: number }> {
  const found = new Map<string, { entry: SettingValue; times: number }>();
  for (const entry of entries) {
    const name = JSON.stringify(entry);
    found.set(name, { entry, times: (found.get(name)?.times ?? 0) + 1 });
  }
  return found;
}

function entryProblem(leaf: SettingLeaf, entry: SettingValue): string | undefined {
  if (leaf.choices || leaf.from) {
    const fits = leaf.from ? isObject(entry) : isChoice(leaf, entry);
    return fits ? undefined : 'An entry isn’t one of the choices.';
  }
  if (typeof entry !== 'string') return 'An entry isn’t a text.';
  const problem = lengthProblem(leaf, entry, usual.entry);
  if (problem) return `“${entry.length > 40 ? `${entry.slice(0, 40)}…` : entry}”: ${problem}`;
  return entry.trim() === '' ? 'An entry is empty.' : undefined;
}

/**
 * What else must be so for a value to take effect, in words; undefined when nothing is missing. To switch something off
 * needs nothing, and what Zoom does not tell of cannot be missing.
 * @param at a setting's value as it will be after the save
 */
function needProblem(
  leaves: Leaves,
  leaf: SettingLeaf,
  value: SettingValue,
  at: (key: SettingKey) => SettingValue | undefined,
): string | undefined {
  if (value === false) return undefined;
  const missing = leaf.needs?.find((need) => {
    const now = at(need.key);
    return now !== undefined && !sameUnordered(now, need.value);
  });
  if (!missing) return undefined;
  const needed = leaves.get(missing.key);
  const title = `“${needed?.title ?? missing.key}”`;
  if (missing.value === true) return `This needs ${title} to be on.`;
  if (missing.value === false) return `This needs ${title} to be off.`;
  const choice = needed?.choices?.find((one) => one.value === missing.value)?.title;
  return `This needs ${title} to be “${choice ?? String(missing.value)}”.`;
}

/**
 * The changes that must be sent before the others: what they need holds now and no longer does once all is sent. Only an
 * undo has such, which puts a setting back together with the switch that it needs.
 */
export function early(
  leaves: Leaves,
  values: Values,
  changes: readonly { readonly key: SettingKey; readonly after?: SettingValue }[],
): ReadonlySet<SettingKey> {
  const then = new Map(changes.map(({ key, after }) => [key, after]));
  const now = (key: SettingKey) => values[key];
  const later = (key: SettingKey) => then.get(key) ?? values[key];
  const first = changes.filter(({ key, after }) => {
    const leaf = leaves.get(key);
    if (!leaf || after === undefined) return false;
    return needProblem(leaves, leaf, after, later) !== undefined && !needProblem(leaves, leaf, after, now);
  });
  return new Set(first.map(({ key }) => key));
}

/** Changes in an order in which each comes after those that it needs: where Zoom refuses some, they are sent in parts. */
export function neededFirst<C extends { readonly key: SettingKey }>(
  leaves: Leaves,
  changes: readonly C[],
): readonly C[] {
  const keys = new Set(changes.map(({ key }) => key));
  const depth = (key: SettingKey): number => {
    const needed = leaves.get(key)?.needs?.filter((need) => keys.has(need.key)) ?? [];
    return needed.length === 0 ? 0 : 1 + Math.max(...needed.map((need) => depth(need.key)));
  };
  return changes.toSorted((a, b) => depth(a.key) - depth(b.key));
}

/**
 * What is wrong with each edit by the catalogue, in words.
 * @param wasRead whether Zoom has told of a setting's view, so that what is not there is not offered
 */
export function editProblems(
  leaves: Leaves,
  values: Values,
  edits: Values,
  wasRead: (key: SettingKey) => boolean,
): Readonly<Record<SettingKey, string>> {
  const at = (key: SettingKey) => edits[key] ?? values[key];
  return mapRecord(edits, (value, name) => {
    const key = name as SettingKey;
    const before = values[key];
    const leaf = leafAt(leaves, values, key);
    const fixed = leaf && whyFixed(leaf);
    if (fixed !== undefined) return fixed;
    if (!leaf || (before === undefined && leaf.access !== 'write'))
      return wasRead(key) ? notOffered : undefined;
    return valueProblem(leaf, value, before) ?? needProblem(leaves, leaf, value, at);
  });
}

export const notOffered = 'Zoom doesn’t offer this setting to your account.';
