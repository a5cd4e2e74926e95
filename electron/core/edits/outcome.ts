import { type ByKey, type Change, type EditState, type Edits, omit, type Same, type Saved } from './state.ts';
import { trim } from './stored.ts';
import type { Subject } from './subject.ts';

/** An answer that was lost may be followed by what was asked for this much later, in ms. */
const late = 2 * 60_000;
/** A lock that Zoom told of is believed for this long, in ms; then it may be tried again. */
const lockedFor = 10 * 60_000;

/** What Zoom told of a part. */
export interface Told<V> {
  readonly part: string;
  readonly values: ByKey<V>;
}

/** Puts what Zoom just told of a part in the place of what was known of it. */
export function replaceValues<V>(subject: Subject<V>, state: EditState<V>, told: Told<V>): EditState<V> {
  const others = Object.entries(state.values).filter(([key]) => subject.partOf(key) !== told.part);
  const values = { ...Object.fromEntries(others), ...told.values };
  return { ...state, values, read: new Set([...state.read, told.part]) };
}

/**
 * As `replaceValues`, and what follows from it: a lost answer may be known now, an edit may have become needless.
 * @param now epoch ms
 */
export function afterRead<V>(
  subject: Subject<V>,
  before: EditState<V>,
  told: Told<V>,
  now: number,
): EditState<V> {
  const { partOf, same } = subject;
  const state = replaceValues(subject, before, told);
  const { intent } = state;
  if (!intent) return dropNeedless(same, state);
  const own = intent.changes.filter(({ key }) => partOf(key) === told.part);
  const others = intent.changes.filter((change) => !own.includes(change));
  const fates = new Map(own.map(({ key }) => [key, 'unsure' as const]));
  const save = { intent: { ...intent, changes: own }, fates, readBack: new Set([told.part]) };
  const next = afterSave(subject, state, save);
  const isLate = now - intent.at >= late || now < intent.at;
  const open = isLate ? [] : (next.intent?.changes ?? []);
  return withIntent({ ...next, kept: state.kept }, intent, [...others, ...open]);
}

/** Locks that Zoom told of long ago are forgotten. */
export function forgetLocks<V>(state: EditState<V>, now: number): EditState<V> {
  const fresh = Object.entries(state.locked).filter(([, { at }]) => now - at < lockedFor);
  return { ...state, locked: Object.fromEntries(fresh) };
}

function dropNeedless<V>(same: Same<V>, state: EditState<V>): EditState<V> {
  const { edits, refused, values } = state;
  const needless = Object.keys(edits).filter((key) => same(edits[key]?.value, values[key]));
  if (needless.length === 0) return state;
  return { ...state, edits: omit(edits, needless), refused: omit(refused, needless) };
}

/** The edits once Zoom has `now` because of a change: without it, or based on that where the person went on meanwhile. */
function afterSaved<V>(same: Same<V>, edits: Edits<V>, { key, after }: Change<V>, now: V): Edits<V> {
  const edit = edits[key];
  if (!edit) return edits;
  return same(edit.value, after) ? omit(edits, [key]) : { ...edits, [key]: { value: edit.value, base: now } };
}

/** The state in which these changes of a save are on their way, or without an answer. */
export function withIntent<V>(
  { intent: _former, ...state }: EditState<V>,
  intent: Saved<V>,
  changes: readonly Change<V>[],
): EditState<V> {
  return changes.length > 0 ? { ...state, intent: { ...intent, changes } } : state;
}

/** Adds changes that Zoom took to the save that they belong to. */
function record<V>(
  { mostSaves }: Subject<V>,
  state: EditState<V>,
  { id, at, undoes }: Saved<V>,
  changes: readonly Change<V>[],
): EditState<V> {
  if (changes.length === 0) return state;
  const former = state.history.find((entry) => entry.id === id);
  const others = state.history.filter((entry) => entry.id !== id && entry.id !== undoes);
  if (undoes !== undefined) return { ...state, history: others };
  const entry = { id, at, changes: [...(former?.changes ?? []), ...changes] };
  return { ...state, history: trim([entry, ...others], mostSaves) };
}

/** What became of a change that was sent. `refused`: Zoom said no. `unsure`: its answer was lost. */
export type Fate = 'taken' | 'refused' | 'unsure';

/** A save once all of it was sent, or as much as could be. */
interface Sent<V> {
  readonly intent: Saved<V>;
  /** Of what Zoom got. */
  readonly fates: ReadonlyMap<string, Fate>;
  /** Parts that Zoom was asked for after the last of it was sent. */
  readonly readBack: ReadonlySet<string>;
}

/**
 * The state after a save: what Zoom took is history and no edit any more, what it has otherwise is told, and what is not
 * known stays an intent.
 */
export function afterSave<V>(subject: Subject<V>, state: EditState<V>, save: Sent<V>): EditState<V> {
  const { partOf, same } = subject;
  const { intent, fates, readBack } = save;
  const done: Change<V>[] = [];
  const open: Change<V>[] = [];
  const kept: Record<string, V> = {};
  let { edits, values } = state;
  for (const change of intent.changes) {
    const { key, before, after } = change;
    if (after === undefined) continue;
    const isTold = readBack.has(partOf(key));
    const told = isTold ? values[key] : undefined;
    // What is only written is never told; without a look Zoom is believed to have what it took.
    const now = told ?? after;
    const end = endOf(subject, change, fates.get(key), told);
    if (end === 'unknown') open.push(change);
    if (end !== 'taken' && end !== 'partly') continue;
    const sent = end === 'partly' ? now : after;
    if (!isTold && before !== undefined) values = { ...values, [key]: after };
    if (!same(before, now)) done.push({ ...change, after: now });
    if (!same(now, sent)) kept[key] = sent;
    edits = afterSaved(same, edits, { key, after: sent }, now);
  }
  const next = record(subject, { ...state, edits, values, kept }, intent, done);
  return dropNeedless(same, withIntent(next, intent, open));
}

function endOf<V>(
  { same, inSteps }: Subject<V>,
  { key, before, after }: Change<V>,
  fate: Fate | undefined,
  told: V | undefined,
): 'taken' | 'partly' | 'unknown' | 'none' {
  if (fate === 'taken') return 'taken';
  if (fate === undefined) return 'none';
  // The first of several calls went well, and not all of them.
  if (inSteps?.(key) && told !== undefined && !same(told, before) && !same(told, after)) return 'partly';
  if (fate === 'refused') return 'none';
  return same(told, after) ? 'taken' : 'unknown';
}
