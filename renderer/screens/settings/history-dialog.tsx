import type { SettingsView } from '../../../shared/settings.ts';
import { common } from '../../../shared/words/en/common.ts';
import { settings as t } from '../../../shared/words/en/settings.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useRun } from '../../lib/actions.ts';
import { clockTime } from '../../lib/time.ts';
import { useNow } from '../../lib/use-now.ts';
import { BeforeAfter } from './before-after.tsx';
import { useForm } from './form.ts';

interface HistoryDialogProps {
  readonly view: SettingsView;
  readonly readOnly: boolean;
  readonly onClose: () => void;
}

/** The last saves, newest first; each can be undone. */
export function HistoryDialog({ view, readOnly, onClose }: HistoryDialogProps) {
  const run = useRun();
  const now = useNow(false);
  const { byKey } = useForm();
  return (
    <Dialog title={t.savedChanges} onClose={onClose} leave={common.close}>
      {view.history.length === 0 ? (
        <p className="py-6 text-center text-muted">{t.noSavedChanges}</p>
      ) : (
        <ol className="-my-2 divide-y divide-line">
          {view.history.map(({ id, at, changes }) => {
            const when = clockTime(at, now);
            return (
              <li key={id} className="flex flex-col gap-2 py-3">
                <div className="flex flex-wrap items-center gap-3">
                  <p className="min-w-0 flex-1">
                    <span className="block font-medium">{when}</span>
                    <span className="text-muted text-xs">{common.changes(changes.length)}</span>
                  </p>
                  {!readOnly && (
                    <Button
                      isDisabled={view.saving}
                      aria-label={t.undoOf(when)}
                      onPress={() => {
                        run({ type: 'settings.undo', id });
                        onClose();
                      }}
                    >
                      {common.undo}
                    </Button>
                  )}
                </div>
                <ul className="flex flex-col gap-2 border-line border-l-2 pl-3">
                  {changes.map((change) => {
                    const leaf = byKey.get(change.key);
                    return (
                      <li key={change.key}>
                        <p className="[overflow-wrap:anywhere]">{leaf?.title ?? change.key}</p>
                        <BeforeAfter leaf={leaf} change={change} />
                      </li>
                    );
                  })}
                </ul>
              </li>
            );
          })}
        </ol>
      )}
    </Dialog>
  );
}
