import { describe, expect, it } from 'vitest';
import type { OddShape, RateLimitVariant } from '../../electron/practice/answers.ts';
import type { Fault } from '../../electron/practice/fault-schema.ts';
import { isTallyError } from '../../shared/errors.ts';
import type { OperationId } from '../../shared/zoom/operations.gen.ts';
import { type ClientRig, type Outcome, withClient } from '../support/client-rig.ts';
import { at } from '../support/valid-calls.ts';

const nextMidnight = Date.UTC(2026, 0, 16);
const worked = { ok: true };
const perhapsDone = 'An earlier try broke off and may have worked.';

interface Met {
  readonly outcome: Outcome;
  /** Statuses that the server gave, one a request; 0 where no answer arrived whole. */
  readonly statuses: readonly number[];
  /** How long the client waited, milliseconds. */
  readonly waited: number;
}

/** Makes the valid call of an operation while a fault is armed for it. */
async function meet(
  rig: ClientRig,
  id: OperationId,
  fault: Fault,
  { times = 1, requests = 1 } = {},
): Promise<Met> {
  await rig.fault(fault, { operationId: id }, times);
  const from = rig.clock.now();
  const outcome = await rig.valid(id);
  const waited = rig.clock.now() - from;
  const statuses = await rig.requests({ operationId: id }, requests);
  expect(outcome.ok || isTallyError(outcome.error)).toBe(true);
  expect(rig.internal).toEqual([]);
  return { outcome, statuses, waited };
}

const failed = (kind: string, more: object = {}) => ({ ok: false, error: { kind, ...more } });

/** Whether the server has made the change of the operation's valid call. */
const made: Readonly<Record<string, (rig: ClientRig) => Promise<boolean>>> = {
  updatePresenceStatus: async (rig) => (await rig.state()).me.presence.status === 'Away',
  userUpdate: async (rig) => (await rig.state()).me.jobTitle === 'Head of product',
  userCreate: async (rig) =>
    (await rig.state()).users.filter(({ email }) => email === at('new.person')).length === 1,
  uploadVBuser: async (rig) => (await rig.state()).me.backgrounds.length === 4,
  delUserVB: async (rig) => (await rig.state()).me.backgrounds.length === 2,
};

describe('a connection that is dropped', () => {
  it.each<[OperationId, number, object, number[]]>([
    ['user', 1, worked, [0, 200]],
    ['user', 2, worked, [0, 0, 200]],
    ['user', 9, failed('network'), [0, 0, 0]],
    ['updatePresenceStatus', 1, worked, [0, 204]],
    ['delUserVB', 1, worked, [0, 204]],
    ['userUpdate', 1, failed('network'), [0]],
    ['userCreate', 1, failed('network'), [0]],
    ['uploadVBuser', 1, failed('network'), [0]],
  ])('before %s is carried out, %i times', async (id, times, result, statuses) => {
    await withClient({}, async (rig) => {
      const met = await meet(rig, id, { kind: 'drop' }, { times, requests: statuses.length });
      expect(met).toMatchObject({ outcome: result, statuses });
      expect(await made[id]?.(rig)).toBe(id in made ? met.outcome.ok : undefined);
    });
  });

  it.each<[OperationId, object, number[]]>([
    ['updatePresenceStatus', failed('minute-limit', { why: perhapsDone }), [0, 429]],
    ['delUserVB', failed('invalid-input', { why: perhapsDone }), [0, 400]],
    ['userPassword', failed('refused', { why: perhapsDone }), [0, 400]],
    ['userDelete', failed('not-found', { why: perhapsDone }), [0, 404]],
    ['userUpdate', failed('network'), [0]],
    ['userCreate', failed('network'), [0]],
    ['uploadVBuser', failed('network'), [0]],
  ])('after %s was carried out', async (id, result, statuses) => {
    await withClient({}, async (rig) => {
      const met = await meet(rig, id, { kind: 'drop', after: true }, { requests: statuses.length });
      expect(met).toMatchObject({ outcome: result, statuses });
      expect(await made[id]?.(rig)).toBe(id in made ? true : undefined);
    });
  });
});

describe('a reading sent again', () => {
  it('is not said to have worked when it is refused', async () => {
    await withClient({}, async (rig) => {
      const why = 'User does not exist: me.';
      const refusal: Fault = { kind: 'status', status: 404, code: 1001, message: why };
      await rig.fault({ kind: 'drop' }, { operationId: 'user' });
      const met = await meet(rig, 'user', refusal, { requests: 2 });
      expect(met).toMatchObject({ outcome: failed('not-found', { why }), statuses: [0, 404] });
    });
  });
});

// Side by side, as undici looks at the time for headers only every half second or so, and the server's delay is real.
describe.concurrent('an answer later than the client waits', () => {
  const hasty = { timeouts: { headers: 1_000 } };
  const delay: Fault = { kind: 'delay', ms: 4_000 };

  it.each<[OperationId, object, number[]]>([
    ['user', worked, [200, 200]],
    ['userUpdate', failed('timeout'), [204]],
    ['userCreate', failed('timeout'), [201]],
    ['uploadVBuser', failed('timeout'), [201]],
  ])('%s', async (id, result, statuses) => {
    await withClient(
      {},
      async (rig) => {
        const met = await meet(rig, id, delay, { requests: statuses.length });
        expect(met).toMatchObject({ outcome: result, statuses });
        expect(await made[id]?.(rig)).toBe(id in made ? true : undefined);
      },
      hasty,
    );
  });
});

describe('an answer that is cut', () => {
  it.each([0, 1, 10, 400])('is asked for again after %i bytes', async (bytes) => {
    await withClient({}, async (rig) => {
      const met = await meet(rig, 'user', { kind: 'cut', bytes }, { requests: 2 });
      expect(met).toMatchObject({ outcome: worked, statuses: [0, 200] });
    });
  });

  it.each<[OperationId, number, object, number[]]>([
    ['updatePresenceStatus', 12, failed('minute-limit', { why: perhapsDone }), [0, 429]],
    ['userUpdate', 12, failed('network'), [0]],
    ['userCreate', 0, failed('bad-answer', { action: 'none', zoom: { http: 201 } }), [0]],
    ['userCreate', 20, failed('bad-answer', { action: 'none', zoom: { http: 201 } }), [0]],
    ['uploadVBuser', 7, failed('bad-answer', { action: 'none', zoom: { http: 201 } }), [0]],
  ])(
    'of %s after %i bytes is not taken for a change that was not made',
    async (id, bytes, result, statuses) => {
      await withClient({}, async (rig) => {
        const met = await meet(rig, id, { kind: 'cut', bytes }, { requests: statuses.length });
        expect(met).toMatchObject({ outcome: result, statuses });
        expect(await made[id]?.(rig)).toBe(true);
      });
    },
  );
});

describe('a 401', () => {
  it.each<[OperationId, number]>([
    ['user', 200],
    ['updatePresenceStatus', 204],
    ['userUpdate', 204],
    ['uploadVBuser', 201],
  ])('once: %s is sent again with one refreshed token', async (id, status) => {
    await withClient({}, async (rig) => {
      const met = await meet(rig, id, { kind: 'unauthorized' }, { requests: 2 });
      expect(met).toMatchObject({ outcome: worked, statuses: [401, status], waited: 0 });
      expect((await rig.state()).refreshes).toBe(1);
      expect(rig.saved).toHaveLength(1);
    });
  });

  it('twice: is not refreshed a second time', async () => {
    await withClient({}, async (rig) => {
      const met = await meet(rig, 'user', { kind: 'unauthorized' }, { times: 9, requests: 2 });
      expect(met).toMatchObject({
        outcome: failed('not-signed-in', { action: 'sign-in', zoom: { http: 401, code: 124 } }),
        statuses: [401, 401],
      });
      expect((await rig.state()).refreshes).toBe(1);
    });
  });
});

describe('a 429', () => {
  const rateLimit = (variant: RateLimitVariant, seconds?: number): Fault => ({
    kind: 'rate-limit',
    variant,
    ...(seconds === undefined ? {} : { seconds }),
  });

  it.each<[OperationId, number]>([
    ['user', 200],
    ['updatePresenceStatus', 204],
    ['userUpdate', 204],
    ['uploadVBuser', 201],
  ])('of the second: %s waits and is sent again', async (id, status) => {
    await withClient({}, async (rig) => {
      const met = await meet(rig, id, rateLimit('qps'), { requests: 2 });
      expect(met).toMatchObject({ outcome: worked, statuses: [429, status] });
      expect(met.waited).toBeGreaterThanOrEqual(1000);
      expect(met.waited).toBeLessThan(3000);
    });
  });

  it('of the second without end is told after four tries', async () => {
    await withClient({}, async (rig) => {
      const met = await meet(rig, 'userUpdate', rateLimit('qps'), { times: 9, requests: 4 });
      expect(met).toMatchObject({
        outcome: failed('rate-limit', { action: 'wait', retryAt: rig.clock.now() + 8000 }),
        statuses: [429, 429, 429, 429],
      });
      expect(met.waited).toBeGreaterThanOrEqual(7000);
    });
  });

  it.each(['seconds', 'http-date'] as const)(
    'with Retry-After in %s is waited for as long',
    async (variant) => {
      await withClient({}, async (rig) => {
        const met = await meet(rig, 'userUpdate', rateLimit(variant, 7), { requests: 2 });
        expect(met).toMatchObject({ outcome: worked, statuses: [429, 204], waited: 7000 });
      });
    },
  );

  it.each(['seconds', 'http-date'] as const)(
    'with Retry-After of 11 s in %s is told at once',
    async (variant) => {
      await withClient({}, async (rig) => {
        const met = await meet(rig, 'userUpdate', rateLimit(variant, 11));
        const retryAt = rig.clock.now() + 11_000;
        expect(met).toMatchObject({ outcome: failed('rate-limit', { retryAt }), statuses: [429], waited: 0 });
      });
    },
  );

  it('of calls at the same time waits and is sent again', async () => {
    await withClient({}, async (rig) => {
      const met = await meet(rig, 'userDelete', rateLimit('concurrency'), { requests: 2 });
      expect(met).toMatchObject({ outcome: worked, statuses: [429, 204] });
      expect(met.waited).toBeGreaterThanOrEqual(1000);
    });
  });

  it.each(
    (['daily', 'user-daily'] as const).flatMap((variant) =>
      (['user', 'updatePresenceStatus', 'uploadVBuser'] as const).map((id) => [variant, id] as const),
    ),
  )('of the day (%s) is never waited for: %s', async (variant, id) => {
    await withClient({}, async (rig) => {
      const met = await meet(rig, id, rateLimit(variant), { times: 9 });
      expect(met).toMatchObject({
        outcome: failed('daily-limit', { action: 'wait', retryAt: nextMidnight }),
        statuses: [429],
        waited: 0,
      });
    });
  });

  it('of the day is over at the instant that Zoom names', async () => {
    await withClient({}, async (rig) => {
      const headers = { 'X-RateLimit-Type': 'Daily-limit', 'Retry-After': '2026-01-15T18:30:00Z' };
      const met = await meet(rig, 'user', { kind: 'status', status: 429, code: 429, headers }, { times: 9 });
      const retryAt = Date.UTC(2026, 0, 15, 18, 30);
      expect(met).toMatchObject({ outcome: failed('daily-limit', { retryAt }), statuses: [429], waited: 0 });
    });
  });

  it('of the minute is told at once', async () => {
    await withClient({}, async (rig) => {
      const met = await meet(rig, 'updatePresenceStatus', rateLimit('presence-minute'), { times: 9 });
      const retryAt = rig.clock.now() + 60_000;
      expect(met).toMatchObject({
        outcome: failed('minute-limit', { action: 'wait', retryAt }),
        statuses: [429],
        waited: 0,
      });
    });
  });

  it('does not come at all once the client knows the pace', async () => {
    await withClient({ plan: 'free' }, async (rig) => {
      const { clock } = rig;
      clock.skipWaits(-1);
      expect(await rig.zoom('user')).toMatchObject(worked);
      const calls = Array.from({ length: 13 }, () => rig.zoom('user'));
      // Four calls a second: three are left of this one.
      for (const [from, to] of [
        [0, 3],
        [3, 7],
        [7, 11],
        [11, 13],
      ]) {
        for (const outcome of await Promise.all(calls.slice(from, to))) expect(outcome).toMatchObject(worked);
        await clock.advance(1000);
      }
      expect(await rig.requests({ operationId: 'user' }, 14)).toEqual(Array(14).fill(200));
    });
  });
});

describe('an answer that is not Zoom’s', () => {
  it.each<
    [string, OperationId, { status?: number; times: number }, Pick<Met, 'statuses'> & { outcome: object }]
  >([
    ['500, then none', 'user', { times: 1 }, { outcome: worked, statuses: [500, 200] }],
    [
      '502 to a reading',
      'user',
      { status: 502, times: 9 },
      { outcome: failed('zoom-down'), statuses: [502, 502, 502] },
    ],
    [
      '503 to a status',
      'updatePresenceStatus',
      { status: 503, times: 1 },
      { outcome: worked, statuses: [503, 204] },
    ],
    ['500 to a change', 'userUpdate', { times: 9 }, { outcome: failed('zoom-down'), statuses: [500] }],
    ['500 to an upload', 'uploadVBuser', { times: 9 }, { outcome: failed('zoom-down'), statuses: [500] }],
    [
      '200 to a reading',
      'user',
      { status: 200, times: 9 },
      { outcome: failed('bad-answer'), statuses: [200] },
    ],
    [
      '200 to a change',
      'userUpdate',
      { status: 200, times: 9 },
      { outcome: failed('bad-answer'), statuses: [200] },
    ],
    [
      '403',
      'user',
      { status: 403, times: 9 },
      { outcome: failed('bad-answer', { action: 'check-connection' }), statuses: [403] },
    ],
    ['407', 'user', { status: 407, times: 9 }, { outcome: failed('network'), statuses: [407] }],
  ])('a proxy’s %s', async (_, id, { times, ...page }, expected) => {
    await withClient({}, async (rig) => {
      const fault: Fault = { kind: 'proxy-html', ...page };
      const met = await meet(rig, id, fault, { times, requests: expected.statuses.length });
      expect(met).toMatchObject(expected);
      expect(JSON.stringify(met.outcome)).not.toContain('DOCTYPE');
    });
  });

  it.each<[OperationId, number]>([
    ['user', 200],
    ['uploadVBuser', 201],
  ])('but is only labelled wrongly is taken: %s', async (id, status) => {
    await withClient({}, async (rig) => {
      for (const contentType of ['text/html', 'application/octet-stream']) {
        await rig.control('DELETE', '/requests');
        const met = await meet(rig, id, { kind: 'content-type', contentType });
        const data = JSON.parse(rig.wire.at(-1)?.text ?? '');
        expect(met).toMatchObject({ outcome: { ok: true, status, data }, statuses: [status] });
      }
    });
  });

  it.each<[OperationId, object, number[]]>([
    ['user', failed('bad-answer', { action: 'retry' }), [200]],
    ['userCreate', failed('bad-answer', { action: 'none' }), [201]],
    ['uploadVBuser', failed('bad-answer', { action: 'none' }), [201]],
  ])('whole, half of the JSON: %s is sent once', async (id, result, statuses) => {
    await withClient({}, async (rig) => {
      const met = await meet(rig, id, { kind: 'truncate-json' }, { times: 9 });
      expect(met).toMatchObject({ outcome: result, statuses });
      expect(await made[id]?.(rig)).toBe(id in made ? true : undefined);
    });
  });
});

describe('an odd error of Zoom’s', () => {
  const zoom = (http: number, code: number | null, message: string) => ({ zoom: { http, code, message } });

  it.each<[OddShape, OperationId, object]>([
    ['error-200', 'user', failed('forbidden', zoom(200, 200, 'No permission.'))],
    ['error-200', 'userUpdate', failed('forbidden', zoom(200, 200, 'No permission.'))],
    ['error-200', 'uploadVBuser', failed('forbidden', zoom(200, 200, 'No permission.'))],
    ['code-zero', 'user', failed('refused', zoom(400, 0, 'Unknown error.'))],
    ['code-zero', 'updatePresenceStatus', failed('refused', zoom(400, 0, 'Unknown error.'))],
    ['code-negative', 'uploadVBuser', failed('file', zoom(400, -1, 'Required request part is not present'))],
    ['code-negative', 'userUpdate', failed('refused', zoom(400, -1, 'Required request part is not present'))],
    ['error-message', 'userUpdate', failed('invalid-input', zoom(400, 300, 'Validation Failed.'))],
    ['empty', 'user', failed('refused', zoom(400, null, ''))],
    ['empty', 'uploadVBuser', failed('refused', zoom(400, null, ''))],
  ])('%s to %s is told once', async (shape, id, result) => {
    await withClient({}, async (rig) => {
      const met = await meet(rig, id, { kind: 'odd', shape }, { times: 9 });
      expect(met).toMatchObject({ outcome: result, waited: 0 });
      expect(met.statuses).toEqual([shape === 'error-200' ? 200 : 400]);
      expect(await made[id]?.(rig)).toBe(id in made ? false : undefined);
      const { error } = met.outcome as Extract<Outcome, { ok: false }>;
      expect(error.zoom?.trackingId).toBe(rig.wire[0]?.headers['x-zm-trackingid']);
    });
  });
});
