import type { Place } from '../../shared/places.ts';
import type { Snapshot } from '../../shared/state.ts';
import { accounts as t } from '../../shared/words/en/accounts.ts';
import { Button } from '../components/button.tsx';
import { useGo } from '../lib/actions.ts';
import { AccountFix } from './accounts/account-fix.tsx';
import { AccountProblem, StatusSkeleton, Welcome } from './accounts/account-screens.tsx';
import { screenTable } from './table.ts';

interface ScreenViewProps {
  readonly place: Place;
  readonly snapshot: Snapshot;
}

/** The screen of a place, or what stands in its place until the account in use is connected. */
export function ScreenView({ place, snapshot }: ScreenViewProps) {
  const go = useGo();
  const { Own, Always, isKept } = screenTable[place.screen];
  const { account } = snapshot;
  if (Always) return <Always snapshot={snapshot} place={place} />;
  switch (account.phase) {
    case 'connected':
      return (
        Own && (
          <Own key={isKept ? undefined : account.key} snapshot={snapshot} account={account} place={place} />
        )
      );
    case 'connecting':
      return (
        <StatusSkeleton
          word={account.practice ? t.startingPractice : t.connecting}
          waitsForKeychain={account.waitsFor === 'keychain'}
        />
      );
    case 'failed':
      return (
        <AccountProblem title={t.notConnected} error={account.error}>
          <AccountFix error={account.error} summary={snapshot.accounts.find(({ active }) => active)} />
          <Button look="quiet" onPress={() => go('accounts')}>
            {t.useAnother}
          </Button>
        </AccountProblem>
      );
    case 'none':
      return <Welcome offer={snapshot.offer} signedOut={snapshot.signedOut} />;
  }
}
