/** What a window manager is asked about the popover, at an X server that writes down what comes. */
import { createServer } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { skipTaskbar } from '../../electron/desktop/skip-taskbar.ts';

const root = 0x51d;
const window = 0x1400007;
const names = ['_NET_WM_STATE', '_NET_WM_STATE_SKIP_TASKBAR', '_NET_WM_STATE_SKIP_PAGER'];
const [internAtom, sendEvent] = [16, 25];

let cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps) cleanUp();
  cleanUps = [];
});

const handle = () => {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(window);
  return bytes;
};

/** What the server says of itself: a vendor of five letters, one format of pixels, one screen. */
function welcome(): Buffer {
  const bytes = Buffer.alloc(8 + 32 + 8 + 8 + 40);
  bytes.writeUInt8(1, 0);
  bytes.writeUInt16LE((bytes.length - 8) / 4, 6);
  bytes.writeUInt16LE(5, 8 + 16);
  bytes.writeUInt8(1, 8 + 20);
  bytes.writeUInt8(1, 8 + 21);
  bytes.writeUInt32LE(root, 8 + 32 + 8 + 8);
  return bytes;
}

/** Numbers names from 301 on, and gives each request to `hear`. */
async function startServer(hear: (request: Buffer) => void): Promise<NodeJS.ProcessEnv> {
  const atoms: string[] = [];
  const server = createServer((socket) => {
    let got: Buffer = Buffer.alloc(0);
    let isIn = false;
    const answer = (request: Buffer) => {
      hear(request);
      const reply = Buffer.alloc(32);
      reply.writeUInt8(1, 0);
      if (request[0] === internAtom) {
        const name = request.toString('latin1', 8, 8 + request.readUInt16LE(4));
        reply.writeUInt32LE(300 + atoms.push(name), 8);
      }
      if (request[0] !== sendEvent) socket.write(reply);
    };
    socket.on('data', (data: Buffer) => {
      got = Buffer.concat([got, data]);
      if (!isIn && got.length >= 12) {
        isIn = true;
        got = got.subarray(12);
        socket.write(welcome());
      }
      while (isIn && got.length >= 4 && got.length >= got.readUInt16LE(2) * 4) {
        const size = got.readUInt16LE(2) * 4;
        answer(got.subarray(0, size));
        got = got.subarray(size);
      }
    });
  });
  cleanUps.push(() => server.close());
  // Displays are numbered from this port on.
  for (let number = 40; ; number += 1) {
    const taken = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(true));
      server.listen(6_000 + number, '127.0.0.1', () => resolve(false));
    });
    if (!taken) return { DISPLAY: `127.0.0.1:${number}`, XAUTHORITY: '/dev/null' };
  }
}

it('asks for no place of the window in the lists of windows', async () => {
  const requests: Buffer[] = [];
  const env = await startServer((request) => requests.push(Buffer.from(request)));
  await skipTaskbar(handle(), env);
  const asked = requests.slice(0, 3);
  expect(asked.map((one) => one.toString('latin1', 8, 8 + one.readUInt16LE(4)))).toEqual(names);
  const words = requests[3] ?? Buffer.alloc(0);
  expect(words[0]).toBe(sendEvent);
  expect(words.readUInt32LE(4)).toBe(root);
  // A message of 32 bits a word about the window: it is to have two states, says a program.
  expect([words[12], words[13]]).toEqual([33, 32]);
  const about = [16, 20, 24, 28, 32, 36].map((at) => words.readUInt32LE(at));
  expect(about).toEqual([window, 301, 1, 302, 303, 1]);
});

it('does nothing where there is no X server', async () => {
  await skipTaskbar(handle(), {});
  await skipTaskbar(handle(), { DISPLAY: '127.0.0.1:59000' });
});
