import * as z from 'zod';
import { type Action, actionSchema } from './actions.ts';
import type { TallyError } from './errors.ts';
import { type CropImage, mostPasted, type ShownImage } from './media.ts';
import type { Screen } from './places.ts';
import type { Snapshot } from './state.ts';

/** Most bytes of a cropped picture, 30 MB. */
const mostCropped = 30_000_000;

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: TallyError };

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
  navigation: {
    /** Main asks the window to show a screen ("Preferences" in the tray). */
    show: notify<Screen>(),
  },
} as const;

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
