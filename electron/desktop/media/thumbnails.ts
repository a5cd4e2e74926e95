import type { NativeImage, Size } from 'electron';
import { emptyBitmap } from '../../../shared/bitmap.ts';
import { FileBytes } from '../../core/media/file.ts';
import { readOther } from '../../core/media/other-image.ts';
import { refusalOf } from '../../core/media/problem.ts';
import type { Disk, ImageCodec } from '../../core/ports.ts';

/** Gives a file's picture as a BMP, upright and of about these sides; null where the system has none of it. */
export type Thumbnails = (path: string, sides: Size) => Promise<Uint8Array | null>;

/** What Electron has for it. */
type Create = (path: string, size: Size) => Promise<NativeImage>;

/**
 * Longest side in pixels that is asked for. On macOS it takes as long as its pixels go through main, which is a few milliseconds here, and
 * Zoom shows no more; the cache of Windows has none that is larger (thumbcache.h).
 */
const longest: Partial<Readonly<Record<NodeJS.Platform, number>>> = { darwin: 2_560, win32: 1_024 };

/** The system's own thumbnails of files, which know HEIC; undefined where Electron has none. */
export function thumbnailsOf(platform: NodeJS.Platform, create: Create): Thumbnails | undefined {
  const most = longest[platform];
  if (most === undefined) return undefined;
  return async (path, { width, height }) => {
    const scale = Math.min(1, most / Math.max(width, height));
    const side = (length: number) => Math.max(1, Math.round(length * scale));
    const sides = { width: side(width), height: side(height) };
    // On Windows the width alone counts, for both; on macOS Electron stretches the picture to what it was asked for.
    const square = Math.max(sides.width, sides.height);
    const size = platform === 'win32' ? { width: square, height: square } : sides;
    const image = await create(path, size).catch(() => undefined);
    if (!image || image.isEmpty()) return null;
    const pixels = image.toBitmap();
    const bitmap = emptyBitmap({ ...image.getSize(), order: 'bgra' });
    if (pixels.byteLength !== bitmap.pixels.byteLength) return null;
    bitmap.pixels.set(pixels);
    return bitmap.file;
  };
}

/** The codec, which opens HEIC as well where there are thumbnails of it. */
export function withHeic(codec: ImageCodec, disk: Disk, thumbnails: Thumbnails | undefined): ImageCodec {
  if (!thumbnails) return codec;

  /** Of the picture as it is seen. */
  async function sidesOf(path: string, scale: number): Promise<Size> {
    const file = await disk.open(path);
    try {
      const { size } = await file.state();
      const shape = await readOther('heic', new FileBytes(file, size, () => {}));
      const [width, height] = [shape.width * scale, shape.height * scale];
      return (shape.orientation ?? 1) > 4 ? { width: height, height: width } : { width, height };
    } finally {
      await file.close();
    }
  }

  return {
    opensHeic: true,
    async open(source, options) {
      if (options.kind !== 'heic') return codec.open(source, options);
      if (typeof source !== 'string') return null;
      const sides = await sidesOf(source, options.scale).catch((cause: unknown) => {
        throw refusalOf(cause);
      });
      const drawn = await thumbnails(source, sides);
      return drawn && codec.open(drawn, { ...options, kind: 'bmp', scale: 1 });
    },
  };
}
