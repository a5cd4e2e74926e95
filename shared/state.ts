import type { AccountSummary, AccountView, OfferView, SignInView } from './accounts.ts';
import type { Notice, Preferences } from './app.ts';
import type { AutomationView } from './automation.ts';
import type { BackgroundsView } from './backgrounds.ts';
import type { CalendarsView } from './calendars.ts';
import type { Connecting } from './connecting.ts';
import type { DelegatesView } from './delegates.ts';
import type { LibraryView } from './library.ts';
import type { MqttView } from './mqtt.ts';
import type { OutwardsView } from './outwards.ts';
import type { PictureView } from './picture.ts';
import type { PresenceView } from './presence.ts';
import type { PresetsView } from './presets.ts';
import type { ProfileView } from './profile.ts';
import type { SettingsView } from './settings.ts';
import type { RefusedShortcuts, ShortcutTriggers } from './shortcut.ts';
import type { ZakView } from './zak.ts';

/** Everything the tray and the window show. Made in main, immutable, pushed whole. */
export interface Snapshot {
  /** Grows by one with each change. */
  readonly version: number;
  readonly account: AccountView;
  readonly accounts: readonly AccountSummary[];
  readonly signIn?: SignInView;
  /** Absent where nobody offers one. */
  readonly offer?: OfferView;
  readonly connecting: Connecting;
  /** Name of who was signed out last, where that has left no account. */
  readonly signedOut?: string;
  readonly presence: PresenceView;
  // Of the active account; each absent until first opened, the ZAK until first asked for.
  readonly backgrounds?: BackgroundsView;
  readonly picture?: PictureView;
  readonly library?: LibraryView;
  readonly settings?: SettingsView;
  readonly profile?: ProfileView;
  readonly delegates?: DelegatesView;
  readonly zak?: ZakView;
  readonly automation?: AutomationView;
  readonly calendars?: CalendarsView;
  readonly presets: PresetsView;
  readonly outwards: OutwardsView;
  readonly mqtt: MqttView;
  readonly preferences: Preferences;
  /** The newer version that is out, if any; absent where Tally does not ask at all. */
  readonly update?: { readonly version?: string };
  /** Whether the system starts Tally at login; absent where Tally cannot ask for that, as it is not installed. */
  readonly startsAtLogin?: boolean;
  /** The shortcuts that the system does not give, and why; absent where it gives all. */
  readonly refusedShortcuts?: RefusedShortcuts;
  /** What the desktop says of the others; absent where Tally's own keys hold. */
  readonly shortcutTriggers?: ShortcutTriggers;
  readonly notices: readonly Notice[];
}
