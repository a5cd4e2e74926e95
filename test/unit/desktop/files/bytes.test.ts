import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  awaitMain,
  clearPlaces,
  createFrames,
  meetReader,
  type OnBytes,
  sendBytes,
  type Way,
} from '../../../../electron/desktop/files/bytes.ts';
import { tempFolders } from '../../../support/temp-folder.ts';

const folderOf = tempFolders();

/** A reader that waits for main: where, and the socket once main has come. */
async function waiting(folder = folderOf()) {
  const opened = Promise.withResolvers<Socket>();
  const way = await new Promise<Way>((offer) => awaitMain(folder, offer, opened.resolve));
  return { way, opened: opened.promise };
}

/** What came for each call, and which of them are at their end. */
function collected() {
  const bytes = new Map<number, Buffer>();
  const ended: number[] = [];
  const onBytes: OnBytes = (id, piece, last) => {
    bytes.set(id, Buffer.concat([bytes.get(id) ?? Buffer.of(), piece]));
    if (last) ended.push(id);
  };
  return { bytes, ended, onBytes };
}

it('brings main what was read, of every size, in the same memory again and again', async () => {
  const { way, opened } = await waiting();
  const { bytes, ended, onBytes } = collected();
  const all = Promise.withResolvers<void>();
  meetReader(way, (id, piece, last) => {
    onBytes(id, piece, last);
    if (last && id === 4) all.resolve();
  });
  const socket = await opened;
  const contents = [0, 1, 300_000, 2_000_000].map((size) => randomBytes(size));
  const memory = Buffer.alloc(256 * 1024);
  for (const [index, content] of contents.entries()) {
    let at = 0;
    do {
      const piece = memory.subarray(0, content.copy(memory, 0, at, at + memory.byteLength));
      at += piece.byteLength;
      await sendBytes(socket, index + 1, piece, at === content.byteLength);
    } while (at < content.byteLength);
  }
  await all.promise;
  expect(ended).toEqual([1, 2, 3, 4]);
  for (const [index, content] of contents.entries()) expect(bytes.get(index + 1)?.equals(content)).toBe(true);
  socket.destroy();
});

it('gives nothing to others, and is nowhere to be found once main has come', async () => {
  const { way, opened } = await waiting();
  if (process.platform !== 'win32') expect(statSync(way.place).mode & 0o077).toBe(0);
  for (const key of [randomBytes(32), Buffer.concat([Buffer.from(way.key, 'hex'), Buffer.of(1)])]) {
    const stranger = connect(way.place);
    stranger.on('error', () => {});
    stranger.write(key);
    await once(stranger, 'close');
  }
  meetReader(way, () => {});
  const socket = await opened;
  expect(existsSync(way.place)).toBe(false);
  const [refused] = await once(connect(way.place), 'error');
  expect(refused).toMatchObject({ code: 'ENOENT' });
  socket.destroy();
});

it.skipIf(process.platform === 'win32')(
  'leaves nothing of a Tally that was killed before main came',
  async () => {
    const folder = join(folderOf(), 'readers');
    clearPlaces(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    await waiting(folder);
    expect(readdirSync(folder)).toHaveLength(1);
    clearPlaces(folder);
    expect(readdirSync(folder)).toEqual([]);
  },
);

it.skipIf(process.platform === 'win32')('offers no way where a place cannot be', async () => {
  const offered: Way[] = [];
  const folder = folderOf();
  for (const place of [join(folder, 'missing'), join(folder, 'x'.repeat(120))])
    awaitMain(
      place,
      (way) => offered.push(way),
      () => {},
    );
  // By then the one that could be has been offered.
  await waiting(folder);
  expect(offered).toEqual([]);
  writeFileSync(join(folder, 'file'), '');
  clearPlaces(join(folder, 'file', 'readers'));
});

it('takes pieces apart wherever the stream was cut', async () => {
  const frames: Buffer[] = [];
  const sink = { cork() {}, uncork() {}, write: (bytes: Buffer) => frames.push(Buffer.from(bytes)) };
  for (const [id, size, last] of [
    [7, 3, false],
    [8, 0, true],
    [7, 5, true],
  ] as const)
    void sendBytes(sink as unknown as Socket, id, Buffer.alloc(size, id), last);
  const stream = Buffer.concat(frames);
  fc.assert(
    fc.property(fc.array(fc.nat(stream.byteLength)), (cuts) => {
      const { bytes, ended, onBytes } = collected();
      const take = createFrames(onBytes);
      const places = [0, ...cuts.sort((a, b) => a - b), stream.byteLength];
      for (const [index, from] of places.entries()) take(stream.subarray(from, places[index + 1]));
      expect(bytes.get(7)).toEqual(Buffer.alloc(8, 7));
      expect(bytes.get(8)).toHaveLength(0);
      expect(ended).toEqual([8, 7]);
    }),
  );
});
