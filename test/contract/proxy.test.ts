import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Timeouts } from '../../electron/core/http/exchange.ts';
import { createNetwork } from '../../electron/core/http/network.ts';
import { downloadPicture, isPictureAddress } from '../../electron/core/picture/download.ts';
import type { Network } from '../../electron/core/ports.ts';
import { createOauth } from '../../electron/core/sign-in/oauth.ts';
import { fixedSession } from '../../electron/core/sign-in/session.ts';
import { createZoomClient, type ZoomClient } from '../../electron/core/zoom/client.ts';
import { trustSystemCertificates } from '../../electron/desktop/certificates.ts';
import { companyPem, startCompany, startSocksCompany, startUntrusted } from '../support/company.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { pngOfSize } from '../support/files.ts';
import { redirectUri } from '../support/oauth.ts';
import { type Rig, withPractice } from '../support/practice-client.ts';

// The system's certificates are read at the first use; from then on this file's process trusts the company.
process.env.SSL_CERT_FILE = companyPem;

const clock = createFakeClock();
clock.skipWaits(9_000);
/** No name server knows it: what comes from there came through the proxy. */
const zoom = { oauthUrl: 'https://zoom.test', apiUrl: 'https://api.zoom.test/v2' };
const api = 'api.zoom.test:443';

interface Way {
  readonly env?: Record<string, string>;
  /** The system's answer. */
  readonly system?: string;
  readonly trustSystem?: () => boolean;
}

function networkBy({ env = {}, system = 'DIRECT', trustSystem = trustSystemCertificates }: Way): Network {
  return createNetwork({ clock, env, askSystem: async () => system, trustSystem });
}

const clients: ZoomClient[] = [];
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.dropConnections();
  for (const close of closing.splice(0)) await close();
});

function closeLater<T extends { close(): Promise<void> }>(it: T): T {
  closing.push(it.close);
  return it;
}

const internal: unknown[] = [];
function clientOf({ practice }: Rig, network: Network, timeouts: Partial<Timeouts> = {}): ZoomClient {
  const client = createZoomClient({
    clock,
    network,
    apiUrl: () => zoom.apiUrl,
    session: fixedSession(practice.accessToken),
    random: () => 0,
    onInternal: (cause) => internal.push(cause),
    timeouts,
  });
  clients.push(client);
  return client;
}

/** What one call says that is made by this way, and the company whose network it is. */
async function call(way: (proxy: string) => Way, options: Parameters<typeof startCompany>[1] = {}) {
  return withPractice({ now: clock.now }, async (rig) => {
    const company = closeLater(await startCompany(rig.practice.apiUrl, options));
    const result = await clientOf(rig, networkBy(way(company.proxy))).call('user');
    return { result, asked: company.asked.map(({ authority }) => authority) };
  });
}

const byEnvironment = (proxy: string): Way => ({ env: { HTTPS_PROXY: proxy } });
const failedWith = (what: string, action = 'check-connection') => ({
  ok: false,
  error: { kind: 'network', what, action },
});

// First, while nothing is trusted yet.
describe('the certificate of a company', () => {
  it('is not taken where the computer does not trust it', async () => {
    const { result, asked } = await call((proxy) => ({
      ...byEnvironment(proxy),
      trustSystem: () => false,
    }));
    expect(result).toMatchObject(failedWith('The connection to Zoom isn’t safe, so it was closed.'));
    expect(asked).toEqual([api]);
  });

  it.each(['proxy', 'SOCKS proxy', 'direct'])('is not taken because a variable says so: %s', async (way) => {
    const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      await withPractice({ now: clock.now }, async (rig) => {
        const start = way === 'SOCKS proxy' ? startSocksCompany : startCompany;
        const company = closeLater(await start(rig.practice.apiUrl));
        const server = closeLater(await startUntrusted());
        const network = networkBy({
          env: way === 'direct' ? {} : { HTTPS_PROXY: company.proxy },
          trustSystem: () => false,
        });
        const client = createZoomClient({
          clock,
          network,
          apiUrl: () => (way === 'direct' ? server.url : zoom.apiUrl),
          session: fixedSession(rig.practice.accessToken),
          random: () => 0,
        });
        clients.push(client);
        const result = await client.call('user');
        expect(result).toMatchObject(failedWith('The connection to Zoom isn’t safe, so it was closed.'));
        expect(server.asked()).toBe(0);
        expect((await rig.state()).requests).toEqual([]);
      });
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      warned.mockRestore();
    }
  });

  it('is taken where the computer trusts it, at the same call', async () => {
    const { result, asked } = await call(byEnvironment);
    expect(result.ok).toBe(true);
    expect(asked).toEqual([api, api]);
  });
});

describe('behind a proxy', () => {
  it('calls, uploads with progress, refreshes, signs in, signs out and reads pictures', () =>
    withPractice({ now: clock.now }, async (rig) => {
      const { practice } = rig;
      const company = closeLater(await startCompany(practice.apiUrl));
      const network = networkBy(byEnvironment(company.proxy));
      const asked = () => company.asked.map(({ authority }) => authority);

      const client = clientOf(rig, network);
      const user = await client.call('user');
      expect(user).toMatchObject({ ok: true, data: { id: practice.userId } });
      expect(asked()).toEqual([api]);

      const { bytes } = pngOfSize(4_000_000);
      const chunk = 256 * 1024;
      const sent: number[] = [];
      const uploaded = await client.call(
        'uploadVBuser',
        {
          path: { userId: 'me' },
          file: {
            name: 'beach.png',
            type: 'image/png',
            size: bytes.length,
            async *open() {
              for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
            },
          },
        },
        { onProgress: (now) => sent.push(now) },
      );
      expect(uploaded.ok).toBe(true);
      expect(sent.length).toBeGreaterThan(10);
      expect(sent.at(-1)).toBe(bytes.length);
      expect((await rig.state()).me.backgrounds.map(({ name }) => name)).toContain('beach.png');

      const oauth = createOauth({ oauthUrl: zoom.oauthUrl, clientId: practice.clientId }, clock, network);
      const { authorizeUrl, finish } = await oauth.begin(redirectUri);
      const answer = await practice.consent(authorizeUrl.replace(zoom.oauthUrl, practice.oauthUrl));
      const tokens = await finish(answer);
      if (!tokens.ok) throw new Error(tokens.error.what);
      const refreshed = await oauth.refresh(tokens.value.refreshToken);
      if (!refreshed.ok) throw new Error(refreshed.error.what);
      expect(await oauth.revoke(refreshed.value.accessToken)).toMatchObject({ ok: true });
      expect(asked().filter((authority) => authority !== api)).toEqual(Array(3).fill('zoom.test:443'));

      const { pic_url } = user.ok ? (user.data as { pic_url: string }) : { pic_url: '' };
      const address = `https://pictures.zoom.test${new URL(pic_url).pathname}`;
      const picture = await downloadPicture(address, clock, network, new AbortController().signal);
      expect(picture?.type).toMatch(/^image\//);
      expect(asked().at(-1)).toBe('pictures.zoom.test:443');
    }));

  it('reads the picture of who signs in with Google', () =>
    withPractice({ now: clock.now }, async (rig) => {
      await rig.patch({ pictureHome: 'google' });
      const company = closeLater(await startCompany(rig.practice.apiUrl));
      const network = networkBy(byEnvironment(company.proxy));
      const user = await clientOf(rig, network).call('user');
      const { pic_url = '' } = user.ok ? user.data : {};
      expect(pic_url).toMatch(/^https:\/\/lh3\.googleusercontent\.com\/a\/[\w-]{43}=s96-c$/);
      expect(isPictureAddress(pic_url, zoom.apiUrl)).toBe(true);
      const picture = await downloadPicture(pic_url, clock, network, new AbortController().signal);
      const sha256 = createHash('sha256')
        .update(picture?.bytes ?? '')
        .digest('hex');
      expect(sha256).toBe((await rig.state()).me.picture?.sha256);
      expect(company.asked.at(-1)?.authority).toBe('lh3.googleusercontent.com:443');
    }));

  it('asks the system where the environment says nothing', async () => {
    const { result, asked } = await call((proxy) => ({ system: `PROXY ${new URL(proxy).host}; DIRECT` }));
    expect(result.ok).toBe(true);
    expect(asked).toEqual([api]);
  });

  it('goes on with the next proxy that the system names while the first cannot be reached', async () => {
    const gone = await startCompany('http://127.0.0.1:1');
    await gone.close();
    const { result, asked } = await call((proxy) => ({
      system: [gone.proxy, proxy].map((one) => `PROXY ${new URL(one).host}`).join(';'),
    }));
    expect(result.ok).toBe(true);
    expect(asked).toEqual([api]);
  });

  it('goes the new way once the network is another one', () =>
    withPractice({ now: clock.now }, async (rig) => {
      const office = closeLater(await startCompany(rig.practice.apiUrl));
      const hotel = closeLater(await startCompany(rig.practice.apiUrl));
      let system = `PROXY ${new URL(office.proxy).host}`;
      const askSystem = async () => system;
      const client = clientOf(
        rig,
        createNetwork({ clock, env: {}, askSystem, trustSystem: trustSystemCertificates }),
      );
      expect((await client.call('user')).ok).toBe(true);
      system = `PROXY ${new URL(hotel.proxy).host}`;
      expect((await client.call('user')).ok).toBe(true);
      expect([office.asked.length, hotel.asked.length]).toEqual([1, 1]);
    }));

  it('goes through a SOCKS 5 proxy, which finds the name', () =>
    withPractice({ now: clock.now }, async (rig) => {
      const company = closeLater(await startSocksCompany(rig.practice.apiUrl));
      const system = company.proxy.replace('socks5://', 'SOCKS5 ');
      expect((await clientOf(rig, networkBy({ system })).call('user')).ok).toBe(true);
      expect(company.asked).toEqual([{ authority: api, authorization: undefined }]);
    }));

  it('sends no login to Zoom, only to the proxy', async () => {
    const login = 'jo:p@ss wörd';
    const { result, asked } = await call(
      (proxy) => byEnvironment(proxy.replace('//', '//jo:p%40ss%20w%C3%B6rd@')),
      { login },
    );
    expect(result.ok).toBe(true);
    expect(asked).toEqual([api]);
  });

  it('leaves this computer out, and whom NO_PROXY names', () =>
    withPractice({ now: clock.now }, async (rig) => {
      const company = closeLater(await startCompany(rig.practice.apiUrl));
      const network = networkBy({ env: { HTTPS_PROXY: company.proxy, HTTP_PROXY: company.proxy } });
      const local = createZoomClient({
        clock,
        network,
        apiUrl: () => rig.practice.apiUrl,
        session: fixedSession(rig.practice.accessToken),
        random: () => 0,
      });
      clients.push(local);
      expect((await local.call('user')).ok).toBe(true);

      const env = { HTTPS_PROXY: company.proxy, NO_PROXY: 'intra.example, .zoom.test' };
      const left = clientOf(rig, networkBy({ env, system: `PROXY ${new URL(company.proxy).host}` }));
      expect(await left.call('user')).toMatchObject({
        ok: false,
        error: { kind: 'network', what: 'Zoom’s address wasn’t found.' },
      });
      expect(company.asked).toEqual([]);
    }));
});

describe('a proxy that stands in the way', () => {
  it.each([
    [407, 'The proxy of your network asks for a password.', 'check-connection', 1],
    [403, 'The proxy of your network doesn’t let Tally through to Zoom.', 'ask-administrator', 1],
    [502, 'The proxy of your network couldn’t reach Zoom.', 'retry', 3],
  ])('and answers %i is named', (status, what, action, tries) =>
    withPractice({ now: clock.now }, async (rig) => {
      const company = closeLater(await startCompany(rig.practice.apiUrl));
      company.answer(status);
      const network = networkBy(byEnvironment(company.proxy));
      const body = { status: 'Away' } as const;
      // Nothing was sent, so even a change is tried again where that may help.
      expect(await clientOf(rig, network).call('updatePresenceStatus', { body })).toMatchObject(
        failedWith(what, action),
      );
      expect(company.asked).toHaveLength(tries);
      const oauth = createOauth({ oauthUrl: zoom.oauthUrl, clientId: 'c' }, clock, network);
      expect(await oauth.refresh('r')).toMatchObject(failedWith(what, action));
    }),
  );

  it('because the password is wrong says so without it', async () => {
    const { result, asked } = await call((proxy) => byEnvironment(proxy.replace('//', '//jo:S3CRET@')), {
      login: 'jo:other',
    });
    expect(result).toMatchObject(failedWith('The proxy of your network doesn’t accept your password.'));
    expect(asked).toEqual([api]);
    expect(JSON.stringify(result)).not.toContain('S3CRET');
    expect(internal).toEqual([]);
  });

  it('because it is down is named', async () => {
    const gone = await startCompany('http://127.0.0.1:1');
    await gone.close();
    const { result } = await call(() => byEnvironment(gone.proxy.replace('//', '//jo:S3CRET@')));
    expect(result).toMatchObject(failedWith('The proxy of your network can’t be reached.'));
    expect(JSON.stringify(result)).not.toContain('S3CRET');
  });

  it('because it never answers is waited for no longer than any connection', () =>
    withPractice({ now: clock.now }, async (rig) => {
      const company = closeLater(await startCompany(rig.practice.apiUrl));
      company.answer('silence');
      const client = clientOf(rig, networkBy(byEnvironment(company.proxy)), { connect: 300 });
      expect(await client.call('user')).toMatchObject({ ok: false, error: { kind: 'timeout' } });
    }));

  it('because it is SOCKS and refuses is named', () =>
    withPractice({ now: clock.now }, async (rig) => {
      const company = closeLater(await startSocksCompany(rig.practice.apiUrl, 2));
      const client = clientOf(rig, networkBy(byEnvironment(company.proxy)));
      expect(await client.call('user')).toMatchObject(
        failedWith('The proxy of your network doesn’t let Tally through to Zoom.', 'ask-administrator'),
      );
    }));

  it.each([
    ['of SOCKS 4', 'SOCKS proxy.test:1080', 'The proxy of your network is of a kind that Tally can’t use.'],
    ['that nobody can tell', '', 'The proxy settings of this computer couldn’t be read.'],
  ])('%s is not gone around', async (_, system, what) => {
    const { result, asked } = await call(() => ({ system }));
    expect(result).toMatchObject({ ok: false, error: { kind: 'network', what } });
    expect(asked).toEqual([]);
  });
});
