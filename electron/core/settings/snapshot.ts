import * as z from 'zod';
import { type Result, tallyError } from '../../../shared/errors.ts';
import { sameUnordered } from '../../../shared/json.ts';
import type {
  SettingChange,
  SettingKey,
  SettingLeaf,
  SettingsComparison,
  SettingValue,
} from '../../../shared/settings.ts';
import { isSecretSetting } from '../../../shared/zoom/secrets.ts';
import { inPlace } from '../../../shared/zoom/setting-twins.ts';
import { type Leaves, leafAt, notOffered, valueProblem, whyFixed } from './check.ts';
import { withTodaysNames } from './names.ts';
import { isSettingKey, tidy, type Values } from './values.ts';

/** What a file of saved settings holds, as far as Tally makes sense of it. */
export interface Snapshot extends Pick<SettingsComparison, 'name' | 'at' | 'from'> {
  readonly values: Values;
}

/** The newest layout of the file that this Tally reads. */
const version = 1;
const mostValues = 3_000;

const head = z.object({ tally: z.literal('settings'), version: z.number() });
const file = z.object({
  savedAt: z.iso.datetime(),
  from: z.string().max(320),
  values: z.record(z.string(), z.unknown()),
});

/** The file for what Zoom has: JSON that people can read, without passcodes. */
export function writeSnapshot(values: Values, from: string, now: number, leaves: Leaves): string {
  const shown = Object.entries(values)
    .filter(([key, value]) => !isSecretSetting(key, value, leaves.get(key as SettingKey)))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const savedAt = new Date(now).toISOString();
  const content = { tally: 'settings', version, savedAt, from, values: Object.fromEntries(shown) };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** What to call the file. */
export function snapshotName(from: string, now: number): string {
  // The name also goes through a dialog of the system, where some characters mean something.
  const whose = from
    .replace(/[^\p{L}\p{N}@._+-]+/gu, ' ')
    .trim()
    .slice(0, 80);
  return `Zoom settings ${whose} ${new Date(now).toISOString().slice(0, 10)}.json`.replace(/ {2,}/g, ' ');
}

/** Reads a file that the person chose. Nothing about it is believed; what is wrong with it is said in words. Never throws. */
export function readSnapshot(name: string, text: string): Result<Snapshot> {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return refuse('This file isn’t JSON.');
  }
  const kind = head.safeParse(json);
  if (!kind.success) return refuse('This file doesn’t hold settings that Tally saved.');
  if (kind.data.version !== version) return refuse('This file was saved by another version of Tally.');
  const parsed = file.safeParse(json);
  if (!parsed.success) return refuse('This file is damaged: its settings can’t be read.');
  const entries = Object.entries(parsed.data.values);
  if (entries.length > mostValues) return refuse('This file holds more settings than Zoom has.');
  const values: Record<SettingKey, SettingValue> = {};
  for (const [key, given] of entries) {
    const value = tidy(given);
    if (value === undefined || !isSettingKey(key))
      return refuse('This file is damaged: a setting can’t be read.');
    values[key] = value;
  }
  const { from, savedAt } = parsed.data;
  return { ok: true, value: { name, at: Date.parse(savedAt), from, values: withTodaysNames(values) } };
}

function refuse(what: string): Result<never> {
  return { ok: false, error: tallyError('file', what) };
}

/**
 * What the file has otherwise than Zoom, and which of it cannot be applied. Settings that are not in the file are left alone;
 * those that Zoom has twice are compared where they count for the account.
 */
export function compare(
  { name, at, from, values }: Snapshot,
  now: Values,
  leaves: Leaves,
  locked: Readonly<Record<SettingKey, unknown>>,
): SettingsComparison {
  const differences: SettingChange[] = [];
  const fixed: Record<SettingKey, string> = {};
  for (const [entry, after] of Object.entries(inPlace(values, now))) {
    const key = entry as SettingKey;
    const before = now[key];
    if (sameUnordered(before, after)) continue;
    const change = { key, ...(before !== undefined && { before }), after };
    differences.push(change);
    const why = locked[key] ? lockedWords : whyNotApplied(change, leafAt(leaves, now, key));
    if (why !== undefined) fixed[key] = why;
  }
  return { name, at, from, differences, fixed };
}

/** Of a setting that Zoom said is locked. */
export const lockedWords = 'The administrator of your account has locked this setting.';

function whyNotApplied(
  { key, before, after = null }: SettingChange,
  leaf: SettingLeaf | undefined,
): string | undefined {
  const fixed = leaf && whyFixed(leaf);
  if (fixed !== undefined) return fixed;
  if (isSecretSetting(key, after, leaf)) return 'Passcodes aren’t taken from files.';
  if (!leaf || before === undefined) return notOffered;
  return valueProblem(leaf, after, before);
}
