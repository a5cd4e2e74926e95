import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KnownFailure } from '../../../../electron/core/http/failures.ts';
import { createNetwork, direct } from '../../../../electron/core/http/network.ts';
import { environmentProxy, isThisComputer, systemProxies } from '../../../../electron/core/http/proxy.ts';
import { connectionErrors } from '../../../../electron/core/zoom/connection-errors.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';

const zoom = 'https://api.zoom.us/v2/users/me';

/** The sentence of the failure that `work` throws. */
function failureOf(work: () => unknown): string {
  try {
    work();
  } catch (cause) {
    if (cause instanceof KnownFailure) return connectionErrors[cause.failure.reason].what;
    throw cause;
  }
  throw new Error('It did not fail.');
}

describe('the environment', () => {
  it.each<[string, Record<string, string>, string | null | undefined]>([
    ['says nothing', {}, undefined],
    ['says nothing with an empty value', { HTTPS_PROXY: ' ' }, undefined],
    ['names a proxy', { HTTPS_PROXY: 'http://proxy.example:8080' }, 'http://proxy.example:8080'],
    ['names a proxy without a scheme', { HTTPS_PROXY: 'proxy.example:8080' }, 'http://proxy.example:8080'],
    ['names an address', { HTTPS_PROXY: 'http://[fd00::1]:8080/' }, 'http://[fd00::1]:8080'],
    [
      'names a proxy with a login',
      { HTTPS_PROXY: 'https://jo:p%40ss@proxy.example' },
      'https://jo:p%40ss@proxy.example',
    ],
    ['names a SOCKS proxy', { HTTPS_PROXY: 'socks5h://proxy.example:1080' }, 'socks5://proxy.example:1080'],
    [
      'names one by the short name',
      { HTTPS_PROXY: 'socks://proxy.example:1080' },
      'socks5://proxy.example:1080',
    ],
    ['is read in small letters first', { https_proxy: 'a:1', HTTPS_PROXY: 'b:1' }, 'http://a:1'],
    ['names one for plain http', { HTTP_PROXY: 'proxy.example:8080' }, undefined],
    ['exempts everything', { HTTPS_PROXY: 'a:1', NO_PROXY: 'x, *' }, null],
    ['exempts the host', { HTTPS_PROXY: 'a:1', NO_PROXY: 'API.zoom.us' }, null],
    ['exempts the names below a domain', { HTTPS_PROXY: 'a:1', NO_PROXY: 'x.org zoom.us' }, null],
    ['exempts with a leading dot', { HTTPS_PROXY: 'a:1', no_proxy: '.zoom.us,' }, null],
    ['exempts with a star', { HTTPS_PROXY: 'a:1', NO_PROXY: '*.zoom.us' }, null],
    ['exempts the port', { HTTPS_PROXY: 'a:1', NO_PROXY: 'zoom.us:443' }, null],
    ['exempts another port', { HTTPS_PROXY: 'a:1', NO_PROXY: 'zoom.us:8443' }, 'http://a:1'],
    ['exempts what only ends alike', { HTTPS_PROXY: 'a:1', NO_PROXY: 'oom.us' }, 'http://a:1'],
    ['exempts what is below the host', { HTTPS_PROXY: 'a:1', NO_PROXY: '*.api.zoom.us' }, 'http://a:1'],
    ['exempts from the system’s proxy too', { NO_PROXY: 'zoom.us' }, null],
  ])('%s', (_, env, proxy) => {
    expect(environmentProxy(zoom, env)).toBe(proxy);
  });

  it.each([
    'http://',
    'ftp://proxy.example',
    'xsocks5://proxy.example:1080',
    'socks5:///proxy.example',
    'http://jo:S3CRET#1@proxy.example:8080',
    'http://jo:S3CRET%@a:1',
  ])('is not understood as %s, and not repeated', (given) => {
    const what = failureOf(() => environmentProxy(zoom, { HTTPS_PROXY: given }));
    expect(what).toBe('HTTPS_PROXY isn’t an address that Tally understands.');
  });

  it('exempts the port that plain http has by itself', () => {
    const env = { HTTP_PROXY: 'a:1', NO_PROXY: 'intra.example:80' };
    expect(environmentProxy('http://intra.example/', env)).toBeNull();
    expect(environmentProxy('https://intra.example/', { ...env, HTTPS_PROXY: 'a:1' })).toBe('http://a:1');
  });

  it('may say anything: the outcome is an address, none, or the one failure', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (HTTPS_PROXY, NO_PROXY) => {
        try {
          const proxy = environmentProxy(zoom, { HTTPS_PROXY, NO_PROXY });
          if (proxy) expect(new URL(proxy).protocol).toMatch(/^(https?|socks5):$/);
        } catch (cause) {
          expect(cause).toBeInstanceOf(KnownFailure);
        }
      }),
    );
  });

  it('brings any login to the proxy unharmed', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(text, text, (name, password) => {
        const given = `http://${encodeURIComponent(name)}:${encodeURIComponent(password)}@proxy.example:8080`;
        const url = new URL(environmentProxy(zoom, { HTTPS_PROXY: given }) ?? '');
        expect([url.username, url.password].map(decodeURIComponent)).toEqual([name, password]);
      }),
    );
  });
});

describe('the system’s answer', () => {
  it.each<[string, (string | null)[]]>([
    ['DIRECT', [null]],
    ['PROXY proxy.example:8080', ['http://proxy.example:8080']],
    ['PROXY a:80; PROXY b:81 ;DIRECT', ['http://a:80', 'http://b:81', null]],
    ['HTTPS proxy.example:443', ['https://proxy.example:443']],
    ['SOCKS5 10.0.0.1:1080', ['socks5://10.0.0.1:1080']],
    ['PROXY [fd00::1]:8080', ['http://[fd00::1]:8080']],
    ['SOCKS old:1080; PROXY new:8080', ['http://new:8080']],
    ['QUIC a:443;DIRECT', [null]],
  ])('%s', (answer, proxies) => {
    expect(systemProxies(answer)).toEqual(proxies);
  });

  it.each([
    'SOCKS a:1080',
    'SOCKS4 a:1080',
    'PROXY a',
    'PROXY a:0',
    'PROXY a:65536',
    'PROXY a:80/x',
    'PROXY u:p@a:80',
    'PROXY a:80 b',
    'MY PROXY a:80',
    'constructor a:1',
    'direct',
    ';',
  ])('%s holds nothing of use, and that is not taken for no proxy', (answer) => {
    expect(failureOf(() => systemProxies(answer))).toBe(
      'The proxy of your network is of a kind that Tally can’t use.',
    );
  });

  it.each(['', ' '])('%j is none', (answer) => {
    expect(failureOf(() => systemProxies(answer))).toBe(
      'The proxy settings of this computer couldn’t be read.',
    );
  });

  it.each([
    ['proxy-not-an-address', () => environmentProxy(zoom, { HTTPS_PROXY: 'ftp://a' }), false],
    ['proxy-unusable', () => systemProxies('SOCKS a:1'), false],
    ['proxy-unreadable', () => systemProxies(''), true],
  ])('was not used, and nothing sent: %s', (reason, work, passing) => {
    const failure = { reason, reached: 'no', passing };
    expect(work).toThrow(expect.objectContaining({ failure }));
  });

  it('may be anything: what comes of it is a list of addresses, or a failure', () => {
    const word = fc.constantFrom(
      'PROXY',
      'HTTPS',
      'SOCKS',
      'SOCKS5',
      'DIRECT',
      ' ',
      ';',
      'a.b',
      ':',
      '8080',
      '[::1]',
    );
    const answer = fc.oneof(
      fc.string(),
      fc.array(word).map((words) => words.join('')),
    );
    fc.assert(
      fc.property(answer, (text) => {
        try {
          const proxies = systemProxies(text);
          for (const proxy of proxies) {
            if (proxy === null) expect(text).toContain('DIRECT');
            else expect(new URL(proxy).port || 'its own').toBeTruthy();
          }
          expect(proxies.length).toBeGreaterThan(0);
        } catch (cause) {
          expect(cause).toBeInstanceOf(KnownFailure);
        }
      }),
    );
  });
});

describe('the way from here', () => {
  const clock = createFakeClock();
  const way = (askSystem: (url: string) => Promise<string>, env = {}) =>
    createNetwork({ clock, env, askSystem, trustSystem: () => false });

  it.each(['127.0.0.1', '127.8.9.1', '127.18.19.11', 'localhost', 'zoom.localhost', '[::1]'])(
    'to %s, this computer, asks nobody',
    async (host) => {
      expect(isThisComputer(host)).toBe(true);
      const asked: string[] = [];
      const network = way(
        async (url) => {
          asked.push(url);
          return 'PROXY a:1';
        },
        { HTTP_PROXY: 'b:1', HTTPS_PROXY: 'b:1' },
      );
      expect(await network.proxyFor(`http://${host}:8080/v2`)).toBeNull();
      expect(asked).toEqual([]);
    },
  );

  it.each(['localhost.example', '127.0.0.1.example', '1127.0.0.1', 'zoom.us'])(
    '%s is another computer',
    (host) => {
      expect(isThisComputer(host)).toBe(false);
    },
  );

  it('is what the environment says, and the system is not asked then', async () => {
    const refusing = () => Promise.reject(new Error('asked'));
    expect(await way(refusing, { HTTPS_PROXY: 'a:1' }).proxyFor(zoom)).toBe('http://a:1');
    expect(await way(refusing, { NO_PROXY: '*' }).proxyFor(zoom)).toBeNull();
  });

  it('is the direct one where nothing else is given', async () => {
    expect(await direct.proxyFor(zoom)).toBeNull();
    expect(direct.trustSystem()).toBe(false);
    expect(direct.failed('http://a:1')).toBeUndefined();
  });

  it('is asked anew for each request', async () => {
    const answers = ['PROXY office:8080', 'DIRECT'];
    const network = way(async () => answers.shift() ?? '');
    expect(await network.proxyFor(zoom)).toBe('http://office:8080');
    expect(await network.proxyFor(zoom)).toBeNull();
  });

  it('leads past a proxy that could not be reached, for five minutes', async () => {
    const network = way(async () => 'PROXY a:1; PROXY b:1; DIRECT');
    network.failed('http://a:1');
    expect(await network.proxyFor(zoom)).toBe('http://b:1');
    network.failed('http://b:1');
    expect(await network.proxyFor(zoom)).toBeNull();
    await clock.advance(5 * 60_000);
    expect(await network.proxyFor(zoom)).toBe('http://a:1');
  });

  it('stays with the only proxy, reached or not', async () => {
    const network = way(async () => 'PROXY a:1');
    network.failed('http://a:1');
    expect(await network.proxyFor(zoom)).toBe('http://a:1');
  });

  it('is not known when the system fails, or takes longer than ten seconds', async () => {
    const unreadable = { failure: { reason: 'proxy-unreadable', reached: 'no', passing: true } };
    await expect(way(() => Promise.reject(new Error('no session'))).proxyFor(zoom)).rejects.toMatchObject(
      unreadable,
    );
    const waiting = expect(way(() => new Promise(() => {})).proxyFor(zoom)).rejects.toMatchObject(unreadable);
    await clock.advance(10_000);
    await waiting;
    expect(clock.pending()).toEqual([]);
  });
});
