import type { Action } from '../actions.ts';
import type {
  CallAnswer,
  CallCurrent,
  CallFile,
  CallInput,
  CallProblem,
  CodeFormat,
  HistoryEntry,
  HistoryPage,
} from '../advanced.ts';
import type { Result } from '../errors.ts';
import type { ShownImage } from '../media.ts';
import type { CropImage } from '../picture.ts';
import type { Place, Screen } from '../places.ts';
import type { Snapshot } from '../state.ts';
import type { VideoTurn } from '../video.ts';
import type { OperationId } from '../zoom/operations.gen.ts';

/**
 * How an entry crosses: `invoke` is a call of the page, `notify` a message to it, and `files` are files that a person dropped,
 * chosen or pasted, sent by the preload and never by the page.
 */
type Kind = 'invoke' | 'notify' | 'files';

interface Entry<K extends Kind, Call extends (...input: never[]) => unknown> {
  readonly kind: K;
  /** Stands in the types alone: what crosses, and what comes back. */
  readonly call?: Call;
}

/** A file without bytes and path was too large, or could not be read. */
export type DroppedFile =
  | { readonly path: string }
  | { readonly name: string; readonly bytes?: Uint8Array | undefined };

const invoke = <Call extends (...input: never[]) => unknown>(): Entry<'invoke', Call> => ({ kind: 'invoke' });
const files = (): Entry<'files', (files: readonly DroppedFile[]) => null> => ({ kind: 'files' });
const notify = <Payload>(): Entry<'notify', (payload: Payload) => void> => ({ kind: 'notify' });

/**
 * All that crosses between main and the window. `window.tally`, main's handlers, the schemas of their inputs (schemas.ts) and
 * main's notifications are typed by this one value. Inputs are parsed in main; answers are data, never exceptions. Without zod,
 * so that the preload holds it and loads at once.
 */
export const contract = {
  state: {
    /** The current snapshot. */
    get: invoke<() => Snapshot>(),
    /** A new snapshot, after each change. */
    changed: notify<Snapshot>(),
  },
  actions: {
    /** Does one action; resolves when it was accepted (not when Zoom has answered: the snapshot tells). */
    run: invoke<(action: Action) => null>(),
  },
  setup: {
    /** A setup as a file. */
    offer: files(),
  },
  backgrounds: {
    add: files(),
    /** A small picture of a background with a local copy, or of an upload's file; null where there is none to show. */
    preview:
      invoke<(of: { readonly kind: 'background' | 'upload'; readonly id: string }) => ShownImage | null>(),
    /** A frame of a video that is on its way, as it is once turned; null where there is none to show. */
    frame:
      invoke<
        (of: { readonly id: string; readonly at: number; readonly turn: VideoTurn }) => ShownImage | null
      >(),
    /** The picture of a background, to be cropped; null where there is none on this computer, or one that moves. */
    original: invoke<(of: { readonly id: string }) => CropImage | null>(),
    /** Sends a part of a background (PNG or JPEG) in its place; resolves when it is on its way. */
    crop: invoke<(cropped: { readonly id: string; readonly bytes: Uint8Array }) => null>(),
  },
  picture: {
    offer: files(),
    /** A picture that was offered, to be cropped. */
    crop: notify<CropImage>(),
    /** The picture at Zoom, as far as it is known. */
    shown: invoke<() => ShownImage | null>(),
    /** Sends a cropped picture (PNG or JPEG) to Zoom; resolves when Zoom has taken or refused it. */
    save: invoke<(picture: { readonly bytes: Uint8Array }) => null>(),
  },
  library: {
    /** Files to keep without sending them. */
    add: files(),
    /** A small picture of what is kept; null where there is none to show. */
    preview:
      invoke<(of: { readonly kind: 'background' | 'picture'; readonly id: string }) => ShownImage | null>(),
    /** The person drags a background out of the window: from here on it is the system's to carry. */
    drag: invoke<(what: { readonly id: string }) => null>(),
  },
  advanced: {
    /** Where an input does not fit the catalogue; empty where it does. Nothing is sent. */
    check: invoke<(input: CallInput) => readonly CallProblem[]>(),
    /**
     * Sends a call, and resolves with whatever came of it. Refused without sending: an input with a problem that blocks, one with
     * another problem unless `anyway`, and a destructive one unless `confirmed` is the text of `confirmationOf`.
     */
    send: invoke<(order: CallSend) => CallAnswer>(),
    /** Ends a call that is under way; Zoom may have taken it all the same. */
    cancel: invoke<(which: { readonly call: string }) => null>(),
    /** The account's present values for an operation, as far as there is a way to read them. */
    current: invoke<(of: { readonly operation: OperationId }) => CallCurrent>(),
    /** The call as a command or program text, with $ZOOM_TOKEN in place of the token. */
    code: invoke<(of: { readonly input: CallInput; readonly format: CodeFormat }) => string>(),
    /** Asks where to, and saves the body of an answer; false when the person changed their mind. */
    save: invoke<(which: { readonly call: string }) => boolean>(),
    /** Copies a token that is hidden in an answer of this session, for a minute, like a ZAK. */
    copyHidden: invoke<(which: { readonly call: string; readonly pointer: string }) => null>(),
    /** A file for an operation that takes one. */
    add: files(),
    /** The file that came, or null where it could not be read. */
    file: notify<CallFile | null>(),
  },
  history: {
    /** The calls of the active account, the newest first; `search` is looked for in what was sent and what came. */
    list: invoke<(asked: { readonly search?: string; readonly skip?: number }) => HistoryPage>(),
    get: invoke<(which: { readonly id: string }) => HistoryEntry>(),
    /** Deletes these calls; without `ids` all of the account. */
    remove: invoke<(which: { readonly ids?: readonly string[] }) => null>(),
  },
  navigation: {
    /** Main asks the window to show a screen ("Preferences" in the tray). */
    show: notify<Place>(),
    /** The window shows a screen. */
    shown: invoke<(at: { readonly screen: Screen }) => null>(),
  },
} as const;

interface CallSend {
  readonly call: string;
  readonly input: CallInput;
  readonly anyway?: boolean;
  readonly confirmed?: string;
}

type Contract = typeof contract;

type OfKind<Entries, K extends Kind> = {
  readonly [M in keyof Entries as Entries[M] extends { readonly kind: K } ? M : never]: Entries[M];
};

/** The entries that main answers. */
type Answered = {
  readonly [G in keyof Contract as keyof OfKind<Contract[G], 'invoke' | 'files'> extends never
    ? never
    : G]: OfKind<Contract[G], 'invoke' | 'files'>;
};

type Handler<E> =
  E extends Entry<Kind, infer Call>
    ? (...input: Parameters<Call>) => Promise<Result<ReturnType<Call>>> | Result<ReturnType<Call>>
    : never;

/** What main must provide: one handler an entry of the kinds `invoke` and `files`. */
export type Handlers = {
  readonly [G in keyof Answered]: { readonly [M in keyof Answered[G]]: Handler<Answered[G][M]> };
};

type Input<E> = E extends Entry<Kind, infer Call> ? Parameters<Call>[0] : never;

/** What each handler is given. */
export type Inputs = {
  readonly [G in keyof Answered]: { readonly [M in keyof Answered[G]]: Input<Answered[G][M]> };
};

type Bridged<E> =
  E extends Entry<'invoke', infer Call>
    ? (...input: Parameters<Call>) => Promise<Result<ReturnType<Call>>>
    : E extends Entry<'notify', infer Listener>
      ? (listener: Listener) => () => void
      : never;

/** `window.tally`: one function an entry of the contract, but for `files`. A notification returns its unsubscribe function. */
export type TallyBridge = {
  readonly [G in keyof Contract]: {
    readonly [M in keyof OfKind<Contract[G], 'invoke' | 'notify'>]: Bridged<Contract[G][M]>;
  };
};

type Payload<E> = E extends Entry<'notify', infer Listener> ? Parameters<Listener> : never;

/** What main can tell the window: group, method, payload. */
export type WindowMessage = {
  [G in keyof Contract]: {
    [M in keyof OfKind<Contract[G], 'notify'>]: [group: G, method: M, ...payload: Payload<Contract[G][M]>];
  }[keyof OfKind<Contract[G], 'notify'>];
}[keyof Contract];

/** The channels of the kind `files`, as `data-files` names them. */
export type FilesChannel = {
  [G in keyof Contract]: `${G}.${keyof OfKind<Contract[G], 'files'> & string}`;
}[keyof Contract];

/** The channel of an entry, as main and the preload know it. */
export const channelName = (group: string, method: string): string => `${group}.${method}`;
