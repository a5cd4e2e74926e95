import { expect, it } from 'vitest';
import { minute } from '../support/presence-script.ts';
import { ready, sent, status, withTally } from '../support/tally-rig.ts';

it('a call sets the status before any other rule does, with the app that it is in, and sets it back', () =>
  withTally(async (made) => {
    const { tally, clock, attendance, until } = made;
    await tally.connect();
    await until(ready);
    tally.run({ type: 'automation.call', on: true });
    tally.run({ type: 'automation.lock', on: true });
    await until(({ automation }) => automation?.settings.lock.on === true);
    attendance.use([{ device: 'microphone', program: 'Firefox' }]);
    attendance.lock(true);
    const { automation } = await until(
      (snapshot) => status(snapshot) === 'Busy' && !snapshot.presence.sending,
    );
    expect(automation?.acting).toMatchObject({ rule: 'call', device: 'microphone', program: 'Firefox' });
    attendance.lock(false);
    attendance.use([]);
    await clock.advance(2 * minute);
    await until((snapshot) => status(snapshot) === 'Available' && !snapshot.presence.sending);
    tally.run({ type: 'automation.call', ignored: ['Firefox'], status: 'Do_Not_Disturb' });
    attendance.use([{ device: 'microphone', program: 'Firefox' }]);
    await clock.advance(2 * minute);
    attendance.use([{ device: 'camera' }]);
    await until((snapshot) => status(snapshot) === 'Do_Not_Disturb' && !snapshot.presence.sending);
    expect((await sent(made)).map(({ body }) => body)).toMatchObject(
      ['Busy', 'Available', 'Do_Not_Disturb'].map((one) => ({ status: one })),
    );
  }));
