import type { ShownImage } from '../../../shared/media.ts';
import { createInTurn } from '../lib/in-turn.ts';
import { hasTooManyPixels, type Inspect } from '../media/inspect.ts';
import type { Disk, ImageCodec } from '../ports.ts';

/** Width of a preview in pixels. */
const previewWidth = 480;
const previewQuality = 80;
/** Most bytes of all previews that are remembered. */
const mostRemembered = 16_000_000;
/** A GIF, which nothing here can decode, goes to the window as it is up to this size. */
const openGif = { bytes: 3_000_000, pixels: 4_000_000 } as const;

/**
 * Gives what makes a small picture of the file at a path: null for videos and for what cannot be decoded safely; never rejects.
 * They are made one after the other, as decoding stops everything else for a moment, and remembered.
 */
export function createPreviews(disk: Disk, inspect: Inspect, codec: ImageCodec) {
  /** By path, size and time of change; the least recently used first. */
  const remembered = new Map<string, ShownImage | null>();
  const inTurn = createInTurn();

  async function make(path: string): Promise<ShownImage | null> {
    const { size, mtimeMs } = await disk.state(path);
    const name = `${path}\n${size}\n${mtimeMs}`;
    const known = remembered.get(name);
    remembered.delete(name);
    const image = known === undefined ? await draw(path) : known;
    remembered.set(name, image);
    forgetOldest();
    return image;
  }

  async function draw(path: string): Promise<ShownImage | null> {
    const verdict = await inspect(path, 'background');
    if (verdict.fit === 'no' || verdict.facts.type !== 'image' || hasTooManyPixels(verdict.facts))
      return null;
    const { kind, bytes: size, width, height, orientation = 1 } = verdict.facts;
    if (kind === 'gif') {
      if (size > openGif.bytes || width * height > openGif.pixels) return null;
      return { bytes: await disk.read(path), type: 'image/gif' };
    }
    const image = await codec.decode(await disk.read(path), orientation);
    if (!image) return null;
    const high = Math.max(1, Math.round((image.height * previewWidth) / image.width));
    const small = image.width > previewWidth ? await image.resize(previewWidth, high) : image;
    return small.opaque
      ? { bytes: await small.jpeg(previewQuality), type: 'image/jpeg' }
      : { bytes: await small.png(), type: 'image/png' };
  }

  function forgetOldest(): void {
    let total = 0;
    for (const image of remembered.values()) total += image?.bytes.byteLength ?? 100;
    for (const [name, image] of remembered) {
      if (total <= mostRemembered) return;
      remembered.delete(name);
      total -= image?.bytes.byteLength ?? 100;
    }
  }

  return (path: string): Promise<ShownImage | null> => inTurn(() => make(path)).catch(() => null);
}
