import type { Notice } from '../../../shared/app.ts';
import type { Result } from '../../../shared/errors.ts';
import type { PresenceAction } from '../../../shared/presence.ts';
import { accepted, byType, type FeatureDeps } from '../feature.ts';
import type { Files } from '../ports.ts';
import { msUntilMorning } from './morning.ts';
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
    const asked =
      until === 'morning' ? msUntilMorning(clock.now(), morningHour) : minutes && minutes * 60_000;
    const lastsMs = asked ?? (status === 'Do_Not_Disturb' ? usual * 60_000 : undefined);
    const change = { status, cause: 'you', ...(lastsMs !== undefined && { lastsMs }) } as const;
    runner.dispatch({ type: 'choose', change });
    return accepted;
  }

  const run = byType<Exclude<PresenceAction, { type: 'presence.set' }>>({
    'presence.check': runner.check,
    'presence.keep': () => runner.dispatch({ type: 'keep' }),
    'presence.cancel': () => runner.dispatch({ type: 'cancel' }),
    'presence.retry': () => runner.dispatch({ type: 'retry' }),
    'presence.dismiss': () => runner.dispatch({ type: 'dismiss' }),
  });

  return {
    view: runner.view,
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
  detail: 'The file with the last status could not be read. Tally asks Zoom for the status instead.',
};
