import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../../electron/core/media/problem.ts';
import type { Parts } from '../../../../electron/core/ports.ts';
import { createMediaProcess, type MediaHost } from '../../../../electron/desktop/media/process.ts';
import { createVideos } from '../../../../electron/desktop/media/videos.ts';
import type { MediaOrder } from '../../../../shared/ipc/media-process.ts';
import { createFakeClock, settle } from '../../../support/fake-clock.ts';

const content = new Uint8Array(3_000).map((_, at) => at);
const mp4 = Buffer.from('0000001c6674797069736f6d', 'hex');
const look = { width: 640, height: 360, seconds: 4, codec: 'vp8', decodes: true, encodes: true };
const how = { start: 0, end: 2, turn: 0, width: 640, height: 360, bitrate: 500_000, most: 1_000 } as const;

type Say = (answer: object) => void;

/** A process that is told by each test what it says. */
function startFake(obey: (order: MediaOrder, say: Say) => void) {
  const orders: MediaOrder[] = [];
  let say: Say = () => {};
  let gone = () => {};
  let ended = false;
  const end = () => {
    ended = true;
    gone();
  };
  const host: MediaHost = {
    send(order) {
      orders.push(order);
      obey(order, (answer) => queueMicrotask(() => !ended && say(answer)));
    },
    onAnswer(listener) {
      say = listener;
    },
    onGone(listener) {
      gone = listener;
    },
    memory: () => 0,
    end,
  };
  return { host, orders, end, ended: () => ended };
}

function videosOf(obey: (order: MediaOrder, say: Say) => void) {
  const clock = createFakeClock();
  const started: ReturnType<typeof startFake>[] = [];
  const start = () => {
    const fake = startFake(obey);
    started.push(fake);
    return fake.host;
  };
  const [quick, long] = [createMediaProcess(start, clock), createMediaProcess(start, clock)];
  return { clock, started, videos: createVideos(quick, long), long };
}

const file: Parts = {
  size: content.length,
  read: async (at, length) => content.slice(at, at + length),
};
const codeOf = (cause: unknown) => (cause instanceof Refusal ? cause.problem.code : cause);
const watch = (signal = new AbortController().signal) => {
  const shares: number[] = [];
  return { signal, progress: (share: number) => void shares.push(share), shares };
};

describe('a video in the media process', () => {
  it('is read in the parts that are asked for, in their order, however long each takes', async () => {
    const got: number[] = [];
    const { videos } = videosOf((order, say) => {
      if (order.order === 'video') {
        say({ id: order.id, at: 2_990, length: 1_000 });
        say({ id: order.id, at: 5, length: 2 });
      }
      if (order.order !== 'bytes') return;
      got.push(...order.bytes);
      if (got.length === 12) say({ id: order.id, look });
    });
    let first = true;
    const slowFirst: Parts = {
      ...file,
      async read(at, length) {
        if (first) await settle();
        first = false;
        return file.read(at, length);
      },
    };
    expect(await videos.look(slowFirst)).toEqual(look);
    expect(got).toEqual([...content.slice(2_990), 5, 6]);
  });

  it('fails by what the disk says, and the process works on', async () => {
    const { videos, started } = videosOf((order, say) => {
      if (order.order === 'video') say({ id: order.id, at: 0, length: 10 });
      if (order.order === 'unread') say({ id: order.id, failed: true });
      if (order.order === 'bytes') say({ id: order.id, look });
    });
    const hung = { ...file, read: () => Promise.reject(Object.assign(new Error(), { code: 'ETIMEDOUT' })) };
    expect(await videos.look(hung).catch(codeOf)).toBe('slow');
    expect(await videos.look(file)).toEqual(look);
    expect(started).toHaveLength(1);
  });

  it('is made in a process of its own, which tells how far it is and ends afterwards', async () => {
    const { videos, started, clock } = videosOf((order, say) => {
      if (order.order !== 'video') return;
      if (order.work === 'look') return say({ id: order.id, look });
      say({ id: order.id, share: 0.25 });
      say({ id: order.id, share: 0.75 });
      say({ id: order.id, size: mp4.byteLength, bytes: new Uint8Array(mp4) });
    });
    const told = watch();
    await videos.look(file);
    expect(await videos.make(file, how, told)).toEqual({ size: mp4.byteLength, bytes: mp4 });
    expect(told.shares).toEqual([0.25, 0.75]);
    await clock.advance(1);
    expect(started.map(({ ended }) => ended())).toEqual([false, true]);
  });

  it('may take any time as long as something is said of it, and fifteen seconds without', async () => {
    let say: Say = () => {};
    let id = 0;
    const { videos, clock, started } = videosOf((order, tell) => {
      say = tell;
      id = order.id;
    });
    const made = videos.make(file, how, watch()).catch(codeOf);
    for (let times = 0; times < 30; times += 1) {
      await clock.advance(14_000);
      say(times % 2 === 0 ? { id, share: 0.1 } : { id, alive: true });
      await settle();
    }
    await clock.advance(14_000);
    expect(started[0]?.ended()).toBe(false);
    await clock.advance(1_001);
    expect(await made).toBe('slow');
    expect(started[0]?.ended()).toBe(true);
  });

  it('is given up at any moment: what does not stop is ended', async () => {
    const { videos, started, clock } = videosOf(() => {});
    const controller = new AbortController();
    const made = videos.make(file, how, watch(controller.signal)).catch(codeOf);
    await settle();
    controller.abort();
    expect(await made).toBe('cancelled');
    expect(started[0]?.orders.at(-1)).toMatchObject({ order: 'close' });
    await clock.advance(300);
    expect(started[0]?.ended()).toBe(true);
  });

  it('that ends the process twice is a failed file, and the next one has a new process', async () => {
    let kill = true;
    const { videos, started } = videosOf((order, say) => {
      if (order.order === 'video' && !kill) say({ id: order.id, look });
    });
    const first = videos.look(file).catch(codeOf);
    for (const at of [0, 1]) {
      await settle();
      started[at]?.end();
    }
    expect(await first).toBe('crashed');
    kill = false;
    expect(await videos.look(file)).toEqual(look);
    expect(started).toHaveLength(3);
  });

  it('is made from its beginning once more where the process ended in the middle', async () => {
    const { videos, started } = videosOf((order, say) => {
      if (order.order !== 'video') return;
      say({ id: order.id, share: 0.5 });
      if (started.length === 2) say({ id: order.id, size: mp4.byteLength, bytes: new Uint8Array(mp4) });
    });
    const told = watch();
    const made = videos.make(file, how, told);
    await settle();
    started[0]?.end();
    expect(await made).toEqual({ size: mp4.byteLength, bytes: mp4 });
    expect(told.shares).toEqual([0.5, 0.5]);
  });

  it.each<[string, object]>([
    ['a part before the file', { at: -1, length: 10 }],
    ['more than a piece', { at: 0, length: 50_000_000 }],
    ['a share over all', { share: 1.5 }],
    ['a size of nothing', { look: { ...look, width: 0 } }],
    ['a secret', { look: { ...look, more: true } }],
  ])('is not believed when it says %s', async (_what, lie) => {
    const { videos, clock } = videosOf(
      (order, say) => order.order === 'video' && say({ id: order.id, ...lie }),
    );
    const looked = videos.look(file).catch(codeOf);
    await settle();
    await clock.advance(61_000);
    expect(await looked).toBe('slow');
  });

  it('that comes out as something else, or larger than it may be, does not come out', async () => {
    const give = (size: number, bytes: Uint8Array) =>
      videosOf((order, say) => order.order === 'video' && say({ id: order.id, size, bytes })).videos;
    expect(await give(4, new Uint8Array(40)).make(file, how, watch())).toBeNull();
    const large = new Uint8Array(2_000);
    large.set(mp4);
    expect(await give(10, large).make(file, how, watch())).toBeNull();
    expect(await give(4, new Uint8Array(40)).frame(file, { at: 0, turn: 0, most: 100 })).toBeNull();
  });
});
