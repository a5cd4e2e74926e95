import { describe, expect, it } from 'vitest';
import { createPresenceRunner } from '../../../../electron/core/presence/runner.ts';
import type { ZoomClient } from '../../../../electron/core/zoom/client.ts';
import { createFakeAttendance, type FakeAttendance } from '../../../support/fake-attendance.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { minute } from '../../../support/presence-script.ts';

const hour = 60 * minute;
/** Calls of the kind that GET presence_status is which a free account has a day. */
const freeCalls = 2_000;

/** A status that Zoom tells whenever it is asked; `asked` has when, in ms from the start. */
function begun(state: FakeAttendance['state'] = 'here') {
  const clock = createFakeClock();
  const began = clock.now();
  const attendance = createFakeAttendance();
  attendance.state = state;
  const asked: number[] = [];
  const call = async () => {
    asked.push(clock.now() - began);
    return { ok: true, status: 200, data: { status: 'Available' } };
  };
  const zoom = { call } as unknown as Pick<ZoomClient, 'call'>;
  const initial = { current: { status: 'Unknown', since: began, cause: 'zoom' } } as const;
  const runner = createPresenceRunner({ clock, attendance, zoom, initial, save() {}, changed() {} });
  runner.wake();
  return { clock, attendance, asked, runner };
}

describe('a day', () => {
  it('of a shown window costs at most a quarter of what a free account has', async () => {
    const { clock, asked, runner } = begun();
    runner.watch(true);
    await clock.advance(24 * hour - 1);
    expect(asked).toHaveLength(288);
    expect(asked.length).toBeLessThanOrEqual(freeCalls / 4);
  });

  it('of the tray alone, with somebody before it, costs half of that', async () => {
    const { clock, asked } = begun();
    await clock.advance(24 * hour - 1);
    expect(asked).toHaveLength(144);
  });

  it('at work costs nothing for the night, and nearly no looks', async () => {
    const { clock, attendance, asked } = begun();
    await clock.advance(8 * hour);
    const byDay = asked.length;
    attendance.state = 'locked';
    attendance.looks = 0;
    await clock.advance(16 * hour);
    expect(asked).toHaveLength(byDay);
    expect(attendance.looks).toBeLessThanOrEqual(16 * 60);
  });
});

describe('while nobody looks', () => {
  it.each(['locked', 'idle'] as const)(
    '(%s) Zoom is not asked; once, when somebody is back',
    async (state) => {
      const { clock, attendance, asked } = begun();
      attendance.state = state;
      await clock.advance(3 * hour);
      expect(asked).toEqual([0]);
      attendance.state = 'here';
      await clock.advance(minute);
      expect(asked).toEqual([0, expect.any(Number)]);
      const back = asked[1] ?? 0;
      await clock.advance(9 * minute);
      expect(asked).toHaveLength(2);
      await clock.advance(minute);
      expect(asked).toEqual([0, back, back + 10 * minute]);
      expect(attendance.listening.size).toBe(0);
    },
  );

  it('a start behind a locked screen asks once, so that the tray never waits for somebody', async () => {
    const { clock, asked } = begun('locked');
    await clock.advance(3 * hour);
    expect(asked).toEqual([0]);
  });

  it('an unlocked screen is news at once', async () => {
    const { clock, attendance, asked } = begun();
    attendance.state = 'locked';
    await clock.advance(hour + 20_000);
    attendance.unlock();
    await clock.advance(0);
    expect(asked).toEqual([0, hour + 20_000]);
    expect(attendance.listening.size).toBe(0);
  });

  it('one who is back within a minute of the last question is shown that answer', async () => {
    const { clock, attendance, asked, runner } = begun();
    await clock.advance(10 * minute);
    expect(asked).toHaveLength(2);
    attendance.state = 'locked';
    runner.wake();
    await clock.advance(30_000);
    attendance.unlock();
    await clock.advance(0);
    expect(asked).toHaveLength(2);
    await clock.advance(10 * minute);
    expect(asked).toHaveLength(3);
  });

  it('a computer that woke behind a locked screen asks nothing; without one it asks, though nothing was typed', async () => {
    const { clock, attendance, asked, runner } = begun();
    attendance.state = 'locked';
    await clock.advance(hour);
    runner.wake();
    await clock.advance(hour);
    expect(asked).toHaveLength(1);
    attendance.state = 'idle';
    runner.wake();
    await clock.advance(0);
    expect(asked).toHaveLength(2);
  });

  it('a window that is shown asks all the same', async () => {
    const { clock, attendance, asked, runner } = begun();
    attendance.state = 'locked';
    await clock.advance(hour);
    runner.watch(true);
    await clock.advance(5 * minute);
    expect(asked).toEqual([0, hour, hour + 5 * minute]);
    expect(attendance.listening.size).toBe(0);
  });

  it('nothing is left of the waiting when it is stopped, nor after a question by hand', async () => {
    const { clock, attendance, asked, runner } = begun();
    attendance.state = 'locked';
    await clock.advance(hour);
    await runner.check();
    expect(asked).toHaveLength(2);
    expect(attendance.listening.size).toBe(0);
    await clock.advance(hour);
    expect(asked).toHaveLength(2);
    runner.stop();
    expect(attendance.listening.size).toBe(0);
    expect(clock.pending()).toEqual([]);
  });
});
