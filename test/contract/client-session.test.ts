import { describe, expect, it } from 'vitest';
import type { Tokens } from '../../electron/core/sign-in/oauth.ts';
import { createSession } from '../../electron/core/sign-in/session.ts';
import type { StoredGrant } from '../../electron/core/sign-in/vault.ts';
import type { ZoomClient } from '../../electron/core/zoom/client.ts';
import type { Fault } from '../../electron/practice/fault-schema.ts';
import { isTallyError, type Result, type TallyError } from '../../shared/errors.ts';
import { type ClientRig, withClient } from '../support/client-rig.ts';
import { redirectUri } from '../support/oauth.ts';

const minute = 60_000;
const hour = 60 * minute;
const tokenPath = { path: '/oauth/token' };
const me = { operationId: 'user' } as const;

interface Account {
  readonly tokens: Tokens;
  readonly client: ZoomClient;
  readonly saved: readonly StoredGrant[];
  /** What the person was told when the sign-in ended. */
  readonly ended: readonly TallyError[];
}

/** What the app does: sign-in in the browser, code for tokens, a session over them and a client over that. */
async function signIn(rig: ClientRig): Promise<Account> {
  const { authorizeUrl, finish } = await rig.oauth.begin(redirectUri);
  const result = await finish(await rig.practice.consent(authorizeUrl));
  if (!result.ok) throw new Error(result.error.what);
  const saved: StoredGrant[] = [];
  const ended: TallyError[] = [];
  const { accessToken, refreshToken, expiresAt } = result.value;
  const session = createSession({
    clock: rig.clock,
    random: () => 0,
    grant: { refreshToken },
    access: { token: accessToken, expiresAt },
    prepare: async (grant) => ({ ok: true, value: grant }),
    refresh: rig.oauth.refresh,
    save: async (grant) => void saved.push(grant),
    reload: async () => ({ ok: true, value: saved.at(-1) ?? { refreshToken } }),
    ended: (error) => void ended.push(error),
    refreshed: () => {},
  });
  return { tokens: result.value, client: rig.clientWith(session), saved, ended };
}

/** Forgets the requests so far, which were those of the sign-in. */
async function signedIn(rig: ClientRig): Promise<Account> {
  const account = await signIn(rig);
  await rig.control('DELETE', '/requests');
  return account;
}

/** What a person does who says no on the consent page; gives the address that Zoom redirects to. */
async function decline(authorizeUrl: string): Promise<string> {
  const page = await (await fetch(authorizeUrl)).text();
  const request = /name="request" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const answer = await fetch(new URL('/oauth/authorize', authorizeUrl), {
    method: 'POST',
    body: new URLSearchParams({ request, choice: 'deny' }),
    redirect: 'manual',
  });
  return answer.headers.get('location') ?? '';
}

const calls = (client: ZoomClient, count: number) =>
  Promise.all(Array.from({ length: count }, () => client.call('user')));

const failed = (kind: string) => ({ ok: false, error: { kind } });

/** The kind of a failed sign-in, after a look that the error is whole. */
function kindOf(result: Result<Tokens>): string {
  if (result.ok) return 'none';
  expect(isTallyError(result.error)).toBe(true);
  return result.error.kind;
}

describe('signing in', () => {
  it('gives tokens that the client works with, for an hour', async () => {
    await withClient({}, async (rig) => {
      const { tokens, client } = await signedIn(rig);
      expect(tokens.expiresAt).toBe(rig.clock.now() + hour);
      expect(tokens.scope.split(' ')).toContain('user:update:presence_status');
      const { email } = rig.practice;
      expect(await client.call('user')).toMatchObject({ ok: true, data: { email } });
      rig.clock.jump(hour - 3 * minute);
      expect(await client.call('user')).toMatchObject({ ok: true });
      expect(await rig.requests(tokenPath, 0)).toEqual([]);
    });
  });

  it('ends with a person who declines, and asks for no token', async () => {
    await withClient({}, async (rig) => {
      const { authorizeUrl, finish } = await rig.oauth.begin(redirectUri);
      expect(kindOf(await finish(await decline(authorizeUrl)))).toBe('cancelled');
      expect(await rig.requests(tokenPath, 0)).toEqual([]);
    });
  });

  it('takes no answer that belongs to another sign-in', async () => {
    await withClient({}, async (rig) => {
      const first = await rig.oauth.begin(redirectUri);
      const second = await rig.oauth.begin(redirectUri);
      const result = await second.finish(await rig.practice.consent(first.authorizeUrl));
      expect(kindOf(result)).toBe('invalid-input');
      expect(await rig.requests(tokenPath, 0)).toEqual([]);
    });
  });

  it('fails with a code used before, and with one older than five minutes', async () => {
    await withClient({}, async (rig) => {
      const used = await rig.oauth.begin(redirectUri);
      const back = await rig.practice.consent(used.authorizeUrl);
      expect(kindOf(await used.finish(back))).toBe('none');
      expect(kindOf(await used.finish(back))).toBe('not-signed-in');
      const late = await rig.oauth.begin(redirectUri);
      const code = await rig.practice.consent(late.authorizeUrl);
      await rig.advance(5 * minute);
      expect(kindOf(await late.finish(code))).toBe('not-signed-in');
      expect(await rig.requests(tokenPath, 3)).toEqual([200, 400, 400]);
    });
  });
});

describe('an hour later', () => {
  it('a hundred calls meet an expired token: one refresh, each call sent again once', async () => {
    await withClient({ limits: false }, async (rig) => {
      const { client, saved, tokens } = await signedIn(rig);
      // Zoom's clock alone, so that the session does not see it coming.
      await rig.advance(hour);
      const outcomes = await calls(client, 100);
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(100);
      expect(await rig.requests(tokenPath, 1)).toEqual([200]);
      const statuses = await rig.requests(me, 101);
      expect(statuses.filter((status) => status === 200)).toHaveLength(100);
      const refused = statuses.filter((status) => status === 401).length;
      expect(refused).toBeGreaterThan(0);
      expect(refused + 100).toBe(statuses.length);
      expect(saved).toHaveLength(1);
      expect(saved[0]?.refreshToken).not.toBe(tokens.refreshToken);
      expect((await rig.state()).refreshes).toBe(1);
    });
  });

  it('a hundred calls see it coming: one refresh, and no call is refused', async () => {
    await withClient({ limits: false }, async (rig) => {
      const { client, saved, tokens } = await signedIn(rig);
      rig.clock.jump(hour - minute);
      const outcomes = await calls(client, 100);
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(100);
      expect(await rig.requests(tokenPath, 1)).toEqual([200]);
      expect(await rig.requests(me, 100)).toEqual(Array(100).fill(200));
      expect((await rig.state()).refreshes).toBe(1);
      expect(saved).toEqual([{ refreshToken: expect.any(String), former: tokens.refreshToken }]);
    });
  });

  it('hour after hour the newest refresh token is used', async () => {
    await withClient({}, async (rig) => {
      const { client, saved } = await signedIn(rig);
      for (let passed = 0; passed < 3; passed += 1) {
        rig.clock.jump(hour);
        expect(await client.call('user')).toMatchObject({ ok: true });
      }
      expect(await rig.requests(tokenPath, 3)).toEqual([200, 200, 200]);
      expect(new Set(saved.map(({ refreshToken }) => refreshToken)).size).toBe(3);
    });
  });
});

describe('a refresh whose answer is lost', () => {
  it('is told as a broken connection, then as a lost sign-in, asking Zoom once each time', async () => {
    await withClient({}, async (rig) => {
      const { client, saved, ended } = await signedIn(rig);
      await rig.advance(hour);
      await rig.fault({ kind: 'lose-refresh' });
      expect(await client.call('user')).toMatchObject(failed('network'));
      expect(await rig.requests(tokenPath, 1)).toEqual([0]);
      expect(await rig.requests(me, 1)).toEqual([401]);
      expect((await rig.state()).refreshes).toBe(1);
      expect(ended).toEqual([]);

      rig.clock.jump(1000);
      const over = { ok: false, error: { kind: 'not-signed-in', action: 'sign-in' } };
      expect(await client.call('user')).toMatchObject(over);
      expect(await client.call('user')).toMatchObject(over);
      expect(await rig.requests(tokenPath, 2)).toEqual([0, 400]);
      expect(ended).toHaveLength(1);
      expect(saved).toEqual([]);
      expect(rig.internal).toEqual([]);
    });
  });

  it('ends fifty calls at once, each with one error', async () => {
    await withClient({ limits: false }, async (rig) => {
      const { client } = await signedIn(rig);
      rig.clock.jump(hour);
      await rig.fault({ kind: 'lose-refresh' });
      for (const outcome of await calls(client, 50)) expect(outcome).toMatchObject(failed('network'));
      expect(await rig.requests(tokenPath, 1)).toEqual([0]);
      expect(await rig.requests(me, 0)).toEqual([]);
    });
  });

  it('is healed by a new sign-in', async () => {
    await withClient({}, async (rig) => {
      const { client } = await signedIn(rig);
      await rig.advance(hour);
      await rig.fault({ kind: 'lose-refresh' });
      expect(await client.call('user')).toMatchObject(failed('network'));
      const again = await signIn(rig);
      expect(await again.client.call('user')).toMatchObject({ ok: true });
    });
  });
});

describe('a refresh that Zoom refuses', () => {
  it('because the account was connected anew elsewhere: the sign-in is over', async () => {
    await withClient({}, async (rig) => {
      const first = await signIn(rig);
      const second = await signedIn(rig);
      expect(await first.client.call('user')).toMatchObject(failed('not-signed-in'));
      expect(await rig.requests(me, 1)).toEqual([401]);
      expect(await rig.requests(tokenPath, 1)).toEqual([400]);
      expect(await second.client.call('user')).toMatchObject({ ok: true });
    });
  });

  it.each<[string, Fault, number]>([
    ['a dropped connection', { kind: 'drop' }, 0],
    ['a proxy’s page', { kind: 'proxy-html', status: 502 }, 502],
    ['a proxy’s page that looks like a success', { kind: 'proxy-html', status: 200 }, 200],
    ['a limit', { kind: 'rate-limit', variant: 'qps' }, 429],
    ['an empty error', { kind: 'odd', shape: 'empty' }, 400],
  ])(
    'only for now, by %s: it does not sign out, and the call after a second works',
    async (_, fault, status) => {
      await withClient({}, async (rig) => {
        const { client, ended } = await signedIn(rig);
        rig.clock.jump(hour);
        await rig.fault(fault, { path: '/oauth/token' });
        const outcome = await client.call('user');
        if (outcome.ok) throw new Error('The fault was not met');
        expect(isTallyError(outcome.error)).toBe(true);
        expect(['network', 'bad-answer', 'zoom-down', 'rate-limit']).toContain(outcome.error.kind);
        expect(outcome.error.retryAt).toBe(rig.clock.now() + 1000);
        // Until then the same is told without asking again.
        expect(await client.call('user')).toEqual(outcome);
        expect(await rig.requests(tokenPath, 1)).toEqual([status]);
        expect(ended).toEqual([]);
        rig.clock.jump(1000);
        expect(await client.call('user')).toMatchObject({ ok: true });
        expect(await rig.requests(tokenPath, 2)).toEqual([status, 200]);
      });
    },
  );
});
