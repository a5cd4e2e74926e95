import type { MediaFacts } from '../../../shared/media.ts';
import type { Hidden } from './trimmed.ts';

/** What an image's structure tells before it is decoded. */
export interface ImageShape extends Pick<MediaFacts, 'width' | 'height' | 'alpha'> {
  /** Over 1: animated. */
  readonly frames: number;
  readonly orientation?: number | undefined;
}

/** The orientation 1 to 8 in a block of Exif data (TIFF 6.0 structure); undefined when there is none that makes sense. */
export function orientationOf(tiff: Buffer): number | undefined {
  const entry = entriesOf(tiff).find(({ tag }) => tag === 0x0112);
  if (!entry) return undefined;
  const { type, value } = entry;
  return type === 3 && value >= 1 && value <= 8 ? value : undefined;
}

/** The first directory of a block of Exif data; `value` is that of a short. */
function entriesOf(tiff: Buffer): { readonly tag: number; readonly type: number; readonly value: number }[] {
  const order = tiff.toString('latin1', 0, 4);
  const little = order === 'II*\0';
  if ((!little && order !== 'MM\0*') || tiff.length < 8) return [];
  const u16 = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (directory + 2 > tiff.length) return [];
  const entries = [];
  for (let left = u16(directory), at = directory + 2; left > 0 && at + 12 <= tiff.length; left--, at += 12)
    entries.push({ tag: u16(at), type: u16(at + 2), value: u16(at + 8) });
  return entries;
}

/** What a block of Exif data tells besides the orientation. */
export function exifHolds(tiff: Buffer): Hidden[] {
  const tags = new Set(entriesOf(tiff).map(({ tag }) => tag));
  // GPS; make, model, and the directory that all about the shot is in.
  const place = tags.has(0x8825) ? (['place'] as const) : [];
  const camera = [0x010f, 0x0110, 0x8769].some((tag) => tags.has(tag)) ? (['camera'] as const) : [];
  return place.length + camera.length > 0 ? [...place, ...camera] : ['text'];
}

/** Exif data that tells the orientation and nothing else. */
export function tiffOf(orientation: number): Buffer {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
  tiff.writeUInt16BE(orientation, 18);
  return tiff;
}
