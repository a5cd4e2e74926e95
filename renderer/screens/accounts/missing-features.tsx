import { ExternalLink } from 'lucide-react';
import type { Cloud } from '../../../shared/places.ts';
import type { MissingOperation } from '../../../shared/state.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { useRun } from '../../lib/actions.ts';
import { missingFeatures, scopesToAdd } from './permissions.ts';

/** What Tally was not allowed, and how to allow it. Not an alarm: some people leave things out on purpose. */
export function MissingFeatures({
  missing,
  cloud,
}: {
  readonly missing: readonly MissingOperation[];
  readonly cloud: Cloud;
}) {
  const run = useRun();
  const page = cloud === 'government' ? 'government-marketplace' : 'marketplace';
  return (
    <section aria-label="Not allowed" className="flex flex-col gap-3 p-4 sm:px-6">
      <div>
        <h2 className="font-semibold">Tally may not do everything here</h2>
        <p className="text-muted">
          To allow what you want of this, add it in your app at Zoom, under Scopes. Then sign in again.
        </p>
      </div>
      <dl className="flex flex-col gap-3">
        {missingFeatures(missing).map(({ word, parts }) => (
          <div key={word} className="flex flex-col gap-1.5">
            <dt className="font-medium">{word}</dt>
            {parts.map(({ title, scopes }) => (
              <dd key={scopes.join()} className="border-line border-l-2 pl-3">
                <span className="block text-muted">{title}</span>
                <code className="selectable text-xs [overflow-wrap:anywhere]">{scopes.join(' or ')}</code>
              </dd>
            ))}
          </div>
        ))}
      </dl>
      <div className="flex flex-wrap gap-2">
        <CopyButton
          action={{ type: 'clipboard.copy', text: scopesToAdd(missing).join('\n') }}
          label="Copy"
          what="everything that is missing"
        />
        <Button onPress={() => run({ type: 'web.open', page })}>
          Open your apps at Zoom
          <ExternalLink className="size-4" aria-hidden="true" />
        </Button>
        <Button onPress={() => run({ type: 'account.reconnect' })}>Sign in again</Button>
      </div>
    </section>
  );
}
