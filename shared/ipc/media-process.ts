/** What crosses between main and the media process, over a port of their own. */

/** An order of main's. `bytes` of a picture follow its `open` until there are `size` of them. */
export type MediaOrder =
  | {
      readonly id: number;
      readonly order: 'open';
      /** Media type. */
      readonly type: string;
      readonly size: number;
      /** Of its sides, over 0 and at most 1: it is kept no larger than that. */
      readonly scale: number;
      /** Not where all of its pixels would have to be decoded. */
      readonly reducedOnly?: boolean;
    }
  | { readonly id: number; readonly order: 'bytes'; readonly bytes: Uint8Array }
  | {
      readonly id: number;
      readonly order: 'encode';
      /** The `id` that it was opened with. */
      readonly of: number;
      readonly width: number;
      readonly height: number;
      readonly type: 'image/jpeg' | 'image/png';
      /** A colour such as #ffffff, to be seen wherever the picture lets something show through. */
      readonly behind?: string;
      /** 0 to 100. */
      readonly quality: number;
      /** What comes out larger is told by its size alone. */
      readonly most: number;
    }
  | { readonly id: number; readonly order: 'close' };

/** Answers `open` and `encode` by the order's `id`. */
export type MediaAnswer =
  | { readonly id: number; readonly width: number; readonly height: number; readonly opaque: boolean }
  | { readonly id: number; readonly size: number; readonly bytes?: Uint8Array }
  /** It could not be done. */
  | { readonly id: number; readonly failed: true };

/** The message that brings the media process its port. */
export const mediaPort = 'media-port';
