import { useState } from 'react';
import type { AccountView } from '../../../shared/accounts.ts';
import { useGo, useRun } from '../../lib/actions.ts';
import type { ScreenProps } from '../../lib/screen.ts';
import { AccountList } from './account-list.tsx';
import { ConnectPage } from './connect-page.tsx';
import { SignInProgress } from './sign-in-progress.tsx';

/** Which accounts there are, and the way to another one. */
export default function AccountsScreen({ snapshot }: Pick<ScreenProps, 'snapshot'>) {
  const run = useRun();
  const go = useGo();
  const [page, setPage] = useState<'list' | 'connect' | 'connect-again'>('list');
  const { account, accounts, signIn, redirectUri } = snapshot;
  const again = () => {
    // What was begun by "Sign in again" has no client id here; main has it.
    if (page === 'list' && signsInAgain(account)) return run({ type: 'account.reconnect' });
    setPage('connect-again');
    return run({ type: 'account.sign-in.cancel' });
  };
  if (signIn) return <SignInProgress signIn={signIn} redirectUri={redirectUri} onAgain={again} />;
  if (page !== 'list' || accounts.length === 0)
    return (
      <ConnectPage
        redirectUri={redirectUri}
        toClientId={page === 'connect-again'}
        back={accounts.length > 0 ? 'Accounts' : 'Welcome'}
        onBack={() => (accounts.length > 0 ? setPage('list') : go('status'))}
      />
    );
  return <AccountList snapshot={snapshot} onAdd={() => setPage('connect')} />;
}

/** Whether `account.reconnect` would go to the browser. */
function signsInAgain(account: AccountView): boolean {
  if (account.phase === 'failed') return account.error.action === 'sign-in';
  return account.phase === 'connected' && account.missing.length > 0;
}
