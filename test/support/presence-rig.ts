import { afterEach } from 'vitest';
import type { PresenceState } from '../../electron/core/presence/reducer.ts';
import { createPresenceRunner, type PresenceRunner } from '../../electron/core/presence/runner.ts';
import { createZoomClient } from '../../electron/core/zoom/client.ts';
import type { PresenceView } from '../../shared/presence.ts';
import { createFakeAttendance } from './fake-attendance.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { type Rig, withPractice } from './practice-client.ts';
import { start } from './presence-script.ts';
import { createWatch } from './waiting.ts';

export interface PresenceRig {
  readonly service: PresenceRunner;
  readonly clock: FakeClock;
  readonly saved: PresenceState[];
  readonly views: PresenceView[];
  /** Resolves with the first view, from now on or the present one, for which `test` holds. */
  until(test: (view: PresenceView) => boolean): Promise<PresenceView>;
}

const running: PresenceRunner[] = [];
afterEach(() => {
  for (const service of running.splice(0)) service.stop();
});

export const available: PresenceState = {
  current: { status: 'Available', since: start - 3_600_000, cause: 'zoom' },
  checkedAt: start,
};

export function presenceRig(
  url: string,
  { token = 'token-0', initial = available, clock = createFakeClock(start) } = {},
): PresenceRig {
  const views: PresenceView[] = [];
  const saved: PresenceState[] = [];
  const watch = createWatch();
  const session = { accessToken: async () => ({ ok: true as const, token }), refresh: async () => never };
  const zoom = createZoomClient({ clock, session, apiUrl: () => url, random: () => 0 });
  const service = createPresenceRunner({
    clock,
    attendance: createFakeAttendance(),
    zoom,
    initial,
    save: (state) => saved.push(state),
    changed() {
      views.push(service.view());
      watch.changed();
    },
  });
  running.push(service);
  return {
    service,
    clock,
    saved,
    views,
    until: (test) => watch.until(service.view, test),
  };
}

const never = { ok: false, error: { kind: 'not-signed-in', what: 'No.', action: 'sign-in' } } as const;

/** A service at a practice Zoom whose time is the service's own. */
export function atPractice(
  use: (rig: Rig, made: PresenceRig) => Promise<void>,
  initial = available,
): Promise<void> {
  const clock = createFakeClock(start);
  return withPractice({ now: clock.now }, (rig) =>
    use(rig, presenceRig(rig.practice.apiUrl, { token: rig.practice.accessToken, initial, clock })),
  );
}

export const updates = async (rig: Rig) =>
  (await rig.state()).requests.filter(({ operationId }) => operationId === 'updatePresenceStatus');
export const settled = (view: PresenceView) => !view.sending;
