import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileBytes } from '../../../../electron/core/media/file.ts';
import { readJpeg } from '../../../../electron/core/media/jpeg.ts';
import { jpegOf } from '../../../support/media-corpus-files.ts';
import { hostileFiles, walkers } from '../../../support/media-mutations.ts';

describe('hostile files, without a disk', () => {
  it.each(Object.keys(walkers) as (keyof typeof walkers)[])(
    'do not harm the reader of %s',
    async (walker) => {
      await fc.assert(hostileFiles(walker), { numRuns: 150 });
    },
  );
});

describe('the reader of jpeg', () => {
  it('does not read the data of a large photo', async () => {
    const photo = jpegOf(64, 48);
    const [start, end] = [photo.subarray(0, -2), photo.subarray(-2)];
    const bytes = Buffer.concat([start, Buffer.alloc(13_000_000), end]);
    let read = 0;
    const file = {
      async read(buffer: Uint8Array, offset: number, length: number, position: number | null) {
        read += length;
        return bytes.copy(buffer, offset, position ?? 0, (position ?? 0) + length);
      },
    };
    expect(await readJpeg(new FileBytes(file, bytes.length, () => {}))).toMatchObject({
      width: 64,
      height: 48,
    });
    expect(read).toBeLessThanOrEqual(2 * 64 * 1024);
  });
});
