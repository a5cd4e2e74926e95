/**
 * A pointer for a Wayland compositor of wlroots (sway) that has no mouse: its protocol `wlr-virtual-pointer`, of which no program in
 * Debian makes use, spoken as bytes.
 */
import { connect, type Socket } from 'node:net';

export interface WaylandPointer {
  /** Moves to a place of a screen that is so large. */
  move(to: { readonly x: number; readonly y: number }): void;
  click(button: 1 | 3): void;
  close(): void;
}

const display = 1;
const registry = 2;
const manager = 3;
const pointer = 4;
const interfaceName = 'zwlr_virtual_pointer_manager_v1';
/** BTN_LEFT and BTN_RIGHT of Linux's input-event-codes.h. */
const codes = { 1: 272, 3: 273 } as const;

/** Connects to the compositor at `path`. Rejects where it has no such protocol. */
export async function openPointer(
  path: string,
  screen: { readonly width: number; readonly height: number },
): Promise<WaylandPointer> {
  const socket = connect(path);
  const name = await new Promise<number>((resolve, reject) => {
    let got: Buffer = Buffer.alloc(0);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('The compositor has no virtual pointers')));
    socket.on('data', (data: Buffer) => {
      got = readGlobals(Buffer.concat([got, data]), resolve);
    });
    request(socket, display, 1, registry);
  });
  request(socket, registry, 0, name, ...words(interfaceName), 1, manager);
  request(socket, manager, 0, 0, pointer);
  const now = () => Math.round(performance.now());
  return {
    move({ x, y }) {
      request(socket, pointer, 1, now(), x, y, screen.width, screen.height);
      request(socket, pointer, 4);
    },
    click(button) {
      for (const state of [1, 0]) {
        request(socket, pointer, 2, now(), codes[button], state);
        request(socket, pointer, 4);
      }
    },
    close: () => socket.destroy(),
  };
}

/** Tells the number of the manager once it is announced; gives back what is not yet a whole message. */
function readGlobals(bytes: Buffer, found: (name: number) => void): Buffer {
  let rest = bytes;
  while (rest.length >= 8) {
    const size = rest.readUInt16LE(6);
    if (rest.length < size) break;
    if (rest.readUInt32LE(0) === registry && rest.readUInt16LE(4) === 0) {
      const length = rest.readUInt32LE(12);
      if (rest.toString('latin1', 16, 16 + length - 1) === interfaceName) found(rest.readUInt32LE(8));
    }
    rest = rest.subarray(size);
  }
  return rest;
}

/** A text as the protocol has it: its length with a zero behind it, then both, filled up to whole words. */
function words(text: string): number[] {
  const bytes = Buffer.alloc((text.length + 4) & ~3);
  bytes.write(text, 'latin1');
  return [
    text.length + 1,
    ...Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readUInt32LE(at * 4)),
  ];
}

function request(socket: Socket, object: number, opcode: number, ...args: readonly number[]): void {
  const bytes = Buffer.alloc(8 + args.length * 4);
  bytes.writeUInt32LE(object, 0);
  bytes.writeUInt16LE(opcode, 4);
  bytes.writeUInt16LE(bytes.length, 6);
  for (const [at, value] of args.entries()) bytes.writeUInt32LE(value, 8 + at * 4);
  socket.write(bytes);
}
