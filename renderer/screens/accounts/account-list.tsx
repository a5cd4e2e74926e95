import { Plus } from 'lucide-react';
import type { Snapshot } from '../../../shared/state.ts';
import { Button } from '../../components/button.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { accountName } from '../../lib/accounts.ts';
import { useRun } from '../../lib/actions.ts';
import { AccountCard } from './account-card.tsx';

interface AccountListProps {
  readonly snapshot: Snapshot;
  readonly onAdd: () => void;
}

/** All accounts, the one in use marked. */
export function AccountList({ snapshot, onAdd }: AccountListProps) {
  const run = useRun();
  const { accounts, account } = snapshot;
  const active = accounts.find((one) => one.active);
  return (
    <>
      <PageTitle watch={accounts}>Accounts</PageTitle>
      <p role="status" className="sr-only">
        {active && `${accountName(active)} is in use.`}
      </p>
      <ul className="flex flex-col gap-3">
        {accounts.map((one) => (
          <AccountCard key={one.key} summary={one} view={one.active ? account : undefined} />
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button look="strong" icon={Plus} onPress={onAdd}>
          Add an account
        </Button>
        {accounts.every(({ practice }) => !practice) && (
          <Button onPress={() => run({ type: 'account.practice' })}>Try a practice account</Button>
        )}
      </div>
    </>
  );
}
