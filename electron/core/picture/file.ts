import type { MediaFacts } from '../../../shared/media.ts';
import { FileBytes } from '../media/file.ts';
import { readJpeg } from '../media/jpeg.ts';
import { readKind } from '../media/kind.ts';
import { openable } from '../media/limits.ts';
import { readPng } from '../media/png.ts';
import { Refusal } from '../media/problem.ts';
import type { OpenFile } from '../ports.ts';

/**
 * What the bytes of a profile picture are, by their content and without decoding them.
 * @throws Refusal where they are neither PNG nor JPEG, damaged, or too many pixels to open
 */
export async function pictureFacts(bytes: Uint8Array): Promise<MediaFacts> {
  const file = new FileBytes(inMemory(bytes), bytes.byteLength, () => {});
  const kind = bytes.byteLength === 0 ? undefined : await readKind(file, 'JPG and PNG pictures');
  if (kind !== 'jpeg' && kind !== 'png') throw new Refusal('type', 'A profile picture is a JPG or PNG.');
  const { width, height, frames, orientation } = await (kind === 'png' ? readPng : readJpeg)(file);
  if (width > openable.side || height > openable.side || width * height > openable.pixels) {
    throw new Refusal('bomb', 'This picture has too many pixels to open it safely.');
  }
  const turned = orientation === undefined ? {} : { orientation };
  return { kind, type: 'image', bytes: bytes.byteLength, width, height, frames, ...turned };
}

/** Bytes as an open file. */
function inMemory(bytes: Uint8Array): Pick<OpenFile, 'read'> {
  return {
    async read(buffer, offset, length, position) {
      const at = position ?? 0;
      const part = bytes.subarray(at, at + length);
      buffer.set(part, offset);
      return part.byteLength;
    },
  };
}
