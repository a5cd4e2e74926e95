import type { PresenceView } from '../../../shared/presence.ts';
import { Button } from '../../components/button.tsx';
import { StatusIcon } from '../../components/status-icon.tsx';
import { useRun } from '../../lib/actions.ts';
import { countdown } from '../../lib/time.ts';
import { changeWords } from '../../lib/words.ts';

interface PendingChangeProps {
  readonly presence: PresenceView;
  readonly now: number;
  /** In one line, without the reason. */
  readonly isBrief?: boolean;
}

/** A change on its way: being sent, or waiting for Zoom's limit or the network. */
export function PendingChange({ presence, now, isBrief = false }: PendingChangeProps) {
  const run = useRun();
  const { sending, waiting } = presence;
  const change = waiting?.change ?? sending;
  if (!change) return null;
  return (
    <section
      aria-label={waiting ? 'Waiting' : 'Sending'}
      className={`flex items-center gap-3 ${isBrief ? 'min-h-10 py-1 pr-1 pl-3 text-xs leading-4' : 'p-4 sm:px-6'}`}
    >
      <span className={waiting ? '' : 'animate-pulse motion-reduce:animate-none'}>
        <StatusIcon status={change.status} size={isBrief ? 1 : 1.5} />
      </span>
      <div className="min-w-0 flex-1">
        {!waiting && <p className="font-medium">Sending {changeWords(change)}</p>}
        {waiting && waiting.why !== 'offline' && (
          <>
            <p className="font-medium">
              Switching to {changeWords(change)} in{' '}
              <span role="timer" className="tabular-nums">
                {countdown(waiting.dueAt - now)}
              </span>
            </p>
            {!isBrief && (
              <p className="text-muted">
                {waiting.why === 'minute-limit'
                  ? 'Zoom allows one change per minute.'
                  : 'Zoom is limiting requests from your account.'}
              </p>
            )}
          </>
        )}
        {waiting?.why === 'offline' && (
          <>
            <p className="font-medium">Switching to {changeWords(change)} when you’re online</p>
            {!isBrief && <p className="text-muted">Zoom can’t be reached right now.</p>}
          </>
        )}
      </div>
      {waiting && (
        <Button isLow={isBrief} onPress={() => run({ type: 'presence.cancel' })}>
          Cancel
        </Button>
      )}
    </section>
  );
}
