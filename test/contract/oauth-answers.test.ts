import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { direct } from '../../electron/core/http/network.ts';
import type { Network } from '../../electron/core/ports.ts';
import { createOauth } from '../../electron/core/sign-in/oauth.ts';
import { trustSystemCertificates } from '../../electron/desktop/certificates.ts';
import { isTallyError } from '../../shared/errors.ts';
import { companyPem, startCompany } from '../support/company.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { reply, startServer } from '../support/scripted-server.ts';

process.env.SSL_CERT_FILE = companyPem;
const clock = createFakeClock();
const good = { access_token: 'a', refresh_token: 'r', token_type: 'bearer', expires_in: 3600 };
const json = { 'content-type': 'application/json' };
const oauthOf = (oauthUrl: string, network?: Network) =>
  createOauth({ oauthUrl, clientId: 'client' }, clock, network);

describe('the address of the API that Zoom names', () => {
  const zoom = 'https://zoom.us';
  it.each<[string, string, unknown, string | undefined]>([
    ['is used', zoom, 'https://api.zoom.us', 'https://api.zoom.us/v2'],
    ['of a region is used', zoom, 'https://api-eu.zoom.us/', 'https://api-eu.zoom.us/v2'],
    [
      'of the government is used',
      'https://zoomgov.com',
      'https://api.zoomgov.com',
      'https://api.zoomgov.com/v2',
    ],
    ['loses its path', zoom, 'https://api.zoom.us/evil?x', 'https://api.zoom.us/v2'],
    ['of the other cloud is not', zoom, 'https://api.zoomgov.com', undefined],
    ['of a look-alike is not', zoom, 'https://api.notzoom.us', undefined],
    ['of another owner is not', zoom, 'https://zoom.us.example', undefined],
    ['with a name in it is not', zoom, 'https://api.zoom.us@evil.example', undefined],
    ['with a user is not', zoom, 'https://me:pw@api.zoom.us', undefined],
    ['at another port is not', zoom, 'https://api.zoom.us:8443', undefined],
    ['in plain http is not', zoom, 'http://api.zoom.us', undefined],
    ['that is none is not', zoom, 'api.zoom.us', undefined],
    ['that is a number is not', zoom, 7, undefined],
    ['left out is none', zoom, undefined, undefined],
  ])('%s', async (_, oauthUrl, api_url, apiUrl) => {
    // Zoom's own names, which lead to a server here: the proxy of this network sees to that.
    const server = await startServer(reply(200, { ...good, api_url }, json));
    const company = await startCompany(server.url);
    const network = { ...direct, proxyFor: async () => company.proxy, trustSystem: trustSystemCertificates };
    try {
      const result = await oauthOf(oauthUrl, network).refresh('r0');
      expect(result.ok && result.value.apiUrl).toBe(apiUrl);
      expect(result.ok).toBe(true);
    } finally {
      await company.close();
      await server.close();
    }
  });

  it('of a server on this computer is that server only', async () => {
    const server = await startServer(reply(200, { ...good, api_url: 'https://api.zoom.us' }, json));
    const result = await oauthOf(server.url).refresh('r0');
    await server.close();
    expect(result.ok && result.value.apiUrl).toBe(undefined);
  });
});

it('makes one of the known errors of whatever the token endpoint answers', async () => {
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .record(
        {
          error: fc.oneof(
            fc.constantFrom('invalid_grant', 'invalid_client', 'invalid_request'),
            fc.jsonValue(),
          ),
          reason: fc.jsonValue(),
          code: fc.jsonValue(),
          access_token: fc.jsonValue(),
          refresh_token: fc.jsonValue(),
          token_type: fc.constantFrom('bearer', 'Bearer', 'mac', 3),
          expires_in: fc.jsonValue(),
          scope: fc.jsonValue(),
          api_url: fc.jsonValue(),
        },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value)),
  );
  let next = reply(200);
  const server = await startServer((response, request) => next(response, request));
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(200, 201, 302, 400, 401, 403, 404, 429, 500),
        body,
        async (status, text) => {
          next = reply(status, text, json);
          const result = await oauthOf(server.url).refresh('SECRET');
          if (result.ok) {
            expect(result.value.accessToken).toBeTruthy();
            expect(result.value.refreshToken).toBeTruthy();
            expect(result.value.expiresAt).toBeGreaterThan(clock.now());
          } else {
            expect(isTallyError(result.error)).toBe(true);
            expect(result.error.kind).not.toBe('internal');
          }
        },
      ),
      { numRuns: 300 },
    );
  } finally {
    await server.close();
  }
});
