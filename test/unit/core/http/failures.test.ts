import { describe, expect, it } from 'vitest';
import {
  damageFailure,
  type FailureReason,
  failureOf,
  KnownFailure,
  systemCode,
} from '../../../../electron/core/http/failures.ts';

const thrown = (code: unknown) => Object.assign(new Error('to 10.0.0.1:443'), { code });

describe('an exception of the connection', () => {
  // Whether Zoom can have had anything of the request decides whether a change may be sent again.
  it.each<[FailureReason, 'no' | 'perhaps', boolean, string[]]>([
    ['timeout', 'no', true, ['UND_ERR_CONNECT_TIMEOUT']],
    ['timeout', 'perhaps', true, ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']],
    ['address-unknown', 'no', true, ['ENOTFOUND', 'EAI_AGAIN']],
    ['unreachable', 'no', true, ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN']],
    [
      'untrusted',
      'perhaps',
      false,
      [
        'DEPTH_ZERO_SELF_SIGNED_CERT',
        'CERT_HAS_EXPIRED',
        'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
        'ERR_TLS_CERT_ALTNAME_INVALID',
        'ERR_TLS_HANDSHAKE_TIMEOUT',
        'ERR_SSL_WRONG_VERSION_NUMBER',
        'EPROTO',
      ],
    ],
    ['not-http', 'perhaps', false, ['HPE_INVALID_CONSTANT', 'HPE_UNKNOWN', 'UND_ERR_HEADERS_OVERFLOW']],
    [
      'broken',
      'perhaps',
      true,
      [
        'ECONNRESET',
        'EPIPE',
        'UND_ERR_SOCKET',
        'UND_ERR_ABORTED',
        'UND_ERR_CLOSED',
        'UND_ERR_DESTROYED',
        'UND_ERR_INFO',
        'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
      ],
    ],
    [
      'unknown',
      'perhaps',
      false,
      [
        '',
        'UND_ERR_INVALID_ARG',
        'UND_ERR_NOT_SUPPORTED',
        'MY_UND_ERR_BODY_TIMEOUT',
        'UND_ERR_BODY_TIMEOUT_TOO',
        'ETIMEDOUT2',
        'MY_ENOTFOUND',
        'ENOTFOUND_2',
        'MY_ECONNREFUSED_1',
        'NOT_ERR_TLS_1',
        'NOT_ERR_SSL_1',
        'EPROTO_1',
        'MY-EPROTO',
        'MY_HPE_1',
        'EX',
        'MY-ECONNRESET',
        'ECONNRESET-1',
        'MY_UND_ERR_SOCKET',
        'UND_ERR_SOCKET_2',
      ],
    ],
  ])('is %s, had by Zoom: %s, worth another try: %s', (reason, reached, passing, codes) => {
    for (const code of codes)
      expect([code, failureOf(thrown(code))]).toEqual([code, { reason, reached, passing }]);
  });

  it('is what it says where that is known', () => {
    const failure = { reason: 'proxy-refuses', reached: 'no', passing: false } as const;
    const known = new KnownFailure(failure);
    expect(failureOf(known)).toBe(failure);
    expect(known.message).toBe('proxy-refuses');
  });

  it('has no code where it has none, or what is no text', () => {
    for (const cause of [null, undefined, 'ECONNRESET', {}, thrown(5), thrown(undefined)]) {
      expect(systemCode(cause)).toBe('');
    }
  });

  it('of undici’s parser is told by its name where it has no code', () => {
    const parser = Object.assign(new Error('x'), { name: 'HTTPParserError' });
    expect(systemCode(parser)).toBe('HPE_UNKNOWN');
    expect(failureOf(parser).reason).toBe('not-http');
    expect(systemCode(Object.assign(parser, { code: 'HPE_INTERNAL' }))).toBe('HPE_INTERNAL');
  });
});

describe('an answer that did not arrive whole', () => {
  it('may have done what it was asked for, whatever ended it', () => {
    expect(damageFailure({ kind: 'failed', cause: thrown('ECONNREFUSED') })).toEqual({
      reason: 'unreachable',
      reached: 'perhaps',
      passing: true,
    });
    expect(damageFailure({ kind: 'too-slow' })).toEqual({
      reason: 'too-slow',
      reached: 'perhaps',
      passing: true,
    });
    expect(damageFailure({ kind: 'too-large' })).toEqual({
      reason: 'too-large',
      reached: 'perhaps',
      passing: false,
    });
  });
});
