import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../../electron/core/media/problem.ts';
import { disk } from '../../../../electron/desktop/files/disk.ts';
import { createCodec } from '../../../../electron/desktop/media/codec.ts';
import { createMediaProcess, type MediaHost } from '../../../../electron/desktop/media/process.ts';
import type { MediaOrder } from '../../../../shared/ipc/media-process.ts';
import { createFakeClock, settle } from '../../../support/fake-clock.ts';
import { tempFolders } from '../../../support/temp-folder.ts';

const folderOf = tempFolders();
const jpegBytes = new Uint8Array([0xff, 0xd8, 0xff, 0xdb, 1, 2, 3]);

/** A process that keeps a picture's bytes, and answers once all are there; `silent` orders are not answered. */
function startFake(silent: (order: MediaOrder) => boolean, lie?: (answer: object) => unknown) {
  const orders: MediaOrder[] = [];
  const arriving = new Map<number, number>();
  const open = new Set<number>();
  let ended = false;
  let memory = 100_000_000;
  let tell = (_answer: unknown) => {};
  let gone = () => {};
  const answer = (given: object) => queueMicrotask(() => !ended && tell(lie ? lie(given) : given));
  const host: MediaHost = {
    send(order) {
      orders.push(order);
      if (silent(order)) return;
      if (order.order === 'open') arriving.set(order.id, order.size);
      if (order.order === 'close') open.delete(order.id);
      if (order.order === 'bytes') {
        const left = (arriving.get(order.id) ?? 0) - order.bytes.byteLength;
        arriving.set(order.id, left);
        if (left > 0) return;
        open.add(order.id);
        answer({ id: order.id, width: 40, height: 30, opaque: true });
      }
      if (order.order === 'encode') {
        const { id, of } = order;
        answer(open.has(of) ? { id, size: jpegBytes.length, bytes: jpegBytes } : { id, failed: true });
      }
    },
    onAnswer(listener) {
      tell = listener;
    },
    onGone(listener) {
      gone = listener;
    },
    memory: () => memory,
    end() {
      ended = true;
      gone();
    },
  };
  const crash = () => {
    ended = true;
    gone();
  };
  const take = (bytes: number) => {
    memory = bytes;
  };
  return { host, orders, open, crash, take, ended: () => ended };
}

type Fake = ReturnType<typeof startFake>;

function processOf(
  silent: (order: MediaOrder, started: number) => boolean = () => false,
  lie?: (answer: object) => unknown,
) {
  const clock = createFakeClock();
  const started: Fake[] = [];
  const process = createMediaProcess(() => {
    const number = started.length + 1;
    const fake = startFake((order) => silent(order, number), lie);
    started.push(fake);
    return fake.host;
  }, clock);
  return { clock, process, codec: createCodec(process, disk), started };
}

const options = { kind: 'jpeg', scale: 1 } as const;
const as = { width: 40, height: 30, kind: 'jpeg', quality: 80, most: 1_000 } as const;
const codeOf = (cause: unknown) => (cause instanceof Refusal ? cause.problem.code : cause);
const source = new Uint8Array(1_200_000).fill(7);

describe('the media process', () => {
  it('is started for the first picture and ended two minutes after the last', async () => {
    const { clock, codec, started } = processOf();
    expect(started).toHaveLength(0);
    const image = await codec.open(source, options);
    expect(image).toMatchObject({ width: 40, height: 30, opaque: true });
    expect((await image?.encode(as))?.bytes).toEqual(Buffer.from(jpegBytes));
    image?.close();
    expect(started[0]?.open.size).toBe(0);
    await clock.advance(119_000);
    expect((await codec.open(source, options))?.width).toBe(40);
    await clock.advance(119_000);
    expect(started.map(({ ended }) => ended())).toEqual([false]);
    await clock.advance(1_000);
    expect(started.map(({ ended }) => ended())).toEqual([true]);
    await codec.open(source, options);
    expect(started).toHaveLength(2);
  });

  it('is ended at once after a large picture, unless something waits', async () => {
    const { clock, codec, started } = processOf(undefined, (answer) =>
      'width' in answer ? { ...answer, width: 4_000, height: 3_000 } : answer,
    );
    const image = await codec.open(source, options);
    const other = codec.open(source, options);
    image?.close();
    await clock.advance(0);
    expect((await other)?.width).toBe(4_000);
    expect((await (await other)?.encode(as))?.size).toBe(jpegBytes.length);
    (await other)?.close();
    await clock.advance(1);
    expect(started.at(-1)?.ended()).toBe(true);
  });

  it('gets a picture in pieces, read from a path or given as bytes', async () => {
    const path = join(folderOf(), 'a.jpg');
    writeFileSync(path, source);
    for (const from of [source, path]) {
      const { codec, started } = processOf();
      await codec.open(from, options);
      const pieces =
        started[0]?.orders.flatMap((order) => (order.order === 'bytes' ? [order.bytes] : [])) ?? [];
      expect(pieces.length).toBe(3);
      expect(Buffer.concat(pieces).equals(source)).toBe(true);
      // What is sent is the whole memory that a piece lies in.
      expect(pieces.every(({ buffer, byteLength }) => buffer.byteLength === byteLength)).toBe(true);
    }
  });

  it('does one thing at a time; what a person waits for goes first', async () => {
    const { codec, started } = processOf((order, number) => number <= 2 && order.order === 'bytes');
    const first = codec.open(source, options).then(() => 'first', codeOf);
    const order: string[] = [];
    const later = codec.open(source, options).then(() => order.push('later'));
    const urgent = codec.open(source, { ...options, urgent: true }).then(() => order.push('urgent'));
    await settle();
    expect(started[0]?.orders.filter(({ order }) => order === 'open')).toHaveLength(1);
    started[0]?.crash();
    await settle();
    started[1]?.crash();
    expect(await first).toBe('crashed');
    await Promise.all([later, urgent]);
    expect(order).toEqual(['urgent', 'later']);
  });

  it('that crashes once costs nothing: what it worked on is asked of another one', async () => {
    const { codec, started } = processOf((order, number) => {
      return (number === 1 && order.order === 'bytes') || (number === 2 && order.order === 'encode');
    });
    const opening = codec.open(source, options);
    await settle();
    started[0]?.crash();
    const image = await opening;
    const encoding = image?.encode(as);
    await settle();
    started[1]?.crash();
    expect((await encoding)?.bytes).toEqual(Buffer.from(jpegBytes));
    expect(started).toHaveLength(3);
  });

  it('that crashes is not asked again for what is no longer wanted', async () => {
    const { codec, started } = processOf((order) => order.order === 'bytes');
    const control = new AbortController();
    const opening = codec.open(source, { ...options, signal: control.signal }).then(() => 'opened', codeOf);
    await settle();
    control.abort();
    started[0]?.crash();
    expect(await opening).toBe('cancelled');
    await settle();
    expect(started).toHaveLength(1);
  });

  it('that crashes twice costs the picture it worked on, and no other', async () => {
    const { codec, started } = processOf((order, number) => number <= 2 && order.order === 'encode');
    const innocent = await codec.open(source, options);
    const bad = await codec.open(source, options);
    const failed = bad?.encode(as).then(() => 'made', codeOf);
    const waits = innocent?.encode(as);
    await settle();
    started[0]?.crash();
    await settle();
    started[1]?.crash();
    expect(await failed).toBe('crashed');
    expect((await waits)?.bytes).toEqual(Buffer.from(jpegBytes));
    expect(started).toHaveLength(3);
  });

  it('is cancelled at once: what waits never begins, what goes on is ended if it has to be', async () => {
    const { clock, codec, started } = processOf((order) => order.order === 'bytes');
    const control = new AbortController();
    const running = codec.open(source, { ...options, signal: control.signal }).then(() => 'opened', codeOf);
    const waiting = new AbortController();
    const second = codec.open(source, { ...options, signal: waiting.signal }).then(() => 'opened', codeOf);
    await settle();
    waiting.abort();
    expect(await second).toBe('cancelled');
    control.abort();
    expect(await running).toBe('cancelled');
    expect(started[0]?.ended()).toBe(false);
    await clock.advance(300);
    expect(started[0]?.ended()).toBe(true);
    expect(started).toHaveLength(1);
    expect(await codec.open(source, { ...options, signal: AbortSignal.abort() }).catch(codeOf)).toBe(
      'cancelled',
    );
  });

  it('that stops in time when cancelled lives on, without the picture', async () => {
    const { clock, codec, started } = processOf();
    const control = new AbortController();
    const running = codec.open(source, { ...options, signal: control.signal }).then(() => 'opened', codeOf);
    control.abort();
    expect(await running).toBe('cancelled');
    await clock.advance(1_000);
    expect(started.map(({ ended, open }) => [ended(), open.size])).toEqual([[false, 0]]);
  });

  it('is given a minute for one thing, and not a moment of it for a computer that stood still', async () => {
    const { clock, codec, started } = processOf((order) => order.order === 'bytes');
    const opening = codec.open(source, options).then(() => 'opened', codeOf);
    await settle();
    clock.jump(3_600_000);
    await clock.advance(59_000);
    expect(started[0]?.ended()).toBe(false);
    await clock.advance(1_000);
    expect(await opening).toBe('slow');
    expect(started[0]?.ended()).toBe(true);
  });

  it('that a file makes take more and more memory is ended, and the file not asked for again', async () => {
    const { clock, codec, started } = processOf((order, number) => number === 1 && order.order === 'bytes');
    const opening = codec.open(source, options).then(() => 'opened', codeOf);
    await settle();
    started[0]?.take(1_200_000_000);
    await clock.advance(1_000);
    expect(started[0]?.ended()).toBe(false);
    started[0]?.take(1_200_000_001);
    await clock.advance(500);
    expect(await opening).toBe('slow');
    expect(started.map(({ ended }) => ended())).toEqual([true]);
  });

  it.each<[string, (answer: object) => unknown]>([
    ['is of no size', (answer) => ('width' in answer ? { ...answer, width: 0 } : answer)],
    ['says more than it should', (answer) => ({ ...answer, more: 1 })],
    ['is nothing', () => null],
  ])('is not believed when its answer %s', async (_what, lie) => {
    const { clock, codec } = processOf(undefined, lie);
    const opening = codec.open(source, options).then(() => 'opened', codeOf);
    await settle();
    await clock.advance(60_000);
    expect(await opening).toBe('slow');
  });

  it.each<[string, Uint8Array]>([
    ['more than was asked for', Buffer.concat([jpegBytes, Buffer.alloc(2_000)])],
    ['another kind', Buffer.from('<html>')],
  ])('gives no file that is %s', async (_what, bytes) => {
    const { codec } = processOf(undefined, (answer) =>
      'bytes' in answer ? { ...answer, size: bytes.length, bytes } : answer,
    );
    const image = await codec.open(source, options);
    expect(await image?.encode(as).catch(codeOf)).toBe('damaged');
  });

  it('says null of what cannot be decoded, and why a file cannot be read', async () => {
    const { codec } = processOf(undefined, (answer) => ({ id: (answer as { id: number }).id, failed: true }));
    expect(await codec.open(source, options)).toBeNull();
    expect(await codec.open(join(folderOf(), 'none.jpg'), options).catch(codeOf)).toBe('missing');
    expect(await codec.open(new Uint8Array(), options).catch(codeOf)).toBe('empty');
  });

  it('is not started again once the app quits', async () => {
    const { process, codec, started } = processOf((order) => order.order === 'bytes');
    const opening = [codec.open(source, options), codec.open(source, options)].map((one) =>
      one.catch(codeOf),
    );
    await settle();
    process.stop();
    expect(await Promise.all(opening)).toEqual(['cancelled', 'cancelled']);
    expect(await codec.open(source, options).catch(codeOf)).toBe('cancelled');
    expect(started.map(({ ended }) => ended())).toEqual([true]);
  });
});
