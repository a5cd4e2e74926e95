import { LockKeyhole } from 'lucide-react';
import { useGo, useRun } from '../lib/actions.ts';
import { Button } from './button.tsx';

/** What the sign-in does not allow, the permission to add and where. */
export function PermissionNeeded({
  title,
  scopes,
}: {
  readonly title: string;
  readonly scopes: readonly string[];
}) {
  const run = useRun();
  const go = useGo();
  return (
    <section aria-label={title} className="flex gap-3 rounded-xl border border-line bg-surface p-4 sm:px-6">
      <LockKeyhole className="mt-0.5 size-5 shrink-0 text-muted" aria-hidden="true" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <h2 className="font-medium">{title}</h2>
        <p className="text-muted">
          Permission needed:{' '}
          <span className="selectable text-text [overflow-wrap:anywhere]">{scopes.join(' or ')}</span>
        </p>
        <p className="text-muted">Add it to your app at Zoom, under Scopes. Then sign in again.</p>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button look="strong" onPress={() => run({ type: 'account.reconnect' })}>
            Sign in again
          </Button>
          <Button look="quiet" onPress={() => go('accounts')}>
            Show all that is missing
          </Button>
        </div>
      </div>
    </section>
  );
}
