import { useRef } from 'react';
import type { ProfileView } from '../../../shared/profile.ts';
import { common } from '../../../shared/words/en/common.ts';
import { Button } from '../../components/button.tsx';
import { ChangesBar } from '../../components/changes-bar.tsx';
import { type ConnectedAccount, missingFor } from '../../lib/accounts.ts';
import { useRun } from '../../lib/actions.ts';
import { clockTime } from '../../lib/time.ts';
import { useFocusBack } from '../../lib/use-focus-back.ts';
import { useNow } from '../../lib/use-now.ts';
import { blockedBy, changedFields, fieldList } from './form.ts';

interface ProfileChangesProps {
  readonly account: ConnectedAccount;
  readonly view: ProfileView;
}

/** At the foot of the screen: what waits to be saved; else what was saved last and can be taken back. */
export function ProfileChanges({ account, view }: ProfileChangesProps) {
  const run = useRun();
  const now = useNow(false);
  const area = useRef<HTMLDivElement>(null);
  const { edits, undo, saving } = view;
  const changed = changedFields(view);
  const blocked = blockedBy(view);
  const all = Object.keys(edits) as typeof changed;
  // It takes the focus when the bar that had it is gone.
  useFocusBack(area, area, `${all.length > 0} ${undo?.at}`);
  const saved = undo && (
    <section
      aria-label={common.saved}
      className="flex flex-wrap items-center gap-2 rounded-xl border border-edge bg-surface py-2 pr-2 pl-4 shadow-lg"
    >
      <p role="status" className="min-w-0 flex-1 basis-40">
        {saving ? common.undoing : common.savedAt(clockTime(undo.at, now))}
        <span className="block text-muted text-xs">{fieldList(undo.fields)}</span>
      </p>
      <Button onPress={() => saving || run({ type: 'profile.undo' })}>{common.undo}</Button>
    </section>
  );
  const bar = (
    <ChangesBar
      count={all.length}
      detail={blocked ?? (changed.length === 0 ? common.lockedSoNotSaved : fieldList(all))}
      saving={saving}
      blocked={blocked !== undefined || changed.length === 0}
      onSave={() => run({ type: 'profile.save' })}
      onDiscard={() => run({ type: 'profile.revert', fields: all })}
    />
  );
  return (
    <div
      ref={area}
      tabIndex={-1}
      className="empty:-mt-4 sm:empty:-mt-6 sticky tiny:static bottom-4 short:bottom-2 z-10 outline-none"
    >
      {!missingFor(account, 'userUpdate') && (all.length > 0 ? bar : saved)}
    </div>
  );
}
