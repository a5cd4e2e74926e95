/** What Zoom takes as a background or a profile picture, and what Tally is willing to open. */

export type MediaUse = 'background' | 'picture';

export interface MediaLimits {
  /**
   * Largest file in bytes. Zoom says "15M" and "2M" without telling which kind of megabyte; the larger reading is the
   * limit here, so that nothing is turned away that Zoom might take.
   */
  readonly mostBytes: number;
  /** A file of at most this many bytes is under the limit in both readings; what Tally makes smaller ends up here. */
  readonly sureBytes: number;
  /** The limit in words. */
  readonly words: string;
}

/**
 * Background: max 15 MB, JPG, PNG, GIF, MP4, MOV. Profile picture: max 2 MB, JPG, PNG. No limit of an image's dimensions
 * is documented for either. Source: Zoom's API reference, "Upload virtual background files" and "Upload a user's
 * profile picture", and its refusals "File size cannot exceed 15M." and "... 2M.".
 */
export const mediaLimits: Readonly<Record<MediaUse, MediaLimits>> = {
  background: { mostBytes: 15 * 1024 * 1024, sureBytes: 15_000_000, words: '15 MB' },
  picture: { mostBytes: 2 * 1024 * 1024, sureBytes: 2_000_000, words: '2 MB' },
};

/** Resolution in pixels of a background video, as it is seen (after rotation). Source: as above. */
export const videoSize = { least: { width: 480, height: 360 }, most: { width: 1920, height: 1080 } } as const;

/**
 * Tally's own guards against files that grow when they are opened: a picture of more pixels is never decoded (100
 * million take 400 MB), and an image file of more bytes is not read for making it smaller.
 */
export const openable = { side: 30_000, pixels: 100_000_000, bytes: 100_000_000 } as const;

/** How long looking at one file may take, in milliseconds. */
export const inspectionLimit = 2_000;
