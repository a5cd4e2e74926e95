import type { TallyError } from './errors.ts';
import type { BackgroundsView, PictureView } from './media.ts';
import type { Cloud } from './places.ts';
import type { DelegatesView, ProfileView } from './profile.ts';
import type { SettingsView } from './settings.ts';
import type { ZakView } from './zak.ts';
import type { OperationId } from './zoom/operations.gen.ts';
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

/** An operation that the sign-in does not cover, and the scopes of which any one would be enough. */
export interface MissingOperation {
  readonly operation: OperationId;
  readonly scopes: readonly string[];
}

/** The active account. `key` names it among the others; it holds no secret. */
export type AccountView =
  | { readonly phase: 'none' }
  | {
      readonly phase: 'connecting';
      readonly key: string;
      readonly practice: boolean;
      /** The keychain has not answered yet: it may be asking to be unlocked. */
      readonly waitsFor?: 'keychain';
    }
  | { readonly phase: 'failed'; readonly key: string; readonly practice: boolean; readonly error: TallyError }
  | {
      readonly phase: 'connected';
      readonly key: string;
      readonly practice: boolean;
      readonly id: string;
      readonly name: string;
      readonly email: string;
      /** What Tally was not given the permission for; everything else works. Empty where Zoom does not tell. */
      readonly missing: readonly MissingOperation[];
    };

/** One of the accounts that Tally knows, in the order in which they were added. */
export interface AccountSummary {
  readonly key: string;
  readonly practice: boolean;
  readonly name: string;
  readonly email: string;
  readonly cloud: Cloud;
  /** 0 to 5: which of the ring colours is its own. */
  readonly colour: number;
  readonly active: boolean;
  readonly phase: 'connecting' | 'failed' | 'connected';
  /** The sign-in is in memory only, as there is no keychain: it ends when Tally quits. */
  readonly memoryOnly: boolean;
}

/** A sign-in on its way. Absent when there is none. */
export type SignInView =
  | {
      /** The person is in the browser. */
      readonly phase: 'waiting';
      /** Given up at this instant, epoch ms. */
      readonly until: number;
      /** False: the browser could not be opened; the address can be copied. */
      readonly browser: boolean;
      /** False: no port could be opened on this computer; the address has to be pasted. */
      readonly listening: boolean;
      /** An answer came, or was pasted, that does not belong to this sign-in. */
      readonly stray?: TallyError;
    }
  /** The browser came back: the code is exchanged, the account read, the keychain written. */
  | { readonly phase: 'finishing'; readonly waitsFor?: 'keychain' }
  /** Over without an account. Shown until dismissed or begun anew. */
  | { readonly phase: 'failed'; readonly error: TallyError };

export type Theme = 'system' | 'light' | 'dark';

export interface Preferences {
  readonly theme: Theme;
  /** Start in the tray without a window. */
  readonly startHidden: boolean;
  /** Length of a plain "Do not disturb", in minutes; Zoom takes 20 to 1440. */
  readonly dndMinutes: number;
  /** Hour of the day (0 to 23, local time) that "until tomorrow morning" means. */
  readonly morningHour: number;
  /** Calls of the advanced panel are kept, to be looked at again. */
  readonly keepHistory: boolean;
  /** Whether a tally:// link, which any web page can have, may do something. */
  readonly allowLinks: boolean;
}

/** Something the person should know and may dismiss: a reset file, a missing tray, a missing keychain. */
export interface Notice {
  readonly id:
    | 'no-tray'
    | 'no-keychain'
    | 'preferences-reset'
    | 'presence-reset'
    | 'accounts-reset'
    | 'edits-reset'
    | 'read-only'
    | 'revoke-later'
    | 'not-done';
  readonly title: string;
  readonly detail: string;
}

/** Everything the tray and the window show. Made in main, immutable, pushed whole. */
export interface Snapshot {
  /** Grows by one with each change. */
  readonly version: number;
  readonly account: AccountView;
  readonly accounts: readonly AccountSummary[];
  readonly signIn?: SignInView;
  /** What a person registers at Zoom: http://127.0.0.1/ and a path that is this installation's own. */
  readonly redirectUri: string;
  readonly presence: PresenceView;
  /** Of the active account; absent until first opened. */
  readonly backgrounds?: BackgroundsView;
  /** Of the active account; absent until first opened. */
  readonly picture?: PictureView;
  /** Of the active account; absent until first opened. */
  readonly settings?: SettingsView;
  /** Of the active account; absent until first opened. */
  readonly profile?: ProfileView;
  /** Of the active account; absent until first opened. */
  readonly delegates?: DelegatesView;
  /** Of the active account; absent until first asked for. */
  readonly zak?: ZakView;
  readonly preferences: Preferences;
  readonly notices: readonly Notice[];
}
