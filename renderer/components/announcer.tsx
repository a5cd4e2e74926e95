import type { Snapshot } from '../../shared/state.ts';
import { components as t } from '../../shared/words/en/components.ts';
import { announcement as statusWords } from '../lib/words.ts';
import { announcement as uploadWords } from '../screens/backgrounds/words.ts';

/** Tells a screen reader what becomes of the status and of uploads, whichever screen is shown. Only what has changed is read. */
export function Announcer({ snapshot: { account, presence, backgrounds } }: { readonly snapshot: Snapshot }) {
  if (account.phase !== 'connected') return null;
  return (
    <div role="status" aria-label={t.news} aria-atomic="false" className="sr-only">
      <p>{statusWords(presence)}</p>
      <p>{backgrounds && uploadWords(backgrounds)}</p>
    </div>
  );
}
