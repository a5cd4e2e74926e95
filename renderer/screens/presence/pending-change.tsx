import type { PresenceView } from '../../../shared/presence.ts';
import { common } from '../../../shared/words/en/common.ts';
import { presence as t } from '../../../shared/words/en/presence.ts';
import { Button } from '../../components/button.tsx';
import { StatusIcon } from '../../components/status-icon.tsx';
import { useRun } from '../../lib/actions.ts';
import { sentence } from '../../lib/sentence.tsx';
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
      aria-label={waiting ? t.waiting : t.sending}
      className={`flex items-center gap-3 ${isBrief ? 'min-h-10 py-1 pr-1 pl-3 text-xs leading-4' : 'p-4 sm:px-6'}`}
    >
      <span className={waiting ? '' : 'animate-pulse motion-reduce:animate-none'}>
        <StatusIcon status={change.status} size={isBrief ? 1 : 1.5} />
      </span>
      <div className="min-w-0 flex-1">
        {!waiting && <p className="font-medium">{t.sendingChange(changeWords(change))}</p>}
        {waiting && waiting.why !== 'offline' && (
          <>
            <p className="font-medium">
              {sentence(
                (time) => t.switchingIn(changeWords(change), time),
                <span key="time" role="timer" className="tabular-nums">
                  {countdown(waiting.dueAt - now)}
                </span>,
              )}
            </p>
            {!isBrief && (
              <p className="text-muted">{waiting.why === 'minute-limit' ? t.minuteLimit : t.rateLimit}</p>
            )}
          </>
        )}
        {waiting?.why === 'offline' && (
          <>
            <p className="font-medium">{t.switchingWhenOnline(changeWords(change))}</p>
            {!isBrief && <p className="text-muted">{t.unreachable}</p>}
          </>
        )}
      </div>
      {waiting && (
        <Button isLow={isBrief} onPress={() => run({ type: 'presence.cancel' })}>
          {common.cancel}
        </Button>
      )}
    </section>
  );
}
