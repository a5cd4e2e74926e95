import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import jpeg from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../../electron/core/backgrounds/fingerprint.ts';
import { createInspect } from '../../../../electron/core/media/inspect.ts';
import { findHidden, leftOutNote } from '../../../../electron/core/media/leave-out.ts';
import { trimmedDisk } from '../../../../electron/core/media/trimmed.ts';
import { disk } from '../../../../electron/desktop/files/disk.ts';
import { sha } from '../../../support/backgrounds-rig.ts';
import { jpegOf, pngOf } from '../../../support/media-corpus-files.ts';
import { notedFiles } from '../../../support/media-corpus-notes.ts';
import { corpus } from '../../../support/media-corpus-odd.ts';
import { privateFiles, secret } from '../../../support/media-corpus-private.ts';
import { changes, mutate } from '../../../support/mutated-files.ts';
import { sentOf as sentFile } from '../../../support/sent-file.ts';
import { tempFolders } from '../../../support/temp-folder.ts';

const folderOf = tempFolders();

/** The file as it is sent, in pieces of `piece` bytes. */
async function sentOf(path: string, piece?: number): Promise<Buffer> {
  const { bytes, size } = await sentFile(path, piece);
  expect(bytes.length).toBe(size);
  return bytes;
}

function pixelsOf(name: string, bytes: Buffer): Buffer {
  // It reads one scan alone, which is enough to see that it is the same.
  if (!name.endsWith('.png')) return jpeg.decode(bytes, { tolerantDecoding: true }).data as Buffer;
  const at = bytes.indexOf('IDAT', 0, 'latin1');
  return inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)));
}

const pictures = await privateFiles();
const cases = [...pictures, ...(await notedFiles())];

describe('what is left out of a picture before it is sent', () => {
  it.each(cases)('$name', async ({ name, bytes, sent, what }) => {
    const path = join(folderOf(), name);
    writeFileSync(path, bytes);
    expect([...((await findHidden(disk, path))?.what ?? [])].sort()).toEqual([...what].sort());
    const got = await sentOf(path, 7);
    expect(got.equals(sent), name).toBe(true);
    expect(got.includes(secret)).toBe(false);
    if (/\.(jpg|mpo|png)$/.test(name) && name !== 'scans.jpg' && name !== 'no-end.jpg')
      expect(
        pixelsOf(name, got).equals(pixelsOf(name, name.endsWith('.png') ? pngOf(9, 9) : jpegOf(64, 48))),
      ).toBe(true);
  });

  it('is said in a sentence', () => {
    expect(leftOutNote(new Set(['camera', 'place', 'video']))).toBe(
      'Removed: where it was taken, the camera and a short video. Your file stays as it is.',
    );
    expect(leftOutNote(new Set(['text']))).toBe(
      'Removed: what programs noted in it. Your file stays as it is.',
    );
  });

  it('changes no verdict but on the bytes, and what is sent is looked into, hashed and read as any file', async () => {
    const folder = folderOf();
    for (const { name, bytes, hole } of await corpus()) {
      if (hole) continue;
      const path = join(folder, 'one');
      writeFileSync(path, bytes);
      const left = await findHidden(disk, path);
      if (!left) continue;
      const source = trimmedDisk(disk, left);
      const [before, after] = [
        await createInspect(disk)(path, 'background'),
        await createInspect(source)(path, 'background'),
      ];
      expect(after.fit, name).toBe(before.fit);
      const seen = { bytes: 0, orientation: before.facts?.orientation ?? 1 };
      expect({ orientation: 1, ...after.facts, bytes: 0 }, name).toEqual({ ...before.facts, ...seen });
      if (after.fit !== 'yes') continue;
      const { sha256, size } = await fingerprint(source, path);
      expect(size).toBe(after.facts.bytes);
      expect(sha256).toBe(sha(await sentOf(path)));
    }
  });

  it('notices that the file has changed since', async () => {
    const path = join(folderOf(), 'one.jpg');
    const one = cases.find(({ name }) => name === 'motion.jpg');
    writeFileSync(path, one?.bytes ?? '');
    const left = await findHidden(disk, path);
    if (!left) throw new Error('nothing was found');
    expect((await trimmedDisk(disk, left).state(path)).size).toBe(left.size);
    writeFileSync(path, Buffer.concat([one?.bytes ?? Buffer.alloc(0), Buffer.alloc(3)]));
    expect((await trimmedDisk(disk, left).state(path)).size).toBe(left.size + 3);
  });

  it('is found in whatever the file holds, or nothing is', async () => {
    const files = cases.map(({ bytes }) => bytes);
    const path = join(folderOf(), 'one');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), changes, async (bytes, steps) => {
        writeFileSync(path, mutate(bytes, steps));
        await sentOf(path);
      }),
      { numRuns: 300 },
    );
  });

  it('is not looked for in what is gone, and can be cancelled', async () => {
    await expect(findHidden(disk, '/nowhere/one.jpg')).rejects.toMatchObject({
      problem: { code: 'missing' },
    });
    const path = join(folderOf(), 'one.jpg');
    writeFileSync(path, Buffer.alloc(10));
    expect(await findHidden(disk, path)).toBeUndefined();
    await expect(findHidden(disk, path, AbortSignal.abort())).rejects.toMatchObject({
      problem: { code: 'cancelled' },
    });
  });
});
