import { describe, expect, it } from 'vitest';
import { readAccounts } from '../../../../electron/core/accounts/stored.ts';

describe('the path of the redirect address', () => {
  it.each(['/0123456789abcdef0123456789abcdef', '/Qz4v_l-0Xk2Jm8Rt6Yb1Ng'])(
    'that is registered at Zoom stays: %s',
    (redirectPath) => {
      expect(readAccounts({ redirectPath }).redirectPath).toBe(redirectPath);
    },
  );

  it.each(['/short', '/0123456789abcdef/../x', 'no-slash-at-the-beginning'])(
    'that Tally never made is not taken: %s',
    (redirectPath) => {
      expect(readAccounts({ redirectPath }).redirectPath).toBeUndefined();
    },
  );
});
