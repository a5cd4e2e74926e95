import { expect, it } from 'vitest';
import type { RunProgram } from '../../electron/core/ports.ts';
import { ready, sent, status, type TallyRig, withTally } from '../support/tally-rig.ts';
import { eventually } from '../support/waiting.ts';

it('a command of the person’s is told of each status that Zoom has taken, and holds none up', () => {
  const told: (string | undefined)[][] = [];
  const runProgram: RunProgram = async ({ env }) => {
    told.push([env.TALLY_STATUS, env.TALLY_STATUS_CAUSE]);
    return { kind: 'exit', code: 1, said: 'no lamp' };
  };
  return withTally(
    async ({ tally, until }) => {
      await tally.connect();
      await until(ready);
      tally.run({ type: 'outwards.command', program: '/opt/lamp', args: [] });
      tally.run({ type: 'outwards.on', on: true });
      await until(({ outwards }) => outwards.failed !== undefined);
      tally.run({ type: 'presence.set', status: 'Away' });
      await until((snapshot) => status(snapshot) === 'Away');
      expect(told).toEqual([
        ['Available', 'zoom'],
        ['Away', 'you'],
      ]);
      expect(tally.snapshot().outwards).toMatchObject({ on: true, failed: { kind: 'exit', code: 1 } });
    },
    { runProgram },
  );
});

/** The desktop's do not disturb follows the status, and the status the desktop's. */
async function bothWays({ tally, until }: TallyRig): Promise<void> {
  await tally.connect();
  await until(ready);
  tally.run({ type: 'automation.quiet', on: true });
  await until(({ automation }) => automation?.settings.quiet.on === true);
  tally.run({ type: 'outwards.quiet', on: true });
}

it('the desktop’s do not disturb follows the status, and is not taken for the person’s by the rule', () =>
  withTally(async (made) => {
    const { tally, until, clock, attendance } = made;
    await bothWays(made);
    tally.run({ type: 'presence.set', status: 'Do_Not_Disturb', minutes: 20 });
    await until((snapshot) => status(snapshot) === 'Do_Not_Disturb');
    await eventually(() => expect(attendance.isQuiet()).toBe(true));
    expect(tally.snapshot().automation?.facts.quiet).toBeUndefined();
    await clock.advance(21 * 60_000);
    await until((snapshot) => status(snapshot) === 'Available');
    await eventually(() => expect(attendance.isQuiet()).toBe(false));
    await clock.advance(10 * 60_000);
    expect(status(tally.snapshot())).toBe('Available');
    expect(await sent(made)).toHaveLength(2);
  }));

it('the person’s own is the rule’s, and stays as it is', () =>
  withTally(async (made) => {
    const { tally, until, clock, attendance } = made;
    await bothWays(made);
    attendance.quiet(true);
    await clock.advance(60_000);
    await until((snapshot) => status(snapshot) === 'Do_Not_Disturb');
    attendance.quiet(false);
    await clock.advance(5 * 60_000);
    await until((snapshot) => status(snapshot) === 'Available');
    expect(attendance.isQuiet()).toBe(false);
    expect(tally.snapshot().outwards.quiet).toEqual({ on: true });
  }));

it('the desktop’s do not disturb is put back when the person signs out, and when Tally quits', () =>
  withTally(async (made) => {
    const { tally, until, attendance } = made;
    await bothWays(made);
    tally.run({ type: 'presence.set', status: 'Do_Not_Disturb', minutes: 20 });
    await until((snapshot) => status(snapshot) === 'Do_Not_Disturb');
    await eventually(() => expect(attendance.isQuiet()).toBe(true));
    await tally.stop();
    expect(attendance.isQuiet()).toBe(false);
    const next = made.again();
    await next.tally.connect();
    await eventually(() => expect(next.attendance.isQuiet()).toBe(true));
    const { account } = next.tally.snapshot();
    if (!('key' in account)) throw new Error('Nobody is connected.');
    next.tally.run({ type: 'account.sign-out', key: account.key });
    await eventually(() => expect(next.attendance.isQuiet()).toBe(false));
  }));
