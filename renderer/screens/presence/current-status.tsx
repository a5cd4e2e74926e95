import { type LucideIcon, RotateCw, TimerOff, Undo2 } from 'lucide-react';
import { type Command, undoCommands, undoKeeps } from '../../../shared/commands.ts';
import { moreMinutes } from '../../../shared/lengths.ts';
import type { PresenceView } from '../../../shared/presence.ts';
import { timerActions } from '../../../shared/running-timer.ts';
import { durationWords } from '../../../shared/words/durations.ts';
import { presence as t } from '../../../shared/words/en/presence.ts';
import { statusSlug, statusWord } from '../../../shared/zoom/presence.ts';
import { Button } from '../../components/button.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { Ring } from '../../components/ring.tsx';
import { StatusIcon } from '../../components/status-icon.tsx';
import { useRun } from '../../lib/actions.ts';
import { clockTime, fractionLeft } from '../../lib/time.ts';

interface CurrentStatusProps {
  readonly presence: PresenceView;
  /** Why the status is what it is. */
  readonly why: string;
  readonly now: number;
  /** Zoom would take another one. */
  readonly canUndo: boolean;
  /** In two lines, its buttons without words. */
  readonly isBrief?: boolean;
}

/** The status Zoom last confirmed, with its story. */
export function CurrentStatus(props: CurrentStatusProps) {
  const { presence, now, isBrief = false } = props;
  const { status, since, until } = presence.current;
  return (
    <section
      aria-label={t.current}
      data-status={statusSlug(status)}
      className={`flex items-center ${isBrief ? 'min-h-15 gap-3 px-3 py-1' : 'flex-wrap gap-4 p-4 sm:gap-6 sm:px-6'}`}
    >
      <Ring left={until === undefined ? undefined : fractionLeft(since, until, now)} isSmall={isBrief}>
        <StatusIcon status={status} size={isBrief ? 1.25 : 2.75} />
      </Ring>
      <div
        className={`flex min-w-0 flex-1 flex-col ${isBrief ? 'text-balance text-xs leading-4' : 'basis-40 gap-1'}`}
      >
        <PageTitle look={isBrief ? 'small' : 'large'}>{statusWord(status)}</PageTitle>
        {(!isBrief || until === undefined) && <Since {...props} />}
        <TimeLeft presence={presence} now={now} />
      </div>
      <Ways {...props} />
    </section>
  );
}

function Since({ presence, why, now, isBrief }: CurrentStatusProps) {
  const { current, checkedAt } = presence;
  const { status, since, ended } = current;
  const offline = status === 'Offline' && t.signedOutEverywhere;
  if (isBrief && offline) return <p className="text-muted">{offline}</p>;
  return (
    <>
      {status === 'Unknown' ? (
        <p className="text-muted">{t.notReported}</p>
      ) : (
        <p className="text-muted">
          {checkedAt === undefined || isBrief
            ? t.since(clockTime(since, now), why)
            : t.sinceUpdated(clockTime(since, now), why, clockTime(checkedAt, now))}
        </p>
      )}
      {offline && <p className="text-muted">{offline}</p>}
      {ended && !isBrief && <p className="text-muted">{t.ended[ended]}</p>}
    </>
  );
}

function TimeLeft({ presence, now }: Pick<CurrentStatusProps, 'presence' | 'now'>) {
  const { until, restoreTo } = presence.current;
  if (until === undefined) return null;
  return (
    <p>
      <span role="timer" className="font-medium">
        {until > now ? t.left(durationWords(until - now)) : t.endingNow}
      </span>
      {restoreTo && (
        <span className="text-muted">{t.thenAt(statusWord(restoreTo), clockTime(until, now))}</span>
      )}
    </p>
  );
}

/** What can be done about the current status. */
function Ways({ presence, now, canUndo, isBrief = false }: CurrentStatusProps) {
  const { status, until } = presence.current;
  const timer = isBrief && canUndo ? timerActions(presence.current, now) : undefined;
  if (timer) return <TimerWays timer={timer} now={now} />;
  const readOnly = status === 'Offline' || status === 'Unknown';
  // Zoom itself ends a do not disturb; that cannot be called off, only chosen anew.
  const keepable = until !== undefined && status !== 'Do_Not_Disturb';
  const [undo] = canUndo && !undoKeeps(presence) ? undoCommands(presence) : [];
  if (!keepable && !readOnly && !undo) return null;
  return (
    <div className={`flex ${isBrief ? 'shrink-0' : 'flex-wrap gap-2 sm:flex-col'}`}>
      {keepable && (
        <Way icon={TimerOff} title={t.removeTimer} action={{ type: 'presence.keep' }} isBrief={isBrief} />
      )}
      {undo && <Way icon={Undo2} {...undo} keys="Control+Z" isBrief={isBrief} />}
      {readOnly && (
        <Way icon={RotateCw} title={t.checkAgain} action={{ type: 'presence.check' }} isBrief={isBrief} />
      )}
    </div>
  );
}

interface TimerWaysProps {
  readonly timer: NonNullable<ReturnType<typeof timerActions>>;
  readonly now: number;
}

/** The two things that one wants of a timer that runs. */
function TimerWays({ timer, now }: TimerWaysProps) {
  const run = useRun();
  const { longer, longerUntil, canBeLonger, next, end } = timer;
  return (
    <div className="flex shrink-0 flex-wrap justify-end gap-1.5">
      <Button
        isLow
        isDisabled={!canBeLonger}
        aria-label={t.moreMinutes(moreMinutes, clockTime(longerUntil, now))}
        onPress={() => run(longer)}
      >
        {t.more(moreMinutes)}
      </Button>
      <Button isLow aria-label={t.endNow(statusWord(next))} onPress={() => run(end)}>
        {t.end}
      </Button>
    </div>
  );
}

interface WayProps extends Pick<Command, 'title' | 'action'> {
  readonly icon: LucideIcon;
  readonly keys?: string;
  readonly isBrief: boolean;
}

function Way({ icon, title, action, keys, isBrief }: WayProps) {
  const run = useRun();
  return (
    <Button
      icon={icon}
      {...(keys && { 'aria-keyshortcuts': keys })}
      {...(isBrief ? { look: 'quiet', isLow: true, 'aria-label': title } : { children: title })}
      onPress={() => run(action)}
    />
  );
}
