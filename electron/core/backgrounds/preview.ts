import type { MediaFacts, ShownImage } from '../../../shared/media.ts';
import { createInTurn } from '../lib/in-turn.ts';
import { hasTooManyPixels, type Inspect } from '../media/inspect.ts';
import { passes } from '../media/problem.ts';
import { videoFrame } from '../media/video.ts';
import type { Disk, Media } from '../ports.ts';

/** Width of a preview in pixels. */
const previewWidth = 480;
const previewQuality = 80;
/** Most bytes of all previews that are remembered. */
const mostRemembered = 16_000_000;
/** A GIF goes to the window as it is, to move there, up to this size; of a larger one the first picture is shown. */
const openGif = { bytes: 3_000_000, pixels: 4_000_000 } as const;

/**
 * Gives what makes a small picture of the file at a path: of a video its first frame, null for what cannot be decoded safely; never rejects.
 * They are made one after the other, and remembered; what may go better the next time is not.
 */
export function createPreviews(
  disk: Disk,
  inspect: Inspect,
  { codec, videos }: Pick<Media, 'codec' | 'videos'>,
) {
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
    if (verdict.fit === 'no' && passes(verdict.problem)) throw new Error(verdict.problem.words);
    if (verdict.fit === 'no')
      return verdict.problem.remake === undefined ? null : drawFrame(path, previewWidth);
    const { type, width, height } = verdict.facts;
    const frame = type === 'video' ? await drawFrame(path, previewWidth * Math.max(1, height / width)) : null;
    // Chromium's player opens some whose header is wrong, such as those of its own recorder.
    return frame ?? drawImage(path, verdict.facts);
  }

  /** Read in the parts that it takes: all of a video would go through main while it is sent, and it may be far too large. */
  async function drawFrame(path: string, most: number): Promise<ShownImage | null> {
    const bytes = await videoFrame(disk, path, { at: 0, turn: 0, most: Math.round(most) }, { videos });
    return bytes && { bytes, type: 'image/jpeg' };
  }

  async function drawImage(path: string, facts: MediaFacts): Promise<ShownImage | null> {
    const { kind, bytes: size, width, height, orientation = 1 } = facts;
    const reducedOnly = hasTooManyPixels(facts);
    if (reducedOnly && kind !== 'jpeg') return null;
    if (kind === 'gif' && size <= openGif.bytes && width * height <= openGif.pixels) {
      return { bytes: await disk.read(path), type: 'image/gif' };
    }
    const scale = Math.min(1, previewWidth / (orientation > 4 ? height : width));
    const image = await codec.open(path, { kind, scale, reducedOnly, urgent: true });
    if (!image) return null;
    try {
      const { opaque, ...sides } = image;
      const as = opaque ? ({ kind: 'jpeg', quality: previewQuality } as const) : ({ kind: 'png' } as const);
      const { bytes } = await image.encode({ ...sides, ...as, most: mostRemembered });
      return bytes ? { bytes, type: `image/${as.kind}` } : null;
    } finally {
      image.close();
    }
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
