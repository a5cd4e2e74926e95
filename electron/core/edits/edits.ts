import { randomUUID } from 'node:crypto';
import { type TallyError, tallyError } from '../../../shared/errors.ts';
import { afterSave, type Fate, replaceValues, withIntent } from './outcome.ts';
import { createReading, type EditsDeps, type Source } from './reading.ts';
import { type Batch, type Refusals, sendBatches } from './send.ts';
import {
  type ByKey,
  type Change,
  changeTo,
  conflictsOf,
  type EditState,
  mapRecord,
  type Saved,
} from './state.ts';
import { type UndoWords, undoPlan } from './undo.ts';
import { saveProblem } from './words.ts';

/** What was read longer ago than this, in ms, is read again when the computer wakes up. */
const stale = 10 * 60_000;

/** What is edited, and how Zoom is asked for it and told of it. */
export interface Subject<V> extends Source<V>, Refusals {
  /** What is wrong with the edits, in words. */
  problems(state: EditState<V>): ByKey<string>;
  /** How changes are sent, in order. `values` is what Zoom has. */
  batches(changes: readonly Change<V>[], values: ByKey<V>): readonly Batch[];
  /** Whether an undo can be undone itself; if not, a save is over once its undo was tried. */
  readonly redo: boolean;
  readonly words: EditWords<V>;
}

export interface EditWords<V> extends UndoWords<V> {
  /** So many edits are wrong, so nothing was sent. */
  invalid(count: number): TallyError;
  /** So many were changed at Zoom meanwhile, so nothing was sent. */
  conflicts?(count: number): TallyError;
  /** So many cannot be saved because Zoom said that they are locked. */
  locked?(count: number): TallyError;
}

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
    const shut = changes.length - free.length;
    if (free.length === 0) return end(shut > 0 ? words.locked?.(shut) : undefined);
    await send({ id: randomUUID(), at: clock.now(), changes: free }, shut);
  }

  async function undo(id: string | undefined): Promise<void> {
    const entry = reading.state.history.find((one) => one.id === id);
    if (!entry) return end(tooLate);
    if (!(await begin(entry.changes.map(({ key }) => key)))) return;
    const { state } = reading;
    const plan = undoPlan(same, words, state, entry);
    if ('changes' in plan) {
      const undoes = subject.redo ? {} : { undoes: entry.id };
      return send({ id: randomUUID(), at: clock.now(), changes: plan.changes, ...undoes });
    }
    const history = subject.redo ? state.history : state.history.filter((one) => one !== entry);
    end(plan.problem, { ...state, history, edits: plan.edits });
  }

  /** @param shut how many more changes there are, which are locked */
  async function send(intent: Saved<V>, shut = 0): Promise<void> {
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
    save(): void {
      if (!reading.state.saving) void save();
    },
    undo(id: string | undefined): void {
      if (!reading.state.saving) void undo(id);
    },
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

/** Sends changes, and looks what Zoom made of them. Gives what the person should know, and the state after it. */
async function deliver<V>(
  subject: Subject<V>,
  reading: ReturnType<typeof createReading<V>>,
  intent: Saved<V>,
  shut: number,
): Promise<[problem: TallyError | undefined, next: EditState<V>]> {
  const { partOf, words } = subject;
  const { changes } = intent;
  reading.sends();
  reading.set(withIntent(reading.state, intent, changes));
  const sent = await sendBatches(subject, subject.batches(changes, reading.state.values));
  const { fates, refused, error } = sent;
  const { state, told, unread } = await readBack(subject, reading, new Set([...fates.keys()].map(partOf)));
  const next = afterSave(subject, state, { intent, fates, readBack: told });
  const open = next.intent?.changes.map(({ key }) => key) ?? [];
  const isKnown = open.every((key) => told.has(partOf(key)));
  const isSaved = (key: string, fate: Fate) => fate === 'taken' || (fate === 'unsure' && !open.includes(key));
  const locked = mapRecord(sent.locked, (said) => ({ words: said, at: reading.now() }));
  const lockedCount = Object.keys(locked).length + shut;
  const problem = saveProblem({
    total: changes.length + shut,
    saved: [...fates].filter(([key, fate]) => isSaved(key, fate)).length,
    unsure: open.length === 0 ? 'none' : isKnown ? 'not-there' : 'unknown',
    locked: lockedCount > 0 ? words.locked?.(lockedCount) : undefined,
    error,
    unread,
  });
  return [problem, { ...next, locked: { ...next.locked, ...locked }, refused }];
}

/** Asks Zoom for parts after something was sent. */
async function readBack<V>(
  subject: Subject<V>,
  reading: ReturnType<typeof createReading<V>>,
  parts: ReadonlySet<string>,
) {
  const ask = async (part: string) => ({ part, result: await subject.read(part) });
  const answers = await Promise.all([...parts].map(ask));
  const told = answers.flatMap(({ part, result }) => (result.ok ? [{ part, values: result.value }] : []));
  const failed = answers.find(({ result }) => !result.ok)?.result;
  return {
    state: told.reduce((before, one) => replaceValues(subject, before, one), reading.state),
    told: new Set(told.map(({ part }) => part)),
    unread: failed && !failed.ok ? failed.error : undefined,
  };
}

const tooLate = tallyError('invalid-input', 'This save can no longer be undone.', { action: 'none' });
