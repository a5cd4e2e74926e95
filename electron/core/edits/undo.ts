import { type TallyError, tallyError } from '../../../shared/errors.ts';
import {
  basedOn,
  type Change,
  changeTo,
  type EditState,
  type Edits,
  type Same,
  type Saved,
} from './state.ts';

/** Why a save is not undone, as it is said of what is edited. */
export interface UndoWords<V> {
  /** All has its former value already. */
  readonly already: TallyError;
  /** Zoom does not tell of some of it any more. */
  readonly gone: TallyError;
  /** Some of it was changed since; its former values are edits now. */
  readonly changedSince: TallyError;
  /** Why these changes can never be made, if that is so. */
  impossible?(changes: readonly Change<V>[]): TallyError | undefined;
}

/** How a save is undone: by sending changes, or not, and then with the reason and what becomes of the edits. */
type UndoPlan<V> =
  | { readonly changes: readonly Change<V>[] }
  | { readonly problem: TallyError; readonly edits: Edits<V> };

/**
 * What undoes a save, by what Zoom has now. Only what is in that save is touched. Where some of it was changed since,
 * nothing is sent: the former values become edits, beside what the person has edited already, to be looked at and saved.
 */
export function undoPlan<V>(
  same: Same<V>,
  words: UndoWords<V>,
  { values, edits }: EditState<V>,
  { changes }: Saved<V>,
): UndoPlan<V> {
  if (changes.every(({ before }) => before === undefined)) return { problem: neverTold, edits };
  const open = changes.filter(({ key, before }) => before !== undefined && !same(values[key], before));
  if (open.length === 0) return { problem: words.already, edits };
  if (open.some(({ key }) => values[key] === undefined)) return { problem: words.gone, edits };
  const back = open.map(({ key, before }) => changeTo(key, values[key], before as V));
  const problem = words.impossible?.(back);
  if (problem) return { problem, edits };
  if (open.every(({ key, after }) => same(values[key], after))) return { changes: back };
  const former = back.map(({ key, before, after }) => [key, basedOn(after, before)]);
  return { problem: words.changedSince, edits: { ...Object.fromEntries(former), ...edits } };
}

const neverTold = tallyError('invalid-input', 'This cannot be undone: Zoom never told the former value.', {
  action: 'none',
});
