import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jpeg from 'jpeg-js';
import { box, movieOf, segment } from '../support/media-corpus-files.ts';

/** Files to drop, in a folder of their own; no two have the same content. */
export interface PictureFiles {
  /** A video of exactly so many bytes; the largest files that people drop are videos. */
  video(bytes: number): Promise<string>;
  /** A photo of 1920 by 1080. */
  photo(): string;
  remove(): void;
}

export function makePictureFiles(): PictureFiles {
  const folder = mkdtempSync(join(tmpdir(), 'tally-bench-files-'));
  let count = 0;
  let photo: Buffer | undefined;

  function write(ending: string, content: Buffer): string {
    const path = join(folder, `${++count}.${ending}`);
    writeFileSync(path, content);
    return path;
  }

  return {
    async video(bytes) {
      const movie = await movieOf(1280, 720);
      return write('mp4', Buffer.concat([movie, box('free', randomBytes(bytes - movie.byteLength - 8))]));
    },
    photo() {
      photo ??= drawPhoto(1920, 1080);
      const comment = segment(0xfe, randomBytes(16));
      return write('jpg', Buffer.concat([photo.subarray(0, 2), comment, photo.subarray(2)]));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Slopes with a grain on them: about as much to decode as a photo. */
function drawPhoto(width: number, height: number): Buffer {
  const data = randomBytes(width * height * 4);
  for (let at = 0; at < data.length; at++) {
    const slope = ((at % (width * 4)) + at / (width * 4)) / 40;
    data[at] = 64 + ((slope + (at % 4) * 30) % 128) + (data[at] as number) / 16;
  }
  return jpeg.encode({ width, height, data }, 85).data;
}
