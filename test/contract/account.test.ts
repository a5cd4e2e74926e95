import { afterEach, describe, expect, it } from 'vitest';
import { disk } from '../../electron/desktop/files/disk.ts';
import '../support/without-electron.ts';
import { type Account, createAccount } from '../../electron/core/accounts/account.ts';
import { direct } from '../../electron/core/http/network.ts';
import type { Connection, TokenResult, ZoomSession } from '../../electron/core/ports.ts';
import { ends } from '../../electron/core/sign-in/ends.ts';
import { openCalls } from '../../electron/desktop/advanced/call-files.ts';
import { openFiles } from '../../electron/desktop/user-data.ts';
import { type Result, type TallyError, tallyError } from '../../shared/errors.ts';
import { blindMedia } from '../support/blind-media.ts';
import { readCalendarHere } from '../support/calendars/aside.ts';
import { emptyDesktop } from '../support/empty-desktop.ts';
import { createFakeAttendance } from '../support/fake-attendance.ts';
import { createFakeClock, settle } from '../support/fake-clock.ts';
import { createFakeKeychain } from '../support/fake-keychain.ts';
import { reply, startServer } from '../support/scripted-server.ts';
import { tempFolders } from '../support/temp-folder.ts';
import { eventually, gate } from '../support/waiting.ts';

const folderOf = tempFolders();
const minute = 60_000;
const person = { id: 'u1', email: 'jo@example.org', display_name: 'Jo' };
const noWay = tallyError('network', 'No way.');

const accounts: Account[] = [];
afterEach(async () => {
  await Promise.all(accounts.splice(0).map((account) => account.stop()));
});

interface World {
  /** What connecting comes to, in turn; after that it goes well. */
  readonly opens?: (TallyError | Promise<unknown>)[];
  /** Tokens, in turn; after that there is a good one. */
  readonly tokens?: TallyError[];
  /** The same, in place of a token that Zoom has refused. */
  readonly refreshes?: TallyError[];
  /** What Zoom says to the first requests of whose sign-in it is, in turn: status and body; after that it is Jo's. */
  readonly users?: [status: number, body: unknown][];
  /** What Zoom says to a change of the status. */
  readonly change?: [status: number, body: unknown];
  readonly random?: number;
  readonly scope?: string;
  readonly practice?: boolean;
  readonly examples?: NonNullable<Connection['examples']>;
}

/** One account at a server that knows whose it is, and its status. */
async function rig(world: World = {}) {
  const { opens = [], tokens = [], users = [], change = [204, ''], practice = false } = world;
  const asked: string[] = [];
  const server = await startServer((response, request) => {
    const path = request.url.slice('/v2/users/me'.length) || '/';
    asked.push(`${request.method} ${path}`);
    const found = path === '/' ? (users.shift() ?? [200, person]) : [200, { status: 'Available' }];
    const [status, body] = request.method === 'PUT' ? change : found;
    reply(status as number, body)(response, request);
  });
  const clock = createFakeClock();
  const folder = folderOf();
  const next = (errors: TallyError[]) => async (): Promise<TokenResult> => {
    const error = errors.shift();
    return error ? { ok: false, error } : { ok: true, token: 'token-0' };
  };
  const session: ZoomSession = { accessToken: next(tokens), refresh: next(world.refreshes ?? []) };
  const log: unknown[] = [];
  let retries = 0;
  let shown = 0;
  let waiting = () => {};
  const account = createAccount({
    key: 'mine',
    clock,
    network: direct,
    attendance: createFakeAttendance(),
    watchQuiet: () => () => {},
    files: openFiles(folder),
    disk,
    readCalendar: readCalendarHere,
    media: blindMedia(folder),
    ...emptyDesktop,
    calls: openCalls(folder),
    secrets: createFakeKeychain(clock).store,
    notice() {},
    random: () => world.random ?? 0,
    changed() {
      shown += 1;
    },
    identified: (identity) => log.push(identity),
    ended: (error) => log.push(error),
    source: {
      practice,
      async connect(wait): Promise<Result<Connection>> {
        log.push('open');
        waiting = wait;
        const outcome = opens.shift();
        if (outcome && !(outcome instanceof Promise)) return { ok: false, error: outcome };
        await outcome;
        const connection = {
          apiUrl: () => `${server.url}/v2`,
          session,
          scope: () => world.scope ?? '',
          retryNow() {
            retries += 1;
          },
          ...(world.examples && { examples: world.examples }),
        };
        return { ok: true, value: connection };
      },
    },
  });
  accounts.push(account);
  const phase = (name: string) => eventually(() => expect(account.view().phase).toBe(name));
  return {
    account,
    clock,
    asked,
    log,
    tokens,
    phase,
    /** Zoom has said what the status is. */
    looked: () => eventually(() => expect(account.features().presence.checkedAt).toBeDefined()),
    users,
    opens: () => log.filter((one) => one === 'open').length,
    retries: () => retries,
    shown: () => shown,
    waiting: () => waiting(),
  };
}

describe('connecting', () => {
  it('tells who it is, what the sign-in lacks, and asks for the status', async () => {
    const { account, asked, log, clock, looked } = await rig({
      scope: 'user:read:user user:read:presence_status',
    });
    expect(account.view()).toEqual({ phase: 'connecting', key: 'mine', practice: false });
    await account.connect();
    const view = account.view();
    expect(view).toMatchObject({
      phase: 'connected',
      key: 'mine',
      practice: false,
      id: 'u1',
      email: 'jo@example.org',
      name: 'Jo',
    });
    const missing = view.phase === 'connected' ? view.missing.map(({ operation }) => operation) : [];
    expect(missing).toContain('updatePresenceStatus');
    expect(missing).not.toContain('userPresenceStatus');
    expect(log).toEqual(['open', { id: 'u1', name: 'Jo', email: 'jo@example.org' }]);
    await looked();
    expect(asked).toEqual(['GET /', 'GET /presence_status']);
    expect(clock.pending().filter((ms) => ms < 5 * minute)).toEqual([]);
  });

  it('happens once at a time, and not again once it has', async () => {
    const { account, opens } = await rig();
    await Promise.all([account.connect(), account.connect()]);
    await account.connect();
    expect(opens()).toBe(1);
  });

  it('says that the keychain takes its time, and not once that is over', async () => {
    const { opened, open } = gate();
    const { account, waiting } = await rig({ opens: [opened] });
    const connecting = account.connect();
    waiting();
    expect(account.view()).toEqual({
      phase: 'connecting',
      key: 'mine',
      practice: false,
      waitsFor: 'keychain',
    });
    open();
    await connecting;
    waiting();
    expect(account.view()).toMatchObject({ phase: 'connected' });
  });

  it('opens what the practice account has to show, and asks for nothing else', async () => {
    const { account } = await rig({ practice: true, examples: [] });
    await account.connect();
    expect(account.view()).toMatchObject({ practice: true });
    await eventually(() => expect(account.features()).toHaveProperty('picture'));
    const plain = await rig();
    await plain.account.connect();
    await settle();
    expect(Object.keys(plain.account.features())).toEqual(['presence']);
  });

  it('brings whom it is asked for by name, once it is connected', async () => {
    const { account } = await rig();
    expect(await account.feature('zak')).toBeUndefined();
    await account.connect();
    expect(await account.feature('zak')).toHaveProperty('run');
  });
});

describe('a connection that fails', () => {
  it.each(['network', 'timeout', 'zoom-down', 'rate-limit'] as const)(
    'for a passing reason is tried again: %s',
    async (kind) => {
      const error = tallyError(kind, 'No way.');
      const { account, clock, phase } = await rig({ opens: [error] });
      await account.connect();
      expect(account.view()).toEqual({ phase: 'failed', key: 'mine', practice: false, error });
      expect(clock.pending()).toEqual([5_000]);
      await clock.advance(5_000);
      await phase('connected');
    },
  );

  it('is tried less and less often, up to every five minutes, and soon again after it went well', async () => {
    const { account, clock, opens } = await rig({ opens: Array(8).fill(noWay) });
    await account.connect();
    for (const [at, seconds] of [5, 10, 20, 40, 80, 160, 300, 300].entries()) {
      expect(opens()).toBe(at + 1);
      await clock.advance(seconds * 1_000 - 1);
      expect(opens()).toBe(at + 1);
      await clock.advance(1);
    }
    await eventually(() => expect(account.view().phase).toBe('connected'));
  });

  it('is tried again later by chance, and never before Zoom wants it', async () => {
    const { account, clock } = await rig({ opens: [noWay], random: 0.5 });
    await account.connect();
    expect(clock.pending()).toEqual([6_250]);
    const asked = await rig({ opens: [tallyError('zoom-down', 'Down.', { retryAt: clock.now() + 20_000 })] });
    await asked.account.connect();
    expect(asked.clock.pending()).toEqual([20_000]);
  });

  it.each([25, 60, 366])('is not tried before Zoom wants it, be that in %i days', async (days) => {
    const at = Date.UTC(2026, 0, 15, 9) + days * 24 * 60 * minute;
    const { account, clock, opens } = await rig({
      opens: [tallyError('zoom-down', 'Down.', { retryAt: at })],
    });
    await account.connect();
    await clock.advance(60 * minute);
    expect(opens()).toBe(1);
    clock.jump(at - clock.now());
    await clock.advance(minute);
    await eventually(() => expect(opens()).toBe(2));
  });

  it.each([
    tallyError('bad-answer', 'Odd.'),
    tallyError('keychain', 'Locked.'),
    tallyError('not-signed-in', 'Over.'),
  ])('for another is not: $kind', async (error) => {
    const { account, clock } = await rig({ opens: [error] });
    await account.connect();
    expect(account.view()).toMatchObject({ phase: 'failed', error });
    expect(clock.pending()).toEqual([]);
  });

  it('as Zoom refuses the app is tried again every hour', async () => {
    const error = tallyError('refused', 'Off.', { action: 'open-apps' });
    const { account, clock, opens, phase } = await rig({ opens: [error, error] });
    await account.connect();
    await clock.advance(60 * minute - 1);
    expect(opens()).toBe(1);
    await clock.advance(1);
    expect(opens()).toBe(2);
    await clock.advance(60 * minute);
    await phase('connected');
  });

  it('is shown as connecting while it is tried again, and has one timer', async () => {
    const { opened, open } = gate();
    const { account, clock, shown } = await rig({ opens: [noWay, opened] });
    await account.connect();
    const before = shown();
    const again = account.connect();
    expect(account.view()).toEqual({ phase: 'connecting', key: 'mine', practice: false });
    expect(shown()).toBe(before + 1);
    expect(clock.pending()).toEqual([]);
    open();
    await again;
    expect(account.view().phase).toBe('connected');
  });

  it('inside says no more than that', async () => {
    const { account } = await rig({ opens: [Promise.reject(new Error('/secret'))] });
    await account.connect();
    expect(account.view()).toMatchObject({
      error: { kind: 'internal', what: 'Tally couldn’t connect to Zoom.' },
    });
  });

  it('as Zoom no longer takes the sign-in is told once', async () => {
    const over = tallyError('not-signed-in', 'Over.');
    const { account, log, clock } = await rig({ tokens: [over] });
    await account.connect();
    expect(account.view()).toMatchObject({ phase: 'failed', error: over });
    expect(log).toEqual(['open', over]);
    expect(clock.pending()).toEqual([]);
  });

  it('as Zoom no longer has the person is over, too', async () => {
    const { account, log } = await rig({ users: [[404, { code: 1001, message: 'User does not exist.' }]] });
    await account.connect();
    expect(account.view()).toMatchObject({ phase: 'failed', error: ends.person });
    expect(log).toEqual(['open', ends.person]);
  });

  it('otherwise is no end of the sign-in', async () => {
    const { account, log } = await rig({ users: [[200, {}]] });
    await account.connect();
    expect(account.view()).toMatchObject({
      error: { kind: 'bad-answer', what: 'Zoom didn’t say whose account this is.' },
    });
    expect(log).toEqual(['open']);
  });

  it('leaves a session that failed a moment ago free to try', async () => {
    const { account, retries, users } = await rig({ users: [[400, { code: 300, message: 'no' }]] });
    await account.connect();
    expect(retries()).toBe(0);
    expect(users).toEqual([]);
    await account.connect();
    expect(retries()).toBe(1);
  });
});

describe('a connection that ends', () => {
  const run = (account: Account) => account.run({ type: 'presence.check' });

  it.each([
    ['the sign-in is over', tallyError('not-signed-in', 'Over.'), true],
    ['the keychain is in the way', tallyError('keychain', 'Locked.'), false],
    ['Zoom refuses the app', tallyError('refused', 'Off.', { action: 'ask-administrator' }), false],
  ])('as %s says so, and its status with it', async (_, error, isOver) => {
    const { account, log, tokens, phase, looked } = await rig();
    await account.connect();
    await looked();
    tokens.push(error);
    expect(run(account)).toEqual({ ok: true, value: null });
    await phase('failed');
    expect(account.view()).toMatchObject({ error });
    expect(log.slice(2)).toEqual(isOver ? [error] : []);
    expect(account.features().presence.checkedAt).toBeUndefined();
    expect(run(account)).toEqual({ ok: false, error });
  });

  it('does not for what passes', async () => {
    const { account, tokens, looked } = await rig();
    await account.connect();
    await looked();
    tokens.push(noWay);
    run(account);
    await eventually(() => expect(tokens).toEqual([]));
    await settle();
    expect(account.view().phase).toBe('connected');
  });

  it('is found by a token that is refused, too', async () => {
    const over = tallyError('not-signed-in', 'Over.');
    const { account, log, phase } = await rig({
      change: [401, { code: 124, message: 'x' }],
      refreshes: [over],
    });
    await account.connect();
    account.run({ type: 'presence.set', status: 'Away' });
    await phase('failed');
    expect(log.slice(2)).toEqual([over]);
  });
});

describe('a permission that is missing', () => {
  const lacking = (scopes: string) => ({
    code: 4711,
    message: `Invalid access token, does not contain scopes:[${scopes}].`,
  });

  it('is learned from a refusal, once, without what only administrators have', async () => {
    const { account, asked, clock } = await rig({
      change: [400, lacking('user:update:presence_status, user:update:presence_status:admin')],
    });
    await account.connect();
    const missing = () => {
      const view = account.view();
      return view.phase === 'connected' ? view.missing : undefined;
    };
    expect(missing()).toEqual([]);
    for (const status of ['Away', 'Available'] as const) {
      account.run({ type: 'presence.set', status });
      await eventually(() => expect(account.features().presence.failed?.change.status).toBe(status));
      expect(missing()).toEqual([
        { operation: 'updatePresenceStatus', scopes: ['user:update:presence_status'] },
      ]);
      await clock.advance(minute);
    }
    expect(asked.filter((one) => one.startsWith('PUT'))).toHaveLength(2);
  });

  it('is none where only administrators have it', async () => {
    const { account } = await rig({ change: [400, lacking('user:update:presence_status:admin')] });
    await account.connect();
    account.run({ type: 'presence.set', status: 'Away' });
    await eventually(() => expect(account.features().presence.failed).toBeDefined());
    expect(account.view()).toMatchObject({ missing: [] });
  });
});

describe('waking up', () => {
  it('connects what failed, at once', async () => {
    const { account, opens, phase, clock } = await rig({ opens: [noWay] });
    await account.connect();
    account.wake();
    await phase('connected');
    expect(opens()).toBe(2);
    expect(clock.pending().filter((ms) => ms < minute)).toEqual([]);
  });

  it('does not ask Zoom again by a sign-in that is over', async () => {
    const { account, opens } = await rig({ tokens: [tallyError('not-signed-in', 'Over.')] });
    await account.connect();
    account.wake();
    await settle();
    expect(opens()).toBe(1);
    expect(account.view().phase).toBe('failed');
  });

  it('looks again at what Zoom has', async () => {
    const { account, asked, clock, retries, looked } = await rig();
    await account.connect();
    await looked();
    await clock.advance(5 * minute);
    account.wake();
    await eventually(() => expect(asked).toHaveLength(3));
    expect(retries()).toBe(1);
  });

  it('before anything was connected is nothing', async () => {
    const { account, opens } = await rig();
    account.wake();
    await settle();
    expect(opens()).toBe(0);
  });
});

describe('the end', () => {
  it('ends the waiting, and nothing is connected any more', async () => {
    const { account, clock, opens } = await rig({ opens: [noWay] });
    await account.connect();
    await account.stop();
    expect(clock.pending()).toEqual([]);
    await account.connect();
    account.wake();
    await settle();
    expect(opens()).toBe(1);
  });

  it.each([
    ['good', undefined],
    ['bad', noWay],
  ])('in the middle of connecting says nothing any more: %s', async (_, error) => {
    const { opened, open } = gate();
    const { account, clock, shown, asked } = await rig({
      opens: [opened.then(() => error && Promise.reject(new Error('x')))],
    });
    const connecting = account.connect();
    const before = shown();
    await account.stop();
    open();
    await connecting;
    expect([shown(), asked, clock.pending()]).toEqual([before, [], []]);
    expect(account.view().phase).toBe('connecting');
  });
});
