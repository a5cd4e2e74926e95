import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallbackPage } from '../../electron/core/ports.ts';
import { listen } from '../../electron/desktop/sign-in/listener.ts';

const path = '/back-7f3a';

interface Rig {
  readonly port: number;
  readonly host: string;
  /** The addresses that were handed on. */
  readonly calls: string[];
  close(): void;
  /** Sends text as it is and gives everything that comes back until the connection ends. */
  send(text: string): Promise<string>;
}

/** Runs `use` with an open listener that answers every callback with `page`. */
async function withListener(
  use: (rig: Rig) => Promise<void>,
  page: CallbackPage = 'done',
  timeoutMs?: number,
): Promise<void> {
  const calls: string[] = [];
  const onCallback = (address: string) => {
    calls.push(address);
    return page;
  };
  const { port, close } = await listen(path, onCallback, timeoutMs === undefined ? {} : { timeoutMs });
  try {
    const send = (text: string) => untilClosed(connect(port, '127.0.0.1').setEncoding('utf8'), text);
    await use({ port, host: `127.0.0.1:${port}`, calls, close, send });
  } finally {
    close();
  }
}

function untilClosed(socket: Socket, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    // Being cut off is a refusal too.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
    socket.write(text);
  });
}

/** A request's text; undefined takes a header out. */
function request(
  { host }: Rig,
  line: string,
  headers: Readonly<Record<string, string | undefined>> = {},
): string {
  const all = Object.entries({ Host: host, ...headers }).filter(([, value]) => value !== undefined);
  return `${line} HTTP/1.1\r\n${all.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0);

describe("the browser's way back", () => {
  it('hands the whole address on and shows a page that needs and lets in nothing', async () => {
    await withListener(async (rig) => {
      const answer = await rig.send(request(rig, `GET ${path}?code=a%20b&state=x.y~z`));
      expect(rig.calls).toEqual([`http://127.0.0.1:${rig.port}${path}?code=a%20b&state=x.y~z`]);
      const [head = '', body = ''] = answer.split('\r\n\r\n');
      expect(statusOf(answer)).toBe(200);
      expect(body).toContain('Back to Tally');
      expect(body).toContain('You can close this tab.');
      expect(body).not.toMatch(/<script|<img|<link|<form|https?:/);
      const lines = head.toLowerCase().split('\r\n');
      expect(lines).toContain('connection: close');
      expect(lines).toContain('cache-control: no-store');
      expect(lines).toContain('referrer-policy: no-referrer');
      expect(lines).toContain('x-content-type-options: nosniff');
      expect(lines).toContain('content-type: text/html; charset=utf-8');
      const [, style = ''] = /<style>(.+)<\/style>/s.exec(body) ?? [];
      expect(style).toContain('color-scheme: light dark');
      expect(head).toContain(createHash('sha256').update(style).digest('base64'));
      expect(head).toMatch(
        /default-src 'none'; style-src 'sha256-[\w+/]{43}='; frame-ancestors 'none'; base-uri 'none'; form-action 'none'/,
      );
      expect(lines.filter((line) => /^(access-control|set-cookie|location|server)/.test(line))).toEqual([]);
    });
  });

  it.each([
    ['done', 200, 'Back to Tally', 'You’re signed in.'],
    ['declined', 200, 'Not connected', 'You declined'],
    ['stray', 400, 'Not the answer Tally waits for', 'doesn’t belong to the sign-in'],
    ['used', 400, 'Already answered', 'only the first one counts'],
    ['failed', 400, 'Not connected', 'didn’t work'],
  ] as const)(
    'shows its own words for %s, without a word of the request',
    async (page, status, title, words) => {
      await withListener(async (rig) => {
        const query = 'code=CANARY1&state=CANARY2&error=CANARY3&error_description=%3Cscript%3Ealert(1)';
        const answer = await rig.send(request(rig, `GET ${path}?${query}`));
        expect(statusOf(answer)).toBe(status);
        expect(answer).toContain(`<title>${title}</title>`);
        expect(answer).toContain(`<h1>${title}</h1>`);
        expect(answer).toContain(words);
        expect(answer).toContain('You can close this tab.');
        expect(answer).not.toMatch(/CANARY|alert/);
        expect(rig.calls).toHaveLength(1);
      }, page);
    },
  );

  it('takes the redirect of another site, with the headers that a browser sends, and many cookies', async () => {
    await withListener(async (rig) => {
      const headers = {
        'Sec-Fetch-Site': 'cross-site',
        'Sec-Fetch-Mode': 'navigate',
        'Sec-Fetch-Dest': 'document',
        'Sec-Fetch-User': '?1',
        'Upgrade-Insecure-Requests': '1',
        Cookie: 'x'.repeat(40_000),
        Connection: 'keep-alive',
      };
      expect(statusOf(await rig.send(request(rig, `GET ${path}?error=access_denied`, headers)))).toBe(200);
      expect(rig.calls).toHaveLength(1);
    });
  });

  it('takes a query of 4 KB', async () => {
    await withListener(async (rig) => {
      const query = `code=1?${'2'.repeat(4_089)}`;
      expect(statusOf(await rig.send(request(rig, `GET ${path}?${query}`)))).toBe(200);
      expect(rig.calls).toEqual([`http://${rig.host}${path}?${query}`]);
      expect(statusOf(await rig.send(request(rig, `GET ${path}?${query}3`)))).toBe(414);
    });
  });
});

describe('what is refused without a question', () => {
  it.each<[string, number, string, Record<string, string | undefined>]>([
    ['a Host that was rebound', 421, `GET ${path}?code=1`, { Host: 'elsewhere.example' }],
    ['localhost', 421, `GET ${path}?code=1`, { Host: 'localhost:1' }],
    ['a Host without the port', 421, `GET ${path}?code=1`, { Host: '127.0.0.1' }],
    ["another page's origin", 403, `GET ${path}?code=1`, { Origin: 'https://elsewhere.example' }],
    ['an origin that is hidden', 403, `GET ${path}?code=1`, { Origin: 'null' }],
    ['a fetch', 403, `GET ${path}?code=1`, { 'Sec-Fetch-Mode': 'no-cors' }],
    ['a fetch that asks for leave', 403, `GET ${path}?code=1`, { 'Sec-Fetch-Mode': 'cors' }],
    ['a WebSocket', 403, `GET ${path}?code=1`, { 'Sec-Fetch-Mode': 'websocket', Upgrade: 'websocket' }],
    ['a frame', 403, `GET ${path}?code=1`, { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' }],
    ['POST', 405, `POST ${path}?code=1`, { 'Content-Length': '0' }],
    ['HEAD', 405, `HEAD ${path}?code=1`, {}],
    ['OPTIONS', 405, `OPTIONS ${path}`, {}],
    ['PUT to nowhere', 405, 'PUT /other', { 'Content-Length': '0' }],
    ['the root', 404, 'GET /', {}],
    ['another path', 404, 'GET /other?code=1', {}],
    ['a longer path', 404, `GET ${path}/?code=1`, {}],
    ['the path in other letters', 404, `GET ${path.toUpperCase()}?code=1`, {}],
    ['an encoded path', 404, `GET /%62ack-7f3a?code=1`, {}],
    ['a path with dots', 404, `GET /x/..${path}?code=1`, {}],
    ['a path with encoded dots', 404, `GET /%2e${path}?code=1`, {}],
    ['an encoded slash', 404, `GET /%2f..${path}?code=1`, {}],
    ['two slashes', 404, `GET /${path}?code=1`, {}],
    ['a path parameter', 404, `GET ${path};a=1?code=1`, {}],
    ['an encoded question mark', 404, `GET ${path}%3fcode=1`, {}],
    ['a whole address', 404, `GET http://elsewhere.example${path}?code=1`, {}],
    ['a query over 4 KB', 414, `GET ${path}?code=${'1'.repeat(4_092)}`, {}],
    ['a head over 64 KB', 431, `GET ${path}?code=${'1'.repeat(70_000)}`, {}],
    ['a fragment', 400, `GET ${path}?code=1#2`, {}],
    ['markup', 400, `GET ${path}?code=<b>`, {}],
    ['a body', 400, `GET ${path}?code=1`, { 'Content-Length': '3' }],
    ['a body in pieces', 400, `GET ${path}?code=1`, { 'Transfer-Encoding': 'chunked' }],
    [
      'two lengths of a body',
      400,
      `GET ${path}?code=1`,
      { 'Content-Length': '3', 'Transfer-Encoding': 'chunked' },
    ],
  ])('%s gets %i', async (_, status, line, headers) => {
    await withListener(async (rig) => {
      const answer = await rig.send(request(rig, line, headers));
      expect(statusOf(answer)).toBe(status);
      expect(/^Allow: (.*)\r$/m.exec(answer)?.[1]).toBe(status === 405 ? 'GET' : undefined);
      // No hint of what would be right, and no page to bring anything into.
      expect(answer).not.toContain('<');
      expect(answer).not.toContain('back');
      expect(rig.calls).toEqual([]);
    });
  });

  it('a second Host, and a request without one', async () => {
    await withListener(async (rig) => {
      const twice = await rig.send(request(rig, `GET ${path}?code=1`, { host: 'elsewhere.example' }));
      expect(statusOf(twice)).toBe(421);
      const none = await rig.send(`GET ${path}?code=1 HTTP/1.0\r\n\r\n`);
      expect(statusOf(none)).toBe(421);
      expect(rig.calls).toEqual([]);
    });
  });

  it.each(['0.9', '1.0', '2.0'])('HTTP/%s', async (version) => {
    await withListener(async (rig) => {
      await rig.send(`GET ${path}?code=1 HTTP/${version}\r\nHost: ${rig.host}\r\n\r\n`);
      expect(rig.calls).toEqual([]);
    });
  });

  it('requests that follow on the same connection', async () => {
    await withListener(async (rig) => {
      const two = request(rig, `GET ${path}?code=1`) + request(rig, `GET ${path}?code=2`);
      expect(statusOf(await rig.send(two))).toBe(200);
      expect(rig.calls).toEqual([`http://${rig.host}${path}?code=1`]);
    });
  });

  it('whatever else a request line may be: only GETs of exactly the path are handed on', async () => {
    const target = fc.oneof(
      fc.constantFrom(path, `${path}/`, '/', '*', `http://127.0.0.1${path}`, `//${path}`, '/%2e%2e', '/é'),
      fc.string({ maxLength: 30 }),
      fc.webPath(),
    );
    const query = fc.oneof(
      fc.constant(''),
      fc.webQueryParameters().map((text) => `?${text}`),
      fc.string(),
    );
    const method = fc.constantFrom('GET', 'GET', 'GET', 'get', 'POST', 'HEAD', 'CONNECT', 'PRI', '');
    const version = fc.constantFrom('HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', '');
    await withListener(
      async (rig) => {
        await fc.assert(
          fc.asyncProperty(method, target, query, version, async (verb, where, asked, protocol) => {
            rig.calls.length = 0;
            const line = `${verb} ${where}${asked} ${protocol}`;
            await rig.send(`${line}\r\nHost: ${rig.host}\r\n\r\n`);
            const right = new RegExp(`^GET (${path}(\\?[!$-;=?-~]*)?) HTTP/1\\.1$`).exec(line)?.[1];
            expect(rig.calls).toEqual(right === undefined ? [] : [`http://${rig.host}${right}`]);
          }),
          { numRuns: 300 },
        );
      },
      'stray',
      300,
    );
  });
});

describe('the port', () => {
  it('is open on 127.0.0.1 alone', async () => {
    await withListener(async ({ port }) => {
      const others = Object.values(networkInterfaces())
        .flatMap((addresses) => addresses ?? [])
        .map(({ address }) => address)
        .filter((address) => address !== '127.0.0.1' && !address.startsWith('fe80'));
      for (const host of [...others, '127.0.0.2', '::1']) {
        const outcome = await new Promise((resolve) => {
          const socket = connect({ port, host });
          socket.on('error', () => resolve('refused'));
          socket.on('connect', () => {
            resolve('connected');
            socket.destroy();
          });
        });
        expect(`${host} ${outcome}`).toBe(`${host} refused`);
      }
    });
  });

  it('is another one each time, and the one asked for where it is free', async () => {
    await withListener(async ({ port }) => {
      await withListener(async (second) => expect(second.port).not.toBe(port));
      await expect(listen(path, () => 'done', { port })).rejects.toThrow('EADDRINUSE');
    });
  });

  it('is closed at once: who waits is cut off, who is being answered gets the whole answer', async () => {
    const idle: Socket[] = [];
    const listener = await listen(path, () => {
      listener.close();
      return 'done';
    });
    const { port } = listener;
    const waiting = connect(port, '127.0.0.1');
    await once(waiting, 'connect');
    const half = connect(port, '127.0.0.1');
    await once(half, 'connect');
    idle.push(waiting, half);
    half.write('GET ');
    const cut = idle.map((socket) => untilClosed(socket.setEncoding('utf8'), ''));
    const text = `GET ${path}?code=1 HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`;
    const answer = await untilClosed(connect(port, '127.0.0.1').setEncoding('utf8'), text);
    expect(statusOf(answer)).toBe(200);
    expect(answer).toContain('</html>');
    expect(await Promise.all(cut)).toEqual(['', '']);
    const later = connect(port, '127.0.0.1');
    await expect(once(later, 'connect')).rejects.toThrow('ECONNREFUSED');
    listener.close();
  });

  it('waits for no slow request', async () => {
    await withListener(
      async (rig) => {
        const silent = rig.send('');
        const slow = rig.send(`GET ${path}?code=1 HTTP/1.1\r\nHost: ${rig.host}\r\nX-More: `);
        // One byte at a time keeps a connection from being idle.
        const dripping = connect(rig.port, '127.0.0.1');
        const drip = setInterval(() => dripping.write('x'), 20);
        const dripped = await untilClosed(dripping.setEncoding('utf8'), `GET ${path}?code=`);
        clearInterval(drip);
        for (const answer of [dripped, await silent, await slow])
          expect([0, 408]).toContain(statusOf(answer));
        expect(rig.calls).toEqual([]);
      },
      'done',
      200,
    );
  });

  it('holds twenty connections at most, and still answers the browser among two hundred', async () => {
    await withListener(async (rig) => {
      let open = 0;
      const sockets = await Promise.all(
        Array.from({ length: 200 }, async () => {
          const socket = connect(rig.port, '127.0.0.1');
          socket.on('error', () => undefined);
          socket.on('close', () => {
            open -= 1;
          });
          await once(socket, 'connect');
          open += 1;
          socket.resume();
          return socket;
        }),
      );
      expect(statusOf(await rig.send(request(rig, `GET ${path}?code=1`)))).toBe(200);
      expect(rig.calls).toHaveLength(1);
      // The browser's was the twentieth.
      await expect.poll(() => open).toBe(19);
      for (const socket of sockets) socket.destroy();
    });
  });
});
