import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fixedPort,
  listeningAt,
  loopbackRedirect,
  portRedirect,
  redirectProblem,
  wayBack,
} from '../../../shared/redirects.ts';

describe('a redirect address', () => {
  it.each([
    [loopbackRedirect, 'loopback', { path: '/tally' }],
    [portRedirect, 'port', { path: '/tally', port: fixedPort }],
    ['http://127.0.0.1:17292/callback', 'port', { path: '/callback', port: 17_292 }],
    ['http://127.0.0.1/Qz4v_l-0Xk2Jm8Rt6Yb1Ng', 'loopback', { path: '/Qz4v_l-0Xk2Jm8Rt6Yb1Ng' }],
    ['https://www.example.com/tally/', 'web', { path: '/tally', port: fixedPort }],
    ['https://example.com:8443/a/b', 'web', { path: '/tally', port: fixedPort }],
  ])('%s is a way back by %s', (address, way, at) => {
    expect(redirectProblem(address)).toBeUndefined();
    expect(wayBack(address)).toBe(way);
    expect(listeningAt(address)).toEqual(at);
  });

  it.each([
    ['', 'begin with'],
    ['tally://back', 'begin with'],
    ['javascript:alert(1)', 'begin with'],
    ['http://localhost/tally', 'localhost'],
    ['https://localhost:1/tally', 'localhost'],
    ['http://example.com/tally', 'needs https'],
    ['http://127.0.0.1.example.com/tally', 'needs https'],
    ['http://127.0.0.2/tally', 'needs https'],
    ['http://127.0.0.1', 'with a path'],
    ['http://127.0.0.1/', 'with a path'],
    ['http://127.0.0.1:0/tally', 'with a path'],
    ['http://127.0.0.1:70000/tally', 'with a path'],
    ['http://127.0.0.1/tally?a=1', 'question mark'],
    ['https://example.com/a/../b', 'with a path'],
    ['https://someone@example.com/tally', 'with a path'],
    ['https://example.com/tally#x', 'with a path'],
    ['https://EXAMPLE.com/tally', 'with a path'],
    ['https://example.com/a b', 'with a path'],
    [`https://example.com/${'a'.repeat(500)}`, 'too long'],
  ])('"%s" is told what is wrong with it', (address, words) => {
    expect(redirectProblem(address)).toContain(words);
  });

  it('that is taken is what a browser makes of it, and leads to this computer or to https', () => {
    const pieces = fc.constantFrom(
      ...'htps:/127.0.1@[]?#%\\ \tA'.split(''),
      'http://',
      'https://',
      '127.0.0.1',
      '/x',
    );
    const almost = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(almost, fc.webUrl(), fc.string()), (address) => {
        if (redirectProblem(address) !== undefined) return;
        const { href, protocol, hostname, username } = new URL(address);
        expect(href).toBe(address);
        expect(username).toBe('');
        expect(protocol === 'https:' || hostname === '127.0.0.1').toBe(true);
      }),
    );
  });
});
