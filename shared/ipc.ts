import * as z from 'zod';
import { type Action, actionSchema } from './actions.ts';
import {
  type CallAnswer,
  type CallCurrent,
  type CallFile,
  type CallInput,
  type CallProblem,
  type CodeFormat,
  codeFormats,
  type HistoryEntry,
  type HistoryPage,
  mostHistory,
} from './advanced.ts';
import type { Result } from './errors.ts';
import { type CropImage, mostPasted, type ShownImage } from './media.ts';
import type { Place } from './places.ts';
import type { Snapshot } from './state.ts';
import { type OperationId, operations } from './zoom/operations.gen.ts';

/** Most bytes of a cropped picture, 30 MB. */
const mostCropped = 30_000_000;

interface Invoke<In, Out> {
  readonly kind: 'invoke';
  readonly input: z.ZodType<In>;
  readonly out?: Out;
}
interface Notify<T> {
  readonly kind: 'notify';
  readonly payload?: T;
}

/** Files that a person dropped, chosen or pasted: sent by the preload, never by the page. */
interface Files {
  readonly kind: 'files';
  readonly input: z.ZodType<DroppedFiles>;
}

const isAbsolute = (path: string) => /^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(path) && !path.includes('\0');
const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;

const droppedFiles = z
  .array(
    z.union([
      z.strictObject({ path: z.string().max(32_000).refine(isAbsolute) }),
      // A pasted picture has no path. Without bytes: it was too large, or could not be read.
      z.strictObject({ name: z.string().max(1_000), bytes: z.custom<Uint8Array>(isBytes).optional() }),
    ]),
  )
  .max(100_000)
  .refine((files) => total(files) <= mostPasted);

export type DroppedFiles = z.infer<typeof droppedFiles>;

function total(files: readonly object[]): number {
  return files.reduce(
    (sum, file) => sum + ('bytes' in file && isBytes(file.bytes) ? file.bytes.byteLength : 0),
    0,
  );
}

const operationId = z.enum(Object.keys(operations) as [OperationId, ...OperationId[]]);

const parameters = z.record(z.string().max(200), z.json());

const callInput = z.strictObject({
  operation: operationId,
  path: parameters,
  query: parameters,
  body: z.json().exactOptional(),
  file: z.string().max(100).exactOptional(),
});

/** Names a call of the advanced panel; the window chooses it. */
const callId = z.string().regex(/^[\w-]{1,100}$/);

const invoke = <In, Out>(input: z.ZodType<In>): Invoke<In, Out> => ({ kind: 'invoke', input });
const files = (): Files => ({ kind: 'files', input: droppedFiles });
const notify = <T>(): Notify<T> => ({ kind: 'notify' });

/**
 * All that crosses between main and the window. Main's handlers, `window.tally` and the typed fakes of the tests
 * are made from this one value. Inputs are parsed in main; answers are data, never exceptions.
 */
export const contract = {
  state: {
    /** The current snapshot. */
    get: invoke<undefined, Snapshot>(z.undefined()),
    /** A new snapshot, after each change. */
    changed: notify<Snapshot>(),
  },
  actions: {
    /** Does one action; resolves when it was accepted (not when Zoom has answered: the snapshot tells). */
    run: invoke<Action, null>(actionSchema),
  },
  backgrounds: {
    add: files(),
    /** A small picture of a background with a local copy, or of an upload's file; null where there is none to show. */
    preview: invoke<PreviewOf, ShownImage | null>(
      z.strictObject({ kind: z.enum(['background', 'upload']), id: z.string().min(1).max(200) }),
    ),
  },
  picture: {
    offer: files(),
    /** A picture that was offered, to be cropped. */
    crop: notify<CropImage>(),
    /** The picture at Zoom, as far as it is known. */
    shown: invoke<undefined, ShownImage | null>(z.undefined()),
    /** Sends a cropped picture (PNG or JPEG) to Zoom; resolves when Zoom has taken or refused it. */
    save: invoke<{ readonly bytes: Uint8Array }, null>(
      z.strictObject({
        bytes: z.custom<Uint8Array>((value) => isBytes(value) && value.byteLength <= mostCropped),
      }),
    ),
  },
  advanced: {
    /** Where an input does not fit the catalogue; empty where it does. Nothing is sent. */
    check: invoke<CallInput, readonly CallProblem[]>(callInput),
    /**
     * Sends a call, and resolves with whatever came of it. Refused without sending: an input with a problem that blocks, one with
     * another problem unless `anyway`, and a destructive one unless `confirmed` is the text of `confirmationOf`.
     */
    send: invoke<CallSend, CallAnswer>(
      z.strictObject({
        call: callId,
        input: callInput,
        anyway: z.boolean().exactOptional(),
        confirmed: z.string().max(500).exactOptional(),
      }),
    ),
    /** Ends a call that is under way; Zoom may have taken it all the same. */
    cancel: invoke<{ readonly call: string }, null>(z.strictObject({ call: callId })),
    /** The account's present values for an operation, as far as there is a way to read them. */
    current: invoke<{ readonly operation: OperationId }, CallCurrent>(
      z.strictObject({ operation: operationId }),
    ),
    /** The call as a command or program text, with $ZOOM_TOKEN in place of the token. */
    code: invoke<{ readonly input: CallInput; readonly format: CodeFormat }, string>(
      z.strictObject({ input: callInput, format: z.enum(codeFormats) }),
    ),
    /** Asks where to, and saves the body of an answer; false when the person changed their mind. */
    save: invoke<{ readonly call: string }, boolean>(z.strictObject({ call: callId })),
    /** Copies a token that is hidden in an answer of this session, for a minute, like a ZAK. */
    copyHidden: invoke<{ readonly call: string; readonly pointer: string }, null>(
      z.strictObject({ call: callId, pointer: z.string().max(1_000) }),
    ),
    /** A file for an operation that takes one. */
    add: files(),
    /** The file that came, or null where it could not be read. */
    file: notify<CallFile | null>(),
  },
  history: {
    /** The calls of the active account, the newest first; `search` is looked for in what was sent and what came. */
    list: invoke<{ readonly search?: string; readonly skip?: number }, HistoryPage>(
      z.strictObject({ search: z.string().max(200).exactOptional(), skip: z.int().min(0).exactOptional() }),
    ),
    get: invoke<{ readonly id: string }, HistoryEntry>(z.strictObject({ id: callId })),
    /** Deletes these calls; without `ids` all of the account. */
    remove: invoke<{ readonly ids?: readonly string[] }, null>(
      z.strictObject({ ids: z.array(callId).max(mostHistory.entries).exactOptional() }),
    ),
  },
  navigation: {
    /** Main asks the window to show a screen ("Preferences" in the tray). */
    show: notify<Place>(),
  },
} as const;

interface CallSend {
  readonly call: string;
  readonly input: CallInput;
  readonly anyway?: boolean;
  readonly confirmed?: string;
}

interface PreviewOf {
  readonly kind: 'background' | 'upload';
  readonly id: string;
}

type Contract = typeof contract;

/** `window.tally`: one function an entry of the contract, but for `files`. A notification returns its unsubscribe function. */
export type TallyBridge = {
  readonly [G in keyof Contract]: {
    readonly [M in keyof Contract[G] as Contract[G][M] extends Files
      ? never
      : M]: Contract[G][M] extends Invoke<infer In, infer Out>
      ? [In] extends [undefined]
        ? () => Promise<Result<Out>>
        : (input: In) => Promise<Result<Out>>
      : Contract[G][M] extends Notify<infer T>
        ? (listener: (payload: T) => void) => () => void
        : never;
  };
};

/** What main must provide: one handler an entry of the kinds `invoke` and `files`. */
export type Handlers = {
  readonly [G in keyof Contract as 'invoke' extends Contract[G][keyof Contract[G]]['kind' &
    keyof Contract[G][keyof Contract[G]]]
    ? G
    : never]: {
    readonly [M in keyof Contract[G] as Contract[G][M] extends { kind: 'invoke' | 'files' }
      ? M
      : never]: Contract[G][M] extends Invoke<infer In, infer Out>
      ? (input: In) => Promise<Result<Out>> | Result<Out>
      : (input: DroppedFiles) => Promise<Result<null>>;
  };
};

type ChannelName = `${string}.${string}`;

/** An entry of the contract as the preload knows it. */
export interface Channel {
  readonly name: ChannelName;
  readonly kind: 'invoke' | 'notify' | 'files';
}

/** The contract as channel names by kind: all that the preload needs (it carries no schema, so it loads at once). */
export function channels(): Channel[] {
  return Object.entries(contract).flatMap(([group, entries]) =>
    Object.entries(entries).map(([method, entry]) => ({
      name: `${group}.${method}` as const,
      kind: entry.kind,
    })),
  );
}
