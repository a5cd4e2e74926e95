import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clips } from '../support/clips.ts';
import { photoOf } from '../support/large-files.ts';
import { box } from '../support/media-corpus-files.ts';

/** Files to drop, in a folder of their own; no two have the same content. */
export interface PictureFiles {
  /** A video of exactly so many bytes, which can be played; the largest files that people drop are videos. */
  video(bytes: number): Promise<string>;
  /** What a phone takes: 12 megapixels, about 4 MB. */
  photo(): string;
  /** A file with that content. */
  file(ending: string, content: Buffer): string;
  remove(): void;
}

export function makePictureFiles(): PictureFiles {
  const folder = mkdtempSync(join(tmpdir(), 'tally-bench-files-'));
  let count = 0;

  function write(ending: string, content: Buffer): string {
    const path = join(folder, `${++count}.${ending}`);
    writeFileSync(path, content);
    return path;
  }

  return {
    async video(bytes) {
      const movie = Buffer.from(clips.flat);
      // Chromium 114 wrote the flags of the profile in the wrong order; a phone does not.
      movie[movie.indexOf('avcC') + 6] = 0xc0;
      return write('mp4', Buffer.concat([movie, box('free', randomBytes(bytes - movie.byteLength - 8))]));
    },
    photo() {
      // By its pixels: what nobody sees is left out before contents are compared.
      return write('jpg', photoOf({ width: 4032, height: 3008, grain: 60, quality: 80, seed: count + 1 }));
    },
    file: write,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
