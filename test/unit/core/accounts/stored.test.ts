import { describe, expect, it } from 'vitest';
import { createAccountList } from '../../../../electron/core/accounts/list.ts';
import { readAccounts } from '../../../../electron/core/accounts/stored.ts';
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

  it.each(['/short', '/0123456789abcdef/../x', 'no-slash-at-the-beginning'])(
    'is not sent to what Tally never made: %s',
    (redirectPath) => {
      const { accounts } = readAccounts({ accounts: [former], redirectPath });
      expect(accounts).toMatchObject([{ redirectUri: loopbackRedirect }]);
    },
  );
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
