import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../../electron/core/backgrounds/fingerprint.ts';
import { checkedFile } from '../../../../electron/core/backgrounds/queue-file.ts';
import type { Disk } from '../../../../electron/core/ports.ts';
import { disk as own } from '../../../../electron/desktop/files/disk.ts';
import { tempFolders } from '../../../support/temp-folder.ts';

const folder = tempFolders();
const chunk = 256 * 1024;

async function made(bytes = randomBytes(3 * chunk + 7)) {
  const path = join(folder(), 'a.png');
  writeFileSync(path, bytes);
  return { path, bytes, print: await fingerprint(own, path) };
}

/** Reads on, running `between` after the first chunk. */
async function readAll(checked: ReturnType<typeof checkedFile>, between = () => {}): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const one of checked.file.open()) {
    expect(one.byteLength).toBeLessThanOrEqual(chunk);
    // Its memory is used again for a later one.
    chunks.push(Uint8Array.from(one));
    if (chunks.length === 1) between();
  }
  return Buffer.concat(chunks);
}

/** A reader’s files: each piece in memory of its own, and several may be asked for at a time. */
const reader: Disk = {
  ...own,
  async open(path) {
    const file = await own.open(path);
    return {
      ...file,
      async take(position, length) {
        const bytes = new Uint8Array(length);
        return bytes.subarray(0, await file.read(bytes, 0, length, position));
      },
    };
  },
};

it.each([
  ['a.JPG', 'image/jpeg'],
  ['a.jpeg', 'image/jpeg'],
  ['a.gif', 'image/gif'],
  ['a.mp4', 'video/mp4'],
  ['a.mov', 'video/quicktime'],
  ['a', 'application/octet-stream'],
])('calls %s %s', async (name, type) => {
  const { path, print } = await made();
  expect(checkedFile(own, path, name, print).file.type).toBe(type);
});

describe.each([
  ['this process', own],
  ['a reader', reader],
])('a file that is read by %s', (_by, disk) => {
  it('gives the content in chunks of 256 KiB, as often as it is asked', async () => {
    const { path, bytes, print } = await made();
    const checked = checkedFile(disk, path, 'a.png', print);
    expect(checked.file).toMatchObject({ name: 'a.png', type: 'image/png', size: bytes.length });
    expect((await readAll(checked)).equals(bytes)).toBe(true);
    expect((await readAll(checked)).equals(bytes)).toBe(true);
    expect(checked.changed()).toBe(false);
  });

  it.each<[string, (path: string) => void]>([
    ['was written again', (path) => writeFileSync(path, 'other')],
    ['has another time', (path) => utimesSync(path, 1, 1)],
    ['grew', (path) => appendFileSync(path, 'x')],
  ])('gives no byte of a file that %s', async (_, alter) => {
    const { path, print } = await made();
    alter(path);
    const checked = checkedFile(disk, path, 'a.png', print);
    let read = 0;
    const reading = (async () => {
      for await (const one of checked.file.open()) read += one.byteLength;
    })();
    await expect(reading).rejects.toThrow();
    expect(read).toBe(0);
    expect(checked.changed()).toBe(true);
  });

  it.each<[string, (path: string) => void]>([
    ['grows', (path) => appendFileSync(path, 'x')],
    ['shrinks', (path) => truncateSync(path, 5)],
    ['is touched', (path) => utimesSync(path, 1, 1)],
    [
      'is replaced',
      (path) => {
        writeFileSync(`${path}.new`, 'other');
        renameSync(`${path}.new`, path);
      },
    ],
  ])('breaks off when the file %s meanwhile', async (_, alter) => {
    const { path, print } = await made();
    const checked = checkedFile(disk, path, 'a.png', print);
    await expect(readAll(checked, () => alter(path))).rejects.toThrow();
    expect(checked.changed()).toBe(true);
  });

  it('gives the whole of a file that is deleted meanwhile', async () => {
    const { path, bytes, print } = await made();
    const checked = checkedFile(disk, path, 'a.png', print);
    expect((await readAll(checked, () => rmSync(path))).equals(bytes)).toBe(true);
    await expect(readAll(checked)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(checked.changed()).toBe(false);
  });

  it('waits for no folder that took the file’s place', async () => {
    const { path, print } = await made();
    rmSync(path);
    mkdirSync(path);
    await expect(readAll(checkedFile(disk, path, 'a.png', print))).rejects.toThrow();
  });
});
