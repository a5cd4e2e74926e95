import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it, test } from 'vitest';
import { calendarsRig, isDone } from '../support/calendars-rig.ts';
import { calendarText, startCalendarServer } from '../support/calendars-server.ts';
import { companyPem } from '../support/company.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { gate } from '../support/waiting.ts';

// The system's certificates are read at the first use; from then on this file's process trusts the company.
process.env.SSL_CERT_FILE = companyPem;

const closing: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const minute = 60_000;
const { now } = createFakeClock();
const user = 'anna@example.com';
const password = 'p w-CANARY';
const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

const answerOf = (...responses: readonly string[]) =>
  `<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">${responses.join('')}</d:multistatus>`;
const response = (href: string, properties: string) =>
  `<d:response><d:href>${href}</d:href><d:propstat><d:prop>${properties}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`;
const principal = (href: string) =>
  answerOf(response('/', `<d:current-user-principal><d:href>${href}</d:href></d:current-user-principal>`));
const home = (href: string) =>
  answerOf(response('/', `<c:calendar-home-set><d:href>${href}</d:href></c:calendar-home-set>`));
const calendar = (href: string, name: string, kind = 'VEVENT') =>
  response(
    href,
    `<d:resourcetype><d:collection/><c:calendar/></d:resourcetype><d:displayname>${name}</d:displayname><c:supported-calendar-component-set><c:comp name="${kind}"/></c:supported-calendar-component-set>`,
  );
const event = (title: string) => {
  const text = calendarText(now() + 60 * minute, now() + 90 * minute, title);
  return answerOf(response(`/e/${title}.ics`, `<c:calendar-data><![CDATA[${text}]]></c:calendar-data>`));
};

type Page = string | number | ((request: IncomingMessage, response: ServerResponse) => void);

const usual: Readonly<Record<string, Page>> = {
  '/.well-known/caldav': (_, answer) => answer.writeHead(301, { location: '/dav/' }).end(),
  '/dav/': principal('/dav/anna/'),
  '/dav/anna/': home('/dav/calendars/anna/'),
  '/dav/calendars/anna/': answerOf(
    response('/dav/calendars/anna/', '<d:resourcetype><d:collection/></d:resourcetype>'),
    calendar('work/', 'Work &amp; more'),
    calendar('/dav/calendars/anna/home/', 'Home'),
    calendar('/dav/calendars/anna/tasks/', 'Tasks', 'VTODO'),
  ),
  '/dav/calendars/anna/work/': event('Design review'),
  '/dav/calendars/anna/home/': event('Dentist'),
};

/** A server of pages by their paths: what is answered with 207, a refusal, or what does as it likes. */
async function davServer(changed: (port: number) => Readonly<Record<string, Page>> = () => ({})) {
  const pages = new Map(Object.entries(usual));
  const server = await startCalendarServer((request, answer) => {
    const page = pages.get(request.url ?? '') ?? 404;
    if (typeof page === 'function') page(request, answer);
    else if (typeof page === 'number') answer.writeHead(page).end();
    else answer.writeHead(207, { 'content-type': 'application/xml' }).end(page);
  });
  closing.push(server.close);
  for (const [path, page] of Object.entries(changed(server.port))) pages.set(path, page);
  return server;
}

function loginAt(address: string) {
  const rig = calendarsRig();
  expect(rig.run({ type: 'calendars.login', address, user, password })).toMatchObject({ ok: true });
  return {
    ...rig,
    titles: () =>
      rig.calendars
        .times()
        .map(({ title }) => title)
        .sort(),
  };
}

/** All that is written in a folder. */
const written = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((one) => one.isFile())
    .map(({ name }) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');

describe('a login at a server of calendars', () => {
  it('finds its calendars of events and reads them; the password is in the keychain and nowhere else', async () => {
    const server = await davServer();
    const { only, titles, folder, keychain, calendars } = loginAt(server.at('/'));
    const entry = await only((one) => isDone(one) && one.isKept);
    expect(entry).toMatchObject({ kind: 'login', place: `${user} · calendar.zoom.test:${server.port}` });
    expect(entry.parts?.map(({ name, counts }) => [name, counts])).toEqual([
      ['Work & more', true],
      ['Home', true],
    ]);
    expect(titles()).toEqual(['Dentist', 'Design review']);
    expect(new Set(server.asked.map((one) => one.authorization))).toEqual(new Set([authorization]));
    expect([...keychain.items.values()].join()).toContain('CANARY');
    expect(JSON.stringify(calendars.view())).not.toMatch(/CANARY|\/dav\//);
    expect(written(folder)).toContain('Dentist');
    expect(written(folder)).not.toMatch(/CANARY|\/dav\//);
  });

  it('counts the calendars that are chosen, after a restart, too', async () => {
    const server = await davServer();
    const rig = loginAt(server.at('/dav/'));
    const { id, parts } = await rig.only((one) => isDone(one) && one.isKept);
    rig.run({ type: 'calendars.count', id, part: parts?.[0]?.id, counts: false });
    await rig.only((one) => isDone(one) && rig.titles().length === 1);
    const reports = () =>
      server.asked.filter(({ method, url }) => method === 'REPORT' && url.includes('/work/'));
    expect(reports()).toHaveLength(1);
    const next = await rig.again();
    next.run({ type: 'calendars.refresh' });
    const entry = await next.only((one) => isDone(one) && one.readAt !== undefined);
    expect(entry.parts?.map(({ counts }) => counts)).toEqual([false, true]);
    expect(next.calendars.times()).toMatchObject([{ title: 'Dentist' }]);
  });

  it('counts what was chosen while it was being read', async () => {
    let isHeld = false;
    const [asked, allowed] = [gate(), gate()];
    const server = await davServer(() => ({
      '/dav/calendars/anna/home/': async (_, answer) => {
        if (isHeld) {
          asked.open();
          await allowed.opened;
        }
        answer.writeHead(207).end(event('Dentist'));
      },
    }));
    const rig = loginAt(server.at('/'));
    const { id, parts } = await rig.only((one) => isDone(one) && one.isKept);
    isHeld = true;
    rig.run({ type: 'calendars.refresh', id });
    await asked.opened;
    rig.run({ type: 'calendars.count', id, part: parts?.[1]?.id, counts: false });
    allowed.open();
    const entry = await rig.only((one) => isDone(one) && rig.titles().length === 1);
    expect(rig.titles()).toEqual(['Design review']);
    expect(entry.parts?.map(({ counts }) => counts)).toEqual([true, false]);
  });

  it('may be at the address of one calendar', async () => {
    const path = '/dav/calendars/anna/work/';
    const server = await davServer(() => ({
      [path]: ({ method }, answer) =>
        answer.writeHead(207).end(method === 'REPORT' ? event('Review') : answerOf(calendar(path, 'Work'))),
    }));
    const { only, titles } = loginAt(server.at(path));
    const { parts } = await only(isDone);
    expect(parts).toMatchObject([{ name: 'Work', counts: true }]);
    expect(titles()).toEqual(['Review']);
    expect(server.asked.map(({ method }) => method)).toEqual(['PROPFIND', 'REPORT']);
  });

  it('that is refused is not tried again by itself', async () => {
    const server = await davServer(() => ({ '/': 401 }));
    const { only, clock, calendars } = loginAt(server.at('/'));
    calendars.watch(true);
    await only(({ problem }) => problem === 'login-refused');
    await clock.advance(120 * minute);
    expect(server.asked).toHaveLength(1);
  });

  const long = '<a>'.repeat(100);
  test.each([
    [
      'a page',
      { '/.well-known/caldav': (_: IncomingMessage, answer: ServerResponse) => answer.end('<html></html>') },
      'no-caldav',
    ],
    ['nothing there', { '/.well-known/caldav': 404 }, 'no-caldav'],
    ['no person', { '/dav/': answerOf(response('/', '')) }, 'no-caldav'],
    ['no home', { '/dav/anna/': answerOf(response('/', '')) }, 'no-caldav'],
    ['no XML', { '/dav/anna/': 'BEGIN:VCALENDAR' }, 'no-caldav'],
    ['what nests too deep', { '/dav/anna/': long }, 'no-caldav'],
    [
      'a document type',
      { '/dav/anna/': `<!DOCTYPE a [<!ENTITY b "c">]>${home('/dav/calendars/anna/')}` },
      'no-caldav',
    ],
    ['tasks alone', { '/dav/calendars/anna/': answerOf(calendar('/t/', 'Tasks', 'VTODO')) }, 'no-calendars'],
    ['5 MB', { '/dav/calendars/anna/work/': answerOf(' '.repeat(5_000_000)) }, 'too-large'],
    ['trouble of its own', { '/dav/anna/': 500 }, 'server-down'],
  ] as const)('is told of %s', async (_, pages, problem) => {
    const server = await davServer(() => pages);
    const { only } = loginAt(server.at('/'));
    expect(await only(isDone)).toMatchObject({ problem });
  });

  it('finds empty calendars to be free', async () => {
    const server = await davServer(() => ({
      '/dav/calendars/anna/work/': answerOf(),
      '/dav/calendars/anna/home/': answerOf(),
    }));
    const { only, titles } = loginAt(server.at('/'));
    const { problem } = await only(isDone);
    expect(problem).toBeUndefined();
    expect(titles()).toEqual([]);
  });
});

describe('a password goes to no other server', () => {
  const leads = (path: string, location: string): Readonly<Record<string, Page>> => ({
    [path]: (_, answer) => answer.writeHead(307, { location }).end(),
  });
  const elsewhere = (path: string, port: number) => `https://other.zoom.test:${port}/other${path}`;
  /** What it has elsewhere is all that a login needs. */
  const others = (port: number): Readonly<Record<string, Page>> => ({
    '/other/': principal(elsewhere('/anna/', port)),
    '/other/anna/': home(elsewhere('/calendars/', port)),
    '/other/calendars/': answerOf(calendar(elsewhere('/work/', port), 'Work')),
    '/other/work/': event('Design review'),
  });

  test.each([
    ['the address leads', (port: number) => leads('/', elsewhere('/', port))],
    ['the well-known address leads', (port: number) => leads('/.well-known/caldav', elsewhere('/', port))],
    ['the person is', (port: number) => ({ '/dav/': principal(elsewhere('/anna/', port)) })],
    ['the home is', (port: number) => ({ '/dav/anna/': home(elsewhere('/calendars/', port)) })],
    [
      'the calendars are',
      (port: number) => ({
        '/dav/calendars/anna/': answerOf(calendar(elsewhere('/work/', port), 'Work')),
      }),
    ],
    ['one calendar leads', (port: number) => leads('/dav/calendars/anna/work/', elsewhere('/work/', port))],
  ])('where %s to another one', async (what, pages) => {
    const server = await davServer((port) => ({ ...others(port), ...pages(port) }));
    const { only, run, titles } = loginAt(server.at('/'));
    const entry = await only(isDone);
    const strange = server.asked.filter(({ url }) => url.startsWith('/other/'));
    expect(strange.filter((one) => one.authorization !== undefined)).toEqual([]);
    expect(server.asked[0]).toMatchObject({ authorization });
    // What the server has itself is enough.
    if (what === 'the address leads' || what === 'the calendars are') return;
    // The person is asked about it by its name, and may say yes.
    const host = `other.zoom.test:${server.port}`;
    expect(entry).toMatchObject({ problem: 'leads-elsewhere', leadsTo: host });
    expect(strange).toEqual([]);
    run({ type: 'calendars.follow', id: entry.id, host });
    await only((one) => isDone(one) && one.problem === undefined);
    expect(titles()).toContain('Design review');
  });

  it('unless it is the one that the person was asked about, and each only once', async () => {
    let target = 'other';
    const server = await davServer((port) => ({
      ...others(port),
      '/.well-known/caldav': (_, answer) =>
        answer.writeHead(301, { location: `https://${target}.zoom.test:${port}/other/` }).end(),
    }));
    const rig = loginAt(server.at('/'));
    const { id } = await rig.only((one) => isDone(one) && one.isKept);
    rig.run({ type: 'calendars.follow', id, host: `another.zoom.test:${server.port}` });
    expect(server.asked.map(({ url }) => url)).not.toContain('/other/');
    rig.run({ type: 'calendars.follow', id, host: `other.zoom.test:${server.port}` });
    await rig.only((one) => isDone(one) && one.problem === undefined);
    const next = await rig.again();
    next.run({ type: 'calendars.refresh' });
    await next.only((one) => isDone(one) && !one.problem && server.asked.length > 8);
    const before = server.asked.length;
    target = 'third';
    next.run({ type: 'calendars.refresh' });
    await next.only(({ problem }) => problem === 'leads-elsewhere');
    const strange = server.asked.slice(before).filter(({ url }) => url.startsWith('/other/'));
    expect(strange).toEqual([]);
    expect(next.calendars.times()).toHaveLength(1);
  });

  it('that a whole server has moved to, so that its address leads there, well-known or not', async () => {
    const server = await davServer((port) => ({
      ...others(port),
      ...leads('/', elsewhere('/', port)),
      '/.well-known/caldav': 404,
    }));
    const { only } = loginAt(server.at('/'));
    const leadsTo = `other.zoom.test:${server.port}`;
    expect(await only(isDone)).toMatchObject({ problem: 'leads-elsewhere', leadsTo });
  });

  it('that is not encrypted, whatever the person would say', async () => {
    const server = await davServer(() => leads('/.well-known/caldav', 'http://other.zoom.test/dav/'));
    expect(await loginAt(server.at('/')).only(isDone)).toMatchObject({ problem: 'leads-to-http' });
  });
});
