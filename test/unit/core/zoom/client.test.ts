import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { describe, expect, it } from 'vitest';
import type { ConnectionOptions } from '../../../../electron/core/http/connections.ts';
import type { TokenResult, ZoomSession } from '../../../../electron/core/ports.ts';
import { createZoomClient, type ZoomClientDeps } from '../../../../electron/core/zoom/client.ts';
import { tallyError } from '../../../../shared/errors.ts';
import type { OperationId } from '../../../../shared/zoom/operations.gen.ts';
import { createFakeClock, settle } from '../../../support/fake-clock.ts';
import { fakeDispatch } from '../../../support/fake-dispatcher.ts';
import { nextTurn } from '../../../support/waiting.ts';

type Reply = { readonly status: number; readonly body?: unknown; readonly headers?: object } | Error;

const worked: Reply = { status: 200, body: {} };
const done: Reply = { status: 204 };
const down: Reply = { status: 503 };
const signedOut: Reply = { status: 401, body: { code: 124, message: 'Access token is expired.' } };
const broken = Object.assign(new Error('x'), { code: 'ECONNRESET' });
const never = () => new Promise<never>(() => {});
const refusal = tallyError('network', 'No way.');

/** A client whose calls come to these replies, one a request; the last one stays. */
function rig(replies: readonly Reply[], change: Partial<ZoomClientDeps> = {}) {
  const clock = createFakeClock();
  const tokens: string[] = [];
  const asked: string[] = [];
  const internal: unknown[] = [];
  const options: ConnectionOptions[] = [];
  let destroyed = 0;
  const dispatcher = {
    dispatch: fakeDispatch(async ({ headers }) => {
      const reply = replies[Math.min(tokens.length, replies.length - 1)];
      tokens.push((headers as { authorization: string }).authorization);
      if (reply === undefined || reply instanceof Error) throw reply;
      const text = reply.body === undefined ? '' : JSON.stringify(reply.body);
      return { status: reply.status, headers: reply.headers ?? {}, body: Readable.from([Buffer.from(text)]) };
    }),
    destroy: async () => {
      destroyed += 1;
    },
  };
  const session: ZoomSession = {
    async accessToken() {
      asked.push('access');
      return { ok: true, token: `t${asked.length}` };
    },
    async refresh(used) {
      asked.push(`refresh ${used}`);
      return { ok: true, token: `r${asked.length}` };
    },
  };
  const client = createZoomClient({
    clock,
    session,
    apiUrl: () => 'https://api.zoom.test/v2',
    random: () => 0,
    onInternal: (cause) => internal.push(cause),
    makeDispatcher: async (given) => {
      options.push(given);
      return dispatcher as unknown as Dispatcher;
    },
    ...change,
  });
  return { client, clock, tokens, asked, internal, options, destroyed: () => destroyed };
}

describe('a call', () => {
  it('that nobody knows, or with what it does not take, sends nothing', async () => {
    const { client, asked } = rig([worked]);
    expect(await client.call('toString' as OperationId)).toEqual({
      ok: false,
      error: { kind: 'invalid-input', what: 'Tally doesn’t know this call.', action: 'check-input' },
      reached: 'no',
    });
    expect(await client.call('user', { body: {} as never })).toMatchObject({
      ok: false,
      error: { kind: 'invalid-input' },
      reached: 'no',
    });
    expect(await client.call('users', { query: { odd: 1 } as never })).toMatchObject({ ok: false });
    expect(asked).toEqual([]);
    const told: string[] = [];
    const options = { anyQuery: true, onTry: () => told.push('try') };
    expect(await client.call('users', { query: { odd: 1 } as never }, options)).toMatchObject({ ok: true });
    expect(told).toEqual(['try']);
  });

  it('asks for a token once, and again after each wait', async () => {
    const { client, clock, tokens, asked } = rig([down, worked]);
    clock.skipWaits(500);
    expect(await client.call('user')).toMatchObject({ ok: true, status: 200, data: {} });
    expect(clock.skipped).toEqual([500]);
    expect(asked).toEqual(['access', 'access']);
    expect(tokens).toEqual(['Bearer t1', 'Bearer t2']);
    expect(clock.pending()).toEqual([]);
  });

  it('goes on with the token that takes the place of a refused one', async () => {
    const { client, tokens, asked } = rig([signedOut, worked]);
    expect(await client.call('user')).toMatchObject({ ok: true });
    expect(asked).toEqual(['access', 'refresh t1']);
    expect(tokens).toEqual(['Bearer t1', 'Bearer r2']);
  });

  it('waits for its turn', async () => {
    const used = { 'x-ratelimit-type': 'QPS', 'x-ratelimit-limit': '1', 'x-ratelimit-remaining': '0' };
    const { client, clock, tokens } = rig([{ ...worked, headers: used }]);
    await client.call('user');
    const second = client.call('user');
    await clock.advance(999);
    expect(tokens).toHaveLength(1);
    await clock.advance(1);
    expect(await second).toMatchObject({ ok: true });
  });

  it('waits longer by chance', async () => {
    const { client, clock } = rig([down, worked], { random: () => 0.8 });
    clock.skipWaits(15_000);
    await client.call('user');
    expect(clock.skipped).toEqual([700]);
  });

  it('tries no more 45 seconds after it began', async () => {
    const { client, clock, tokens } = rig([down]);
    const call = client.call('user');
    clock.jump(45_000);
    expect(await call).toMatchObject({ ok: false, error: { kind: 'zoom-down' }, reached: 'perhaps' });
    expect(tokens).toHaveLength(1);
  });
});

describe('a sign-in that gives no token', () => {
  const session = (access: TokenResult, refreshed: TokenResult): ZoomSession => ({
    accessToken: async () => access,
    refresh: async () => refreshed,
  });
  const good: TokenResult = { ok: true, token: 'a' };
  const bad: TokenResult = { ok: false, error: refusal };

  it('ends the call before anything is sent', async () => {
    const { client, tokens } = rig([worked], { session: session(bad, bad) });
    expect(await client.call('user')).toEqual({ ok: false, error: refusal, reached: 'no' });
    expect(tokens).toEqual([]);
  });

  it('ends it after Zoom has answered', async () => {
    const { client } = rig([signedOut], { session: session(good, bad) });
    expect(await client.call('updatePresenceStatus', { body: { status: 'Away' } })).toEqual({
      ok: false,
      error: refusal,
      reached: 'yes',
    });
  });

  it.each<[string, Reply[], TokenResult[]]>([
    ['for the second try', [broken], [good, bad]],
    ['in place of a refused one', [broken, signedOut], [good, good]],
  ])('%s leaves open what the first one did', async (_, replies, accesses) => {
    const { client, clock } = rig(replies, {
      session: { accessToken: async () => accesses.shift() ?? bad, refresh: async () => bad },
    });
    clock.skipWaits(1_000);
    expect(await client.call('updatePresenceStatus', { body: { status: 'Away' } })).toEqual({
      ok: false,
      error: refusal,
      reached: 'perhaps',
    });
  });

  it.each(['', 'two words', 'x\n', '\u007f', 'ü', 'a\u00a0'])('but %j sends nothing', async (token) => {
    const damaged: TokenResult = { ok: true, token };
    const { client, tokens } = rig([worked], { session: session(damaged, damaged) });
    expect(await client.call('user')).toEqual({
      ok: false,
      error: { kind: 'not-signed-in', what: 'The stored sign-in is damaged.', action: 'sign-in' },
      reached: 'no',
    });
    expect(tokens).toEqual([]);
  });

  it('because it throws is a fault of Tally’s, which is written down', async () => {
    const cause = new Error('CANARY');
    const fail = () => Promise.reject(cause);
    const { client, internal } = rig([worked], { session: { accessToken: fail, refresh: fail } });
    const result = await client.call('user');
    expect(result).toEqual({
      ok: false,
      error: { kind: 'internal', what: 'The call to Zoom couldn’t be made.', action: 'retry' },
      reached: 'perhaps',
    });
    expect(internal).toEqual([cause]);
  });

  it('because it throws is nothing to anybody who does not listen', async () => {
    const fail = () => Promise.reject(new Error('x'));
    const clock = createFakeClock();
    const session = { accessToken: fail, refresh: fail };
    const client = createZoomClient({ clock, session, apiUrl: () => '', random: () => 0 });
    expect(await client.call('user')).toMatchObject({ error: { kind: 'internal' } });
  });
});

describe('cancelling', () => {
  const cancelled = (reached: string) => ({
    ok: false,
    error: { kind: 'cancelled', what: 'The call was cancelled.', action: 'none' },
    reached,
  });
  const away = { body: { status: 'Away' } } as const;

  it('before the call asks for nothing, whatever was given', async () => {
    const { client, asked } = rig([worked]);
    for (const input of [{}, { body: {} as never }]) {
      expect(await client.call('user', input, { signal: AbortSignal.abort() })).toEqual(cancelled('no'));
    }
    expect(asked).toEqual([]);
  });

  it.each<[string, Reply[], Partial<ZoomSession>, string]>([
    ['for a token', [worked], { accessToken: never }, 'no'],
    ['for the next token', [signedOut], { refresh: never }, 'no'],
    ['to try again', [down], {}, 'perhaps'],
  ])('ends the wait %s', async (_, replies, session, reached) => {
    const stop = new AbortController();
    const good = async () => ({ ok: true, token: 'a' }) as const;
    const { client, clock } = rig(replies, { session: { accessToken: good, refresh: good, ...session } });
    const call = client.call('updatePresenceStatus', away, { signal: stop.signal });
    await settle();
    stop.abort();
    expect(await nextTurn(call)).toEqual(cancelled(reached));
    expect(clock.pending()).toEqual([]);
  });

  it('ends the wait for another try of what has surely not been done', async () => {
    const stop = new AbortController();
    const { client, tokens } = rig([down]);
    const call = client.call('user', {}, { signal: stop.signal });
    await settle();
    stop.abort();
    expect(await nextTurn(call)).toEqual(cancelled('no'));
    expect(tokens).toHaveLength(1);
  });

  it('ends the wait for its turn, before and after a try', async () => {
    const used = { 'x-ratelimit-type': 'QPS', 'x-ratelimit-limit': '1', 'x-ratelimit-remaining': '0' };
    const stop = new AbortController();
    const { client, clock, asked } = rig([{ ...done, headers: used }]);
    await client.call('updatePresenceStatus', away);
    const call = client.call('updatePresenceStatus', away, { signal: stop.signal });
    await settle();
    stop.abort();
    expect(await nextTurn(call)).toEqual(cancelled('no'));
    await clock.advance(1_000);
    expect(asked).toEqual(['access']);
  });

  it('while the sign-in fails is no fault of Tally’s', async () => {
    const stop = new AbortController();
    const { client, internal } = rig([worked], {
      session: {
        accessToken: () => {
          stop.abort();
          throw new Error('x');
        },
        refresh: never,
      },
    });
    expect(await client.call('user', {}, { signal: stop.signal })).toEqual(cancelled('perhaps'));
    expect(internal).toEqual([]);
  });
});

describe('connections', () => {
  it('have the usual patience but for what is told otherwise', async () => {
    const { client, options } = rig([worked], { timeouts: { headers: 7 } });
    await client.call('user');
    expect(options).toMatchObject([{ connect: { timeout: 10_000 }, headersTimeout: 7, bodyTimeout: 30_000 }]);
  });

  it('are closed when they are dropped', async () => {
    const { client, destroyed } = rig([worked]);
    await client.call('user');
    client.dropConnections();
    await settle();
    expect(destroyed()).toBe(1);
  });
});
