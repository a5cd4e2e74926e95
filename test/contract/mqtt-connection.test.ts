import { spawnSync } from 'node:child_process';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import * as fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BrokerConnection, type Opening, openConnection } from '../../electron/core/mqtt/connection.ts';
import { trustSystemCertificates } from '../../electron/desktop/certificates.ts';
import type { MqttProblem } from '../../shared/mqtt.ts';
import { startBroker } from '../support/broker.ts';
import { elsewhere } from '../support/calendars-server.ts';
import { companyPem } from '../support/company.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createWatch } from '../support/waiting.ts';

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function broker(options: Parameters<typeof startBroker>[0] = {}) {
  const made = await startBroker(options);
  ends.push(made.close);
  return made;
}

/** A server that does this with each connection. */
async function serverOf(serve: (socket: Socket) => void, make = createServer()): Promise<number> {
  const sockets = new Set<Socket>();
  make.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    serve(socket);
  });
  await new Promise<void>((done) => (make as Server).listen(0, '127.0.0.1', done));
  ends.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => make.close(done));
  });
  return (make.address() as AddressInfo).port;
}

/** A connection, and what became of it. */
function dial(opening: Partial<Opening> & { readonly port: number }) {
  const clock = createFakeClock();
  const watch = createWatch();
  const log: string[] = [];
  const note = (what: string) => {
    log.push(what);
    watch.changed();
  };
  const connection: BrokerConnection = openConnection(
    { host: '127.0.0.1', tls: false, clientId: 'tally0123', listenTo: 'homeassistant/status', ...opening },
    clock,
    {
      opened: () => note('opened'),
      heard: ({ topic, payload }) => note(`${topic}=${payload}`),
      ended: (problem: MqttProblem) => note(problem),
    },
  );
  ends.push(connection.drop);
  return {
    ...connection,
    clock,
    log,
    says: (what: string) => watch.until(() => log.includes(what), Boolean),
    ended: () =>
      watch.until(
        () => log.at(-1),
        (last) => last !== undefined && last !== 'opened',
      ),
  };
}

const will = { topic: 'tally/1/availability', payload: 'offline' };

describe('byte by byte, by the text of MQTT 3.1.1', () => {
  it('CONNECT: protocol level 4, a clean session, a will of QoS 1 that is kept, user and password', async () => {
    const { port, guests, said } = await broker();
    const login = { user: 'anna', password: 'pé' };
    const { says } = dial({ port, will, login });
    await says('opened');
    const asText = '\x00\x04MQTT\x04\xee\x00\x3c\x00\x09tally0123\x00\x14tally/1/availability\x00\x07offline';
    const body = `${asText}\x00\x04anna\x00\x03p\xc3\xa9`;
    expect(guests[0]?.hello.toString('latin1')).toBe(`\x10\x3f${body}`);
    expect(guests[0]).toMatchObject({ ...login, will });
    expect(said).toEqual([]);
  });

  it('CONNECT without will and login; SUBSCRIBE, PUBLISH, PINGREQ and DISCONNECT after it', async () => {
    let bytes = '';
    const watch = createWatch();
    const port = await serverOf((socket) =>
      socket.on('data', (more: Buffer) => {
        if (bytes === '') socket.write(Buffer.from([0x20, 2, 0, 0]));
        bytes += more.toString('latin1');
        if (bytes.endsWith('\x00\x02on')) socket.write(Buffer.from([0x40, 2, 0, 2]));
        watch.changed();
      }),
    );
    const { says, publish, close, clock } = dial({ port });
    await says('opened');
    expect(await publish({ topic: 'a/b', payload: 'on' })).toBe(true);
    await clock.advance(30_000);
    close();
    await watch.until(
      () => bytes,
      (all) => all.endsWith('\xe0\x00'),
    );
    const connect = '\x10\x15\x00\x04MQTT\x04\x02\x00\x3c\x00\x09tally0123';
    const subscribe = '\x82\x19\x00\x01\x00\x14homeassistant/status\x00';
    expect(bytes).toBe(`${connect}${subscribe}\x33\x09\x00\x03a/b\x00\x02on\xc0\x00\xe0\x00`);
  });
});

describe('a broker', () => {
  it('is told nothing before it has said yes, and what it took is known', async () => {
    const { port, kept, offenses, guests } = await broker();
    const { says, publish } = dial({ port, will });
    expect(await publish({ topic: 'too/early', payload: '1' })).toBe(false);
    await says('opened');
    expect(await publish({ topic: 'tally/1/state', payload: 'Do_Not_Disturb ☎' })).toBe(true);
    expect(await publish({ topic: 'tally/1/state', payload: '' })).toBe(true);
    expect(await publish({ topic: 'tally/1/state', payload: 'x'.repeat(20_000) })).toBe(true);
    guests[0]?.send({ topic: 'homeassistant/status', payload: 'online' });
    await says('homeassistant/status=online');
    expect([...kept]).toEqual([['tally/1/state', 'x'.repeat(20_000)]]);
    expect(offenses).toEqual([]);
  });

  it('tells the will after an end without a word, and not after a goodbye', async () => {
    const { port, said, until } = await broker();
    const first = dial({ port, will });
    await first.says('opened');
    first.drop();
    await until(() => said.length > 0);
    expect(said).toEqual([will]);
    const second = dial({ port, will, clientId: 'tally2' });
    await second.says('opened');
    second.close();
    const third = dial({ port, clientId: 'tally3' });
    await third.says('opened');
    await third.publish({ topic: 'last', payload: '1' });
    expect(said).toEqual([will, { topic: 'last', payload: '1' }]);
    expect([first, second].map(({ log }) => log)).toEqual([['opened'], ['opened']]);
  });

  it.each([
    [1, 'no-such-version'],
    [2, 'no-such-client'],
    [3, 'not-ready'],
    [4, 'login-refused'],
    [5, 'not-allowed'],
    [6, 'refused'],
    [255, 'refused'],
  ])('that answers %i: %s', async (code, problem) => {
    const { port } = await broker({ codes: [code] });
    const { ended, log } = dial({ port });
    await ended();
    expect(log).toEqual([problem]);
  });

  it('that says nothing is waited for ten seconds', async () => {
    const { port, until, dialed } = await broker({ isSilent: true });
    const { clock, ended, log } = dial({ port });
    await until(() => dialed() === 1);
    await clock.advance(9_900);
    expect(log).toEqual([]);
    await clock.advance(200);
    expect(await ended()).toBe('slow');
    expect(clock.pending()).toEqual([]);
  });

  it('that takes no message within ten seconds is left', async () => {
    const { port, kept, until } = await broker({ isDeaf: true });
    const { says, publish, clock, ended } = dial({ port });
    await says('opened');
    const taken = publish({ topic: 'a', payload: '1' });
    await until(() => kept.size === 1);
    await clock.advance(10_100);
    expect(await taken).toBe(false);
    expect(await ended()).toBe('slow');
  });

  it('is asked for a sign of life every 30 seconds, and left when there is none', async () => {
    const alive = await broker();
    const one = dial({ port: alive.port });
    await one.says('opened');
    for (const count of [1, 2, 3]) {
      await one.clock.advance(30_000);
      await alive.until(() => alive.pings() === count);
      // What came back is read before the next one.
      expect(await one.publish({ topic: 'a', payload: '1' })).toBe(true);
    }
    const dead = await broker({ isDeaf: true });
    const two = dial({ port: dead.port });
    await dead.until(() => dead.topics.length === 1);
    dead.guests[0]?.send({ topic: 'homeassistant/status', payload: 'online' });
    await two.says('homeassistant/status=online');
    await two.clock.advance(30_000);
    await dead.until(() => dead.pings() === 1);
    await two.clock.advance(30_000);
    expect(await two.ended()).toBe('silent');
    expect(two.clock.pending()).toEqual([]);
  });

  it('that lets another one with the same client id in has ended this one', async () => {
    const { port } = await broker();
    const one = dial({ port });
    await one.says('opened');
    const two = dial({ port });
    await two.says('opened');
    expect(await one.ended()).toBe('closed');
    expect(two.log).toEqual(['opened']);
  });
});

describe('something else than a broker', () => {
  it('nothing listens there', async () => {
    const made = await startBroker();
    await made.close();
    expect(await dial({ port: made.port }).ended()).toBe('no-broker');
  });

  it('no such name', async () => {
    const lookup: Opening['lookup'] = (_name, _options, callback) =>
      callback(Object.assign(new Error(), { code: 'ENOTFOUND' }), []);
    expect(await dial({ port: 1, host: 'broker.zoom.test', lookup }).ended()).toBe('name-unknown');
  });

  it('it hangs up at once', async () => {
    const port = await serverOf((socket) => socket.end());
    expect(['no-answer', 'broken']).toContain(await dial({ port }).ended());
    expect(await dial({ port, tls: true }).ended()).toBe('no-tls');
  });

  it('it speaks HTTP', async () => {
    const http = createHttpServer();
    const port = await serverOf(() => {}, http);
    // What is no request is answered with 400, as soon as it can be seen.
    expect(await dial({ port }).ended()).toBe('not-mqtt');
    const told = await serverOf((socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await dial({ port: told }).ended()).toBe('not-mqtt');
  });

  it('TLS is spoken by one side alone', async () => {
    const plain = await broker();
    expect(await dial({ port: plain.port, tls: true }).ended()).toBe('no-tls');
    const secure = await broker({ tls: true });
    expect(['not-mqtt', 'no-answer', 'broken']).toContain(await dial({ port: secure.port }).ended());
    expect(secure.guests).toEqual([]);
  });

  it.each([
    ['a packet that is none', [0, 0]],
    ['CONNACK with flags that are none', [0x20, 2, 9, 0]],
    ['half of CONNACK in a packet', [0x20, 1, 0]],
    ['something before CONNACK', [0x40, 2, 0, 1]],
    ['a length of five bytes', [0x20, 255, 255, 255, 255, 1]],
    ['CONNECT of its own', [0x20, 2, 0, 0, 0x10, 12, 0, 4, 77, 81, 84, 84, 4, 2, 0, 60, 0, 0]],
    ['PUBLISH without a topic', [0x20, 2, 0, 0, 0x30, 1, 0]],
  ])('it sends %s', async (_what, bytes) => {
    const port = await serverOf((socket) => socket.write(Buffer.from(bytes)));
    const { ended, log } = dial({ port });
    await ended();
    expect(log.at(-1)).toBe('not-mqtt');
  });

  it('it sends a packet of 200 MB, of which no more than a little is kept', async () => {
    const port = await serverOf((socket) => {
      socket.write(Buffer.from([0x20, 2, 0, 0, 0x30, 0xff, 0xff, 0xff, 0x5f]));
      socket.write(Buffer.alloc(300_000, 0x61));
    });
    expect(await dial({ port }).ended()).toBe('too-large');
  });

  it('it sends anything at all: that has an end, and nothing is thrown', async () => {
    const yes = fc.constantFrom<readonly number[]>([], [0x20, 2, 0, 0]);
    const packets = fc.array(fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constant([0xd0, 0])), {
      maxLength: 5,
    });
    let next = Buffer.alloc(0);
    const port = await serverOf((socket) => socket.end(next));
    await fc.assert(
      fc.asyncProperty(yes, packets, async (first, more) => {
        next = Buffer.concat([Buffer.from(first), ...more.map((one) => Buffer.from(one))]);
        const { log, ended, publish, clock } = dial({ port });
        await ended();
        expect(await publish({ topic: 'a', payload: '1' })).toBe(false);
        expect(clock.pending()).toEqual([]);
        expect(log.filter((what) => what !== 'opened' && !what.includes('=')).length).toBe(1);
      }),
      { numRuns: 200 },
    );
  });
});

describe('certificates', () => {
  const lookup = elsewhere;
  const host = 'broker.zoom.test';

  it('one that nobody vouches for is refused, whatever the environment says', async () => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    ends.push(() => void delete process.env.NODE_TLS_REJECT_UNAUTHORIZED);
    const { port, guests } = await broker({ tls: true });
    expect(await dial({ port, host, lookup, tls: true }).ended()).toBe('untrusted');
    expect(guests).toEqual([]);
  });

  describe('that this computer trusts', () => {
    beforeAll(() => {
      process.env.NODE_EXTRA_CA_CERTS = companyPem;
      trustSystemCertificates();
      delete process.env.NODE_EXTRA_CA_CERTS;
    });

    it('opens a connection to its own name, and to no other', async () => {
      const { port, kept } = await broker({ tls: true });
      const { says, publish } = dial({ port, host, lookup, tls: true, will });
      await says('opened');
      expect(await publish({ topic: 'a', payload: '1' })).toBe(true);
      expect(kept.get('a')).toBe('1');
      expect(await dial({ port, host: 'broker.example', lookup, tls: true }).ended()).toBe('other-name');
      expect(await dial({ port, tls: true }).ended()).toBe('other-name');
    });
  });
});

it('neither user nor password is written anywhere, also where DEBUG has everything written', () => {
  const program = `
    const { openConnection } = await import('./electron/core/mqtt/connection.ts');
    const { createServer } = await import('node:net');
    const server = createServer((socket) => socket.once('data', () => socket.write(Buffer.from([32, 2, 0, 0]))));
    server.listen(0, '127.0.0.1', () => {
      const clock = { now: Date.now, elapsed: () => 0, setTimeout: (fn, ms) => { const t = setTimeout(fn, ms); return () => clearTimeout(t); } };
      const made = openConnection(
        { host: '127.0.0.1', port: server.address().port, tls: false, clientId: 'tally1', listenTo: 'a', login: { user: 'CANARY-user', password: 'CANARY-word' } },
        clock,
        { opened() { made.drop(); server.close(); }, heard() {}, ended() {} },
      );
    });`;
  const args = ['--experimental-strip-types', '--input-type=module', '-e', program];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, DEBUG: '*', NODE_OPTIONS: '' },
  });
  expect(status, stderr).toBe(0);
  expect(stderr).toContain('mqtt-packet');
  expect(stdout + stderr).not.toContain('CANARY');
});
