import { presence as t } from '../../../shared/words/en/presence.ts';
import { AccountButton } from '../../components/account-button.tsx';
import { Card } from '../../components/card.tsx';
import { PermissionNeeded } from '../../components/permission-needed.tsx';
import { missingFor } from '../../lib/accounts.ts';
import type { ScreenProps } from '../../lib/screen.ts';
import { useNow } from '../../lib/use-now.ts';
import { whyWords } from '../../lib/words.ts';
import { AutomationLine } from './automation-line.tsx';
import { CurrentStatus } from './current-status.tsx';
import { FailedChange } from './failed-change.tsx';
import { PendingChange } from './pending-change.tsx';
import { StatusChoice } from './status-choice.tsx';
import { Timers } from './timers.tsx';
import { useUndoKey } from './use-undo-key.ts';

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
  useUndoKey(presence, disabled);
  return (
    <>
      <section aria-label={t.account} className="-m-2 sm:hidden">
        <AccountButton snapshot={snapshot} />
      </section>
      <div className="flex flex-col gap-4 sm:gap-6 min-[90rem]:grid min-[90rem]:grid-cols-2 min-[90rem]:items-start min-[90rem]:gap-10">
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
          <StatusChoice presence={presence} dndMinutes={preferences.dndMinutes} disabled={disabled} />
        </div>
        {!disabled && <Timers snapshot={snapshot} place={place} />}
      </div>
    </>
  );
}
