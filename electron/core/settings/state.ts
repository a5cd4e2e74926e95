import type { TallyError } from '../../../shared/errors.ts';
import { sameUnordered } from '../../../shared/json.ts';
import type {
  SavedSettings,
  SettingChange,
  SettingKey,
  SettingsView,
  SettingValue,
  SettingView,
} from '../../../shared/settings.ts';
import { isAuthenticationTable } from './authentication.ts';
import { editProblems, type Leaves } from './check.ts';
import { compare, type Snapshot } from './snapshot.ts';
import { type Edits, type Intent, type Kept, trim } from './stored.ts';
import { type Values, viewOf } from './values.ts';

/** An answer that was lost may be followed by what was asked for this much later, in ms. */
const late = 2 * 60_000;
/** A lock that Zoom told of is believed for this long, in ms; then the setting may be tried again. */
const lockedFor = 10 * 60_000;

export interface SettingsState extends Kept {
  readonly phase: SettingsView['phase'];
  readonly error?: TallyError;
  readonly readAt?: number;
  readonly values: Values;
  /** Views that Zoom told of since the start. */
  readonly read: ReadonlySet<SettingView>;
  /** What Zoom found wrong with an edit. */
  readonly refused: Readonly<Record<SettingKey, string>>;
  readonly locked: Readonly<Record<SettingKey, { readonly words: string; readonly at: number }>>;
  readonly kept: SettingsView['kept'];
  readonly saving: boolean;
  readonly problem?: TallyError;
  readonly snapshot?: Snapshot;
}

/** The state at the start, with what was kept. */
export function initialSettings(stored: Kept): SettingsState {
  return {
    ...stored,
    phase: 'unknown',
    values: {},
    read: new Set(),
    refused: {},
    locked: {},
    kept: {},
    saving: false,
  };
}

/** A record without some of its entries. */
export function omit<T>(
  record: Readonly<Record<SettingKey, T>>,
  keys: Iterable<SettingKey>,
): Readonly<Record<SettingKey, T>> {
  const rest: Record<SettingKey, T> = { ...record };
  for (const key of keys) delete rest[key];
  return rest;
}

/** What the person wants to have, of the settings that are edited. */
function wanted(edits: Edits): Values {
  return mapRecord(edits, (edit) => edit.value);
}

function mapRecord<T, U>(
  record: Readonly<Record<SettingKey, T>>,
  make: (value: T, key: SettingKey) => U | undefined,
): Record<SettingKey, U> {
  const made: Record<SettingKey, U> = {};
  for (const [name, value] of Object.entries(record)) {
    const mapped = make(value, name as SettingKey);
    if (mapped !== undefined) made[name as SettingKey] = mapped;
  }
  return made;
}

/** The edited settings that were changed at Zoom since, with what they were before. */
export function conflictsOf({ edits, values }: SettingsState): SettingsView['conflicts'] {
  return mapRecord(edits, ({ base }, key) => {
    const now = values[key];
    if (now === undefined || sameUnordered(base, now)) return undefined;
    return base === undefined ? {} : { was: base };
  });
}

/** What is wrong with the edits by the catalogue. */
export function problemsOf(state: SettingsState, leaves: Leaves): Readonly<Record<SettingKey, string>> {
  return editProblems(leaves, state.values, wanted(state.edits), (key) => state.read.has(viewOf(key)));
}

/** What the window shows. */
export function viewSettings(state: SettingsState, leaves: Leaves): SettingsView {
  const { phase, error, readAt, values, edits, locked, refused, kept, saving, problem, history, snapshot } =
    state;
  return {
    phase,
    ...(error && { error }),
    ...(readAt !== undefined && { readAt }),
    values,
    edits: wanted(edits),
    conflicts: conflictsOf(state),
    invalid: {
      ...mapRecord(refused, (words, key) => (edits[key] ? words : undefined)),
      ...problemsOf(state, leaves),
    },
    locked: mapRecord(locked, ({ words }) => words),
    kept,
    saving,
    ...(problem && { problem }),
    history,
    ...(snapshot && { comparison: compare(snapshot, values, leaves, locked) }),
  };
}

/** Puts what Zoom just told of a view in the place of what was known of it. */
export function replaceValues(state: SettingsState, view: SettingView, told: Values): SettingsState {
  const others = Object.entries(state.values).filter(([key]) => viewOf(key as SettingKey) !== view);
  const values: Values = { ...Object.fromEntries(others), ...told };
  return { ...state, values, read: new Set([...state.read, view]) };
}

/** As `replaceValues`, and what follows from it: a lost answer may be known now, an edit may have become needless. */
export function afterRead(state: SettingsState, view: SettingView, told: Values, now: number): SettingsState {
  return dropNeedless(settle(replaceValues(state, view, told), view, now));
}

/** Locks that Zoom told of long ago are forgotten. */
export function forgetLocks(state: SettingsState, now: number): SettingsState {
  const old = Object.entries(state.locked).filter(([, { at }]) => now - at >= lockedFor);
  return {
    ...state,
    locked: omit(
      state.locked,
      old.map(([key]) => key as SettingKey),
    ),
  };
}

function dropNeedless(state: SettingsState): SettingsState {
  const needless = Object.entries(state.edits)
    .filter(([key, { value }]) => sameUnordered(value, state.values[key as SettingKey]))
    .map(([key]) => key as SettingKey);
  if (needless.length === 0) return state;
  return { ...state, edits: omit(state.edits, needless), refused: omit(state.refused, needless) };
}

/** Looks what became of a save without an answer, as far as this view goes. */
function settle(state: SettingsState, view: SettingView, now: number): SettingsState {
  const { intent } = state;
  if (!intent) return state;
  const told = intent.changes.filter(({ key }) => viewOf(key) === view);
  const done = told.filter(
    ({ key, after }) => after !== undefined && sameUnordered(state.values[key], after),
  );
  const isLate = now - intent.at >= late || now < intent.at;
  const open = intent.changes.filter((change) =>
    viewOf(change.key) === view ? !isLate && !done.includes(change) : true,
  );
  const recorded = record(state, intent, done);
  const edits = done.reduce(
    (rest, { key, after }) => (after === undefined ? rest : afterSaved(rest, key, after, after)),
    recorded.edits,
  );
  return withIntent({ ...recorded, edits }, open.length > 0 ? { ...intent, changes: open } : undefined);
}

/** An edit once Zoom has `now` because `sent` was sent: gone, or based on that where the person went on meanwhile. */
function afterSaved(edits: Edits, key: SettingKey, sent: SettingValue, now: SettingValue): Edits {
  const edit = edits[key];
  if (!edit) return edits;
  if (sameUnordered(edit.value, sent)) return omit(edits, [key]);
  return { ...edits, [key]: { value: edit.value, base: now } };
}

export function withIntent(state: SettingsState, intent: Intent | undefined): SettingsState {
  const { intent: _former, ...rest } = state;
  return intent ? { ...rest, intent } : rest;
}

/** Adds changes that Zoom took to the save that they belong to. */
function record(
  state: SettingsState,
  { id, at }: Pick<SavedSettings, 'id' | 'at'>,
  changes: readonly SettingChange[],
): SettingsState {
  if (changes.length === 0) return state;
  const former = state.history.find((entry) => entry.id === id);
  const others = state.history.filter((entry) => entry.id !== id);
  const entry: SavedSettings = { id, at, changes: [...(former?.changes ?? []), ...changes] };
  return { ...state, history: trim([entry, ...others]) };
}

/** What became of one change. `refused`: Zoom said no. `unsure`: its answer was lost. `unsent`: Zoom never got it. */
export type Fate = 'taken' | 'refused' | 'unsure' | 'unsent';

/**
 * The state after a save: what Zoom took is history and no edit any more, what it kept otherwise is told, and what is not
 * known stays an intent.
 * @param readBack views that Zoom was asked for after the last of it was sent
 */
export function afterSave(
  state: SettingsState,
  intent: Intent,
  fates: ReadonlyMap<SettingKey, Fate>,
  readBack: ReadonlySet<SettingView>,
): SettingsState {
  const done: SettingChange[] = [];
  const open: SettingChange[] = [];
  const kept: Record<SettingKey, { sent: SettingValue }> = {};
  let { edits, values } = state;
  for (const change of intent.changes) {
    const { key, before, after } = change;
    if (after === undefined) continue;
    const fate = fates.get(key) ?? 'unsent';
    const isTold = readBack.has(viewOf(key));
    const told = isTold ? values[key] : undefined;
    if ((fate === 'refused' || fate === 'unsure') && isPartly(key, told, change)) {
      done.push({ ...change, after: told as SettingValue });
      const edit = edits[key];
      if (edit) edits = { ...edits, [key]: { ...edit, base: told as SettingValue } };
    } else if (fate === 'unsure' && !sameUnordered(told, after)) {
      open.push(change);
    } else if (fate === 'taken' || fate === 'unsure') {
      // What is only written is never told; without a look Zoom is believed to have what it took.
      const now = told ?? after;
      if (!isTold && before !== undefined) values = { ...values, [key]: after };
      if (!sameUnordered(before, now)) done.push({ ...change, after: now });
      if (!sameUnordered(now, after)) kept[key] = { sent: after };
      edits = afterSaved(edits, key, after, now);
    }
  }
  const next = record({ ...state, edits, values, kept }, intent, done);
  return dropNeedless(withIntent(next, open.length > 0 ? { ...intent, changes: open } : undefined));
}

/** Whether the first of the several calls that a table takes went well, and not all of them. */
function isPartly(
  key: SettingKey,
  told: SettingValue | undefined,
  { before, after }: SettingChange,
): boolean {
  return (
    isAuthenticationTable(key) &&
    told !== undefined &&
    !sameUnordered(told, before) &&
    !sameUnordered(told, after)
  );
}
