/** Tally's own questions to a Secret Service, at a stand-in on a real bus whose person answers as the test says. */
import { Message, type MessageBus, Variant } from 'dbus-next';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { lookAt, openPlace } from '../../electron/desktop/secret-service.ts';
import { connectBus } from '../support/desktop/bus.ts';
import { startSessionBus } from '../support/desktop/session-bus.ts';
import { createWatch } from '../support/waiting.ts';

const usual = '/org/freedesktop/secrets/collection/login';
const other = '/org/freedesktop/secrets/collection/session';
const prompt = '/org/freedesktop/secrets/prompt/p1';
const ours = { service: 'Tally', account: 'one' };

interface Rig {
  /** What was asked of the person, and taken back, in order. */
  readonly asked: string[];
  asks(what: string): Promise<void>;
  /** Of the usual place; null where there is none. */
  locked: boolean | null;
  /** Whether there is an item. */
  found: boolean;
  /** The person answers. */
  answer(yes: boolean): void;
  becomeGnome(): Promise<unknown>;
  /** The keychain ends. */
  die(): void;
}

let rig: Rig;
let cleanUp: () => Promise<void>;

beforeEach(async () => {
  const session = await startSessionBus();
  const former = process.env.DBUS_SESSION_BUS_ADDRESS;
  process.env.DBUS_SESSION_BUS_ADDRESS = session.address;
  const bus = await connectBus(session.address);
  const changes = createWatch();
  const asked: string[] = [];
  const ask = (what: string) => {
    asked.push(what);
    changes.changed();
  };
  const answer = (yes: boolean) => {
    if (yes) rig.locked = false;
    const body = [!yes, new Variant('s', '')];
    bus.send(Message.newSignal(prompt, 'org.freedesktop.Secret.Prompt', 'Completed', 'bv', body));
  };
  rig = {
    asked,
    asks: async (what) => {
      await changes.until(
        () => asked,
        (all) => all.includes(what),
      );
    },
    locked: true,
    found: true,
    answer,
    becomeGnome: () => bus.requestName('org.gnome.keyring', 0),
    die: () => bus.disconnect(),
  };
  serve(bus, ask, answer);
  await bus.requestName('org.freedesktop.secrets', 0);
  cleanUp = async () => {
    if (former === undefined) delete process.env.DBUS_SESSION_BUS_ADDRESS;
    else process.env.DBUS_SESSION_BUS_ADDRESS = former;
    bus.disconnect();
    await session.stop();
  };
});

afterEach(async () => {
  vi.useRealTimers();
  await cleanUp();
});

function serve(bus: MessageBus, ask: (what: string) => void, answer: (yes: boolean) => void): void {
  const members = new Map<string | undefined, (message: Message) => [signature: string, body: unknown[]]>([
    ['SearchItems', () => ['aoao', [rig.found ? [`${usual}/1`] : [], []]]],
    ['ReadAlias', () => ['o', [rig.locked === null ? '/' : usual]]],
    [
      'Get',
      ({ body: [, name] }) => [
        'v',
        [name === 'Collections' ? new Variant('ao', [other]) : new Variant('b', rig.locked === true)],
      ],
    ],
    [
      'Unlock',
      ({ body: [[path]] }) => {
        ask(`unlock ${path}`);
        return ['aoo', [[], prompt]];
      },
    ],
    [
      'CreateCollection',
      ({ body: [properties, alias] }) => {
        ask(`create ${alias}: ${properties['org.freedesktop.Secret.Collection.Label'].value}`);
        return ['oo', ['/', prompt]];
      },
    ],
    [
      'Prompt',
      () => {
        ask('prompt');
        return ['', []];
      },
    ],
    [
      'Dismiss',
      () => {
        ask('dismiss');
        setImmediate(() => answer(false));
        return ['', []];
      },
    ],
  ]);
  bus.addMethodHandler((message: Message) => {
    const member = members.get(message.member);
    if (!member || !message.path?.startsWith('/org/freedesktop/secrets')) return false;
    const [signature, body] = member(message);
    bus.send(Message.newMethodReturn(message, signature, body));
    return true;
  });
}

const open = (to: 'read' | 'write', end = new AbortController()) => openPlace(ours, to, end.signal);

it.each(['read', 'write'] as const)('a locked place is opened by one question, to %s', async (to) => {
  const opened = open(to);
  await rig.asks('prompt');
  rig.answer(true);
  expect(await opened).toBe(true);
  expect(rig.asked).toEqual([`unlock ${usual}`, 'prompt']);
});

it('a question that is answered an hour later is answered', async () => {
  const opened = open('read');
  await rig.asks('prompt');
  await lookAt(ours);
  vi.useFakeTimers({ toFake: ['setTimeout', 'Date'] });
  await vi.advanceTimersByTimeAsync(3_600_000);
  rig.answer(true);
  expect(await opened).toBe(true);
});

it('a no is told', async () => {
  const opened = open('write');
  await rig.asks('prompt');
  rig.answer(false);
  expect(await opened).toBe(false);
});

it('nothing is asked where the place is open, nor to read what is not there', async () => {
  rig.locked = false;
  expect(await open('write')).toBe(true);
  rig.locked = true;
  rig.found = false;
  expect(await open('read')).toBe(true);
  expect(rig.asked).toEqual([]);
});

it('where there is no place yet, the person is asked for a new one, and only to write', async () => {
  rig.locked = null;
  rig.found = false;
  expect(await open('read')).toBe(true);
  expect(rig.asked).toEqual([]);
  const opened = open('write');
  await rig.asks('prompt');
  rig.answer(true);
  expect(await opened).toBe(true);
  expect(rig.asked).toEqual(['create default: Default keyring', 'prompt']);
});

it('a question is taken back, and no other is asked then', async () => {
  const end = new AbortController();
  const opened = open('read', end);
  await rig.asks('prompt');
  end.abort();
  expect(await opened).toBe(false);
  expect(await open('write', end)).toBe(false);
  expect(rig.asked).toEqual([`unlock ${usual}`, 'prompt', 'dismiss', `unlock ${usual}`]);
});

it('a question of GNOME Keyring’s, which ends when one is taken back, stays', async () => {
  await rig.becomeGnome();
  const end = new AbortController();
  const opened = open('read', end);
  await rig.asks('prompt');
  end.abort();
  expect(await opened).toBe(false);
  expect(rig.asked).toEqual([`unlock ${usual}`, 'prompt']);
});

it('a keychain that ends, or none at all, is left to the library', async () => {
  const opened = open('read');
  await rig.asks('prompt');
  rig.die();
  expect(await opened).toBe(true);
  expect(await open('write')).toBe(true);
});
