import type { Result, TallyError } from '../../../shared/errors.ts';
import type { ZoomResult } from '../zoom/client.ts';
import type { ByKey, Change, EditState, Same } from './state.ts';

/** What is edited, and how Zoom is asked for it and told of it. */
export interface Subject<V> {
  readonly same: Same<V>;
  /** What is asked for by itself; without the first there is nothing to show. */
  readonly parts: readonly string[];
  /** What is read and written together with a value. */
  partOf(key: string): string;
  /** Other parts in which a change of a value shows, by what Zoom has. */
  alsoIn?(key: string, values: ByKey<V>): readonly string[];
  /** Whether it takes several calls to write a value, of which only some may go well. */
  inSteps?(key: string): boolean;
  /** Saves that can be undone. */
  readonly mostSaves: number;
  /** Whether an undo can be undone itself; if not, a save is over once its undo was tried. */
  readonly redo: boolean;
  /** Asks Zoom for one of the parts. Never rejects. */
  read(part: string): Promise<Result<ByKey<V>>>;
  /** What is wrong with the edits, in words. */
  problems(state: EditState<V>): ByKey<string>;
  /** How changes are sent, in order. `values` is what Zoom has. */
  batches(changes: readonly Change<V>[], values: ByKey<V>): readonly Batch[];
  /** What a refusal of Zoom's says is locked; empty where it is about something else. */
  lockedBy(error: TallyError, keys: readonly string[]): readonly string[];
  /** What a refusal of Zoom's finds wrong with single values, in words. */
  wrongBy(error: TallyError, keys: readonly string[]): ByKey<string>;
  readonly words: EditWords<V>;
}

/** Changes that go to Zoom together. */
export interface Batch {
  readonly keys: readonly string[];
  /** Makes the calls for some of these changes, one after the other as far as they are asked for. */
  send(keys: readonly string[]): AsyncIterable<ZoomResult<unknown>>;
}

/** What is said of edits that are not saved, and of saves that are not undone. */
export interface EditWords<V> {
  /** So many edits are wrong, so nothing was sent. */
  invalid(count: number): TallyError;
  /** So many were changed at Zoom meanwhile, so nothing was sent. */
  conflicts?(count: number): TallyError;
  /** These cannot be saved because Zoom said that they are locked. */
  locked?(keys: readonly string[]): TallyError;
  /** Zoom took others and refused these. */
  refused?(keys: readonly string[]): string;
  /** All has its former value already. */
  readonly already: TallyError;
  /** Zoom does not tell of some of it any more. */
  readonly gone: TallyError;
  /** Some of it was changed since; its former values are edits now. */
  readonly changedSince: TallyError;
  /** Why these changes can never be made, if that is so. */
  impossible?(changes: readonly Change<V>[]): TallyError | undefined;
}
