import { describe, expect, it } from 'vitest';
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

describe('the setup of an account', () => {
  it('that is damaged falls back to the address that is everybody’s, and the account stays', () => {
    const kept = { ...former, redirectUri: 'http://elsewhere.example/', scopes: 'x', isPublic: 1 };
    expect(readAccounts({ accounts: [kept] }).accounts).toMatchObject([
      { redirectUri: loopbackRedirect, scopes: [], isPublic: true },
    ]);
  });
});
