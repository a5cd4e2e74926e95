import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOauth } from '../../electron/core/accounts/oauth.ts';
import { createSession } from '../../electron/core/accounts/session.ts';
import { createZoomClient } from '../../electron/core/zoom/client.ts';
import { type Practice, startPractice } from '../../electron/practice/server.ts';
import { type Rig, rigFor } from '../contract/support/practice-client.ts';
import { createFakeClock } from './support/fake-clock.ts';
import { hangUp, reply, startRawServer, startServer } from './support/zoom-server.ts';

const clock = createFakeClock();
const redirectUri = 'http://127.0.0.1:49152/back';
const hour = 3_600_000;

let practice: Practice;
let rig: Rig;
beforeEach(async () => {
  practice = await startPractice({ now: clock.now });
  rig = rigFor(practice);
});
afterEach(() => practice.close());

const oauthOf = (oauthUrl: string) =>
  createOauth({ oauthUrl, clientId: practice.clientId, redirectUri }, clock);
const oauth = () => oauthOf(practice.oauthUrl);

async function signedIn() {
  const signIn = await oauth().begin();
  const tokens = await signIn.finish(await practice.consent(signIn.authorizeUrl));
  if (!tokens.ok) throw new Error(tokens.error.what);
  return tokens.value;
}

describe('signing in', () => {
  it('asks by the book: a code, a fresh state, a fresh S256 challenge, no secret', async () => {
    const [one, two] = await Promise.all([oauth().begin(), oauth().begin()]);
    const query = (signIn: typeof one) => new URL(signIn.authorizeUrl).searchParams;
    expect(Object.fromEntries(query(one))).toEqual({
      response_type: 'code',
      client_id: practice.clientId,
      redirect_uri: redirectUri,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
      state: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(query(one).get('state')).not.toBe(query(two).get('state'));
    expect(query(one).get('code_challenge')).not.toBe(query(two).get('code_challenge'));
  });

  it('gives tokens that work, and refreshes them when their hour is over', async () => {
    const tokens = await signedIn();
    expect(tokens.expiresAt).toBe(clock.now() + hour);
    expect(tokens.scope.split(' ')).toContain('user:update:presence_status');
    const session = createSession({ clock, tokens, refresh: oauth().refresh, save: async () => {} });
    const client = createZoomClient({ clock, session, apiUrl: () => practice.apiUrl, random: () => 0 });
    expect(await client.call('user')).toMatchObject({ ok: true, data: { email: practice.email } });
    await clock.advance(hour);
    const calls = Array.from({ length: 20 }, () => client.call('userPresenceStatus'));
    for (const result of await Promise.all(calls)) expect(result.ok).toBe(true);
    expect((await rig.state()).refreshes).toBe(1);
  });

  it('makes one refresh of 100 calls whose token Zoom refuses', async () => {
    const tokens = await signedIn();
    const session = createSession({ clock, tokens, refresh: oauth().refresh, save: async () => {} });
    const results = await Promise.all(Array.from({ length: 100 }, () => session.refresh(tokens.accessToken)));
    expect(new Set(results.map((result) => result.ok && result.token)).size).toBe(1);
    expect((await rig.state()).refreshes).toBe(1);
  });

  it('refuses a redirect with another state, and leaves the code alone', async () => {
    const signIn = await oauth().begin();
    const redirect = new URL(await practice.consent(signIn.authorizeUrl));
    const forged = new URL(redirect);
    forged.searchParams.set('state', 'guessed');
    const missing = new URL(redirect);
    missing.searchParams.delete('state');
    const twice = new URL(redirect);
    twice.searchParams.append('state', redirect.searchParams.get('state') ?? '');
    for (const bad of [
      forged.href,
      missing.href,
      twice.href,
      'not an address',
      '',
      `${redirectUri}?error=x`,
    ]) {
      expect(await signIn.finish(bad), bad).toMatchObject({ ok: false, error: { kind: 'bad-answer' } });
    }
    expect((await signIn.finish(redirect.href)).ok).toBe(true);
  });

  it('tells that the person declined', async () => {
    const signIn = await oauth().begin();
    const page = await (await fetch(signIn.authorizeUrl)).text();
    const request = /name="request" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const answer = await fetch(`${practice.oauthUrl}/oauth/authorize`, {
      method: 'POST',
      body: new URLSearchParams({ request, choice: 'decline' }),
      redirect: 'manual',
    });
    const redirect = answer.headers.get('location') ?? '';
    expect(new URL(redirect).searchParams.get('error')).toBe('access_denied');
    expect(await signIn.finish(redirect)).toMatchObject({ ok: false, error: { kind: 'forbidden' } });
  });

  it('cannot use a code with the verifier of another sign-in', async () => {
    const [mine, theirs] = await Promise.all([oauth().begin(), oauth().begin()]);
    const redirect = new URL(await practice.consent(theirs.authorizeUrl));
    redirect.searchParams.set('state', new URL(mine.authorizeUrl).searchParams.get('state') ?? '');
    expect(await mine.finish(redirect.href)).toMatchObject({ ok: false, error: { kind: 'not-signed-in' } });
  });

  it('uses a code once', async () => {
    const signIn = await oauth().begin();
    const redirect = await practice.consent(signIn.authorizeUrl);
    expect((await signIn.finish(redirect)).ok).toBe(true);
    expect(await signIn.finish(redirect)).toMatchObject({ ok: false, error: { kind: 'not-signed-in' } });
  });
});

describe('refreshing', () => {
  it('rotates: the former token is dead, and a dead one means to sign in again', async () => {
    const tokens = await signedIn();
    const fresh = await oauth().refresh(tokens.refreshToken);
    expect(fresh.ok && fresh.value.refreshToken).not.toBe(tokens.refreshToken);
    const dead = await oauth().refresh(tokens.refreshToken);
    expect(dead).toMatchObject({ ok: false, error: { kind: 'not-signed-in', action: 'sign-in' } });
  });

  it('is not repeated when the answer is lost', async () => {
    const tokens = await signedIn();
    await rig.fault({ kind: 'lose-refresh' });
    expect(await oauth().refresh(tokens.refreshToken)).toMatchObject({
      ok: false,
      error: { kind: 'network' },
    });
    expect((await rig.state()).refreshes).toBe(1);
  });

  it('tells that nobody answers', async () => {
    const tokens = await signedIn();
    await practice.close();
    expect(await oauth().refresh(tokens.refreshToken)).toMatchObject({
      ok: false,
      error: { kind: 'network', action: 'check-connection' },
    });
  });

  const good = { access_token: 'a', refresh_token: 'r', token_type: 'bearer', expires_in: 3600 };
  const json = { 'content-type': 'application/json' };
  it.each<[string, Parameters<typeof reply> | 'hang-up' | 'half', string]>([
    ['a page', [200, '<html>Welcome to the hotel</html>', { 'content-type': 'text/html' }], 'bad-answer'],
    ['half a JSON', [200, '{"access_token":"a', json], 'bad-answer'],
    ['nothing', [200, '', json], 'bad-answer'],
    ['no access token', [200, { ...good, access_token: undefined }, json], 'bad-answer'],
    ['no refresh token', [200, { ...good, refresh_token: undefined }, json], 'bad-answer'],
    ['tokens of another type', [200, { ...good, token_type: 'mac' }, json], 'bad-answer'],
    ['a life that is no number', [200, { ...good, expires_in: 'long' }, json], 'bad-answer'],
    ['a redirect', [302, '', { location: 'https://example.org/' }], 'bad-answer'],
    ['a challenge', [401, '', { 'www-authenticate': 'Basic realm="proxy"' }], 'bad-answer'],
    ['trouble of its own', [503, '<html></html>', { 'content-type': 'text/html' }], 'zoom-down'],
    ['a dead grant', [400, { reason: 'Invalid Token!', error: 'invalid_grant' }, json], 'not-signed-in'],
    [
      'a dead code of old',
      [400, { reason: 'Invalid Token!', error: 'invalid_request' }, json],
      'not-signed-in',
    ],
    ['a closed connection', 'hang-up', 'network'],
    ['half an answer', 'half', 'network'],
  ])('%# understands %s', async (_, answer, kind) => {
    const server =
      answer === 'half'
        ? await startRawServer((socket) => {
            socket.end(
              'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{"acc',
            );
          })
        : await startServer(answer === 'hang-up' ? hangUp : reply(...answer));
    try {
      const result = await oauthOf(server.url).refresh('SECRET-REFRESH');
      expect(result).toMatchObject({ ok: false, error: { kind } });
      expect(JSON.stringify(result)).not.toContain('SECRET');
    } finally {
      await server.close();
    }
  });

  it('takes an hour for granted where no life is told', async () => {
    const server = await startServer(reply(200, { ...good, expires_in: undefined }, json));
    try {
      const result = await oauthOf(server.url).refresh('r0');
      expect(result).toMatchObject({ ok: true, value: { expiresAt: clock.now() + hour, scope: '' } });
      expect(server.seen).toHaveLength(1);
      const sent = new URLSearchParams(server.seen[0]?.body.toString());
      expect(Object.fromEntries(sent)).toEqual({
        grant_type: 'refresh_token',
        refresh_token: 'r0',
        client_id: practice.clientId,
      });
    } finally {
      await server.close();
    }
  });

  it('sends a token over plain http to this computer only', async () => {
    const far = createOauth({ oauthUrl: 'http://zoom.example', clientId: 'c', redirectUri }, clock);
    // Not 'network': nothing was tried.
    expect(await far.refresh('r0')).toMatchObject({ error: { kind: 'bad-answer' } });
    const near = createOauth({ oauthUrl: 'http://127.0.0.1.example:80', clientId: 'c', redirectUri }, clock);
    expect(await near.refresh('r0')).toMatchObject({ error: { kind: 'bad-answer' } });
  });
});
