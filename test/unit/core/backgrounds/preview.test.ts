import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createPreviews } from '../../../../electron/core/backgrounds/preview.ts';
import { createInspect } from '../../../../electron/core/media/inspect.ts';
import type { Disk, Media, Parts } from '../../../../electron/core/ports.ts';
import { disk } from '../../../../electron/desktop/files/disk.ts';
import { box, movieOf } from '../../../support/media-corpus-files.ts';
import { tempFolders } from '../../../support/temp-folder.ts';

const folder = tempFolders();

/** A disk that counts the bytes that are read of it. */
function counted() {
  let bytes = 0;
  const counting: Disk = {
    ...disk,
    async open(path) {
      const file = await disk.open(path);
      return {
        ...file,
        async read(...asked) {
          const count = await file.read(...asked);
          bytes += count;
          return count;
        },
      };
    },
  };
  return { counting, bytes: () => bytes };
}

it.each([
  [1280, 720, 480],
  [720, 960, 640],
])('a video of %i x %i is seen by a frame, for which little of it is read', async (width, height, longer) => {
  const { counting, bytes } = counted();
  const path = join(folder(), 'long.mp4');
  writeFileSync(path, Buffer.concat([await movieOf(width, height), box('free', randomBytes(9_000_000))]));
  const frame = Buffer.of(0xff, 0xd8, 0xff);
  const sizes: number[] = [];
  const media = {
    codec: { open: () => Promise.reject(new Error('a picture')) },
    videos: {
      async frame(file: Parts, { most }: { readonly most: number }) {
        sizes.push(most);
        await file.read(0, 1_000);
        return frame;
      },
    },
  } as unknown as Pick<Media, 'codec' | 'videos'>;
  const previewOf = createPreviews(counting, createInspect(counting), media);
  expect(await previewOf(path)).toEqual({ bytes: frame, type: 'image/jpeg' });
  expect(sizes).toEqual([longer]);
  expect(bytes()).toBeLessThan(1_000_000);
});
