import { type TallyError, tallyError } from '../../../shared/errors.ts';
import { sameUnordered } from '../../../shared/json.ts';
import {
  type SavedSettings,
  type SettingChange,
  type SettingKey,
  type SettingLeaf,
  type SettingsAction,
  type SettingsView,
  type SettingValue,
  type SettingView,
  settingViews,
} from '../../../shared/settings.ts';
import { settingLeaves } from '../../../shared/zoom/settings.gen.ts';
import { createEdits } from '../edits/edits.ts';
import { complaints } from '../edits/send.ts';
import { conflictsOf, mapRecord, resolve, revert, shownOf, wanted } from '../edits/state.ts';
import type { Subject } from '../edits/subject.ts';
import { byType, type Feature, type FeatureDeps } from '../feature.ts';
import type { Files } from '../ports.ts';
import type { ZoomClient } from '../zoom/client.ts';
import { isAuthenticationTable } from './authentication.ts';
import { early, editProblems, type Leaves } from './check.ts';
import { applySnapshot, editSetting, type SettingsState } from './edits.ts';
import { batchesOf, isMeant, lockedKeys, optionOf } from './send.ts';
import { compare, readSnapshot, type Snapshot, snapshotName, writeSnapshot } from './snapshot.ts';
import { mostSaves, readSettings, storeSettings } from './stored.ts';
import { flatten, viewOf } from './values.ts';
import { editWords } from './words.ts';

type SettingsDeps = Pick<FeatureDeps, 'key' | 'own' | 'clock' | 'zoom' | 'documents' | 'changed'> & {
  readonly files: Pick<Files, 'kept' | 'keep'>;
};

export interface Settings extends Feature<SettingsView, SettingsAction> {
  view(): SettingsView;
}

/**
 * Reads and changes the settings at Zoom, saves them to a file and compares them with one.
 * @param catalogue what is known of each setting
 */
export function createSettings(
  deps: SettingsDeps,
  catalogue: readonly SettingLeaf[] = settingLeaves,
): Settings {
  const { key, clock, zoom, documents, files, changed } = deps;
  const { email } = deps.own;
  const leaves: Leaves = new Map(catalogue.map((leaf) => [leaf.key, leaf]));
  const stopped = new AbortController();
  const { signal } = stopped;
  const subject = subjectOf(zoom, leaves, signal);
  const edits = createEdits(subject, {
    clock,
    signal,
    stored: readSettings(files.kept('settings', key)),
    save: (kept) => files.keep('settings', key, storeSettings(kept)),
    changed,
  });
  let snapshot: Snapshot | undefined;
  let shown:
    | { readonly of: SettingsState; readonly and: Snapshot | undefined; readonly view: SettingsView }
    | undefined;
  /** A dialog of the system is open. */
  let inDialog = false;

  function view(): SettingsView {
    const { state } = edits;
    if (shown?.of !== state || shown.and !== snapshot) {
      shown = { of: state, and: snapshot, view: viewSettings(state, subject, leaves, snapshot) };
    }
    return shown.view;
  }

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

  return {
    view,
    run: byType({
      'settings.open': refresh,
      'settings.edit': ({ key, value }) => edits.set(editSetting(edits.state, leaves, key, value)),
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

type SettingsSubject = Subject<SettingValue>;

function subjectOf(zoom: Pick<ZoomClient, 'call'>, leaves: Leaves, signal: AbortSignal): SettingsSubject {
  return {
    same: sameUnordered,
    partOf: viewOf,
    parts: settingViews,
    inSteps: isAuthenticationTable,
    mostSaves,
    redo: true,
    async read(view) {
      const query = optionOf(view as SettingView);
      const result = await zoom.call('userSettings', { query }, { signal });
      if (!result.ok) return result;
      const values = flatten(view as SettingView, result.data);
      return Object.keys(values).length > 0 ? { ok: true, value: values } : { ok: false, error: empty };
    },
    problems: ({ values, edits, read }) =>
      editProblems(leaves, values, wanted(edits), (key) => read.has(viewOf(key))),
    batches: (changes: readonly SettingChange[], values) =>
      batchesOf(zoom, changes, early(leaves, values, changes), signal),
    lockedBy: lockedKeys,
    wrongBy: (error, keys: readonly SettingKey[]) => complaints(error, keys, isMeant),
    words: editWords,
  };
}

const empty: TallyError = tallyError('bad-answer', 'Zoom’s answer holds no settings.');

function viewSettings(
  state: SettingsState,
  subject: SettingsSubject,
  leaves: Leaves,
  snapshot: Snapshot | undefined,
): SettingsView {
  const { readAt, values, locked, kept, history } = state;
  return {
    ...shownOf(state, subject.problems(state)),
    ...(readAt !== undefined && { readAt }),
    conflicts: mapRecord(conflictsOf(sameUnordered, state), ({ base }) =>
      base === undefined ? {} : { was: base },
    ),
    kept: mapRecord(kept, (sent) => ({ sent })),
    history: history as readonly SavedSettings[],
    ...(snapshot && { comparison: compare(snapshot, values, leaves, locked) }),
  };
}
