import type { RequestListener, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it, test } from 'vitest';
import { readFeed } from '../../electron/core/calendars/feed.ts';
import { farOnly, lookupFarOnly } from '../../electron/core/calendars/nearby.ts';
import { createWeb, type Login } from '../../electron/core/calendars/web.ts';
import { direct } from '../../electron/core/http/network.ts';
import { trustSystemCertificates } from '../../electron/desktop/certificates.ts';
import { calendarText, elsewhere, startCalendarServer } from '../support/calendars-server.ts';
import { companyPem } from '../support/company.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { eventually } from '../support/waiting.ts';

// The system's certificates are read at the first use; from then on this file's process trusts the company.
process.env.SSL_CERT_FILE = companyPem;

const closing: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const text = calendarText(Date.UTC(2026, 0, 15, 10), Date.UTC(2026, 0, 15, 11));
const bytes = Buffer.from(text);

async function serverOf(answer: RequestListener, isTls = true) {
  const server = await startCalendarServer(answer, isTls);
  closing.push(server.close);
  return server;
}

interface Reader {
  readonly mayBeNearby?: boolean;
  readonly login?: Login;
  readonly lookup?: typeof elsewhere;
}

function readerOf({ mayBeNearby = false, login, lookup = elsewhere }: Reader = {}) {
  const clock = createFakeClock();
  const network = { ...direct, trustSystem: trustSystemCertificates };
  const web = createWeb(clock, network, farOnly(lookup));
  closing.push(web.drop);
  const { signal } = new AbortController();
  const read = (address: string, marks = {}) =>
    readFeed({ url: new URL(address), mayBeNearby, login }, marks, web, signal);
  return { clock, read };
}

const saying =
  (status: number, body = '', headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end(body);

const calendar = saying(200, text, { 'content-type': 'text/calendar', etag: '"1"' });

describe('a calendar by its address', () => {
  it('is read over https, with what tells its state', async () => {
    const server = await serverOf(calendar);
    expect(await readerOf().read(server.at('/private/basic.ics'))).toEqual({
      ok: true,
      bytes,
      marks: { etag: '"1"' },
    });
  });

  it('is not read again as long as it is the same', async () => {
    const server = await serverOf(({ headers }, response) =>
      response.writeHead(headers['if-none-match'] === '"1"' ? 304 : 200).end(text),
    );
    const { read } = readerOf();
    expect(await read(server.at('/'), { etag: '"1"' })).toEqual({ ok: true });
    expect(await read(server.at('/'), { etag: '"0"' })).toMatchObject({ bytes });
  });

  test.each<[string, RequestListener, string]>([
    ['a refused login', saying(401), 'login-refused'],
    ['a refusal', saying(403), 'forbidden'],
    ['nothing there', saying(404), 'not-found'],
    ['something that was there once', saying(410), 'not-found'],
    ['a broken server', saying(500), 'server-down'],
    ['no answer that anybody knows', saying(418), 'odd-answer'],
    ['an unasked part', saying(302), 'odd-answer'],
    ['20 MB and more', (_, response) => pour(response, 21), 'too-large'],
    [
      'a calendar that is cut off',
      (_, response) => {
        response.writeHead(200, { 'content-length': '9999' }).write(text);
        setImmediate(() => response.destroy());
      },
      'broken',
    ],
    ['a loop', saying(302, '', { location: '/again' }), 'leads-on'],
    ['a way to http', saying(301, '', { location: 'http://calendar.zoom.test/' }), 'leads-to-http'],
    ['a way to a file', saying(301, '', { location: 'file:///etc/passwd' }), 'leads-to-http'],
    ['a way to this computer', saying(302, '', { location: 'https://127.0.0.1/' }), 'nearby'],
    ['a way to the local network', saying(302, '', { location: 'https://nas.local/' }), 'nearby'],
  ])('has words for %s', async (_, answer, problem) => {
    const server = await serverOf(answer);
    expect(await readerOf().read(server.at('/basic.ics'))).toEqual({ ok: false, problem });
  });

  test.each([429, 503])('is not asked again before the server wants that, after %i', async (status) => {
    const server = await serverOf(saying(status, '', { 'retry-after': '600' }));
    const { clock, read } = readerOf();
    expect(await read(server.at('/'))).toMatchObject({ retryAt: clock.now() + 600_000 });
  });

  it('believes no server that wants more than a day', async () => {
    const server = await serverOf(saying(429, '', { 'retry-after': '9999999' }));
    const { clock, read } = readerOf();
    expect(await read(server.at('/'))).toMatchObject({ retryAt: clock.now() + 86_400_000 });
  });

  it('is given up where it trickles without an end', async () => {
    const server = await serverOf((_, response) => void response.writeHead(200).write('BEGIN:VCALENDAR'));
    const { clock, read } = readerOf();
    const outcome = read(server.at('/'));
    await eventually(() => expect(clock.pending().length).toBeGreaterThan(0));
    await clock.advance(120_000);
    expect(await outcome).toEqual({ ok: false, problem: 'too-slow' });
  });

  it('is read where it leads on, without the login, and that is said', async () => {
    const other = await serverOf(calendar);
    const location = other.at('/other.ics', 'other.zoom.test');
    const server = await serverOf(saying(302, '', { location }));
    const reader = readerOf({ login: { user: 'anna', password: 'secret' } });
    expect(await reader.read(server.at('/'))).toMatchObject({ bytes, leadsTo: 'other.zoom.test' });
    expect(server.asked[0]?.authorization).toMatch(/^Basic /);
    expect(other.asked).toEqual([{ method: 'GET', url: '/other.ics' }]);
  });

  it('tells of names that are unknown, ports that are closed, and certificates that nobody knows', async () => {
    const server = await serverOf(calendar);
    const { read } = readerOf();
    expect(await read(server.at('/', 'calendar.invalid'))).toEqual({ ok: false, problem: 'untrusted' });
    const unknown = readerOf({
      lookup: (_name, _options, callback) => callback(Object.assign(new Error(), { code: 'ENOTFOUND' }), []),
    });
    expect(await unknown.read(server.at('/'))).toEqual({ ok: false, problem: 'name-unknown' });
    await server.close();
    expect(await read(server.at('/'))).toEqual({ ok: false, problem: 'unreachable' });
  });
});

describe('this computer and the local network', () => {
  it('are gone to only where somebody has said so', async () => {
    const server = await serverOf(calendar, false);
    const address = server.at('/basic.ics');
    expect(await readerOf().read(address)).toEqual({ ok: false, problem: 'nearby' });
    expect(server.asked).toEqual([]);
    expect(await readerOf({ mayBeNearby: true }).read(address)).toMatchObject({ bytes });
  });

  it.each(['127.0.0.1', '192.168.1.20', '169.254.169.254', 'fd00::1', '::ffff:10.0.0.1'])(
    'are not gone to by a name that leads to %s',
    async (address) => {
      const server = await serverOf(calendar);
      const trick = ((_name: string, _options: object, callback: (...found: unknown[]) => void) =>
        callback(null, [
          { address: '203.0.113.1', family: 4 },
          { address, family: address.includes(':') ? 6 : 4 },
        ])) as never;
      const { read } = readerOf({ lookup: lookupFarOnly(trick) });
      expect(await read(server.at('/'))).toEqual({ ok: false, problem: 'nearby' });
      expect(server.asked).toEqual([]);
    },
  );
});

/** Sends so many MB, as fast as they are taken. */
function pour(response: ServerResponse, megabytes: number): void {
  response.writeHead(200, { 'content-type': 'text/calendar' });
  const part = 'X'.repeat(1024 * 1024);
  let left = megabytes;
  const more = () => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!response.write(part)) return void response.once('drain', more);
    }
    response.end();
  };
  more();
}
