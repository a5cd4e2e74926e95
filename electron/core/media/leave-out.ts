import { FileBytes, openFile, type Readable } from './file.ts';
import { jpegWithout } from './jpeg-private.ts';
import { openable } from './limits.ts';
import { pngWithout } from './png-private.ts';
import { Refusal, refusalOf } from './problem.ts';
import type { Hidden, Trimmed } from './trimmed.ts';

/** A file as it is sent: without what it holds besides its picture. */
export interface LeftOut extends Trimmed {
  readonly what: ReadonlySet<Hidden>;
}

const kinds = [
  { start: Buffer.from([0xff, 0xd8, 0xff]), without: jpegWithout },
  { start: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), without: pngWithout },
] as const;

/**
 * Finds what a JPEG or PNG holds besides its picture: place, camera, texts, and what is hung on behind it. All that makes the picture
 * look as it does stays, byte for byte: pixels, orientation, colour profile. Undefined where there is nothing to leave out, and where
 * the file is no such picture or a damaged one, which inspecting tells.
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
      const start = await bytes.view(0, Math.min(8, size));
      const kind = kinds.find((one) => start.subarray(0, one.start.length).equals(one.start));
      const { what, ...trimmed } = (await kind?.without(bytes))?.done() ?? {};
      return what && what.size > 0 ? { ...(trimmed as Trimmed), what } : undefined;
    } finally {
      await file.close();
    }
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal.problem.code === 'damaged') return undefined;
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
