import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scopesFor } from '../../electron/practice/scopes.ts';
import { tallyError } from '../../shared/errors.ts';
import { loopbackRedirect } from '../../shared/redirects.ts';
import { type Case, caseOf, grantsOf, withAccounts } from '../support/accounts-rig.ts';
import type { Rig } from '../support/practice-client.ts';
import { minute } from '../support/presence-script.ts';
import { ready, sent, tallyRig } from '../support/tally-rig.ts';
import { eventually } from '../support/waiting.ts';

/** Where a consent page sends the browser. */
const redirectOf = (authorizeUrl: string) => new URL(authorizeUrl).searchParams.get('redirect_uri');

/** The accounts as they are on the disk. */
const keptAccounts = ({ folder }: Pick<Case, 'folder'>): Record<string, unknown>[] =>
  JSON.parse(readFileSync(join(folder, 'accounts.json'), 'utf8')).accounts;

const tokenCalls = async (rig: Rig) =>
  (await rig.state()).requests.filter(({ path }) => path === '/oauth/token').length;

describe('a sign-in', () => {
  it('ends in a connected account that is kept in the keychain and connects by itself at the next start', () =>
    withAccounts(async (made) => {
      expect(made.tally.snapshot()).toMatchObject({ account: { phase: 'none' }, accounts: [] });
      const { account, accounts } = await made.signIn();
      const { userId, email } = made.rig.practice;
      const key = `commercial:${userId}`;
      expect(account).toMatchObject({ phase: 'connected', key, email, practice: false, missing: [] });
      expect(accounts).toMatchObject([{ key, email, active: true, phase: 'connected' }]);
      expect(made.web.open()).toBe(0);
      expect([...made.keychain.items.keys()].sort()).toEqual([`account:${key}`]);

      const next = made.restart();
      expect(next.tally.snapshot()).toMatchObject({ account: { phase: 'connecting', key } });
      await next.tally.connect();
      expect(next.tally.snapshot().account).toMatchObject({ phase: 'connected', email });
    }));

  it.each([1_001, 100_000])(
    'of somebody whose name Zoom tells in %i characters is still there after a restart',
    (length) =>
      withAccounts(async (made) => {
        const { userId: id, email } = made.rig.practice;
        const body = JSON.stringify({ id, email, display_name: 'x'.repeat(length) });
        await made.rig.fault({ kind: 'status', status: 200, body }, { operationId: 'user' }, 2);
        await made.signIn();
        const next = made.restart();
        await next.tally.connect();
        expect(next.tally.snapshot()).toMatchObject({
          account: { phase: 'connected' },
          accounts: [{ phase: 'connected' }],
          notices: [],
        });
      }),
  );

  it('comes back to the address that is the same on every installation, at whatever port', () =>
    withAccounts(async (made) => {
      expect(redirectOf(await made.begin())).toBe('http://127.0.0.1:50000/tally');
      expect(made.tally.snapshot().signIn).toMatchObject({ redirectUri: 'http://127.0.0.1/tally' });
    }));

  it('through an app of the time when each installation had an address of its own comes back to that', () =>
    withAccounts(async (made) => {
      await made.signIn();
      const { redirectUri: _, scopes: __, isPublic: ___, ...former } = keptAccounts(made)[0] ?? {};
      const redirectPath = '/Qz4v_l-0Xk2Jm8Rt6Yb1Ng';
      writeFileSync(join(made.folder, 'accounts.json'), JSON.stringify({ accounts: [former], redirectPath }));
      const next = made.restart();
      await next.tally.connect();
      expect(next.tally.snapshot()).toMatchObject({ account: { phase: 'connected' }, notices: [] });
      // Another person through the same app.
      expect(redirectOf(await next.begin())).toBe(`http://127.0.0.1:50000${redirectPath}`);
      await next.clock.advance(5 * minute);
      expect(next.tally.snapshot().signIn).toMatchObject({
        redirectUri: `http://127.0.0.1${redirectPath}`,
      });
      next.tally.run({ type: 'account.switch', key: String(former.key) });
      expect(keptAccounts(next)[0]).toMatchObject({ redirectUri: `http://127.0.0.1${redirectPath}` });
    }));

  it('keeps the setup of its app with the account', () =>
    withAccounts(async (made) => {
      await made.signIn();
      const [kept] = keptAccounts(made);
      const { clientId } = made.rig.practice;
      expect(kept).toMatchObject({
        cloud: 'commercial',
        clientId,
        redirectUri: loopbackRedirect,
        isPublic: true,
      });
      expect(kept?.scopes).toContain('user:update:presence_status');
    }));

  it.each([
    ['{"status":false,"errorCode":4700,"errorMessage":"Invalid redirect url","result":null}', 'redirect'],
    ['Unable to install this app without the developer’s account', 'members of the Zoom account'],
    ['Your admin has not approved this app', 'administrator'],
  ])('that Zoom stops with a page is explained when the page is pasted: %s', (address, words) =>
    withAccounts(async (made) => {
      await made.begin();
      expect(made.tally.run({ type: 'account.sign-in.paste', address })).toMatchObject({ ok: true });
      const { signIn } = made.tally.snapshot();
      expect(signIn).toMatchObject({ phase: 'failed', redirectUri: loopbackRedirect });
      expect(JSON.stringify(signIn)).toContain(words);
      expect(made.web.open()).toBe(0);
      expect(await tokenCalls(made.rig)).toBe(0);
    }),
  );

  it('that comes back with a reason is explained by it', () =>
    withAccounts(async (made) => {
      const asked = new URL(await made.begin());
      const back = new URL(asked.searchParams.get('redirect_uri') ?? '');
      const state = asked.searchParams.get('state') ?? '';
      back.search = `${new URLSearchParams({ error: 'invalid_scope', error_description: 'no', state })}`;
      expect(made.web.goTo(back.href)).toBe('failed');
      await made.until(({ signIn }) => signIn?.phase === 'failed');
      expect(made.tally.snapshot().signIn).toMatchObject({
        error: { what: 'Your Zoom app lacks a scope.' },
      });
    }));

  it('waits on after an answer that is not its own, and says so', () =>
    withAccounts(async (made) => {
      const address = await made.begin();
      const back = new URL(await made.rig.practice.consent(address));
      const foreign = new URL(back);
      foreign.searchParams.set('state', 'of-another');
      expect(made.web.goTo(foreign.href)).toBe('stray');
      expect(made.tally.snapshot().signIn).toMatchObject({
        phase: 'waiting',
        stray: { kind: 'invalid-input' },
      });
      expect(made.web.goTo(back.href)).toBe('done');
      expect(made.web.goTo(back.href)).toBe('used');
      await made.until(({ account }) => account.phase === 'connected');
      expect(await tokenCalls(made.rig)).toBe(1);
    }));

  it('that is declined says so, and leaves nothing behind', () =>
    withAccounts(async (made) => {
      const asked = new URL(await made.begin());
      const back = new URL(asked.searchParams.get('redirect_uri') ?? '');
      back.search = `?error=access_denied&state=${asked.searchParams.get('state')}`;
      expect(made.web.goTo(back.href)).toBe('declined');
      const { signIn, accounts } = await made.until((snapshot) => snapshot.signIn?.phase === 'failed');
      expect(signIn).toMatchObject({ error: { kind: 'cancelled' } });
      expect(accounts).toEqual([]);
      expect(made.web.open()).toBe(0);
      expect(made.keychain.items.size).toBe(0);
      made.tally.run({ type: 'account.sign-in.cancel' });
      expect(made.tally.snapshot().signIn).toBeUndefined();
    }));

  it('is given up after five minutes, also by a clock that jumped', () =>
    withAccounts(async (made) => {
      const address = await made.begin();
      await made.clock.advance(5 * minute - 1);
      expect(made.tally.snapshot().signIn?.phase).toBe('waiting');
      await made.clock.advance(1);
      expect(made.tally.snapshot().signIn).toMatchObject({ phase: 'failed', error: { kind: 'timeout' } });
      expect(made.web.open()).toBe(0);
      expect(made.tally.run({ type: 'account.sign-in.paste', address })).toMatchObject({
        ok: false,
        error: { kind: 'invalid-input' },
      });
    }));

  it('can be cancelled while the code is traded: nothing of it appears later', () =>
    withAccounts(async (made) => {
      const back = await made.rig.practice.consent(await made.begin());
      made.web.goTo(back);
      expect(made.tally.snapshot().signIn).toEqual({ phase: 'finishing' });
      made.tally.run({ type: 'account.sign-in.cancel' });
      expect(made.tally.snapshot().signIn).toBeUndefined();
      await made.signIn();
      expect(made.tally.snapshot().accounts).toHaveLength(1);
    }));

  it('without a browser or a port is done by hand', () =>
    withAccounts(async ({ rig, clock }) => {
      const made = tallyRig(rig, clock, { account: null });
      made.tally.run({ type: 'account.sign-in', clientId: rig.practice.clientId, cloud: 'commercial' });
      const { signIn } = await made.until((snapshot) => snapshot.signIn?.phase === 'waiting');
      expect(signIn).toMatchObject({ listening: false });
      await made.until((snapshot) => snapshot.signIn?.phase === 'waiting' && !snapshot.signIn.browser);
      made.tally.run({ type: 'account.sign-in.copy-address' });
      const address = await rig.practice.consent(made.copied[0] ?? '');
      made.tally.run({ type: 'account.sign-in.paste', address });
      await made.until(({ account }) => account.phase === 'connected');
    }));

  it('goes to the government cloud where that is chosen', () =>
    withAccounts(async (made) => {
      made.tally.run({ type: 'account.sign-in', clientId: 'abc', cloud: 'government' });
      await made.until(() => made.web.opened.length === 1);
      expect(made.web.opened[0]).toMatch(/^https:\/\/zoomgov\.com\/oauth\/authorize\?/);
    }));
});

describe('a keychain', () => {
  it('that is missing leaves the sign-in in memory, and is told', () =>
    withAccounts(async (made) => {
      made.keychain.fail(tallyError('keychain', 'There is no keychain.'));
      const { accounts, notices } = await made.signIn();
      expect(accounts).toMatchObject([{ unkept: { what: 'There is no keychain.' }, phase: 'connected' }]);
      expect(notices.map(({ id }) => id)).toContain('no-keychain');
      const next = made.restart();
      await next.tally.connect();
      expect(next.tally.snapshot().account).toMatchObject({
        phase: 'failed',
        error: { action: 'sign-in', what: 'This sign-in ended when Tally quit.' },
      });
    }));

  it('that is locked is not taken for signed out', () =>
    withAccounts(async (made) => {
      await made.signIn();
      made.keychain.lock();
      const next = made.restart();
      await next.tally.connect();
      expect(next.tally.snapshot().account).toMatchObject({
        phase: 'failed',
        error: { kind: 'keychain', action: 'unlock-keychain' },
      });
      next.keychain.unlock();
      next.tally.run({ type: 'account.reconnect' });
      await next.until(({ account }) => account.phase === 'connected');
    }));
});

describe('a sign-in that Zoom has ended', () => {
  it('is asked for anew, with the name kept, and Zoom is not asked with the dead one again', () =>
    withAccounts(async (made) => {
      await made.signIn();
      // The same person and app elsewhere: Zoom ends the former grant.
      const elsewhere = tallyRig(made.rig, made.clock, { account: null, browser: made.web.browser });
      await caseOf(elsewhere, made.web).signIn();
      made.tally.run({ type: 'presence.check' });
      await eventually(async () => {
        // The keychain is read once more a second later: another copy of Tally may have refreshed.
        await made.clock.advance(1_000);
        expect(made.tally.snapshot().account.phase).toBe('failed');
      });
      const ended = made.tally.snapshot();
      expect(ended.account).toMatchObject({ error: { kind: 'not-signed-in', action: 'sign-in' } });
      expect(ended.accounts).toMatchObject([{ email: made.rig.practice.email, phase: 'failed' }]);

      const before = (await made.rig.state()).requests.length;
      const next = made.restart();
      await next.tally.connect();
      expect(next.tally.snapshot().account).toMatchObject({ phase: 'failed', error: { action: 'sign-in' } });
      expect((await made.rig.state()).requests).toHaveLength(before);

      next.tally.run({ type: 'account.reconnect' });
      await next.until(({ signIn }) => signIn?.phase === 'waiting');
      const back = await made.rig.practice.consent(made.web.opened.at(-1) as string);
      next.web.goTo(back);
      await next.until(({ account }) => account.phase === 'connected');
      expect(next.tally.snapshot().accounts).toHaveLength(1);
    }));
});

describe('several accounts', () => {
  async function two(made: Case) {
    const first = await made.signIn();
    const people = (await made.rig.state()).users;
    const other = people.find(({ email, presence }) => email !== made.rig.practice.email && presence.loggedIn)
      ?.email as string;
    const second = await made.signIn(other);
    const keys = [first.account, second.account].map((account) => ('key' in account ? account.key : ''));
    return { keys: keys as [string, string], other };
  }

  it('live side by side: each has its status, and the tray acts on the active one', () =>
    withAccounts(async (made) => {
      const { keys, other } = await two(made);
      expect(made.tally.snapshot().account).toMatchObject({ key: keys[1], email: other });
      expect(new Set(made.tally.snapshot().accounts.map(({ colour }) => colour)).size).toBe(2);
      await made.until(ready);
      made.tally.run({ type: 'presence.set', status: 'Away' });
      // On its way when the account is switched: what comes of it belongs to the other one.
      made.tally.run({ type: 'account.switch', key: keys[0] });
      expect(made.tally.snapshot().account).toMatchObject({ key: keys[0] });
      await made.until(ready);
      expect(made.tally.snapshot().presence.current.status).toBe('Available');
      await eventually(async () => expect(await sent(made)).toHaveLength(1));
      expect(made.tally.snapshot().presence.current.status).toBe('Available');
      made.tally.run({ type: 'account.switch', key: keys[1] });
      await made.until(({ presence }) => presence.current.status === 'Away');
    }));

  it('are all there after a restart, with the same one active', () =>
    withAccounts(async (made) => {
      const { keys } = await two(made);
      made.tally.run({ type: 'account.switch', key: keys[0] });
      const next = made.restart();
      await next.tally.connect();
      expect(next.tally.snapshot().accounts).toMatchObject([
        { key: keys[0], active: true, phase: 'connected' },
        { key: keys[1], active: false, phase: 'connected' },
      ]);
    }));

  it('one signed out leaves the other: revoked at Zoom, gone here', () =>
    withAccounts(async (made) => {
      const { keys } = await two(made);
      made.tally.run({ type: 'account.sign-out', key: keys[1] });
      expect(made.tally.snapshot()).toMatchObject({
        account: { key: keys[0], phase: 'connected' },
        accounts: [{ key: keys[0] }],
      });
      await eventually(async () => expect(await grantsOf(made)).toEqual([keys[0]]));
      expect(made.tally.run({ type: 'account.switch', key: keys[1] })).toMatchObject({ ok: false });
    }));
});

describe('signing out without Zoom', () => {
  it('forgets here at once, and tells Zoom later', () =>
    withAccounts(async (made) => {
      const { account } = await made.signIn();
      const key = 'key' in account ? account.key : '';
      await made.rig.fault({ kind: 'drop' }, { path: '/oauth/revoke' });
      made.tally.run({ type: 'account.sign-out', key });
      expect(made.tally.snapshot()).toMatchObject({ account: { phase: 'none' }, accounts: [] });
      await made.until(({ notices }) => notices.some(({ id }) => id === 'revoke-later'));

      const next = made.restart();
      expect(next.tally.snapshot().accounts).toEqual([]);
      await next.tally.connect();
      expect([...made.keychain.items.keys()]).toEqual([]);
      expect(await grantsOf(made)).toEqual([]);
      expect(next.tally.snapshot().notices).toEqual([]);
    }));

  const refused = [{ id: 'revoke-refused', detail: expect.stringContaining('Added Apps') }];

  it('is tried once where Zoom refuses for good: nothing is kept, and where to remove the app is told', () =>
    withAccounts(async (made) => {
      const { account } = await made.signIn();
      const key = 'key' in account ? account.key : '';
      await made.rig.patch({ publicRevoke: false });
      made.tally.run({ type: 'account.sign-out', key });
      const { notices } = await made.until((snapshot) => snapshot.notices.length > 0);
      expect(notices).toMatchObject(refused);
      await eventually(() => expect([...made.keychain.items.keys()]).toEqual([]));
      const before = await tokenCalls(made.rig);
      await made.clock.advance(60 * minute);
      const next = made.restart();
      await next.tally.connect();
      const { requests } = await made.rig.state();
      expect(requests.filter(({ path }) => path === '/oauth/revoke')).toHaveLength(1);
      expect(await tokenCalls(made.rig)).toBe(before);
      expect(next.tally.snapshot().notices).toEqual([]);
    }));

  it('ends, too, where Zoom does not renew the old sign-in, for a reason that nobody knows', () =>
    withAccounts(async (made) => {
      const { account } = await made.signIn();
      const key = 'key' in account ? account.key : '';
      const body = JSON.stringify({ error: 'unsupported_grant_type', reason: 'Not for this app.' });
      await made.rig.fault({ kind: 'status', status: 400, body }, { grantType: 'refresh_token' }, 1_000);
      await made.clock.advance(60 * minute);
      made.tally.run({ type: 'account.sign-out', key });
      const { notices } = await made.until((snapshot) => snapshot.notices.length > 0);
      expect(notices).toMatchObject(refused);
      await eventually(() => expect([...made.keychain.items.keys()]).toEqual([]));
      const before = await tokenCalls(made.rig);
      await made.clock.advance(60 * minute);
      expect(await tokenCalls(made.rig)).toBe(before);
    }));

  it('is the same where Zoom no longer takes the app when it comes to be told', () =>
    withAccounts(async (made) => {
      const { account } = await made.signIn();
      const key = 'key' in account ? account.key : '';
      await made.rig.fault({ kind: 'oauth', refusal: 'client' }, { grantType: 'refresh_token' }, 1_000);
      await made.clock.advance(60 * minute);
      made.tally.run({ type: 'account.sign-out', key });
      const { notices } = await made.until((snapshot) => snapshot.notices.length > 0);
      expect(notices).toMatchObject(refused);
      await eventually(() => expect([...made.keychain.items.keys()]).toEqual([]));
    }));
});

describe('an app whose scopes were changed at Zoom', () => {
  it('asks for a new sign-in in words, once, and asks Zoom no more', () =>
    withAccounts(async (made) => {
      await made.signIn();
      await made.rig.fault({ kind: 'oauth', refusal: 'scopes-changed' }, { path: '/oauth/token' }, 1_000);
      // The keychain is read once more a second later.
      made.clock.skipWaits(1_000);
      const next = made.restart();
      await next.tally.connect();
      const words = 'The scopes of your Zoom app have changed.';
      expect(next.tally.snapshot().account).toMatchObject({
        phase: 'failed',
        error: { kind: 'not-signed-in', action: 'sign-in', what: words },
      });
      const asked = await tokenCalls(made.rig);
      await made.clock.advance(60 * minute);
      await made.restart().tally.connect();
      expect(await tokenCalls(made.rig)).toBe(asked);
    }));
});

describe('staying in', () => {
  it('a permission that Zoom takes away later is missing from then on, by a name that the app can have', () =>
    withAccounts(async (made) => {
      await made.signIn();
      await made.until(ready);
      await made.rig.patch({ removeScopes: ['user:update:presence_status'] });
      made.tally.run({ type: 'presence.set', status: 'Away' });
      const { account } = await made.until(
        (snapshot) => snapshot.account.phase === 'connected' && snapshot.account.missing.length > 0,
      );
      expect(account).toMatchObject({
        missing: [{ operation: 'updatePresenceStatus', scopes: ['user:update:presence_status'] }],
      });
      // Signing in again goes to the browser, and brings it back.
      await made.rig.patch({ scopes: scopesFor('user') });
      const before = made.web.opened.length;
      made.tally.run({ type: 'account.reconnect' });
      await made.until(() => made.web.opened.length > before);
      made.web.goTo(await made.rig.practice.consent(made.web.opened.at(-1) ?? ''));
      await made.until(
        (snapshot) => snapshot.account.phase === 'connected' && !snapshot.account.missing.length,
      );
    }));

  it('somebody else who signs in again by mistake is told', () =>
    withAccounts(async (made) => {
      await made.signIn();
      await made.rig.patch({ grantScopes: ['user:read:user'] });
      await made.signIn();
      const people = (await made.rig.state()).users;
      const other = people.find(
        ({ email, presence }) => email !== made.rig.practice.email && presence.loggedIn,
      );
      const before = made.web.opened.length;
      made.tally.run({ type: 'account.reconnect' });
      await made.until(() => made.web.opened.length > before);
      made.web.goTo(await made.rig.practice.consent(made.web.opened.at(-1) ?? '', other?.email));
      const { notices } = await made.until((snapshot) => snapshot.notices.length > 0);
      expect(notices).toMatchObject([
        { id: 'other-account', detail: expect.stringContaining('is still not connected') },
      ]);
      expect(made.tally.snapshot().accounts).toHaveLength(2);
    }));

  it('who was signed out last is known until there is an account again', () =>
    withAccounts(async (made) => {
      const { account } = await made.signIn();
      const { key, name } = account as { key: string; name: string };
      expect(made.tally.snapshot().signedOut).toBeUndefined();
      made.tally.run({ type: 'account.sign-out', key });
      expect(made.tally.snapshot().signedOut).toBe(name);
      await made.signIn();
      expect(made.tally.snapshot().signedOut).toBeUndefined();
    }));
});
