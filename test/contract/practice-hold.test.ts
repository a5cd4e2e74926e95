import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../electron/practice/log.ts';
import { startPractice } from '../../electron/practice/server.ts';
import { post, signIn, type Tokens } from '../support/oauth.ts';
import { type Rig, rigFor, withPractice } from '../support/practice-client.ts';

const away = { body: { status: 'Away' as const } };
const tokenPath = '/oauth/token';

/** Waits until a request to `path` stands still; gives its number in the log. */
async function heldAt(rig: Rig, path: string): Promise<number> {
  const { json } = await rig.control<LogEntry>('GET', `/wait?path=${path}`);
  expect(json).toMatchObject({ held: true, status: 0 });
  return json.id;
}

const release = async (rig: Rig) => (await rig.control('POST', '/release')).json;

const refreshForm = (rig: Rig, token: string) => ({
  grant_type: 'refresh_token',
  client_id: rig.practice.clientId,
  refresh_token: token,
});

/** Sends a refresh and goes away, as a killed program does, once it stands still. */
async function refreshAndDie(rig: Rig, token: string): Promise<void> {
  const form = new URLSearchParams(refreshForm(rig, token)).toString();
  const sent = request(new URL(tokenPath, rig.practice.oauthUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  sent.on('error', () => undefined);
  sent.end(form);
  await heldAt(rig, tokenPath);
  sent.destroy();
  // Nothing of it is left to let go once the server saw the connection end.
  await expect.poll(async () => (await rig.state()).requests[0]).toMatchObject({ held: false, status: 0 });
  expect(await release(rig)).toEqual({ released: 0 });
}

describe('a request that is held', () => {
  it('is told of as it arrives, not carried out before it is let go, and answered then', async () => {
    await withPractice({}, async (rig) => {
      await rig.fault({ kind: 'hold', when: 'before' }, { operationId: 'updatePresenceStatus' });
      const held = rig.call('updatePresenceStatus', away);
      const id = await heldAt(rig, '/v2/users/me/presence_status');
      expect((await rig.state()).me.presence.status).toBe('Available');
      expect((await rig.call('user')).status).toBe(200);
      expect(await release(rig)).toEqual({ released: 1 });
      expect((await held).status).toBe(204);
      const { me, requests } = await rig.state();
      expect(me.presence.status).toBe('Away');
      expect(requests.filter((one) => one.id === id)).toMatchObject([{ held: false, status: 204 }]);
      expect(requests).toHaveLength(2);
    });
  });

  it('after it was carried out keeps back the answer alone', async () => {
    await withPractice({}, async (rig) => {
      await rig.fault({ kind: 'hold', when: 'after' }, { operationId: 'updatePresenceStatus' });
      const held = rig.call('updatePresenceStatus', away);
      await heldAt(rig, '/v2/users/me/presence_status');
      expect((await rig.state()).me.presence.status).toBe('Away');
      await release(rig);
      expect((await held).status).toBe(204);
    });
  });

  it('and whose client goes away is never carried out', async () => {
    await withPractice({}, async (rig) => {
      const { refresh_token: token } = await signIn(rig.practice);
      await rig.control('DELETE', '/requests');
      await rig.fault({ kind: 'hold', when: 'before' }, { grantType: 'refresh_token' });
      await refreshAndDie(rig, token);
      expect((await rig.state()).refreshes).toBe(0);
      const again = await post(rig.practice, tokenPath, refreshForm(rig, token));
      expect(again.status).toBe(200);
    });
  });

  it('and whose client goes away after it was carried out leaves the old token dead', async () => {
    await withPractice({}, async (rig) => {
      const { refresh_token: token } = await signIn(rig.practice);
      await rig.control('DELETE', '/requests');
      await rig.fault({ kind: 'hold', when: 'after' }, { grantType: 'refresh_token' });
      await refreshAndDie(rig, token);
      expect((await rig.state()).refreshes).toBe(1);
      const again = await post(rig.practice, tokenPath, refreshForm(rig, token));
      expect(again).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
    });
  });

  it('by its grant type leaves the exchange of a code alone', async () => {
    await withPractice({}, async (rig) => {
      await rig.fault({ kind: 'hold', when: 'after' }, { grantType: 'refresh_token' });
      const tokens = await signIn(rig.practice);
      const refreshed = post(rig.practice, tokenPath, refreshForm(rig, tokens.refresh_token));
      const { json } = await rig.control('GET', `/wait?path=${tokenPath}&after=3`);
      expect(json).toMatchObject({ held: true, body: { grant_type: 'refresh_token' } });
      await release(rig);
      expect(((await refreshed).json as Tokens).access_token).toMatch(/CANARY-/);
    });
  });

  it('does not keep the server from closing', async () => {
    const practice = await startPractice();
    const rig = rigFor(practice);
    await rig.fault({ kind: 'hold', when: 'before' }, { operationId: 'user' });
    const held = rig.call('user').catch(() => 'cut off');
    await heldAt(rig, '/v2/users/me');
    await practice.close();
    expect(await held).toBe('cut off');
  });

  it('is before or after', async () => {
    await withPractice({}, async (rig) => {
      expect((await rig.control('POST', '/faults', { fault: { kind: 'hold' } })).status).toBe(400);
      expect((await rig.control('POST', '/faults', { fault: { kind: 'hold', when: 'now' } })).status).toBe(
        400,
      );
    });
  });
});
