import { describe, expect, it } from 'vitest';
import { createAccountList } from '../../electron/core/accounts/list.ts';
import { createSignIns } from '../../electron/core/accounts/sign-ins.ts';
import type { AccountRecord, Leaving } from '../../electron/core/accounts/stored.ts';
import { direct } from '../../electron/core/http/network.ts';
import type { Grants, Leave, ZoomApp } from '../../electron/core/sign-in/grants.ts';
import { fixedSession } from '../../electron/core/sign-in/session.ts';
import type { Notice } from '../../shared/app.ts';
import { type TallyError, tallyError } from '../../shared/errors.ts';
import { loopbackRedirect } from '../../shared/redirects.ts';
import { createWeb } from '../support/fake-browser.ts';
import { createFakeClock, settle } from '../support/fake-clock.ts';
import { reply, startServer } from '../support/scripted-server.ts';
import { setup } from '../support/setups.ts';
import { eventually, gate } from '../support/waiting.ts';

const key = 'commercial:u1';
const redirectUri = 'http://127.0.0.1/tally';
const start = {
  type: 'account.sign-in',
  cloud: 'commercial',
  clientId: 'abc',
} as const;

interface World {
  /** The accounts that there are: of the person who signs in, or of others. */
  readonly records?: Partial<AccountRecord>[];
  readonly leaving?: Partial<Leaving>[];
  /** What comes of ending a former sign-in. */
  readonly leave?: Leave;
  /** The scopes that Zoom tells with the tokens. */
  readonly scope?: string;
  /** Zoom's answer to whose sign-in it is. */
  readonly identity?: object;
  /** Why the code is not traded for tokens. */
  readonly refused?: TallyError;
  /** What is waited for before anything is done with the tokens. */
  readonly left?: Promise<void>;
  /** Called when the keychain is asked to keep the sign-in. */
  kept?(): void;
}

/** Sign-ins whose way through the browser is at once a yes. */
async function rig(world: World = {}) {
  const { records = [], leaving = [], leave = { told: 'ended' }, scope = 'user:read:user', refused } = world;
  const person = { id: 'u1', email: 'jo@example.org', display_name: 'Jo' };
  const server = await startServer(reply(200, world.identity ?? person));
  const clock = createFakeClock();
  const web = createWeb();
  const log: unknown[] = [];
  const notices: Notice[] = [];
  const copied: string[] = [];
  const list = createAccountList({ accounts: () => undefined, saveAccounts() {} });
  for (const one of records) list.add({ ...list.blank(key, false), clientId: 'abc', ...one });
  list.setLeaving(
    leaving.map((one) => ({
      ...{ key, cloud: 'commercial', clientId: 'abc', stored: false, told: false, withLibrary: false },
      ...one,
    })) as Leaving[],
  );
  const tokens = { accessToken: 't', refreshToken: 'r', expiresAt: clock.now() + 3_600_000, scope };
  const oauth = {
    begin: async (asked: string) => ({
      authorizeUrl: `https://zoom.test/authorize?redirect_uri=${encodeURIComponent(asked)}`,
      owns: () => true,
      finish: async () => (refused ? { ok: false, error: refused } : { ok: true, value: tokens }),
    }),
  };
  const grants = {
    oauth(app: ZoomApp) {
      log.push(['app', app.clientId, app.clientSecret]);
      return oauth;
    },
    fresh: (app: ZoomApp, given: unknown) => ({
      connection: { session: fixedSession('token-0'), apiUrl: () => `${server.url}/v2` },
      async keep(kept: string) {
        log.push(['keep', kept, app.clientSecret, given === tokens]);
        world.kept?.();
      },
    }),
    async left() {
      log.push('left');
      await world.left;
    },
    async leave({ key: one, clientId, told, stored }: Leaving) {
      log.push(['leave', one, clientId, told, stored]);
      return leave;
    },
  } as unknown as Grants;
  const signIns = createSignIns({
    clock,
    network: direct,
    changed() {},
    browser: web.browser,
    list,
    grants,
    random: () => 0,
    notice: (notice) => notices.push(notice),
    copy: (text) => copied.push(text),
    adopted: async (adopted) => void log.push(['adopted', adopted]),
  });
  const opened = () => eventually(() => expect(web.opened).not.toEqual([]));
  return {
    signIns,
    list,
    log,
    notices,
    copied,
    web,
    opened,
    /** The browser comes back with a yes, and all of it is done. */
    async comeBack() {
      await opened();
      expect(web.goTo(`${loopbackRedirect}?code=c`)).toBe('done');
      await eventually(() => expect(signIns.view()?.phase).not.toBe('finishing'));
      return signIns.view();
    },
  };
}

describe('a sign-in', () => {
  it('makes an account of who has said yes', async () => {
    const { signIns, list, log, notices, comeBack } = await rig();
    expect(signIns.run(start)).toEqual({ ok: true, value: null });
    expect(await comeBack()).toBeUndefined();
    expect(list.all()).toEqual([
      {
        key,
        practice: false,
        cloud: 'commercial',
        clientId: 'abc',
        redirectUri: loopbackRedirect,
        scopes: ['user:read:user'],
        isPublic: true,
        userId: 'u1',
        name: 'Jo',
        email: 'jo@example.org',
        colour: 0,
        kept: false,
        stored: false,
        ended: false,
      },
    ]);
    expect(log).toEqual([
      ['app', 'abc', undefined],
      'left',
      ['keep', key, undefined, true],
      ['adopted', key],
    ]);
    expect(notices).toEqual([]);
  });

  it('through an app with a secret keeps that with the sign-in, and not in the list', async () => {
    const { signIns, list, log, comeBack } = await rig();
    signIns.run({ ...start, clientSecret: 'S3CRET' });
    await comeBack();
    expect(log).toContainEqual(['app', 'abc', 'S3CRET']);
    expect(log).toContainEqual(['keep', key, 'S3CRET', true]);
    expect(list.all()).toMatchObject([{ isPublic: false }]);
    expect(JSON.stringify(list.all())).not.toContain('S3CRET');
  });

  it.each<[string, object, Partial<AccountRecord>[], object]>([
    ['what is given', { redirectUri: 'http://127.0.0.1/other', scopes: ['a:b'] }, [], { scopes: ['a:b'] }],
    [
      'what an account of that app has',
      {},
      [{ key: 'commercial:u2', redirectUri: 'http://127.0.0.1/x' }],
      {},
    ],
    ['nothing else', {}, [], { scopes: [], redirectUri }],
  ])('comes back to and may do %s, where Zoom tells no scopes', async (_, given, records, expected) => {
    const { signIns, list, web, opened } = await rig({ records, scope: '' });
    signIns.run({ ...start, ...given });
    const address = (given as { redirectUri?: string }).redirectUri ?? records[0]?.redirectUri ?? redirectUri;
    await opened();
    expect(signIns.view()).toMatchObject({ phase: 'waiting', redirectUri: address });
    web.goTo(`${address}?code=c`);
    await eventually(() => expect(list.find(key)).toMatchObject({ redirectUri: address, ...expected }));
  });

  it('that Zoom does not give tokens for says why, and leaves nothing', async () => {
    const refused = tallyError('refused', 'No.');
    const { signIns, list, comeBack } = await rig({ refused });
    signIns.run(start);
    expect(await comeBack()).toMatchObject({ phase: 'failed', error: refused });
    expect(list.all()).toEqual([]);
  });

  it('of somebody whom Zoom does not name leaves nothing', async () => {
    const { signIns, list, log, comeBack } = await rig({ identity: {} });
    signIns.run(start);
    expect(await comeBack()).toMatchObject({ phase: 'failed', error: { kind: 'bad-answer' } });
    expect([list.all(), log.at(-1)]).toEqual([[], 'left']);
  });
});

describe('who signs in again', () => {
  const known = { name: 'Former', colour: 3, ended: true, kept: true, userId: 'u1' };

  it('through the same app keeps the place, and no former sign-in is ended', async () => {
    const { signIns, list, log, notices, comeBack } = await rig({ records: [{ ...known, stored: true }] });
    signIns.run(start);
    await comeBack();
    expect(list.all()).toMatchObject([
      { key, colour: 3, name: 'Jo', ended: false, kept: false, stored: true },
    ]);
    expect(log.filter((one) => Array.isArray(one) && one[0] === 'leave')).toEqual([]);
    expect(notices).toEqual([]);
  });

  it.each<[string, World, unknown[]]>([
    ['it does', { records: [{ clientId: 'other', stored: true }] }, [['leave', key, 'other', false, true]]],
    ['it went through the same one', { records: [{ clientId: 'abc' }] }, []],
    ['Zoom has ended it', { records: [{ clientId: 'other', ended: true }] }, []],
    [
      'it is being signed out of',
      { leaving: [{ clientId: 'other', told: true, stored: true }] },
      [['leave', key, 'other', true, true]],
    ],
    ['it is somebody else’s', { records: [{ key: 'commercial:u2', clientId: 'other' }] }, []],
    [
      'it is that of somebody else who has left',
      { leaving: [{ key: 'commercial:u2', clientId: 'other' }] },
      [],
    ],
  ])('ends the former sign-in only where it stands, through another app: %s', async (_, world, left) => {
    const { signIns, log, notices, comeBack } = await rig(world);
    signIns.run(start);
    await comeBack();
    expect(log.filter((one) => Array.isArray(one) && one[0] === 'leave')).toEqual(left);
    expect(notices).toEqual([]);
  });

  it.each<Leave>([{ told: 'refused' }, { waitsFor: 'zoom' }])(
    'is told where the one through another app stands: %j',
    async (leave) => {
      const { signIns, notices, comeBack } = await rig({ records: [{ clientId: 'other' }], leave });
      signIns.run(start);
      await comeBack();
      expect(notices).toEqual([
        {
          id: 'revoke-refused',
          title: 'Zoom still has an earlier sign-in',
          detail: expect.stringMatching(/^It went through another app,.*App Marketplace.*Added Apps\.$/),
        },
      ]);
    },
  );

  it('has not signed out any more, and the keychain may have something of it', async () => {
    const { signIns, list, comeBack } = await rig({
      leaving: [{ stored: true }, { key: 'commercial:u2' }],
    });
    signIns.run(start);
    await comeBack();
    expect(list.leaving().map((one) => one.key)).toEqual(['commercial:u2']);
    expect(list.find(key)).toMatchObject({ stored: true });
  });

  it.each([
    ['Sam', 's@example.org', 'Sam'],
    ['', 's@example.org', 's@example.org'],
  ])('as somebody else is told: %s %s', async (name, email, said) => {
    const { signIns, list, notices, comeBack } = await rig();
    const expected = { ...list.blank('commercial:u2', false), clientId: 'abc', name, email };
    await signIns.begin(setup, undefined, expected);
    // The way back of that setup has a port.
    expect(signIns.view()).toMatchObject({ phase: 'waiting' });
    await comeBack();
    expect(notices).toEqual([
      {
        id: 'other-account',
        title: 'You signed in as Jo',
        detail: expect.stringMatching(new RegExp(`^${said} is still not connected\\..*a private window\\.$`)),
      },
    ]);
  });

  it('as who was expected is told nothing', async () => {
    const { signIns, list, notices, comeBack } = await rig();
    await signIns.begin(setup, undefined, { ...list.blank(key, false), name: 'Jo' });
    await comeBack();
    expect(notices).toEqual([]);
  });
});

describe('a sign-in on its way', () => {
  const noSignIn = {
    ok: false,
    error: { kind: 'invalid-input', what: 'That sign-in is over. Start again.', action: 'none' },
  };
  const copy = { type: 'account.sign-in.copy-address' } as const;
  const paste = { type: 'account.sign-in.paste', address: `${redirectUri}?code=c` } as const;

  it('can be shown again, copied and pasted; without one there is nothing to', async () => {
    const { signIns, web, copied, list, opened } = await rig();
    expect([signIns.run(copy), signIns.run(paste)]).toEqual([noSignIn, noSignIn]);
    expect(signIns.run({ type: 'account.sign-in.cancel' })).toMatchObject({ ok: true });
    signIns.run(start);
    await opened();
    expect(signIns.view()).toMatchObject({ app: { cloud: 'commercial', clientId: 'abc' } });
    signIns.run({ type: 'account.sign-in.browser' });
    await eventually(() => expect(web.opened).toHaveLength(2));
    expect(web.opened[0]).toBe(web.opened[1]);
    expect(signIns.run(copy)).toEqual({ ok: true, value: null });
    expect(copied).toEqual([web.opened[0]]);
    expect(signIns.run(paste)).toEqual({ ok: true, value: null });
    expect([signIns.run(paste), signIns.run({ type: 'account.sign-in.browser' })]).toEqual([
      noSignIn,
      { ok: true, value: null },
    ]);
    await eventually(() => expect(list.find(key)).toBeDefined());
  });

  it('ends when it is cancelled', async () => {
    const { signIns, web, opened } = await rig();
    signIns.run(start);
    await opened();
    signIns.run({ type: 'account.sign-in.cancel' });
    expect(signIns.view()).toBeUndefined();
    expect(web.open()).toBe(0);
    expect(signIns.run(paste)).toEqual(noSignIn);
  });

  it('ends with the app; what was on its way is kept, and not connected any more', async () => {
    const { opened: left, open } = gate();
    const { signIns, log, opened } = await rig({ left });
    signIns.run(start);
    await opened();
    signIns.run(paste);
    await eventually(() => expect(log).toContain('left'));
    signIns.stop();
    expect(signIns.view()).toBeUndefined();
    open();
    await eventually(() => expect(log).toContainEqual(['keep', key, undefined, true]));
    await settle();
    expect(log).not.toContainEqual(['adopted', key]);
  });

  it('of an account that was signed out of meanwhile connects nothing', async () => {
    const { signIns, list, log, comeBack } = await rig({ kept: () => list.remove(key) });
    signIns.run(start);
    await comeBack();
    expect(log.at(-1)).toEqual(['keep', key, undefined, true]);
  });
});
