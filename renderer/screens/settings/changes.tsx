import { useEffect, useRef, useState } from 'react';
import type { SettingKey, SettingsView, SettingValue } from '../../../shared/settings.ts';
import { common } from '../../../shared/words/en/common.ts';
import { settings as t } from '../../../shared/words/en/settings.ts';
import { Button } from '../../components/button.tsx';
import { ChangesBar } from '../../components/changes-bar.tsx';
import { ErrorBar } from '../../components/error-bar.tsx';
import { useRun } from '../../lib/actions.ts';
import { clockTime } from '../../lib/time.ts';
import { useFocusBack } from '../../lib/use-focus-back.ts';
import { useNow } from '../../lib/use-now.ts';
import { type SettingsForm, useForm } from './form.ts';
import { ReviewDialog } from './review-dialog.tsx';

interface ChangesProps {
  readonly view: SettingsView;
  readonly readOnly: boolean;
}

/** The foot of the screen: what waits to be saved, why it could not be, and what was saved just now. */
export function Changes({ view, readOnly }: ChangesProps) {
  const area = useRef<HTMLDivElement>(null);
  const [reviewing, setReviewing] = useState(false);
  const [dropped, setDropped] = useState<SettingsView['edits']>();
  // Here, and not where it is shown: that comes only after the save.
  const [seen, setSeen] = useState(view.history[0]?.id);
  const edited = Object.keys(view.edits).length;
  useFocusBack(area, area, `${edited > 0} ${view.problem?.what} ${view.history[0]?.id}`);
  return (
    <div
      ref={area}
      tabIndex={-1}
      className="sticky tiny:static bottom-4 short:bottom-2 z-10 flex flex-col gap-2 outline-none empty:-mt-4 sm:empty:-mt-6"
    >
      {view.problem && <Problem view={view} />}
      {edited > 0 && !readOnly ? (
        <Waiting
          view={view}
          onReview={() => setReviewing(true)}
          onDiscarded={() => setDropped(edited > 1 ? view.edits : undefined)}
        />
      ) : dropped ? (
        <Dropped edits={dropped} onDone={() => setDropped(undefined)} />
      ) : (
        <JustSaved view={view} seen={seen} onSeen={setSeen} />
      )}
      {reviewing && <ReviewDialog view={view} onClose={() => setReviewing(false)} />}
    </div>
  );
}

function titles({ byKey }: SettingsForm, keys: readonly string[]): string {
  return keys.map((key) => byKey.get(key as SettingKey)?.title ?? key).join(', ');
}

interface WaitingProps {
  readonly view: SettingsView;
  readonly onReview: () => void;
  readonly onDiscarded: () => void;
}

function Waiting({ view, onReview, onDiscarded }: WaitingProps) {
  const run = useRun();
  const form = useForm();
  const keys = Object.keys(view.edits) as SettingKey[];
  const conflicts = keys.filter((key) => view.conflicts[key]);
  const invalid = keys.filter((key) => view.invalid[key] !== undefined);
  const locked = keys.filter((key) => view.locked[key] !== undefined);
  const detail =
    conflicts.length > 0
      ? common.changedInZoomToo(titles(form, conflicts))
      : invalid.length > 0
        ? common.fixFirst(titles(form, invalid))
        : locked.length === keys.length
          ? common.lockedSoNotSaved
          : titles(form, keys);
  const blocked = conflicts.length > 0 || invalid.length > 0 || locked.length === keys.length;
  const save = () => run({ type: 'settings.save' });
  useSaveKey(() => blocked || view.saving || save());
  return (
    <ChangesBar
      count={keys.length}
      detail={detail}
      saving={view.saving}
      blocked={blocked}
      onSave={save}
      onDiscard={() => {
        onDiscarded();
        form.revert(keys);
      }}
    >
      <Button look="quiet" onPress={onReview}>
        {t.review}
      </Button>
    </ChangesBar>
  );
}

/** Ctrl+S (Cmd+S) saves from wherever one is: the bar is behind all the settings of a section. */
function useSaveKey(save: () => void): void {
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      // What is typed in a field goes to main when the field is left.
      const field = document.activeElement;
      if (field instanceof HTMLElement) field.blur();
      latest.current();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

/** Why the last thing that was asked for did not work, with the settings it is about. */
function Problem({ view }: { readonly view: SettingsView }) {
  const run = useRun();
  const now = useNow(false);
  const { jump, byKey } = useForm();
  const { problem, invalid, locked, edits } = view;
  if (!problem) return null;
  const about = (Object.keys(edits) as SettingKey[]).filter(
    (key) => invalid[key] !== undefined || locked[key] !== undefined || view.conflicts[key],
  );
  const again =
    problem.retryAt !== undefined && problem.retryAt > now
      ? t.possibleAgain(clockTime(problem.retryAt, now))
      : undefined;
  return (
    <div className="rounded-xl shadow-lg">
      <ErrorBar error={problem} more={again} onDismiss={() => run({ type: 'settings.dismiss' })}>
        {about.length > 0 && (
          <div className="mt-1 flex max-h-24 flex-wrap gap-x-3 overflow-y-auto">
            {about.map((key) => (
              <button
                key={key}
                type="button"
                onClick={() => jump(key)}
                className="min-h-6 rounded text-left font-medium underline decoration-edge underline-offset-2 hover:decoration-text"
              >
                {byKey.get(key)?.title ?? key}
              </button>
            ))}
          </div>
        )}
      </ErrorBar>
    </div>
  );
}

const foot =
  'flex flex-wrap items-center gap-2 rounded-xl border border-edge bg-surface py-2 pr-2 pl-4 shadow-lg';

/** The changes are gone; for a slip of the hand they can be had back. */
function Dropped({ edits, onDone }: { readonly edits: SettingsView['edits']; readonly onDone: () => void }) {
  const { edit } = useForm();
  const all = Object.entries(edits) as [SettingKey, SettingValue][];
  return (
    <section aria-label={t.discarded} className={foot}>
      <p role="status" className="min-w-0 flex-1 basis-40">
        {common.changesDiscarded(all.length)}
      </p>
      <div className="flex gap-2">
        <Button
          onPress={() => {
            for (const [key, value] of all) edit(key, value);
            onDone();
          }}
        >
          {t.bringBack}
        </Button>
        <Button look="quiet" onPress={onDone}>
          {common.close}
        </Button>
      </div>
    </section>
  );
}

interface JustSavedProps {
  readonly view: SettingsView;
  /** Id of the newest save that needs no more words. */
  readonly seen: string | undefined;
  readonly onSeen: (id: string) => void;
}

/** What was saved since the screen was opened, until one has seen enough of it. */
function JustSaved({ view, seen, onSeen }: JustSavedProps) {
  const run = useRun();
  const now = useNow(false);
  const form = useForm();
  const last = view.history[0];
  if (!last || last.id === seen) return null;
  return (
    <section aria-label={common.saved} className={foot}>
      <div role="status" className="min-w-0 flex-1 basis-40">
        <p className="font-medium">
          {view.saving ? common.undoing : common.savedAt(clockTime(last.at, now))}
        </p>
        <p className="line-clamp-2 text-muted text-xs [overflow-wrap:anywhere]">
          {titles(
            form,
            last.changes.map(({ key }) => key),
          )}
        </p>
      </div>
      <div className="flex gap-2">
        <Button onPress={() => view.saving || run({ type: 'settings.undo', id: last.id })}>
          {common.undo}
        </Button>
        <Button look="quiet" onPress={() => onSeen(last.id)}>
          {common.close}
        </Button>
      </div>
    </section>
  );
}
