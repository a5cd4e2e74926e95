import { randomUUID } from 'node:crypto';
import { type TallyError, tallyError } from '../../../shared/errors.ts';
import { createReading, type EditsDeps } from './reading.ts';
import { deliver } from './send.ts';
import {
  basedOn,
  type Change,
  changeTo,
  conflictsOf,
  type EditState,
  type Edits,
  type Saved,
} from './state.ts';
import type { Subject } from './subject.ts';

/** What was read longer ago than this, in ms, is read again when the computer wakes up. */
const stale = 10 * 60_000;

/**
 * The one way to change what Zoom has: what the person edits is kept at once; a save sends the edited values alone, and
 * nothing where one of them was changed at Zoom meanwhile. What is sent is kept before, so that a crash loses none of it.
 */
export function createEdits<V>(subject: Subject<V>, deps: EditsDeps<V>) {
  const { partOf, same, words } = subject;
  const { clock, signal } = deps;
  const reading = createReading(subject, deps);
  const { set, warn, refresh } = reading;

  /** Ends what was under way with what the person should know. */
  function end(problem: TallyError | undefined, next: EditState<V> = reading.state): void {
    const { problem: _former, ...rest } = next;
    set({ ...rest, saving: false, ...(problem && { problem }) });
  }

  /** Reads what is about to be changed, and what is not known yet. Says whether it could. */
  async function begin(keys: readonly string[]): Promise<boolean> {
    const { problem: _former, ...rest } = reading.state;
    set({ ...rest, saving: true, refused: {}, kept: {}, contested: [] });
    const unknown = rest.intent?.changes.map(({ key }) => key) ?? [];
    const failed = await reading.readFor([...keys, ...unknown].map(partOf));
    if (failed) end(failed);
    return !failed && !signal.aborted;
  }

  async function save(): Promise<void> {
    if (reading.state.saving) return;
    const pressed = reading.state.edits;
    const keys = Object.keys(pressed);
    if (keys.length === 0) return warn(undefined);
    const invalid = Object.keys(subject.problems(reading.state)).length;
    if (invalid > 0) return end(words.invalid(invalid));
    if (!(await begin(keys))) return;
    const { state } = reading;
    const contested = Object.keys(conflictsOf(same, state)).filter((key) => !state.locked[key]);
    if (contested.length > 0) return end(words.conflicts?.(contested.length), { ...state, contested });
    const changes = keys.flatMap((key) => {
      const edit = state.edits[key];
      // What the person went on to change while Zoom was asked waits for the next save.
      return edit && same(edit.value, pressed[key]?.value)
        ? [changeTo(key, state.values[key], edit.value)]
        : [];
    });
    const wrong = subject.problems(state);
    const bad = changes.filter(({ key }) => wrong[key] !== undefined).length;
    if (bad > 0) return end(words.invalid(bad));
    const free = changes.filter(({ key }) => !state.locked[key]);
    const shut = changes.filter((change) => !free.includes(change)).map(({ key }) => key);
    if (free.length === 0) return end(shut.length > 0 ? words.locked?.(shut) : undefined);
    await send({ id: randomUUID(), at: clock.now(), changes: free }, shut);
  }

  async function undo(id: string | undefined): Promise<void> {
    if (reading.state.saving) return;
    const entry = reading.state.history.find((one) => one.id === id);
    if (!entry) return end(tooLate);
    if (!(await begin(entry.changes.map(({ key }) => key)))) return;
    const { state } = reading;
    const plan = undoPlan(subject, state, entry);
    if ('changes' in plan) {
      const undoes = subject.redo ? {} : { undoes: entry.id };
      return send({ id: randomUUID(), at: clock.now(), changes: plan.changes, ...undoes });
    }
    const history = subject.redo ? state.history : state.history.filter((one) => one !== entry);
    end(plan.problem, { ...state, history, edits: plan.edits });
  }

  /** @param shut more changes, which are locked */
  async function send(intent: Saved<V>, shut: readonly string[] = []): Promise<void> {
    const outcome = await deliver(subject, reading, intent, shut);
    if (signal.aborted) return;
    end(...outcome);
    reading.look();
  }

  return {
    get state(): EditState<V> {
      return reading.state;
    },
    set,
    warn,
    refresh,
    save,
    undo,
    dismiss(): void {
      const { problem: _former, ...rest } = reading.state;
      set({ ...rest, kept: {} });
    },
    wake(): void {
      const { readAt, saving, edits, intent } = reading.state;
      if (readAt === undefined || saving) return;
      const isStale = clock.now() - readAt >= stale && Object.keys(edits).length === 0;
      if (isStale || intent) void refresh();
    },
  };
}

/** How a save is undone: by sending changes, or not, and then with the reason and what becomes of the edits. */
type UndoPlan<V> =
  | { readonly changes: readonly Change<V>[] }
  | { readonly problem: TallyError; readonly edits: Edits<V> };

/**
 * What undoes a save, by what Zoom has now. Only what is in that save is touched. Where some of it was changed since,
 * nothing is sent: the former values become edits, beside what the person has edited already, to be looked at and saved.
 */
function undoPlan<V>(
  { same, words }: Subject<V>,
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

const tooLate = tallyError('invalid-input', 'This save can no longer be undone.', { action: 'none' });
const neverTold = tallyError('invalid-input', 'This can’t be undone: Zoom never told the former value.', {
  action: 'none',
});
