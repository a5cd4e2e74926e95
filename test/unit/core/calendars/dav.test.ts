import { expect, test } from 'vitest';
import { findCalendars } from '../../../../electron/core/calendars/dav.ts';
import type { Web } from '../../../../electron/core/calendars/web.ts';

const login = { user: 'anna', password: 'secret' };

/** Where a login goes whose address names a person elsewhere. */
async function asked(address: string, principal: string): Promise<readonly string[]> {
  const urls: string[] = [];
  const text = `<multistatus><response><href>/</href><propstat><prop><current-user-principal><href>${principal}</href></current-user-principal></prop><status>HTTP/1.1 200 OK</status></propstat></response></multistatus>`;
  const web: Pick<Web, 'visit'> = {
    async visit({ url }) {
      urls.push(url.href);
      return { ok: true, status: 207, bytes: new TextEncoder().encode(text), url, header: () => undefined };
    },
  };
  const { signal } = new AbortController();
  await findCalendars({ address: new URL(address), known: [], login, mayBeNearby: false, web, signal });
  return urls;
}

const apple = 'https://caldav.icloud.com/';

test('iCloud may name another host of its own', async () => {
  expect(await asked(apple, 'https://p07-caldav.icloud.com:443/8/principal/')).toContain(
    'https://p07-caldav.icloud.com/8/principal/',
  );
});

test.each([
  [apple, 'https://icloud.com.example/'],
  [apple, 'https://evilicloud.com/'],
  [apple, 'http://p07-caldav.icloud.com/'],
  ['https://a.example.com/', 'https://b.example.com/'],
  ['https://a.example.com/', 'https://p07-caldav.icloud.com/'],
  ['https://a.example.com/', 'https://a.example.com:8443/'],
])('a login for %s does not go to %s', async (address, principal) => {
  const { host } = new URL(address);
  for (const url of await asked(address, principal)) expect(new URL(url).host).toBe(host);
});
