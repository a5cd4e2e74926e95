import { Info, LockKeyhole, TriangleAlert } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { advanced as t } from '../../../shared/words/en/advanced.ts';
import { anyOf } from '../../../shared/words/lists.ts';
import { PermissionNeeded } from '../../components/permission-needed.tsx';
import { type ConnectedAccount, missingFor } from '../../lib/accounts.ts';
import type { PanelOperation } from './form/operation.ts';
import { Method } from './method.tsx';
import { needsWords, paceWords } from './words.ts';

interface OperationHeadProps {
  readonly operation: PanelOperation;
  readonly account: ConnectedAccount;
  /** Where there is little room, the title alone. */
  readonly isBrief: boolean;
  readonly ref: Ref<HTMLHeadingElement>;
  /** Stands beside the title. */
  readonly children: ReactNode;
}

const dangers = {
  none: undefined,
  careful: t.changesSomething,
  destructive: t.cannotBeUndone,
} as const;

/** What an operation does, and all that has to be known before it is sent. */
export function OperationHead({ operation, account, isBrief, ref, children }: OperationHeadProps) {
  const { title, method, path, help, since, scopes, needs, danger, adminOnly, id } = operation;
  const missing = missingFor(account, id);
  return (
    <header
      className={`flex flex-col gap-2 ${isBrief ? '@max-[41rem]/view:[&>:not(:first-child)]:hidden' : ''}`}
    >
      <div className="flex items-start gap-2">
        <h2
          ref={ref}
          tabIndex={-1}
          className="min-w-0 flex-1 font-semibold text-lg leading-7 outline-none [overflow-wrap:anywhere]"
        >
          {title}
          {since && <span className="ml-2 font-normal text-muted text-sm">{t.laterAddition(since)}</span>}
        </h2>
        {children}
      </div>
      <p className="selectable flex min-w-0 flex-wrap items-baseline gap-x-2">
        <Method method={method} />
        <code className="min-w-0 font-mono text-xs [overflow-wrap:anywhere]">{path}</code>
      </p>
      <p className="text-muted">{help}</p>
      <ul className="flex flex-col gap-1">
        {dangers[danger] && (
          <Note icon={<TriangleAlert className={danger === 'destructive' ? 'text-danger' : 'text-muted'} />}>
            {dangers[danger]}
          </Note>
        )}
        {needs.length > 0 && <Note icon={<Info className="text-muted" />}>{needsWords(needs)}</Note>}
        {adminOnly && !needs.includes('administrator') && (
          <Note icon={<Info className="text-muted" />}>{t.administratorsOnlySend}</Note>
        )}
        {missing && (
          <Note icon={<LockKeyhole className="text-danger" />}>
            <span className="text-danger">{t.signInDoesntAllow}</span>
            <PermissionNeeded look="part" scopes={missing.scopes} />
          </Note>
        )}
      </ul>
      <details className="text-muted text-xs">
        <summary className="min-h-6 w-fit rounded-md py-1 pr-2">{t.scopesAndRateLimit}</summary>
        <dl className="selectable grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 pt-1">
          <dt>{t.granular}</dt>
          <dd className="font-mono [overflow-wrap:anywhere]">{anyOf(scopes.granular) || t.noScopes}</dd>
          <dt>{t.classic}</dt>
          <dd className="font-mono [overflow-wrap:anywhere]">{anyOf(scopes.classic) || t.noScopes}</dd>
          <dt>{t.rateLimit}</dt>
          <dd>{paceWords(operation)}</dd>
        </dl>
      </details>
    </header>
  );
}

function Note({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <li className="flex items-start gap-2 text-sm">
      <span aria-hidden="true" className="mt-0.5 shrink-0 [&>svg]:size-4">
        {icon}
      </span>
      <div className="min-w-0">{children}</div>
    </li>
  );
}
