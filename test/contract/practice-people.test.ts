import { describe, expect, it } from 'vitest';
import { smallPng } from '../support/files.ts';
import { authorizeUrl, pkce, signIn } from '../support/oauth.ts';
import { type Rig, withPractice } from '../support/practice-client.ts';

const amara = 'amara.okonjo@practice.example';
const robin = 'robin.ashdown@practice.example';

const details = async (rig: Rig, email: string) => (await rig.state(email)).me;

describe('the consent page', () => {
  it('lets choose who is signed in, the practice user unless changed', async () => {
    await withPractice({}, async (rig) => {
      const url = authorizeUrl(rig.practice, { code_challenge: pkce().challenge });
      const html = await (await fetch(url)).text();
      const people = [...html.matchAll(/<option value="([^"]+)"/g)].map(([, email]) => email);
      expect(people).toHaveLength(5);
      expect(people[0]).toBe(robin);
      expect(people).toContain(amara);
    });
  });

  it.each(['nobody@practice.example', 'gideon.abramov@practice.example', 'board.room@practice.example'])(
    'gives no code for %s',
    async (email) => {
      await withPractice({}, async (rig) => {
        await expect(signIn(rig.practice, { email })).rejects.toThrow('without a redirect');
        expect(
          (await rig.state()).grants.filter((one) => one.clientId === rig.practice.clientId),
        ).toHaveLength(1);
      });
    },
  );
});

describe('two people of one app', () => {
  it('have a grant each, which leaves the other alone', async () => {
    await withPractice({}, async (rig) => {
      const first = await signIn(rig.practice);
      const second = await signIn(rig.practice, { email: amara });
      expect((await rig.call('user', {}, first.access_token)).json).toMatchObject({ email: robin });
      expect((await rig.call('user', {}, second.access_token)).json).toMatchObject({ email: amara });
      const revoke = new URLSearchParams({ client_id: rig.practice.clientId, token: second.access_token });
      await fetch(`${rig.practice.oauthUrl}/oauth/revoke`, { method: 'POST', body: revoke });
      expect((await rig.call('user', {}, second.access_token)).status).toBe(401);
      expect((await rig.call('user', {}, first.access_token)).status).toBe(200);
    });
  });

  it('mean themselves by "me", whatever they read or change', async () => {
    await withPractice({}, async (rig) => {
      const { access_token: token } = await signIn(rig.practice, { email: amara });
      const before = await details(rig, robin);
      const { backgrounds } = await details(rig, amara);
      await rig.patch({ user: amara, type: 2 });

      const away = { body: { status: 'Away' as const } };
      expect((await rig.call('updatePresenceStatus', away, token)).status).toBe(204);
      // The minute is each person's own.
      expect((await rig.call('updatePresenceStatus', away, token)).status).toBe(429);
      expect((await rig.call('updatePresenceStatus', { body: { status: 'Busy' } })).status).toBe(204);
      const file = smallPng();
      expect((await rig.call('userPicture', { file }, token)).status).toBeLessThan(300);
      expect((await rig.call('uploadVBuser', { file }, token)).status).toBe(201);
      expect((await rig.call('userUpdate', { body: { job_title: 'Pilot' } }, token)).status).toBe(204);

      const mine = await details(rig, amara);
      expect(mine).toMatchObject({ email: amara, presence: { status: 'Away' }, jobTitle: 'Pilot' });
      expect(mine.picture).toMatchObject({ type: 'image/png' });
      expect(mine.backgrounds).toHaveLength(backgrounds.length + 1);
      expect(await details(rig, robin)).toEqual({
        ...before,
        presence: { ...before.presence, status: 'Busy' },
      });

      const { token: zak } = (await rig.call('userZak', {}, token)).json as { token: string };
      const claims = JSON.parse(Buffer.from(zak.split('.')[1] ?? '', 'base64url').toString());
      expect(claims.uid).toBe(mine.id);
    });
  });

  it('are answered with the name of the one whose token it is, by every read', async () => {
    await withPractice({}, async (rig) => {
      const { access_token: token } = await signIn(rig.practice, { email: amara });
      for (const id of ['userSettings', 'userPresenceStatus', 'userAssistants', 'userSchedulers'] as const) {
        expect((await rig.call(id, {}, token)).status).toBe(200);
      }
      const { requests } = await rig.state();
      const { id } = await details(rig, amara);
      expect(new Set(requests.filter((one) => one.operationId).map((one) => one.tokenUser))).toEqual(
        new Set([id]),
      );
    });
  });
});

it('the state of a person nobody knows is not given', async () => {
  await withPractice({}, async (rig) => {
    expect((await rig.control('GET', '/state?user=nobody')).status).toBe(400);
  });
});
