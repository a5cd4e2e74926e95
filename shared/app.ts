import * as z from 'zod';
import { type LibraryRoom, libraryRooms } from './library.ts';
import { type NotificationPreference, notificationDefaults } from './notifications.ts';
import { screens, webPages } from './places.ts';
import { shortcutForm } from './shortcut.ts';
import { dndMinutes } from './zoom/limits.gen.ts';

export type Theme = 'system' | 'light' | 'dark';

const trayClicks = ['menu', 'popover', 'window'] as const;
export type TrayClick = (typeof trayClicks)[number];

/** What a click on the tray icon can open on a system, the usual one first. Only macOS opens the menu by it, as of any icon there. */
export const trayClicksOn = (platform: string): readonly TrayClick[] =>
  platform === 'darwin' ? trayClicks : trayClicks.slice(1);

/** Besides these, whether each kind of notification is wanted. */
export interface Preferences extends Readonly<Record<NotificationPreference, boolean>> {
  readonly theme: Theme;
  /** Start in the tray without a window. */
  readonly startHidden: boolean;
  /** Length of a plain "Do not disturb", in minutes; Zoom takes 1 to 1440. */
  readonly dndMinutes: number;
  /** Hour of the day (0 to 23, local time) that "until tomorrow morning" means. */
  readonly morningHour: number;
  /** What "end of day" means, in minutes after midnight, local time. */
  readonly endOfDay: number;
  /** Calls of the advanced panel are kept, to be looked at again. */
  readonly keepHistory: boolean;
  /** How much room the library has, in MB: beyond it, the person is asked. */
  readonly libraryMegabytes: LibraryRoom;
  /** Whether the question was answered if Tally should start at login; it comes once. */
  readonly askedAtLogin?: boolean | undefined;
  /** Whether Tally asks once a day if there is a newer one. */
  readonly checkUpdates: boolean;
  /** What a click on the tray icon opens, where a window can be placed there; elsewhere it is the window. */
  readonly trayClick: TrayClick;
  /** What opens the popover from any app, as Electron writes it; empty for nothing. */
  readonly shortcut: string;
  /** Whether a tally:// link, which any web page can have, may do something. */
  readonly allowLinks: boolean;
}

/** Something the person should know and may dismiss: a reset file, a missing tray, a missing keychain. */
export interface Notice {
  readonly id:
    | 'no-tray'
    | 'no-keychain'
    | 'keychain-waits'
    | 'preferences-reset'
    | 'presence-reset'
    | 'accounts-reset'
    | 'edits-reset'
    | 'presets-reset'
    | 'automation-reset'
    | 'calendars-reset'
    | 'outwards-reset'
    | 'read-only'
    | 'newer-data'
    | 'revoke-later'
    | 'other-account'
    | 'forget-later'
    | 'revoke-refused'
    | 'start-at-login'
    | 'login-not-set'
    | 'shortcut'
    | 'not-done';
  readonly title: string;
  readonly detail: string;
}

/** Most characters that are copied: a whole answer of Zoom's, in the advanced panel. */
const mostCopied = 20_000_000;

/** What concerns no account. */
export const appActions = () =>
  [
    z.strictObject({
      type: z.literal('preferences.set'),
      patch: z.strictObject({
        theme: z.enum(['system', 'light', 'dark']).optional(),
        startHidden: z.boolean().optional(),
        dndMinutes: z.int().min(dndMinutes.min).max(dndMinutes.max).optional(),
        morningHour: z.int().min(0).max(23).optional(),
        endOfDay: z.int().min(0).max(1439).optional(),
        keepHistory: z.boolean().optional(),
        libraryMegabytes: z.literal(libraryRooms).optional(),
        trayClick: z.enum(trayClicks).optional(),
        shortcut: z.string().regex(shortcutForm).optional(),
        allowLinks: z.boolean().optional(),
        checkUpdates: z.boolean().optional(),
        ...(Object.fromEntries(
          Object.keys(notificationDefaults).map((name) => [name, z.boolean().optional()]),
        ) as Record<NotificationPreference, z.ZodOptional<z.ZodBoolean>>),
      }),
    }),
    z.strictObject({ type: z.literal('login.set'), on: z.boolean() }),
    z.strictObject({ type: z.literal('notice.dismiss'), id: z.string() }),
    z.strictObject({ type: z.literal('clipboard.copy'), text: z.string().min(1).max(mostCopied) }),
    z.strictObject({ type: z.literal('web.open'), page: z.enum(webPages) }),
    z.strictObject({ type: z.literal('licenses.open') }),
    // `search` is typed into the screen's search, where it has one.
    z.strictObject({
      type: z.literal('window.open'),
      screen: z.enum(screens).optional(),
      // One line of words that can be seen: no control characters, nothing that turns the direction of writing.
      search: z
        .string()
        .trim()
        .min(1)
        .max(100)
        .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u)
        .optional(),
    }),
    z.strictObject({ type: z.literal('window.close') }),
    z.strictObject({ type: z.literal('app.quit') }),
  ] as const;

export type AppAction = z.infer<ReturnType<typeof appActions>[number]>;
