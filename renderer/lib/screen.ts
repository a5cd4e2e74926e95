import type { Place } from '../../shared/places.ts';
import type { Snapshot } from '../../shared/state.ts';
import type { ConnectedAccount } from './accounts.ts';

/** What every screen is given. */
export interface ScreenProps {
  readonly snapshot: Snapshot;
  readonly account: ConnectedAccount;
  /** What led here last; what it searches for is searched anew with each. */
  readonly place: Place;
}
