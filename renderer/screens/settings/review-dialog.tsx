import { TriangleAlert, Undo2 } from 'lucide-react';
import { useRef } from 'react';
import type { SettingChange, SettingKey, SettingsView } from '../../../shared/settings.ts';
import { common } from '../../../shared/words/en/common.ts';
import { settings as t } from '../../../shared/words/en/settings.ts';
import { spoken } from '../../../shared/words/language.ts';
import { Button } from '../../components/button.tsx';
import { Conflict } from '../../components/conflict.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useRun } from '../../lib/actions.ts';
import { useFocusBack } from '../../lib/use-focus-back.ts';
import { BeforeAfter } from './before-after.tsx';
import { useForm } from './form.ts';
import { warningOf } from './row-state.ts';

interface ReviewDialogProps {
  readonly view: SettingsView;
  readonly onClose: () => void;
}

/** All that waits to be saved: before and after, each to be put back; what was changed at Zoom, too, to be decided. */
export function ReviewDialog({ view, onClose }: ReviewDialogProps) {
  const run = useRun();
  const { revert, resolve, jump, byKey } = useForm();
  const list = useRef<HTMLUListElement>(null);
  const keys = Object.keys(view.edits) as SettingKey[];
  useFocusBack(list, list, keys.length);
  const blocked = keys.some((key) => view.conflicts[key] || view.invalid[key] !== undefined);
  return (
    <Dialog
      title={keys.length === 0 ? t.noChanges : common.changes(keys.length)}
      onClose={onClose}
      leave={common.close}
      buttons={
        <Button
          look="strong"
          isDisabled={blocked || keys.length === 0 || view.saving}
          onPress={() => {
            run({ type: 'settings.save' });
            onClose();
          }}
        >
          {common.save}
        </Button>
      }
    >
      <ul ref={list} tabIndex={-1} className="-my-2 divide-y divide-line outline-none">
        {keys.map((key) => {
          const leaf = byKey.get(key);
          const title = leaf?.title ?? key;
          const change = changeOf(view, key);
          const conflict = view.conflicts[key];
          const wrong = view.invalid[key] ?? view.locked[key];
          const warning = warningOf(leaf, view);
          return (
            <li key={key} className="flex flex-col gap-2 py-3">
              <div className="flex flex-wrap items-start gap-x-3">
                <div className="min-w-0 flex-1 basis-48">
                  <button
                    type="button"
                    onClick={() => {
                      onClose();
                      jump(key);
                    }}
                    className="min-h-6 rounded text-left font-medium [overflow-wrap:anywhere] hover:underline"
                  >
                    {title}
                  </button>
                  {!conflict && <BeforeAfter leaf={leaf} change={change} />}
                  {wrong !== undefined && <p className="text-danger text-xs">{spoken(wrong)}</p>}
                  {warning !== undefined && (
                    <p className="flex gap-1.5 text-xs">
                      <TriangleAlert className="mt-0.5 size-3.5 shrink-0" />
                      <span className="min-w-0">{warning}</span>
                    </p>
                  )}
                </div>
                {!conflict && (
                  <Button
                    look="quiet"
                    icon={Undo2}
                    aria-label={t.revertOne(title)}
                    onPress={() => revert([key])}
                  >
                    {t.revert}
                  </Button>
                )}
              </div>
              {conflict && (
                <Conflict title={title} onResolve={(take) => resolve(key, take)}>
                  <p>{t.changedInZoom}</p>
                  <BeforeAfter leaf={leaf} change={change} words={[t.zooms, t.mine]} />
                </Conflict>
              )}
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}

function changeOf({ values, edits }: SettingsView, key: SettingKey): SettingChange {
  const [before, after] = [values[key], edits[key]];
  return { key, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}
