import type { FileHandle } from 'node:fs/promises';
import type { MediaFacts } from '../../../shared/media.ts';
import { FileBytes } from '../media/file.ts';
import { readJpeg } from '../media/jpeg.ts';
import { readKind } from '../media/kind.ts';
import { openable } from '../media/limits.ts';
import { readPng } from '../media/png.ts';
import { Refusal } from '../media/problem.ts';

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

/** Bytes as an open file: `FileBytes` asks nothing of one but to read at a place. */
function inMemory(bytes: Uint8Array): FileHandle {
  const read = async (buffer: Uint8Array, offset: number, length: number, position: number) => {
    const part = bytes.subarray(position, position + length);
    buffer.set(part, offset);
    return { bytesRead: part.byteLength, buffer };
  };
  return { read } as unknown as FileHandle;
}
