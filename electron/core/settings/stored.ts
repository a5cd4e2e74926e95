import * as z from 'zod';
import { isObject } from '../../../shared/json.ts';
import type { SavedSettings, SettingChange, SettingKey, SettingValue } from '../../../shared/settings.ts';
import { isSettingKey, tidy } from './values.ts';

/** A change that is not saved yet, and what Zoom had when it was made; nothing where Zoom did not tell. */
export interface Edit {
  readonly value: SettingValue;
  readonly base?: SettingValue;
}

export type Edits = Readonly<Record<SettingKey, Edit>>;

/** What was about to be sent, or was sent without an answer. */
export type Intent = SavedSettings;

/** What outlasts a crash. */
export interface Kept {
  readonly edits: Edits;
  /** Newest first. */
  readonly history: readonly SavedSettings[];
  readonly intent?: Intent;
}

/** Saves that can be undone. */
const mostSaves = 10;
/** Most characters of JSON: the file of all accounts stays far below what Tally reads at its next start. */
const largest = { history: 100_000, value: 20_000, edits: 60_000 } as const;
const mostChanges = 1_000;

const value = z.unknown().transform((given, context): SettingValue => {
  const tidied = tidy(given);
  if (tidied !== undefined) return tidied;
  context.addIssue('not JSON that Tally keeps');
  return z.NEVER;
});
const key = z.string().refine(isSettingKey) as unknown as z.ZodType<SettingKey>;
const edit = z.object({ value, base: value.optional() });
const change = z.object({ key, before: value.optional(), after: value.optional() });
const saved = z.object({
  id: z.string().min(1).max(100),
  at: z.number().int().min(0).max(8.64e15),
  changes: z.array(change).min(1).max(mostChanges),
});

/** What survives a restart, as JSON; undefined when there is nothing. */
export function storeSettings({ edits, history, intent }: Kept): object | undefined {
  if (Object.keys(edits).length === 0 && history.length === 0 && !intent) return undefined;
  return { edits, history, ...(intent && { intent }) };
}

/** Reads what `storeSettings` wrote. Each part that is not that is left out, and the others are kept. Never throws. */
export function readSettings(json: unknown): Kept {
  const stored = isObject(json) ? json : {};
  const edits: Record<SettingKey, Edit> = {};
  const entries = isObject(stored.edits) ? Object.entries(stored.edits) : [];
  for (const [name, content] of entries.slice(0, mostChanges)) {
    const parsed = edit.safeParse(content);
    if (isSettingKey(name) && parsed.success) edits[name] = withoutAbsent(parsed.data);
  }
  const intent = saved.safeParse(stored.intent);
  const history = Array.isArray(stored.history) ? stored.history.slice(0, mostSaves) : [];
  return {
    edits,
    history: trim(history.flatMap((entry) => readSaved(entry) ?? [])),
    ...(intent.success && { intent: cleaned(intent.data) }),
  };
}

function readSaved(entry: unknown): SavedSettings | undefined {
  const parsed = saved.safeParse(entry);
  return parsed.success ? cleaned(parsed.data) : undefined;
}

function cleaned({ id, at, changes }: z.output<typeof saved>): SavedSettings {
  return { id, at, changes: changes.map((one): SettingChange => withoutAbsent(one)) };
}

/** An absent value is no field at all, as `exactOptionalPropertyTypes` and the window's comparisons want it. */
function withoutAbsent<T extends object>(facts: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(facts).filter(([, one]) => one !== undefined)) as never;
}

/** The newest saves: at most ten, and no more than fit. */
export function trim(history: readonly SavedSettings[]): readonly SavedSettings[] {
  let room: number = largest.history;
  const fitting: SavedSettings[] = [];
  for (const entry of history.slice(0, mostSaves)) {
    room -= JSON.stringify(entry).length;
    if (room < 0) break;
    fitting.push(entry);
  }
  return fitting;
}

/** Whether an edit is too large to be kept, by itself or together with the others. */
export function tooLarge(edits: Edits, setting: SettingKey, wanted: SettingValue): boolean {
  if (JSON.stringify(wanted).length > largest.value) return true;
  const { [setting]: _former, ...others } = edits;
  return JSON.stringify(others).length + JSON.stringify(wanted).length > largest.edits;
}
