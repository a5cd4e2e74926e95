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
import { expect, it } from 'vitest';
import { fingerprint } from '../../../../electron/core/backgrounds/fingerprint.ts';
import { checkedFile } from '../../../../electron/core/backgrounds/queue-file.ts';
import type { Disk } from '../../../../electron/core/ports.ts';
import { disk } from '../../../../electron/desktop/files/disk.ts';
import { tempFolders } from '../../../support/temp-folder.ts';

const folder = tempFolders();
const chunk = 256 * 1024;

async function made(bytes = randomBytes(3 * chunk + 7)) {
  const path = join(folder(), 'a.png');
  writeFileSync(path, bytes);
  return { path, bytes, print: await fingerprint(disk, path) };
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

it.each([
  ['a.JPG', 'image/jpeg'],
  ['a.jpeg', 'image/jpeg'],
  ['a.gif', 'image/gif'],
  ['a.mp4', 'video/mp4'],
  ['a.mov', 'video/quicktime'],
  ['a', 'application/octet-stream'],
])('calls %s %s', async (name, type) => {
  const { path, print } = await made();
  expect(checkedFile(disk, path, name, print).file.type).toBe(type);
});

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

it('reads every byte once, 3 MiB ahead of what is sent, into memory that is used again', async () => {
  const { path, bytes, print } = await made(randomBytes(16 * chunk));
  const reads: { readonly from: number; readonly length: number; readonly memory: ArrayBufferLike }[] = [];
  const counting: Disk = {
    ...disk,
    async open(at) {
      const file = await disk.open(at);
      return {
        ...file,
        read(buffer, offset, length, position) {
          reads.push({ from: position ?? -1, length, memory: buffer.buffer });
          return file.read(buffer, offset, length, position);
        },
      };
    },
  };
  const checked = checkedFile(counting, path, 'a.png', print);
  const ahead: number[] = [];
  let sent = 0;
  for await (const one of checked.file.open()) {
    expect(bytes.subarray(sent, sent + one.byteLength).equals(one)).toBe(true);
    const read = reads.reduce((sum, { length }) => sum + length, 0);
    ahead.push((read - sent) / chunk);
    sent += one.byteLength;
  }
  expect(Math.max(...ahead)).toBe(12);
  expect(reads.map(({ from }) => from / chunk)).toEqual([0, 4, 8, 12]);
  expect(new Set(reads.map(({ memory }) => memory)).size).toBe(3);
});
