import { describe, expect, it } from 'vitest';
import { type Case, withAccounts } from '../support/accounts-rig.ts';
import { minute } from '../support/presence-script.ts';
import { ready, status } from '../support/tally-rig.ts';
import { eventually } from '../support/waiting.ts';

const noticeIds = ({ tally }: Case) => tally.snapshot().notices.map(({ id }) => id);
const notice = ({ tally }: Case, id: string) => tally.snapshot().notices.find((one) => one.id === id)?.detail;

/** Refresh tokens that were used up at Zoom. */
const trades = async ({ rig }: Case) => (await rig.state()).refreshes;

async function signedIn(made: Case): Promise<string> {
  const { account } = await made.signIn();
  await made.until(ready);
  return 'key' in account ? account.key : '';
}

const isLocked = { phase: 'failed', error: { kind: 'keychain', action: 'unlock-keychain' } };

describe('a keychain that locks itself before the hourly refresh', () => {
  it('is waited for with the token that still works; then Tally says so, and goes on once it is unlocked', () =>
    withAccounts(async (made) => {
      await signedIn(made);
      made.keychain.prompt(true);
      made.keychain.lock();
      made.clock.jump(58 * minute);
      made.tally.run({ type: 'presence.set', status: 'Away' });
      await made.until((now) => status(now) === 'Away');
      expect(noticeIds(made)).toEqual(['keychain-waits']);
      expect(notice(made, 'keychain-waits')).toMatch(
        /^The keychain is locked\. It opens with its password\. Tally/,
      );

      made.clock.jump(2 * minute);
      made.tally.run({ type: 'presence.check' });
      await made.until(({ account }) => account.phase === 'failed');
      expect(made.tally.snapshot().account).toMatchObject(isLocked);
      expect(noticeIds(made), 'one place says it').toEqual([]);
      expect(await trades(made)).toBe(0);
      expect(made.keychain.questions(), 'nothing was asked that nobody wanted').toBe(0);

      made.keychain.unlock();
      await eventually(async () => {
        await made.clock.advance(10_000);
        expect(made.tally.snapshot().account.phase).toBe('connected');
      });
      expect(await trades(made)).toBe(1);
      expect(noticeIds(made)).toEqual([]);
      const next = made.restart();
      await next.tally.connect();
      expect(next.tally.snapshot().account.phase).toBe('connected');
    }));

  it('and dies is waited for until it runs again', () =>
    withAccounts(async (made) => {
      await signedIn(made);
      made.keychain.die();
      made.clock.jump(60 * minute);
      made.tally.run({ type: 'presence.check' });
      await made.until(({ account }) => account.phase === 'failed');
      expect(made.tally.snapshot().account).toMatchObject({
        error: { what: 'No keychain is running on this computer.', action: 'retry' },
      });
      expect(await trades(made)).toBe(0);
      made.keychain.revive();
      await eventually(async () => {
        await made.clock.advance(10_000);
        expect(made.tally.snapshot().account.phase).toBe('connected');
      });
    }));
});

describe('a sign-in that was signed out of while the keychain was gone', () => {
  it('is not taken for the next one, through another app', () =>
    withAccounts(async (made) => {
      const { tally, rig, web, keychain } = made;
      const { confidentialClientId: clientId, clientSecret } = rig.practice;
      tally.run({ type: 'account.sign-in', cloud: 'commercial', clientId, clientSecret });
      await made.until(() => web.opened.length === 1);
      web.goTo(await rig.practice.consent(String(web.opened[0])));
      const { account } = await made.until(({ signIn, account }) => !signIn && account.phase === 'connected');
      keychain.die();
      tally.run({ type: 'account.sign-out', key: 'key' in account ? account.key : '' });
      await made.signIn();
      await made.until(ready);
      keychain.revive();
      const next = made.restart();
      await next.tally.connect();
      expect(next.tally.snapshot().account).toMatchObject({
        error: { what: 'This sign-in ended when Tally quit.' },
      });
    }));
});

describe('a keychain that asks before it lets a new process write, as KeePassXC does', () => {
  it('has nothing to lose: Zoom is asked only after a yes, and whoever quits before is asked again', () =>
    withAccounts(async (made) => {
      await signedIn(made);
      made.keychain.confirm(true);
      for (let rounds = 0; rounds < 2; rounds += 1) {
        const start = made.restart();
        void start.tally.connect();
        await eventually(() => expect(start.keychain.questions()).toBe(rounds + 1));
        await start.clock.advance(2_000);
        expect(start.tally.snapshot().account).toMatchObject({ phase: 'connecting', waitsFor: 'keychain' });
      }
      expect(await trades(made)).toBe(0);

      const last = made.restart();
      void last.tally.connect();
      await eventually(() => expect(last.keychain.questions()).toBe(3));
      // Longer than anybody waits for it.
      await last.clock.advance(2 * minute);
      expect(last.tally.snapshot().account).toMatchObject({
        ...isLocked,
        error: { what: 'The keychain hasn’t answered yet.' },
      });
      last.keychain.unlock();
      await last.until(({ account }) => account.phase === 'connected');
      expect(await trades(last)).toBe(1);
      expect(last.keychain.questions()).toBe(3);
    }));

  it('and is told no is not asked again before the person wants it', () =>
    withAccounts(async (made) => {
      await signedIn(made);
      made.keychain.confirm(true);
      const start = made.restart();
      void start.tally.connect();
      await eventually(() => expect(start.keychain.questions()).toBe(1));
      start.keychain.dismiss();
      await start.until(({ account }) => account.phase === 'failed');
      expect(start.tally.snapshot().account).toMatchObject({
        ...isLocked,
        error: { what: 'The keychain didn’t let Tally in.' },
      });
      start.tally.wake();
      await start.clock.advance(60 * minute);
      expect(start.keychain.questions()).toBe(1);
      start.tally.run({ type: 'account.reconnect' });
      await eventually(() => expect(start.keychain.questions()).toBe(2));
      start.keychain.unlock();
      await start.until(({ account }) => account.phase === 'connected');
    }));
});

it('asks one question for one start, however many accounts there are and whatever the answer', () =>
  withAccounts(async (made) => {
    await signedIn(made);
    const { email } = made.rig.practice;
    const other = (await made.rig.state()).users.find(
      (one) => one.email !== email && one.presence.loggedIn,
    )?.email;
    await made.signIn(other);
    made.keychain.prompt(true);
    made.keychain.lock();
    const start = made.restart();
    const connected = start.tally.connect();
    await eventually(() => expect(start.keychain.questions()).toBe(1));
    start.keychain.dismiss();
    await connected;
    expect(start.tally.snapshot().accounts).toMatchObject([{ phase: 'failed' }, { phase: 'failed' }]);
    expect(start.keychain.questions()).toBe(1);
    start.tally.run({ type: 'account.reconnect' });
    await eventually(() => expect(start.keychain.questions()).toBe(2));
    start.keychain.unlock();
    await eventually(async () => {
      await start.clock.advance(10_000);
      expect(start.tally.snapshot().accounts).toMatchObject([{ phase: 'connected' }, { phase: 'connected' }]);
    });
    expect(start.keychain.questions()).toBe(2);
  }));

it('says that a new sign-in was lost on its way, and not that it was revoked, also at the start after that', () =>
  withAccounts(async (made) => {
    await signedIn(made);
    await made.rig.fault({ kind: 'hold', when: 'after' }, { path: '/oauth/token' });
    made.clock.jump(60 * minute);
    made.tally.run({ type: 'presence.check' });
    await made.rig.control('GET', '/wait?path=/oauth/token');
    // Zoom has given the next one, and nobody takes it.
    let start = made.restart();
    await made.rig.control('POST', '/release');
    start.clock.skipWaits(1_000);
    for (let starts = 0; starts < 2; starts += 1) {
      await start.tally.connect();
      expect(start.tally.snapshot().account).toMatchObject({
        phase: 'failed',
        error: { action: 'sign-in', what: 'This sign-in seems to have been lost on its way.' },
      });
      start = start.restart();
    }
  }));

it('a sign-in whose keychain had not answered when Tally ended is looked for there first', () =>
  withAccounts(async (made) => {
    made.keychain.hold();
    made.web.goTo(await made.rig.practice.consent(await made.begin()));
    await eventually(() => expect(made.keychain.asked()).toHaveLength(1));
    await made.clock.advance(minute);
    await made.until(({ account }) => account.phase === 'connected');
    expect(notice(made, 'no-keychain')).toBe(
      'The keychain hasn’t answered yet. It may be asking you something in a window of its own. This sign-in is in memory only, and ends when Tally quits. Let the keychain take it, and it stays.',
    );
    made.keychain.release();
    await made.until(({ notices }) => notices.length === 0);
    const next = made.restart();
    await next.tally.connect();
    expect(next.tally.snapshot().account.phase).toBe('connected');
  }));

it('a sign-in behind a sign-out whose keychain does not answer says what it waits for, and is done once it does', () =>
  withAccounts(async (made) => {
    const key = await signedIn(made);
    const before = made.keychain.asked().length;
    made.keychain.hold();
    made.tally.run({ type: 'account.sign-out', key });
    await eventually(() => expect(made.keychain.asked()).toHaveLength(before + 1));
    made.web.goTo(await made.rig.practice.consent(await made.begin()));
    await made.until(({ signIn }) => signIn?.phase === 'finishing');
    await made.clock.advance(10_000);
    await made.until(({ signIn }) => signIn?.phase === 'finishing' && signIn.waitsFor === 'keychain');
    made.keychain.release();
    await made.until((now) => now.signIn === undefined && now.account.phase === 'connected');
    expect([...made.keychain.items.keys()]).toHaveLength(1);
  }));

it('a sign-in behind a sign-out that began while the keychain was asked for the next token says what it waits for', () =>
  withAccounts(async (made) => {
    const key = await signedIn(made);
    made.keychain.confirm(true);
    const next = made.restart();
    void next.tally.connect();
    await eventually(() => expect(next.keychain.questions()).toBe(1));
    next.tally.run({ type: 'account.sign-out', key });
    next.web.goTo(await next.rig.practice.consent(await next.begin()));
    await next.until(({ signIn }) => signIn?.phase === 'finishing');
    await next.clock.advance(10_000);
    await next.until(({ signIn }) => signIn?.phase === 'finishing' && signIn.waitsFor === 'keychain');
    next.keychain.unlock();
    await eventually(async () => {
      await next.clock.advance(1_000);
      expect(next.tally.snapshot().signIn).toBeUndefined();
    });
    await next.until(({ account }) => account.phase === 'connected');
    expect([...next.keychain.items.keys()]).toHaveLength(1);
  }));
