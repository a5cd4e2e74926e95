/** What an image's structure tells before it is decoded. */
export interface ImageShape {
  /** Pixels as stored, before orientation. */
  readonly width: number;
  readonly height: number;
  /** Over 1: animated. */
  readonly frames: number;
  /** Exif orientation 1 to 8, when stated. */
  readonly orientation?: number;
}
