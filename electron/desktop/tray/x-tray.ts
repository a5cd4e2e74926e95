import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** How long the X server may take, in ms. */
const patience = 2_000;
/** Requests of the core protocol. */
const internAtom = 16;
const getSelectionOwner = 23;
const replySize = 32;

interface Display {
  readonly host: string;
  readonly number: number;
  readonly screen: number;
}

/**
 * Whether a panel of the older kind (XEmbed: tint2, i3bar, polybar, trayer, stalonetray) shows icons on the X display of `env`.
 * Electron puts its icon there where no panel is on the bus (electron#36815). The panel owns a selection, which is asked of the X
 * server itself. False without a display; never rejects.
 */
export async function hasXTray(env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  const display = readDisplay(env.DISPLAY ?? '');
  if (!display) return false;
  const { host, number, screen } = display;
  const socket = host ? connect(6_000 + number, host) : connect(`/tmp/.X11-unix/X${number}`);
  socket.setTimeout(patience, () => socket.destroy(new Error('The X server doesn’t answer')));
  try {
    const take = reader(socket);
    socket.write(setup(await cookie(env, number)));
    const [accepted, , , , , , low = 0, high = 0] = await take(8);
    if (accepted !== 1) return false;
    await take((low + high * 256) * 4);
    socket.write(atomRequest(`_NET_SYSTEM_TRAY_S${screen}`));
    const atom = (await take(replySize)).readUInt32LE(8);
    if (atom === 0) return false;
    socket.write(ownerRequest(atom));
    return (await take(replySize)).readUInt32LE(8) !== 0;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** `:1`, `:1.0`, `unix:1` and `host:10.0` name one. */
function readDisplay(name: string): Display | undefined {
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

/** Of an atom that is there; nobody has ever had the selection of one that is not. */
function atomRequest(name: string): Buffer {
  const bytes = Buffer.alloc(8 + padded(name.length));
  bytes.writeUInt8(internAtom, 0);
  bytes.writeUInt8(1, 1);
  bytes.writeUInt16LE(bytes.length / 4, 2);
  bytes.writeUInt16LE(name.length, 4);
  bytes.write(name, 8, 'latin1');
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
