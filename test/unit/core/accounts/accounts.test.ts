import { afterEach, describe, expect, it } from 'vitest';
import '../../../support/without-electron.ts';
import { createAccounts } from '../../../../electron/core/accounts/accounts.ts';
import { direct } from '../../../../electron/core/http/network.ts';
import type { AccountSource, Files } from '../../../../electron/core/ports.ts';
import { zoomClouds } from '../../../../electron/core/sign-in/clouds.ts';
import { createVault } from '../../../../electron/core/sign-in/vault.ts';
import type { Notice } from '../../../../shared/app.ts';
import { tallyError } from '../../../../shared/errors.ts';
import { createFakeClock, settle } from '../../../support/fake-clock.ts';
import { createFakeKeychain } from '../../../support/fake-keychain.ts';
import { eventually } from '../../../support/waiting.ts';

const noWay = tallyError('network', 'No way.');
const over = tallyError('not-signed-in', 'Over.');

const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

const account = (id: string, change: object = {}) => ({
  key: `commercial:${id}`,
  practice: false,
  cloud: 'commercial',
  clientId: 'abc',
  redirectUri: 'http://127.0.0.1/tally',
  scopes: [],
  isPublic: true,
  userId: id,
  name: id.toUpperCase(),
  email: `${id}@example.org`,
  colour: 0,
  kept: true,
  stored: false,
  ended: false,
  ...change,
});
const practice = account('p', { key: 'practice', practice: true, clientId: '', kept: false });

interface World {
  readonly accounts?: unknown[];
  readonly active?: string;
  readonly leaving?: object[];
  readonly given?: boolean;
  readonly startPractice?: boolean;
  /** What is kept of an account's calendars. */
  readonly calendars?: object;
  /** What connecting the practice account comes to. */
  readonly practiceError?: typeof noWay;
}

/** Accounts as the disk has them, on a computer without a way to Zoom. */
function rig(world: World = {}) {
  const clock = createFakeClock();
  const keychain = createFakeKeychain(clock);
  const log: string[] = [];
  const notices = new Map<Notice['id'], Notice>();
  const saved: Record<string, unknown>[] = [];
  const source = (name: string): AccountSource => ({
    practice: true,
    async connect() {
      log.push(`connect ${name}`);
      return { ok: false, error: name === 'practice' ? (world.practiceError ?? noWay) : noWay };
    },
  });
  const { accounts: list = [], active, leaving = [] } = world;
  const files: Pick<Files, 'accounts' | 'saveAccounts' | 'kept' | 'forget'> = {
    accounts: () => ({ accounts: list, leaving, ...(active && { active }) }),
    saveAccounts: (json) => saved.push(json),
    kept: (name) => (name === 'calendars' ? world.calendars : undefined),
    forget: (key, userId) => log.push(`forget ${key} of ${userId}`),
  };
  const accounts = createAccounts({
    clock,
    network: direct,
    files,
    vault: createVault(keychain.store),
    secrets: keychain.store,
    clouds: zoomClouds,
    random: () => 0,
    browser: { open: async () => log.push('browser') > 0, listen: () => Promise.reject(new Error('none')) },
    practice: source('practice'),
    ...(world.given && { given: source('given') }),
    startPractice: world.startPractice ?? false,
    closePractice: () => log.push('close practice'),
    administratorSetup: async () => void log.push('look for a setup'),
    copy() {},
    documents: { save: async () => ({ ok: true, value: false }) },
    changed: () => log.push('changed'),
    notice: (notice: Notice) => notices.set(notice.id, notice),
    removeNotice: (id: Notice['id']) => notices.delete(id),
    media: {
      library: () => ({ exists: () => false }),
      forget: (key: string) => log.push(`forget media of ${key}`),
      forgetLibrary: (key: string) => log.push(`forget library of ${key}`),
    },
    calls: { forget: async (key: string) => log.push(`forget calls of ${key}`) },
  } as never);
  running.push(accounts);
  const phases = () => accounts.list().map(({ key, phase, active: isActive }) => [key, phase, isActive]);
  return { accounts, clock, keychain, log, notices, saved, phases };
}

const forgets = (log: readonly string[]) => log.filter((line) => line.startsWith('forget'));

describe('the start', () => {
  it('has the accounts of the disk, and says nothing where all could be read', () => {
    const { accounts, notices, saved, phases } = rig({
      accounts: [account('a'), account('b')],
      active: 'commercial:b',
    });
    expect(phases()).toEqual([
      ['commercial:a', 'connecting', false],
      ['commercial:b', 'connecting', true],
    ]);
    expect(accounts.view()).toMatchObject({ phase: 'connecting', key: 'commercial:b' });
    expect([notices.size, saved]).toEqual([0, []]);
  });

  it('says where one may be missing', () => {
    const { notices } = rig({ accounts: [account('a'), 5] });
    expect([...notices.values()]).toEqual([
      {
        id: 'accounts-reset',
        title: 'An account may be missing',
        detail: 'The list of accounts couldn’t be read in full. Connect the missing account again.',
      },
    ]);
  });

  it.each<[string, World, string]>([
    ['the one it was given', { given: true, startPractice: true }, 'given'],
    ['the practice account where that is wanted', { startPractice: true }, 'practice'],
    [
      'the practice account that there was',
      { startPractice: true, accounts: [practice, account('a')] },
      'practice',
    ],
  ])('goes to %s', (_, world, key) => {
    const { accounts } = rig(world);
    expect(accounts.view()).toEqual({ phase: 'connecting', key, practice: true });
    expect(accounts.list().filter((one) => one.key === key)).toHaveLength(1);
    expect(accounts.list().find((one) => one.key === key)).toMatchObject({
      active: true,
      name: world.accounts ? 'P' : '',
    });
  });

  it('connects, looks for a setup, and ends what was left of sign-outs', async () => {
    const leaving = [
      { key: 'commercial:x', cloud: 'commercial', clientId: 'abc', stored: false, withLibrary: true },
      { key: 'commercial:y:z', cloud: 'commercial', clientId: 'abc', stored: false },
    ];
    const { accounts, log, saved } = rig({ accounts: [practice], leaving });
    await accounts.connect();
    expect(log).toContain('look for a setup');
    expect(log).toContain('connect practice');
    expect(forgets(log)).toEqual([
      'forget commercial:x of x',
      'forget media of commercial:x',
      'forget library of commercial:x',
      'forget calls of commercial:x x',
      'forget commercial:y:z of y:z',
      'forget media of commercial:y:z',
      'forget calls of commercial:y:z y:z',
    ]);
    expect(saved.at(-1)).toMatchObject({ leaving: [] });
  });
});

describe('without an account', () => {
  it('there is nothing to be shown or done', async () => {
    const { accounts } = rig();
    expect(accounts.view()).toEqual({ phase: 'none' });
    expect(accounts.features()).toMatchObject({ presence: { current: { status: 'Unknown' } } });
    expect(await accounts.feature('zak')).toBeUndefined();
    expect(accounts.signedOut()).toBeUndefined();
    expect(accounts.run({ type: 'presence.check' })).toMatchObject({
      ok: false,
      error: { kind: 'not-signed-in', what: 'Tally isn’t connected to Zoom yet.' },
    });
    expect(accounts.run({ type: 'account.reconnect' })).toEqual({ ok: true, value: null });
  });

  it.each(['account.switch', 'account.sign-out'] as const)('no other can be meant: %s', (type) => {
    expect(rig().accounts.run({ type, key: 'commercial:a' })).toEqual({
      ok: false,
      error: { kind: 'not-found', what: 'Tally doesn’t have this account any more.', action: 'none' },
    });
  });

  it('the practice account is one action away, once', async () => {
    const { accounts, log } = rig();
    expect(accounts.run({ type: 'account.practice' })).toEqual({ ok: true, value: null });
    expect(accounts.view()).toMatchObject({ key: 'practice', practice: true });
    await settle();
    accounts.run({ type: 'account.practice' });
    await settle();
    expect(accounts.list()).toMatchObject([{ practice: true }]);
    expect(log.filter((line) => line === 'connect practice')).toHaveLength(2);
  });

  it('the practice account that there was is the one', () => {
    const { accounts } = rig({ accounts: [account('a'), practice] });
    accounts.run({ type: 'account.practice' });
    expect(accounts.list().map(({ name, active }) => [name, active])).toEqual([
      ['A', false],
      ['P', true],
    ]);
  });
});

describe('what is done for an account', () => {
  it('is done by that one, where it is something of a feature', async () => {
    const { accounts } = rig({ accounts: [account('a'), account('b')] });
    expect(accounts.runFor('commercial:b', { type: 'presence.check' })).toBe(true);
    expect(accounts.runFor('nobody', { type: 'settings.open' })).toBe(true);
    expect(accounts.runFor('commercial:a', { type: 'account.reconnect' })).toBe(false);
    expect(accounts.runFor('commercial:a', { type: 'toString.x' } as never)).toBe(false);
  });

  it('is refused by the active one as long as that is not connected', () => {
    const { accounts } = rig({ accounts: [account('a')] });
    expect(accounts.run({ type: 'settings.open' })).toMatchObject({ ok: false });
  });

  it('is done by another one once that is the active one', () => {
    const { accounts, saved } = rig({ accounts: [account('a'), account('b')] });
    expect(accounts.run({ type: 'account.switch', key: 'commercial:b' })).toEqual({ ok: true, value: null });
    expect(accounts.view()).toMatchObject({ key: 'commercial:b' });
    expect(saved.at(-1)).toMatchObject({ active: 'commercial:b' });
  });
});

describe('signing out', () => {
  it('forgets what is kept of the account but its library, and goes to the next', async () => {
    const { accounts, log, saved, phases } = rig({ accounts: [account('a'), account('b')] });
    expect(accounts.run({ type: 'account.sign-out', key: 'commercial:a' })).toEqual({
      ok: true,
      value: null,
    });
    expect(phases()).toEqual([['commercial:b', 'connecting', true]]);
    expect(forgets(log)).toEqual([
      'forget commercial:a of a',
      'forget media of commercial:a',
      'forget calls of commercial:a a',
    ]);
    expect(saved[0]).toMatchObject({
      leaving: [
        {
          key: 'commercial:a',
          cloud: 'commercial',
          clientId: 'abc',
          stored: false,
          told: false,
          withLibrary: false,
        },
      ],
    });
    expect(JSON.stringify(saved[0])).not.toContain('a@example.org');
    expect(log).not.toContain('close practice');
    await settle();
    expect(saved.at(-1)).toMatchObject({ leaving: [] });
  });

  it('of another one leaves the active account, and nothing is tried for it any more', async () => {
    const { accounts, clock, phases } = rig({
      accounts: [practice, account('b'), account('c')],
      active: 'commercial:c',
    });
    await accounts.connect();
    expect(clock.pending()).toHaveLength(1);
    accounts.run({ type: 'account.sign-out', key: 'practice' });
    await settle();
    expect(phases().map(([key, , isActive]) => [key, isActive])).toEqual([
      ['commercial:b', false],
      ['commercial:c', true],
    ]);
    expect(clock.pending()).toEqual([]);
  });

  it('takes away what was said of its keychain', async () => {
    const { accounts, notices } = rig({ accounts: [account('a'), account('b')] });
    for (const id of ['no-keychain', 'keychain-waits'] as const)
      notices.set(id, { id, title: '', detail: '' });
    accounts.run({ type: 'account.sign-out', key: 'commercial:a' });
    expect(notices.size).toBe(0);
  });

  it('that the keychain holds up is told, also at the next start', async () => {
    const { accounts, keychain, notices, saved } = rig({ accounts: [account('a', { stored: true })] });
    keychain.lock();
    accounts.run({ type: 'account.sign-out', key: 'commercial:a' });
    await eventually(() => expect([...notices.keys()]).toEqual(['forget-later']));
    const leaving = (saved.at(-1)?.leaving ?? []) as object[];
    expect(leaving).toMatchObject([{ key: 'commercial:a', stored: true }]);
    const next = rig({ leaving });
    next.keychain.lock();
    await next.accounts.connect();
    expect([...next.notices.keys()]).toEqual(['forget-later']);
    next.keychain.unlock();
    next.accounts.wake();
    await eventually(() => expect(next.saved.at(-1)).toMatchObject({ leaving: [] }));
  });

  it('takes the library along where that is wanted, and leaves the active account', () => {
    const { accounts, log, saved, phases } = rig({ accounts: [account('a'), account('b')] });
    accounts.run({ type: 'account.sign-out', key: 'commercial:b', withLibrary: true });
    expect(phases()).toEqual([['commercial:a', 'connecting', true]]);
    expect(log).toContain('forget library of commercial:b');
    expect(saved[0]).toMatchObject({ leaving: [{ withLibrary: true }] });
  });

  it.each([
    [{ name: 'A', email: 'a@example.org' }, 'A'],
    [{ name: '', email: 'a@example.org' }, 'a@example.org'],
    [{ name: '', email: '' }, undefined],
  ])('of the last one is remembered by a name: %j', (change, name) => {
    const { accounts } = rig({ accounts: [account('a', change), account('b', change)] });
    accounts.run({ type: 'account.sign-out', key: 'commercial:a' });
    expect(accounts.signedOut()).toBeUndefined();
    accounts.run({ type: 'account.sign-out', key: 'commercial:b' });
    expect(accounts.signedOut()).toBe(name);
    expect(accounts.view()).toEqual({ phase: 'none' });
  });

  it.each([undefined, {}])('of the practice account ends that, and its calendars: %j', async (calendars) => {
    const { accounts, log, keychain, saved } = rig({
      accounts: [practice],
      ...(calendars && { calendars }),
    });
    keychain.items.set('account:practice', 'x');
    keychain.items.set('calendars:practice', 'x');
    accounts.run({ type: 'account.sign-out', key: 'practice' });
    await settle();
    expect(log).toContain('close practice');
    expect(saved.at(-1)).toMatchObject({ accounts: [], leaving: [] });
    expect(keychain.items.has('calendars:practice')).toBe(calendars === undefined);
  });
});

describe('connecting again', () => {
  it('begins anew with the practice account, whose sign-in is over', async () => {
    const { accounts, log } = rig({ accounts: [practice], practiceError: over });
    await accounts.connect();
    expect(accounts.view()).toMatchObject({ phase: 'failed', error: over });
    accounts.run({ type: 'account.reconnect' });
    expect(accounts.view()).toMatchObject({ phase: 'connecting' });
    await settle();
    expect(log.filter((line) => line === 'connect practice')).toHaveLength(2);
    expect(log).not.toContain('browser');
  });

  it('goes on with what failed for another reason', async () => {
    const { accounts, log, clock } = rig({ accounts: [practice] });
    await accounts.connect();
    accounts.run({ type: 'account.reconnect' });
    await settle();
    expect(log.filter((line) => line === 'connect practice')).toHaveLength(2);
    expect(clock.pending()).toHaveLength(1);
  });

  it.each([
    ['over', account('a', { ended: true }), true],
    ['not over', account('a', { kept: true, stored: true }), false],
  ])('goes to the browser where the sign-in is %s', async (_, record, asks) => {
    const { accounts, log, keychain } = rig({ accounts: [record] });
    if (!asks) keychain.lock();
    await accounts.connect();
    expect(accounts.view()).toMatchObject({
      phase: 'failed',
      error: { action: asks ? 'sign-in' : 'unlock-keychain' },
    });
    const asked = keychain.asked().length;
    accounts.run({ type: 'account.reconnect' });
    if (asks) await eventually(() => expect(log).toContain('browser'));
    else await settle();
    expect(log.includes('browser')).toBe(asks);
    expect(accounts.signIn()?.phase).toBe(asks ? 'waiting' : undefined);
    expect(keychain.asked().length).toBeGreaterThan(asked);
  });
});

describe('what accounts show', () => {
  it('is each one’s moment, a setup that is offered and the way to an app', () => {
    const { accounts } = rig({ accounts: [account('a')] });
    expect(accounts.moments()).toMatchObject([{ key: 'commercial:a', name: 'A' }]);
    expect(accounts.offer()).toBeUndefined();
    const error = tallyError('file', 'No.');
    accounts.offerSetup({ ok: false, error });
    expect(accounts.offer()).toEqual({ phase: 'refused', by: 'person', error });
    accounts.run({ type: 'account.offer.dismiss' });
    expect(accounts.offer()).toBeUndefined();
    expect(accounts.run({ type: 'account.offer', text: 'none' })).toMatchObject({ ok: true });
    expect(accounts.offer()).toMatchObject({ phase: 'refused' });
    expect(accounts.run({ type: 'account.offer.accept' })).toMatchObject({
      ok: false,
      error: { what: 'There is no setup to sign in by.' },
    });
    accounts.run({ type: 'account.connecting', patch: { clientId: 'x' } });
    expect(accounts.connecting()).toMatchObject({ clientId: 'x' });
    expect(accounts.run({ type: 'account.share', key: 'x', withSecret: false, to: 'file' })).toMatchObject({
      ok: false,
      error: { what: 'This account has no Zoom app of its own.' },
    });
    expect(accounts.run({ type: 'account.manifest' })).toMatchObject({ ok: true });
  });

  it('is a sign-in that was begun, until it is cancelled', async () => {
    const { accounts } = rig();
    const signIn = { type: 'account.sign-in', clientId: 'abc', cloud: 'commercial' } as const;
    expect(accounts.run(signIn)).toEqual({ ok: true, value: null });
    await eventually(() => expect(accounts.signIn()).toMatchObject({ phase: 'waiting', listening: false }));
    accounts.run({ type: 'account.sign-in.cancel' });
    expect(accounts.signIn()).toBeUndefined();
  });
});

describe('the end', () => {
  it('leaves no timer', async () => {
    const { accounts, clock } = rig({
      accounts: [practice, account('a', { ended: true })],
      active: 'commercial:a',
    });
    await accounts.connect();
    accounts.run({ type: 'account.reconnect' });
    await eventually(() => expect(accounts.signIn()?.phase).toBe('waiting'));
    expect(clock.pending()).toHaveLength(2);
    await accounts.stop();
    expect(clock.pending()).toEqual([]);
  });

  it('is not reached by waking up', async () => {
    const { accounts, log } = rig({ accounts: [practice] });
    await accounts.connect();
    accounts.wake();
    await settle();
    expect(log.filter((line) => line === 'connect practice')).toHaveLength(2);
  });
});
