import { basename } from 'node:path';
import type { MediaFacts } from '../../../shared/media.ts';
import type { CropImage } from '../../../shared/picture.ts';
import type { Disk, Image, ImageCodec } from '../ports.ts';

/** Longest side, in pixels, of a picture handed to the window for cropping. */
const cropSide = 2_048;
/** A picture of at most so many bytes goes to the window as it is, when nothing else has to be done to it. */
const cropBytes = 10_000_000;
const cropQuality = 92;

/** A picture as the window crops it; undefined where it cannot be opened. */
export async function toCrop(
  path: string,
  facts: MediaFacts,
  { disk, codec }: { readonly disk: Disk; readonly codec: ImageCodec },
): Promise<CropImage | undefined> {
  const { width, height, bytes: size, kind, orientation = 1 } = facts;
  const bytes = await disk.read(path).catch(() => undefined);
  const name = basename(path);
  if (bytes && orientation === 1 && Math.max(width, height) <= cropSide && size <= cropBytes) {
    return { bytes, type: `image/${kind}`, name };
  }
  const image = bytes && (await codec.decode(bytes, orientation));
  if (!image) return undefined;
  const small = await within(image, cropSide);
  return small.opaque
    ? { bytes: await small.jpeg(cropQuality), type: 'image/jpeg', name }
    : { bytes: await small.png(), type: 'image/png', name };
}

/** The picture, or a smaller one of the same proportions; no side is longer than `side`. */
async function within(image: Image, side: number): Promise<Image> {
  const scale = side / Math.max(image.width, image.height);
  if (scale >= 1) return image;
  const scaled = (length: number) => Math.max(1, Math.round(length * scale));
  return image.resize(scaled(image.width), scaled(image.height));
}
