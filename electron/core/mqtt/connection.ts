import { connect as connectTcp, isIP, type LookupFunction } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { parser as createParser, generate, type Packet, writeToStream } from 'mqtt-packet';
import type { MqttProblem } from '../../../shared/mqtt.ts';
import { startPatience } from '../lib/patience.ts';
import type { Clock } from '../ports.ts';
import { problemOf, refusalOf } from './failures.ts';

/** Until the broker has taken CONNECT or a message, in ms. */
const patience = 10_000;
/** How often the broker is asked for a sign of life, in ms. */
const pingEvery = 30_000;
/** After so much silence the broker tells the others that Tally is gone, half as long again (MQTT 3.1.1, 3.1.2.10); in seconds. */
const keepalive = 60;
/** Longest packet that is waited for, in bytes: what Tally subscribes to has a few. */
const largest = 64 * 1_024;

// Else the first packet makes 65,536 small buffers for good.
writeToStream.cacheNumbers = false;

/** Something that the broker keeps for those who come later; an empty payload takes it away. */
export interface Message {
  readonly topic: string;
  readonly payload: string;
}

export interface Opening {
  /** A name, or an IP address without brackets. */
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly clientId: string;
  readonly login?: { readonly user: string; readonly password: string } | undefined;
  /** What the broker says once the connection ends without a word. */
  readonly will?: Message | undefined;
  /** What is listened to. */
  readonly listenTo: string;
  /** In place of the system's look-up of names. */
  readonly lookup?: LookupFunction | undefined;
}

interface Listener {
  /** The broker has taken the connection. */
  opened(): void;
  heard(message: Message): void;
  /** The connection is over, other than by `close` and `drop`. Called once. */
  ended(problem: MqttProblem): void;
}

export type BrokerConnection = ReturnType<typeof openConnection>;

/** A connection to a broker by MQTT 3.1.1, with a session of its own. Never throws. */
export function openConnection(opening: Opening, clock: Clock, listener: Listener) {
  const { tls, listenTo } = opening;
  const socket = dial(opening);
  const parser = createParser({ protocolVersion: 4 });
  const unanswered = new Map<number, (taken: boolean) => void>();
  let isOver = false;
  /** Bytes can go to the broker. */
  let isReached = false;
  let isOpen = false;
  let hasPinged = false;
  let messageId = 1;
  let cancelPing = () => {};
  const stopWaiting = startPatience(clock, patience, () => fail('slow'));

  function settle(): void {
    isOver = true;
    stopWaiting();
    cancelPing();
    for (const answer of [...unanswered.values()]) answer(false);
  }

  function fail(problem: MqttProblem): void {
    if (isOver) return;
    settle();
    socket.destroy();
    listener.ended(problem);
  }

  function ping(): void {
    if (hasPinged) {
      fail('silent');
      return;
    }
    hasPinged = true;
    socket.write(generate({ cmd: 'pingreq' }));
    cancelPing = clock.setTimeout(ping, pingEvery);
  }

  function take(packet: Packet): void {
    if (isOver) return;
    if (!isOpen) open(packet);
    else if (packet.cmd === 'puback') unanswered.get(packet.messageId ?? 0)?.(true);
    else if (packet.cmd === 'publish')
      listener.heard({ topic: packet.topic, payload: String(packet.payload) });
    else if (packet.cmd !== 'suback' && packet.cmd !== 'pingresp') fail('not-mqtt');
  }

  function open(packet: Packet): void {
    const code = packet.cmd === 'connack' ? packet.returnCode : undefined;
    if (code !== 0) {
      fail(code === undefined ? 'not-mqtt' : refusalOf(code));
      return;
    }
    isOpen = true;
    stopWaiting();
    cancelPing = clock.setTimeout(ping, pingEvery);
    const subscriptions = [{ topic: listenTo, qos: 0 as const }];
    socket.write(generate({ cmd: 'subscribe', messageId: nextId(), subscriptions }));
    listener.opened();
  }

  function nextId(): number {
    const id = messageId;
    messageId = id === 65_535 ? 1 : id + 1;
    return id;
  }

  parser.on('packet', take);
  parser.on('error', () => fail('not-mqtt'));
  socket.setNoDelay();
  socket.once(tls ? 'secureConnect' : 'connect', () => {
    isReached = true;
    socket.write(hello(opening));
  });
  socket.on('data', (bytes) => {
    hasPinged = false;
    if (isOver) return;
    try {
      if (parser.parse(bytes) > largest) fail('too-large');
    } catch {
      fail('not-mqtt');
    }
  });
  // What does not speak TLS ends the connection at the first bytes of it.
  socket.on('error', (cause) => {
    const problem = problemOf(cause);
    fail(tls && !isReached && problem === 'broken' ? 'no-tls' : problem);
  });
  socket.on('close', () => fail(isOpen ? 'closed' : tls && !isReached ? 'no-tls' : 'no-answer'));

  return {
    /** Whether the broker has taken a message, which it keeps; QoS 1. */
    publish({ topic, payload }: Message): Promise<boolean> {
      if (isOver || !isOpen) return Promise.resolve(false);
      const id = nextId();
      return new Promise((resolve) => {
        const cancel = startPatience(clock, patience, () => fail('slow'));
        unanswered.set(id, (taken) => {
          cancel();
          unanswered.delete(id);
          resolve(taken);
        });
        const flags = { qos: 1, retain: true, dup: false } as const;
        socket.write(generate({ cmd: 'publish', messageId: id, topic, payload, ...flags }));
      });
    },
    /** Says goodbye, so that nothing more is said of Tally. */
    close(): void {
      if (isOver) return;
      settle();
      const cancel = startPatience(clock, patience, () => socket.destroy());
      socket.once('close', cancel);
      socket.end(generate({ cmd: 'disconnect' }));
    },
    /** Ends it without a word: the broker tells the will. */
    drop(): void {
      if (isOver) return;
      settle();
      socket.destroy();
    },
  };
}

function dial({ host, port, tls, lookup }: Opening) {
  const to = { host, port, ...(lookup && { lookup }) };
  if (!tls) return connectTcp(to);
  // An IP address is no name of a server (RFC 6066). Where it is not said, NODE_TLS_REJECT_UNAUTHORIZED decides.
  return connectTls({ ...to, rejectUnauthorized: true, ...(!isIP(host) && { servername: host }) });
}

function hello({ clientId, login, will }: Opening): Buffer {
  const packet = {
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    clientId,
    keepalive,
    ...(will && { will: { ...will, qos: 1, retain: true } }),
    // As bytes: a text would stand in what DEBUG has mqtt-packet write to standard error.
    ...(login && { username: Buffer.from(login.user), password: Buffer.from(login.password) }),
  };
  return generate(packet as unknown as Packet);
}
