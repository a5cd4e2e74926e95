import { describe, expect, it } from 'vitest';
import { atPractice, available, presenceRig } from '../support/presence-rig.ts';
import { change, minute, start } from '../support/presence-script.ts';
import { reply, startServer } from '../support/scripted-server.ts';

describe('asking Zoom', () => {
  it('shows what Zoom says, in its own words or those of the status', () =>
    atPractice(async (rig, { service }) => {
      for (const words of ['get', 'put']) {
        await rig.patch({ presenceWords: words, presence: 'Busy' });
        await service.check();
        await rig.patch({ presence: 'In_A_Zoom_Meeting' });
        expect(await service.check()).toBeUndefined();
        expect(service.view().current).toMatchObject({ status: 'In_A_Zoom_Meeting', cause: 'zoom' });
      }
      await rig.patch({ presence: { status: 'Do_Not_Disturb', minutes: 45 } });
      await service.check();
      expect(service.view().current).toMatchObject({ status: 'Do_Not_Disturb', until: start + 45 * minute });
      await rig.patch({ loggedIn: false });
      await service.check();
      expect(service.view().current.status).toBe('Offline');
    }));

  it('asks every five minutes while watched and every ten minutes otherwise', async () => {
    const server = await startServer(reply(200, { status: 'Available' }));
    const { service, clock, until } = presenceRig(server.url);
    const asked = async (count: number) => {
      await server.received(count);
      await until((view) => view.checkedAt === clock.now());
      expect(server.seen).toHaveLength(count);
    };
    service.wake();
    await asked(1);
    await clock.advance(10 * minute - 1);
    expect(server.seen).toHaveLength(1);
    await clock.advance(1);
    await asked(2);
    await clock.advance(3 * minute);
    // Somebody looks at something older than a minute.
    service.watch(true);
    await asked(3);
    for (const count of [4, 5]) {
      await clock.advance(5 * minute - 1);
      expect(server.seen).toHaveLength(count - 1);
      await clock.advance(1);
      await asked(count);
    }
    service.watch(false);
    await clock.advance(9 * minute);
    expect(server.seen).toHaveLength(5);
    await clock.advance(minute);
    await asked(6);
    expect(
      server.seen.every(({ method, url }) => method === 'GET' && url.endsWith('/users/me/presence_status')),
    ).toBe(true);
  });

  it('does not ask again what it may not know, until it is told to', () =>
    atPractice(async (rig, { service, clock }) => {
      await rig.patch({ scopes: ['user:update:presence_status'] });
      service.watch(true);
      expect(await service.check()).toMatchObject({ kind: 'missing-scope' });
      const asks = async () =>
        (await rig.state()).requests.filter(({ operationId }) => operationId === 'userPresenceStatus').length;
      expect(await asks()).toBe(1);
      await clock.advance(30 * minute);
      service.wake();
      service.watch(false);
      service.watch(true);
      expect(clock.pending()).toEqual([]);
      expect(await asks()).toBe(1);
      await rig.patch({ scopes: ['user:update:presence_status', 'user:read:presence_status'] });
      expect(await service.check()).toBeUndefined();
      expect(await asks()).toBe(2);
      // The scope was added: from now on it is asked as usual.
      expect(clock.pending()).toEqual([5 * minute]);
    }));

  it.each<[string, object, number]>([
    ['both', { end_time: new Date(start + 3 * minute).toISOString(), remaining_time: 180 }, 3 * minute],
    ['the seconds left alone', { remaining_time: 180 }, 3 * minute],
    ['the seconds left beside an end that is no instant', { end_time: 'soon', remaining_time: 90.5 }, 90_500],
    ['no seconds left', { remaining_time: 0 }, minute],
  ])('takes %s for the end of do not disturb', async (_, told, remainingMs) => {
    const server = await startServer(reply(200, { status: 'Do_Not_Disturb', ...told }));
    const { service } = presenceRig(server.url);
    await service.check();
    expect(service.view().current.until).toBe(start + remainingMs);
  });

  it.each<[string, Parameters<typeof reply>, string]>([
    ['a status unknown to Tally', [200, { status: 'Levitating' }], 'Unknown'],
    ['no status', [200, {}], 'Unknown'],
    ['a number for a status', [200, { status: 7, end_time: 'soon' }], 'Unknown'],
    ['a status that everything inherits', [200, { status: 'constructor' }], 'Unknown'],
    ['an end that is no instant', [200, { status: 'Do_Not_Disturb', end_time: 'soon' }], 'Do_Not_Disturb'],
    ['seconds left in words', [200, { status: 'Do_Not_Disturb', remaining_time: '90' }], 'Do_Not_Disturb'],
    ['the other spelling', [200, { status: 'Do_No_Disturb' }], 'Do_Not_Disturb'],
  ])('takes %s', async (_, answer, status) => {
    const server = await startServer(reply(...answer));
    const { service } = presenceRig(server.url);
    expect(await service.check()).toBeUndefined();
    expect(service.view().current.status).toBe(status);
    expect(service.view().current.until).toBeUndefined();
  });

  it.each<[string, Parameters<typeof reply>]>([
    ['no JSON', [200, 'surprise']],
    ['a page of a proxy', [502, '<html></html>', { 'content-type': 'text/html' }]],
    ['a list', [200, []]],
  ])('keeps the status when Zoom answers with %s', async (_, answer) => {
    const server = await startServer(reply(...answer));
    const { service, clock } = presenceRig(server.url);
    clock.skipWaits(15_000);
    expect(await service.check()).toBeDefined();
    expect(service.view()).toEqual({ current: available.current, checkedAt: start });
  });

  it('asks once however many want to know', async () => {
    const server = await startServer(reply(200, { status: 'Away' }));
    const { service } = presenceRig(server.url);
    service.wake();
    await Promise.all([service.check(), service.check(), service.check()]);
    expect(server.seen).toHaveLength(1);
  });

  it('asks what follows a do not disturb that Zoom ends, a minute apart when the clocks differ', async () => {
    const ended = new Date(start - 5 * minute).toISOString();
    const server = await startServer(
      reply(200, { status: 'Do_Not_Disturb', end_time: new Date(start + 3 * minute).toISOString() }),
      reply(200, { status: 'Do_Not_Disturb', end_time: ended }),
      reply(200, { status: 'Do_Not_Disturb', end_time: ended }),
      reply(200, { status: 'Available' }),
    );
    const { service, clock, until } = presenceRig(server.url);
    await service.check();
    expect(service.view().current.until).toBe(start + 3 * minute);
    await clock.advance(3 * minute);
    await until((view) => view.current.until === start + 4 * minute);
    expect(server.seen).toHaveLength(2);
    await clock.advance(minute);
    await until((view) => view.current.until === start + 5 * minute);
    expect(server.seen).toHaveLength(3);
    await clock.advance(minute);
    await until((view) => view.current.status === 'Available');
    expect(server.seen).toHaveLength(4);
  });

  it('does not ask about the end of a do not disturb that was replaced', async () => {
    const server = await startServer(
      reply(200, { status: 'Do_Not_Disturb', end_time: new Date(start + 60 * minute).toISOString() }),
      reply(204),
      // An answer that is behind would undo what was just set.
      reply(200, { status: 'Do_Not_Disturb' }),
    );
    const { service, clock, until } = presenceRig(server.url);
    await service.check();
    service.dispatch({ type: 'choose', change: change('Away') });
    await until((view) => view.current.status === 'Away');
    await clock.advance(1_000);
    expect(server.seen).toHaveLength(2);
  });
});
