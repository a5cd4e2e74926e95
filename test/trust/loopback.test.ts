import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { listen } from '../../electron/desktop/sign-in/listener.ts';
import { startPractice } from '../../electron/practice/server.ts';

/**
 * The two servers that Tally opens, flooded by a program of the same computer. What a single bad request gets is proved by
 * test/contract/sign-in-listener.test.ts and test/contract/practice-guards.test.ts.
 */

/** Connections in all, and at a time: ordinary users may have 1,024 files open. */
const flood = 10_000;
const atATime = 250;
/** Holds them from a process of its own, as one may not have so many files open. */
const flooder = 'test/support/trust/flood.ts';

interface Target {
  readonly port: number;
  /** Connections that it holds at the least, when it is flooded; a few may have been too slow for it. */
  readonly holds: number;
  /** Whether it still does what it is there for. */
  answers(): Promise<boolean>;
  close(): unknown;
}

/** Asked by a connection of its own, as a program and not as a web page would. */
async function status(url: string, headers: Readonly<Record<string, string>> = {}): Promise<number> {
  const [response] = (await once(get(url, { headers, agent: false }), 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'close');
  return response.statusCode ?? 0;
}

const targets: Readonly<Record<string, () => Promise<Target>>> = {
  async 'the way back from the browser'() {
    const path = '/back';
    const { port, close } = await listen(path, () => 'done');
    return {
      port,
      // It keeps twenty and cuts the others off.
      holds: 0,
      answers: async () => (await status(`http://127.0.0.1:${port}${path}?code=1`)) === 200,
      close,
    };
  },
  async 'the practice Zoom'() {
    const practice = await startPractice({ limits: false });
    const headers = { authorization: `Bearer ${practice.accessToken}` };
    return {
      port: Number(new URL(practice.apiUrl).port),
      holds: 0.9 * flood,
      answers: async () => (await status(`${practice.apiUrl}/users/me`, headers)) === 200,
      close: practice.close,
    };
  },
};

/** Ways to spend a connection, by what is written to it. */
const floods: Readonly<Record<string, string>> = {
  'that say nothing': '',
  'that never finish': 'GET / HTTP/1.1\r\nHost: ',
  'that ask as another host': 'GET /v2/users/me HTTP/1.1\r\nHost: evil.example\r\n\r\n',
};

/** What nobody holds any more is no growth. */
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** MB. Most of the flood is sent from this same process; what it leaves behind must not grow with the number of connections. */
const mostGrowth = 150;

/** Opens a connection, writes, and leaves it; resolves whether it was taken, refused or cut. */
async function spend(port: number, text: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => {});
  if (text !== '') socket.write(text);
  return socket;
}

describe.each(Object.entries(targets))('%s', (_, open) => {
  it.each(Object.entries(floods))(`answers during and after ${flood} connections %s`, async (_name, text) => {
    const target = await open();
    const before = process.memoryUsage().rss;
    try {
      for (let count = 0; count < flood; count += atATime) {
        const sockets = await Promise.all(Array.from({ length: atATime }, () => spend(target.port, text)));
        if (count % (atATime * 10) === 0) {
          expect(await target.answers()).toBe(true);
          collectGarbage();
        }
        for (const socket of sockets) socket.destroy();
      }
      expect(await target.answers()).toBe(true);
      collectGarbage();
      expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(mostGrowth);
    } finally {
      await target.close();
    }
  });

  it.each(Object.entries(floods))(
    `answers while ${flood} connections %s are held at once`,
    async (_name, text) => {
      const target = await open();
      const before = process.memoryUsage().rss;
      const child = spawn(process.execPath, [flooder, String(target.port), String(flood), text], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      try {
        const [held] = await once(child.stdout, 'data');
        expect(Number(String(held))).toBeGreaterThan(target.holds);
        expect(await target.answers()).toBe(true);
        child.stdin.end();
        await once(child, 'close');
        expect(await target.answers()).toBe(true);
        collectGarbage();
        expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(mostGrowth);
      } finally {
        child.kill();
        await target.close();
      }
    },
  );

  it('reads no endless head, and no endless body for a stranger', async () => {
    const target = await open();
    try {
      for (const head of [
        'GET / HTTP/1.1\r\nX-Long: ',
        `POST /v2/users/me/picture HTTP/1.1\r\nHost: 127.0.0.1:${target.port}\r\nTransfer-Encoding: chunked\r\n\r\n`,
      ]) {
        const socket = connect(target.port, '127.0.0.1');
        const closed = once(socket, 'close').catch(() => {});
        socket.on('error', () => {});
        socket.resume();
        socket.write(head);
        const chunk = head.startsWith('POST') ? `10000\r\n${'x'.repeat(65_536)}\r\n` : 'x'.repeat(65_536);
        let written = 0;
        while (!socket.destroyed && written < 100e6) {
          written += chunk.length;
          if (!socket.write(chunk))
            await Promise.race([once(socket, 'drain'), closed, delay(1_000)]).catch(() => {});
          if (socket.readableEnded) break;
        }
        socket.destroy();
        await closed;
        expect(written, head.slice(0, 4)).toBeLessThan(40e6);
      }
      expect(await target.answers()).toBe(true);
    } finally {
      await target.close();
    }
  });
});
