import type { Notice } from '../../shared/app.ts';
import type { Result } from '../../shared/errors.ts';
import type { OperationGroup } from '../../shared/zoom/operations.gen.ts';
import type { ReadCalendarAside } from './calendar/reading.ts';
import type {
  Attendance,
  CallFiles,
  Clipboard,
  Clock,
  Connection,
  Disk,
  Documents,
  Files,
  Media,
  Network,
  Pages,
  SecretStore,
  Shell,
} from './ports.ts';
import type { ZoomClient } from './zoom/client.ts';

/** The one face of all features: what of an account is shown, and what can be done about it. */
export interface Feature<View, Act> {
  /** What the window and the tray show; undefined until it was first opened. */
  view(): View | undefined;
  /** Does an action. `ok` means accepted: what comes of it shows in the view. */
  run(action: Act): Result<null>;
  /** Reads Zoom's side anew, if it was opened. */
  refresh(): void;
  /** Compares deadlines with the clock again, as after sleep. Safe to call twice. */
  wake(): void;
  /** Ends everything, and sends nothing any more; resolves when what was lent to this computer is taken back. */
  stop(): Promise<void>;
}

/** What an account has for its features; each takes of it what it needs. */
export interface FeatureDeps {
  /** Of the account. */
  readonly key: string;
  /** The person that `me` is. */
  readonly own: { readonly id: string; readonly email: string };
  readonly clock: Clock;
  readonly attendance: Attendance;
  /** Calls `listener` soon, and after each change, with whether the person has the desktop show no notifications; undefined where nothing tells. Returns how to stop that. */
  watchQuiet(listener: (quiet: boolean | undefined) => void): () => void;
  readonly network: Network;
  readonly zoom: Pick<ZoomClient, 'call'>;
  /** Base of the API. */
  apiUrl(): string;
  /** See `Connection`. */
  examples?(): Connection['examples'];
  readonly files: Files;
  readonly disk: Disk;
  readonly readCalendar: ReadCalendarAside;
  readonly media: Media;
  readonly clipboard: Clipboard;
  readonly documents: Documents;
  readonly pages: Pages;
  readonly calls: CallFiles;
  readonly secrets: SecretStore;
  readonly shell: Pick<Shell, 'chooseFiles' | 'openWindow' | 'crop'>;
  notice(notice: Notice): void;
  /** The view is another one. */
  changed(): void;
  /** A call by hand has changed something of this group at Zoom. */
  changedAtZoom(group: OperationGroup): void;
}

export const accepted: Result<null> = { ok: true, value: null };

/** What is done for each type of action; what an entry gives back is nobody's business. */
export type ByType<Act extends { readonly type: string }> = {
  readonly [T in Act['type']]: (action: Extract<Act, { readonly type: T }>) => unknown;
};

/** Does each action by the entry of its type, and accepts it. */
export function byType<Act extends { readonly type: string }>(
  entries: ByType<Act>,
): (action: Act) => Result<null> {
  return (action) => {
    const entry = entries[action.type as Act['type']] as (action: Act) => unknown;
    entry(action);
    return accepted;
  };
}
