import { LockKeyhole } from 'lucide-react';
import { common } from '../../shared/words/en/common.ts';
import { components as t } from '../../shared/words/en/components.ts';
import { useGo, useRun } from '../lib/actions.ts';
import { isForAdministrators, permissionWords } from '../lib/words.ts';
import { Button } from './button.tsx';

type PermissionNeededProps = {
  /** Any one of them would do. */
  readonly scopes: readonly string[];
} & (
  | {
      /** A part of a screen by itself. */
      readonly look?: 'card';
      /** What Tally may not do. */
      readonly title: string;
    }
  /** Below an error that says what Tally may not do. */
  | { readonly look: 'part'; readonly title?: undefined }
  /** A quiet line, where the rest of the screen works or has the button that helps. */
  | { readonly look: 'line'; readonly title?: string }
);

/** What the sign-in does not allow, the permission to add, and the way to it; the same wherever one is missing. */
export function PermissionNeeded({ title, scopes, look = 'card' }: PermissionNeededProps) {
  const words = permissionWords(scopes);
  if (look === 'line')
    return (
      <p className="selectable text-muted text-xs [overflow-wrap:anywhere]">
        {title === undefined ? '' : `${title}. `}
        {words}
      </p>
    );
  const help = (
    <>
      <p className="selectable text-muted [overflow-wrap:anywhere]">{words}</p>
      {!isForAdministrators(scopes) && <Ways look={look === 'card' ? 'strong' : 'plain'} />}
    </>
  );
  if (look === 'part') return <div className="flex min-w-0 flex-col gap-1">{help}</div>;
  return (
    <section aria-label={title} className="flex gap-3 rounded-xl border border-line bg-surface p-4 sm:px-6">
      <LockKeyhole className="mt-0.5 size-5 shrink-0 text-muted" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <h2 className="font-medium">{title}</h2>
        {help}
      </div>
    </section>
  );
}

function Ways({ look }: { readonly look: 'strong' | 'plain' }) {
  const run = useRun();
  const go = useGo();
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      <Button look={look} onPress={() => run({ type: 'account.reconnect' })}>
        {common.signInAgain}
      </Button>
      <Button look="quiet" onPress={() => go('accounts')}>
        {t.seeMissing}
      </Button>
    </div>
  );
}
