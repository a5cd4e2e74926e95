import { describe, expect, it } from 'vitest';
import { authorizeUrl, makeApp, pkce, post, redirectUri, signIn, type Tokens } from '../support/oauth.ts';
import { type Rig, withPractice } from '../support/practice-client.ts';

const minute = 60_000;

/** A code by consent, and what trades it. */
async function codeFor({ practice }: Rig) {
  const { verifier, challenge } = pkce();
  const url = authorizeUrl(practice, {
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state: 'kept as it is',
  });
  const back = new URL(await practice.consent(url));
  const form = {
    grant_type: 'authorization_code',
    client_id: practice.clientId,
    redirect_uri: redirectUri,
    code: back.searchParams.get('code') ?? '',
    code_verifier: verifier,
  };
  return { back, form };
}

const refreshForm = (rig: Rig, token: string) => ({
  grant_type: 'refresh_token',
  client_id: rig.practice.clientId,
  refresh_token: token,
});

describe('signing in', () => {
  it('gives a code and the state to the redirect, and tokens for the code', async () => {
    await withPractice({}, async (rig) => {
      const { back, form } = await codeFor(rig);
      expect(back.href).toMatch(/^http:\/\/127\.0\.0\.1:49152\/back\/here\?/);
      expect(back.searchParams.get('state')).toBe('kept as it is');
      const { status, json } = await post(rig.practice, '/oauth/token', form);
      const tokens = json as Tokens;
      expect(status).toBe(200);
      expect(tokens).toMatchObject({
        token_type: 'bearer',
        expires_in: 3600,
        api_url: rig.practice.oauthUrl,
      });
      expect(tokens.scope.split(' ')).toContain('user:update:presence_status');
      expect(tokens.scope).not.toContain(':admin');
      const me = await rig.call('user', {}, tokens.access_token);
      expect(me.json).toMatchObject({
        email: 'robin.ashdown@practice.example',
        first_name: 'Robin',
        type: 2,
      });
    });
  });

  it('takes the parameters of the token endpoint in the query too', async () => {
    await withPractice({}, async (rig) => {
      const { form } = await codeFor(rig);
      const { status } = await post(rig.practice, `/oauth/token?${new URLSearchParams(form)}`, {});
      expect(status).toBe(200);
    });
  });

  it('refuses a wrong code verifier', async () => {
    await withPractice({}, async (rig) => {
      const { form } = await codeFor(rig);
      const wrong = await post(rig.practice, '/oauth/token', { ...form, code_verifier: pkce().verifier });
      expect(wrong).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
      const missing = await post(rig.practice, '/oauth/token', {
        ...(await codeFor(rig)).form,
        code_verifier: '',
      });
      expect(missing).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
    });
  });

  it('takes a code once, and for five minutes', async () => {
    await withPractice({}, async (rig) => {
      const { form } = await codeFor(rig);
      expect((await post(rig.practice, '/oauth/token', form)).status).toBe(200);
      const again = { status: 400, json: { reason: 'Invalid authorization code', error: 'invalid_request' } };
      expect(await post(rig.practice, '/oauth/token', form)).toMatchObject(again);
      const late = (await codeFor(rig)).form;
      await rig.advance(5 * minute);
      expect(await post(rig.practice, '/oauth/token', late)).toMatchObject(again);
    });
  });

  it('refuses another redirect than the code was asked with', async () => {
    await withPractice({}, async (rig) => {
      const { form } = await codeFor(rig);
      const answer = await post(rig.practice, '/oauth/token', {
        ...form,
        redirect_uri: 'http://127.0.0.1:1/other',
      });
      expect(answer).toMatchObject({ status: 400, json: { error: 'invalid_request' } });
    });
  });

  it('knows a client with a secret by HTTP Basic', async () => {
    await withPractice({}, async (rig) => {
      const { confidentialClientId: id, clientSecret: secret } = rig.practice;
      const url = authorizeUrl(rig.practice, { client_id: id });
      const code = new URL(await rig.practice.consent(url)).searchParams.get('code') ?? '';
      const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri };
      const bad = {
        status: 401,
        json: { reason: 'Invalid client_id or client_secret', error: 'invalid_client' },
      };
      expect(await post(rig.practice, '/oauth/token', form, `${id}:wrong`)).toMatchObject(bad);
      expect(await post(rig.practice, '/oauth/token', { ...form, client_id: id })).toMatchObject(bad);
      expect(await post(rig.practice, '/oauth/token', form, `${id}:${secret}`)).toMatchObject({
        status: 200,
      });
    });
  });

  it.each([
    ['an unknown client', { client_id: 'nobody' }, '(4702)'],
    ['localhost instead of 127.0.0.1', { redirect_uri: 'http://localhost:49152/back' }, '"errorCode":4700'],
    ['a redirect to elsewhere', { redirect_uri: 'https://elsewhere.example/back' }, '"errorCode":4700'],
    ['another response type', { response_type: 'token' }, '(4706)'],
    ['a public client without a challenge', { code_challenge: undefined }, '(4706)'],
    ['a scope the app does not have', { scope: 'user:write:user:admin' }, '(4711)'],
  ])('shows a page and no redirect for %s', async (_, change, number) => {
    await withPractice({}, async (rig) => {
      const url = authorizeUrl(rig.practice, {
        code_challenge: pkce().challenge,
        code_challenge_method: 'S256',
        ...change,
      });
      const response = await fetch(url, { redirect: 'manual' });
      expect(response.status).toBe(400);
      expect(response.headers.get('location')).toBeNull();
      expect(await response.text()).toContain(number);
    });
  });

  it('tells the app when the person declines, and takes a consent page once', async () => {
    await withPractice({}, async (rig) => {
      const url = authorizeUrl(rig.practice, { code_challenge: 'abc', state: 'xyz' });
      const html = await (await fetch(url)).text();
      expect(html).toContain('Robin'.toLowerCase());
      const request = /name="request" value="([^"]+)"/.exec(html)?.[1] ?? '';
      const press = (choice: string) =>
        fetch(new URL('/oauth/authorize', rig.practice.oauthUrl), {
          method: 'POST',
          body: new URLSearchParams({ request, choice }),
          redirect: 'manual',
        });
      const back = new URL((await press('decline')).headers.get('location') ?? '');
      expect(Object.fromEntries(back.searchParams)).toEqual({ error: 'access_denied', state: 'xyz' });
      expect((await press('allow')).status).toBe(400);
    });
  });

  it('does not let a page bring markup in', async () => {
    await withPractice({}, async (rig) => {
      const response = await fetch(authorizeUrl(rig.practice, { code_challenge: 'abc', scope: '<script>' }));
      expect(await response.text()).not.toContain('<script>');
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    });
  });
});

describe('a grant', () => {
  it('gives a new refresh token with every refresh and kills the old ones', async () => {
    await withPractice({}, async (rig) => {
      const first = await signIn(rig.practice);
      const { status, json } = await post(
        rig.practice,
        '/oauth/token',
        refreshForm(rig, first.refresh_token),
      );
      const second = json as Tokens;
      expect(status).toBe(200);
      expect(second.refresh_token).not.toBe(first.refresh_token);
      const dead = { status: 400, json: { reason: 'Invalid Token!', error: 'invalid_grant' } };
      expect(await post(rig.practice, '/oauth/token', refreshForm(rig, first.refresh_token))).toMatchObject(
        dead,
      );
      expect(await rig.call('user', {}, first.access_token)).toMatchObject({ status: 401, code: 124 });
      expect(await rig.call('user', {}, second.access_token)).toMatchObject({ status: 200 });
      expect((await rig.state()).refreshes).toBe(1);
    });
  });

  it('is the only one of a person and an app: a second sign-in ends the first', async () => {
    await withPractice({}, async (rig) => {
      const first = await signIn(rig.practice);
      const second = await signIn(rig.practice);
      expect(await rig.call('user', {}, first.access_token)).toMatchObject({ status: 401, code: 124 });
      const refreshed = await post(rig.practice, '/oauth/token', refreshForm(rig, first.refresh_token));
      expect(refreshed).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
      expect((await rig.call('user', {}, second.access_token)).status).toBe(200);
      const { grants } = await rig.state();
      expect(grants.filter((grant) => grant.clientId === rig.practice.clientId)).toHaveLength(1);
    });
  });

  it('has an access token for an hour and a refresh token for 90 days', async () => {
    await withPractice({}, async (rig) => {
      const tokens = await signIn(rig.practice);
      await rig.advance(60 * minute);
      expect(await rig.call('user', {}, tokens.access_token)).toMatchObject({
        status: 401,
        code: 124,
        message: 'Access token is expired.',
      });
      await rig.advance(90 * 24 * 60 * minute);
      expect((await post(rig.practice, '/oauth/token', refreshForm(rig, tokens.refresh_token))).status).toBe(
        400,
      );
    });
  });

  it('ends when either of its tokens is revoked', async () => {
    await withPractice({}, async (rig) => {
      for (const which of ['access_token', 'refresh_token'] as const) {
        const tokens = await signIn(rig.practice);
        const form = { client_id: rig.practice.clientId, token: tokens[which] };
        expect(await post(rig.practice, '/oauth/revoke', form)).toMatchObject({
          status: 200,
          json: { status: 'success' },
        });
        expect(await rig.call('user', {}, tokens.access_token)).toMatchObject({ status: 401, code: 124 });
        expect(
          (await post(rig.practice, '/oauth/token', refreshForm(rig, tokens.refresh_token))).status,
        ).toBe(400);
      }
    });
  });

  it('knows no other kind of grant', async () => {
    await withPractice({}, async (rig) => {
      const form = { client_id: rig.practice.clientId, grant_type: 'password' };
      expect(await post(rig.practice, '/oauth/token', form)).toMatchObject({ status: 400 });
    });
  });
});

describe('scopes', () => {
  it('are those that were asked for; what they lack is named, with 4711 for granular ones', async () => {
    await withPractice({}, async (rig) => {
      const tokens = await signIn(rig.practice, { scope: 'user:read:user' });
      expect(tokens.scope).toBe('user:read:user');
      expect((await rig.call('user', {}, tokens.access_token)).status).toBe(200);
      expect(
        await rig.call('updatePresenceStatus', { body: { status: 'Away' } }, tokens.access_token),
      ).toMatchObject({
        status: 400,
        code: 4711,
        message:
          'Invalid access token, does not contain scopes:[user:update:presence_status, user:update:presence_status:admin].',
      });
    });
  });

  it('of the classic kind answer 4700; user:write opens what user:read opens, but not the ZAK', async () => {
    await withPractice({}, async (rig) => {
      await rig.patch({ scopes: ['user:write'] });
      expect((await rig.call('userSettings')).status).toBe(200);
      expect(await rig.call('userZak')).toMatchObject({
        status: 400,
        code: 4700,
        message: 'Invalid access token, does not contain scopes: [user_zak:read].',
      });
    });
  });

  it('for oneself do not reach others, whether these exist or not', async () => {
    await withPractice({}, async (rig) => {
      for (const userId of ['amara.okonjo@practice.example', 'nobody@practice.example']) {
        expect(await rig.call('user', { path: { userId } })).toMatchObject({ status: 400, code: 4711 });
      }
      for (const userId of ['me', rig.practice.userId, 'Robin.Ashdown@practice.example']) {
        expect((await rig.call('user', { path: { userId } })).status).toBe(200);
      }
      const other = { path: { userId: 'amara.okonjo@practice.example' } };
      expect((await rig.call('user', other, rig.practice.adminAccessToken)).json).toMatchObject({
        first_name: 'Amara',
      });
    });
  });
});

describe('secrets', () => {
  it('all carry a canary, and never the same', async () => {
    await withPractice({}, async (rig) => {
      const tokens = await signIn(rig.practice);
      const { form } = await codeFor(rig);
      const { token: zak } = (await rig.call('userZak', {}, tokens.access_token)).json as { token: string };
      const { token: timed } = (await rig.call('userToken', { query: { type: 'zak' } }, tokens.access_token))
        .json as {
        token: string;
      };
      const { clientSecret = '' } = await makeApp(rig.practice);
      const secrets = [
        tokens.access_token,
        tokens.refresh_token,
        form.code,
        zak,
        timed,
        clientSecret,
        rig.practice.clientSecret,
      ];
      const marks = secrets.map((secret) => /CANARY-[0-9a-f-]{36}/.exec(secret)?.[0]);
      expect(marks.every(Boolean)).toBe(true);
      expect(new Set(marks).size).toBe(secrets.length);
      expect(timed.length).toBeLessThanOrEqual(512);
      const payload = JSON.parse(Buffer.from(zak.split('.')[1] ?? '', 'base64url').toString());
      expect(payload).toMatchObject({ aud: 'clientsm', uid: rig.practice.userId, iss: 'web', sty: 100 });
      expect(payload.exp - payload.iat).toBe(300);
    });
  });

  it('are not in the state that tests read', async () => {
    await withPractice({}, async (rig) => {
      const tokens = await signIn(rig.practice);
      await post(rig.practice, '/oauth/token', refreshForm(rig, tokens.refresh_token));
      await rig.call('userZak');
      await makeApp(rig.practice);
      expect(JSON.stringify(await rig.state())).not.toContain('CANARY-');
    });
  });
});
