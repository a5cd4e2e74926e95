import { randomBytes } from 'node:crypto';
import { paintPng } from '../../electron/practice/state/image.ts';
import type { TestFile } from './practice-client.ts';

/** A real PNG of a few bytes; another shade is another file. */
export function smallPng(shade = 120, name = 'small.png'): TestFile {
  return { name, bytes: paintPng(8, 8, () => [shade, 80, 60]) };
}

/** A real picture that does not compress: about 3 MB, or three bytes for each pixel. */
export function noisePng(side = 1000): Buffer {
  const noise = randomBytes(side * side * 3);
  return paintPng(side, side, (x, y) => {
    const at = (y * side + x) * 3;
    return [noise[at] ?? 0, noise[at + 1] ?? 0, noise[at + 2] ?? 0];
  });
}

/** Starts like a PNG and is so many bytes long. */
export function pngOfSize(size: number, name = 'large.png'): TestFile {
  const bytes = new Uint8Array(size);
  bytes.set(smallPng().bytes);
  return { name, bytes };
}

/** The first box of an MP4 file. */
export const smallMp4: TestFile = {
  name: 'clip.mp4',
  bytes: Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom'), Buffer.alloc(12)]),
};

export const textFile: TestFile = { name: 'notes.png', bytes: Buffer.from('only called a picture') };
