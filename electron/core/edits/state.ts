import type { TallyError } from '../../../shared/errors.ts';

/** A change that is not saved yet, and what Zoom had when it was made; nothing where Zoom did not tell. */
export interface Edit<V> {
  readonly value: V;
  readonly base?: V;
}

/** One change of one value. Absent: Zoom did not tell, or tells no longer. */
export interface Change<V> {
  readonly key: string;
  readonly before?: V;
  readonly after?: V;
}

/** A save that Zoom took; or one that was about to be sent, or was sent without an answer. */
export interface Saved<V> {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly changes: readonly Change<V>[];
  /** The save that it takes back, where nothing shall be left of either. */
  readonly undoes?: string;
}

/** Something for each of some keys. */
export type ByKey<T> = Readonly<Record<string, T>>;
export type Edits<V> = ByKey<Edit<V>>;

/** What outlasts a crash. */
export interface Kept<V> {
  readonly edits: Edits<V>;
  /** Newest first. */
  readonly history: readonly Saved<V>[];
  readonly intent?: Saved<V>;
}

/** What Zoom has, and what the person wants otherwise. */
export interface EditState<V> extends Kept<V> {
  readonly phase: 'unknown' | 'loading' | 'ready' | 'failed';
  readonly error?: TallyError;
  /** Epoch ms. */
  readonly readAt?: number;
  readonly values: ByKey<V>;
  /** Parts that Zoom told of since the start. */
  readonly read: ReadonlySet<string>;
  /** What Zoom found wrong with an edit. */
  readonly refused: ByKey<string>;
  readonly locked: ByKey<{ readonly words: string; readonly at: number }>;
  /** What the last save sent and Zoom has otherwise. */
  readonly kept: ByKey<V>;
  /** Conflicts because of which the last save sent nothing. */
  readonly contested: readonly string[];
  readonly saving: boolean;
  readonly problem?: TallyError;
}

/** Whether two values are the same to Zoom. */
export type Same<V> = (a: V | undefined, b: V | undefined) => boolean;

/** A record without some of its entries. */
export function omit<T>(record: ByKey<T>, keys: readonly string[]): ByKey<T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}

/** A record of what is made of each entry; of nothing there is none. */
export function mapRecord<T, U>(record: ByKey<T>, make: (value: T, key: string) => U | undefined): ByKey<U> {
  const made = Object.entries(record).map(([key, value]) => [key, make(value, key)]);
  return Object.fromEntries(made.filter(([, value]) => value !== undefined));
}

/** What the person wants to have, of what is edited. */
export function wanted<V>(edits: Edits<V>): ByKey<V> {
  return mapRecord(edits, ({ value }) => value);
}

/** An edit that knows what Zoom has. */
export function basedOn<V>(value: V, base: V | undefined): Edit<V> {
  return { value, ...(base !== undefined && { base }) };
}

/** What makes `after` of the present value. */
export function changeTo<V>(key: string, now: V | undefined, after: V): Change<V> {
  return { key, ...(now !== undefined && { before: now }), after };
}

/** The edits of what was changed at Zoom since. */
export function conflictsOf<V>(same: Same<V>, { edits, values }: EditState<V>): Edits<V> {
  return mapRecord(edits, (edit, key) =>
    values[key] === undefined || same(edit.base, values[key]) ? undefined : edit,
  );
}

/** The state after the person gave something a value. */
export function withEdit<V>(same: Same<V>, state: EditState<V>, key: string, value: V): EditState<V> {
  const next = revert(state, [key]);
  const now = state.values[key];
  if (same(value, now)) return next;
  const former = state.edits[key];
  // It stays based on what Zoom had when the person began, so that a change there meanwhile is seen.
  const edit = former ? { ...former, value } : basedOn(value, now);
  return { ...next, edits: { ...next.edits, [key]: edit } };
}

/** The state without these edits. */
export function revert<V>(state: EditState<V>, keys: readonly string[]): EditState<V> {
  const { edits, refused, kept, contested } = state;
  return {
    ...state,
    edits: omit(edits, keys),
    refused: omit(refused, keys),
    kept: omit(kept, keys),
    contested: contested.filter((key) => !keys.includes(key)),
  };
}

/** The state after the person chose a side of a conflict. */
export function resolve<V>(state: EditState<V>, key: string, take: 'mine' | 'zoom'): EditState<V> {
  const edit = state.edits[key];
  if (!edit) return state;
  if (take === 'zoom') return revert(state, [key]);
  const contested = state.contested.filter((one) => one !== key);
  const edits = { ...state.edits, [key]: basedOn(edit.value, state.values[key]) };
  return { ...state, edits, contested };
}

/** What the window shows of it, whatever it is. */
export function shownOf<V>(state: EditState<V>, problems: ByKey<string>) {
  const { phase, error, values, edits, refused, locked, saving, problem } = state;
  return {
    phase,
    ...(error && { error }),
    values,
    edits: wanted(edits),
    invalid: { ...mapRecord(refused, (words, key) => (edits[key] ? words : undefined)), ...problems },
    locked: mapRecord(locked, ({ words }) => words),
    saving,
    ...(problem && { problem }),
  };
}
