import type { Action } from '../actions.ts';
import type { Result } from '../errors.ts';
import type { ShownImage } from '../media.ts';
import type { Snapshot } from '../state.ts';
import type { SettableStatus } from '../zoom/presence.ts';

/**
 * All that crosses between main and the popover, which has fewer doors than the window: no files, no calls of the API. Its preload is
 * a file of its own and holds nothing else.
 */

/** One opening of the popover. */
export interface PopoverOpening {
  /** Grows by one each time. */
  readonly id: number;
  /** It is asked how long this status shall last. */
  readonly status?: SettableStatus;
}

/** What can be done in the popover. */
export const popoverActions = [
  'presence.set',
  'presence.undo',
  'presence.keep',
  'presence.cancel',
  'presence.retry',
  'presence.dismiss',
  'presence.check',
  'profile.open',
  'zak.copy',
  'zak.start-room',
  'zak.dismiss',
  'account.practice',
  'account.reconnect',
  'account.switch',
  'clipboard.copy',
  'web.open',
  'window.open',
] as const satisfies readonly Action['type'][];

export type PopoverAction = Extract<Action, { readonly type: (typeof popoverActions)[number] }>;

/** What the page can call, and main answers. */
export const popoverCalls = ['get', 'run', 'face', 'opening', 'drawn', 'hide'] as const;
export type PopoverCall = (typeof popoverCalls)[number];

/** What main tells the page. */
export type PopoverMessage = 'changed' | 'opened';

export const popoverChannel = (name: PopoverCall | PopoverMessage): string => `popover.${name}`;

type Answer<Value> = Promise<Result<Value>>;

/** `window.popover`. */
export interface PopoverBridge {
  readonly state: {
    get(): Answer<Snapshot>;
    changed(listener: (snapshot: Snapshot) => void): () => void;
  };
  readonly actions: { run(action: Action): Answer<null> };
  /** The profile picture, as far as it is known. */
  readonly picture: { shown(): Answer<ShownImage | null> };
  readonly popover: {
    /** The present opening, */
    opening(): Answer<PopoverOpening>;
    /** and each later one. */
    opened(listener: (opening: PopoverOpening) => void): () => void;
    /** All of an opening has been drawn, and may be seen. */
    drawn(opening: Pick<PopoverOpening, 'id'>): Answer<null>;
    hide(): Answer<null>;
  };
}
