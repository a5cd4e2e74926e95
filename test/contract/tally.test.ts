import { describe, expect, it } from 'vitest';
import type { AccountSource } from '../../electron/core/ports.ts';
import { tallyError } from '../../shared/errors.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { type Rig, withPractice } from '../support/practice-client.ts';
import { minute, start } from '../support/presence-script.ts';
import { reply, startServer } from '../support/scripted-server.ts';
import { connectionTo, ready, status, tallyRig, withTally } from '../support/tally-rig.ts';
import { gate } from '../support/waiting.ts';

describe('connecting', () => {
  it('tells who is connected and what Zoom says the status is', () =>
    withTally(async ({ tally, rig, until }) => {
      expect(tally.snapshot()).toMatchObject({ version: 1, account: { phase: 'connecting' }, notices: [] });
      expect(status(tally.snapshot())).toBe('Unknown');
      await rig.patch({ presence: 'In_Calendar_Event' });
      const phases: string[] = [];
      tally.subscribe(({ account }) => phases.push(account.phase));
      await tally.connect();
      const snapshot = await until(ready);
      expect(snapshot.account).toEqual({
        phase: 'connected',
        key: 'given',
        practice: true,
        missing: [],
        id: rig.practice.userId,
        email: rig.practice.email,
        name: expect.stringMatching(/^\S+ \S+/),
      });
      expect(status(snapshot)).toBe('In_Calendar_Event');
      expect(phases[0]).toBe('connected');
    }));

  it('sends nothing before, and says so', () =>
    withTally(async ({ tally, rig }) => {
      for (const type of ['presence.keep', 'presence.cancel', 'presence.retry', 'presence.check'] as const) {
        expect(tally.run({ type })).toMatchObject({ ok: false, error: { kind: 'not-signed-in' } });
      }
      expect(tally.run({ type: 'presence.set', status: 'Away' }).ok).toBe(false);
      expect((await rig.state()).requests).toEqual([]);
    }));

  it('happens once, however often it is asked for', () =>
    withTally(async (made) => {
      const { tally, rig } = made;
      await Promise.all([tally.connect(), tally.connect(), tally.connect()]);
      tally.run({ type: 'account.reconnect' });
      await tally.connect();
      await made.until(ready);
      const asked = (await rig.state()).requests.filter(({ operationId }) => operationId === 'user');
      expect(asked).toHaveLength(1);
    }));

  it('that fails keeps the reason, and may be tried again', () =>
    withTally(
      async ({ tally, until }) => {
        await tally.connect();
        const { account } = tally.snapshot();
        expect(account).toMatchObject({ phase: 'failed', practice: true, error: { kind: 'keychain' } });
        const refused = tally.run({ type: 'presence.set', status: 'Away' });
        expect(refused).toMatchObject({ ok: false, error: { kind: 'keychain' } });
        expect(tally.run({ type: 'account.reconnect' }).ok).toBe(true);
        await until(({ account }) => account.phase === 'connected');
      },
      { failures: [tallyError('keychain', 'The keychain is locked.')] },
    ));

  it('is tried again after sleep', () =>
    withTally(
      async ({ tally, until }) => {
        await tally.connect();
        tally.wake();
        tally.wake();
        await until(({ account }) => account.phase === 'connected');
      },
      { failures: [tallyError('network', 'No way.')] },
    ));

  it('that Zoom wants no more of for a month is not tried before, and then at once', () =>
    withTally(
      async ({ tally, clock, until }) => {
        await tally.connect();
        await clock.advance(3_600_000);
        expect(tally.snapshot().account).toMatchObject({ phase: 'failed', error: { kind: 'zoom-down' } });
        clock.jump(30 * 86_400_000 - 3_600_000);
        await clock.advance(30_000);
        await until(({ account }) => account.phase === 'failed' && account.error.kind === 'keychain');
      },
      {
        failures: [
          tallyError('zoom-down', 'Zoom is down.', { retryAt: start + 30 * 86_400_000 }),
          tallyError('keychain', 'The keychain is locked.'),
        ],
      },
    ));

  it('that throws, or has no identity in it, is a failure like others', async () => {
    const server = await startServer(reply(200, { email: 'a@example.org' }));
    const noName: AccountSource = {
      practice: false,
      connect: async () => ({ ok: true, value: connectionTo(server.url) }),
    };
    const throws: AccountSource = {
      practice: false,
      connect: () => Promise.reject(new Error('/secret/path')),
    };
    for (const [account, kind] of [
      [noName, 'bad-answer'],
      [throws, 'internal'],
    ] as const) {
      await withTally(
        async ({ tally }) => {
          await tally.connect();
          expect(tally.snapshot().account).toMatchObject({
            phase: 'failed',
            practice: false,
            error: { kind },
          });
          expect(JSON.stringify(tally.snapshot())).not.toContain('secret');
        },
        { account },
      );
    }
    await server.close();
  });

  it('names a person by first and last name or address where there is no other', async () => {
    for (const [user, name] of [
      [{ display_name: 'Robin', first_name: 'R', last_name: 'D' }, 'Robin'],
      [{ first_name: 'R', last_name: 'D' }, 'R D'],
      [{ display_name: '', first_name: '', last_name: 'D' }, 'D'],
      [{}, 'a@example.org'],
    ] as const) {
      const server = await startServer(
        reply(200, { id: 'x', email: 'a@example.org', ...user }),
        reply(200, { status: 'Away' }),
      );
      const account: AccountSource = {
        practice: false,
        connect: async () => ({ ok: true, value: connectionTo(server.url) }),
      };
      await withTally(
        async ({ tally, until }) => {
          await tally.connect();
          expect(tally.snapshot().account).toMatchObject({ name });
          await until(ready);
        },
        { account },
      );
      await server.close();
    }
  });

  it('waits for the person where no account was chosen; the practice account is one action away', () =>
    withTally(
      async ({ tally, until }) => {
        await tally.connect();
        expect(tally.snapshot().account).toEqual({ phase: 'none' });
        tally.run({ type: 'account.reconnect' });
        expect(tally.snapshot().account).toEqual({ phase: 'none' });
        expect(tally.run({ type: 'account.practice' }).ok).toBe(true);
        const { account } = await until(ready);
        expect(account).toMatchObject({ phase: 'connected', practice: true });
      },
      { account: null },
    ));

  it('that is under way when the app stops starts nothing any more', async () => {
    const clock = createFakeClock(start);
    const { opened, open } = gate();
    await withPractice({ now: clock.now }, async (rig) => {
      const { apiUrl, accessToken } = rig.practice;
      const account: AccountSource = {
        practice: true,
        async connect() {
          await opened;
          return { ok: true, value: connectionTo(apiUrl, accessToken) };
        },
      };
      const { tally } = tallyRig(rig, clock, { account });
      const connecting = tally.connect();
      tally.stop();
      open();
      await connecting;
      expect(tally.snapshot().account.phase).not.toBe('connected');
      expect(clock.pending()).toEqual([]);
    });
  });
});

describe('looking and sleeping', () => {
  const asks = async (rig: Rig) =>
    (await rig.state()).requests.filter(({ operationId }) => operationId === 'userPresenceStatus').length;

  it('asks every five minutes when a window was there before the account was', () =>
    withTally(async (made) => {
      const { tally, clock, rig } = made;
      tally.watch(true);
      await tally.connect();
      await made.until(ready);
      expect(await asks(rig)).toBe(1);
      await clock.advance(5 * minute);
      await made.until(({ presence }) => presence.checkedAt === start + 5 * minute);
      expect(await asks(rig)).toBe(2);
      tally.watch(false);
      await clock.advance(9 * minute);
      expect(await asks(rig)).toBe(2);
    }));

  it('asks after sleep, once however often it is told of it', () =>
    withTally(async (made) => {
      const { tally, clock, rig } = made;
      await tally.connect();
      await made.until(ready);
      await rig.patch({ presence: 'Busy' });
      clock.jump(5 * minute);
      tally.wake();
      tally.wake();
      await made.until((snapshot) => status(snapshot) === 'Busy');
      expect(await asks(rig)).toBe(2);
    }));
});
