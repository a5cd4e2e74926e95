import type { MediaOrder } from '../../shared/ipc/media-process.ts';
import { type JpegParts, jpegParts } from './jpeg-parts.ts';
import { tiffBitmap } from './tiff.ts';

type Opening = Extract<MediaOrder, { order: 'open' }>;

/** Rows of pixels that are looked at in one go, in pixels. */
const strip = 1_000_000;

/** How long the first frame of a video is waited for, in ms. */
const frameAfter = 5_000;

/** An opened picture: upright, in sRGB. */
export interface Picture {
  readonly canvas: OffscreenCanvas;
  readonly opaque: boolean;
}

/**
 * Opens a picture, or the first frame of a video, at a share of its size (`scale`, over 0 and at most 1). Rejects where it cannot be decoded. Chromium's decoder for
 * pages turns it upright, brings its colours to sRGB and knows CMYK, but always has all of its pixels in memory; that of WebCodecs
 * leaves out what a smaller JPEG does not need, and knows of neither.
 */
export async function openPicture(
  bytes: Uint8Array<ArrayBuffer>,
  { type, scale, reducedOnly = false }: Pick<Opening, 'type' | 'scale' | 'reducedOnly'>,
): Promise<Picture> {
  const eighths = Math.ceil(scale * 8);
  const parts = type === 'image/jpeg' && eighths < 8 ? jpegParts(bytes) : undefined;
  // One that comes in several scans is decoded whole, whatever is kept of it.
  if (reducedOnly && (!parts || parts.progressive)) throw new Error('too many pixels');
  const isVideo = type.startsWith('video/');
  const open = isVideo ? openFrame : openWhole;
  const canvas =
    type === 'image/tiff'
      ? await openTiff(bytes, scale)
      : parts
        ? await openReduced(parts, scale, eighths)
        : await open(fileOf([bytes], type), scale);
  return { canvas, opaque: isVideo || type === 'image/jpeg' || isOpaque(canvas) };
}

/** The first frame of a video. */
async function openFrame(file: Blob, scale: number): Promise<OffscreenCanvas> {
  const video = document.createElement('video');
  const address = URL.createObjectURL(file);
  try {
    await new Promise<void>((shown, failed) => {
      video.onloadeddata = () => shown();
      video.onerror = () => failed(new Error('no video'));
      // One that cannot be decoded may neither load nor fail.
      setTimeout(() => failed(new Error('no frame')), frameAfter);
      video.muted = true;
      video.preload = 'auto';
      video.src = address;
    });
    return draw(video, scaled(video.videoWidth, scale), scaled(video.videoHeight, scale));
  } finally {
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(address);
  }
}

async function openWhole(file: Blob, scale: number): Promise<OffscreenCanvas> {
  const bitmap = await createImageBitmap(file);
  try {
    return draw(bitmap, scaled(bitmap.width, scale), scaled(bitmap.height, scale));
  } finally {
    bitmap.close();
  }
}

/** Chromium does not open it. */
async function openTiff(bytes: Uint8Array<ArrayBuffer>, scale: number): Promise<OffscreenCanvas> {
  const { file, reducedBy } = await tiffBitmap(bytes, scale);
  forget(bytes);
  return openWhole(fileOf([file], 'image/bmp'), Math.min(1, scale * reducedBy));
}

/** Decodes at some eighths of the size, and then turns it upright and brings it to sRGB as any other picture. */
async function openReduced(
  { width, height, tags, bare }: JpegParts,
  scale: number,
  eighths: number,
): Promise<OffscreenCanvas> {
  // A pixel more, so that rounding never leaves it an eighth below.
  const side = (length: number) => Math.ceil((length * eighths) / 8) + 1;
  const decoder = new ImageDecoder({
    data: bare,
    type: 'image/jpeg',
    colorSpaceConversion: 'none',
    desiredWidth: side(width),
    desiredHeight: side(height),
  });
  // It has a copy.
  forget(bare);
  const [wide, high] = [scaled(width, scale), scaled(height, scale)];
  const reduced = await decoder
    .decode()
    .then(({ image }) => {
      const canvas = draw(image, wide, high);
      image.close();
      return canvas;
    })
    .finally(() => decoder.close());
  if (tags.length === 0) return reduced;
  const finest = await reduced.convertToBlob({ type: 'image/jpeg', quality: 1 });
  release(reduced);
  // A canvas puts a profile of its own into what it writes.
  const untagged = jpegParts(new Uint8Array(await finest.arrayBuffer()));
  if (!untagged) throw new Error('no JPEG');
  return openWhole(withTags(untagged.bare, tags), 1);
}

/** A JPEG with these segments put behind its start. */
function withTags(jpeg: Uint8Array<ArrayBuffer>, tags: readonly Uint8Array[]): Blob {
  const own = tags as readonly Uint8Array<ArrayBuffer>[];
  return fileOf([jpeg.subarray(0, 2), ...own, jpeg.subarray(2)], 'image/jpeg');
}

function fileOf(parts: readonly Uint8Array<ArrayBuffer>[], type: string): Blob {
  const file = new Blob([...parts], { type });
  for (const part of parts) forget(part);
  return file;
}

/** Gives the memory back at once: the garbage collector would wait until there is far more of it. */
export function forget({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength > 0) buffer.transfer(0);
}

function scaled(length: number, scale: number): number {
  return Math.max(1, Math.round(length * scale));
}

/** Read back, as pixels or encoded, and so better kept in memory than by the graphics card. */
function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  return context;
}

function draw(source: CanvasImageSource, width: number, height: number, behind?: string): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = contextOf(canvas);
  if (behind !== undefined) {
    context.fillStyle = behind;
    context.fillRect(0, 0, width, height);
  }
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, width, height);
  return canvas;
}

/** Whether no pixel lets anything show through. */
function isOpaque(canvas: OffscreenCanvas): boolean {
  const context = contextOf(canvas);
  const rows = Math.max(1, Math.floor(strip / canvas.width));
  for (let y = 0; y < canvas.height; y += rows) {
    const { data } = context.getImageData(0, y, canvas.width, Math.min(rows, canvas.height - y));
    for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  }
  return true;
}

/** Gives the memory back without waiting for the garbage collector. */
export function release(canvas: OffscreenCanvas): void {
  canvas.width = 0;
  canvas.height = 0;
}

/** The picture in that size and with that colour behind it; itself where nothing is to be done. */
export function resized(
  canvas: OffscreenCanvas,
  { width, height, behind }: { readonly width: number; readonly height: number; readonly behind?: string },
): OffscreenCanvas {
  const same = canvas.width === width && canvas.height === height && behind === undefined;
  return same ? canvas : draw(canvas, width, height, behind);
}
