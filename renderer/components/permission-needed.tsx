import { LockKeyhole } from 'lucide-react';
import { useGo, useRun } from '../lib/actions.ts';
import { permissionWords, possibleScopes } from '../lib/words.ts';
import { Button } from './button.tsx';

interface PermissionNeededProps {
  /** What Tally may not do. */
  readonly title: string;
  /** Any one of them would do. */
  readonly scopes: readonly string[];
}

/** What the sign-in does not allow, the permission to add and where. */
export function PermissionNeeded({ title, scopes }: PermissionNeededProps) {
  return (
    <section aria-label={title} className="flex gap-3 rounded-xl border border-line bg-surface p-4 sm:px-6">
      <LockKeyhole className="mt-0.5 size-5 shrink-0 text-muted" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <h2 className="font-medium">{title}</h2>
        <p className="text-muted">
          <Permission scopes={scopes} />
        </p>
        <p className="text-muted">Add it to your app at Zoom, under Scopes. Then sign in again.</p>
        <div className="mt-2">
          <AllowIt look="strong" />
        </div>
      </div>
    </section>
  );
}

/** The same in a quiet line, where the rest of the screen works. */
export function PermissionLine({ title, scopes }: PermissionNeededProps) {
  return (
    <p className="selectable text-muted text-xs [overflow-wrap:anywhere]">
      {title}. {permissionWords(scopes)}
    </p>
  );
}

/** Names of permissions, to be copied by hand. */
export function Permission({ scopes }: Pick<PermissionNeededProps, 'scopes'>) {
  return (
    <>
      Permission needed:{' '}
      <span className="selectable text-text [overflow-wrap:anywhere]">
        {possibleScopes(scopes).join(' or ')}
      </span>
    </>
  );
}

/** The ways to a permission that was added at Zoom. */
export function AllowIt({ look = 'plain' }: Pick<Parameters<typeof Button>[0], 'look'>) {
  const run = useRun();
  const go = useGo();
  return (
    <div className="flex flex-wrap gap-2">
      <Button look={look} onPress={() => run({ type: 'account.reconnect' })}>
        Sign in again
      </Button>
      <Button look="quiet" onPress={() => go('accounts')}>
        Show all that is missing
      </Button>
    </div>
  );
}
