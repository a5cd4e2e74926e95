import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startPatience } from '../../../../electron/core/lib/patience.ts';
import { createInspect } from '../../../../electron/core/media/inspect.ts';
import type { Disk, OpenFile } from '../../../../electron/core/ports.ts';
import { clock } from '../../../../electron/desktop/clock.ts';
import { createReadCalls, type ReadAnswer, type ReadCall } from '../../../../electron/desktop/files/calls.ts';
import { disk } from '../../../../electron/desktop/files/disk.ts';
import type { Memory } from '../../../../electron/desktop/files/memory.ts';
import { createReaders, type ReaderHost } from '../../../../electron/desktop/files/readers.ts';
import { createFakeClock, settle } from '../../../support/fake-clock.ts';
import { pngOf } from '../../../support/media-corpus-files.ts';
import { tempFolders } from '../../../support/temp-folder.ts';

const folderOf = tempFolders();
const never = () => new Promise<never>(() => {});
const codeOf = (error: NodeJS.ErrnoException) => error.code;

/** A disk on which whatever has "hung" in its path hangs from the look at it on, and "stuck" once it is open. */
const drives: Disk = {
  ...disk,
  look: (path) => (path.includes('hung') ? never() : disk.look(path)),
  state: (path) => (path.includes('hung') ? never() : disk.state(path)),
  async open(path) {
    const file = await disk.open(path);
    return path.includes('stuck') ? { ...file, read: never } : file;
  },
};

interface Started {
  readonly host: ReaderHost;
  ended: boolean;
  crash(): void;
}

/** Where a reader lays its bytes: beside the others, in memory that is shared; nowhere, as there is none; or it has no more. */
const memories = ['shared', 'none', 'full'] as const;

function readersOn(given: Disk, kind: (typeof memories)[number] = 'shared') {
  const clock = createFakeClock();
  const started: Started[] = [];
  const readers = createReaders(() => {
    const listeners: { answer?: (answer: ReadAnswer) => void; gone?: () => void } = {};
    // What crosses is a copy.
    const answer = (told: ReadAnswer) => {
      if (!one.ended) listeners.answer?.(structuredClone(told));
    };
    const laid = Buffer.alloc(8_000_000);
    const lay = (bytes: Uint8Array, at: number) => kind === 'shared' && laid.set(bytes, at) === undefined;
    const memory: Memory = { copy: (at, into) => into.set(laid.subarray(at, at + into.length)), close() {} };
    const take = createReadCalls(given, answer, lay, clock.now);
    const end = () => {
      if (one.ended) return;
      one.ended = true;
      listeners.gone?.();
    };
    const host: ReaderHost = {
      send: (call) => void take(call),
      onAnswer(listener) {
        listeners.answer = listener;
      },
      memory: () => (kind === 'none' ? undefined : memory),
      onGone(listener) {
        listeners.gone = listener;
      },
      end,
    };
    const one: Started = { host, ended: false, crash: end };
    started.push(one);
    return host;
  }, clock);
  return { readers, clock, started };
}

function file(name: string, bytes: Uint8Array = pngOf(10, 10)): string {
  const path = join(folderOf(), name);
  writeFileSync(path, bytes);
  return path;
}

describe('a reader', () => {
  it.each(memories)('tells of files what the disk tells (%s memory)', async (kind) => {
    const { readers } = readersOn(disk, kind);
    const folder = folderOf();
    const path = join(folder, 'a.bin');
    const content = Buffer.from(Array.from({ length: 1_300_000 }, (_, at) => at % 251));
    writeFileSync(path, content);
    symlinkSync(path, join(folder, 'link'));
    mkdirSync(join(folder, 'inner'));
    for (const name of ['a.bin', 'link', 'inner', 'none']) {
      const at = join(folder, name);
      const told = (of: Disk) => Promise.all([of.look(at).catch(codeOf), of.state(at).catch(codeOf)]);
      expect(await told(readers)).toEqual(await told(disk));
    }
    expect((await readers.read(path)).equals(content)).toBe(true);
    const opened = await readers.open(path);
    expect(await opened.state()).toMatchObject({ size: content.length, isFile: true });
    const buffer = Buffer.alloc(20);
    expect(await opened.read(buffer, 5, 10, 1_299_995)).toBe(5);
    expect(buffer.subarray(5, 10).equals(content.subarray(-5))).toBe(true);
    expect(await opened.read(buffer, 0, 20, null)).toBe(20);
    expect(buffer.equals(content.subarray(0, 20))).toBe(true);
    expect(await opened.read(buffer, 0, 20, 1_300_000)).toBe(0);
    const middle = Buffer.alloc(1_200_000);
    const pieces = [0, 1, 2, 3].map((at) =>
      opened.read(middle, at * 300_000, 300_000, at * 300_000 + 50_000),
    );
    expect(await Promise.all(pieces)).toEqual([300_000, 300_000, 300_000, 300_000]);
    expect(middle.equals(content.subarray(50_000, 1_250_000))).toBe(true);
    await opened.close();
  });

  it('has what is read at a time laid at places of their own, and again where something was taken from', async () => {
    const sent: ReadCall[] = [];
    let tell: (answer: ReadAnswer) => void = () => {};
    let memory: Memory | undefined = { copy: (at, into) => into.fill(at / 1_048_576), close() {} };
    const host: ReaderHost = {
      send: (call) => void sent.push(call),
      onAnswer(listener) {
        tell = listener;
      },
      memory: () => memory,
      onGone() {},
      end() {},
    };
    const opening = createReaders(() => host, createFakeClock()).open('/a');
    tell({ id: sent[0]?.id ?? 0, value: 1 });
    const opened = await opening;
    const into = Buffer.alloc(4, 9);
    const reads = [0, 1].map((at) => opened.read(into, at, 1, at));
    tell({ id: sent[2]?.id ?? 0, value: 1 });
    tell({ id: sent[1]?.id ?? 0, value: 1 });
    expect(await Promise.all(reads)).toEqual([1, 1]);
    const last = opened.read(into, 2, 1, 2).catch(codeOf);
    expect([...into]).toEqual([0, 1, 9, 9]);
    expect(sent.slice(1).map((call) => 'at' in call && call.at)).toEqual([0, 1_048_576, 0]);
    // What cannot be taken any more is an error, and never bytes that were there before.
    memory = undefined;
    tell({ id: sent[3]?.id ?? 0, value: 1 });
    expect(await last).toBe('EIO');
  });

  it('gives as much as was asked for of a disk that gives little at a time', async () => {
    const slow: Disk = {
      ...disk,
      async open(path) {
        const opened = await disk.open(path);
        const read: OpenFile['read'] = (buffer, offset, length, position) =>
          opened.read(buffer, offset, Math.min(length, 7), position);
        return { ...opened, read };
      },
    };
    const { readers } = readersOn(slow);
    const content = Buffer.from(Array.from({ length: 100 }, (_, at) => at));
    const opened = await readers.open(file('a.bin', content));
    const buffer = Buffer.alloc(50);
    expect(await opened.read(buffer, 0, 50, 10)).toBe(50);
    expect(buffer.equals(content.subarray(10, 60))).toBe(true);
    expect(await opened.read(buffer, 0, 30, null)).toBe(30);
    expect(buffer.subarray(0, 30).equals(content.subarray(0, 30))).toBe(true);
    await opened.close();
  });

  it('is started with the first look and ended ten seconds after the last', async () => {
    const { readers, clock, started } = readersOn(disk);
    const path = file('a.png');
    expect(started).toHaveLength(0);
    const opened = await readers.open(path);
    await clock.advance(10 * 60_000);
    expect(started.map(({ ended }) => ended)).toEqual([false]);
    await opened.close();
    await clock.advance(9_000);
    await readers.state(path);
    await clock.advance(9_000);
    expect(started.map(({ ended }) => ended)).toEqual([false]);
    await clock.advance(1_000);
    expect(started.map(({ ended }) => ended)).toEqual([true]);
    expect(clock.pending()).toEqual([]);
    await readers.state(path);
    expect(started).toHaveLength(2);
  });

  it('that hangs is given up after two seconds; files elsewhere are read meanwhile and after it', async () => {
    const { readers, clock, started } = readersOn(drives);
    const inspect = createInspect(readers);
    const good = file('good.png');
    const looks = [file('hung.png'), file('stuck.png')].map((path) => inspect(path, 'background'));
    await settle();
    expect(await inspect(good, 'background')).toMatchObject({ fit: 'yes' });
    await clock.advance(1_900);
    expect(await inspect(good, 'background')).toMatchObject({ fit: 'yes' });
    expect(started).toHaveLength(1);
    await clock.advance(100);
    for (const look of looks)
      expect(await look).toMatchObject({
        fit: 'no',
        problem: { code: 'slow', words: expect.stringMatching(/takes too long/) },
      });
    expect(started.map(({ ended }) => ended)).toEqual([true]);
    expect(await inspect(good, 'background')).toMatchObject({ fit: 'yes' });
    expect(started.map(({ ended }) => ended)).toEqual([true, false]);
  });

  it('finishes what it has of another drive before it is ended', async () => {
    const { readers, clock, started } = readersOn(drives);
    const upload = await readers.open(file('good.bin', Buffer.alloc(100, 1)));
    const hung = readers.look('/hung/a').catch(codeOf);
    await settle();
    await clock.advance(2_000);
    expect(await hung).toBe('ETIMEDOUT');
    expect(started.map(({ ended }) => ended)).toEqual([false]);
    expect(await upload.read(Buffer.alloc(100), 0, 100, null)).toBe(100);
    await readers.state(file('other.png'));
    expect(started).toHaveLength(2);
    await upload.close();
    await settle();
    expect(started.map(({ ended }) => ended)).toEqual([true, false]);
  });

  it('counts only the time in which the disk gave nothing', async () => {
    const clockOf = { tick: (_length: number) => Promise.resolve() };
    const slow: Disk = {
      ...disk,
      async open(path) {
        const opened = await disk.open(path);
        return {
          ...opened,
          async read(buffer, offset, length, position) {
            await clockOf.tick(length);
            return opened.read(buffer, offset, length, position);
          },
        };
      },
    };
    const { readers, clock } = readersOn(slow);
    // Each 256 KiB take nearly as long as is waited for; all of them far longer.
    clockOf.tick = (length) => clock.advance((1_900 * length) / (256 * 1024));
    const content = Buffer.alloc(4_000_000, 3);
    const path = file('slow.bin', content);
    expect((await readers.read(path)).equals(content)).toBe(true);
    expect(clock.elapsed()).toBeGreaterThan(10_000);
    // Also where several are asked for at a time, of which the last waits for all the others.
    const opened = await readers.open(path);
    const all = Buffer.alloc(content.length);
    const pieces = [0, 1, 2, 3].map((at) => opened.read(all, at * 1_000_000, 1_000_000, at * 1_000_000));
    expect(await Promise.all(pieces)).toEqual([1_000_000, 1_000_000, 1_000_000, 1_000_000]);
    expect(all.equals(content)).toBe(true);
    await opened.close();
  });

  it('is not thought to hang when it is this thread that stood still', async () => {
    const path = file('a.png');
    let over = false;
    const cancel = startPatience(clock, 40, () => {
      over = true;
    });
    const told = disk.state(path).then(cancel);
    for (const end = performance.now() + 200; performance.now() < end; );
    await told;
    expect(over).toBe(false);
  });

  it('that crashes fails what it was doing, at once, and the next look has a new one', async () => {
    const { readers, started } = readersOn(drives);
    const opened = await readers.open(file('stuck.png'));
    const reading = opened.read(Buffer.alloc(10), 0, 10, 0).catch(codeOf);
    await settle();
    started[0]?.crash();
    expect(await reading).toBe('EIO');
    expect(await opened.state().catch(codeOf)).toBe('EIO');
    expect(await opened.close().catch(codeOf)).toBe('EIO');
    expect(await readers.state(file('a.png'))).toMatchObject({ size: expect.any(Number) });
    expect(started).toHaveLength(2);
  });
});
