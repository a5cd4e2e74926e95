import { type TallyError, tallyError } from '../../../shared/errors.ts';
import { sameUnordered } from '../../../shared/json.ts';
import {
  type SavedSettings,
  type SettingChange,
  type SettingKey,
  type SettingsAction,
  type SettingsComparison,
  type SettingsView,
  type SettingValue,
  type SettingView,
  settingViews,
} from '../../../shared/settings.ts';
import { twinOf } from '../../../shared/zoom/setting-twins.ts';
import { createEdits } from '../edits/edits.ts';
import { complaints } from '../edits/send.ts';
import {
  conflictsOf,
  type EditState,
  mapRecord,
  resolve,
  revert,
  shownOf,
  wanted,
  withEdit,
} from '../edits/state.ts';
import { tooLarge } from '../edits/stored.ts';
import type { EditWords, Subject } from '../edits/subject.ts';
import { byType, type FeatureDeps } from '../feature.ts';
import { defined } from '../lib/defined.ts';
import type { Files } from '../ports.ts';
import type { ZoomClient } from '../zoom/client.ts';
import { isAuthenticationTable, tableProblem } from './authentication.ts';
import { early, editProblems, leafAt, leaves, neededFirst, notOffered, whyFixed } from './check.ts';
import { createNames, keptByTodaysNames } from './names.ts';
import { batchesOf, isMeant, lockedKeys, optionOf } from './send.ts';
import {
  compare,
  lockedWords,
  readSnapshot,
  type Snapshot,
  snapshotName,
  writeSnapshot,
} from './snapshot.ts';
import { hasSecrets, mostSaves, readSettings, storeSettings } from './stored.ts';
import { flatten, pathOf, tidy, viewOf } from './values.ts';

type SettingsDeps = Pick<FeatureDeps, 'key' | 'own' | 'clock' | 'zoom' | 'documents' | 'changed'> & {
  readonly files: Pick<Files, 'kept' | 'keep'>;
};

export type Settings = ReturnType<typeof createSettings>;

/** Reads and changes the settings at Zoom, saves them to a file and compares them with one. */
export function createSettings(deps: SettingsDeps) {
  const { key, clock, zoom, documents, files, changed } = deps;
  const { email } = deps.own;
  const stopped = new AbortController();
  const { signal } = stopped;
  const subject = subjectOf(zoom, signal);
  const stored = keptByTodaysNames(readSettings(files.kept('settings', key)));
  if (hasSecrets(stored)) files.keep('settings', key, storeSettings(stored), true);
  const edits = createEdits(subject, {
    clock,
    signal,
    stored,
    save: (kept) => files.keep('settings', key, storeSettings(kept)),
    changed,
  });
  let snapshot: Snapshot | undefined;
  /** A dialog of the system is open. */
  let inDialog = false;

  function compareWith(next: Snapshot | undefined): void {
    if (signal.aborted) return;
    snapshot = next;
    changed();
  }

  /** Makes sure that there is something to export or to compare with. */
  async function haveValues(): Promise<boolean> {
    const failed = edits.state.phase === 'ready' ? undefined : await edits.refresh();
    if (failed) edits.warn(failed);
    return !failed && !signal.aborted;
  }

  async function exportFile(): Promise<void> {
    if (!(await haveValues())) return;
    const now = clock.now();
    const text = writeSnapshot(edits.state.values, email, now, leaves);
    const saved = await documents.save(snapshotName(email, now), text, 'Export settings');
    if (!saved.ok) edits.warn(saved.error);
  }

  async function compareFile(): Promise<void> {
    if (!(await haveValues())) return;
    const opened = await documents.open();
    if (!opened.ok) return edits.warn(opened.error);
    if (!opened.value) return;
    const read = readSnapshot(opened.value.name, opened.value.text);
    if (read.ok) compareWith(read.value);
    else edits.warn(read.error);
  }

  /** One dialog at a time, whatever is clicked meanwhile. */
  async function withDialog(show: () => Promise<void>): Promise<void> {
    if (inDialog) return;
    inDialog = true;
    edits.warn(undefined);
    await show().finally(() => {
      inDialog = false;
    });
  }

  function refresh(): void {
    // What is asked for while a save is under way would cross it.
    if (!edits.state.saving) void edits.refresh();
  }

  function view(): SettingsView {
    const { state } = edits;
    const { readAt, values, locked, kept, history } = state;
    return {
      ...shownOf(state, subject.problems(state)),
      ...(readAt !== undefined && { readAt }),
      conflicts: mapRecord(conflictsOf(sameUnordered, state), ({ base }) => defined({ was: base })),
      kept: mapRecord(kept, (sent) => ({ sent })),
      history: history as readonly SavedSettings[],
      ...(snapshot && { comparison: compare(snapshot, values, leaves, locked) }),
    };
  }

  return {
    view,
    run: byType<SettingsAction>({
      'settings.open': refresh,
      'settings.edit': ({ key, value }) => edits.set(editSetting(edits.state, key, value)),
      'settings.revert': ({ keys }) => edits.set(revert(edits.state, keys)),
      'settings.resolve': ({ key, take }) => edits.set(resolve(edits.state, key, take)),
      'settings.save': edits.save,
      'settings.undo': ({ id }) => edits.undo(id),
      'settings.export': () => withDialog(exportFile),
      'settings.compare': () => withDialog(compareFile),
      'settings.apply'({ keys }) {
        const { comparison } = view();
        if (comparison) edits.set(applySnapshot(edits.state, comparison, keys));
      },
      'settings.compare-end': () => compareWith(undefined),
      'settings.dismiss': edits.dismiss,
    }),
    refresh,
    wake: edits.wake,
    stop: async () => stopped.abort(),
  };
}

function subjectOf(zoom: Pick<ZoomClient, 'call'>, signal: AbortSignal): Subject<SettingValue> {
  const names = createNames();
  return {
    same: sameUnordered,
    partOf: viewOf,
    alsoIn(key: SettingKey, values) {
      const twin = twinOf(key);
      return twin !== undefined && values[twin] !== undefined ? [viewOf(twin)] : [];
    },
    parts: settingViews,
    inSteps: isAuthenticationTable,
    mostSaves,
    redo: true,
    async read(view) {
      const query = optionOf(view as SettingView);
      const result = await zoom.call('userSettings', { query }, { signal });
      if (!result.ok) return result;
      const values = names.read(view, flatten(view as SettingView, result.data));
      return Object.keys(values).length > 0 ? { ok: true, value: values } : { ok: false, error: empty };
    },
    problems: ({ values, edits, read }) =>
      editProblems(leaves, values, wanted(edits), (key) => read.has(viewOf(key))),
    batches: (changes: readonly SettingChange[], values) =>
      names.batches(neededFirst(leaves, changes), early(leaves, values, changes), (some, first) =>
        batchesOf(zoom, some, first, signal),
      ),
    lockedBy: (error, keys: readonly SettingKey[]) => {
      const locked = lockedKeys(error, keys.map(names.asTold));
      return keys.filter((key) => locked.includes(names.asTold(key)));
    },
    wrongBy: (error, keys: readonly SettingKey[]) =>
      complaints(error, keys, (key, field) => isMeant(names.asTold(key as SettingKey), field)),
    words,
  };
}

const empty: TallyError = tallyError('bad-answer', 'Zoom’s answer holds no settings.');

/** What Zoom has and the person wants. */
type SettingsState = EditState<SettingValue>;

/** The state after the person gave a setting a value. What cannot be changed at all stays as it is, with the reason as `problem`. */
function editSetting(state: SettingsState, key: SettingKey, given: unknown): SettingsState {
  const refuse = (what: string): SettingsState => ({ ...state, problem: refusal(what) });
  const leaf = leafAt(leaves, state.values, key);
  const fixed = (leaf && whyFixed(leaf)) ?? (state.locked[key] && lockedWords);
  if (fixed !== undefined) return refuse(fixed);
  const value = tidy(given);
  if (value === undefined || tooLarge(state.edits, key, value)) {
    return refuse('This is more than Tally can keep.');
  }
  if (state.values[key] === undefined && leaf?.access !== 'write' && !state.edits[key]) {
    return refuse(state.read.has(viewOf(key)) ? notOffered : 'Zoom hasn’t told its settings yet.');
  }
  return withEdit(sameUnordered, state, key, value);
}

/** The state with some of a compared file's values as edits; those that cannot be applied are passed over. */
function applySnapshot(
  state: SettingsState,
  { differences, fixed }: SettingsComparison,
  keys: readonly SettingKey[],
): SettingsState {
  let next = state;
  for (const { key, after } of differences) {
    if (!keys.includes(key) || fixed[key] !== undefined || after === undefined) continue;
    if (tooLarge(next.edits, key, after)) {
      return { ...next, problem: refusal('Not all of it fits: save what is changed so far, then go on.') };
    }
    next = withEdit(sameUnordered, next, key, after);
  }
  return next;
}

/** What is said of edits that cannot be saved, and of saves that cannot be undone. */
const words: EditWords<SettingValue> = {
  invalid(count) {
    const what = count === 1 ? 'One change' : `${count} changes`;
    return tallyError('invalid-input', `${what} can’t be saved as entered, so nothing was sent.`);
  },
  conflicts(count) {
    const what = count === 1 ? 'A setting was' : `${count} settings were`;
    return tallyError('conflict', `${what} changed in Zoom since, so nothing was sent.`, {
      why: 'Choose which value to keep, then save again.',
    });
  },
  locked(keys) {
    const is = keys.length === 1 ? 'is' : 'are';
    return tallyError('forbidden', `${titles(keys)} ${is} locked by the administrator of your account.`);
  },
  refused: (keys) => `Zoom refused ${titles(keys)}.`,
  already: refusal('These settings have their former values already.'),
  gone: refusal('Zoom no longer offers one of these settings to your account.'),
  changedSince: tallyError('conflict', 'Some of these settings were changed since, so nothing was sent.', {
    why: 'Their former values are among your changes now: look at them, then save.',
    action: 'check-input',
  }),
  impossible(changes: readonly SettingChange[]) {
    const why = changes.map(notAsTable).find((problem) => problem !== undefined);
    return why === undefined ? undefined : refusal('The ways of signing in can’t be put back.', { why });
  },
};

/** Most settings that are named in one sentence. */
const mostTitles = 3;

function titles(keys: readonly string[]): string {
  const named = keys
    .slice(0, mostTitles)
    .map((key) => `“${leaves.get(key as SettingKey)?.title ?? pathOf(key as SettingKey)}”`);
  const more = keys.length - named.length;
  return new Intl.ListFormat('en').format(more > 0 ? [...named, `${more} more`] : named);
}

function notAsTable({ key, before, after = null }: SettingChange): string | undefined {
  return isAuthenticationTable(key) ? tableProblem(key, before, after) : undefined;
}

/** Something was not done, and there is nothing to do about it. */
function refusal(what: string, extra: { readonly why?: string } = {}): TallyError {
  return tallyError('invalid-input', what, { action: 'none', ...extra });
}
