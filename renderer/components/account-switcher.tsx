import { Check, ChevronsUpDown, Users } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { AccountSummary } from '../../shared/state.ts';
import type { Status } from '../../shared/zoom/presence.ts';
import { useGo, useRun } from '../lib/actions.ts';
import { accountButton } from './account-button.tsx';
import { AccountLine } from './account-mark.tsx';

interface AccountSwitcherProps {
  readonly accounts: readonly AccountSummary[];
  readonly active: AccountSummary;
  readonly status: Status | undefined;
}

/** Up, down, Home and End move through the open list, besides Tab. */
function moveInList(event: KeyboardEvent, list: HTMLElement) {
  const buttons = [...list.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined) return;
  buttons[Math.min(Math.max(to, 0), buttons.length - 1)]?.focus();
  event.preventDefault();
}

/**
 * The account in use, and a list with which another one is. A button that opens a list of buttons, as react-aria's Menu
 * would bring 11 KB more into what every start of the window reads.
 */
export default function AccountSwitcher({ accounts, active, status }: AccountSwitcherProps) {
  const run = useRun();
  const go = useGo();
  const id = useId();
  const [open, setOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const close = () => {
    whole.current?.querySelector('button')?.focus();
    setOpen(false);
  };
  useEffect(() => {
    if (!open) return;
    list.current?.querySelector<HTMLElement>('[aria-current]')?.focus();
    const outside = (event: Event) => {
      if (event.target instanceof Node && !whole.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);
  return (
    <div
      ref={whole}
      className="relative"
      onKeyDownCapture={(event) => {
        if (!open) return;
        if (event.key === 'Escape') close();
        else if (list.current) moveInList(event, list.current);
      }}
    >
      <Button
        aria-expanded={open}
        aria-controls={id}
        onPress={() => setOpen(!open)}
        className={accountButton}
      >
        <AccountLine account={active} status={status} />
        <ChevronsUpDown className="size-4 shrink-0 text-muted" aria-hidden="true" />
      </Button>
      <ul
        ref={list}
        id={id}
        aria-label="Switch account"
        hidden={!open}
        className="absolute top-full left-0 z-20 max-h-[60vh] w-72 max-w-[calc(100vw-2rem)] overflow-y-auto rounded-xl border border-edge bg-surface p-1.5 shadow-lg sm:top-auto sm:bottom-full sm:mb-2 [&[hidden]]:hidden"
      >
        {accounts.map((account) => (
          <li key={account.key}>
            <Button
              {...(account.active ? { 'aria-current': true } : {})}
              onPress={() => {
                if (!account.active) run({ type: 'account.switch', key: account.key });
                close();
              }}
              className={accountButton}
            >
              <AccountLine account={account} />
              {account.active && <Check className="size-4 shrink-0" aria-hidden="true" />}
            </Button>
          </li>
        ))}
        <li className="mt-1.5 border-line border-t pt-1.5">
          <Button
            onPress={() => {
              close();
              go('accounts');
            }}
            className={accountButton}
          >
            <Users className="mx-2.5 size-4 shrink-0 text-muted" aria-hidden="true" />
            Manage accounts
          </Button>
        </li>
      </ul>
    </div>
  );
}
