import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { post, signIn } from '../support/oauth.ts';
import { type Rig, withPractice } from '../support/practice-client.ts';

const away = { body: { status: 'Away' as const } };
const status = async (rig: Rig) => (await rig.state()).me.presence.status;

/** Everything that arrives before the connection ends: whole answers or the beginning of one. */
function bytesUntilClosed(
  rig: Rig,
  path: string,
): Promise<{ status: number; length: number; text: string; whole: boolean }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${rig.practice.accessToken}` };
    const sent = request(rig.practice.apiUrl + path, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => undefined);
      response.on('close', () => {
        const text = Buffer.concat(chunks).toString();
        const length = Number(response.headers['content-length']);
        resolve({ status: response.statusCode ?? 0, length, text, whole: response.complete });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('an armed fault', () => {
  it('drops the connection before anything is carried out', async () => {
    await withPractice({}, async (rig) => {
      await rig.fault({ kind: 'drop' });
      await expect(rig.call('updatePresenceStatus', away)).rejects.toThrow();
      const { me, requests } = await rig.state();
      expect(me.presence.status).toBe('Available');
      expect(requests).toMatchObject([
        { operationId: 'updatePresenceStatus', status: 0, body: { status: 'Away' } },
      ]);
      expect((await rig.call('updatePresenceStatus', away)).status).toBe(204);
    });
  });

  it('drops the connection after it was carried out', async () => {
    await withPractice({}, async (rig) => {
      await rig.fault({ kind: 'drop', after: true });
      await expect(rig.call('updatePresenceStatus', away)).rejects.toThrow();
      expect(await status(rig)).toBe('Away');
    });
  });

  it('holds an answer back', async () => {
    await withPractice({}, async (rig) => {
      await rig.fault({ kind: 'delay', ms: 250 }, { operationId: 'updatePresenceStatus' });
      const start = performance.now();
      const slow = rig.call('updatePresenceStatus', away);
      expect((await rig.call('user')).status).toBe(200);
      expect(await status(rig)).toBe('Available');
      expect((await slow).status).toBe(204);
      expect(performance.now() - start).toBeGreaterThanOrEqual(240);
    });
  });

  it('cuts an answer after so many bytes of its body', async () => {
    await withPractice({}, async (rig) => {
      const whole = await bytesUntilClosed(rig, '/users/me/presence_status');
      expect(whole).toMatchObject({ whole: true, text: '{"status":"Available"}' });
      for (const bytes of [0, 1, 10, whole.text.length - 1]) {
        await rig.fault({ kind: 'cut', bytes });
        expect(await bytesUntilClosed(rig, '/users/me/presence_status')).toEqual({
          status: 200,
          length: whole.length,
          text: whole.text.slice(0, bytes),
          whole: false,
        });
      }
    });
  });

  it('cuts an answer without a body in its head', async () => {
    await withPractice({}, async (rig) => {
      await rig.fault({ kind: 'cut', bytes: 12 });
      await expect(rig.call('updatePresenceStatus', away)).rejects.toThrow();
      expect(await status(rig)).toBe('Away');
    });
  });

  it('is for the requests it matches, as often as it says', async () => {
    await withPractice({}, async (rig) => {
      await rig.fault({ kind: 'unauthorized' }, { operationId: 'userZak' }, 2);
      await rig.fault({ kind: 'proxy-html' }, { path: '/v2/users/me', method: 'get' });
      const codes = [];
      for (const id of ['userSettings', 'userZak', 'userZak', 'userZak'] as const)
        codes.push((await rig.call(id)).status);
      expect(codes).toEqual([200, 401, 401, 200]);
      const page = await fetch(`${rig.practice.apiUrl}/users/me`);
      expect([page.status, page.headers.get('content-type')]).toEqual([500, 'text/html']);
      expect(await page.text()).toMatch(/^<!DOCTYPE html>/);
    });
  });

  it('is gone when faults are cleared', async () => {
    await withPractice({}, async (rig) => {
      await rig.fault({ kind: 'unauthorized' }, {}, 5);
      await rig.control('DELETE', '/faults');
      expect((await rig.call('user')).status).toBe(200);
    });
  });

  it.each([
    ['qps', 'QPS', null],
    ['seconds', 'QPS', '7'],
    ['http-date', 'QPS', expect.stringMatching(/^\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT$/)],
    ['daily', 'Daily-limit', expect.stringMatching(/^\d{4}-\d\d-\d\dT00:00:00Z$/)],
    ['user-daily', null, null],
    ['presence-minute', null, null],
    ['presence-minute-qps', 'QPS', null],
    ['concurrency', null, null],
  ] as const)('answers 429 as %s', async (variant, type, retryAfter) => {
    await withPractice({}, async (rig) => {
      await rig.fault({ kind: 'rate-limit', variant, seconds: 7 });
      const answer = await rig.call('updatePresenceStatus', away);
      expect(answer).toMatchObject({ status: 429, code: 429 });
      expect(answer.headers.get('x-ratelimit-type')).toEqual(type);
      expect(answer.headers.get('retry-after')).toEqual(retryAfter);
      expect(await status(rig)).toBe('Available');
    });
  });

  it.each([
    ['error-200', 200, { code: 200, message: 'No permission.' }],
    ['code-zero', 400, { code: 0, message: 'Unknown error.' }],
    ['code-negative', 400, { code: -1, message: 'Required request part is not present' }],
    ['error-message', 400, { code: 300, error_message: 'Validation Failed.' }],
    ['empty', 400, undefined],
  ] as const)('answers in the odd shape %s', async (shape, http, json) => {
    await withPractice({}, async (rig) => {
      await rig.fault({ kind: 'odd', shape });
      const answer = await rig.call('user');
      expect({ status: answer.status, json: answer.json }).toEqual({ status: http, json });
    });
  });

  it.each([
    ['scopes-changed', 400, { code: 4711, message: 'Refresh token invalid.' }],
    ['app-disabled', 400, { code: 4717, message: 'The app has been disabled' }],
    ['not-approved', 400, { code: 4738, message: 'The token is disabled by admin.' }],
    ['code-expired', 400, { code: 4733, message: 'Code is expired.' }],
    ['code-invalid', 400, { code: 4734, message: 'Invalid authorization code.' }],
    ['client', 401, { reason: 'Invalid client_id or client_secret', error: 'invalid_client' }],
  ] as const)('refuses tokens with %s', async (refusal, http, json) => {
    await withPractice({}, async (rig) => {
      await rig.fault({ kind: 'oauth', refusal }, { path: '/oauth/token' });
      const answer = await post(rig.practice, '/oauth/token', { grant_type: 'refresh_token' });
      expect(answer).toMatchObject({ status: http, json });
    });
  });

  it('labels JSON wrongly, or sends half of it', async () => {
    await withPractice({}, async (rig) => {
      const get = () =>
        fetch(`${rig.practice.apiUrl}/users/me`, {
          headers: { authorization: `Bearer ${rig.practice.accessToken}` },
        });
      const right = await (await get()).text();
      await rig.fault({ kind: 'content-type', contentType: 'text/plain' });
      const labelled = await get();
      expect([labelled.headers.get('content-type'), await labelled.text()]).toEqual(['text/plain', right]);
      await rig.fault({ kind: 'truncate-json' });
      expect(await (await get()).text()).toBe(right.slice(0, Math.ceil(right.length / 2)));
    });
  });

  it('loses the answer to a refresh that took place, and nothing else', async () => {
    await withPractice({}, async (rig) => {
      const { refresh_token } = await signIn(rig.practice);
      await rig.fault({ kind: 'lose-refresh' });
      expect((await rig.call('user')).status).toBe(401);
      const form = { grant_type: 'refresh_token', client_id: rig.practice.clientId, refresh_token };
      await expect(post(rig.practice, '/oauth/token', form)).rejects.toThrow();
      expect((await rig.state()).refreshes).toBe(1);
      expect(await post(rig.practice, '/oauth/token', form)).toMatchObject({
        status: 400,
        json: { error: 'invalid_grant' },
      });
    });
  });
});

describe('control', () => {
  it.each([
    ['POST', '/faults', { fault: { kind: 'explode' } }],
    ['POST', '/faults', { fault: { kind: 'cut' } }],
    ['POST', '/faults', { fault: { kind: 'drop', later: true } }],
    ['POST', '/faults', { fault: { kind: 'drop' }, match: { operation: 'user' } }],
    ['POST', '/faults', { fault: { kind: 'drop' }, times: 0 }],
    ['PATCH', '/state', { loggedin: false }],
    ['PATCH', '/state', { loggedIn: 'no' }],
    ['PATCH', '/state', { presence: 'Gone' }],
    ['PATCH', '/state', { user: 'nobody', loggedIn: false }],
    ['PATCH', '/state', []],
    ['POST', '/clock', { forward: 3 }],
  ])('refuses %s %s %j and says why', async (method, path, body) => {
    await withPractice({}, async (rig) => {
      const answer = await rig.control<{ message: string }>(method, path, body);
      expect(answer.status).toBe(400);
      expect(answer.json.message).toMatch(/\w+/);
    });
  });

  it('sets all of a change or nothing', async () => {
    await withPractice({}, async (rig) => {
      await rig.control('PATCH', '/state', { presence: 'Away', plan: 'gold' });
      expect(await status(rig)).toBe('Available');
      await rig.patch({ presence: { status: 'Do_Not_Disturb', minutes: 90 }, plan: 'free' });
      expect(await status(rig)).toBe('Do_Not_Disturb');
    });
  });

  it('moves the clock, which runs on from there', async () => {
    await withPractice({ now: () => 1000 }, async (rig) => {
      const clock = async (body: unknown) => (await rig.control('POST', '/clock', body)).json;
      expect(await clock({})).toMatchObject({ now: 1000 });
      expect(await clock({ advanceMs: 500 })).toMatchObject({ now: 1500 });
      expect(await clock({ set: '2026-06-01T10:00:00Z' })).toMatchObject({ iso: '2026-06-01T10:00:00.000Z' });
      expect((await rig.control('GET', '/clock')).json).toMatchObject({ now: Date.UTC(2026, 5, 1, 10) });
    });
  });

  it('lets a test wait for a request', async () => {
    await withPractice({}, async (rig) => {
      const later = rig.control('GET', '/wait?operationId=updatePresenceStatus&after=0');
      await rig.call('user');
      await rig.call('updatePresenceStatus', away);
      const { json } = await later;
      expect(json).toMatchObject({
        id: 2,
        operationId: 'updatePresenceStatus',
        status: 204,
        body: { status: 'Away' },
      });
      expect((await rig.control('GET', '/wait?operationId=user&after=1&timeoutMs=1')).status).toBe(204);
      expect((await rig.control('GET', '/wait?path=/v2/users/me')).json).toMatchObject({ id: 1 });
    });
  });

  it('forgets requests when told to', async () => {
    await withPractice({}, async (rig) => {
      await rig.call('user');
      await rig.control('DELETE', '/requests');
      expect((await rig.state()).requests).toEqual([]);
      await rig.call('user');
      expect((await rig.state()).requests).toMatchObject([{ id: 2 }]);
    });
  });
});
