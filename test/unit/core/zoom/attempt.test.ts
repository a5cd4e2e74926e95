import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../../electron/core/http/answer.ts';
import type { Exchange } from '../../../../electron/core/http/exchange.ts';
import type { Multipart } from '../../../../electron/core/http/multipart.ts';
import { type CallOptions, createAttempt } from '../../../../electron/core/zoom/attempt.ts';
import { Cancelled } from '../../../../electron/core/zoom/cancel.ts';
import type { LimitInfo } from '../../../../electron/core/zoom/limits.ts';
import { type Operation, type OperationId, operations } from '../../../../shared/zoom/operations.gen.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { fileOf } from '../../../support/multipart.ts';
import { nextTurn } from '../../../support/waiting.ts';

type Outgoing = Parameters<Exchange['send']>[0];
type Send = (outgoing: Outgoing, signal?: AbortSignal) => Promise<Answer>;

function answer(status: number, body: unknown = '', change: Partial<Answer> = {}): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: {}, body: Buffer.from(text), damage: null, ...change };
}
const broken = (status: number) =>
  answer(status, '', { body: null, damage: { kind: 'failed', cause: thrown('ECONNRESET') } });
const thrown = (code: string) => Object.assign(new Error('x'), { code });

/** Tries that come to what `send` gives, and what was told of them. */
function rig(send: Send | Answer, apiUrl = 'https://api.zoom.test/v2') {
  const clock = createFakeClock();
  const sent: Outgoing[] = [];
  const limits: LimitInfo[] = [];
  const saw: [LimitInfo, boolean][] = [];
  const internal: unknown[] = [];
  let address = apiUrl;
  const exchange: Exchange = {
    async send(outgoing, signal) {
      sent.push(outgoing);
      return typeof send === 'function' ? send(outgoing, signal) : send;
    },
    drop() {},
  };
  const attempt = createAttempt(
    {
      clock,
      apiUrl: () => address,
      onLimits: (one) => limits.push(one),
      onInternal: (cause) => internal.push(cause),
    },
    exchange,
    { turn: () => Promise.resolve(), saw: (...given) => void saw.push(given) },
  );
  return {
    clock,
    sent,
    limits,
    saw,
    internal,
    move: (to: string) => {
      address = to;
    },
    go: (id: OperationId, options: CallOptions = {}, more: object = {}) =>
      attempt(
        operations[id],
        { ok: true, target: '/users/me', json: null, file: null, ...more },
        'token-0',
        options,
      ),
  };
}

type Told = [kind: string, reached: string, passing: boolean];

const plain = { authorization: 'Bearer token-0', accept: 'application/json', 'user-agent': 'Tally' };

describe('one try', () => {
  it('is sent with the token, and with fields as JSON', async () => {
    const { go, sent } = rig(answer(200, {}));
    await go('user');
    await go('updatePresenceStatus', {}, { target: '/users/me/presence_status', json: '{"a":1}' });
    const common = { origin: 'https://api.zoom.test', upload: null };
    expect(sent).toEqual([
      { ...common, method: 'GET', path: '/v2/users/me', headers: plain, text: null },
      {
        ...common,
        method: 'PUT',
        path: '/v2/users/me/presence_status',
        headers: { ...plain, 'content-type': 'application/json' },
        text: '{"a":1}',
      },
    ]);
  });

  it('sends a file as a form, and tells how far it is until it is cancelled', async () => {
    const stop = new AbortController();
    const told: number[][] = [];
    const { go, sent } = rig(async ({ upload }) => {
      for await (const chunk of (upload as Multipart).stream()) if (chunk.byteLength === 2) stop.abort();
      return answer(201, {});
    });
    const file = fileOf(Uint8Array.of(1, 2, 3, 4), {}, 2);
    const options = { signal: stop.signal, onProgress: (...given: number[]) => told.push(given) };
    await expect(go('userPicture', options, { file })).rejects.toBeInstanceOf(Cancelled);
    const upload = sent[0]?.upload;
    expect(sent[0]?.headers).toEqual({
      ...plain,
      'content-type': upload?.contentType,
      'content-length': String(upload?.length),
    });
    expect(sent[0]).toMatchObject({ method: 'POST', text: null });
    expect(told).toEqual([[0, 4]]);
  });

  it('tells how far the file is where somebody listens, and goes on where nobody does', async () => {
    const told: number[] = [];
    const { go } = rig(async ({ upload }) => {
      for await (const _ of (upload as Multipart).stream());
      return answer(201, {});
    });
    const file = fileOf(Uint8Array.of(1, 2, 3, 4), {}, 2);
    expect(await go('userPicture', {}, { file })).toMatchObject({ ok: true });
    expect(await go('userPicture', { onProgress: (one) => told.push(one) }, { file })).toMatchObject({
      ok: true,
    });
    expect(told).toEqual([0, 2, 4]);
  });

  it('says that it is about to be sent, and what came, before anything is made of it', async () => {
    const log: unknown[] = [];
    const came = answer(400, { code: 300 });
    const { go } = rig(async () => {
      log.push('sent');
      return came;
    });
    await go('user', { onTry: () => log.push('try'), onAnswer: (...given) => log.push(given) });
    expect(log).toEqual(['try', 'sent', [came, 'token-0']]);
  });

  it('gives back what Zoom said, and its limits', async () => {
    const headers = {
      'x-zm-trackingid': 'T1',
      'x-ratelimit-type': 'QPS',
      'x-ratelimit-limit': '30',
      'x-ratelimit-remaining': '29',
    };
    const { go, limits, saw } = rig(answer(200, { id: 'a' }, { headers }));
    const found = { label: 'Light', type: 'per-second', limit: 30, remaining: 29, retryAt: null };
    expect(await go('user')).toEqual({
      ok: true,
      status: 200,
      data: { id: 'a' },
      limits: found,
      trackingId: 'T1',
    });
    expect(limits).toEqual([found]);
    expect(saw).toEqual([[found, false]]);
  });
});

describe('the address of the API', () => {
  it.each([
    ['https://api.zoom.test', 'https://api.zoom.test', '/users/me'],
    ['https://api.zoom.test:8443/v2//', 'https://api.zoom.test:8443', '/v2/users/me'],
    ['http://127.0.0.1:9/v2', 'http://127.0.0.1:9', '/v2/users/me'],
    ['http://[::1]:9/v2', 'http://[::1]:9', '/v2/users/me'],
    ['http://localhost:9/a/b', 'http://localhost:9', '/a/b/users/me'],
  ])('may be %s', async (address, origin, path) => {
    const { go, sent } = rig(answer(200, {}), address);
    await go('user');
    expect(sent).toMatchObject([{ origin, path }]);
  });

  it.each(['http://api.zoom.test/v2', 'http://127.0.0.2/v2', 'ftp://127.0.0.1/v2', 'ws://localhost/v2'])(
    'that would show the token to the network is not used: %s',
    async (address) => {
      const { go, sent } = rig(answer(200, {}), address);
      await expect(go('user')).rejects.toThrow('the address of the API isn’t safe');
      expect(sent).toEqual([]);
    },
  );

  it('is the one of the moment', async () => {
    const { go, sent, move } = rig(answer(200, {}));
    await go('user');
    move('https://api.zoomgov.test/v2');
    await go('user');
    await go('user');
    expect(sent.map(({ origin }) => origin)).toEqual([
      'https://api.zoom.test',
      'https://api.zoomgov.test',
      'https://api.zoomgov.test',
    ]);
  });
});

describe('what came of a try', () => {
  const html = '<html>';
  // Whether Zoom can have had anything of the request decides whether a change may be sent again.
  it.each<[string, OperationId, Answer, Told]>([
    ['Zoom is down', 'user', answer(503), ['zoom-down', 'perhaps', true]],
    ['an answer nobody understands', 'user', answer(200, html), ['bad-answer', 'perhaps', false]],
    ['a proxy in between', 'user', answer(407, html), ['network', 'no', false]],
    ['a refusal', 'user', answer(400, { code: 300, message: 'no' }), ['refused', 'yes', false]],
    ['no sign-in', 'user', answer(401, { code: 124 }), ['not-signed-in', 'yes', false]],
    [
      'too many calls',
      'user',
      answer(429, { code: 429, message: 'per-second' }),
      ['rate-limit', 'yes', false],
    ],
    ['a change done, and cut off', 'userCreate', broken(201), ['bad-answer', 'perhaps', false]],
    [
      'a change that can be repeated, and cut off',
      'updatePresenceStatus',
      broken(204),
      ['network', 'perhaps', true],
    ],
    ['an answer that was cut off', 'user', broken(200), ['network', 'perhaps', true]],
    ['a change refused, and cut off', 'userCreate', broken(400), ['network', 'perhaps', true]],
    ['no sign-in, and cut off', 'user', broken(401), ['not-signed-in', 'yes', false]],
  ])('%s', async (_, id, came, [kind, reached, passing]) => {
    const { go } = rig(came);
    expect(await go(id)).toMatchObject({ ok: false, error: { kind }, reached, passing });
  });

  it.each<[string, number, unknown, boolean | undefined]>([
    ['a limit of the second', 429, { code: 429, message: 'per-second rate limit' }, true],
    ['a limit of one person’s minute', 429, { code: 429, message: 'Too many requests.' }, undefined],
    ['another refusal', 400, { code: 300, message: 'no' }, false],
  ])('%s teaches what it can', async (_, status, body, refused) => {
    const { go, saw, limits } = rig(answer(status, body));
    await go('updatePresenceStatus');
    expect(saw.map(([, one]) => one)).toEqual(refused === undefined ? [] : [refused]);
    expect(limits).toHaveLength(1);
  });
});

describe('a try without an answer', () => {
  it.each<[string, string, string, boolean]>([
    ['ECONNREFUSED', 'network', 'no', true],
    ['ECONNRESET', 'network', 'perhaps', true],
    ['CERT_HAS_EXPIRED', 'network', 'perhaps', false],
  ])('because of %s', async (code, kind, reached, passing) => {
    const { go, internal } = rig(async () => {
      throw thrown(code);
    });
    expect(await go('user')).toMatchObject({ ok: false, error: { kind }, reached, passing });
    expect(internal).toEqual([]);
  });

  it('for a reason that nobody knows is written down', async () => {
    const cause = new Error('odd');
    const { go, internal } = rig(async () => {
      throw cause;
    });
    expect(await go('user')).toMatchObject({
      ok: false,
      error: { kind: 'internal' },
      reached: 'perhaps',
      passing: false,
    });
    expect(internal).toEqual([cause]);
  });

  it('because the file failed was not taken by Zoom, whatever the connection said', async () => {
    const { go, internal } = rig(async ({ upload }) => {
      for await (const _ of (upload as Multipart).stream());
      return answer(201);
    });
    const file = fileOf(Uint8Array.of(1, 2, 3), { size: 4 });
    expect(await go('userPicture', {}, { file })).toEqual({
      ok: false,
      error: expect.objectContaining({ kind: 'file', what: 'The file changed while it was sent.' }),
      reached: 'yes',
      passing: false,
    });
    expect(internal).toEqual([]);
  });

  it('as it was cancelled ends at once, and Zoom may have had it', async () => {
    const stop = new AbortController();
    const { go } = rig(() => new Promise(() => {}));
    const ended = go('user', { signal: stop.signal }).catch((cause: unknown) => cause);
    stop.abort();
    expect(await nextTurn(ended)).toMatchObject({ message: 'cancelled', reached: 'perhaps' });
  });

  it('that broke as it was cancelled counts as cancelled', async () => {
    const stop = new AbortController();
    const { go } = rig(async (_, signal) => {
      expect(signal).toBe(stop.signal);
      stop.abort();
      throw thrown('ECONNRESET');
    });
    await expect(go('user', { signal: stop.signal })).rejects.toBeInstanceOf(Cancelled);
  });
});

it('says nothing to nobody', async () => {
  const clock = createFakeClock();
  const exchange: Exchange = {
    send: async () => {
      throw new Error('odd');
    },
    drop() {},
  };
  const attempt = createAttempt({ clock, apiUrl: () => 'https://x.test' }, exchange, {
    turn: () => Promise.resolve(),
    saw() {},
  });
  const operation: Operation = operations.user;
  const prepared = { ok: true, target: '/', json: null, file: null } as const;
  expect(await attempt(operation, prepared, 't', {})).toMatchObject({ error: { kind: 'internal' } });
  const quiet = createAttempt(
    { clock, apiUrl: () => 'https://x.test' },
    { send: async () => answer(200, {}), drop() {} },
    { turn: () => Promise.resolve(), saw() {} },
  );
  expect(await quiet(operation, prepared, 't', {})).toMatchObject({ ok: true });
});
