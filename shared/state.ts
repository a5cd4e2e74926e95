import type { TallyError } from './errors.ts';
import type { SettableStatus, Status } from './zoom/presence.ts';

/** Who caused the current status. `restored` = a timer ran out and the former status came back. */
export type Cause = 'you' | 'restored' | 'zoom';

/** A change of presence on its way to Zoom. */
export interface PresenceChange {
  readonly status: SettableStatus;
  /** How long it shall last, in ms from the moment Zoom takes it; absent = until changed. */
  readonly lastsMs?: number;
  readonly cause: Cause;
}

/** The status as Zoom last confirmed it, and its story. All instants are epoch ms. */
export interface CurrentPresence {
  readonly status: Status;
  readonly since: number;
  readonly cause: Cause;
  /** When it ends; absent = it stays until changed. */
  readonly until?: number;
  /** What follows at `until`. */
  readonly restoreTo?: SettableStatus;
}

export interface PresenceView {
  readonly current: CurrentPresence;
  /** On the wire right now. */
  readonly sending?: PresenceChange;
  /** Queued behind Zoom's limit of one change a minute (or a lost connection); the newest choice wins. */
  readonly waiting?: {
    readonly change: PresenceChange;
    readonly dueAt: number;
    /** `rate-limit`: Zoom had too many calls from this account, of whichever app. */
    readonly why: 'minute-limit' | 'rate-limit' | 'offline';
  };
  /** The last change that Zoom did not take. The shown status is still the confirmed one. */
  readonly failed?: { readonly change: PresenceChange; readonly error: TallyError };
  /** When Zoom last answered what the status is. */
  readonly checkedAt?: number;
}

export type AccountView =
  | { readonly phase: 'none' }
  | { readonly phase: 'connecting'; readonly practice: boolean }
  | { readonly phase: 'failed'; readonly practice: boolean; readonly error: TallyError }
  | {
      readonly phase: 'connected';
      readonly practice: boolean;
      readonly id: string;
      readonly name: string;
      readonly email: string;
    };

export type Theme = 'system' | 'light' | 'dark';

export interface Preferences {
  readonly theme: Theme;
  /** Start in the tray without a window. */
  readonly startHidden: boolean;
  /** Length of a plain "Do not disturb", in minutes; Zoom takes 20 to 1440. */
  readonly dndMinutes: number;
  /** Hour of the day (0 to 23, local time) that "until tomorrow morning" means. */
  readonly morningHour: number;
}

/** Something the person should know and may dismiss: a reset file, a missing tray, a missing keychain. */
export interface Notice {
  readonly id: 'no-tray' | 'no-keychain' | 'preferences-reset' | 'presence-reset' | 'read-only';
  readonly title: string;
  readonly detail: string;
}

/** Everything the tray and the window show. Made in main, immutable, pushed whole. */
export interface Snapshot {
  /** Grows by one with each change. */
  readonly version: number;
  readonly account: AccountView;
  readonly presence: PresenceView;
  readonly preferences: Preferences;
  readonly notices: readonly Notice[];
}
