import { describe, expect, it } from 'vitest';
import { usualTimeouts } from '../../electron/core/http/exchange.ts';
import { failureOf } from '../../electron/core/http/failures.ts';
import { connectionErrors } from '../../electron/core/zoom/connection-errors.ts';
import { clientAt, reply, silence, startRawServer, startServer } from '../support/scripted-server.ts';
import { gate, nextTurn } from '../support/waiting.ts';

const whole = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{"id":"u1"}';

describe('answers that break off', () => {
  it.each([...whole].map((_, length) => length))('after %i bytes', async (length) => {
    const server = await startRawServer((socket) => socket.end(whole.slice(0, length)));
    const { client } = clientAt(server.url);
    expect(await client.call('user')).toMatchObject({
      ok: false,
      error: { kind: 'network', action: 'check-connection' },
    });
    expect(server.connections).toHaveLength(3);
  });

  it('are read when they are whole after all', async () => {
    const cuts = [3, 30, whole.length];
    const server = await startRawServer((socket) => socket.end(whole.slice(0, cuts.shift())));
    const result = await clientAt(server.url).client.call('user');
    expect(result).toMatchObject({ ok: true, data: { id: 'u1' } });
  });

  it.each([0, 20, 44])('leave a change sent once, after %i bytes', async (length) => {
    const server = await startRawServer((socket) =>
      socket.end('HTTP/1.1 204 No Content\r\nX-Zm-Trackingid: 1\r\n\r\n'.slice(0, length)),
    );
    const result = await clientAt(server.url).client.call('userUpdate', { body: {} as never });
    expect(result).toMatchObject({ ok: false, error: { kind: 'network' } });
    expect(server.connections).toHaveLength(1);
  });

  it('say so when the change itself was reported as done', async () => {
    const server = await startRawServer((socket) =>
      socket.end('HTTP/1.1 201 Created\r\nContent-Length: 90\r\n\r\n{"id":'),
    );
    const result = await clientAt(server.url).client.call('userCreate', { body: {} as never });
    expect(result).toMatchObject({
      ok: false,
      error: { kind: 'bad-answer', action: 'none', zoom: { http: 201 } },
    });
    expect(server.connections).toHaveLength(1);
  });

  it('do not hide that the sign-in was refused', async () => {
    const server = await startRawServer((socket) =>
      socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 90\r\n\r\n{"code":'),
    );
    const { client, refreshes } = clientAt(server.url);
    expect(await client.call('user')).toMatchObject({ error: { kind: 'not-signed-in' } });
    expect(refreshes).toHaveLength(1);
  });
});

describe('answers that are no answers', () => {
  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a broken header', 'HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n'],
    ['endless headers', `HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(100_000)}\r\n\r\n`],
  ])('%s', async (_, text) => {
    const server = await startRawServer((socket) => socket.end(text));
    expect(await clientAt(server.url).client.call('user')).toMatchObject({
      error: { kind: 'bad-answer', action: 'check-connection' },
    });
    expect(server.connections).toHaveLength(1);
  });

  it('a plain server where TLS is expected', async () => {
    const server = await startRawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const { client } = clientAt(server.url.replace('http:', 'https:'));
    expect(await client.call('user')).toMatchObject({
      error: { kind: 'network', what: 'The connection to Zoom isn’t safe, so it was closed.' },
    });
    expect(server.connections).toHaveLength(1);
  });

  it.each([
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  ])('a certificate that is not trusted (%s) is not tried again', (code) => {
    const { reason, passing } = failureOf(Object.assign(new Error('x'), { code }));
    expect(passing).toBe(false);
    expect(connectionErrors[reason]).toMatchObject({
      kind: 'network',
      what: 'The connection to Zoom isn’t safe, so it was closed.',
    });
  });

  it('more than 8 MB', async () => {
    const block = Buffer.alloc(1024 * 1024, 32);
    const server = await startServer((response) => {
      response.on('error', () => {});
      let sent = 0;
      const more = () => {
        while (sent < 12 && !response.destroyed) {
          sent += 1;
          if (!response.write(block)) return;
        }
        response.end();
      };
      response.on('drain', more).writeHead(200);
      more();
    });
    const result = await clientAt(server.url).client.call('user');
    expect(result).toMatchObject({
      error: { kind: 'bad-answer', what: 'Zoom’s answer was too large to read.' },
    });
    expect(server.seen).toHaveLength(1);
  });
});

describe('patience', () => {
  const short = { ...usualTimeouts, connect: 1_000, headers: 1_000, idle: 1_000 };

  it('ends when no headers come', async () => {
    const server = await startServer(silence);
    const { client } = clientAt(server.url, { timeouts: short });
    expect(await client.call('userUpdate', { body: {} as never })).toMatchObject({
      error: { kind: 'timeout', action: 'retry' },
    });
    expect(server.seen).toHaveLength(1);
  });

  it('ends when the body stops coming, and tries again', async () => {
    const server = await startServer(
      (response) => void response.writeHead(200, { 'content-length': 11 }).write('{"id"'),
      reply(200, {}),
    );
    const { client } = clientAt(server.url, { timeouts: short });
    expect(await client.call('user')).toMatchObject({ ok: true });
    expect(server.seen).toHaveLength(2);
  });

  it('ends when no connection comes about, and sends even a POST again then', async () => {
    const mute = await startRawServer(() => {});
    const server = await startServer(reply(201, {}));
    let calls = 0;
    const { client } = clientAt('', {
      timeouts: short,
      apiUrl: () => (calls++ === 0 ? mute.url.replace('http:', 'https:') : server.url),
    });
    expect(await client.call('userCreate', { body: {} as never })).toMatchObject({ ok: true });
    expect(mute.connections).toHaveLength(1);
    expect(server.seen).toHaveLength(1);
  });

  it('reads an answer that trickles', async () => {
    const server = await startRawServer((socket) => {
      const bytes = [...whole];
      const next = () => {
        const byte = bytes.shift();
        if (byte === undefined) return socket.end();
        socket.write(byte, () => setImmediate(next));
      };
      next();
    });
    expect(await clientAt(server.url).client.call('user')).toMatchObject({ ok: true, data: { id: 'u1' } });
  });

  it('ends when an answer trickles for two minutes', async () => {
    const server = await startServer((response) => void response.writeHead(201).write(' '));
    const { client, clock } = clientAt(server.url);
    const call = client.call('userCreate', { body: {} as never });
    await clock.waitForTimers();
    expect(clock.pending()).toEqual([120_000]);
    await clock.advance(120_000);
    expect(await call).toMatchObject({ ok: false, error: { kind: 'bad-answer', action: 'none' } });
    expect(clock.pending()).toEqual([]);
  });
});

describe('cancelling', () => {
  async function cancelled(start: (signal: AbortSignal) => Promise<unknown>, ready: () => Promise<unknown>) {
    const stop = new AbortController();
    const call = start(stop.signal);
    await ready();
    stop.abort();
    expect(await nextTurn(call)).toMatchObject({ ok: false, error: { kind: 'cancelled', action: 'none' } });
  }
  const never = () => new Promise<never>(() => {});

  it('sends nothing when it came first', async () => {
    const server = await startServer(reply(200, {}));
    const { client } = clientAt(server.url);
    const result = await client.call('user', {}, { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ error: { kind: 'cancelled' } });
    expect(server.seen).toHaveLength(0);
  });

  it('ends the wait for a token and for a refresh', async () => {
    const asking = clientAt('http://127.0.0.1:9', { session: { accessToken: never, refresh: never } });
    await cancelled(
      (signal) => asking.client.call('user', {}, { signal }),
      async () => {},
    );
    const server = await startServer(reply(401));
    const accessToken = async () => ({ ok: true, token: 't' }) as const;
    const refreshing = gate();
    const refresh = () => {
      refreshing.open();
      return never();
    };
    const { client } = clientAt(server.url, { session: { accessToken, refresh } });
    await cancelled(
      (signal) => client.call('user', {}, { signal }),
      () => refreshing.opened,
    );
  });

  it('ends the wait for the second to pass', async () => {
    const used = { 'x-ratelimit-type': 'QPS', 'x-ratelimit-limit': '1', 'x-ratelimit-remaining': '0' };
    const server = await startServer(reply(200, {}, used));
    const { client, clock } = clientAt(server.url);
    clock.skipWaits(-1);
    await client.call('user');
    await cancelled(
      (signal) => client.call('user', {}, { signal }),
      () => clock.waitForTimers(),
    );
    await clock.advance(5000);
    expect(server.seen).toHaveLength(1);
  });

  it('ends the wait for another try', async () => {
    const server = await startServer(reply(503), reply(200, {}));
    const { client, clock } = clientAt(server.url);
    clock.skipWaits(-1);
    await cancelled(
      (signal) => client.call('user', {}, { signal }),
      async () => {
        while (clock.pending()[0] !== 500) await clock.waitForTimers().then(() => clock.advance(0));
      },
    );
    expect(clock.pending()).toEqual([]);
    await clock.advance(5000);
    expect(server.seen).toHaveLength(1);
  });

  it('ends connecting', async () => {
    const server = await startRawServer(() => {});
    const { client } = clientAt(server.url.replace('http:', 'https:'));
    await cancelled(
      (signal) => client.call('user', {}, { signal }),
      () => server.received(1),
    );
  });

  it('ends the wait for headers and closes the connection', async () => {
    const gone = gate();
    const server = await startServer((response) => void response.on('close', gone.open));
    const { client } = clientAt(server.url);
    await cancelled(
      (signal) => client.call('user', {}, { signal }),
      () => server.received(1),
    );
    await gone.opened;
    expect(server.seen).toHaveLength(1);
  });

  it('ends a body and closes the connection', async () => {
    const gone = gate();
    const server = await startServer(
      (response) => void response.on('close', gone.open).writeHead(200).write('{"id":'),
    );
    const { client, clock } = clientAt(server.url);
    await cancelled(
      (signal) => client.call('user', {}, { signal }),
      () => clock.waitForTimers(),
    );
    await gone.opened;
    expect(clock.pending()).toEqual([]);
    expect(server.seen).toHaveLength(1);
  });
});
