import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepare } from '../../electron/core/zoom/request.ts';
import { tallyError } from '../../shared/errors.ts';
import { type OperationId, operations } from '../../shared/zoom/operations.gen.ts';
import { clientAt, hangUp, reply, serve, startServer } from '../support/scripted-server.ts';

const expired = reply(401, { code: 124, message: 'Access token is expired.' });

describe('what is sent', () => {
  it('sends the presence of oneself as JSON with the token', async () => {
    const { server, client } = await serve(reply(204));
    const result = await client.call('updatePresenceStatus', { body: { status: 'Away' } });
    expect(result).toMatchObject({ ok: true, status: 204, data: null });
    expect(server.seen).toHaveLength(1);
    const [request] = server.seen;
    expect(request).toMatchObject({ method: 'PUT', url: '/v2/users/me/presence_status' });
    expect(request?.headers).toMatchObject({
      authorization: 'Bearer token-0',
      'content-type': 'application/json',
      accept: 'application/json',
    });
    expect(String(request?.body)).toBe('{"status":"Away"}');
  });

  it('gives back data, tracking id and limits', async () => {
    const { client, limits } = await serve(
      reply(
        200,
        { id: 'u1', email: 'robin@practice.example' },
        {
          'x-zm-trackingid': 'v=2.0;clid=us02;rid=WEB_1',
          'x-ratelimit-type': 'QPS',
          'x-ratelimit-limit': '30',
          'x-ratelimit-remaining': '29',
        },
      ),
    );
    const result = await client.call('user');
    expect(result).toEqual({
      ok: true,
      status: 200,
      data: { id: 'u1', email: 'robin@practice.example' },
      trackingId: 'v=2.0;clid=us02;rid=WEB_1',
      limits: { label: 'Light', type: 'per-second', limit: 30, remaining: 29, retryAt: null },
    });
    expect(limits).toHaveLength(1);
  });

  it('encodes every path part and query value and leaves out what is not set', async () => {
    const { server, client } = await serve(reply(200, {}));
    await client.call('user', {
      path: { userId: 'a+b/c?d#é@x.com' },
      query: { login_type: undefined, search_by_unique_id: true } as never,
    });
    expect(server.seen[0]?.url).toBe('/v2/users/a%2Bb%2Fc%3Fd%23%C3%A9%40x.com?search_by_unique_id=true');
  });

  it('waits for the answer behind what a server says ahead of it', async () => {
    const { client, clock } = await serve((response, request) => {
      response.writeProcessing();
      response.writeEarlyHints({ link: '</style.css>; rel=preload' });
      reply(200, { id: 'u1' })(response, request);
    });
    expect(await client.call('user')).toMatchObject({ ok: true, status: 200, data: { id: 'u1' } });
    expect(clock.pending()).toEqual([]);
  });

  it('joins lists with commas', async () => {
    const { server, client } = await serve(reply(204));
    await client.call('delUserVB', { query: { file_ids: ['a-1', '_b 2'] } as never });
    expect(server.seen[0]?.url).toBe('/v2/users/me/settings/virtual_backgrounds?file_ids=a-1%2C_b%202');
  });

  it('decodes back to the same text, whatever the id, and never leaves its folder', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (userId) => {
        const prepared = prepare(operations.userSettings, { path: { userId } });
        const dots = userId === '.' || userId === '..';
        expect(prepared.ok).toBe(!dots && Buffer.from(userId).toString() === userId);
        if (!prepared.ok) return;
        const parts = prepared.target.split('/');
        expect(parts).toHaveLength(4);
        expect(parts[3]).toBe('settings');
        expect(decodeURIComponent(parts[2] ?? '')).toBe(userId);
        expect(new URL(prepared.target, 'http://x').pathname).toBe(prepared.target);
      }),
    );
  });

  const inItself: { status?: unknown } = {};
  inItself.status = inItself;
  const refused: [string, OperationId, object][] = [
    ['an unknown path parameter', 'user', { path: { user: 'x' } }],
    ['a parameter for a fixed path', 'userZak', { path: { userId: 'me' } }],
    ['a missing path parameter', 'userAssistantDelete', { path: { userId: 'me' } }],
    ['an empty path parameter', 'user', { path: { userId: '' } }],
    ['a single dot', 'user', { path: { userId: '.' } }],
    ['two dots', 'user', { path: { userId: '..' } }],
    ['an object as path parameter', 'user', { path: { userId: { id: 1 } } }],
    ['half a character', 'user', { path: { userId: '\ud800' } }],
    ['an unknown query parameter', 'user', { query: { color: 'red' } }],
    ['a query parameter that is no number', 'users', { query: { page_size: Number.NaN } }],
    ['a query that is a text', 'users', { query: 'page_size=1' }],
    ['fields where none are taken', 'user', { body: {} }],
    ['fields that are a text', 'updatePresenceStatus', { body: 'Away' }],
    [
      'fields with an endless number',
      'updatePresenceStatus',
      { body: { duration: Number.POSITIVE_INFINITY } },
    ],
    ['fields that hold themselves', 'updatePresenceStatus', { body: inItself }],
    ['an upload without a file', 'userPicture', {}],
    ['a file where none is taken', 'user', { file: { name: 'a', type: 'b/c', size: 1, open: () => [] } }],
    ['a file of unknown size', 'userPicture', { file: { name: 'a', type: 'b/c', size: -1, open: () => [] } }],
    ['an unknown operation', 'toString' as OperationId, {}],
    ['deleting without saying whom', 'userDelete', {}],
  ];
  it.each(refused)('refuses %s before sending', async (_, id, input) => {
    const { server, client } = await serve(reply(204));
    const result = await client.call(id, input);
    expect(result).toMatchObject({ ok: false, error: { kind: 'invalid-input', action: 'check-input' } });
    expect(server.seen).toHaveLength(0);
  });

  it('never sends the token in clear over the network', async () => {
    const { client } = clientAt('http://zoom.example');
    expect(await client.call('user')).toMatchObject({ ok: false, error: { kind: 'internal' } });
  });

  it('follows no redirect', async () => {
    const { server, client } = await serve(reply(302, '', { location: '/v2/users/other' }));
    expect(await client.call('user')).toMatchObject({
      ok: false,
      error: { kind: 'bad-answer', zoom: { http: 302 } },
    });
    expect(server.seen).toHaveLength(1);
  });
});

describe('sign-in', () => {
  it.each([
    ['401/124', expired],
    ['400/124', reply(400, { code: 124, message: 'Invalid access token.' })],
    ['401 without a code', reply(401)],
  ])('refreshes once at %s and repeats the call once', async (_, refusal) => {
    const { server, client, refreshes } = await serve(refusal, reply(204));
    const result = await client.call('userUpdate', { body: { first_name: 'Robin' } as never });
    expect(result.ok).toBe(true);
    expect(refreshes).toEqual(['token-0']);
    expect(server.seen.map((request) => request.headers.authorization)).toEqual([
      'Bearer token-0',
      'Bearer token-1',
    ]);
    expect(server.seen.map((request) => String(request.body))).toEqual([
      '{"first_name":"Robin"}',
      '{"first_name":"Robin"}',
    ]);
  });

  it('asks for a new sign-in when the fresh token is refused too', async () => {
    const { server, client, refreshes } = await serve(expired);
    const result = await client.call('user');
    expect(result).toMatchObject({ ok: false, error: { kind: 'not-signed-in', action: 'sign-in' } });
    expect(refreshes).toHaveLength(1);
    expect(server.seen).toHaveLength(2);
  });

  it('hands on why the refresh failed', async () => {
    const server = await startServer(expired);
    const error = tallyError('network', 'Zoom couldn’t be reached.');
    const { client } = clientAt(server.url, {
      session: {
        accessToken: async () => ({ ok: true, token: 't' }),
        refresh: async () => ({ ok: false, error }),
      },
    });
    expect(await client.call('user')).toEqual({ ok: false, error, reached: 'yes' });
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    [
      '400/4711',
      400,
      4711,
      'Invalid access token, does not contain scopes:[user:read:user, user:read:user:admin].',
    ],
    [
      '400/4700',
      400,
      4700,
      'Invalid access token, does not contain scopes: [user:read:user,user:read:user:admin]',
    ],
    [
      '401/4700',
      401,
      4700,
      'Invalid access token, does not contain scopes: [user:read:user user:read:user:admin].',
    ],
  ])('names the missing scopes of %s and refreshes nothing', async (_, http, code, message) => {
    const { server, client, refreshes } = await serve(reply(http, { code, message }));
    const result = await client.call('user');
    expect(result).toMatchObject({
      ok: false,
      error: {
        kind: 'missing-scope',
        action: 'add-scope',
        scopes: ['user:read:user', 'user:read:user:admin'],
        zoom: { operation: 'user', http, code, message },
      },
    });
    expect(refreshes).toEqual([]);
    expect(server.seen).toHaveLength(1);
  });

  it('takes the scopes from the catalogue where Zoom names none', async () => {
    const { client } = await serve(reply(400, { code: 4700, message: 'Token cannot be empty.' }));
    const result = await client.call('updatePresenceStatus', { body: { status: 'Away' } });
    const { granular, classic } = operations.updatePresenceStatus.scopes;
    expect(result).toMatchObject({ error: { kind: 'missing-scope', scopes: [...granular, ...classic] } });
  });

  it.each(['', 'two\nlines', 'ü'])('sends no damaged token (%j)', async (token) => {
    const server = await startServer(reply(204));
    const give = async () => ({ ok: true, token }) as const;
    const { client } = clientAt(server.url, { session: { accessToken: give, refresh: give } });
    expect(await client.call('user')).toMatchObject({ error: { kind: 'not-signed-in' } });
    expect(server.seen).toHaveLength(0);
  });

  it('survives a session that throws', async () => {
    const cause = new Error('CANARY');
    const fail = () => Promise.reject(cause);
    const told: unknown[] = [];
    const { client } = clientAt('http://127.0.0.1:9', {
      session: { accessToken: fail, refresh: fail },
      onInternal: (entry) => told.push(entry),
    });
    const result = await client.call('user');
    expect(result).toMatchObject({ ok: false, error: { kind: 'internal' } });
    expect(JSON.stringify(result)).not.toContain('CANARY');
    expect(told).toEqual([cause]);
  });
});

describe('trying again', () => {
  const down = reply(503, '<html><body>503 Service Temporarily Unavailable</body></html>');

  it.each<[OperationId, object]>([
    ['user', {}],
    ['updatePresenceStatus', { body: { status: 'Away' } }],
    ['userPictureDelete', {}],
  ])('repeats %s at 5xx and broken connections, three tries in all', async (id, input) => {
    const success = operations[id].success[0];
    const { server, client, clock } = await serve(down, hangUp, reply(success, success === 200 ? {} : ''));
    expect((await client.call(id, input)).ok).toBe(true);
    expect(server.seen).toHaveLength(3);
    expect(clock.skipped).toEqual([500, 1000]);
  });

  it('gives up after the third try', async () => {
    const { server, client } = await serve(down);
    expect(await client.call('user')).toMatchObject({
      error: { kind: 'zoom-down', action: 'retry', zoom: { http: 503 } },
    });
    expect(server.seen).toHaveLength(3);
  });

  it.each([
    ['5xx', down, 'zoom-down'],
    ['a broken connection', hangUp, 'network'],
  ])('sends PATCH and POST exactly once at %s', async (_, trouble, kind) => {
    const { server, client } = await serve(trouble, reply(204));
    const patch = await client.call('userSettingsUpdate', { body: {} as never });
    expect(patch).toMatchObject({ ok: false, error: { kind } });
    expect(server.seen).toHaveLength(1);
    const other = await serve(trouble, reply(201));
    const post = await other.client.call('userAssistantCreate', { body: { assistants: [] } as never });
    expect(post).toMatchObject({ ok: false, error: { kind } });
    expect(other.server.seen).toHaveLength(1);
  });

  it('sends POST again when the connection was refused', async () => {
    const late = await startServer(reply(201, {}));
    const closed = await startServer(reply(201));
    await closed.close();
    let calls = 0;
    const { client, clock } = clientAt('', {
      apiUrl: () => `${calls++ === 0 ? closed.url : late.url}/v2`,
    });
    expect((await client.call('userAssistantCreate', { body: { assistants: [] } as never })).ok).toBe(true);
    expect(late.seen).toHaveLength(1);
    expect(clock.skipped).toEqual([500]);
  });

  it('reports a closed port as a network error', async () => {
    const closed = await startServer(reply(204));
    await closed.close();
    const result = await clientAt(closed.url).client.call('user');
    expect(result).toMatchObject({ error: { kind: 'network', action: 'check-connection' } });
  });

  it('waits as long as a 503 asks, but not over ten seconds', async () => {
    const short = await serve(reply(503, '', { 'retry-after': '7' }), reply(200, {}));
    expect((await short.client.call('user')).ok).toBe(true);
    expect(short.clock.skipped).toEqual([7000]);
    const long = await serve(reply(503, '', { 'retry-after': '120' }), reply(200, {}));
    const result = await long.client.call('user');
    expect(result).toMatchObject({ error: { kind: 'zoom-down', retryAt: long.clock.now() + 120_000 } });
    expect(long.server.seen).toHaveLength(1);
  });

  it('begins no try when the call is already 45 seconds old', async () => {
    const server = await startServer((response) => {
      clock.jump(45_000);
      response.destroy();
    });
    const { client, clock } = clientAt(server.url);
    expect(await client.call('user')).toMatchObject({ error: { kind: 'network' } });
    expect(server.seen).toHaveLength(1);
  });

  it('says that an earlier try may have worked', async () => {
    const { client } = await serve(hangUp, reply(429, { code: 429, message: 'Too many requests.' }));
    const result = await client.call('updatePresenceStatus', { body: { status: 'Away' } });
    expect(result).toMatchObject({
      error: { kind: 'minute-limit', why: 'An earlier try broke off and may have worked.' },
    });
  });

  it('opens new connections after the old ones were dropped', async () => {
    const { server, client } = await serve(reply(200, {}));
    await client.call('user');
    client.dropConnections();
    client.dropConnections();
    expect((await client.call('user')).ok).toBe(true);
    expect(server.seen).toHaveLength(2);
  });

  it('reports an HTTP library that does not load, and loads it at the next call', async () => {
    const server = await startServer(reply(200, {}));
    let loads = 0;
    const told: unknown[] = [];
    const { client } = clientAt(server.url, {
      onInternal: (cause) => told.push(cause),
      makeDispatcher: async (options) => {
        loads += 1;
        if (loads === 1) throw new Error('chunk is missing');
        const { Agent } = await import('undici');
        return new Agent(options);
      },
    });
    expect(loads).toBe(0);
    expect(await client.call('user')).toMatchObject({ error: { kind: 'internal' } });
    expect((await client.call('user')).ok).toBe(true);
    expect((await client.call('user')).ok).toBe(true);
    expect(loads).toBe(2);
    expect(told).toHaveLength(1);
  });
});
