import type { ReactNode } from 'react';
import type { Snapshot } from '../../../shared/state.ts';
import { popover as t } from '../../../shared/words/en/popover.ts';
import type { SettableStatus } from '../../../shared/zoom/presence.ts';
import { AccountButton } from '../../components/account-button.tsx';
import { Button } from '../../components/button.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { PermissionNeeded } from '../../components/permission-needed.tsx';
import { StatusIcon } from '../../components/status-icon.tsx';
import { type ConnectedAccount, keychainWaits, missingFor } from '../../lib/accounts.ts';
import { useGo, useRun } from '../../lib/actions.ts';
import { useNow } from '../../lib/use-now.ts';
import { whyWords } from '../../lib/words.ts';
import { AccountFix } from '../accounts/account-fix.tsx';
import { AccountProblem } from '../accounts/account-screens.tsx';
import { CurrentStatus } from '../presence/current-status.tsx';
import { FailedChangeBrief } from '../presence/failed-change.tsx';
import { PendingChange } from '../presence/pending-change.tsx';
import { UsualStatuses } from '../presence/status-choice.tsx';
import { useUndoKey } from '../presence/use-undo-key.ts';
import { AtHand } from './at-hand.tsx';
import { PresetRow } from './preset-row.tsx';
import { UntilRow } from './until-row.tsx';

interface PopoverBodyProps {
  readonly snapshot: Snapshot;
  /** It is asked how long this one shall last. */
  readonly asked: SettableStatus | undefined;
}

/** What the popover shows of an account, or why there is none to show. */
export function PopoverBody({ snapshot, asked }: PopoverBodyProps) {
  const run = useRun();
  const { account } = snapshot;
  return (
    <>
      <div className="-my-0.5 flex items-center gap-2">
        <div className="min-w-0 flex-1">
          <AccountButton snapshot={snapshot} isBrief />
        </div>
        <Button look="quiet" isLow onPress={() => run({ type: 'window.open' })}>
          {t.openTally}
        </Button>
      </div>
      {account.phase === 'connected' ? (
        <Connected snapshot={snapshot} account={account} asked={asked} />
      ) : (
        <Unconnected snapshot={snapshot} />
      )}
    </>
  );
}

interface ConnectedProps extends PopoverBodyProps {
  readonly account: ConnectedAccount;
}

function Connected({ snapshot, account, asked }: ConnectedProps) {
  const { presence } = snapshot;
  const now = useNow(true);
  const missing = missingFor(account, 'updatePresenceStatus');
  useUndoKey(presence, missing !== undefined);
  return (
    <>
      <div className="rounded-xl border border-line bg-surface">
        <CurrentStatus
          presence={presence}
          why={whyWords(snapshot, now)}
          now={now}
          canUndo={!missing}
          isBrief
        />
      </div>
      {missing ? (
        <PermissionNeeded title={t.cannotSet} scopes={missing.scopes} />
      ) : (
        <>
          <UsualStatuses presence={presence} disabled={false} />
          <UntilRow snapshot={snapshot} asked={asked} now={now} />
          <PresetRow snapshot={snapshot} now={now} />
        </>
      )}
      <AtHand snapshot={snapshot} account={account} now={now} isLow />
      {/* At the end: what comes and goes moves nothing under the pointer. */}
      <div className="bottom-0 mt-auto [@media(min-height:24rem)]:sticky divide-y divide-line rounded-xl border border-line bg-surface empty:hidden">
        <PendingChange presence={presence} now={now} isBrief />
        {presence.failed && <FailedChangeBrief failed={presence.failed} />}
      </div>
    </>
  );
}

/** What is in the way, and the way on. */
function Unconnected({ snapshot }: { readonly snapshot: Snapshot }) {
  const run = useRun();
  const go = useGo();
  const { account, accounts, signedOut } = snapshot;
  if (account.phase === 'failed')
    return (
      <AccountProblem title={t.notConnected} error={account.error}>
        <AccountFix error={account.error} summary={accounts.find(({ active }) => active)} />
      </AccountProblem>
    );
  if (account.phase === 'connecting')
    return (
      <Middle title={account.practice ? t.startingPractice : t.connecting}>
        {account.waitsFor === 'keychain' && (
          <p role="status" className="text-muted">
            {keychainWaits}
          </p>
        )}
      </Middle>
    );
  return (
    <Middle title={t.noAccount}>
      {signedOut && (
        <p role="status" className="line-clamp-3 max-w-full [overflow-wrap:anywhere]">
          {t.signedOutOf(signedOut)}
        </p>
      )}
      <Button look="strong" onPress={() => go('accounts')}>
        {t.connect}
      </Button>
      <Button onPress={() => run({ type: 'account.practice' })}>{t.practice}</Button>
    </Middle>
  );
}

function Middle({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="my-auto flex flex-col items-center gap-3 text-center">
      <StatusIcon status="Unknown" size={2.75} />
      <PageTitle look="small">{title}</PageTitle>
      {children}
    </div>
  );
}
