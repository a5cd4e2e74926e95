import { LockKeyhole } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { type ConnectedAccount, missingFor } from '../../lib/accounts.ts';
import { useGo, useRun } from '../../lib/actions.ts';

/** What the sign-in does not allow of the status, what to add and where; nothing where all is allowed. */
export function MissingPermission({ account }: { readonly account: ConnectedAccount }) {
  const run = useRun();
  const go = useGo();
  const set = missingFor(account, 'updatePresenceStatus');
  const read = missingFor(account, 'userPresenceStatus');
  if (!set && !read) return null;
  if (!set && read)
    return (
      <p className="text-muted text-xs">
        Tally may not read your status, so what you set elsewhere is not seen here. Permission needed:{' '}
        <Names scopes={read.scopes} />
      </p>
    );
  return (
    <section
      aria-label="Permission needed"
      className="flex gap-3 rounded-xl border border-line bg-surface p-4 sm:px-6"
    >
      <LockKeyhole className="mt-0.5 size-5 shrink-0 text-muted" aria-hidden="true" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <h2 className="font-medium">Tally may not set your status</h2>
        <p className="text-muted">
          Permission needed: <Names scopes={set?.scopes ?? []} />
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

function Names({ scopes }: { readonly scopes: readonly string[] }) {
  return <span className="selectable text-text [overflow-wrap:anywhere]">{scopes.join(' or ')}</span>;
}
