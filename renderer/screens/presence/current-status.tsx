import { Undo2 } from 'lucide-react';
import { undoCommands, undoKeeps } from '../../../shared/commands.ts';
import type { PresenceView } from '../../../shared/presence.ts';
import { durationWords } from '../../../shared/words/durations.ts';
import { statusSlug, statusWord } from '../../../shared/zoom/presence.ts';
import { Button } from '../../components/button.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { Ring } from '../../components/ring.tsx';
import { StatusIcon } from '../../components/status-icon.tsx';
import { useRun } from '../../lib/actions.ts';
import { clockTime, fractionLeft } from '../../lib/time.ts';
import { causeWords } from '../../lib/words.ts';

interface CurrentStatusProps {
  readonly presence: PresenceView;
  readonly now: number;
  /** Zoom would take it. */
  readonly canUndo: boolean;
}

/** The status Zoom last confirmed, large, with its story. */
export function CurrentStatus({ presence, now, canUndo }: CurrentStatusProps) {
  const run = useRun();
  const { status, since, until, restoreTo, cause } = presence.current;
  const readOnly = status === 'Offline' || status === 'Unknown';
  // Zoom itself ends a do not disturb; that cannot be called off, only chosen anew.
  const keepable = until !== undefined && status !== 'Do_Not_Disturb';
  const [undo] = canUndo && !undoKeeps(presence) ? undoCommands(presence) : [];
  return (
    <section
      aria-label="Current status"
      data-status={statusSlug(status)}
      className="flex flex-wrap items-center gap-4 p-4 sm:gap-6 sm:px-6"
    >
      <Ring left={until === undefined ? undefined : fractionLeft(since, until, now)}>
        <StatusIcon status={status} size={2.75} />
      </Ring>
      <div className="flex min-w-0 flex-1 basis-40 flex-col gap-1">
        <PageTitle look="large">{statusWord(status)}</PageTitle>
        {status === 'Unknown' ? (
          <p className="text-muted">Zoom hasn’t reported your status yet.</p>
        ) : (
          <p className="text-muted">
            Since {clockTime(since, now)}, {causeWords(cause)}
            {presence.checkedAt !== undefined && `. Updated ${clockTime(presence.checkedAt, now)}`}
          </p>
        )}
        {status === 'Offline' && <p className="text-muted">You’re signed out of Zoom on all devices.</p>}
        {until !== undefined && (
          <p>
            <span role="timer" className="font-medium">
              {until > now ? `${durationWords(until - now)} left` : 'Ending now'}
            </span>
            {restoreTo && (
              <span className="text-muted">
                , then {statusWord(restoreTo)} at {clockTime(until, now)}
              </span>
            )}
          </p>
        )}
      </div>
      {(keepable || readOnly || undo) && (
        <div className="flex flex-wrap gap-2 sm:flex-col">
          {keepable && <Button onPress={() => run({ type: 'presence.keep' })}>Remove timer</Button>}
          {undo && (
            <Button icon={Undo2} aria-keyshortcuts="Control+Z" onPress={() => run(undo.action)}>
              {undo.title}
            </Button>
          )}
          {readOnly && <Button onPress={() => run({ type: 'presence.check' })}>Check again</Button>}
        </div>
      )}
    </section>
  );
}
