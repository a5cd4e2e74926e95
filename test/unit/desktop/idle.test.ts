/** Since when nobody has touched the computer, where that has to be looked for, and where a Wayland compositor tells. */
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { watchPolled } from '../../../electron/desktop/idle/polled.ts';
import { watchWayland, waylandSocket } from '../../../electron/desktop/idle/wayland.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { minute } from '../../support/presence-script.ts';
import { tempFolders } from '../../support/temp-folder.ts';
import { createWatch } from '../../support/waiting.ts';

const folderOf = tempFolders();
const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

/** A computer that nobody has touched since an instant, or one that tells the same whatever happens. */
function rig(after: number, tells?: number) {
  const clock = createFakeClock();
  let touched = clock.now() - 1_000;
  let looks = 0;
  const told: (number | null | undefined)[] = [];
  const read = () => {
    looks += 1;
    return tells ?? Math.floor((clock.now() - touched) / 1_000) * 1_000;
  };
  const { look, stop } = watchPolled({ clock, read }, after, (since) => told.push(since));
  return {
    clock,
    told,
    look,
    stop,
    looks: () => looks,
    touch: () => {
      touched = clock.now();
    },
  };
}

describe('a system that has to be asked', () => {
  it('is asked when somebody may at the earliest have been away for long enough, and tells since when', async () => {
    const { clock, told, looks, touch } = rig(10 * minute);
    const start = clock.now();
    await clock.advance(5 * minute);
    touch();
    await clock.advance(minute);
    expect(told).toEqual([null]);
    await clock.advance(9 * minute);
    expect(told).toEqual([null, start + 5 * minute]);
    expect(looks()).toBeLessThanOrEqual(4);
    await clock.advance(10 * minute);
    touch();
    await clock.advance(5_000);
    expect(told).toEqual([null, start + 5 * minute, null]);
  });

  it('is asked less than once in ten minutes while somebody is there, and no more once it is stopped', async () => {
    const { clock, looks, touch, stop } = rig(10 * minute);
    for (let turn = 0; turn < 60; turn += 1) {
      await clock.advance(minute);
      if (turn % 5 === 0) touch();
    }
    expect(looks()).toBeLessThan(15);
    stop();
    expect(clock.pending()).toEqual([]);
  });

  it('that says 0 whatever happens tells nothing', async () => {
    const { clock, told } = rig(60 * minute, 0);
    await clock.advance(4 * minute);
    expect(told).toEqual([null]);
    await clock.advance(minute);
    expect(told).toEqual([null, undefined]);
  });

  it('is asked at once after sleep', async () => {
    const { clock, told, look } = rig(10 * minute);
    await clock.advance(0);
    clock.jump(60 * minute);
    look();
    expect(told).toEqual([null, clock.now() - 60 * minute - 1_000]);
  });
});

describe('a Wayland compositor', () => {
  /** One of which a client sees what it is told to show, in parts that end anywhere. */
  async function compositor(globals: readonly string[]) {
    const path = join(folderOf(), 'wayland-0');
    const asked: number[][] = [];
    const changes = createWatch();
    let write = (_bytes: Buffer) => {};
    let end = () => {};
    const server = createServer((socket) => {
      end = () => socket.destroy();
      write = (bytes) => {
        socket.write(bytes.subarray(0, 5));
        socket.write(bytes.subarray(5));
      };
      let rest: Buffer = Buffer.alloc(0);
      socket.on('data', (part) => {
        rest = Buffer.concat([rest, part]);
        while (rest.length >= 8 && rest.length >= rest.readUInt16LE(6)) {
          const size = rest.readUInt16LE(6);
          asked.push(Array.from({ length: size / 4 }, (_, at) => rest.readUInt32LE(at * 4)));
          rest = rest.subarray(size);
        }
        changes.changed();
        if (asked.length === 2) write(Buffer.concat([...globals.map(global), message(3, 0, [0])]));
      });
    });
    await new Promise<void>((listening) => server.listen(path, listening));
    cleanUps.push(() => void server.close());
    const told: (number | null | undefined)[] = [];
    let lost = 0;
    const clock = createFakeClock();
    const watching = watchWayland({ clock, path }, 60_000, {
      tell(since) {
        told.push(since);
        changes.changed();
      },
      lost() {
        lost += 1;
        changes.changed();
      },
    });
    const until = (test: () => boolean) => changes.until(test, Boolean);
    return {
      asked,
      told,
      clock,
      watching,
      until,
      lost: () => lost,
      end: () => end(),
      tell: (event: number) => write(message(6, event, [])),
    };
  }

  const message = (object: number, event: number, numbers: readonly number[]) => {
    const bytes = Buffer.alloc(8 + numbers.length * 4);
    bytes.writeUInt32LE(object, 0);
    bytes.writeUInt16LE(event, 4);
    bytes.writeUInt16LE(bytes.length, 6);
    for (const [at, number] of numbers.entries()) bytes.writeUInt32LE(number, 8 + at * 4);
    return bytes;
  };
  const global = (text: string, at: number) => {
    const padded = Buffer.alloc(Math.ceil((text.length + 1) / 4) * 4);
    padded.write(text);
    const words = Array.from({ length: padded.length / 4 }, (_, word) => padded.readUInt32LE(word * 4));
    return message(2, 0, [at + 1, text.length + 1, ...words, 1]);
  };

  it.each([
    ['ext_idle_notifier_v1', 1, [6, 60_000, 4]],
    ['org_kde_kwin_idle', 0, [6, 4, 60_000]],
  ])('with %s tells when somebody goes and comes back', async (name, request, body) => {
    const { asked, told, clock, watching, until, tell, lost, end } = await compositor([
      'wl_shm',
      'wl_seat',
      name,
    ]);
    await watching;
    await until(() => asked.length === 5);
    expect(asked.at(-1)).toEqual([5, ((8 + body.length * 4) << 16) | request, ...body]);
    tell(0);
    await until(() => told.length === 2);
    tell(1);
    await until(() => told.length === 3);
    expect(told).toEqual([null, clock.now() - 60_000, null]);
    end();
    await until(() => lost() === 1);
  });

  it('without either is of no use', async () => {
    const { watching, lost } = await compositor(['wl_seat', 'wl_output']);
    await expect(watching).rejects.toThrow();
    expect(lost()).toBe(0);
  });

  it('that says nothing is waited for five seconds', async () => {
    const path = join(folderOf(), 'wayland-0');
    const server = createServer(() => {});
    await new Promise<void>((listening) => server.listen(path, listening));
    cleanUps.push(() => void server.close());
    const clock = createFakeClock();
    const watching = watchWayland({ clock, path }, 60_000, { tell() {}, lost() {} });
    const refused = expect(watching).rejects.toThrow();
    await clock.advance(5_000);
    await refused;
  });
});

it.each([
  [{ WAYLAND_DISPLAY: 'wayland-1', XDG_RUNTIME_DIR: '/run/user/1' }, '/run/user/1/wayland-1'],
  [{ WAYLAND_DISPLAY: '/somewhere/wayland-1' }, '/somewhere/wayland-1'],
  [{ XDG_RUNTIME_DIR: '/run/user/1' }, undefined],
  [{ WAYLAND_DISPLAY: 'wayland-1' }, undefined],
])('a compositor is where %o says', (env, path) => {
  expect(waylandSocket(env)).toBe(path);
});
