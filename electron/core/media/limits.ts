import { uploads } from '../../../shared/zoom/limits.gen.ts';

/** What Zoom takes as a background or a profile picture, and what Tally is willing to open. */

export type MediaUse = 'background' | 'picture';

/** No limit of an image's dimensions is documented for either. */
export const mediaLimits = {
  background: uploads.uploadVBuser,
  picture: uploads.userPicture,
} as const satisfies Readonly<Record<MediaUse, unknown>>;

/**
 * Tally's own guards against files that grow when they are opened: a picture of more pixels is never decoded (100
 * million take 400 MB), and an image file of more bytes is not read for making it smaller.
 */
export const openable = { side: 30_000, pixels: 100_000_000, bytes: 100_000_000 } as const;

/** A picture that is not opened here is still sent up to this: phones make 200 megapixels, and no side of a JPEG is longer. */
export const sendable = { side: 65_535, pixels: 250_000_000 } as const;
