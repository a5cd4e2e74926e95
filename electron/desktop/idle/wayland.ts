import { createConnection, type Socket } from 'node:net';
import { isAbsolute, join } from 'node:path';
import type { Clock } from '../../core/ports.ts';
import type { TellIdle } from './polled.ts';

/** Whoever gives no answer in so many ms is not asked. */
const patience = 5_000;

/** Ids of what is made here; the display is there from the start. */
const ids = { display: 1, registry: 2, done: 3, seat: 4, notifier: 5, notification: 6 } as const;

/** What tells of it, the better first, and how it is asked: KDE's own is what others had before there was a common one. */
const notifiers = {
  ext_idle_notifier_v1: (after: number) => ({ request: 1, body: [ids.notification, after, ids.seat] }),
  org_kde_kwin_idle: (after: number) => ({ request: 0, body: [ids.notification, ids.seat, after] }),
} as const;
const notifierNames = ['ext_idle_notifier_v1', 'org_kde_kwin_idle'] as const;

/** Where the compositor listens, as its clients find it; undefined where there is none. */
export function waylandSocket(env: NodeJS.ProcessEnv): string | undefined {
  const { WAYLAND_DISPLAY: display, XDG_RUNTIME_DIR: folder } = env;
  if (!display) return undefined;
  return isAbsolute(display) ? display : folder && join(folder, display);
}

/**
 * What a Wayland compositor tells by ext-idle-notify-v1 (KDE, sway, Hyprland, COSMIC) or KDE's former protocol: a few messages, none
 * of which carries a file descriptor. Resolves with how to stop once it is clear that it tells; rejects where it doesn't.
 */
export function watchWayland(
  { clock, path }: { readonly clock: Clock; readonly path: string },
  after: number,
  events: { tell: TellIdle; lost(): void },
): Promise<() => void> {
  const socket = createConnection(path);
  const globals = new Map<string, number>();
  return new Promise((resolve, reject) => {
    let isUp = false;
    const cancel = clock.setTimeout(end, patience);

    function end(): void {
      cancel();
      socket.destroy();
      if (isUp) events.lost();
      isUp = false;
      reject(new Error('The compositor doesn’t tell when nobody is there.'));
    }

    function stop(): void {
      isUp = false;
      socket.destroy();
    }

    function begin(): void {
      const seat = globals.get('wl_seat');
      const name = notifierNames.find((one) => globals.has(one));
      const notifier = name && globals.get(name);
      if (seat === undefined || notifier === undefined || !name) {
        end();
        return;
      }
      cancel();
      bind(socket, { name: seat, what: 'wl_seat', id: ids.seat });
      bind(socket, { name: notifier, what: name, id: ids.notifier });
      const { request, body } = notifiers[name](after);
      send(socket, ids.notifier, request, body);
      isUp = true;
      events.tell(null);
      resolve(stop);
    }

    function announced(body: Buffer): void {
      const { name, text } = readGlobal(body);
      if (!globals.has(text)) globals.set(text, name);
    }

    /** By the object that tells it, and the event's number: an error, a global, all of them, somebody gone and back. */
    const handlers: { readonly [what: string]: (body: Buffer) => void } = {
      [`${ids.display} 0`]: end,
      [`${ids.registry} 0`]: announced,
      [`${ids.done} 0`]: begin,
      [`${ids.notification} 0`]: () => events.tell(clock.now() - after),
      [`${ids.notification} 1`]: () => events.tell(null),
    };

    socket.on('error', end);
    socket.on('close', end);
    socket.on(
      'data',
      reader((object, event, body) => handlers[`${object} ${event}`]?.(body)),
    );
    socket.once('connect', () => {
      send(socket, ids.display, 1, [ids.registry]);
      send(socket, ids.display, 0, [ids.done]);
    });
  });
}

/** Gives whole messages on, however they were cut. */
function reader(take: (object: number, event: number, body: Buffer) => void): (part: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (part) => {
    rest = Buffer.concat([rest, part]);
    while (rest.length >= 8) {
      const size = read(rest, 4) >>> 16;
      if (size < 8 || rest.length < size) return;
      const message = rest;
      rest = message.subarray(size);
      take(read(message, 0), read(message, 4) & 0xffff, message.subarray(8, size));
    }
  };
}

/** Numbers are in the order of the machine: little-endian wherever Electron runs. */
const read = (from: Buffer, at: number) => (from.length >= at + 4 ? from.readUInt32LE(at) : 0);

function readGlobal(body: Buffer): { readonly name: number; readonly text: string } {
  const length = Math.max(read(body, 4) - 1, 0);
  return { name: read(body, 0), text: body.toString('latin1', 8, 8 + length) };
}

interface Bound {
  /** As the compositor numbers it. */
  readonly name: number;
  readonly what: string;
  readonly id: number;
}

function bind(socket: Socket, { name, what, id }: Bound): void {
  const text = Buffer.alloc(Math.ceil((what.length + 1) / 4) * 4);
  text.write(what, 'latin1');
  const words = [...text].length / 4;
  const numbers = Array.from({ length: words }, (_, at) => text.readUInt32LE(at * 4));
  send(socket, ids.registry, 0, [name, what.length + 1, ...numbers, 1, id]);
}

function send(socket: Socket, object: number, request: number, numbers: readonly number[]): void {
  const message = Buffer.alloc(8 + numbers.length * 4);
  message.writeUInt32LE(object, 0);
  message.writeUInt32LE(((message.length << 16) | request) >>> 0, 4);
  for (const [at, number] of numbers.entries()) message.writeUInt32LE(number, 8 + at * 4);
  socket.write(message);
}
