import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOauth } from '../../electron/core/sign-in/oauth.ts';
import { type Practice, startPractice } from '../../electron/practice/server.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { type Rig, rigFor } from '../support/practice-client.ts';
import { hangUp, reply, silence, startRawServer, startServer } from '../support/scripted-server.ts';

const clock = createFakeClock();
const redirectUri = 'http://127.0.0.1:49152/back';
const hour = 3_600_000;
const good = { access_token: 'a', refresh_token: 'r', token_type: 'bearer', expires_in: 3600 };
const json = { 'content-type': 'application/json' };

let practice: Practice;
let rig: Rig;
beforeEach(async () => {
  practice = await startPractice({ now: clock.now });
  rig = rigFor(practice);
});
afterEach(() => practice.close());

const oauthOf = (oauthUrl: string) => createOauth({ oauthUrl, clientId: practice.clientId }, clock);
const oauth = () => oauthOf(practice.oauthUrl);

async function signedIn() {
  const signIn = await oauth().begin(redirectUri);
  const tokens = await signIn.finish(await practice.consent(signIn.authorizeUrl));
  if (!tokens.ok) throw new Error(tokens.error.what);
  return tokens.value;
}

describe('signing in', () => {
  it('asks by the book: a code, a fresh state, a fresh S256 challenge, no secret', async () => {
    const [one, two] = await Promise.all([oauth().begin(redirectUri), oauth().begin(redirectUri)]);
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

  it('gives tokens that work for an hour, and tells their scopes', async () => {
    const tokens = await signedIn();
    expect(tokens.expiresAt).toBe(clock.now() + hour);
    expect(tokens.scope.split(' ')).toContain('user:update:presence_status');
    expect(tokens.apiUrl).toBe(practice.apiUrl);
    expect((await rig.call('user', {}, tokens.accessToken)).json).toMatchObject({ email: practice.email });
  });

  it('with a secret it is sent as HTTP Basic only, and PKCE is used too', async () => {
    const { oauthUrl, confidentialClientId, clientSecret } = practice;
    const own = createOauth({ oauthUrl, clientId: confidentialClientId, clientSecret }, clock);
    const signIn = await own.begin(redirectUri);
    expect(signIn.authorizeUrl).not.toContain(clientSecret);
    const tokens = await signIn.finish(await practice.consent(signIn.authorizeUrl));
    if (!tokens.ok) throw new Error(tokens.error.what);
    const fresh = await own.refresh(tokens.value.refreshToken);
    if (!fresh.ok) throw new Error(fresh.error.what);
    expect(await own.revoke(fresh.value.accessToken)).toEqual({ ok: true, value: null });

    const server = await startServer(reply(200, good, json));
    const odd = { clientId: 'id_with-signs', clientSecret: 's3cr:t_-~' };
    await createOauth({ oauthUrl: server.url, ...odd }, clock).refresh('r0');
    await server.close();
    const [seen] = server.seen;
    expect(Buffer.from(seen?.headers.authorization?.slice(6) ?? '', 'base64').toString()).toBe(
      'id_with-signs:s3cr:t_-~',
    );
    const form = new URLSearchParams(seen?.body.toString());
    expect(Object.fromEntries(form)).toEqual({ grant_type: 'refresh_token', refresh_token: 'r0' });
  });

  it('a wrong client id or secret is a mistake of input, and no lost sign-in', async () => {
    const { oauthUrl, confidentialClientId } = practice;
    const own = createOauth({ oauthUrl, clientId: confidentialClientId, clientSecret: 'wrong' }, clock);
    const signIn = await own.begin(redirectUri);
    const result = await signIn.finish(await practice.consent(signIn.authorizeUrl));
    expect(result).toMatchObject({
      ok: false,
      error: {
        kind: 'invalid-input',
        action: 'check-input',
        what: 'Zoom doesn’t know this client ID, or its secret is wrong.',
      },
    });
  });

  it('refuses a redirect with another state, and leaves the code alone', async () => {
    const signIn = await oauth().begin(redirectUri);
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
      expect(signIn.owns(bad), bad).toBe(false);
      expect(await signIn.finish(bad), bad).toMatchObject({
        ok: false,
        error: { kind: 'invalid-input', what: 'This answer belongs to another sign-in.' },
      });
    }
    expect(signIn.owns(redirect.href)).toBe(true);
    expect((await signIn.finish(redirect.href)).ok).toBe(true);
  });

  it('tells that the person declined', async () => {
    const signIn = await oauth().begin(redirectUri);
    const page = await (await fetch(signIn.authorizeUrl)).text();
    const request = /name="request" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const answer = await fetch(`${practice.oauthUrl}/oauth/authorize`, {
      method: 'POST',
      body: new URLSearchParams({ request, choice: 'decline' }),
      redirect: 'manual',
    });
    const redirect = answer.headers.get('location') ?? '';
    expect(new URL(redirect).searchParams.get('error')).toBe('access_denied');
    expect(await signIn.finish(redirect)).toMatchObject({
      ok: false,
      error: { kind: 'cancelled', what: 'You declined in Zoom.' },
    });
  });

  it.each([
    [
      'another refusal',
      'error=server_error',
      { kind: 'refused', why: expect.stringContaining('server_error') },
    ],
    ['a refusal in strange words', 'error=%3Cb%3Ebold', { kind: 'refused', action: 'retry' }],
    ['an address that was cut off', 'code=', { kind: 'invalid-input', action: 'check-input' }],
  ])('tells %s by its own message, without asking for tokens', async (_, query, error) => {
    const signIn = await oauth().begin(redirectUri);
    const state = new URL(signIn.authorizeUrl).searchParams.get('state');
    const result = await signIn.finish(`${redirectUri}?${query}&state=${state}`);
    expect(result).toMatchObject({ ok: false, error });
    expect(JSON.stringify(result)).not.toContain('<b>');
    expect((await rig.state()).requests.filter(({ path }) => path === '/oauth/token')).toEqual([]);
  });

  it('tells that the app at Zoom has another redirect address', async () => {
    const signIn = await oauth().begin(redirectUri);
    const redirect = new URL(await practice.consent(signIn.authorizeUrl));
    const other = await oauth().begin('http://127.0.0.1:1/else');
    redirect.searchParams.set('state', new URL(other.authorizeUrl).searchParams.get('state') ?? '');
    expect(await other.finish(redirect.href)).toMatchObject({
      ok: false,
      error: { kind: 'invalid-input', what: 'Your Zoom app has another redirect address.' },
    });
  });

  it('cannot use a code with the verifier of another sign-in', async () => {
    const [mine, theirs] = await Promise.all([oauth().begin(redirectUri), oauth().begin(redirectUri)]);
    const redirect = new URL(await practice.consent(theirs.authorizeUrl));
    redirect.searchParams.set('state', new URL(mine.authorizeUrl).searchParams.get('state') ?? '');
    expect(await mine.finish(redirect.href)).toMatchObject({ ok: false, error: { kind: 'not-signed-in' } });
  });

  it.each([
    ['code-expired', 'The code of this sign-in has expired.'],
    ['code-invalid', 'Zoom doesn’t accept the code of this sign-in.'],
  ] as const)('tells in words what the number of %s means', async (refusal, what) => {
    const signIn = await oauth().begin(redirectUri);
    const redirect = await practice.consent(signIn.authorizeUrl);
    await rig.fault({ kind: 'oauth', refusal }, { grantType: 'authorization_code' });
    expect(await signIn.finish(redirect)).toMatchObject({
      ok: false,
      error: { kind: 'not-signed-in', action: 'sign-in', what },
    });
  });

  it('uses a code once', async () => {
    const signIn = await oauth().begin(redirectUri);
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
    ['a dead grant without a reason', [400, { error: 'invalid_grant' }, json], 'not-signed-in'],
    [
      'that of the forums',
      [400, { reason: 'Invalid Token!', error: 'invalid_request' }, json],
      'not-signed-in',
    ],
    ['that of 2022', [401, { reason: 'Invalid Token!', error: 'invalid_request' }, json], 'not-signed-in'],
    [
      'one with a challenge',
      [401, { reason: 'Invalid Token!', error: 'invalid_token' }, { ...json, 'www-authenticate': 'Bearer' }],
      'not-signed-in',
    ],
    [
      'a dead grant as a success',
      [200, { reason: 'Invalid Token!', error: 'invalid_grant' }, json],
      'not-signed-in',
    ],
    ['other scopes', [400, { code: 4711, message: 'Refresh token invalid.' }, json], 'not-signed-in'],
    ['other scopes in other fields', [401, { errorCode: 4711, errorMessage: '' }, json], 'not-signed-in'],
    ['a dead grant by its number', [400, { code: 4741, message: 'Revoked.' }, json], 'not-signed-in'],
    [
      'a removed app',
      [401, { reason: 'Invalid client_id or client_secret', error: 'invalid_client' }, json],
      'invalid-input',
    ],
    [
      'a removed app with a challenge',
      [401, { error: 'invalid_client' }, { 'www-authenticate': 'Basic' }],
      'invalid-input',
    ],
    [
      'a removed app in other words',
      [400, { reason: 'Invalid client_id', error: 'invalid_request' }, json],
      'invalid-input',
    ],
    ['an unknown refusal', [400, { reason: 'SECRET', error: 'unsupported_grant_type' }, json], 'refused'],
    ['an unknown 401', [401, { reason: 'Try later', error: 'server' }, json], 'bad-answer'],
    ['a list', [400, [], json], 'bad-answer'],
    ['a limit', [429, '<html></html>', { 'retry-after': '30' }], 'rate-limit'],
    ['a proxy that asks for a password', [407, ''], 'network'],
    ['an error of its own in JSON', [500, { error: 'invalid_grant' }, json], 'zoom-down'],
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

  it('takes the tokens out of an answer that a proxy labels as a page: they are the only ones', async () => {
    const server = await startServer(reply(200, good, { 'content-type': 'text/html' }));
    const result = await oauthOf(server.url).refresh('r0');
    await server.close();
    expect(result).toMatchObject({ ok: true, value: { accessToken: 'a', refreshToken: 'r' } });
  });

  it('tells when Zoom wants to be asked again', async () => {
    const server = await startServer(reply(429, '', { 'retry-after': '30' }));
    const result = await oauthOf(server.url).refresh('r0');
    await server.close();
    expect(result).toMatchObject({ error: { kind: 'rate-limit', retryAt: clock.now() + 30_000 } });
  });

  it('waits for half a minute', async () => {
    const server = await startServer(silence);
    const result = oauthOf(server.url).refresh('r0');
    await server.received(1);
    await clock.advance(30_000);
    expect(await result).toMatchObject({ ok: false, error: { kind: 'timeout', action: 'retry' } });
    await server.close();
  });

  it('says of a removed app that one has to look at it at Zoom', async () => {
    const server = await startServer(reply(401, { error: 'invalid_client' }, json));
    const result = await oauthOf(server.url).refresh('r0');
    await server.close();
    expect(result).toMatchObject({ error: { kind: 'invalid-input', action: 'open-apps' } });
  });

  it('says that the app has other scopes than the sign-in', async () => {
    const { refreshToken } = await signedIn();
    await rig.fault({ kind: 'oauth', refusal: 'scopes-changed' }, { grantType: 'refresh_token' });
    expect(await oauth().refresh(refreshToken)).toMatchObject({
      error: {
        kind: 'not-signed-in',
        action: 'sign-in',
        what: 'The scopes of your Zoom app have changed.',
      },
    });
  });

  it.each([
    [{ error: 'invalid_grant', reason: 'The app has been disabled' }, 'switched off in Zoom', 'open-apps'],
    [
      { error: 'invalid_grant', reason: 'The token is disabled by admin.' },
      'administrator',
      'ask-administrator',
    ],
    [
      { error: 'invalid_grant', reason: 'The owner of the token does not exist.' },
      'no longer has you',
      'sign-in',
    ],
    [{ error: 'invalid_grant', reason: 'The token has been revoked.' }, 'Another sign-in', 'sign-in'],
    [{ code: '4741', message: '' }, 'Another sign-in', 'sign-in'],
    [
      { code: 4740, message: 'The token ID is out of the token tolerance range.' },
      'no longer accepts',
      'sign-in',
    ],
    [{ error: 'invalid_grant' }, 'no longer accepts', 'sign-in'],
  ])('knows the reason of a refusal by its number or by its words: %o', async (body, words, action) => {
    const server = await startServer(reply(400, body, json));
    const result = await oauthOf(server.url).refresh('r0');
    await server.close();
    expect(result).toMatchObject({ error: { what: expect.stringContaining(words), action } });
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
    const far = createOauth({ oauthUrl: 'http://zoom.example', clientId: 'c' }, clock);
    // Not 'network': nothing was tried.
    expect(await far.refresh('r0')).toMatchObject({ error: { kind: 'bad-answer' } });
    const near = createOauth({ oauthUrl: 'http://127.0.0.1.example:80', clientId: 'c' }, clock);
    expect(await near.refresh('r0')).toMatchObject({ error: { kind: 'bad-answer' } });
  });
});

describe('revoking', () => {
  it('ends the sign-in at Zoom, and again is no error', async () => {
    const { accessToken } = await signedIn();
    expect(await oauth().revoke(accessToken)).toEqual({ ok: true, value: null });
    expect((await rig.call('user', {}, accessToken)).status).toBe(401);
    expect(await oauth().revoke(accessToken)).toEqual({ ok: true, value: null });
  });

  it('sends the token and the client id, in the form alone', async () => {
    const server = await startServer(reply(200, { status: 'success' }, json));
    expect(await oauthOf(server.url).revoke('t0')).toMatchObject({ ok: true });
    await server.close();
    expect(server.seen).toMatchObject([{ method: 'POST', url: '/oauth/revoke' }]);
    expect(server.seen[0]?.headers.authorization).toBeUndefined();
    expect(Object.fromEntries(new URLSearchParams(server.seen[0]?.body.toString()))).toEqual({
      token: 't0',
      client_id: practice.clientId,
    });
  });

  it.each<[string, Parameters<typeof reply>]>([
    ['an unknown client', [401, { reason: 'Invalid client_id', error: 'invalid_client' }, json]],
    ['the same without a reason', [400, { error: 'invalid_client' }, json]],
    ['a way of signing in that is not for it', [400, { error: 'unauthorized_client' }, json]],
    ['a token of a type that is not for it', [400, { error: 'unsupported_token_type' }, json]],
    ['a request of which something is missing', [400, { reason: 'x', error: 'invalid_request' }, json]],
    ['what is forbidden', [403, { error: 'access_denied' }, json]],
    ['a number alone', [401, { code: 4706, message: 'Client ID or client secret is missing.' }, json]],
  ])('%# is refused for good: %s', async (_, answer) => {
    const server = await startServer(reply(...answer));
    const result = await oauthOf(server.url).revoke('t0');
    await server.close();
    expect(result).toMatchObject({ error: { kind: 'refused', what: 'Zoom didn’t end the sign-in.' } });
  });

  it.each<[string, Parameters<typeof reply>]>([
    ['a limit', [429, { error: 'invalid_client' }, json]],
    ['trouble', [503, { error: 'invalid_client' }, json]],
    ['a request that took too long', [408, { error: 'invalid_request' }, json]],
    ['trouble by its name', [400, { error: 'temporarily_unavailable' }, json]],
    ['a page', [403, '<html></html>', { 'content-type': 'text/html' }]],
    ['JSON of another', [403, { blocked: true }, json]],
  ])('%# may work later: %s', async (_, answer) => {
    const server = await startServer(reply(...answer));
    const result = await oauthOf(server.url).revoke('t0');
    await server.close();
    expect(result.ok).toBe(false);
    expect(result).not.toMatchObject({ error: { kind: 'refused' } });
  });

  it.each<[string, Parameters<typeof reply>]>([
    ['by its name', [400, { error: 'invalid_grant' }, json]],
    ['as the forums have it', [400, { reason: 'Invalid Token!', error: 'invalid_request' }, json]],
    ['by its number', [400, { code: 4741, message: 'The token was revoked.' }, json]],
  ])('is done where the token is dead, %s', async (_, answer) => {
    const server = await startServer(reply(...answer));
    expect(await oauthOf(server.url).revoke('t0')).toEqual({ ok: true, value: null });
    await server.close();
  });

  it('is not done while Zoom cannot be reached, or has trouble', async () => {
    const server = await startServer(reply(503), hangUp);
    expect(await oauthOf(server.url).revoke('t0')).toMatchObject({ error: { kind: 'zoom-down' } });
    expect(await oauthOf(server.url).revoke('t0')).toMatchObject({ error: { kind: 'network' } });
    await server.close();
  });
});
