import { describe, expect, it } from 'vitest';
import type { AutomationAction } from '../../shared/automation.ts';
import type { Snapshot } from '../../shared/state.ts';
import type { SettableStatus } from '../../shared/zoom/presence.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { withPractice } from '../support/practice-client.ts';
import { minute, start } from '../support/presence-script.ts';
import { ready, sent, status, type TallyRig, tallyRig } from '../support/tally-rig.ts';

const hour = 60 * minute;

/** Each day an hour of work, which begins when the test does. */
function hourFromNow() {
  const now = new Date(start);
  const from = now.getHours() * 60 + now.getMinutes();
  return Array.from({ length: 7 }, () => [{ from, to: from + 60 }]);
}

const on: AutomationAction = { type: 'automation.hours', on: true, week: hourFromNow() };

/** Connected, with the rule of working hours on. */
async function begin({ tally, until }: TallyRig): Promise<void> {
  await tally.connect();
  await until(ready);
  tally.run(on);
  await until(({ automation }) => automation?.settings.hours.on === true);
}

/** Hours pass in a moment, as while the computer sleeps; Zoom, whose token lasts an hour, takes them for a minute. */
function withDays(use: (made: TallyRig) => Promise<void>): Promise<void> {
  const clock = createFakeClock(start);
  let zoomsNow = start;
  const jump = (ms: number) => {
    zoomsNow += ms > 30 * minute ? minute : ms;
    clock.jump(ms);
  };
  return withPractice({ now: () => zoomsNow }, (rig) => use(tallyRig(rig, { ...clock, jump })));
}

function pass({ tally, clock }: TallyRig, ms: number): void {
  clock.jump(ms);
  tally.wake();
}

const is = (wanted: SettableStatus) => (snapshot: Snapshot) =>
  status(snapshot) === wanted && !snapshot.presence.sending && !snapshot.presence.waiting;
const bodies = async (made: TallyRig) => (await sent(made)).map(({ body }) => body);
const newest = ({ automation }: Snapshot) => automation?.log[0]?.what;

describe('working hours', () => {
  it('set the status when they end, say why, and set it back when they begin', () =>
    withDays(async (made) => {
      await begin(made);
      expect(made.tally.snapshot().automation).toMatchObject({ facts: {}, log: [] });
      pass(made, hour);
      const { presence, automation } = await made.until(is('Away'));
      expect(presence.current).toMatchObject({ cause: 'rule', restoreTo: 'Available' });
      expect(automation?.acting).toEqual({
        rule: 'hours',
        status: 'Away',
        since: start + hour,
        until: start + 24 * hour,
      });
      pass(made, 23 * hour);
      await made.until(is('Available'));
      expect(await bodies(made)).toEqual([{ status: 'Away' }, { status: 'Available' }]);
      expect(made.tally.snapshot().automation?.log.map(({ what }) => what)).toEqual(['back', 'set']);
    }));

  it('set a do not disturb with its length, which ends with them', () =>
    withDays(async (made) => {
      await begin(made);
      made.tally.run({ type: 'automation.hours', status: 'Do_Not_Disturb' });
      pass(made, 23 * hour + 30 * minute);
      await made.until(is('Do_Not_Disturb'));
      pass(made, 30 * minute);
      await made.until(is('Available'));
      const [dnd, ...others] = await bodies(made);
      expect([dnd, others]).toEqual([{ status: 'Do_Not_Disturb', duration: 30 }, [{ status: 'Available' }]]);
    }));

  it('leave the person’s own choice alone, until the person goes back to automatic', () =>
    withDays(async (made) => {
      await begin(made);
      made.tally.run({ type: 'presence.set', status: 'Busy' });
      await made.until(is('Busy'));
      pass(made, 2 * hour);
      await made.until((snapshot) => newest(snapshot) === 'choice');
      made.tally.run({ type: 'automation.release' });
      await made.until(is('Away'));
      pass(made, 22 * hour);
      await made.until(is('Busy'));
      expect(await bodies(made)).toEqual([{ status: 'Busy' }, { status: 'Away' }, { status: 'Busy' }]);
    }));

  it('wait for a timer, and let what was there before it come back once they begin', () =>
    withDays(async (made) => {
      await begin(made);
      made.tally.run({ type: 'presence.set', status: 'Busy', minutes: 90 });
      await made.until(is('Busy'));
      pass(made, hour);
      await made.until((snapshot) => newest(snapshot) === 'timer');
      pass(made, 30 * minute);
      await made.until(is('Available'));
      pass(made, minute);
      await made.until(is('Away'));
      made.tally.run({ type: 'presence.set', status: 'Presenting', minutes: 5 });
      pass(made, minute);
      await made.until(is('Presenting'));
      pass(made, 23 * hour);
      await made.until(is('Available'));
      expect(await bodies(made)).toEqual(
        ['Busy', 'Available', 'Away', 'Presenting', 'Available'].map((one) => ({ status: one })),
      );
    }));

  it('ask Zoom first: what was set elsewhere is the person’s choice', () =>
    withDays(async (made) => {
      await begin(made);
      await made.rig.patch({ presence: 'Busy' });
      pass(made, hour);
      const { automation } = await made.until(({ automation: one }) => one?.obstacle !== undefined);
      expect(automation?.obstacle).toBe('choice');
      expect(automation?.log.map(({ what }) => what)).toEqual(['choice', 'elsewhere']);
      expect(await bodies(made)).toEqual([]);
    }));

  it('leave a meeting alone that Zoom tells of, and count once it is over', () =>
    withDays(async (made) => {
      await begin(made);
      await made.rig.patch({ presence: 'In_A_Zoom_Meeting' });
      pass(made, hour);
      await made.until((snapshot) => newest(snapshot) === 'zoom');
      await made.rig.patch({ presence: 'Available' });
      pass(made, minute);
      await made.until(is('Away'));
      expect(await bodies(made)).toEqual([{ status: 'Away' }]);
    }));

  it('are skipped, paused and resumed, and switched off with the former status back', () =>
    withDays(async (made) => {
      await begin(made);
      pass(made, hour);
      await made.until(is('Away'));
      pass(made, minute);
      made.tally.run({ type: 'automation.skip' });
      await made.until(is('Available'));
      pass(made, 24 * hour);
      await made.until(is('Away'));
      pass(made, minute);
      made.tally.run({ type: 'automation.pause', until: 'hour' });
      await made.until(is('Available'));
      pass(made, hour);
      await made.until(is('Away'));
      pass(made, minute);
      made.tally.run({ type: 'automation.hours', on: false });
      await made.until(is('Available'));
      expect((await bodies(made)).length).toBe(6);
    }));

  it.each<[string, (made: TallyRig) => void]>([
    [
      'by other hours',
      ({ tally }) => {
        const week = Array.from({ length: 7 }, () => [{ from: 0, to: 1440 }]);
        tally.run({ type: 'automation.hours', week });
      },
    ],
    ['while the computer sleeps', (made) => pass(made, 23 * hour)],
  ])('are not sent when they begin again %s, before Zoom’s minute is over', (_how, beginAgain) =>
    withDays(async (made) => {
      await begin(made);
      pass(made, hour - 30_000);
      made.tally.run({ type: 'presence.set', status: 'Busy' });
      await made.until(is('Busy'));
      made.tally.run({ type: 'automation.release' });
      pass(made, 31_000);
      await made.until(({ presence }) => presence.waiting?.change.cause === 'rule');
      beginAgain(made);
      await made.until(({ presence }) => presence.waiting === undefined);
      pass(made, 2 * minute);
      expect(newest(made.tally.snapshot())).toBe('dropped');
      expect(await bodies(made)).toEqual([{ status: 'Busy' }]);
    }),
  );

  it('go on after a restart, with the former status', () =>
    withDays(async (made) => {
      await begin(made);
      made.tally.run({ type: 'automation.hours', status: 'Out_of_Office' });
      pass(made, hour);
      await made.until(is('Out_of_Office'));
      const again = made.again();
      again.clock.jump(23 * hour);
      await again.tally.connect();
      const { automation } = await again.until(is('Available'));
      expect(automation?.log.map(({ what }) => what)).toEqual(['back', 'set']);
    }));

  it('try again later what Zoom has refused, and tell of it nowhere but in the log', () =>
    withDays(async (made) => {
      await begin(made);
      const fault = { kind: 'status', status: 400 } as const;
      await made.rig.fault(fault, { operationId: 'updatePresenceStatus' });
      pass(made, hour);
      const { presence } = await made.until((snapshot) => newest(snapshot) === 'refused');
      expect(presence.failed).toBeUndefined();
      pass(made, 59 * minute);
      expect(made.tally.snapshot().presence.sending).toBeUndefined();
      pass(made, minute);
      await made.until(is('Away'));
    }));
});

describe('the screen lock', () => {
  const lockOn: AutomationAction = { type: 'automation.lock', on: true };

  it('sets Away at once, and what was there before at unlock', () =>
    withDays(async (made) => {
      const { tally, attendance, until } = made;
      await tally.connect();
      await until(ready);
      tally.run(lockOn);
      await until(({ automation }) => automation?.settings.lock.on === true);
      tally.run({ type: 'presence.set', status: 'Busy' });
      await until(is('Busy'));
      tally.run({ type: 'automation.release' });
      pass(made, minute);
      attendance.lock(true);
      const { automation } = await until(is('Away'));
      expect(automation?.acting).toEqual({ rule: 'lock', status: 'Away', since: start + minute });
      attendance.lock(false);
      pass(made, minute);
      await until(is('Busy'));
      expect(await bodies(made)).toEqual([{ status: 'Busy' }, { status: 'Away' }, { status: 'Busy' }]);
    }));

  it.each(['before', 'after'] as const)(
    'brings back what was there before, though Tally was killed just %s Zoom took its status',
    (when) =>
      withDays(async (made) => {
        await made.tally.connect();
        await made.until(ready);
        made.tally.run(lockOn);
        await made.until(({ automation }) => automation?.settings.lock.on === true);
        await made.rig.fault({ kind: 'hold', when }, { operationId: 'updatePresenceStatus' });
        made.attendance.lock(true);
        await made.rig.control('GET', '/wait?path=/v2/users/me/presence_status&method=PUT');
        const again = made.again('killed');
        await again.tally.connect();
        const { presence } = await again.until(ready);
        expect(presence.current).toMatchObject(
          when === 'after'
            ? { status: 'Away', cause: 'rule', restoreTo: 'Available' }
            : { status: 'Available' },
        );
        pass(again, minute);
        await again.until(is('Available'));
        expect((await made.rig.state()).me.presence.status).toBe('Available');
      }),
  );

  it('comes after working hours, and what was there before both of them comes back', () =>
    withDays(async (made) => {
      await begin(made);
      made.tally.run(lockOn);
      made.tally.run({ type: 'automation.hours', status: 'Out_of_Office' });
      made.attendance.lock(true);
      await made.until(is('Away'));
      pass(made, hour);
      await made.until(is('Out_of_Office'));
      made.attendance.lock(false);
      pass(made, 23 * hour);
      await made.until(is('Available'));
      expect(await bodies(made)).toEqual(
        ['Away', 'Out_of_Office', 'Available'].map((one) => ({ status: one })),
      );
    }));

  it('is asked for only while the rule is on, and says where nothing tells', () =>
    withDays(async (made) => {
      await begin(made);
      made.attendance.lock(true);
      expect(made.tally.snapshot().automation).toMatchObject({ facts: {}, untold: [] });
      made.tally.run(lockOn);
      made.attendance.lock(undefined);
      expect(made.tally.snapshot().automation).toMatchObject({ facts: {}, untold: ['lock'] });
      made.tally.run({ type: 'automation.lock', on: false });
      made.attendance.lock(true);
      expect(made.tally.snapshot().automation).toMatchObject({ facts: {}, untold: [] });
    }));
});

describe('idle', () => {
  const idleOn: AutomationAction = { type: 'automation.idle', on: true, minutes: 5 };

  it('sets Away, says since when, and sets it back once somebody is here for two minutes', () =>
    withDays(async (made) => {
      const { tally, attendance, until } = made;
      await tally.connect();
      await until(ready);
      tally.run(idleOn);
      await until(({ automation }) => automation?.settings.idle.on === true);
      expect(attendance.idleAfter).toEqual([5 * minute]);
      attendance.idle(start - 5 * minute);
      const { automation } = await until(is('Away'));
      expect(automation?.acting).toEqual({ rule: 'idle', status: 'Away', since: start - 5 * minute });
      attendance.idle(null);
      expect(tally.snapshot().automation).toMatchObject({ facts: {}, acting: { rule: 'idle' } });
      pass(made, 90_000);
      attendance.idle(start + 80_000);
      attendance.idle(null);
      pass(made, 110_000);
      expect(status(tally.snapshot())).toBe('Away');
      pass(made, 10_000);
      await until(is('Available'));
      expect(await bodies(made)).toEqual([{ status: 'Away' }, { status: 'Available' }]);
    }));

  it('follows what is set while it is on, and is asked for no longer than it is', () =>
    withDays(async (made) => {
      await begin(made);
      const { tally, attendance } = made;
      tally.run(idleOn);
      tally.run({ type: 'automation.idle', minutes: 120, calm: 0 });
      expect(attendance.idleAfter).toEqual([120 * minute]);
      attendance.idle(undefined);
      expect(tally.snapshot().automation).toMatchObject({ facts: {}, untold: ['idle'] });
      attendance.idle(start - 120 * minute);
      await made.until(is('Away'));
      tally.run({ type: 'automation.idle', on: false });
      expect(attendance.idleAfter).toEqual([]);
      pass(made, minute);
      await made.until(is('Available'));
    }));
});

describe('do not disturb on the desktop', () => {
  const quietOn: AutomationAction = { type: 'automation.quiet', on: true };

  it('sets a do not disturb, with a length as Zoom wants it, for as long as it is on', () =>
    withDays(async (made) => {
      await begin(made);
      const { tally, attendance, until } = made;
      tally.run(quietOn);
      attendance.quiet(true);
      const { automation } = await until(is('Do_Not_Disturb'));
      expect(automation?.acting).toEqual({ rule: 'quiet', status: 'Do_Not_Disturb', since: start });
      attendance.quiet(false);
      pass(made, minute);
      await until(is('Available'));
      expect(await bodies(made)).toEqual([
        { status: 'Do_Not_Disturb', duration: 1440 },
        { status: 'Available' },
      ]);
    }));

  it('sets what was chosen instead, and is asked for only while the rule is on', () =>
    withDays(async (made) => {
      await begin(made);
      const { tally, attendance, until } = made;
      attendance.quiet(true);
      expect(tally.snapshot().automation).toMatchObject({ facts: {}, untold: [] });
      tally.run({ ...quietOn, status: 'Busy' });
      attendance.quiet(true);
      await until(is('Busy'));
      attendance.quiet(undefined);
      pass(made, minute);
      await until(is('Available'));
      expect(tally.snapshot().automation?.untold).toEqual(['quiet']);
    }));
});
