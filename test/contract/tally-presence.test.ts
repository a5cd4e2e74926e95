import { describe, expect, it } from 'vitest';
import { minute, start } from '../support/presence-script.ts';
import { ready, sent, status, type TallyRig, withTally } from '../support/tally-rig.ts';

describe('setting the presence', () => {
  const connected = async (made: TallyRig) => {
    await made.tally.connect();
    await made.until(ready);
  };

  it('goes to Zoom and comes back in the snapshot', () =>
    withTally(async (made) => {
      await connected(made);
      expect(made.tally.run({ type: 'presence.set', status: 'Away' })).toEqual({ ok: true, value: null });
      expect(made.tally.snapshot().presence.sending).toMatchObject({ status: 'Away' });
      await made.until((snapshot) => status(snapshot) === 'Away');
      expect((await sent(made)).map(({ body }) => body)).toEqual([{ status: 'Away' }]);
    }));

  it('to do not disturb takes the usual length unless one is given', () =>
    withTally(async (made) => {
      await connected(made);
      made.tally.run({ type: 'preferences.set', patch: { dndMinutes: 35 } });
      made.tally.run({ type: 'presence.set', status: 'Do_Not_Disturb' });
      const { presence } = await made.until((snapshot) => status(snapshot) === 'Do_Not_Disturb');
      expect(presence.current).toMatchObject({ until: start + 35 * minute, restoreTo: 'Available' });
      await made.clock.advance(minute);
      made.tally.run({ type: 'presence.set', status: 'Do_Not_Disturb', minutes: 20 });
      await made.until((snapshot) => snapshot.presence.current.until === start + 21 * minute);
      expect((await sent(made)).map(({ body }) => body)).toEqual([
        { status: 'Do_Not_Disturb', duration: 35 },
        { status: 'Do_Not_Disturb', duration: 20 },
      ]);
    }));

  it('for a time is remembered over a restart, as presets are; what was refused is not', () =>
    withTally(async (made) => {
      await connected(made);
      const lunch = { name: 'Lunch', status: 'Away', time: '45' } as const;
      made.tally.run({ type: 'presets.save', ...lunch });
      expect(made.tally.run({ type: 'presets.save', ...lunch })).toMatchObject({ ok: false });
      made.tally.run({ type: 'presence.set', status: 'Busy', minutes: 30 });
      made.tally.run({ type: 'presence.set', status: 'Do_Not_Disturb', until: start + 25 * 60 * minute });
      const presets = { list: [lunch], recent: [{ status: 'Busy', time: '30' }] };
      expect(made.tally.snapshot().presets).toEqual(presets);
      expect(made.again().tally.snapshot().presets).toEqual(presets);
    }));

  it('may be for a minute, which Zoom times for do not disturb and Tally for the others', () =>
    withTally(async (made) => {
      await connected(made);
      for (const [index, wanted] of (['Do_Not_Disturb', 'Presenting'] as const).entries()) {
        expect(made.tally.run({ type: 'presence.set', status: wanted, minutes: 1 }).ok).toBe(true);
        const { presence } = await made.until((snapshot) => status(snapshot) === wanted);
        expect(presence.current.until).toBe(start + (index * 2 + 1) * minute);
        await made.clock.advance(minute);
        await made.until(
          ({ presence }) => presence.waiting === undefined && presence.current.cause === 'restored',
        );
        await made.clock.advance(minute);
      }
      expect((await sent(made)).map(({ body }) => body)).toEqual([
        { status: 'Do_Not_Disturb', duration: 1 },
        { status: 'Available' },
        { status: 'Presenting' },
        { status: 'Available' },
      ]);
    }));

  it('to a short do not disturb tells of the older rule where the account holds to it', () =>
    withTally(async (made) => {
      await connected(made);
      await made.rig.patch({ shortDndAllowed: false });
      made.tally.run({ type: 'presence.set', status: 'Do_Not_Disturb', minutes: 19 });
      const { presence } = await made.until((snapshot) => snapshot.presence.failed !== undefined);
      expect(presence.failed?.error).toMatchObject({
        kind: 'invalid-input',
        what: 'Zoom didn’t take so short a “Do not disturb”.',
        why: 'Some Zoom accounts take 20 minutes or longer only.',
        action: 'check-input',
        zoom: { code: 300, fields: [{ field: 'duration' }] },
      });
      made.tally.run({ type: 'presence.set', status: 'Do_Not_Disturb', minutes: 20 });
      await made.until((snapshot) => status(snapshot) === 'Do_Not_Disturb');
    }));

  it('until the morning ends at the preferred hour', () =>
    withTally(async (made) => {
      await connected(made);
      const { clock, tally } = made;
      const hour = new Date(clock.now() + 10 * 60 * minute).getHours();
      tally.run({ type: 'preferences.set', patch: { morningHour: hour } });
      tally.run({ type: 'presence.set', status: 'Do_Not_Disturb', until: 'morning' });
      const { presence } = await made.until((snapshot) => status(snapshot) === 'Do_Not_Disturb');
      const until = new Date(presence.current.until ?? 0);
      expect([until.getHours(), until.getMinutes()]).toEqual([hour, 0]);
      expect((await sent(made))[0]?.body).toEqual({
        status: 'Do_Not_Disturb',
        duration: (until.getTime() - start) / minute,
      });
    }));

  it('twice in a minute waits, and can be cancelled, kept, retried and put away', () =>
    withTally(async (made) => {
      await connected(made);
      const { tally, clock, rig } = made;
      tally.run({ type: 'presence.set', status: 'Away' });
      await made.until((snapshot) => status(snapshot) === 'Away');
      tally.run({ type: 'presence.set', status: 'Busy' });
      expect(tally.snapshot().presence.waiting).toMatchObject({ dueAt: start + minute });
      expect(tally.run({ type: 'presence.cancel' }).ok).toBe(true);
      expect(tally.snapshot().presence.waiting).toBeUndefined();
      tally.run({ type: 'presence.set', status: 'Away', minutes: 30 });
      expect(tally.snapshot().presence.current).toMatchObject({ until: start + 30 * minute });
      tally.run({ type: 'presence.keep' });
      expect(tally.snapshot().presence.current.until).toBeUndefined();
      await rig.patch({ loggedIn: false });
      await clock.advance(minute);
      tally.run({ type: 'presence.set', status: 'Busy' });
      await made.until(({ presence }) => presence.failed !== undefined);
      tally.run({ type: 'presence.retry' });
      expect(tally.snapshot().presence).toMatchObject({ sending: { status: 'Busy' } });
      await made.until(({ presence }) => presence.failed !== undefined);
      tally.run({ type: 'presence.dismiss' });
      expect(tally.snapshot().presence.failed).toBeUndefined();
      tally.run({ type: 'presence.check' });
      await made.until((snapshot) => status(snapshot) === 'Offline');
    }));

  it('is not cancelled, retried or put away by a click that meant another one', () =>
    withTally(async (made) => {
      await connected(made);
      const { tally, rig } = made;
      tally.run({ type: 'presence.set', status: 'Away' });
      await made.until((snapshot) => status(snapshot) === 'Away');
      tally.run({ type: 'presence.set', status: 'Busy' });
      tally.run({ type: 'presence.cancel', status: 'Presenting' });
      expect(tally.snapshot().presence.waiting?.change.status).toBe('Busy');
      tally.run({ type: 'presence.cancel', status: 'Busy' });
      expect(tally.snapshot().presence.waiting).toBeUndefined();
      await rig.patch({ loggedIn: false });
      await made.clock.advance(minute);
      tally.run({ type: 'presence.set', status: 'Busy' });
      await made.until(({ presence }) => presence.failed !== undefined);
      for (const type of ['presence.retry', 'presence.dismiss'] as const) tally.run({ type, status: 'Away' });
      expect(tally.snapshot().presence).toMatchObject({ failed: { change: { status: 'Busy' } } });
      expect(tally.snapshot().presence.sending).toBeUndefined();
      tally.run({ type: 'presence.retry', status: 'Busy' });
      expect(tally.snapshot().presence).toMatchObject({ sending: { status: 'Busy' } });
    }));

  it('for a while survives a restart, and ends at its time', () =>
    withTally(async (first) => {
      await connected(first);
      first.tally.run({ type: 'presence.set', status: 'Presenting', minutes: 30 });
      await first.until((snapshot) => status(snapshot) === 'Presenting');
      await first.clock.advance(20 * minute);
      const second = first.again();
      await connected(second);
      expect(second.tally.snapshot().presence.current).toMatchObject({
        status: 'Presenting',
        until: start + 30 * minute,
        restoreTo: 'Available',
      });
      await second.clock.advance(10 * minute - 1);
      expect(await sent(second)).toHaveLength(1);
      await second.clock.advance(1);
      await second.until((snapshot) => snapshot.presence.current.cause === 'restored');
      expect((await sent(second)).map(({ body }) => body)).toEqual([
        { status: 'Presenting' },
        { status: 'Available' },
      ]);
    }));

  it('that waited when the app ended is sent by the next start, and not before its minute', () =>
    withTally(async (first) => {
      await connected(first);
      first.tally.run({ type: 'presence.set', status: 'Away' });
      await first.until((snapshot) => status(snapshot) === 'Away');
      first.tally.run({ type: 'presence.set', status: 'Busy' });
      await first.clock.advance(5_000);
      const second = first.again();
      await connected(second);
      expect(second.tally.snapshot().presence.waiting).toMatchObject({ dueAt: start + minute });
      await second.clock.advance(minute);
      await second.until((snapshot) => status(snapshot) === 'Busy');
      expect((await sent(second)).map(({ status }) => status)).toEqual([204, 204]);
    }));
});
