import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** How long the X server may take, in ms. */
const patience = 2_000;
/** Requests of the core protocol. */
const internAtom = 16;
const getSelectionOwner = 23;
const sendEvent = 25;
const getInputFocus = 43;
const clientMessage = 33;
/** SubstructureNotify and SubstructureRedirect: what a window manager hears. */
const toWindowManager = 0x180000;
const replySize = 32;

interface DisplayName {
  readonly host: string;
  readonly number: number;
  readonly screen: number;
}

/** The X server, spoken to as bytes. Everything rejects once it is gone. */
export interface XDisplay {
  /** The default screen of the display's name. */
  readonly screen: number;
  /** The number of a name; 0 for one that nobody has used, unless `make`. */
  atom(name: string, make?: boolean): Promise<number>;
  hasOwner(selection: number): Promise<boolean>;
  /** Asks the window manager of the first screen for something about a window; resolves when the server has passed it on. */
  ask(window: number, what: number, data: readonly number[]): Promise<void>;
}

/** Lets `use` speak with the X display of `env`. Rejects where there is none. */
export async function withDisplay<T>(
  env: NodeJS.ProcessEnv,
  use: (display: XDisplay) => Promise<T>,
): Promise<T> {
  const display = readDisplay(env.DISPLAY ?? '');
  if (!display) throw new Error('There is no X display');
  const { host, number, screen } = display;
  const socket = host ? connect(6_000 + number, host) : connect(`/tmp/.X11-unix/X${number}`);
  socket.setTimeout(patience, () => socket.destroy(new Error('The X server doesn’t answer')));
  try {
    const take = reader(socket);
    socket.write(setup(await cookie(env, number)));
    const [accepted, , , , , , low = 0, high = 0] = await take(8);
    if (accepted !== 1) throw new Error('The X server lets nobody in');
    const server = await take((low + high * 256) * 4);
    return await use({
      screen,
      async atom(name, make = false) {
        socket.write(atomRequest(name, make));
        return (await take(replySize)).readUInt32LE(8);
      },
      async hasOwner(selection) {
        socket.write(ownerRequest(selection));
        return (await take(replySize)).readUInt32LE(8) !== 0;
      },
      async ask(window, what, data) {
        socket.write(messageRequest(rootOf(server), window, what, data));
        // A question of any kind: what is answered comes after what was asked before is done.
        socket.write(Buffer.from([getInputFocus, 0, 1, 0]));
        await take(replySize);
      },
    });
  } finally {
    socket.destroy();
  }
}

/** `:1`, `:1.0`, `unix:1` and `host:10.0` name one. */
function readDisplay(name: string): DisplayName | undefined {
  const found = /^(?:unix)?([^:/]*):(\d+)(?:\.(\d+))?$/.exec(name);
  if (!found) return undefined;
  const [, host = '', number, screen = '0'] = found;
  return { host, number: Number(number), screen: Number(screen) };
}

/** Gives exactly so many bytes of what the socket sends; rejects when it ends before that. */
function reader(socket: Socket): (size: number) => Promise<Buffer> {
  let got = Buffer.alloc(0);
  let over: Error | undefined;
  let wake = () => {};
  socket.on('data', (data: Buffer) => {
    got = Buffer.concat([got, data]);
    wake();
  });
  socket.on('error', (error) => {
    over = error;
  });
  socket.on('close', () => {
    over ??= new Error('The X server hung up');
    wake();
  });
  return async (size) => {
    while (got.length < size) {
      if (over) throw over;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const taken = got.subarray(0, size);
    got = got.subarray(size);
    return taken;
  };
}

/** The root window of the first screen, in what the server says of itself. */
function rootOf(server: Buffer): number {
  const vendor = server.readUInt16LE(16);
  const formats = server.readUInt8(21);
  return server.readUInt32LE(32 + padded(vendor) + formats * 8);
}

const padded = (length: number) => (length + 3) & ~3;

const cookieName = 'MIT-MAGIC-COOKIE-1';

function setup(key: Buffer | undefined): Buffer {
  const name = key ? cookieName : '';
  const dataAt = 12 + padded(name.length);
  const bytes = Buffer.alloc(dataAt + padded(key?.length ?? 0));
  bytes.write('l');
  bytes.writeUInt16LE(11, 2);
  bytes.writeUInt16LE(name.length, 6);
  bytes.writeUInt16LE(key?.length ?? 0, 8);
  bytes.write(name, 12, 'latin1');
  key?.copy(bytes, dataAt);
  return bytes;
}

function atomRequest(name: string, make: boolean): Buffer {
  const bytes = Buffer.alloc(8 + padded(name.length));
  bytes.writeUInt8(internAtom, 0);
  bytes.writeUInt8(make ? 0 : 1, 1);
  bytes.writeUInt16LE(bytes.length / 4, 2);
  bytes.writeUInt16LE(name.length, 4);
  bytes.write(name, 8, 'latin1');
  return bytes;
}

function messageRequest(root: number, window: number, what: number, data: readonly number[]): Buffer {
  const bytes = Buffer.alloc(44);
  bytes.writeUInt8(sendEvent, 0);
  bytes.writeUInt16LE(bytes.length / 4, 2);
  bytes.writeUInt32LE(root, 4);
  bytes.writeUInt32LE(toWindowManager, 8);
  bytes.writeUInt8(clientMessage, 12);
  bytes.writeUInt8(32, 13);
  bytes.writeUInt32LE(window, 16);
  bytes.writeUInt32LE(what, 20);
  for (const [at, word] of data.slice(0, 5).entries()) bytes.writeUInt32LE(word, 24 + at * 4);
  return bytes;
}

function ownerRequest(atom: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt8(getSelectionOwner, 0);
  bytes.writeUInt16LE(2, 2);
  bytes.writeUInt32LE(atom, 4);
  return bytes;
}

/** What lets this person onto the display; undefined where the X server asks for nothing. */
async function cookie(env: NodeJS.ProcessEnv, display: number): Promise<Buffer | undefined> {
  const file = env.XAUTHORITY || join(env.HOME || homedir(), '.Xauthority');
  const bytes = await readFile(file).catch(() => Buffer.alloc(0));
  let at = 0;
  const field = () => {
    const length = at + 2 <= bytes.length ? bytes.readUInt16BE(at) : 0;
    const value = bytes.subarray(at + 2, at + 2 + length);
    at += 2 + length;
    return value;
  };
  while (at + 2 < bytes.length) {
    // The family of the address, of which there is one on a person's own computer.
    at += 2;
    field();
    const number = field().toString('latin1');
    const name = field().toString('latin1');
    const key = field();
    if (name === cookieName && (number === '' || number === String(display))) return key;
  }
  return undefined;
}
