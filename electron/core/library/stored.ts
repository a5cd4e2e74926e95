import * as z from 'zod';
import { libraryFields, mostItems } from '../../../shared/library.ts';
import { type MediaKind, mediaKinds } from '../../../shared/media.ts';

/** How many profile pictures are kept. */
export const mostPictures = 10;

const hash = libraryFields().id;
const instant = z.number().catch(0);
const name = z.string().min(1).max(200);

const item = z.object({
  id: hash,
  name,
  kind: z.enum(Object.keys(mediaKinds) as [MediaKind, ...MediaKind[]]),
  bytes: z.int().min(1),
  added: instant,
  used: instant,
  favorite: z.boolean().catch(false),
  sets: z.array(libraryFields().set).max(100).catch([]),
  /** The file as it was added, where that is another than Zoom gets. */
  original: z
    .object({ id: hash, name, bytes: z.int().min(1) })
    .optional()
    .catch(undefined),
});

/** A background of the library. */
export type Item = z.infer<typeof item>;

const picture = z.object({
  id: hash,
  bytes: z.int().min(1),
  /** Hash of the address at which Zoom has had it: the picture there may be another file than was sent. */
  address: hash.optional().catch(undefined),
});

/** A profile picture that was used. */
export type Picture = z.infer<typeof picture>;

const change = z.object({
  title: name,
  isSet: z.boolean(),
  isUndo: z.boolean(),
  want: z.array(hash).max(mostItems),
  drop: z.array(hash).max(mostItems),
  /** What it has brought to Zoom so far, or was about to. */
  added: z.array(hash).max(mostItems),
  /** What it has deleted there so far, or was about to. */
  removed: z.array(z.object({ id: hash, name })).max(mostItems),
  /** Names of what it has deleted and nobody can bring back. */
  lost: z.array(name).max(mostItems),
});

/** A change of what Zoom has: a background or a set that is put up, or what takes that back. */
export type Change = z.infer<typeof change>;

const file = z.object({
  items: z.array(z.unknown()).catch([]),
  pictures: z.array(z.unknown()).catch([]),
  movedIn: z.boolean().catch(false),
  going: change.optional().catch(undefined),
  done: change.optional().catch(undefined),
});

export interface Stored {
  readonly items: readonly Item[];
  readonly pictures: readonly Picture[];
  /** What was kept before there was a library has been taken in: what the person removes since then stays removed. */
  readonly movedIn: boolean;
  /** Begun and not ended. */
  readonly going?: Change | undefined;
  /** The last one that was ended, to be taken back. */
  readonly done?: Change | undefined;
}

/** Reads what was stored, each entry by itself: what cannot be read is left out, and its file found again. Never throws. */
export function readLibrary(json: unknown): Stored {
  const { items, pictures, ...rest } = file.safeParse(json ?? {}).data ?? file.parse({});
  return {
    items: readEach(item, items).slice(0, mostItems),
    pictures: readEach(picture, pictures).slice(0, mostPictures),
    ...rest,
  };
}

function readEach<T extends { id: string }>(schema: z.ZodType<T>, entries: readonly unknown[]): readonly T[] {
  const read = entries.flatMap((entry) => schema.safeParse(entry).data ?? []);
  return [...new Map(read.map((one) => [one.id, one])).values()];
}
