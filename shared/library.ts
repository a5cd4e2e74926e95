import * as z from 'zod';
import type { TallyError } from './errors.ts';

/** The backgrounds and profile pictures that are kept on this computer, as the window and the tray show them. */
export interface LibraryView {
  /** The one used last first. */
  readonly items: readonly LibraryItem[];
  /** In the order of their names. */
  readonly sets: readonly LibrarySet[];
  /** Bytes of all, and how many there may be. */
  readonly bytes: number;
  readonly most: number;
  /** What could be let go so that the rest has room, unused for longest first; absent while there is room. */
  readonly over?: { readonly ids: readonly string[]; readonly bytes: number };
  /** Names of files that are looked at and taken in. */
  readonly adding: readonly string[];
  /** What is being put up at Zoom. */
  readonly change?: ChangeView;
  /** The last change that was made, which can be taken back. */
  readonly done?: DoneView;
  /** The last thing that did not work; stays until dismissed. */
  readonly problem?: TallyError;
  /** The last profile pictures, the newest first. */
  readonly pictures: readonly { readonly id: string }[];
}

/** A background that is kept with its original. All instants are epoch ms. */
export interface LibraryItem {
  /** sha256 of what Zoom gets. */
  readonly id: string;
  readonly name: string;
  readonly type: 'image' | 'video';
  /** Of all that is kept of it. */
  readonly bytes: number;
  readonly added: number;
  readonly used: number;
  readonly favorite: boolean;
  readonly sets: readonly string[];
  /** Zoom has it. */
  readonly up: boolean;
  /** `missing`: its file is gone; `spoiled`: something else is in its place. Neither is ever sent. */
  readonly state: 'kept' | 'missing' | 'spoiled';
}

export interface LibrarySet {
  readonly name: string;
  readonly count: number;
  /** All of it is at Zoom. */
  readonly up: boolean;
}

interface ChangeView {
  /** Of the set or the background. */
  readonly title: string;
  readonly isSet: boolean;
  /** It takes back another one. */
  readonly isUndo: boolean;
  /**
   * - asking: backgrounds would be deleted of which this computer has no copy; see `losing`
   * - stopped: it was cut off, and can go on
   */
  readonly phase: 'working' | 'asking' | 'stopped';
  readonly losing?: readonly string[];
  readonly error?: TallyError;
  /** How many of how many are at Zoom. */
  readonly up: number;
  readonly of: number;
}

interface DoneView {
  readonly title: string;
  readonly isSet: boolean;
  /** All of it is at Zoom; else it was left half done. */
  readonly isWhole: boolean;
  /** Names of what had to make room. */
  readonly removed: readonly string[];
  /** Names of what had to and cannot come back. */
  readonly lost: readonly string[];
}

/** Most backgrounds that are kept, whatever their size. */
export const mostItems = 300;
/** How much room the library may have, in MB. */
export const libraryRooms = [100, 250, 500, 1_000, 2_000] as const;
export type LibraryRoom = (typeof libraryRooms)[number];

/** One line of words that can be seen. */
const visible = /^[^\p{C}\p{Zl}\p{Zp}]+$/u;
export const libraryFields = () => ({
  id: z.string().regex(/^[0-9a-f]{64}$/),
  set: z.string().trim().min(1).max(40).regex(visible),
  name: z.string().trim().min(1).max(100).regex(visible),
});

/** `put` and `put-set` bring backgrounds to Zoom, `remove` takes them off this computer; the others change what is kept here. */
export const libraryActions = () => {
  const { id, set, name } = libraryFields();
  const ids = z.array(id).min(1).max(mostItems);
  return [
    z.strictObject({ type: z.literal('library.open') }),
    z.strictObject({ type: z.literal('library.rename'), id, name }),
    z.strictObject({ type: z.literal('library.favorite'), id, on: z.boolean() }),
    z.strictObject({ type: z.literal('library.tag'), ids, set, on: z.boolean() }),
    // Under the name of another set both become one.
    z.strictObject({ type: z.literal('library.rename-set'), set, name: set }),
    // Its backgrounds stay.
    z.strictObject({ type: z.literal('library.remove-set'), set }),
    z.strictObject({ type: z.literal('library.remove'), ids }),
    z.strictObject({ type: z.literal('library.put'), id }),
    z.strictObject({ type: z.literal('library.put-set'), set }),
    // Agrees to what a change asks, or goes on with one that was cut off.
    z.strictObject({ type: z.literal('library.go-on') }),
    // Leaves a change as it is.
    z.strictObject({ type: z.literal('library.leave') }),
    z.strictObject({ type: z.literal('library.undo') }),
    z.strictObject({ type: z.literal('library.dismiss') }),
    z.strictObject({ type: z.literal('library.put-picture'), id }),
    z.strictObject({ type: z.literal('library.forget-picture'), id }),
  ] as const;
};

export type LibraryAction = z.infer<ReturnType<typeof libraryActions>[number]>;
