import type { AccountSummary } from '../../shared/accounts.ts';
import type { Status } from '../../shared/zoom/presence.ts';
import { accountLine, accountName, initials } from '../lib/accounts.ts';
import { StatusIcon } from './status-icon.tsx';

interface AccountLineProps {
  readonly account: AccountSummary;
  readonly status?: Status | undefined;
}

/** Whose account it is: initials in its ring with the status where that is known, name, and what there is to say below it. */
export function AccountLine({ account, status }: AccountLineProps) {
  const name = accountName(account);
  const line = accountLine(account);
  return (
    <>
      {/* Decorative: the name stands beside it. */}
      <span aria-hidden="true" className="relative shrink-0">
        <span
          className="grid size-9 place-items-center rounded-full border-[3px] font-semibold text-xs uppercase"
          style={{ borderColor: `var(--ring-${account.colour})` }}
        >
          {initials(name)}
        </span>
        {status && (
          <span className="-right-1 -bottom-1 absolute rounded-full bg-surface p-0.5">
            <StatusIcon status={status} size={0.875} />
          </span>
        )}
      </span>
      <span className="min-w-0 flex-1 text-left">
        <span dir="auto" className="block truncate text-left font-medium" title={name}>
          {name}
        </span>
        {line !== name && (
          <span className="block truncate text-muted text-xs" title={line}>
            {line}
          </span>
        )}
      </span>
    </>
  );
}
