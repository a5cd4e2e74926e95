import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { PresenceState } from '../../electron/core/presence/reducer.ts';
import { atPractice, available, presenceRig, settled, updates } from '../support/presence-rig.ts';
import { change, minute, start } from '../support/presence-script.ts';
import { hangUp, reply, startRawServer, startServer } from '../support/scripted-server.ts';

describe('sending', () => {
  it('puts the status alone, and the length of do not disturb in minutes', () =>
    atPractice(async (rig, { service, clock, until }) => {
      service.dispatch({ type: 'choose', change: change('Away', 15) });
      expect(service.view().sending).toEqual(change('Away', 15));
      expect(await until(settled)).toMatchObject({ current: { status: 'Away', restoreTo: 'Available' } });
      await clock.advance(minute);
      service.dispatch({ type: 'choose', change: change('Do_Not_Disturb', 90) });
      await until((view) => view.current.status === 'Do_Not_Disturb');
      expect((await updates(rig)).map(({ body, status }) => ({ body, status }))).toEqual([
        { body: { status: 'Away' }, status: 204 },
        { body: { status: 'Do_Not_Disturb', duration: 90 }, status: 204 },
      ]);
      const { presence } = (await rig.state()).me;
      expect(presence).toMatchObject({ status: 'Do_Not_Disturb', endsAt: start + 91 * minute });
      expect(service.view().current.until).toBe(presence.endsAt);
    }));

  it('queues within the minute and sends the newest when it is over; Zoom never has to refuse', () =>
    atPractice(async (rig, { service, clock, until }) => {
      service.dispatch({ type: 'choose', change: change('Away') });
      await until((view) => view.current.status === 'Away');
      for (const status of ['Busy', 'Presenting', 'On_A_Call'] as const) {
        await clock.advance(1_000);
        service.dispatch({ type: 'choose', change: change(status) });
      }
      await clock.advance(minute - 3_001);
      expect(service.view()).toMatchObject({
        waiting: { change: change('On_A_Call'), dueAt: start + minute },
      });
      await clock.advance(1);
      await until((view) => view.current.status === 'On_A_Call');
      expect((await updates(rig)).map(({ body, status }) => [body, status])).toEqual([
        [{ status: 'Away' }, 204],
        [{ status: 'On_A_Call' }, 204],
      ]);
    }));

  it('waits when another app has used the minute', () =>
    atPractice(async (rig, { service, clock, until }) => {
      const other = await rig.call('updatePresenceStatus', { body: { status: 'Busy' } });
      expect(other.status).toBe(204);
      await clock.advance(20_000);
      service.dispatch({ type: 'choose', change: change('Away') });
      const { waiting, failed } = await until((view) => view.waiting !== undefined);
      expect(waiting).toMatchObject({ change: change('Away'), why: 'minute-limit' });
      expect(failed).toBeUndefined();
      await clock.advance(minute);
      await until((view) => view.current.status === 'Away');
    }));

  it.each([false, true])(
    'sends no second change within the minute that Zoom refused (type: %s)',
    (minuteTyped) =>
      atPractice(async (rig, { service, clock, until }) => {
        await rig.patch({ minuteTyped });
        clock.skipWaits(10_000);
        expect((await rig.call('updatePresenceStatus', { body: { status: 'Busy' } })).status).toBe(204);
        service.dispatch({ type: 'choose', change: change('Away') });
        const { waiting } = await until((view) => view.waiting !== undefined);
        expect(waiting).toMatchObject({ why: 'minute-limit', dueAt: clock.now() + minute });
        service.dispatch({ type: 'choose', change: change('Presenting') });
        await clock.advance(minute - 1);
        expect((await updates(rig)).map(({ status }) => status)).toEqual([204, 429]);
        await clock.advance(1);
        await until((view) => view.current.status === 'Presenting');
        expect((await updates(rig)).map(({ status }) => status)).toEqual([204, 429, 204]);
      }),
  );

  it('keeps the confirmed status and tells why when no Zoom app is signed in', () =>
    atPractice(async (rig, { service, until }) => {
      await rig.patch({ loggedIn: false });
      service.dispatch({ type: 'choose', change: change('Away') });
      const { current, failed } = await until((view) => view.failed !== undefined);
      expect(current.status).toBe('Available');
      expect(failed).toMatchObject({ change: change('Away'), error: { kind: 'not-in-zoom-client' } });
      await rig.patch({ loggedIn: true });
      service.dispatch({ type: 'retry' });
      await until((view) => view.current.status === 'Away');
    }));

  const field = (name: string) => ({
    code: 300,
    message: 'Validation Failed.',
    errors: [{ field: name, message: 'Invalid field.' }],
  });

  it.each<[string, number, object, boolean]>([
    ['the length', 19, field('duration'), true],
    ['nothing', 19, { code: 300, message: 'Validation Failed.' }, true],
    ['the length in a sentence', 19, { code: 1, message: 'Duration must be at least 20 minutes.' }, true],
    ['another field', 19, field('status'), false],
    ['another reason', 19, { code: 1, message: 'Not today.' }, false],
    ['the length, which was long enough', 20, field('duration'), false],
  ])('puts a refusal that names %s to a length of %d in its words', async (_, minutes, body, isLength) => {
    const server = await startServer(reply(400, body));
    const { service, until } = presenceRig(server.url);
    service.dispatch({ type: 'choose', change: change('Do_Not_Disturb', minutes) });
    const { failed } = await until((view) => view.failed !== undefined);
    expect(failed?.error.what === 'Zoom didn’t take so short a “Do not disturb”.').toBe(isLength);
    expect(failed?.error.why === 'Some Zoom accounts take 20 minutes or longer only.').toBe(isLength);
  });

  it('ends a timer by sending the former status', () =>
    atPractice(async (rig, { service, clock, until }) => {
      service.dispatch({ type: 'choose', change: change('Do_Not_Disturb', 20) });
      await until((view) => view.current.status === 'Do_Not_Disturb');
      await clock.advance(20 * minute);
      const { current } = await until((view) => view.current.cause === 'restored');
      expect(current).toMatchObject({ status: 'Available' });
      expect((await updates(rig)).at(-1)?.body).toEqual({ status: 'Available' });
    }));

  const states = (saved: readonly PresenceState[]) =>
    saved.map(({ current, sending }) => [current.status, sending?.status]);

  it('saves a status alone once it was sent, with the answer where that comes soon', () =>
    atPractice(async (_rig, { service, saved, until }) => {
      service.dispatch({ type: 'choose', change: change('Away') });
      expect(saved).toEqual([]);
      await until((view) => view.current.status === 'Away');
      expect(states(saved)).toEqual([['Away', undefined]]);
    }));

  it('saves a status alone soon when the answer does not come, and at once when it is stopped', async () => {
    const server = await startServer();
    const { service, saved, clock } = presenceRig(server.url);
    service.dispatch({ type: 'choose', change: change('Away') });
    await clock.advance(20);
    expect(states(saved)).toEqual([['Available', 'Away']]);
    const second = presenceRig(server.url);
    second.service.dispatch({ type: 'choose', change: change('Away') });
    second.service.stop();
    expect(states(second.saved)).toEqual([['Available', 'Away']]);
  });

  it('saves a change with which a timer begins or ends before it is sent', () => {
    const timed = { ...available, current: { ...available.current, until: start + minute } };
    const begins = presenceRig('http://127.0.0.1:9');
    begins.service.dispatch({ type: 'choose', change: { ...change('Away'), lastsMs: 15 * minute } });
    const ends = presenceRig('http://127.0.0.1:9', { initial: timed });
    ends.service.dispatch({ type: 'choose', change: change('Away') });
    for (const { saved } of [begins, ends]) expect(states(saved)).toEqual([['Available', 'Away']]);
  });

  it('tries again when Zoom cannot be reached, and sends what is chosen then', async () => {
    const server = await startServer(hangUp, hangUp, hangUp, reply(204));
    const { service, clock, until } = presenceRig(server.url);
    clock.skipWaits(2_000);
    service.dispatch({ type: 'choose', change: change('Away') });
    const { waiting, current } = await until((view) => view.waiting !== undefined);
    expect(waiting).toMatchObject({ why: 'offline', change: change('Away') });
    expect(current.status).toBe('Available');
    await clock.advance(5_000);
    await until((view) => view.current.status === 'Away');
  });
});

describe('time', () => {
  it('compares deadlines again every half a minute, so that a clock put forward is noticed', () =>
    atPractice(async (_rig, { service, clock, until }) => {
      service.dispatch({ type: 'choose', change: change('Do_Not_Disturb', 40) });
      await until((view) => view.current.status === 'Do_Not_Disturb');
      expect(Math.max(...clock.pending())).toBeLessThanOrEqual(30_000);
      clock.jump(45 * minute);
      await clock.advance(30_000);
      expect(await until((view) => view.current.cause === 'restored')).toMatchObject({
        current: { status: 'Available' },
      });
    }));

  it('after sleep ends what is over and asks Zoom', () =>
    atPractice(async (rig, { service, clock, until }) => {
      service.dispatch({ type: 'choose', change: change('Do_Not_Disturb', 20) });
      await until((view) => view.current.status === 'Do_Not_Disturb');
      clock.jump(45 * minute);
      service.wake();
      service.wake();
      await until((view) => view.current.cause === 'restored');
      await service.check();
      expect((await updates(rig)).map(({ body }) => body)).toEqual([
        { status: 'Do_Not_Disturb', duration: 20 },
        { status: 'Available' },
      ]);
    }));

  it('takes up a timer that ended while the program was away', () => {
    const current = { status: 'Presenting', since: start - 20 * minute, cause: 'you' } as const;
    const initial = { current: { ...current, until: start - 5 * minute, restoreTo: 'Busy' as const } };
    return atPractice(async (rig, { clock, until }) => {
      await clock.advance(0);
      await until((view) => view.current.status === 'Busy');
      expect((await rig.state()).me.presence.status).toBe('Busy');
    }, initial);
  });
});

describe('stopping', () => {
  it('aborts what is on the wire and changes nothing more', async () => {
    const server = await startRawServer(() => {});
    const { service, clock, views } = presenceRig(server.url);
    service.dispatch({ type: 'choose', change: change('Away') });
    const checked = service.check();
    await server.received(2);
    const shown = views.length;
    const closed = server.connections.map((socket) => once(socket, 'close'));
    service.stop();
    await Promise.all(closed);
    expect(await checked).toMatchObject({ kind: 'cancelled' });
    service.dispatch({ type: 'choose', change: change('Busy') });
    await clock.advance(60 * minute);
    expect(views).toHaveLength(shown);
    expect(server.connections).toHaveLength(2);
    expect(clock.pending()).toEqual([]);
  });
});
