/** The kinds of files that Zoom takes: by media type, by what people call them, and the endings that name them rightly, usual first. */
export const mediaKinds = {
  jpeg: { type: 'image/jpeg', name: 'JPG', endings: ['jpg', 'jpeg'] },
  png: { type: 'image/png', name: 'PNG', endings: ['png'] },
  gif: { type: 'image/gif', name: 'GIF', endings: ['gif'] },
  mp4: { type: 'video/mp4', name: 'MP4', endings: ['mp4'] },
  mov: { type: 'video/quicktime', name: 'MOV', endings: ['mov'] },
} as const satisfies Readonly<
  Record<string, { readonly type: string; readonly name: string; readonly endings: readonly string[] }>
>;

export type MediaKind = keyof typeof mediaKinds;

/** What is known of a picture or video without decoding it. */
export interface MediaFacts {
  readonly kind: MediaKind;
  readonly type: 'image' | 'video';
  readonly bytes: number;
  /** Pixels: of an image as stored, before `orientation`; of a video as seen, after rotation. */
  readonly width: number;
  readonly height: number;
  /** Over 1: animated. Images only. */
  readonly frames?: number;
  /** Exif orientation 1 to 8, when stated. */
  readonly orientation?: number;
  /** Of a video, such as `avc`. */
  readonly codec?: string;
  /** Duration of a video, when stated. */
  readonly seconds?: number;
}

/** An encoded picture that a window can show. */
export interface ShownImage {
  readonly bytes: Uint8Array;
  /** Media type. */
  readonly type: string;
}

/** Most bytes of files without a path (pasted pictures) that cross to main at once, 100 MB. */
export const mostPasted = 100_000_000;
