import { afterEach, describe, expect, it } from 'vitest';
import { entityOf } from '../../electron/core/mqtt/messages.ts';
import { createMqtt } from '../../electron/core/mqtt/mqtt.ts';
import type { MqttAction, MqttView } from '../../shared/mqtt.ts';
import type { Status } from '../../shared/zoom/presence.ts';
import { startBroker } from '../support/broker.ts';
import { elsewhere } from '../support/calendars-server.ts';
import { createFakeClock, type FakeClock, settle } from '../support/fake-clock.ts';
import { createFakeKeychain } from '../support/fake-keychain.ts';
import { connected, snapshot, summary } from '../support/snapshot.ts';
import { createWatch } from '../support/waiting.ts';

const minute = 60_000;
const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

type Broker = Awaited<ReturnType<typeof startBroker>>;

async function startedBroker(options: Parameters<typeof startBroker>[0] = {}): Promise<Broker> {
  const broker = await startBroker(options);
  ends.push(broker.close);
  return broker;
}

interface World {
  readonly clock: FakeClock;
  readonly keychain: ReturnType<typeof createFakeKeychain>;
  readonly disk: { json: unknown };
  readonly lookup?: typeof elsewhere;
}

function worldOf(): World {
  const clock = createFakeClock();
  return { clock, keychain: createFakeKeychain(clock), disk: { json: undefined } };
}

/** What tells a broker, over a file, a keychain and a clock; by default one account, which is Available. */
function rig(world: World = worldOf()) {
  const { clock, keychain, disk, lookup } = world;
  const watch = createWatch();
  let shown = snapshot();
  const mqtt = createMqtt({
    clock,
    files: {
      kept: () => disk.json,
      keep(_name, _key, json) {
        disk.json = structuredClone(json);
      },
    },
    network: { trustSystem: () => false },
    secrets: keychain.store,
    ...(lookup && { broker: { lookup } }),
    changed: watch.changed,
  });
  ends.push(mqtt.stop);
  mqtt.look(shown);
  const show = (next: typeof shown) => {
    shown = next;
    mqtt.look(next);
  };
  const own = () => (disk.json as { own: string }).own;
  return {
    ...mqtt,
    ...world,
    act(action: MqttAction) {
      const result = mqtt.run(action);
      return result.ok ? undefined : result.error.what;
    },
    at: (port: number, more: object = {}) =>
      mqtt.run({ type: 'mqtt.broker', host: '127.0.0.1', port, tls: false, ...more }),
    on: (on = true) => mqtt.run({ type: 'mqtt.on', on }),
    status: (status: Status) =>
      show({ ...shown, presence: { current: { status, since: clock.now(), cause: 'you' } } }),
    /** Which accounts there are, the first of them the active one. */
    accounts: (...keys: string[]) =>
      show({
        ...shown,
        account: keys[0] === undefined ? { phase: 'none' } : { ...connected, key: keys[0] },
        accounts: keys.map((key) => summary(key)),
      }),
    practice: () => show({ ...shown, account: { ...connected, practice: true } }),
    entity: (key = 'robin') => entityOf(key, own()),
    until: (test: (view: MqttView) => boolean) => watch.until(mqtt.view, test),
    /** Another start over the same file and keychain. */
    again() {
      mqtt.stop();
      keychain.restart();
      return rig(world);
    },
  };
}

const isTold = (status: Status) => (view: MqttView) => view.told?.status === status;
const topicsOf = ({ kept }: Broker) => [...kept.keys()].sort();

describe('while it is off', () => {
  it('nothing is connected to, kept or asked of the keychain', async () => {
    const { view, act, status, disk, keychain, clock } = rig();
    status('Away');
    expect(act({ type: 'mqtt.on', on: true })).toContain('host');
    await settle();
    expect(view()).toMatchObject({ on: false, phase: 'off', tls: true, port: 8883, login: 'none' });
    expect([disk.json, keychain.asked(), clock.pending()]).toEqual([undefined, [], []]);
  });

  it.each([
    ['', 8883, 'Type the host'],
    ['mqtt://broker.local', 8883, 'without mqtt://'],
    ['broker.local:1883', 8883, 'field of its own'],
    ['broker local', 8883, 'isn’t the name'],
    ['broker.local', 0, '1 to 65535'],
    ['broker.local', 65_536, '1 to 65535'],
  ])('a broker at %j, port %i is refused: %s', (host, port, words) => {
    const { act, view } = rig();
    expect(act({ type: 'mqtt.broker', host, port, tls: true })).toContain(words);
    expect(view().host).toBe('');
  });
});

describe('the broker', () => {
  it('keeps a sensor, its attributes and its state, and is told each change', async () => {
    const broker = await startedBroker();
    const { at, on, until, status, entity, view, clock } = rig();
    at(broker.port);
    on();
    await until(isTold('Available'));
    const id = entity();
    await broker.until(() => broker.kept.get(`tally/${id}/availability`) === 'online');
    expect(topicsOf(broker)).toEqual([
      `homeassistant/sensor/tally_${id}/config`,
      `tally/${id}/attributes`,
      `tally/${id}/availability`,
      `tally/${id}/state`,
    ]);
    expect(broker.guests[0]?.will).toEqual({ topic: `tally/${id}/availability`, payload: 'offline' });
    status('Busy');
    await until(isTold('Busy'));
    expect(broker.kept.get(`tally/${id}/state`)).toBe('Busy');
    expect(view()).toMatchObject({ phase: 'connected', told: { status: 'Busy', at: clock.now() } });
    const states = broker.said.filter(({ topic }) => topic.endsWith('/state'));
    expect(states.map(({ payload }) => payload)).toEqual(['Available', 'Busy']);
    status('Unknown');
    await broker.until(() => broker.kept.get(`tally/${id}/availability`) === 'offline');
    expect(broker.offenses).toEqual([]);
  });

  it('is told all again when Home Assistant has started', async () => {
    const broker = await startedBroker();
    const { at, on, until, entity } = rig();
    at(broker.port);
    on();
    await until(isTold('Available'));
    await broker.until(() => broker.topics.includes('homeassistant/status') && broker.said.length === 4);
    broker.guests[0]?.send({ topic: 'homeassistant/status', payload: 'offline' });
    broker.guests[0]?.send({ topic: 'homeassistant/status', payload: 'online' });
    await broker.until(() => broker.said.length === 8);
    expect(broker.said[4]?.topic).toBe(`homeassistant/sensor/tally_${entity()}/config`);
  });

  it('has nothing of it any more once it is switched off, and hears offline first', async () => {
    const broker = await startedBroker();
    const { at, on, until, entity, view } = rig();
    at(broker.port);
    on();
    await until(isTold('Available'));
    await broker.until(() => broker.said.length === 4);
    on(false);
    await until(({ phase }) => phase === 'off');
    expect(topicsOf(broker)).toEqual([]);
    expect(broker.said[4]).toEqual({ topic: `tally/${entity()}/availability`, payload: 'offline' });
    expect(view().isLeft).toBe(false);
    // It has said goodbye: the will is not told.
    const next = rig();
    next.at(broker.port);
    next.on();
    await next.until(isTold('Available'));
    expect(broker.kept.has(`tally/${entity()}/availability`)).toBe(false);
  });

  it('has an account of its own for each, and none of one that is signed out', async () => {
    const broker = await startedBroker();
    const { at, on, until, entity, accounts } = rig();
    at(broker.port);
    on();
    await until(isTold('Available'));
    accounts('kim', 'robin');
    await broker.until(() => broker.kept.get(`tally/${entity('kim')}/availability`) === 'online');
    expect(broker.kept.get(`tally/${entity()}/availability`)).toBe('offline');
    expect(broker.kept.has(`homeassistant/sensor/tally_${entity()}/config`)).toBe(true);
    accounts('kim');
    await broker.until(() => !broker.kept.has(`tally/${entity()}/availability`));
    expect(topicsOf(broker).every((topic) => topic.includes(entity('kim')))).toBe(true);
    accounts();
    await until(({ phase }) => phase === 'waiting');
    expect(topicsOf(broker)).toEqual([]);
    expect(broker.offenses).toEqual([]);
  });

  it('is told of the practice account only where it is on this computer', async () => {
    const broker = await startedBroker();
    const world = worldOf();
    const made = rig({ ...world, lookup: elsewhere });
    made.practice();
    made.at(broker.port, { host: 'broker.zoom.test' });
    made.on();
    await settle();
    expect(made.view()).toMatchObject({ on: true, phase: 'waiting' });
    expect(broker.dialed()).toBe(0);
    made.at(broker.port, { host: 'localhost' });
    await made.until(isTold('Available'));
    // And of an account of one's own anywhere.
    made.at(broker.port, { host: 'broker.zoom.test' });
    await made.until(({ phase }) => phase === 'waiting');
    expect(topicsOf(broker)).toEqual([]);
    made.accounts('robin');
    await broker.until(() => broker.kept.has(`tally/${made.entity()}/state`));
  });

  it('that is another one takes over, and the former one keeps nothing', async () => {
    const [one, two] = [await startedBroker(), await startedBroker()];
    const { at, on, until } = rig();
    at(one.port);
    on();
    await until(isTold('Available'));
    await one.until(() => one.said.length === 4);
    at(two.port);
    await two.until(() => two.said.length === 4);
    expect(topicsOf(one)).toEqual([]);
  });

  it('tells that Tally is gone when it quits', async () => {
    const broker = await startedBroker();
    const { at, on, until, entity, stop } = rig();
    at(broker.port);
    on();
    await until(isTold('Available'));
    stop();
    await broker.until(() => broker.said.at(-1)?.payload === 'offline');
    expect(broker.kept.get(`tally/${entity()}/availability`)).toBe('offline');
    expect(broker.kept.get(`homeassistant/sensor/tally_${entity()}/config`)).toContain('unique_id');
  });
});

describe('a broker that is gone', () => {
  it('is tried after 1, 2, 5, 10, 15 and 15 minutes, and at once when that is wished', async () => {
    const gone = await startBroker();
    await gone.close();
    const { at, on, until, clock, act, view } = rig();
    at(gone.port);
    on();
    for (const minutes of [1, 2, 5, 10, 15, 15]) {
      const { failed } = await until((one) => one.failed !== undefined && (one.retryAt ?? 0) > clock.now());
      expect([failed?.problem, view().retryAt]).toEqual(['no-broker', clock.now() + minutes * minute]);
      await clock.advance(minutes * minute - 1);
      expect(view().phase).toBe('waiting');
      await clock.advance(1);
    }
    await until(({ phase }) => phase === 'waiting');
    expect(act({ type: 'mqtt.retry' })).toBeUndefined();
    await until(({ retryAt }) => retryAt === clock.now() + minute);
  });

  it('is told the newest status when it is back', async () => {
    const broker = await startedBroker({ codes: [0, 3] });
    const { at, on, until, status, clock, view } = rig();
    at(broker.port);
    on();
    await until(isTold('Available'));
    broker.guests[0]?.cut();
    expect((await until(({ phase }) => phase === 'waiting')).failed?.problem).toBe('closed');
    status('Busy');
    status('Away');
    await clock.advance(minute);
    await until(({ failed }) => failed?.problem === 'not-ready');
    await clock.advance(2 * minute);
    await until(isTold('Away'));
    expect(view().failed).toBeUndefined();
    expect(broker.said.filter(({ payload }) => payload === 'Busy')).toEqual([]);
  });

  it('cannot be told of the end: that is said, and done when it is back', async () => {
    const broker = await startedBroker({ codes: [0, 5] });
    const { at, on, until, act, view } = rig();
    at(broker.port);
    on();
    await until(isTold('Available'));
    await broker.until(() => broker.said.length === 4);
    broker.guests[0]?.cut();
    await until(({ phase }) => phase === 'waiting');
    on(false);
    await until(({ isLeft, phase }) => isLeft && phase === 'off');
    expect(view().retryAt).toBeUndefined();
    act({ type: 'mqtt.retry' });
    await until(({ isLeft, phase }) => !isLeft && phase === 'off');
    expect(topicsOf(broker)).toEqual([]);
  });

  it('after sleep it is connected to at once', async () => {
    const broker = await startedBroker();
    const { at, on, until, wake } = rig();
    at(broker.port);
    on();
    await until(isTold('Available'));
    wake();
    wake();
    await broker.until(() => broker.guests.length === 2);
    await until(({ phase }) => phase === 'connected');
    expect(broker.dialed()).toBe(2);
  });

  it('two with one client id do not fight: each waits longer and longer', async () => {
    const broker = await startedBroker();
    const world = worldOf();
    const one = rig(world);
    one.at(broker.port);
    one.on();
    await one.until(isTold('Available'));
    // A copy of the first one's folder on another computer.
    const two = rig({ ...worldOf(), disk: { json: structuredClone(world.disk.json) } });
    await two.until(isTold('Available'));
    expect((await one.until(({ phase }) => phase === 'waiting')).failed?.problem).toBe('closed');
    const waits: number[] = [];
    for (const [mine, other] of [
      [one, two],
      [two, one],
      [one, two],
      [two, one],
    ] as const) {
      const { retryAt = 0 } = mine.view();
      waits.push((retryAt - mine.clock.now()) / minute);
      await mine.clock.advance(retryAt - mine.clock.now());
      await other.until(({ phase }) => phase === 'waiting');
    }
    expect(waits).toEqual([1, 1, 2, 2]);
    expect(one.view().failed?.problem).toBe('taken');
  });
});

describe('user and password', () => {
  const login = { user: 'anna', password: 'CANARY-word' };

  it('go to the keychain and to this broker, and nowhere else', async () => {
    const broker = await startedBroker();
    const { at, on, until, view, disk, keychain, again } = rig();
    at(broker.port, { login });
    on();
    await until(isTold('Available'));
    expect(broker.guests[0]).toMatchObject(login);
    expect([...keychain.items.keys()]).toEqual(['mqtt']);
    expect(JSON.stringify([view(), disk.json])).not.toMatch(/CANARY|anna/);
    expect(view().login).toBe('kept');
    const next = again();
    await next.until(isTold('Available'));
    expect(broker.guests[1]).toMatchObject(login);
    next.run({ type: 'mqtt.forget' });
    await broker.until(() => broker.guests.length === 3);
    expect(broker.guests[2]?.user).toBeUndefined();
    await next.until(() => keychain.items.size === 0);
  });

  it('are not for a broker at another place, whoever names it', async () => {
    const [mine, other] = [await startedBroker(), await startedBroker()];
    const made = rig();
    made.at(mine.port, { login });
    made.on();
    await made.until(isTold('Available'));
    made.at(other.port);
    await other.until(() => other.guests.length > 0);
    expect(other.guests[0]?.user).toBeUndefined();
    await made.until(({ login: state }) => state === 'none');
    // Nor where the file says so.
    made.at(mine.port, { login });
    await mine.until(() => mine.guests.length === 2);
    made.disk.json = { ...(made.disk.json as object), port: other.port };
    const next = made.again();
    await next.until(({ failed }) => failed?.problem === 'login-gone');
    expect(other.guests.length).toBe(1);
  });

  it('wait for a keychain that is locked at the start, which is said', async () => {
    const broker = await startedBroker();
    const made = rig();
    made.at(broker.port, { login });
    made.on();
    await made.until(isTold('Available'));
    made.keychain.lock();
    const next = made.again();
    await next.until(({ failed }) => failed?.problem === 'keychain');
    await next.clock.waitForTimers();
    expect(next.keychain.questions()).toBe(0);
    next.keychain.unlock();
    await next.clock.advance(5_000);
    await next.until(isTold('Available'));
    expect(broker.guests[1]).toMatchObject(login);
  });

  it.each([
    [4, 'login-refused'],
    [5, 'not-allowed'],
  ] as const)('that the broker does not take (%i) are said, and tried again later', async (code, problem) => {
    const broker = await startedBroker({ codes: [code] });
    const { at, on, until, clock } = rig();
    at(broker.port, { login });
    on();
    await until(({ failed }) => failed?.problem === problem);
    await clock.advance(minute);
    await until(isTold('Available'));
  });
});
