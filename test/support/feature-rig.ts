import { fixedSession } from '../../electron/core/sign-in/session.ts';
import { createZoomClient, type ZoomClient } from '../../electron/core/zoom/client.ts';
import type { PracticeOptions } from '../../electron/practice/server.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { type Rig, withPractice } from './practice-client.ts';

/** What a feature of core stands on: a practice Zoom and Tally's client for its practice user, with one time. */
export interface FeatureRig extends Rig {
  readonly clock: FakeClock;
  readonly zoom: ZoomClient;
}

/** Runs `use` against a fresh practice Zoom. Waits of up to `skip` milliseconds are skipped. */
export function withFeature<T>(
  { skip, ...options }: PracticeOptions & { readonly skip: number },
  use: (rig: FeatureRig) => Promise<T>,
): Promise<T> {
  const clock = createFakeClock();
  clock.skipWaits(skip);
  return withPractice({ now: clock.now, ...options }, async (rig) => {
    const session = fixedSession(rig.practice.accessToken);
    const zoom = createZoomClient({ clock, session, apiUrl: () => rig.practice.apiUrl, random: () => 0 });
    try {
      return await use({ ...rig, clock, zoom });
    } finally {
      zoom.dropConnections();
    }
  });
}
