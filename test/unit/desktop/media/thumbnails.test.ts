import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeImage, Size } from 'electron';
import { describe, expect, it } from 'vitest';
import { createInspect } from '../../../../electron/core/media/inspect.ts';
import { Refusal } from '../../../../electron/core/media/problem.ts';
import type { ImageCodec, OpenOptions } from '../../../../electron/core/ports.ts';
import { disk } from '../../../../electron/desktop/files/disk.ts';
import { thumbnailsOf, withHeic } from '../../../../electron/desktop/media/thumbnails.ts';
import { phoneHeic } from '../../../support/media-corpus-other.ts';
import { tempFolders } from '../../../support/temp-folder.ts';

const folderOf = tempFolders();

/** A system that gives what it is asked for, in one color, as Electron does. */
function system(drawn: (size: Size) => Size = (size) => size) {
  const asked: Size[] = [];
  const create = async (_path: string, size: Size) => {
    asked.push(size);
    const { width, height } = drawn(size);
    const bitmap = Buffer.alloc(width * height * 4, Buffer.from([10, 20, 30, 255]));
    const image = { isEmpty: () => width === 0, getSize: () => ({ width, height }), toBitmap: () => bitmap };
    return image as unknown as NativeImage;
  };
  return { asked, create };
}

/** Chromium's, as far as it is asked. */
function chromium() {
  const opened: { readonly source: string | Uint8Array; readonly options: OpenOptions }[] = [];
  const codec: ImageCodec = {
    async open(source, options) {
      opened.push({ source, options });
      return { width: 1, height: 1, opaque: true, encode: async () => ({ size: 1 }), close() {} };
    },
  };
  return { codec, opened };
}

function photo(): string {
  const path = join(folderOf(), 'IMG_0001.HEIC');
  writeFileSync(path, phoneHeic);
  return path;
}

describe('a HEIC picture', () => {
  it('is explained where the system has no thumbnails, as on Linux', async () => {
    const { codec, opened } = chromium();
    expect(thumbnailsOf('linux', system().create)).toBeUndefined();
    const whole = withHeic(codec, disk, thumbnailsOf('linux', system().create));
    expect(whole).toBe(codec);
    for (const use of ['background', 'picture'] as const)
      expect(await createInspect(disk, whole)(photo(), use)).toMatchObject({
        fit: 'no',
        problem: { code: 'type', words: expect.stringMatching(/HEIC.*Save it as JPG or PNG/) },
      });
    expect(opened).toEqual([]);
  });

  it.each(['darwin', 'win32'] as const)(
    'is offered as JPG or PNG on %s, and taken for the profile',
    async (platform) => {
      const { codec } = chromium();
      const inspect = createInspect(disk, withHeic(codec, disk, thumbnailsOf(platform, system().create)));
      const facts = { kind: 'heic', width: 4_032, height: 3_024, orientation: 6 };
      expect(await inspect(photo(), 'background')).toMatchObject({
        fit: 'fixable',
        facts,
        plan: { kind: 'convert' },
        words: 'Tally can send a copy as JPG or PNG. Your file stays as it is.',
      });
      expect(await inspect(photo(), 'picture')).toMatchObject({ fit: 'yes', facts });
    },
  );

  it.each([
    ['darwin', 1, { width: 1_920, height: 2_560 }],
    ['darwin', 0.25, { width: 756, height: 1_008 }],
    // The width alone counts there, for both.
    ['win32', 1, { width: 1_024, height: 1_024 }],
    ['win32', 0.1, { width: 403, height: 403 }],
  ] as const)(
    'is asked of %s upright and no larger than it gives, at %s of its size',
    async (platform, scale, size) => {
      const { asked, create } = system();
      const { codec, opened } = chromium();
      const path = photo();
      await withHeic(codec, disk, thumbnailsOf(platform, create)).open(path, { kind: 'heic', scale });
      expect(asked).toEqual([size]);
      const [{ source, options } = { source: '', options: undefined }] = opened;
      expect(options).toMatchObject({ kind: 'bmp', scale: 1 });
      const bitmap = Buffer.from(source as Uint8Array);
      expect(bitmap.toString('latin1', 0, 2)).toBe('BM');
      expect([bitmap.readInt32LE(18), bitmap.readInt32LE(22)]).toEqual([size.width, -size.height]);
      expect([...bitmap.subarray(-4)]).toEqual([10, 20, 30, 255]);
    },
  );

  it('is damaged where the system gives nothing of it, or something else than it says', async () => {
    const { codec, opened } = chromium();
    const path = photo();
    const open = (create: Parameters<typeof thumbnailsOf>[1]) =>
      withHeic(codec, disk, thumbnailsOf('darwin', create)).open(path, { kind: 'heic', scale: 1 });
    expect(await open(() => Promise.reject(new Error('no codec')))).toBeNull();
    expect(await open(system(() => ({ width: 0, height: 0 })).create)).toBeNull();
    const lying = async () => {
      const image = await system().create('', { width: 2, height: 2 });
      image.getSize = () => ({ width: 3, height: 2 });
      return image;
    };
    expect(await open(lying)).toBeNull();
    const gone = withHeic(codec, disk, thumbnailsOf('darwin', system().create));
    const missing = await gone
      .open(join(folderOf(), 'none.heic'), { kind: 'heic', scale: 1 })
      .catch((cause) => cause);
    expect(missing).toBeInstanceOf(Refusal);
    expect(missing.problem.code).toBe('missing');
    expect(opened).toEqual([]);
  });

  it('leaves all else to Chromium', async () => {
    const { codec, opened } = chromium();
    const options = { kind: 'jpeg', scale: 0.5 } as const;
    await withHeic(codec, disk, thumbnailsOf('darwin', system().create)).open('a.jpg', options);
    expect(opened).toEqual([{ source: 'a.jpg', options }]);
  });
});
