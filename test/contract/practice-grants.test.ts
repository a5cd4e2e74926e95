import { describe, expect, it } from 'vitest';
import { makeApp, post, signIn, type Tokens } from '../support/oauth.ts';
import { type Rig, withPractice } from '../support/practice-client.ts';

const revocations = async (rig: Rig) => (await rig.state()).revocations;

const refreshForm = (rig: Rig, token: string) => ({
  grant_type: 'refresh_token',
  client_id: rig.practice.clientId,
  refresh_token: token,
});

const unknownToken = { status: 400, json: { reason: 'Invalid Token!', error: 'invalid_grant' } };

describe('revoking', () => {
  it('is done by a client with a secret by HTTP Basic, by its access or its refresh token', async () => {
    await withPractice({}, async (rig) => {
      const { confidentialClientId: clientId, clientSecret } = rig.practice;
      for (const which of ['access_token', 'refresh_token'] as const) {
        const tokens = await signIn(rig.practice, { clientId, clientSecret });
        const form = { token: tokens[which] };
        const without = await post(rig.practice, '/oauth/revoke', { ...form, client_id: clientId });
        expect(without).toMatchObject({ status: 401, json: { error: 'invalid_client' } });
        expect((await rig.call('user', {}, tokens.access_token)).status).toBe(200);
        const basic = `${clientId}:${clientSecret}`;
        const answer = await post(rig.practice, '/oauth/revoke', form, basic);
        expect(answer).toMatchObject({ status: 200, json: { status: 'success' } });
        expect((await rig.call('user', {}, tokens.access_token)).status).toBe(401);
        const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
        expect(await post(rig.practice, '/oauth/token', refresh, basic)).toMatchObject(unknownToken);
      }
      expect(await revocations(rig)).toBe(2);
      expect((await rig.state()).grants.some((one) => one.clientId === clientId)).toBe(false);
    });
  });

  it('of another app ends nothing', async () => {
    await withPractice({}, async (rig) => {
      const tokens = await signIn(rig.practice);
      const { clientId = '' } = await makeApp(rig.practice, { public: 'on' });
      const { confidentialClientId, clientSecret } = rig.practice;
      const form = { token: tokens.refresh_token };
      expect(await post(rig.practice, '/oauth/revoke', { ...form, client_id: clientId })).toMatchObject(
        unknownToken,
      );
      const basic = `${confidentialClientId}:${clientSecret}`;
      expect(await post(rig.practice, '/oauth/revoke', form, basic)).toMatchObject(unknownToken);
      for (const client_id of ['nobody', '']) {
        const answer = await post(rig.practice, '/oauth/revoke', { ...form, client_id });
        expect(answer).toMatchObject({ status: 401, json: { error: 'invalid_client' } });
      }
      expect((await rig.call('user', {}, tokens.access_token)).status).toBe(200);
      expect(await revocations(rig)).toBe(0);
    });
  });

  it('of a token that is not, or no longer, known says so', async () => {
    await withPractice({}, async (rig) => {
      const { access_token: token } = await signIn(rig.practice);
      const form = { client_id: rig.practice.clientId, token };
      expect((await post(rig.practice, '/oauth/revoke', form)).status).toBe(200);
      expect(await post(rig.practice, '/oauth/revoke', form)).toMatchObject(unknownToken);
      expect(await post(rig.practice, '/oauth/revoke', { ...form, token: '' })).toMatchObject(unknownToken);
      expect(await revocations(rig)).toBe(1);
    });
  });

  it('can be held, dropped and delayed like everything else', async () => {
    await withPractice({}, async (rig) => {
      const { access_token: token } = await signIn(rig.practice);
      const form = { client_id: rig.practice.clientId, token };
      await rig.fault({ kind: 'drop' }, { path: '/oauth/revoke' });
      await expect(post(rig.practice, '/oauth/revoke', form)).rejects.toThrow();
      expect(await revocations(rig)).toBe(0);
      await rig.fault({ kind: 'drop', after: true }, { path: '/oauth/revoke' });
      await expect(post(rig.practice, '/oauth/revoke', form)).rejects.toThrow();
      expect(await revocations(rig)).toBe(1);
    });
  });
});

describe('what a grant is given', () => {
  it('can be less than was asked for, and a sign-in later is whole again', async () => {
    await withPractice({}, async (rig) => {
      await rig.patch({ grantScopes: ['user:read:user'] });
      const less = await signIn(rig.practice);
      expect(less.scope).toBe('user:read:user');
      expect(await rig.call('userSettings', {}, less.access_token)).toMatchObject({
        status: 400,
        code: 4711,
      });
      await rig.patch({ grantScopes: null });
      expect((await signIn(rig.practice)).scope).toContain('user:read:settings');
    });
  });

  it('can lose a scope while it lives, of one person, until they sign in again', async () => {
    await withPractice({}, async (rig) => {
      const email = 'amara.okonjo@practice.example';
      const mine = await signIn(rig.practice);
      const theirs = await signIn(rig.practice, { email });
      await rig.patch({ user: email, removeScopes: ['user:read:settings'] });
      expect(await rig.call('userSettings', {}, theirs.access_token)).toMatchObject({
        status: 400,
        code: 4711,
      });
      expect((await rig.call('user', {}, theirs.access_token)).status).toBe(200);
      expect((await rig.call('userSettings', {}, mine.access_token)).status).toBe(200);
      const { json } = await post(rig.practice, '/oauth/token', refreshForm(rig, theirs.refresh_token));
      expect((json as Tokens).scope).not.toContain('user:read:settings');
      expect((await signIn(rig.practice, { email })).scope).toContain('user:read:settings');
    });
  });

  it('is not told in the shape of 2022', async () => {
    await withPractice({}, async (rig) => {
      await rig.patch({ bareTokens: true });
      const tokens = await signIn(rig.practice);
      const names = ['access_token', 'expires_in', 'refresh_token', 'token_type'];
      expect(Object.keys(tokens).sort()).toEqual(names);
      const { json } = await post(rig.practice, '/oauth/token', refreshForm(rig, tokens.refresh_token));
      expect(Object.keys(json as Tokens).sort()).toEqual(names);
      await rig.patch({ bareTokens: false });
      expect((await signIn(rig.practice)).api_url).toBe(rig.practice.oauthUrl);
    });
  });

  it.each([{ grantScopes: 'user:read:user' }, { removeScopes: null }, { bareTokens: 1 }])(
    'is not set by %j',
    async (patch) => {
      await withPractice({}, async (rig) => {
        expect((await rig.control('PATCH', '/state', patch)).status).toBe(400);
      });
    },
  );
});
