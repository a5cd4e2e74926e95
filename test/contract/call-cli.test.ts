import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Practice, startPractice } from '../../electron/practice/server.ts';
import { tellOf } from '../../scripts/call/describe.ts';
import { readOrder, readTarget } from '../../scripts/call/order.ts';
import { type OperationId, operations } from '../../shared/zoom/operations.gen.ts';
import catalogue from '../../shared/zoom/schemas.gen.json' with { type: 'json' };
import { smallPng, textFile } from '../support/files.ts';
import { type Rig, rigFor } from '../support/practice-client.ts';
import { type Ended, ended } from '../support/program.ts';
import { at } from '../support/valid-calls.ts';

/** Each test starts programs, which takes its time where others do, too. */

const ids = Object.keys(operations) as OperationId[];
const folder = mkdtempSync(join(tmpdir(), 'tally-test-'));
let practice: Practice;
let rig: Rig;
beforeAll(async () => {
  practice = await startPractice({ limits: false });
  rig = rigFor(practice);
});
afterAll(async () => {
  await practice.close();
  rmSync(folder, { recursive: true, force: true });
});

async function call(args: readonly string[], env: Record<string, string | undefined> = {}): Promise<Ended> {
  const child = spawn(process.execPath, ['scripts/call.ts', ...args], {
    env: { ...process.env, TALLY_ZOOM_API: practice.apiUrl, TALLY_ZOOM_TOKEN: practice.accessToken, ...env },
  });
  return ended(child);
}

/** What stands on stdout as JSON; the call must have worked and said nothing else. */
async function worked(args: readonly string[], env: Record<string, string> = {}): Promise<unknown> {
  const { code, out, err } = await call(args, env);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out);
}

/** What stands on stderr as JSON; nothing may be on stdout. */
async function failed(args: readonly string[], env: Record<string, string | undefined> = {}) {
  const { code, out, err } = await call(args, env);
  expect(out).toBe('');
  expect(err).not.toContain(practice.accessToken);
  return { code, ...JSON.parse(err) } as { code: number; error: { kind: string; what: string } };
}

const admin = () => ({ TALLY_ZOOM_TOKEN: practice.adminAccessToken });

describe('a call from the command line', () => {
  it('gives Zoom’s answer as JSON', async () => {
    const [zak, address, page] = await Promise.all([
      worked(['userZak']),
      worked(['userEmail', '--query', `email=${at('amara.okonjo')}`]),
      worked(['users', '--query', 'page_size=2'], admin()),
    ]);
    // Unlike the window, whoever runs this asks for the token itself.
    expect(zak).toEqual({ token: expect.stringMatching(/^eyJ/) });
    expect(address).toEqual({ existed_email: true });
    expect(page).toMatchObject({ page_size: 2 });
  });

  it('changes what it says', async () => {
    const body = join(folder, 'body.json');
    writeFileSync(body, '{"status":"Away"}');
    const picture = join(folder, 'beach.png');
    writeFileSync(picture, smallPng().bytes);
    const [profile, presence, background] = await Promise.all([
      worked(['userUpdate', '--body', '{"dept":"It\'s $(Art)"}']),
      worked(['updatePresenceStatus', '--path', 'userId=me', '--body', `@${body}`]),
      worked(['uploadVBuser', '--file', picture]),
    ]);
    expect([profile, presence]).toEqual([null, null]);
    expect(background).toMatchObject({ name: 'beach.png', type: 'image' });
    const { requests, me } = await rig.state();
    expect(requests.find(({ operationId }) => operationId === 'userUpdate')?.body).toEqual({
      dept: "It's $(Art)",
    });
    expect(me.presence.status).toBe('Away');
  });

  it('sends what cannot be taken back only with its target named', async () => {
    const args = ['userDelete', '--path', `userId=${at('chiara.montefusco')}`];
    const [unnamed, other] = await Promise.all([
      failed(args, admin()),
      failed([...args, '--confirm', 'me'], admin()),
    ]);
    const what = expect.stringContaining(`--confirm ${at('chiara.montefusco')}`);
    for (const refused of [unnamed, other]) expect(refused).toMatchObject({ code: 2, error: { what } });
    const asked = (await rig.state()).requests.map(({ operationId }) => operationId);
    expect(asked).not.toContain('userDelete');
    expect(await worked([...args, '--confirm', at('chiara.montefusco')], admin())).toBeNull();
  });
});

it('shows what is secret in an answer only where it is asked for', async () => {
  const link = expect.stringContaining('pwd=');
  const [hidden, whole] = await Promise.all([worked(['user']), worked(['user', '--secrets'])]);
  expect(whole).toMatchObject({ personal_meeting_url: link });
  expect(hidden).toEqual({ ...(whole as object), personal_meeting_url: '(hidden)' });
});

it('keeps all digits of large integers, in what is sent and in what comes', async () => {
  const body = '{"zoom_one_type":576460752303423488}';
  expect((await call(['userUpdate', '--body', body, '--dry-run'])).out).toContain(body);
  expect(await worked(['userUpdate', '--body', body])).toBeNull();
  expect((await call(['user'])).out).toContain('"zoom_one_type": 576460752303423488\n');
  expect((await call(['--describe', 'userUpdate'])).out).toContain('576460752303423488');
  const odd = await call(['userUpdate', '--anyway', '--body', '{"n":-12345678901234567891}', '--dry-run']);
  expect(odd.out).toContain('{"n":-12345678901234567891}');
});

it('sends a parameter that the catalogue does not know, once that is said', async () => {
  const args = ['users', '--query', 'page_size=2', '--query', 'sort=name&age'];
  expect(await failed(args, admin())).toMatchObject({
    code: 2,
    error: { what: 'Zoom may refuse this; --anyway sends it.' },
  });
  const { out } = await call([...args, '--dry-run', '--anyway'], admin());
  expect(out).toContain('/users?page_size=2&sort=name%26age');
  await call([...args, '--anyway'], admin());
  const asked = (await rig.state()).requests.filter(({ operationId }) => operationId === 'users');
  expect(asked.at(-1)?.query).toEqual({ page_size: '2', sort: 'name&age' });
});

describe('the exit code', () => {
  it.each<[string, string[], string]>([
    ['an unknown operation', ['userInvent'], 'There is no operation “userInvent”; --list shows them all.'],
    ['a wrong parameter', ['users', '--query', 'page_size=many'], 'The input does not fit the call.'],
    ['a doubt', ['userUpdate', '--body', '{"depp":"Art"}'], 'Zoom may refuse this; --anyway sends it.'],
    ['a file that is not there', ['userPicture', '--file', '/nowhere'], 'The file /nowhere cannot be read.'],
  ])('is 2 for %s', async (_, args, what) => {
    expect(await failed(args)).toMatchObject({ code: 2, error: { kind: 'invalid-input', what } });
  });

  it('is 2 without a token, and for an open line', async () => {
    const noToken = await failed(['user'], { TALLY_ZOOM_TOKEN: undefined });
    expect(noToken).toMatchObject({ code: 2, error: { what: 'TALLY_ZOOM_TOKEN holds no access token.' } });
    const open = await failed(['user'], { TALLY_ZOOM_API: 'http://zoom.example/v2' });
    expect(open).toMatchObject({ code: 2, error: { what: expect.stringMatching(/^TALLY_ZOOM_API takes/) } });
  });

  it('is 3 where Zoom refuses, with what it means', async () => {
    const file = join(folder, textFile.name);
    writeFileSync(file, textFile.bytes);
    const refused = await failed(['userPicture', '--file', file, '--anyway']);
    expect(refused).toMatchObject({ code: 3, error: { kind: 'file', zoom: { http: 400, code: 120 } } });
    expect(refused).toMatchObject({ meanings: [expect.stringMatching(/^[A-Z].*\.$/)] });
    expect(await failed(['user'], { TALLY_ZOOM_TOKEN: 'wrong' })).toMatchObject({ code: 3 });
  });

  it('is 4 where nothing comes of it', async () => {
    await rig.fault({ kind: 'drop' }, { operationId: 'userAssistantCreate' });
    const args = ['userAssistantCreate', '--body', '{"assistants":[]}'];
    expect(await failed(args)).toMatchObject({ code: 4, error: { kind: 'network' } });
  });

  it('is 5 where a limit is reached', async () => {
    await rig.fault({ kind: 'rate-limit', variant: 'daily' }, { operationId: 'userPermission' });
    expect(await failed(['userPermission'])).toMatchObject({ code: 5, error: { kind: 'daily-limit' } });
  });
});

describe('the command line', () => {
  it.each<[string[], string]>([
    [[], 'No operation is named; --list shows them all.'],
    [['toString'], 'There is no operation “toString”; --list shows them all.'],
    [['user', 'users'], '“users” is one word too many.'],
    [['user', '--shout'], '--shout'],
    [['user', '--query', 'login_type'], '--query takes NAME=VALUE, not “login_type”.'],
    [['userUpdate', '--body', '{dept}'], '--body is not JSON.'],
    [['userUpdate', '--body', '@/nowhere'], 'The file /nowhere cannot be read.'],
  ])('%j is refused', (args, what) => {
    expect(() => readOrder(args)).toThrow(what);
  });

  it('is read with the types that the catalogue wants', () => {
    const args = [
      'users',
      '--query=page_size=2',
      '--query',
      'status=a=b',
      '--path',
      '__proto__=1',
      '--anyway',
    ];
    expect(readOrder(args)).toEqual({
      kind: 'call',
      input: {
        operation: 'users',
        path: JSON.parse('{"__proto__":"1"}'),
        query: { page_size: 2, status: 'a=b' },
      },
      file: undefined,
      confirm: undefined,
      anyway: true,
      dryRun: false,
      secrets: false,
    });
    const flags = readOrder(['user', '--query', 'encrypted_email=true', '--query', 'login_type=1.5']);
    expect(flags).toMatchObject({ input: { query: { encrypted_email: true, login_type: '1.5' } } });
  });

  it.each([
    'zoom',
    'http://zoom.example/v2',
    'https://a@zoom.example/',
    'https://api.zoom.us/v2?x',
    'ftp://127.0.0.1/',
  ])('takes no token to %s', (api) => {
    expect(() => readTarget({ TALLY_ZOOM_API: api })).toThrow(/^TALLY_ZOOM_API takes/);
  });

  it('goes to Zoom itself unless told', () => {
    expect(readTarget({}).api).toBe('https://api.zoom.us/v2');
    expect(readTarget({ TALLY_ZOOM_API: 'http://[::1]:8080' }).api).toBe('http://[::1]:8080');
  });
});

describe('without sending', () => {
  it('shows the call as curl', async () => {
    const before = (await rig.state()).requests.length;
    const { code, out } = await call(['userUpdate', '--body', '{"dept":"Art"}', '--dry-run'], {
      TALLY_ZOOM_TOKEN: undefined,
    });
    expect(code).toBe(0);
    expect(out).toContain(`curl --request PATCH '${practice.apiUrl}/users/me'`);
    expect(out).toContain('--data-raw \'{"dept":"Art"}\'');
    expect((await rig.state()).requests.length).toBe(before);
  });

  it('lists every operation', async () => {
    const listed = (await worked(['--list'])) as { id: OperationId }[];
    expect(listed.map(({ id }) => id)).toEqual(ids);
    expect(listed[0]).toEqual({
      id: 'users',
      method: 'GET',
      path: '/users',
      title: 'List users',
      group: 'People',
      danger: 'none',
    });
  });

  it('describes every operation in full', async () => {
    for (const id of ids) {
      const described = tellOf(id);
      expect(described).toMatchObject({ ...operations[id], help: catalogue.operations[id].help });
      const text = JSON.stringify(described);
      expect(text).not.toContain('$ref');
      if (catalogue.operations[id].body) expect(text).toContain('"properties"');
    }
    expect(await worked(['--describe', 'userPassword'])).toEqual(
      JSON.parse(JSON.stringify(tellOf('userPassword'))),
    );
  });
});
