import type { AccountSummary } from '../../shared/accounts.ts';
import type { Status } from '../../shared/zoom/presence.ts';
import { accountLine, accountName, initials } from '../lib/accounts.ts';
import { StatusIcon } from './status-icon.tsx';

interface AccountLineProps {
  readonly account: AccountSummary;
  readonly status?: Status | undefined;
  /** Address of the picture, as far as it is known. */
  readonly face?: string | undefined;
  /** As low as a line of text, without what there is to say below the name. */
  readonly isBrief?: boolean;
}

/** Whose account it is: picture or initials in its ring with the status where that is known, name, and what there is to say below it. */
export function AccountLine({ account, status, face, isBrief = false }: AccountLineProps) {
  const name = accountName(account);
  const line = accountLine(account);
  return (
    <>
      {/* Decorative: the name stands beside it. */}
      <span aria-hidden="true" className="relative shrink-0">
        <span
          className={`grid place-items-center overflow-hidden rounded-full font-semibold uppercase ${isBrief ? 'size-6 border-2 text-[0.625rem] leading-none' : 'size-9 border-[3px] text-xs'}`}
          style={{ borderColor: `var(--ring-${account.colour})` }}
        >
          {face ? (
            <img src={face} alt="" draggable={false} className="size-full object-cover" />
          ) : (
            initials(name)
          )}
        </span>
        {status && (
          <span className="-right-1 -bottom-1 absolute rounded-full bg-surface p-0.5">
            <StatusIcon status={status} size={0.875} />
          </span>
        )}
      </span>
      <span className="min-w-0 flex-1 text-left">
        <span
          dir="auto"
          className={`text-left font-medium ${isBrief ? 'block truncate' : 'line-clamp-2 text-ellipsis leading-4 [overflow-wrap:anywhere]'}`}
          title={name}
        >
          {name}
        </span>
        {line !== name && !isBrief && (
          <span className="block truncate text-muted text-xs" title={line}>
            {line}
          </span>
        )}
      </span>
    </>
  );
}
