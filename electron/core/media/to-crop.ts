import { kindFacts, type MediaFacts, mostPasted } from '../../../shared/media.ts';
import type { CropImage } from '../../../shared/picture.ts';
import type { Disk, ImageCodec } from '../ports.ts';

/** Shorter side, in pixels, of a picture that is made smaller for cropping: twice what is kept of it at most. */
const cropSide = 2_048;
/** A picture of at most so many bytes and pixels goes to the window as it is. */
const cropBytes = 10_000_000;
const cropPixels = 16_000_000;
const cropQuality = 92;

interface Means {
  readonly disk: Pick<Disk, 'read'>;
  readonly codec: ImageCodec;
  readonly signal: AbortSignal;
}

/**
 * A picture as the window crops it; undefined where it cannot be opened.
 * @throws Refusal where it could not be read
 */
export async function toCrop(
  { path, name }: { readonly path: string; readonly name: string },
  { width, height, bytes: size, kind }: MediaFacts,
  { disk, codec, signal }: Means,
): Promise<CropImage | undefined> {
  // The window turns it upright and knows its colours by itself.
  if (kind !== 'tiff' && kind !== 'heic' && width * height <= cropPixels && size <= cropBytes)
    return { bytes: await disk.read(path), type: kindFacts(kind).type, name };
  const scale = Math.min(1, cropSide / Math.min(width, height));
  const image = await codec.open(path, { kind, scale, signal });
  if (!image) return undefined;
  try {
    const { opaque, ...sides } = image;
    const as = opaque ? ({ kind: 'jpeg', quality: cropQuality } as const) : ({ kind: 'png' } as const);
    const { bytes } = await image.encode({ ...sides, ...as, most: mostPasted });
    return bytes && { bytes, type: `image/${as.kind}`, name };
  } finally {
    image.close();
  }
}
