import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Case, grantsOf, withAccounts } from '../support/accounts-rig.ts';
import { minute } from '../support/presence-script.ts';
import { eventually } from '../support/waiting.ts';

const items = ({ keychain }: Case) => [...keychain.items.keys()].sort();
const noticeIds = ({ tally }: Case) => tally.snapshot().notices.map(({ id }) => id);
const revocations = async ({ rig }: Case) =>
  (await rig.state()).requests.filter(({ path }) => path === '/oauth/revoke').length;

const trades = async ({ rig }: Case) =>
  (await rig.state()).requests.filter(({ path }) => path === '/oauth/token').length;

async function signedIn(made: Case): Promise<string> {
  const { account } = await made.signIn();
  return 'key' in account ? account.key : '';
}

describe('a sign-out while the keychain is locked', () => {
  it('is told to Zoom at once, says what is left, and empties the keychain once it is unlocked', () =>
    withAccounts(async (made) => {
      const key = await signedIn(made);
      made.keychain.lock();
      made.tally.run({ type: 'account.sign-out', key });
      await made.until(({ notices }) => notices.some(({ id }) => id === 'forget-later'));
      expect(await grantsOf(made)).toEqual([]);
      expect(items(made)).toEqual([`account:${key}`]);
      made.keychain.unlock();
      await made.clock.advance(60 * minute);
      await eventually(() => expect(items(made)).toEqual([]));
      expect(noticeIds(made)).toEqual([]);
      expect(await revocations(made)).toBe(1);
    }));

  it('is not forgotten by a restart', () =>
    withAccounts(async (made) => {
      const key = await signedIn(made);
      made.keychain.lock();
      made.tally.run({ type: 'account.sign-out', key });
      await made.until(({ notices }) => notices.some(({ id }) => id === 'forget-later'));
      const locked = made.restart();
      await locked.tally.connect();
      expect(noticeIds(locked)).toEqual(['forget-later']);
      locked.keychain.unlock();
      const next = locked.restart();
      await next.tally.connect();
      expect(items(next)).toEqual([]);
      expect(noticeIds(next)).toEqual([]);
      expect(await revocations(next)).toBe(1);
    }));

  it('that was locked before the start waits for the keychain, and says so', () =>
    withAccounts(async (made) => {
      const key = await signedIn(made);
      made.keychain.lock();
      const next = made.restart();
      await next.tally.connect();
      next.tally.run({ type: 'account.sign-out', key });
      await next.until(({ notices }) => notices.some(({ id }) => id === 'forget-later'));
      next.keychain.unlock();
      next.tally.wake();
      await eventually(() => expect(items(next)).toEqual([]));
      expect(await grantsOf(next)).toEqual([]);
    }));

  it('has nothing to wait for where there never was a keychain', () =>
    withAccounts(async (made) => {
      made.keychain.fail({ kind: 'keychain', what: 'There is no keychain.', action: 'retry' });
      const key = await signedIn(made);
      made.tally.run({ type: 'account.sign-out', key });
      await eventually(async () => expect(await grantsOf(made)).toEqual([]));
      await eventually(() => expect(noticeIds(made)).toEqual([]));
      const next = made.restart();
      await next.tally.connect();
      expect(noticeIds(next)).toEqual([]);
    }));
});

it('a damaged sign-in leaves the keychain with its account, and what is left at Zoom is told', () =>
  withAccounts(async (made) => {
    const key = await signedIn(made);
    made.keychain.items.set(`account:${key}`, 'spoiled');
    const next = made.restart();
    await next.tally.connect();
    next.tally.run({ type: 'account.sign-out', key });
    await eventually(() => expect(items(next)).toEqual([]));
    expect(noticeIds(next)).toEqual(['revoke-refused']);
  }));

/** Every file below the app's folder that has this text in it. */
const filesWith = ({ folder }: Case, text: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path, 'latin1').includes(text));

it('leaves nothing of the account in any file, however often Tally was started and whatever was edited', () =>
  withAccounts(async (made) => {
    const key = await signedIn(made);
    const { email, userId } = made.rig.practice;
    const passcode = 'settings:schedule_meeting.pmi_password' as const;
    const open = async (rig: Case) => {
      rig.tally.run({ type: 'settings.open' });
      rig.tally.run({ type: 'profile.open' });
      await rig.until(({ settings, profile }) => settings?.phase === 'ready' && profile?.phase === 'ready');
    };
    await open(made);
    for (const value of ['731942', '840215']) {
      made.tally.run({ type: 'settings.edit', key: passcode, value });
      made.tally.run({ type: 'settings.save' });
      await made.until(({ settings }) => settings?.saving === false && settings.values[passcode] === value);
    }
    made.tally.run({ type: 'settings.edit', key: passcode, value: '951360' });
    made.tally.run({ type: 'settings.edit', key: 'settings:schedule_meeting.host_video', value: false });
    made.tally.run({ type: 'profile.edit', field: 'dept', value: 'Lighthouse' });
    expect(filesWith(made, 'Lighthouse')).not.toEqual([]);
    const again = made.restart();
    await again.tally.connect();
    await open(again);
    for (const secret of ['731942', '840215', '951360']) expect(filesWith(again, secret)).toEqual([]);
    const next = again.restart();
    await next.tally.connect();
    writeFileSync(join(next.folder, 'profile.json.corrupt'), `{"${key}":`);
    next.tally.run({ type: 'account.sign-out', key });
    await eventually(() => expect(items(next)).toEqual([]));
    await eventually(() => {
      for (const trace of [email, userId, 'Lighthouse']) expect(filesWith(next, trace), trace).toEqual([]);
    });
  }));

it('removes what a former version kept of passcodes, also from the copy', () =>
  withAccounts(async (made) => {
    const key = await signedIn(made);
    const edits = { 'settings:schedule_meeting.pmi_password': { value: '731942' } };
    for (const name of ['settings.json', 'settings.json.bak']) {
      writeFileSync(join(made.folder, name), JSON.stringify({ [key]: { edits, history: [] } }));
    }
    const next = made.restart();
    await next.tally.connect();
    next.tally.run({ type: 'settings.open' });
    await next.until(({ settings }) => settings?.phase === 'ready');
    expect(filesWith(next, '731942')).toEqual([]);
  }));

describe('signing in again while the former sign-out is still told to Zoom', () => {
  it('keeps the new sign-in', () =>
    withAccounts(async (made) => {
      const key = await signedIn(made);
      await made.rig.fault({ kind: 'hold', when: 'before' }, { path: '/oauth/revoke' });
      made.tally.run({ type: 'account.sign-out', key });
      await made.rig.control('GET', '/wait?path=/oauth/revoke');
      made.web.goTo(await made.rig.practice.consent(await made.begin()));
      await eventually(async () => expect(await trades(made)).toBe(2));
      // Time enough to ask Zoom who it is and to write to the keychain, for whoever would not wait.
      for (let turn = 0; turn < 20; turn += 1) await made.rig.state();
      await made.rig.control('POST', '/release');
      await made.until(({ account, signIn }) => account.phase === 'connected' && !signIn);
      await eventually(async () =>
        expect((await made.rig.state()).requests.some(({ held }) => held)).toBe(false),
      );
      expect(items(made)).toEqual([`account:${key}`]);
      const next = made.restart();
      await next.tally.connect();
      expect(next.tally.snapshot().account).toMatchObject({ phase: 'connected', key });
      expect(await grantsOf(next)).toEqual([key]);
    }));
});
