import { describe, expect, it } from 'vitest';
import type { FailureReason } from '../../../../electron/core/http/failures.ts';
import { isUntrusted, proxyFailure } from '../../../../electron/core/http/proxy-failures.ts';

const proxy = 'http://proxy.example:8080';
const thrown = (code: string, message = '') => Object.assign(new Error(message), { code });
const refused = (status: number) =>
  thrown('UND_ERR_ABORTED', `Proxy response (${status}) !== 200 when HTTP Tunneling`);

describe('what stands between Tally and Zoom', () => {
  it.each<[FailureReason, boolean, boolean, Error[]]>([
    [
      'proxy-unreachable',
      true,
      true,
      ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'].map((code) =>
        thrown(code),
      ),
    ],
    ['proxy-closed', true, true, [thrown('UND_ERR_PRX_CONN')]],
    ['proxy-unsafe', false, false, [thrown('UND_ERR_PRX_TLS')]],
    [
      'proxy-asks-password',
      false,
      false,
      [thrown('UND_ERR_SOCKS5_AUTH_FAILED'), thrown('UND_ERR_SOCKS5_AUTH_METHOD'), refused(407)],
    ],
    ['proxy-refuses', false, false, [thrown('UND_ERR_SOCKS5_REPLY_2'), refused(403), refused(499)]],
    [
      'proxy-stuck',
      true,
      false,
      [thrown('UND_ERR_SOCKS5_REPLY_1'), thrown('UND_ERR_SOCKS5_VERSION'), refused(500), refused(502)],
    ],
  ])('is %s, worth another try: %s, worth another proxy: %s', (reason, passing, unreachable, causes) => {
    for (const cause of causes) {
      expect(proxyFailure(cause, proxy)).toEqual({
        failure: { reason, reached: 'no', passing },
        unreachable,
      });
    }
  });

  it('refuses the password where one was given', () => {
    for (const cause of [thrown('UND_ERR_SOCKS5_AUTH_FAILED'), refused(407)]) {
      expect(proxyFailure(cause, 'http://jo:pw@proxy.example:8080')?.failure.reason).toBe(
        'proxy-refuses-password',
      );
    }
  });

  it.each([
    thrown('ECONNRESET'),
    thrown('UND_ERR_HEADERS_TIMEOUT'),
    thrown('CERT_HAS_EXPIRED'),
    thrown('MY_UND_ERR_SOCKS5'),
    thrown('UND_ERR_ABORTED', 'aborted'),
    thrown('UND_ERR_ABORTED', 'No Proxy response (407)'),
    thrown('UND_ERR_ABORTED', 'Proxy response (4071)'),
    thrown('ECONNRESET', 'Proxy response (407)'),
    undefined,
  ])('may be Zoom itself: %s', (cause) => {
    expect(proxyFailure(cause, proxy)).toBeUndefined();
  });
});

describe('a certificate', () => {
  it.each([
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
  ])('for which nobody vouches may be one of the computer’s own list: %s', (code) => {
    expect(isUntrusted(thrown(code))).toBe(true);
  });

  it.each(['CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID', 'ECONNRESET', ''])(
    'that is wrong stays wrong: %s',
    (code) => {
      expect(isUntrusted(thrown(code))).toBe(false);
    },
  );
});
