import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { PresenceState } from '../../electron/core/presence/reducer.ts';
import { createPresenceRunner, type PresenceRunner } from '../../electron/core/presence/runner.ts';
import { createZoomClient } from '../../electron/core/zoom/client.ts';
import type { PresenceView } from '../../shared/state.ts';
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts';
import { type Rig, withPractice } from '../support/practice-client.ts';
import { change, minute, start } from '../support/presence-script.ts';
import { hangUp, reply, type ScriptedServer, startRawServer, startServer } from '../support/zoom-server.ts';

interface Bench {
  readonly service: PresenceRunner;
  readonly clock: FakeClock;
  readonly saved: PresenceState[];
  readonly views: PresenceView[];
  /** Resolves with the first view, from now on or the present one, for which `test` holds. */
  until(test: (view: PresenceView) => boolean): Promise<PresenceView>;
}

const running: PresenceRunner[] = [];
const servers: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const service of running.splice(0)) service.stop();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const available: PresenceState = {
  current: { status: 'Available', since: start - 3_600_000, cause: 'zoom' },
  checkedAt: start,
};

function bench(
  url: string,
  { token = 'token-0', initial = available, clock = createFakeClock(start) } = {},
): Bench {
  const views: PresenceView[] = [];
  const saved: PresenceState[] = [];
  const watchers = new Set<() => void>();
  const session = { accessToken: async () => ({ ok: true as const, token }), refresh: async () => never };
  const zoom = createZoomClient({ clock, session, apiUrl: () => url, random: () => 0 });
  const service = createPresenceRunner({
    clock,
    zoom,
    initial,
    save: (state) => saved.push(state),
    changed() {
      views.push(service.view());
      for (const watcher of [...watchers]) watcher();
    },
  });
  running.push(service);
  return {
    service,
    clock,
    saved,
    views,
    until: (test) =>
      new Promise((done) => {
        const look = () => {
          if (!test(service.view())) return;
          watchers.delete(look);
          done(service.view());
        };
        watchers.add(look);
        look();
      }),
  };
}

const never = { ok: false, error: { kind: 'not-signed-in', what: 'No.', action: 'sign-in' } } as const;

/** A service at a practice Zoom whose time is the service's own. */
function atPractice(use: (rig: Rig, made: Bench) => Promise<void>, initial = available): Promise<void> {
  const clock = createFakeClock(start);
  return withPractice({ now: clock.now }, (rig) =>
    use(rig, bench(rig.practice.apiUrl, { token: rig.practice.accessToken, initial, clock })),
  );
}

async function scripted(...replies: Parameters<typeof startServer>): Promise<ScriptedServer> {
  const server = await startServer(...replies);
  servers.push(server);
  return server;
}

const updates = async (rig: Rig) =>
  (await rig.state()).requests.filter(({ operationId }) => operationId === 'updatePresenceStatus');
const settled = (view: PresenceView) => !view.sending;

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
    const server = await scripted();
    const { service, saved, clock } = bench(server.url);
    service.dispatch({ type: 'choose', change: change('Away') });
    await clock.advance(20);
    expect(states(saved)).toEqual([['Available', 'Away']]);
    const second = bench(server.url);
    second.service.dispatch({ type: 'choose', change: change('Away') });
    second.service.stop();
    expect(states(second.saved)).toEqual([['Available', 'Away']]);
  });

  it('saves a change with which a timer begins or ends before it is sent', () => {
    const timed = { ...available, current: { ...available.current, until: start + minute } };
    const begins = bench('http://127.0.0.1:9');
    begins.service.dispatch({ type: 'choose', change: { ...change('Away'), lastsMs: 15 * minute } });
    const ends = bench('http://127.0.0.1:9', { initial: timed });
    ends.service.dispatch({ type: 'choose', change: change('Away') });
    for (const { saved } of [begins, ends]) expect(states(saved)).toEqual([['Available', 'Away']]);
  });

  it('tries again when Zoom cannot be reached, and sends what is chosen then', async () => {
    const server = await scripted(hangUp, hangUp, hangUp, reply(204));
    const { service, clock, until } = bench(server.url);
    clock.skipWaits(2_000);
    service.dispatch({ type: 'choose', change: change('Away') });
    const { waiting, current } = await until((view) => view.waiting !== undefined);
    expect(waiting).toMatchObject({ why: 'offline', change: change('Away') });
    expect(current.status).toBe('Available');
    await clock.advance(5_000);
    await until((view) => view.current.status === 'Away');
  });
});

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

  it('asks every minute while watched and every ten minutes otherwise', async () => {
    const server = await scripted(reply(200, { status: 'Available' }));
    const { service, clock, until } = bench(server.url);
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
      await clock.advance(minute - 1);
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
      expect(clock.pending()).toEqual([minute]);
    }));

  it.each<[string, Parameters<typeof reply>, string]>([
    ['a status unknown to Tally', [200, { status: 'Levitating' }], 'Unknown'],
    ['no status', [200, {}], 'Unknown'],
    ['a number for a status', [200, { status: 7, end_time: 'soon' }], 'Unknown'],
    ['a status that everything inherits', [200, { status: 'constructor' }], 'Unknown'],
    ['an end that is no instant', [200, { status: 'Do_Not_Disturb', end_time: 'soon' }], 'Do_Not_Disturb'],
    ['the other spelling', [200, { status: 'Do_No_Disturb' }], 'Do_Not_Disturb'],
  ])('takes %s', async (_, answer, status) => {
    const server = await scripted(reply(...answer));
    const { service } = bench(server.url);
    expect(await service.check()).toBeUndefined();
    expect(service.view().current.status).toBe(status);
    expect(service.view().current.until).toBeUndefined();
  });

  it.each<[string, Parameters<typeof reply>]>([
    ['no JSON', [200, 'surprise']],
    ['a page of a proxy', [502, '<html></html>', { 'content-type': 'text/html' }]],
    ['a list', [200, []]],
  ])('keeps the status when Zoom answers with %s', async (_, answer) => {
    const server = await scripted(reply(...answer));
    const { service, clock } = bench(server.url);
    clock.skipWaits(15_000);
    expect(await service.check()).toBeDefined();
    expect(service.view()).toEqual({ current: available.current, checkedAt: start });
  });

  it('asks once however many want to know', async () => {
    const server = await scripted(reply(200, { status: 'Away' }));
    const { service } = bench(server.url);
    service.wake();
    await Promise.all([service.check(), service.check(), service.check()]);
    expect(server.seen).toHaveLength(1);
  });

  it('asks what follows a do not disturb that Zoom ends, a minute apart when the clocks differ', async () => {
    const ended = new Date(start - 5 * minute).toISOString();
    const server = await scripted(
      reply(200, { status: 'Do_Not_Disturb', end_time: new Date(start + 3 * minute).toISOString() }),
      reply(200, { status: 'Do_Not_Disturb', end_time: ended }),
      reply(200, { status: 'Do_Not_Disturb', end_time: ended }),
      reply(200, { status: 'Available' }),
    );
    const { service, clock, until } = bench(server.url);
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
    const server = await scripted(
      reply(200, { status: 'Do_Not_Disturb', end_time: new Date(start + 60 * minute).toISOString() }),
      reply(204),
      // An answer that is behind would undo what was just set.
      reply(200, { status: 'Do_Not_Disturb' }),
    );
    const { service, clock, until } = bench(server.url);
    await service.check();
    service.dispatch({ type: 'choose', change: change('Away') });
    await until((view) => view.current.status === 'Away');
    await clock.advance(1_000);
    expect(server.seen).toHaveLength(2);
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
    servers.push(server);
    const { service, clock, views } = bench(server.url);
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
