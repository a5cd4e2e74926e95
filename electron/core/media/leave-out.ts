import type { MediaKind, OtherKind } from '../../../shared/media.ts';
import { FileBytes, openFile, type Readable } from './file.ts';
import { gifWithout } from './gif-private.ts';
import { jpegWithout } from './jpeg-private.ts';
import { readKind } from './kind.ts';
import { openable } from './limits.ts';
import { movieWithout } from './movie-private.ts';
import { pngWithout } from './png-private.ts';
import { Refusal, refusalOf } from './problem.ts';
import type { Hidden, Trimmed, Trimming } from './trimmed.ts';

/** A file as it is sent: without what it holds besides its picture. */
export interface LeftOut extends Trimmed {
  readonly what: ReadonlySet<Hidden>;
}

const without: Readonly<Partial<Record<MediaKind | OtherKind, (file: FileBytes) => Promise<Trimming>>>> = {
  jpeg: jpegWithout,
  png: pngWithout,
  gif: gifWithout,
  mp4: movieWithout,
  mov: movieWithout,
};

/**
 * Finds what a JPEG, PNG or GIF holds besides its picture: place, camera, texts, and what is hung on behind it; of an MP4 or MOV the
 * place and the camera alone. All that makes it look as it does stays, byte for byte: pixels, orientation, colour profile, the order of
 * a video. Undefined where there is nothing to leave out, where Zoom is not sent such a file as it is, and for a damaged one, which
 * inspecting tells.
 * @throws Refusal where it cannot be read, or is cancelled
 */
export async function findHidden(
  disk: Readable,
  path: string,
  signal?: AbortSignal,
): Promise<LeftOut | undefined> {
  try {
    const file = await openFile(disk, path);
    try {
      const { size } = await file.state();
      // Too large for anything to be done with it.
      if (size > openable.bytes) return undefined;
      const bytes = new FileBytes(file, size, () => {
        if (signal?.aborted) throw new Refusal('cancelled', 'Cancelled.');
      });
      if (size === 0) return undefined;
      const { what, ...trimmed } = (await without[await readKind(bytes, '', path)]?.(bytes))?.done() ?? {};
      return what && what.size > 0 ? { ...(trimmed as Trimmed), what } : undefined;
    } finally {
      await file.close();
    }
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal.problem.code === 'damaged' || refusal.problem.code === 'type') return undefined;
    throw refusal;
  }
}

const words: Readonly<Record<Hidden, string>> = {
  place: 'where it was taken',
  camera: 'the camera',
  video: 'a short video',
  picture: 'a second picture',
  text: 'what programs noted in it',
};

/** Says what is left out. */
export function leftOutNote(what: ReadonlySet<Hidden>): string {
  const named = (Object.keys(words) as Hidden[]).filter((one) => what.has(one)).map((one) => words[one]);
  const last = named.pop();
  return `Removed: ${named.length > 0 ? `${named.join(', ')} and ${last}` : last}. Your file stays as it is.`;
}
