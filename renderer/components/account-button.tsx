import { lazy, Suspense } from 'react';
import { Button } from 'react-aria-components/Button';
import type { AccountSummary, Snapshot } from '../../shared/state.ts';
import { useGo } from '../lib/actions.ts';
import { AccountLine } from './account-mark.tsx';

const AccountSwitcher = lazy(() => import('./account-switcher.tsx'));

/** The button that the account in use is. */
export const accountButton =
  'flex w-full min-w-0 items-center gap-3 rounded-lg p-2 transition-colors hover:bg-sunken data-pressed:bg-sunken motion-reduce:transition-none';

/** The account in use: leads to Accounts; with several, opens the list of them. */
export function AccountButton({ snapshot }: { readonly snapshot: Snapshot }) {
  const { accounts, account, presence } = snapshot;
  const active = accounts.find((one) => one.active);
  if (!active) return null;
  const status = account.phase === 'connected' ? presence.current.status : undefined;
  const plain = <PlainButton account={active} status={status} />;
  if (accounts.length === 1) return plain;
  return (
    <Suspense fallback={plain}>
      <AccountSwitcher accounts={accounts} active={active} status={status} />
    </Suspense>
  );
}

function PlainButton(line: {
  readonly account: AccountSummary;
  readonly status: Parameters<typeof AccountLine>[0]['status'];
}) {
  const go = useGo();
  return (
    <Button onPress={() => go('accounts')} className={accountButton}>
      <AccountLine {...line} />
    </Button>
  );
}
