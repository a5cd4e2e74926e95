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

/** Pictures that Zoom does not take, of which Tally makes one that it takes. */
const otherKinds = {
  webp: { type: 'image/webp', name: 'WebP' },
  avif: { type: 'image/avif', name: 'AVIF' },
  bmp: { type: 'image/bmp', name: 'BMP' },
  tiff: { type: 'image/tiff', name: 'TIFF' },
  heic: { type: 'image/heic', name: 'HEIC' },
} as const;

export type OtherKind = keyof typeof otherKinds;

export function isOtherKind(kind: string | undefined): kind is OtherKind {
  return kind !== undefined && Object.hasOwn(otherKinds, kind);
}

/** Media type, and what people call it. */
export function kindFacts(kind: MediaKind | OtherKind): { readonly type: string; readonly name: string } {
  return isOtherKind(kind) ? otherKinds[kind] : mediaKinds[kind];
}

/** What is known of a picture or video without decoding it. */
export interface MediaFacts {
  readonly kind: MediaKind | OtherKind;
  readonly type: 'image' | 'video';
  readonly bytes: number;
  /** Pixels: of an image as stored, before `orientation`; of a video as seen, after rotation. */
  readonly width: number;
  readonly height: number;
  /** Over 1: animated. Images only. */
  readonly frames?: number;
  /** Exif orientation 1 to 8, when stated. */
  readonly orientation?: number;
  /** A picture whose pixels may let something show through. */
  readonly alpha?: true;
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
