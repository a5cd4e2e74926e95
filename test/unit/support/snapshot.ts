import type { AccountView, PresenceView, Snapshot } from '../../../shared/state.ts';
import { start } from './presence-script.ts';

export const connected: Extract<AccountView, { phase: 'connected' }> = {
  phase: 'connected',
  practice: false,
  id: 'some-id',
  name: 'Robin Doe',
  email: 'robin@example.org',
};

/** What main would push: a connected account that is Available, unless told otherwise. */
export function snapshot(presence: Partial<PresenceView> = {}, account: AccountView = connected): Snapshot {
  return {
    version: 1,
    account,
    presence: { current: { status: 'Available', since: start, cause: 'zoom' }, ...presence },
    preferences: { theme: 'system', startHidden: false, dndMinutes: 20, morningHour: 8 },
    notices: [],
  };
}
