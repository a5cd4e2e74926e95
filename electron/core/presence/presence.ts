import type { Notice } from '../../../shared/app.ts';
import { type Result, tallyError } from '../../../shared/errors.ts';
import type { PresenceAction, PresenceChange } from '../../../shared/presence.ts';
import { nextMorning } from '../../../shared/times.ts';
import { times } from '../../../shared/words/en/times.ts';
import { dndMinutes } from '../../../shared/zoom/limits.gen.ts';
import { accepted, byType, type FeatureDeps } from '../feature.ts';
import type { Files } from '../ports.ts';
import { createPresenceRunner } from './runner.ts';
import { readPresence, storePresence } from './stored.ts';

type PresenceDeps = Pick<FeatureDeps, 'own' | 'clock' | 'attendance' | 'zoom' | 'notice' | 'changed'> & {
  readonly files: Pick<Files, 'presence' | 'savePresence' | 'preferences'>;
};

export type Presence = ReturnType<typeof createPresence>;

/** The status and its timers. */
export function createPresence(deps: PresenceDeps) {
  const { own, clock, attendance, zoom, files, notice, changed } = deps;
  const stored = readPresence(files.presence(own.id), clock.now());
  if (!stored.ok) notice(presenceReset);
  const runner = createPresenceRunner({
    clock,
    attendance,
    zoom,
    initial: stored.state,
    save: (state) => files.savePresence(own.id, storePresence(state, clock.now())),
    changed,
  });

  function set({ status, until, minutes }: Extract<PresenceAction, { type: 'presence.set' }>): Result<null> {
    const { dndMinutes: usual, morningHour } = files.preferences();
    const isDnd = status === 'Do_Not_Disturb';
    const ends = until === 'morning' ? nextMorning(clock.now(), morningHour) : until;
    if (isDnd && ends !== undefined && ends - clock.now() > dndMinutes.max * 60_000)
      return { ok: false, error: tallyError('invalid-input', times.problems['dnd-too-long']) };
    const length = minutes ?? (isDnd ? usual : undefined);
    const change: PresenceChange = {
      status,
      cause: 'you',
      ...(ends === undefined ? length !== undefined && { lastsMs: length * 60_000 } : { until: ends }),
    };
    runner.dispatch({ type: 'choose', change });
    return accepted;
  }

  /** Unless another change is there than the one that was meant. */
  function dispatchFor(
    meant: PresenceChange['status'] | undefined,
    there: { readonly change: PresenceChange } | undefined,
    event: Parameters<typeof runner.dispatch>[0],
  ): void {
    if (meant === undefined || there?.change.status === meant) runner.dispatch(event);
  }

  const run = byType<Exclude<PresenceAction, { type: 'presence.set' }>>({
    'presence.check': runner.check,
    'presence.keep': () => runner.dispatch({ type: 'keep' }),
    'presence.undo': () => runner.dispatch({ type: 'undo' }),
    'presence.cancel': ({ status }) => dispatchFor(status, runner.view().waiting, { type: 'cancel' }),
    'presence.retry': ({ status }) => dispatchFor(status, runner.view().failed, { type: 'retry' }),
    'presence.dismiss': ({ status }) => dispatchFor(status, runner.view().failed, { type: 'dismiss' }),
  });

  return {
    view: runner.view,
    /** What Automation does; the person's actions go through `run`. */
    apply: runner.dispatch,
    check: runner.check,
    run: (action: PresenceAction) => (action.type === 'presence.set' ? set(action) : run(action)),
    refresh: () => void runner.check(),
    watch: runner.watch,
    wake: runner.wake,
    stop: async () => runner.stop(),
  };
}

const presenceReset: Notice = {
  id: 'presence-reset',
  title: 'A timer may have been lost',
  detail: 'The file with the last status couldn’t be read. Tally asks Zoom for the status instead.',
};
