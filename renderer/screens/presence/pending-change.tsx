import type { PresenceView } from '../../../shared/presence.ts';
import { Button } from '../../components/button.tsx';
import { StatusIcon } from '../../components/status-icon.tsx';
import { useRun } from '../../lib/actions.ts';
import { countdown } from '../../lib/time.ts';
import { changeWords } from '../../lib/words.ts';

/** A change on its way: being sent, or waiting for Zoom's limit or the network. */
export function PendingChange({ presence, now }: { readonly presence: PresenceView; readonly now: number }) {
  const run = useRun();
  const { sending, waiting } = presence;
  const change = waiting?.change ?? sending;
  if (!change) return null;
  return (
    <section aria-label={waiting ? 'Waiting' : 'Sending'} className="flex items-center gap-3 p-4 sm:px-6">
      <span className={waiting ? '' : 'animate-pulse motion-reduce:animate-none'}>
        <StatusIcon status={change.status} size={1.5} />
      </span>
      <div className="min-w-0 flex-1">
        {!waiting && <p className="font-medium">Sending {changeWords(change)}</p>}
        {waiting && waiting.why !== 'offline' && (
          <>
            <p className="font-medium">
              {changeWords(change)} is sent in{' '}
              <span role="timer" className="tabular-nums">
                {countdown(waiting.dueAt - now)}
              </span>
            </p>
            <p className="text-muted">
              {waiting.why === 'minute-limit'
                ? 'Zoom takes one change a minute.'
                : 'Zoom has had many calls from this account and asks for a pause.'}
            </p>
          </>
        )}
        {waiting?.why === 'offline' && (
          <>
            <p className="font-medium">{changeWords(change)} is sent when you are online again</p>
            <p className="text-muted">Zoom cannot be reached just now.</p>
          </>
        )}
      </div>
      {waiting && <Button onPress={() => run({ type: 'presence.cancel' })}>Cancel</Button>}
    </section>
  );
}
