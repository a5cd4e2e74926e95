import { describe, expect, it, vi } from 'vitest';
import { type Case, grantsOf, withAccounts } from '../support/accounts-rig.ts';
import { minute } from '../support/presence-script.ts';

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
      expect(items(made)).toEqual(['__probe', `account:${key}`]);
      made.keychain.unlock();
      await made.clock.advance(60 * minute);
      await vi.waitFor(() => expect(items(made)).toEqual(['__probe']));
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
      expect(items(next)).toEqual(['__probe']);
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
      await vi.waitFor(() => expect(items(next)).toEqual(['__probe']));
      expect(await grantsOf(next)).toEqual([]);
    }));

  it('has nothing to wait for where there never was a keychain', () =>
    withAccounts(async (made) => {
      made.keychain.fail({ kind: 'keychain', what: 'There is no keychain.', action: 'retry' });
      const key = await signedIn(made);
      made.tally.run({ type: 'account.sign-out', key });
      await vi.waitFor(async () => expect(await grantsOf(made)).toEqual([]));
      await vi.waitFor(() => expect(noticeIds(made)).toEqual([]));
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
    await vi.waitFor(() => expect(items(next)).toEqual(['__probe']));
    expect(noticeIds(next)).toEqual(['revoke-refused']);
  }));

describe('signing in again while the former sign-out is still told to Zoom', () => {
  it('keeps the new sign-in', () =>
    withAccounts(async (made) => {
      const key = await signedIn(made);
      await made.rig.fault({ kind: 'hold', when: 'before' }, { path: '/oauth/revoke' });
      made.tally.run({ type: 'account.sign-out', key });
      await made.rig.control('GET', '/wait?path=/oauth/revoke');
      made.web.goTo(await made.rig.practice.consent(await made.begin()));
      await vi.waitFor(async () => expect(await trades(made)).toBe(2));
      // Time enough to ask Zoom who it is and to write to the keychain, for whoever would not wait.
      for (let turn = 0; turn < 20; turn += 1) await made.rig.state();
      await made.rig.control('POST', '/release');
      await made.until(({ account, signIn }) => account.phase === 'connected' && !signIn);
      await vi.waitFor(async () =>
        expect((await made.rig.state()).requests.some(({ held }) => held)).toBe(false),
      );
      expect(items(made)).toEqual(['__probe', `account:${key}`]);
      const next = made.restart();
      await next.tally.connect();
      expect(next.tally.snapshot().account).toMatchObject({ phase: 'connected', key });
      expect(await grantsOf(next)).toEqual([key]);
    }));
});
