import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { calendarsRig, isDone } from '../support/calendars-rig.ts';
import { calendarText } from '../support/calendars-server.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { eventually } from '../support/waiting.ts';

const minute = 60_000;
const { now } = createFakeClock();
const user = 'anna';
const password = 'p w-CANARY';
/** For all tests of this file. */
const folder = mkdtempSync(join(tmpdir(), 'tally-radicale-'));
let stop = () => {};
let server = '';

const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
async function send(method: string, path: string, body: string, type = 'application/xml') {
  const headers = { authorization, 'content-type': type };
  const { status } = await fetch(server + path, { method, headers, body });
  expect(status, path).toBe(201);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}

const collection = (name: string, kind: string) =>
  `<?xml version="1.0"?><mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop><resourcetype><collection/><C:calendar/></resourcetype><C:supported-calendar-component-set><C:comp name="${kind}"/></C:supported-calendar-component-set><displayname>${name}</displayname></prop></set></mkcol>`;

beforeAll(async () => {
  mkdirSync(join(folder, 'collections'));
  writeFileSync(join(folder, 'users'), `${user}:${password}\n`);
  const port = await freePort();
  server = `http://127.0.0.1:${port}`;
  const options = {
    'server-hosts': `127.0.0.1:${port}`,
    'auth-type': 'htpasswd',
    'auth-htpasswd-filename': join(folder, 'users'),
    'auth-htpasswd-encryption': 'plain',
    'auth-delay': '0',
    'storage-filesystem-folder': join(folder, 'collections'),
  };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn('/usr/bin/radicale', args, { stdio: 'ignore' });
  stop = () => child.kill();
  await eventually(() => fetch(server));
  await send('MKCOL', '/anna/work/', collection('Work &amp; more', 'VEVENT'));
  await send('MKCOL', '/anna/home/', collection('Home', 'VEVENT'));
  await send('MKCOL', '/anna/tasks/', collection('Tasks', 'VTODO'));
  const put = (path: string, at: number, title: string) =>
    send('PUT', path, calendarText(now() + at * minute, now() + (at + 30) * minute, title), 'text/calendar');
  await put('/anna/work/1.ics', 60, 'Design review');
  await put('/anna/work/2.ics', 60 * 24 * 60, 'In two months');
  await put('/anna/home/3.ics', 120, 'Dentist');
});
afterAll(() => {
  stop();
  rmSync(folder, { recursive: true, force: true });
});

const titles = (rig: ReturnType<typeof calendarsRig>) =>
  rig.calendars
    .times()
    .map(({ title }) => title)
    .sort();

it.each(['/', '/anna/'])('all calendars of a login at radicale are found from %s, and read', async (path) => {
  const rig = calendarsRig();
  const { run, only, keychain, again } = rig;
  run({ type: 'calendars.login', address: server + path, user, password });
  const { id } = await only(({ problem }) => problem === 'nearby');
  run({ type: 'calendars.allow', id });
  const entry = await only((one) => isDone(one) && one.parts !== undefined);
  expect(entry.parts?.map(({ name }) => name).sort()).toEqual(['Home', 'Work & more']);
  expect(titles(rig)).toEqual(['Dentist', 'Design review']);
  const home = entry.parts?.find(({ name }) => name === 'Home')?.id ?? '';
  run({ type: 'calendars.count', id, part: home, counts: false });
  await only((one) => isDone(one) && titles(rig).length === 1);
  expect([...keychain.items.values()].join()).toContain('CANARY');
  const next = await again();
  expect(titles(next)).toEqual(['Design review']);
});

it('a login that radicale refuses is said', async () => {
  const { run, only } = calendarsRig();
  run({ type: 'calendars.login', address: server, user, password: 'wrong' });
  const { id } = await only(({ problem }) => problem === 'nearby');
  run({ type: 'calendars.allow', id });
  await only((one) => isDone(one) && one.problem === 'login-refused');
});

it('one calendar is read by its address with a login in it', async () => {
  const rig = calendarsRig();
  rig.run({
    type: 'calendars.add',
    address: `${server.replace('//', `//${user}:${encodeURIComponent(password)}@`)}/anna/work/`,
  });
  const { id } = await rig.only(({ problem }) => problem === 'nearby');
  rig.run({ type: 'calendars.allow', id });
  await rig.only((one) => isDone(one) && one.readAt !== undefined);
  expect(titles(rig)).toEqual(['Design review']);
});
