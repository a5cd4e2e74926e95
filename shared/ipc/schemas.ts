import * as z from 'zod';
import { type Action, actionSchema } from '../actions.ts';
import { codeFormats, mostHistory } from '../advanced.ts';
import { anyJson } from '../json-schema.ts';
import { libraryFields } from '../library.ts';
import { mostPasted } from '../media.ts';
import { screens } from '../places.ts';
import { videoTurns } from '../video.ts';
import { type OperationId, operations } from '../zoom/operations.gen.ts';
import type { Inputs } from './channels.ts';
import { type PopoverAction, type PopoverCall, popoverActions } from './popover.ts';

/** Most bytes of a cropped picture, 30 MB. */
const mostCropped = 30_000_000;

/** Takes what the contract says, and each field of it. */
type Schema<Input> = z.ZodType<Input> & { readonly shape?: { readonly [Field in keyof Input]-?: unknown } };

type Schemas = { readonly [G in keyof Inputs]: { readonly [M in keyof Inputs[G]]: Schema<Inputs[G][M]> } };

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

function total(files: readonly object[]): number {
  return files.reduce(
    (sum, file) => sum + ('bytes' in file && isBytes(file.bytes) ? file.bytes.byteLength : 0),
    0,
  );
}

const cropped = z.custom<Uint8Array>((value) => isBytes(value) && value.byteLength <= mostCropped);
const mediaId = z.string().min(1).max(200);

const operationId = z.enum(Object.keys(operations) as [OperationId, ...OperationId[]]);

const parameters = z.record(z.string().max(200), anyJson);

const callInput = z.strictObject({
  operation: operationId,
  path: parameters,
  query: parameters,
  body: anyJson.exactOptional(),
  file: z.string().max(100).exactOptional(),
});

/** Names a call of the advanced panel; the window chooses it. */
const callId = z.string().regex(/^[\w-]{1,100}$/);

/** What main lets through from the window: one schema for each input of the contract. */
export const schemas = {
  state: { get: z.undefined() },
  actions: { run: actionSchema },
  setup: { offer: droppedFiles },
  backgrounds: {
    add: droppedFiles,
    preview: z.strictObject({ kind: z.enum(['background', 'upload']), id: mediaId }),
    frame: z.strictObject({ id: mediaId, at: z.number().min(0).max(1_000_000), turn: z.literal(videoTurns) }),
    original: z.strictObject({ id: mediaId }),
    crop: z.strictObject({ id: mediaId, bytes: cropped }),
  },
  picture: {
    offer: droppedFiles,
    shown: z.undefined(),
    save: z.strictObject({ bytes: cropped }),
  },
  library: {
    add: droppedFiles,
    preview: z.strictObject({ kind: z.enum(['background', 'picture']), id: libraryFields().id }),
    drag: z.strictObject({ id: libraryFields().id }),
  },
  advanced: {
    check: callInput,
    send: z.strictObject({
      call: callId,
      input: callInput,
      anyway: z.boolean().exactOptional(),
      confirmed: z.string().max(500).exactOptional(),
    }),
    cancel: z.strictObject({ call: callId }),
    current: z.strictObject({ operation: operationId }),
    code: z.strictObject({ input: callInput, format: z.enum(codeFormats) }),
    save: z.strictObject({ call: callId }),
    copyHidden: z.strictObject({ call: callId, pointer: z.string().max(1_000) }),
    add: droppedFiles,
  },
  history: {
    list: z.strictObject({
      search: z.string().max(200).exactOptional(),
      skip: z.int().min(0).exactOptional(),
    }),
    get: z.strictObject({ id: callId }),
    remove: z.strictObject({ ids: z.array(callId).max(mostHistory.entries).exactOptional() }),
  },
  navigation: { shown: z.strictObject({ screen: z.enum(screens) }) },
} satisfies Schemas;

const isForPopover = (action: Action): action is PopoverAction =>
  popoverActions.some((type) => type === action.type);

/** What main lets through from the popover. */
export const popoverSchemas = {
  get: z.undefined(),
  run: actionSchema.refine(isForPopover),
  face: z.undefined(),
  opening: z.undefined(),
  drawn: z.strictObject({ id: z.int() }),
  hide: z.undefined(),
} satisfies Record<PopoverCall, z.ZodType>;

export type PopoverInputs = { readonly [C in PopoverCall]: z.output<(typeof popoverSchemas)[C]> };
