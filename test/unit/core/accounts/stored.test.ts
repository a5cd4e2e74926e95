import { describe, expect, it } from 'vitest';
import { createAccountList } from '../../../../electron/core/accounts/list.ts';
import { cut, readAccounts, ringColours } from '../../../../electron/core/accounts/stored.ts';
import { connectingStart } from '../../../../shared/connecting.ts';
import { loopbackRedirect } from '../../../../shared/redirects.ts';

/** As it was kept before an account had a setup. */
const former = {
  key: 'commercial:a',
  practice: false,
  cloud: 'commercial',
  clientId: 'abc',
  userId: 'a',
  name: 'A',
  email: 'a@example.org',
  colour: 0,
  kept: true,
  ended: false,
};

describe('an account that was connected while each installation had a redirect address of its own', () => {
  it.each(['/0123456789abcdef0123456789abcdef', '/Qz4v_l-0Xk2Jm8Rt6Yb1Ng'])(
    'keeps it: %s',
    (redirectPath) => {
      const { ok, accounts } = readAccounts({ accounts: [former], redirectPath });
      expect(ok).toBe(true);
      expect(accounts).toMatchObject([{ redirectUri: `http://127.0.0.1${redirectPath}`, isPublic: true }]);
    },
  );

  it.each([
    '/short',
    '/0123456789abcdef/../x',
    'no-slash-at-the-beginning',
    '/0123456789abcdef/more',
    ':8080/0123456789abcdef',
  ])('is not sent to what Tally never made: %s', (redirectPath) => {
    const { accounts } = readAccounts({ accounts: [former], redirectPath });
    expect(accounts).toMatchObject([{ redirectUri: loopbackRedirect }]);
  });
});

describe('what cannot be read', () => {
  const ofLater = { ...former, key: 'sovereign:b', cloud: 'sovereign', somethingNew: { a: 1 } };

  it('is kept as it is, beside the accounts that can', () => {
    const saved: unknown[] = [];
    const files = {
      accounts: () => ({ accounts: [former, ofLater, 5], leaving: [{ key: 'x', cloud: 'sovereign' }] }),
      saveAccounts: (json: unknown) => saved.push(json),
    };
    const list = createAccountList(files);
    expect(list.damaged).toBe(true);
    expect(list.all().map(({ key }) => key)).toEqual([former.key]);
    list.activate(former.key);
    expect(saved.at(-1)).toMatchObject({
      accounts: [{ key: former.key }, ofLater, 5],
      leaving: [{ key: 'x', cloud: 'sovereign' }],
    });
    list.add({ ...list.blank(ofLater.key, false), name: 'B' });
    list.activate(ofLater.key);
    expect(saved.at(-1)).toMatchObject({
      accounts: [{ key: former.key }, { key: ofLater.key, name: 'B' }, 5],
    });
  });

  it('in an entry that can is kept with it, as long as it is there', () => {
    const saved: unknown[] = [];
    const left = { key: 'x', cloud: 'commercial', clientId: 'abc', orbit: 4 };
    const files = {
      accounts: () => ({ accounts: [{ ...former, orbit: { moons: 2 } }], leaving: [left] }),
      saveAccounts: (json: unknown) => saved.push(json),
    };
    const list = createAccountList(files);
    expect(list.damaged).toBe(false);
    list.update(former.key, { name: 'B' });
    expect(saved.at(-1)).toMatchObject({
      accounts: [{ key: former.key, name: 'B', orbit: { moons: 2 } }],
      leaving: [left],
    });
    list.remove(former.key);
    list.setLeaving([]);
    expect(JSON.stringify(saved.at(-1))).not.toContain('orbit');
  });

  it.each([1, undefined, 'x'.repeat(5_000), `${'x'.repeat(999)}😀`])('is no name of a person: %s', (name) => {
    const { ok, accounts } = readAccounts({ accounts: [{ ...former, name, email: name }] });
    expect({ ok, count: accounts.length }).toEqual({ ok: true, count: 1 });
    expect(accounts[0]?.name.length).toBeLessThanOrEqual(1_000);
    expect(accounts[0]?.name).not.toMatch(/\ud83d$/);
  });
});

describe('the setup of an account', () => {
  it('that is damaged falls back to the address that is everybody’s, and the account stays', () => {
    const kept = { ...former, redirectUri: 'http://elsewhere.example/', scopes: 'x', isPublic: 1 };
    expect(readAccounts({ accounts: [kept] }).accounts).toMatchObject([
      { redirectUri: loopbackRedirect, scopes: [], isPublic: true },
    ]);
  });
});

describe('a field of an account', () => {
  const read = (change: object) => readAccounts({ accounts: [{ ...former, ...change }] });

  it.each<[string, object, object]>([
    ['colour', { colour: ringColours - 1 }, { colour: ringColours - 1 }],
    ['colour', { colour: ringColours }, { colour: 0 }],
    ['colour', { colour: -1 }, { colour: 0 }],
    ['colour', { colour: 1.5 }, { colour: 0 }],
    ['stored', {}, { stored: true }],
    ['stored', { kept: false }, { stored: false }],
    ['stored', { stored: false }, { stored: false }],
    ['stored', { stored: 'x' }, { stored: true }],
    ['ended', { ended: true }, { ended: true }],
    ['ended', { ended: 'x' }, { ended: false }],
    ['whyEnded', { whyEnded: 'scopes' }, { whyEnded: 'scopes' }],
    ['name', { name: undefined, email: 5 }, { name: '', email: '' }],
    ['scopes', { scopes: ['user:read:user'] }, { scopes: ['user:read:user'] }],
    ['isPublic', { isPublic: false }, { isPublic: false }],
    ['clientId', { practice: true, clientId: '' }, { clientId: '', practice: true }],
    ['key', { key: 'k'.repeat(300) }, { key: 'k'.repeat(300) }],
    ['userId', { userId: 'u'.repeat(200) }, { userId: 'u'.repeat(200) }],
    ['clientId', { clientId: 'c'.repeat(200) }, { clientId: 'c'.repeat(200) }],
  ])('is read, or falls back, and the account stays: %s', (_, change, found) => {
    const { ok, accounts, unread } = read(change);
    expect(accounts).toMatchObject([found]);
    expect({ ok, unread: unread.accounts }).toEqual({ ok: true, unread: [] });
  });

  it('that says why a sign-in ended is left out where nobody knows that reason', () => {
    expect(read({ whyEnded: 'of-tomorrow' }).accounts[0]?.whyEnded).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ['key', ''],
    ['key', 'k'.repeat(301)],
    ['practice', undefined],
    ['cloud', undefined],
    ['clientId', 'c'.repeat(201)],
    ['userId', 'u'.repeat(201)],
    ['kept', 'yes'],
  ])('without which there is no account is not made up: %s', (field, value) => {
    const entry = { ...former, [field]: value };
    const { ok, accounts, unread } = readAccounts({ accounts: [entry] });
    expect({ ok, accounts, unread: unread.accounts }).toEqual({ ok: false, accounts: [], unread: [entry] });
  });

  it('cuts no character in two', () => {
    expect(cut('x'.repeat(1_001))).toBe('x'.repeat(1_000));
    expect(cut(`${'x'.repeat(998)}😀😀`)).toBe(`${'x'.repeat(998)}😀`);
    expect(cut(`${'x'.repeat(999)}😀`)).toBe('x'.repeat(999));
    expect(cut('\ud83dx')).toBe('\ud83dx');
  });
});

describe('a sign-out that is not over', () => {
  const left = { key: 'commercial:a', cloud: 'commercial', clientId: 'abc', stored: false };

  it('is read, and what it does not say is no', () => {
    const { ok, leaving } = readAccounts({ leaving: [left, { ...left, told: true, withLibrary: true }] });
    expect(ok).toBe(true);
    expect(leaving).toEqual([
      { ...left, told: false, withLibrary: false },
      { ...left, told: true, withLibrary: true },
    ]);
  });

  it('that cannot be read is kept as it is, and said', () => {
    const later = { key: 'x', cloud: 'sovereign' };
    expect(readAccounts({ leaving: [left, later] })).toMatchObject({
      ok: false,
      leaving: [{ key: left.key }],
      unread: { accounts: [], leaving: [later] },
    });
  });
});

describe('the list', () => {
  const other = { ...former, key: 'commercial:b' };

  it.each([undefined, null, {}, { accounts: [], active: 'x' }])('is empty: %j', (json) => {
    expect(readAccounts(json)).toEqual({
      ok: true,
      accounts: [],
      active: undefined,
      leaving: [],
      connecting: connectingStart,
      unread: { accounts: [], leaving: [] },
    });
  });

  it.each([5, 'x', []])('that is none is empty, and said: %j', (json) => {
    expect(readAccounts(json)).toMatchObject({ ok: false, accounts: [] });
  });

  it('has each account once, the first of two', () => {
    const { ok, accounts } = readAccounts({ accounts: [former, { ...former, name: 'B' }, other] });
    expect(accounts.map(({ key, name }) => [key, name])).toEqual([
      [former.key, 'A'],
      [other.key, 'A'],
    ]);
    expect(ok).toBe(false);
  });

  it.each([
    ['the one that was', other.key, other.key],
    ['the first where that is gone', 'commercial:c', former.key],
    ['the first where that is no key', 5, former.key],
  ])('has one that is active: %s', (_, active, found) => {
    expect(readAccounts({ accounts: [former, other], active })).toMatchObject({ ok: true, active: found });
  });
});

describe('the way to an app of one’s own', () => {
  const begun = {
    step: 'paste',
    mayCreate: true,
    cloud: 'government',
    groups: ['Presence', 'Settings'],
    redirectUri: 'https://www.example.com/tally',
    isPublic: false,
    clientId: 'abc',
    done: ['x'],
  };

  it('goes on where it was', () => {
    expect(readAccounts({ connecting: begun })).toMatchObject({ ok: true, connecting: begun });
  });

  it.each(Object.keys(begun))('begins anew with what cannot be read, alone: %s', (field) => {
    const { connecting } = readAccounts({ connecting: { ...begun, [field]: { odd: 1 } } });
    expect(connecting).toEqual({ ...begun, [field]: connectingStart[field as keyof typeof connectingStart] });
  });

  it('begins anew where it is nothing at all', () => {
    expect(readAccounts({ connecting: 5 }).connecting).toEqual(connectingStart);
  });
});
