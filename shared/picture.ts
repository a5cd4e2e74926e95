import * as z from 'zod';
import type { TallyError } from './errors.ts';
import type { ShownImage } from './media.ts';

/** The profile picture of the account. Its pixels come by `picture.shown`. */
export interface PictureView {
  /** `failed`: what Zoom has could not be found out or read; see `error`. */
  readonly phase: 'unknown' | 'loading' | 'none' | 'shown' | 'failed';
  /** With `failed`: Zoom has a picture, which may be removed; nothing can put it back. */
  readonly unread?: true;
  /** Grows whenever `picture.shown` has something new to give. */
  readonly version: number;
  readonly busy?: 'saving' | 'removing';
  /** The last thing that did not work. */
  readonly error?: TallyError;
  /** The picture was removed and can be put back. */
  readonly undo?: boolean;
}

/** A picture to crop: the file itself, or a smaller one, upright, whose shorter side has 2,048 pixels if the file's has. */
export interface CropImage extends ShownImage {
  /** Of the file. */
  readonly name: string;
}

export const pictureActions = () =>
  [
    z.strictObject({ type: z.literal('picture.open') }),
    z.strictObject({ type: z.literal('picture.choose') }),
    z.strictObject({ type: z.literal('picture.remove') }),
    z.strictObject({ type: z.literal('picture.undo') }),
    z.strictObject({ type: z.literal('picture.dismiss') }),
  ] as const;

export type PictureAction = z.infer<ReturnType<typeof pictureActions>[number]>;
