import { describe, expect, it } from 'vitest';
import { createPacer } from '../../electron/core/zoom/limits.ts';
import type { OperationId } from '../../shared/zoom/operations.gen.ts';
import { createFakeClock, settle } from '../support/fake-clock.ts';
import { clientAt, reply, serve, startServer } from '../support/scripted-server.ts';

const now = Date.UTC(2026, 0, 15, 9);
const perSecond = {
  code: 429,
  message: 'You have reached the maximum per-second rate limit for this API. Try again later.',
};
const perDay = {
  code: 429,
  message:
    'You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request.',
};
const qps = {
  'x-ratelimit-category': 'Light',
  'x-ratelimit-type': 'QPS',
  'x-ratelimit-limit': '30',
  'x-ratelimit-remaining': '0',
};

describe('429 of the second', () => {
  it.each<[OperationId, object, number, unknown]>([
    ['user', {}, 200, {}],
    ['userSettingsUpdate', { body: {} }, 204, ''],
    ['userAssistantCreate', { body: { assistants: [] } }, 201, {}],
    ['updatePresenceStatus', { body: { status: 'Away' } }, 204, ''],
  ])('is waited for by %s', async (id, input, http, body) => {
    const { server, client, clock } = await serve(
      reply(429, perSecond, qps),
      reply(429, perSecond, qps),
      reply(http, body),
    );
    const result = await client.call(id, input);
    expect(result.ok).toBe(true);
    expect(server.seen).toHaveLength(3);
    expect(clock.skipped.filter((ms) => ms >= 1000)).toEqual([1000, 2000]);
  });

  it('is given up after four tries, with the time to try again', async () => {
    const { server, client, clock } = await serve(reply(429, perSecond, qps));
    const result = await client.call('user');
    expect(result).toMatchObject({
      error: { kind: 'rate-limit', action: 'wait', retryAt: clock.now() + 8000 },
    });
    expect(server.seen).toHaveLength(4);
  });

  it('spreads the waits by chance', async () => {
    const server = await startServer(reply(429, perSecond, qps), reply(200, {}));
    const { client, clock } = clientAt(server.url, { random: () => 0.9 });
    await client.call('user');
    expect(clock.skipped).toEqual([1450]);
  });

  it.each([
    ['seconds', '4', 4000],
    ['an HTTP date', 'Thu, 15 Jan 2026 09:00:04 GMT', 4000],
    ['an instant', '2026-01-15T09:00:04Z', 4000],
    ['a time gone by', 'Thu, 15 Jan 2026 08:59:00 GMT', 0],
  ])('waits as long as Retry-After says as %s', async (_, text, ms) => {
    const { server, client, clock } = await serve(
      reply(429, perSecond, { ...qps, 'retry-after': text }),
      reply(200, {}),
    );
    expect((await client.call('user')).ok).toBe(true);
    expect(server.seen).toHaveLength(2);
    expect(clock.skipped[0]).toBe(ms);
  });

  it('is not waited for beyond ten seconds', async () => {
    const { server, client } = await serve(reply(429, perSecond, { ...qps, 'retry-after': '11' }));
    expect(await client.call('user')).toMatchObject({ error: { kind: 'rate-limit', retryAt: now + 11_000 } });
    expect(server.seen).toHaveLength(1);
  });

  it('includes the lock against parallel deletions', async () => {
    const message =
      'Too many concurrent requests. A request to disassociate this user has already been made.';
    const { server, client } = await serve(reply(429, { code: 429, message }), reply(204));
    expect((await client.call('userDelete', { path: { userId: 'u1' } })).ok).toBe(true);
    expect(server.seen).toHaveLength(2);
  });
});

describe('limits that are not waited for', () => {
  const midnight = Date.UTC(2026, 0, 16);
  it.each<[string, object, Record<string, string>, number]>([
    [
      'an ISO instant',
      perDay,
      { 'x-ratelimit-type': 'Daily-limit', 'retry-after': '2026-01-16T00:00:00Z' },
      midnight,
    ],
    ['seconds', perDay, { 'x-ratelimit-type': 'Daily-limit', 'retry-after': '5' }, now + 5000],
    [
      'an HTTP date',
      perDay,
      { 'x-ratelimit-type': 'Daily-limit', 'retry-after': 'Thu, 15 Jan 2026 12:00:00 GMT' },
      now + 3 * 3_600_000,
    ],
    ['nothing readable', perDay, { 'x-ratelimit-type': 'Daily-limit', 'retry-after': 'tomorrow' }, midnight],
    [
      'the headers of a single user’s limit',
      {
        code: 429,
        message:
          'You have exceeded the daily rate limit (3) of email updates. You may resume these requests at GMT 00:00:00.',
      },
      { 'x-ratelimit-category': 'Light', 'x-ratelimit-limit': '6000', 'x-ratelimit-remaining': '5893' },
      midnight,
    ],
  ])('the day, with %s', async (_, body, headers, retryAt) => {
    const { server, client } = await serve(reply(429, body, headers));
    const result = await client.call('user');
    expect(result).toMatchObject({ error: { kind: 'daily-limit', action: 'wait', retryAt } });
    expect(server.seen).toHaveLength(1);
  });

  it('the day of an operation that has such a limit, without any hint', async () => {
    const { client } = await serve(reply(429));
    const result = await client.call('userEmailUpdate', { path: { userId: 'me' }, body: { email: 'a@b.c' } });
    expect(result).toMatchObject({ error: { kind: 'daily-limit', retryAt: midnight } });
  });

  it('the minute of presence', async () => {
    const { server, client } = await serve(
      reply(429, { code: 429, message: 'Too many requests for this user.' }),
    );
    const result = await client.call('updatePresenceStatus', { body: { status: 'Away' } });
    expect(result).toMatchObject({ error: { kind: 'minute-limit', action: 'wait', retryAt: now + 60_000 } });
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    ['a type', { 'x-ratelimit-type': 'QPS', 'x-ratelimit-limit': '1', 'x-ratelimit-remaining': '0' }],
    ['a type and a wish', { 'x-ratelimit-type': 'QPS', 'retry-after': '1' }],
  ])('the minute of presence with %s, which holds nothing else back', async (_, headers) => {
    const { server, client } = await serve(
      reply(429, { code: 429, message: 'Too many requests for this user.' }, headers),
      reply(200, { status: 'Away' }),
    );
    const result = await client.call('updatePresenceStatus', { body: { status: 'Away' } });
    expect(result).toMatchObject({ error: { kind: 'minute-limit', retryAt: now + 60_000 } });
    for (let count = 2; count < 6; count += 1)
      expect(await client.call('userPresenceStatus')).toMatchObject({ ok: true });
    expect(server.seen).toHaveLength(5);
  });

  it('the second, where presence meets it', async () => {
    const message = 'You have reached the maximum per-second rate limit for this API. Try again later.';
    const { server, client } = await serve(
      reply(429, { code: 429, message }, { 'x-ratelimit-type': 'QPS' }),
      reply(204),
    );
    expect(await client.call('updatePresenceStatus', { body: { status: 'Away' } })).toMatchObject({
      ok: true,
    });
    expect(server.seen).toHaveLength(2);
  });

  it('the day, where presence meets it', async () => {
    const { client } = await serve(reply(429, perDay, { 'x-ratelimit-type': 'Daily-limit' }));
    const result = await client.call('updatePresenceStatus', { body: { status: 'Away' } });
    expect(result).toMatchObject({ error: { kind: 'daily-limit' } });
  });
});

describe('pacing', () => {
  const limits = (remaining: number, limit = 2) =>
    ({ label: 'Light', type: 'per-second', limit, remaining, retryAt: null }) as const;

  function lane(pacer: ReturnType<typeof createPacer>) {
    const went: number[] = [];
    const go = (name: number, signal?: AbortSignal) =>
      pacer.turn('Light', signal).then(() => went.push(name));
    return { went, go };
  }

  it('holds nothing back before the first headers, nor other labels', async () => {
    const pacer = createPacer(createFakeClock());
    const { went, go } = lane(pacer);
    for (let name = 0; name < 100; name += 1) void go(name);
    await settle();
    expect(went).toHaveLength(100);
    pacer.saw(limits(0), false);
    void go(100);
    await settle();
    expect(went).toHaveLength(100);
    await pacer.turn('Medium');
  });

  it('lets as many go a second as Zoom allows, in the order they came', async () => {
    const clock = createFakeClock();
    const pacer = createPacer(clock);
    const { went, go } = lane(pacer);
    pacer.saw(limits(1), false);
    for (let name = 0; name < 6; name += 1) void go(name);
    await settle();
    expect(went).toEqual([0]);
    await clock.advance(999);
    expect(went).toEqual([0]);
    await clock.advance(1);
    expect(went).toEqual([0, 1, 2]);
    await clock.advance(2000);
    expect(went).toEqual([0, 1, 2, 3, 4, 5]);
    expect(clock.pending()).toEqual([]);
  });

  it('gives the place of a cancelled call to the next', async () => {
    const clock = createFakeClock();
    const pacer = createPacer(clock);
    const { went, go } = lane(pacer);
    pacer.saw(limits(0, 1), false);
    const stop = new AbortController();
    void go(1, stop.signal);
    void go(2);
    stop.abort();
    await settle();
    expect(went).toEqual([1]);
    await clock.advance(1000);
    expect(went).toEqual([1, 2]);
  });

  it('believes the lowest count of a second when answers overtake each other', async () => {
    const pacer = createPacer(createFakeClock());
    const { went, go } = lane(pacer);
    pacer.saw(limits(0), false);
    pacer.saw(limits(1), false);
    void go(1);
    await settle();
    expect(went).toEqual([]);
  });

  it('ignores counts of the day', async () => {
    const pacer = createPacer(createFakeClock());
    pacer.saw({ label: 'Light', type: null, limit: 6000, remaining: 0, retryAt: null }, false);
    pacer.saw({ label: 'Light', type: 'daily', limit: 6000, remaining: 0, retryAt: null }, false);
    await pacer.turn('Light');
  });

  it('does not hang when the wall clock is set back', async () => {
    const clock = createFakeClock();
    const pacer = createPacer(clock);
    const { went, go } = lane(pacer);
    pacer.saw(limits(0), false);
    clock.jump(-3_600_000);
    void go(1);
    await clock.advance(1000);
    expect(went).toEqual([1]);
  });

  it('keeps calls of one client within a server’s limit', async () => {
    let count = 0;
    const server = await startServer((response, request) => {
      count += 1;
      reply(200, {}, { ...qps, 'x-ratelimit-limit': '1' })(response, request);
    });
    const { client, clock } = clientAt(server.url);
    clock.skipWaits(-1);
    await client.call('user');
    const calls = [1, 2, 3].map(() => client.call('user'));
    await clock.waitForTimers(1);
    expect(count).toBe(1);
    for (let sent = 2; sent <= 4; sent += 1) {
      await clock.advance(1000);
      await server.received(sent);
      expect(count).toBe(sent);
    }
    expect((await Promise.all(calls)).every((result) => result.ok)).toBe(true);
  });
});
