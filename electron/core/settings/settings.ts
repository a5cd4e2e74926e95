import { randomUUID } from 'node:crypto';
import type { TallyError } from '../../../shared/errors.ts';
import { sameUnordered } from '../../../shared/json.ts';
import type { SettingsAction } from '../../../shared/settings.ts';
import {
  type SettingChange,
  type SettingKey,
  type SettingLeaf,
  type SettingsView,
  type SettingValue,
  type SettingView,
  settingViews,
} from '../../../shared/settings.ts';
import { settingLeaves } from '../../../shared/zoom/settings.gen.ts';
import { accepted, type Feature, type FeatureDeps } from '../feature.ts';
import type { Files } from '../ports.ts';
import { early, type Leaves } from './check.ts';
import { applySnapshot, editSetting, resolveConflict, revertSettings } from './edits.ts';
import { readView } from './reader.ts';
import { type Sent, sendChanges } from './send.ts';
import { readSnapshot, snapshotName, writeSnapshot } from './snapshot.ts';
import {
  afterRead,
  afterSave,
  conflictsOf,
  forgetLocks,
  initialSettings,
  problemsOf,
  replaceValues,
  type SettingsState,
  viewSettings,
  withIntent,
} from './state.ts';
import { type Edit, type Intent, readSettings, storeSettings } from './stored.ts';
import { undoPlan } from './undo.ts';
import { viewOf } from './values.ts';
import { conflictProblem, invalidProblem, lockedProblem, refusal, saveProblem } from './words.ts';

/** Settings read longer ago than this, in ms, are read again when the computer wakes up. */
const stale = 10 * 60_000;
/** How soon Zoom is asked again what became of a save without an answer, in ms. */
const lookAgain = 30_000;

type SettingsDeps = Pick<FeatureDeps, 'key' | 'own' | 'clock' | 'zoom' | 'documents' | 'changed'> & {
  readonly files: Pick<Files, 'kept' | 'keep'>;
};

export interface Settings extends Feature<SettingsView, SettingsAction> {
  view(): SettingsView;
}

/**
 * Reads and changes the settings at Zoom. What the person edits is kept at once; a save sends the changed settings alone,
 * and nothing where one of them was changed at Zoom meanwhile.
 * @param catalogue what is known of each setting
 */
export function createSettings(
  deps: SettingsDeps,
  catalogue: readonly SettingLeaf[] = settingLeaves,
): Settings {
  const { key, clock, zoom, documents, files } = deps;
  const { email } = deps.own;
  const leaves: Leaves = new Map(catalogue.map((leaf) => [leaf.key, leaf]));
  const stopped = new AbortController();
  const { signal } = stopped;
  let state = initialSettings(readSettings(files.kept('settings', key)));
  let shown: { readonly of: SettingsState; readonly view: SettingsView } | undefined;
  let reading: Promise<TallyError | undefined> | undefined;
  /** Sends begun so far: what was asked before one of them tells nothing any more. */
  let sends = 0;
  /** A dialog of the system is open. */
  let inDialog = false;
  let cancelLook = () => {};

  function set(next: SettingsState): void {
    if (signal.aborted || next === state) return;
    const { edits, history, intent } = state;
    state = next;
    const isKept = next.edits === edits && next.history === history && next.intent === intent;
    if (!isKept) files.keep('settings', key, storeSettings(next));
    deps.changed();
  }

  /** Ends what was under way with what the person should know. */
  function tell(problem: TallyError | undefined, next: SettingsState = state): void {
    const { problem: _former, ...rest } = next;
    set({ ...rest, saving: false, ...(problem && { problem }) });
  }

  /** Puts what the person should know beside whatever is under way. */
  function warn(problem: TallyError | undefined): void {
    const { problem: former, ...rest } = state;
    if (problem || former) set({ ...rest, ...(problem && { problem }) });
  }

  function view(): SettingsView {
    if (shown?.of !== state) shown = { of: state, view: viewSettings(state, leaves) };
    return shown.view;
  }

  async function readOne(one: SettingView): Promise<TallyError | undefined> {
    const asked = sends;
    const result = await readView(zoom, one, signal);
    if (signal.aborted || asked !== sends) return undefined;
    const isMain = one === 'settings';
    if (result.ok) {
      const next = afterRead(state, one, result.value, clock.now());
      const { error: _former, ...rest } = next;
      set(isMain ? { ...rest, phase: 'ready', readAt: clock.now() } : next);
      return undefined;
    }
    return result.error;
  }

  async function readToShow(one: SettingView): Promise<TallyError | undefined> {
    const error = await readOne(one);
    if (error && one === 'settings') set({ ...state, phase: 'failed', error });
    return error;
  }

  /** Reads all views; one that fails leaves the others alone. Resolves with what went wrong with the settings themselves. */
  function refresh(): Promise<TallyError | undefined> {
    reading ??= readAll().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  async function readAll(): Promise<TallyError | undefined> {
    const forgotten = forgetLocks(state, clock.now());
    set(state.phase === 'ready' ? forgotten : { ...forgotten, phase: 'loading' });
    const [failed] = await Promise.all(settingViews.map(readToShow));
    look();
    return failed;
  }

  /** Asks again what became of a save without an answer, until it is known. */
  function look(): void {
    cancelLook();
    if (!state.intent || signal.aborted) return;
    cancelLook = clock.setTimeout(() => {
      if (!state.saving) void refresh();
    }, lookAgain);
  }

  /** Reads what settings have at Zoom before something is sent. */
  async function readFor(keys: readonly SettingKey[]): Promise<TallyError | undefined> {
    const unknown = state.intent?.changes.map(({ key }) => key) ?? [];
    const views = new Set([...keys, ...unknown].map(viewOf));
    const failures = await Promise.all([...views].map(readOne));
    return failures.find((failure) => failure !== undefined);
  }

  function begin(): void {
    const { problem: _former, ...rest } = state;
    set({ ...rest, saving: true, refused: {}, kept: {} });
  }

  async function save(): Promise<void> {
    const pressed = Object.entries(state.edits) as [SettingKey, Edit][];
    if (pressed.length === 0) return warn(undefined);
    const invalid = Object.keys(problemsOf(state, leaves)).length;
    if (invalid > 0) return tell(invalidProblem(invalid));
    begin();
    const failed = await readFor(pressed.map(([key]) => key));
    if (signal.aborted) return;
    if (failed) return tell(failed);
    const conflicts = Object.keys(conflictsOf(state)).length;
    if (conflicts > 0) return tell(conflictProblem(conflicts));
    const changes = pressed.flatMap(([key, { value }]) => {
      const edit = state.edits[key];
      // What the person went on to change while Zoom was asked waits for the next save.
      return edit && sameUnordered(edit.value, value) ? [changeTo(key, value)] : [];
    });
    const wrong = problemsOf(state, leaves);
    const bad = changes.filter(({ key }) => wrong[key] !== undefined).length;
    if (bad > 0) return tell(invalidProblem(bad));
    const free = changes.filter(({ key }) => !state.locked[key]);
    const shut = changes.length - free.length;
    if (free.length === 0) return tell(shut > 0 ? lockedProblem(shut) : undefined);
    await deliver(free, shut);
  }

  function changeTo(key: SettingKey, after: SettingValue): SettingChange {
    const before = state.values[key];
    return { key, ...(before !== undefined && { before }), after };
  }

  /** Sends changes, looks what Zoom made of them, and tells. What is sent is kept before, so that a crash loses none of it. */
  async function deliver(changes: readonly SettingChange[], alsoLocked = 0): Promise<void> {
    const intent: Intent = { id: randomUUID(), at: clock.now(), changes };
    sends += 1;
    set(withIntent(state, intent));
    const sent = await sendChanges(zoom, changes, early(leaves, state.values, changes), signal);
    if (signal.aborted) return;
    const views = new Set(changes.filter(({ key }) => sent.fates.has(key)).map(({ key }) => viewOf(key)));
    const answers = await Promise.all(
      [...views].map(async (one) => [one, await readView(zoom, one, signal)] as const),
    );
    if (signal.aborted) return;
    let next = state;
    const readBack = new Set<SettingView>();
    let unread: TallyError | undefined;
    for (const [one, result] of answers) {
      if (result.ok) {
        next = replaceValues(next, one, result.value);
        readBack.add(one);
      } else {
        unread ??= result.error;
      }
    }
    finish(afterSave(next, intent, sent.fates, readBack), sent, {
      total: changes.length + alsoLocked,
      alsoLocked,
      readBack,
      unread,
    });
  }

  interface Round {
    readonly total: number;
    readonly alsoLocked: number;
    readonly readBack: ReadonlySet<SettingView>;
    readonly unread: TallyError | undefined;
  }

  function finish(next: SettingsState, sent: Sent, { total, alsoLocked, readBack, unread }: Round): void {
    const open = next.intent?.changes.map(({ key }) => key) ?? [];
    const saved = [...sent.fates].filter(
      ([key, fate]) => fate === 'taken' || (fate === 'unsure' && !open.includes(key)),
    ).length;
    const isKnown = open.every((key) => readBack.has(viewOf(key)));
    const at = clock.now();
    const locked = Object.entries(sent.locked).map(([key, words]) => [key, { words, at }]);
    const problem = saveProblem({
      total,
      saved,
      locked: locked.length + alsoLocked,
      unsure: open.length === 0 ? 'none' : isKnown ? 'not-there' : 'unknown',
      ...(sent.error && { error: sent.error }),
      ...(unread && { unread }),
    });
    tell(problem, {
      ...next,
      locked: { ...next.locked, ...Object.fromEntries(locked) },
      refused: sent.invalid,
    });
    look();
  }

  async function undo(id: string): Promise<void> {
    const entry = state.history.find((one) => one.id === id);
    if (!entry) return tell(refusal('This save can no longer be undone.'));
    begin();
    const failed = await readFor(entry.changes.map(({ key }) => key));
    if (signal.aborted) return;
    if (failed) return tell(failed);
    const plan = undoPlan(state, entry);
    if ('problem' in plan) tell(plan.problem, { ...state, edits: plan.edits });
    else await deliver(plan.changes);
  }

  /** Makes sure that there is something to export or to compare with. */
  async function haveValues(): Promise<boolean> {
    const failed = state.phase === 'ready' ? undefined : await refresh();
    if (failed) warn(failed);
    return !failed && !signal.aborted;
  }

  async function exportFile(): Promise<void> {
    if (!(await haveValues())) return;
    const now = clock.now();
    const text = writeSnapshot(state.values, email, now, leaves);
    const saved = await documents.save(snapshotName(email, now), text, 'Export settings');
    if (!saved.ok) warn(saved.error);
  }

  async function compareFile(): Promise<void> {
    if (!(await haveValues())) return;
    const opened = await documents.open();
    if (!opened.ok) return warn(opened.error);
    if (!opened.value) return;
    const snapshot = readSnapshot(opened.value.name, opened.value.text);
    if (snapshot.ok) set({ ...state, snapshot: snapshot.value });
    else warn(snapshot.error);
  }

  /** One dialog at a time, whatever is clicked meanwhile. */
  async function withDialog(show: () => Promise<void>): Promise<void> {
    if (inDialog) return;
    inDialog = true;
    warn(undefined);
    await show().finally(() => {
      inDialog = false;
    });
  }

  function run(action: SettingsAction): void {
    // What is sent or asked for while a save is under way would cross it.
    const { saving } = state;
    switch (action.type) {
      case 'settings.open':
        if (saving) break;
        // What failed already is not waited for: it is asked again once the rest has answered.
        if (reading && state.phase === 'failed') void reading.then(refresh);
        else void refresh();
        break;
      case 'settings.edit':
        set(editSetting(state, leaves, action.key, action.value));
        break;
      case 'settings.revert':
        set(revertSettings(state, action.keys));
        break;
      case 'settings.resolve':
        set(resolveConflict(state, action.key, action.take));
        break;
      case 'settings.save':
        if (!saving) void save();
        break;
      case 'settings.undo':
        if (!saving) void undo(action.id);
        break;
      case 'settings.export':
        void withDialog(exportFile);
        break;
      case 'settings.compare':
        void withDialog(compareFile);
        break;
      case 'settings.apply': {
        const { comparison } = view();
        if (comparison) set(applySnapshot(state, comparison, action.keys));
        break;
      }
      case 'settings.compare-end': {
        const { snapshot: _former, ...rest } = state;
        set(rest);
        break;
      }
      case 'settings.dismiss': {
        const { problem: _former, ...rest } = state;
        set({ ...rest, kept: {} });
        break;
      }
    }
  }

  return {
    view,
    run(action) {
      run(action);
      return accepted;
    },
    refresh: () => run({ type: 'settings.open' }),
    wake() {
      const { readAt, saving, edits, intent } = state;
      if (readAt === undefined || saving) return;
      const isStale = clock.now() - readAt >= stale && Object.keys(edits).length === 0;
      if (isStale || intent) void refresh();
    },
    async stop() {
      stopped.abort();
      cancelLook();
    },
  };
}
