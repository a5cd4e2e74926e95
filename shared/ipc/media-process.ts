import type { VideoEncoding, VideoTurn } from '../video.ts';

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
  | ({ readonly id: number; readonly order: 'video'; readonly size: number } & VideoWork)
  /** What a video was asked for cannot be read. */
  | { readonly id: number; readonly order: 'unread' }
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

/**
 * What is done with a video, of which the media process asks for the parts that it needs: told what it is, one frame of it given as a
 * JPEG, another one made of a part of it. Seconds count from the first frame.
 */
export type VideoWork =
  | { readonly work: 'look' }
  | { readonly work: 'frame'; readonly at: number; readonly turn: VideoTurn; readonly most: number }
  | ({
      readonly work: 'make';
      readonly start: number;
      readonly end: number;
      readonly turn: VideoTurn;
      /** Ends as soon as it is larger, in bytes. */
      readonly most: number;
    } & VideoEncoding);

/** What a video is, as it is seen. */
export interface VideoLook {
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  readonly codec: string;
  /** Its first frame could be opened. */
  readonly decodes: boolean;
  /** There is an encoder for what Zoom takes. */
  readonly encodes: boolean;
}

/** What the media process says of a video while it works on it: which part of the file it needs, how much is made (0 to 1), that it goes on. */
export type VideoEvent =
  | { readonly id: number; readonly alive: true }
  | { readonly id: number; readonly at: number; readonly length: number }
  | { readonly id: number; readonly share: number };

/** While a video is worked on something is said of it at least so often, in ms. */
export const aliveEvery = 1_000;

/** Most bytes of a video that are asked for at once. */
export const mostRead = 1_048_576;

/** Answers `open`, `encode` and `video` by the order's `id`. Of a video that comes out too large, `size` is a guess. */
export type MediaAnswer =
  | { readonly id: number; readonly look: VideoLook }
  | { readonly id: number; readonly width: number; readonly height: number; readonly opaque: boolean }
  | { readonly id: number; readonly size: number; readonly bytes?: Uint8Array }
  /** It could not be done. */
  | { readonly id: number; readonly failed: true };

/** The message that brings the media process its port. */
export const mediaPort = 'media-port';
