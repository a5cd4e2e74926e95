import { type NativeImage, nativeImage } from 'electron';
import type { Image, ImageCodec } from '../../core/ports.ts';
import { isOpaque, turnUpright } from './bitmap.ts';

/** Decodes PNG and JPEG, and encodes both, by Electron's nativeImage, which takes no notice of Exif. */
export const codec: ImageCodec = {
  decode(bytes, orientation) {
    const decoded = nativeImage.createFromBuffer(bytes);
    if (decoded.isEmpty()) return null;
    if (orientation === 1) return imageOf(decoded);
    const {
      bytes: turned,
      width,
      height,
    } = turnUpright({ bytes: decoded.toBitmap(), ...decoded.getSize() }, orientation);
    return imageOf(nativeImage.createFromBitmap(turned, { width, height }));
  },
};

function imageOf(native: NativeImage): Image {
  let opaque: boolean | undefined;
  return {
    ...native.getSize(),
    get opaque() {
      opaque ??= isOpaque({ bytes: native.toBitmap() });
      return opaque;
    },
    resize: (width, height) => imageOf(native.resize({ width, height, quality: 'best' })),
    jpeg: (quality) => native.toJPEG(quality),
    png: () => native.toPNG(),
  };
}
