import type { TallyError } from './errors.ts';
import type { PresenceChange, TakenBack } from './presence.ts';
import type { SettableStatus, Status } from './zoom/presence.ts';

/** What can be told outside of the window, by the names of its preferences. */
export const notificationDefaults = {
  notifyRefused: true,
  notifyEnding: false,
  notifyEnded: true,
  notifyZak: true,
  notifyUploads: true,
  notifySignIn: true,
} as const;

export type NotificationPreference = keyof typeof notificationDefaults;

/** Something that has happened, and that the person may want to know wherever they are. Instants are epoch ms. */
export type News =
  | { readonly kind: 'refused'; readonly change: PresenceChange; readonly error: TallyError }
  /** A timer ends in a minute at most. */
  | {
      readonly kind: 'ending';
      readonly status: SettableStatus;
      readonly until: number;
      /** What follows; absent where Zoom decides. */
      readonly next?: SettableStatus;
    }
  /** A timer of `status` has ended. */
  | { readonly kind: 'ended'; readonly status: SettableStatus; readonly now: Status }
  /** Zoom took `status` back while its timer was running. */
  | { readonly kind: 'ended-early'; readonly status: TakenBack }
  | { readonly kind: 'zak-copied'; readonly expiresAt?: number }
  | { readonly kind: 'zak-failed'; readonly error: TallyError }
  /** All uploads have come to an end; these are the names of the files. */
  | {
      readonly kind: 'uploads';
      readonly done: readonly string[];
      readonly failed: readonly string[];
      readonly asking: readonly string[];
    }
  | { readonly kind: 'sign-in'; readonly error: TallyError };
