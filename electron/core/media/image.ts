import type { MediaFacts } from '../../../shared/media.ts';

/** What an image's structure tells before it is decoded. */
export interface ImageShape extends Pick<MediaFacts, 'width' | 'height'> {
  /** Over 1: animated. */
  readonly frames: number;
  readonly orientation?: number | undefined;
}

/** The orientation 1 to 8 in a block of Exif data (TIFF 6.0 structure); undefined when there is none that makes sense. */
export function orientationOf(tiff: Buffer): number | undefined {
  const order = tiff.toString('latin1', 0, 4);
  const little = order === 'II*\0';
  if (!little && order !== 'MM\0*') return undefined;
  const u16 = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const u32 = (at: number) => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  if (tiff.length < 8) return undefined;
  const directory = u32(4);
  if (directory + 2 > tiff.length) return undefined;
  for (let left = u16(directory), at = directory + 2; left > 0 && at + 12 <= tiff.length; left--, at += 12) {
    if (u16(at) !== 0x0112) continue;
    const value = u16(at + 8);
    return u16(at + 2) === 3 && value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}
