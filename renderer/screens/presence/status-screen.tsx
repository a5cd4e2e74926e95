import { lazy, Suspense, useState } from 'react';
import { presence as t } from '../../../shared/words/en/presence.ts';
import { statusSlug } from '../../../shared/zoom/presence.ts';
import { AccountButton } from '../../components/account-button.tsx';
import { Card } from '../../components/card.tsx';
import { PermissionNeeded } from '../../components/permission-needed.tsx';
import { missingFor } from '../../lib/accounts.ts';
import type { ScreenProps } from '../../lib/screen.ts';
import { useMedia } from '../../lib/use-media.ts';
import { useNow } from '../../lib/use-now.ts';
import { whyWords } from '../../lib/words.ts';
import { PresetDialog } from '../presets/preset-dialog.tsx';
import { AutomationLine } from './automation-line.tsx';
import { CurrentStatus } from './current-status.tsx';
import { FailedChange } from './failed-change.tsx';
import { PendingChange } from './pending-change.tsx';
import { StatusChoice } from './status-choice.tsx';
import { Timers } from './timers.tsx';
import { useUndoKey } from './use-undo-key.ts';

const Beside = lazy(() => import('./beside.tsx'));

/** Home: what Zoom shows of you, what is on its way, and all ways to change it. */
export function StatusScreen({ snapshot, account, place }: ScreenProps) {
  const { presence, preferences, automation } = snapshot;
  const counting =
    presence.current.until !== undefined ||
    (presence.waiting !== undefined && presence.waiting.why !== 'offline');
  const now = useNow(counting);
  const set = missingFor(account, 'updatePresenceStatus');
  const read = missingFor(account, 'userPresenceStatus');
  const disabled = set !== undefined;
  // Stays where the window is made smaller.
  const [addsPreset, setAddsPreset] = useState(false);
  // Counts until something else leads here.
  const [asked, setAsked] = useState<{ readonly from: typeof place; readonly place: typeof place }>();
  const isWide = useMedia('(min-width: 80rem)');
  useUndoKey(presence, disabled);
  return (
    <>
      <section aria-label={t.account} className="-m-2 sm:hidden">
        <AccountButton snapshot={snapshot} />
      </section>
      <div
        className={isWide ? 'grid grid-cols-[minmax(0,8fr)_minmax(0,5fr)] items-start gap-10' : 'contents'}
      >
        <div className="flex min-w-0 flex-col gap-4 sm:gap-6">
          <Card>
            <CurrentStatus presence={presence} why={whyWords(snapshot, now)} now={now} canUndo={!disabled} />
            <PendingChange presence={presence} now={now} />
            {presence.failed && <FailedChange failed={presence.failed} account={account} now={now} />}
            {automation && <AutomationLine automation={automation} now={now} />}
          </Card>
          {set && !presence.failed?.error.scopes?.length && (
            <PermissionNeeded title={t.cannotSet} scopes={set.scopes} />
          )}
          {!set && read && <PermissionNeeded look="line" title={t.cannotRead} scopes={read.scopes} />}
          <StatusChoice
            presence={presence}
            dndMinutes={preferences.dndMinutes}
            disabled={disabled}
            onOther={(status) =>
              setAsked({ from: place, place: { screen: 'status', search: statusSlug(status) } })
            }
          />
          {!disabled && <Timers snapshot={snapshot} place={asked?.from === place ? asked.place : place} />}
        </div>
        {isWide && (
          <div className="flex min-w-0 flex-col gap-6">
            <Suspense fallback={null}>
              <Beside snapshot={snapshot} account={account} onAddPreset={() => setAddsPreset(true)} />
            </Suspense>
          </div>
        )}
      </div>
      {addsPreset && <PresetDialog snapshot={snapshot} onClose={() => setAddsPreset(false)} />}
    </>
  );
}
