import { Check, ChevronsUpDown, Users } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import type { Snapshot } from '../../shared/state.ts';
import { components as t } from '../../shared/words/en/components.ts';
import { useGo, useRun } from '../lib/actions.ts';
import { useFace } from '../lib/use-face.ts';
import { AccountLine } from './account-mark.tsx';
import { Menu } from './menu.tsx';

const look =
  'flex w-full min-w-0 items-center rounded-lg transition-colors hover:bg-sunken data-pressed:bg-sunken motion-reduce:transition-none';
const usual = `${look} gap-3 p-2`;

interface AccountButtonProps {
  readonly snapshot: Snapshot;
  /** One line high. */
  readonly isBrief?: boolean;
}

/** The account in use: leads to Accounts; with several, opens the menu of them. */
export function AccountButton({ snapshot, isBrief = false }: AccountButtonProps) {
  const run = useRun();
  const go = useGo();
  const { accounts, account, presence } = snapshot;
  const active = accounts.find((one) => one.active);
  const face = useFace(snapshot);
  if (!active) return null;
  const status = account.phase === 'connected' ? presence.current.status : undefined;
  const line = (
    <AccountLine account={active} status={isBrief ? undefined : status} face={face} isBrief={isBrief} />
  );
  const own = isBrief ? `${look} gap-2 p-1` : usual;
  const toAccounts = () => go('accounts');
  if (accounts.length === 1)
    return (
      <Button onPress={toAccounts} className={own}>
        {line}
      </Button>
    );
  const choices = accounts.map((one) => ({
    key: one.key,
    isChosen: one.active,
    words: (
      <>
        <AccountLine account={one} face={one.active ? face : undefined} />
        {one.active && <Check className="size-4 shrink-0" />}
      </>
    ),
    onPress: () => !one.active && run({ type: 'account.switch', key: one.key }),
  }));
  const manage = {
    key: 'manage',
    isApart: true,
    icon: <Users className="mx-2.5 size-4 shrink-0 text-muted" />,
    words: t.manageAccounts,
    onPress: toAccounts,
  };
  return (
    <Menu
      label={t.switchAccount}
      className={own}
      listLook="top-full left-0 max-h-[60vh] w-72 overflow-y-auto sm:top-auto sm:bottom-full sm:mb-2"
      entryLook={usual}
      entries={[...choices, manage]}
    >
      {line}
      <ChevronsUpDown className="size-4 shrink-0 text-muted" />
    </Menu>
  );
}
