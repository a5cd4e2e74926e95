import { expect, test } from 'vitest';
import type { AccountSource, LoginItem } from '../../electron/core/ports.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { type Rig, withPractice } from '../support/practice-client.ts';
import { connectionTo, type TallyRig, tallyRig } from '../support/tally-rig.ts';

/** A system's list of what starts at login; others may change it. */
function fakeSystem(takes = true): LoginItem & { on: boolean } {
  const system = {
    on: false,
    isOn: () => system.on,
    set(on: boolean) {
      if (takes) system.on = on;
      return takes;
    },
  };
  return system;
}

const account = ({ practice: { apiUrl, accessToken } }: Rig, practice: boolean): AccountSource => ({
  practice,
  connect: async () => ({ ok: true, value: connectionTo(apiUrl, accessToken) }),
});

const questions = ({ tally }: TallyRig) =>
  tally.snapshot().notices.filter(({ id }) => id === 'start-at-login').length;

async function connected(rig: Rig, loginItem: LoginItem, practice = false): Promise<TallyRig> {
  const app = tallyRig(rig, createFakeClock(), { loginItem, account: account(rig, practice) });
  void app.tally.connect();
  await app.until((snapshot) => snapshot.account.phase === 'connected');
  return app;
}

test('it is asked once, when the first account of one’s own is connected, and not again after the answer', () =>
  withPractice({}, async (rig) => {
    const system = fakeSystem();
    const app = await connected(rig, system);
    expect(questions(app)).toBe(1);
    app.tally.run({ type: 'login.set', on: true });
    expect([system.on, questions(app), app.tally.snapshot().startsAtLogin]).toEqual([true, 0, true]);
    app.tally.run({ type: 'login.set', on: false });
    const next = app.again();
    void next.tally.connect();
    await next.until((snapshot) => snapshot.account.phase === 'connected');
    expect([system.on, questions(next)]).toEqual([false, 0]);
  }));

test('whoever puts the question aside is not asked again, and a practice account asks nothing', () =>
  withPractice({}, async (rig) => {
    const practice = await connected(rig, fakeSystem(), true);
    expect(questions(practice)).toBe(0);
    const app = await connected(rig, fakeSystem());
    app.tally.run({ type: 'notice.dismiss', id: 'start-at-login' });
    expect(questions(app)).toBe(0);
    const next = app.again();
    void next.tally.connect();
    await next.until((snapshot) => snapshot.account.phase === 'connected');
    expect(questions(next)).toBe(0);
  }));

test('what the person changes in the system is seen when the window is opened', () =>
  withPractice({}, async (rig) => {
    const system = fakeSystem();
    const { tally } = tallyRig(rig, createFakeClock(), { loginItem: system });
    system.on = true;
    expect(tally.snapshot().startsAtLogin).toBe(false);
    tally.watch(true);
    expect(tally.snapshot().startsAtLogin).toBe(true);
  }));

test('a system that does not take it is told of, and the switch stays as the system has it', () =>
  withPractice({}, async (rig) => {
    const { tally } = tallyRig(rig, createFakeClock(), { loginItem: fakeSystem(false) });
    tally.run({ type: 'login.set', on: true });
    expect(tally.snapshot().startsAtLogin).toBe(false);
    expect(tally.snapshot().notices.map(({ id }) => id)).toEqual(['login-not-set']);
  }));

test('a Tally that is not installed says nothing of it', () =>
  withPractice({}, async (rig) => {
    const { tally } = tallyRig(rig, createFakeClock());
    expect(tally.snapshot()).not.toHaveProperty('startsAtLogin');
  }));
