import type { AccountSummary, AccountView, SignInView } from './accounts.ts';
import type { Notice, Preferences } from './app.ts';
import type { BackgroundsView } from './backgrounds.ts';
import type { DelegatesView } from './delegates.ts';
import type { PictureView } from './picture.ts';
import type { PresenceView } from './presence.ts';
import type { ProfileView } from './profile.ts';
import type { SettingsView } from './settings.ts';
import type { ZakView } from './zak.ts';

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
