import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { companyPem } from './company.ts';
import { createWatch } from './waiting.ts';

interface Retained {
  readonly topic: string;
  readonly payload: string;
}

/** A client as the broker has it. */
interface Guest {
  /** Every byte of CONNECT. */
  readonly hello: Buffer;
  readonly clientId: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly will?: Retained | undefined;
  /** Sends it something that it listens to, or any bytes. */
  send(bytes: Buffer | Retained): void;
  /** Cuts the connection. */
  cut(): void;
}

interface Options {
  /** With the certificate of company.ts, which is for names that end in zoom.test. */
  readonly tls?: boolean;
  /** The return code of CONNACK; later ones take the rest. */
  readonly codes?: number[];
  /** Takes connections, and says nothing. */
  readonly isSilent?: boolean;
  /** Answers neither PUBLISH nor PINGREQ. */
  readonly isDeaf?: boolean;
}

const text = (value: string) => {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
};

/** A whole packet of MQTT with up to 127 bytes after its head. */
const packet = (type: number, ...parts: Buffer[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([type, body.length]), body]);
};

/** The first whole packet of what has arrived, by MQTT 3.1.1, 2.2.3; undefined: there is more to come. */
function firstOf(bytes: Buffer) {
  let length = 0;
  for (let at = 1; at <= 4; at += 1) {
    const byte = bytes[at];
    if (byte === undefined) return undefined;
    length += (byte & 127) * 128 ** (at - 1);
    if (byte < 128) {
      const end = at + 1 + length;
      return bytes.length < end ? undefined : { head: bytes[0] ?? 0, body: bytes.subarray(at + 1, end), end };
    }
  }
  throw new Error('a length of more than four bytes');
}

/** Reads the fields of a packet in their order. */
function fieldsOf(body: Buffer) {
  let at = 0;
  const bytes = (length: number) => {
    if (at + length > body.length) throw new Error('a packet ends too early');
    at += length;
    return body.subarray(at - length, at);
  };
  const number = () => bytes(2).readUInt16BE();
  return {
    byte: () => bytes(1).readUInt8(),
    number,
    text: () => new TextDecoder('utf-8', { fatal: true }).decode(bytes(number())),
    rest: () => bytes(body.length - at),
  };
}

function greetingOf(head: number | undefined, body: Buffer) {
  const { byte, number, text: read, rest } = fieldsOf(body);
  const must = (holds: boolean, what: string) => {
    if (!holds) throw new Error(what);
  };
  must(head === 0x10 && read() === 'MQTT' && byte() === 4, 'no CONNECT of MQTT 3.1.1');
  const flags = byte();
  const has = (flag: number) => (flags & flag) !== 0;
  must(!has(1) && has(2), 'flags of CONNECT');
  must(number() > 0, 'no keep alive');
  const clientId = read();
  must(/^[0-9a-zA-Z]{1,23}$/.test(clientId), 'a client id that a broker need not take');
  must(has(4) || !has(0x38), 'flags of a will that is none');
  const will = has(4) ? { topic: read(), payload: read() } : undefined;
  must(has(0x80) || !has(0x40), 'a password without a user');
  const user = has(0x80) ? read() : undefined;
  const password = has(0x40) ? read() : undefined;
  must(rest().length === 0, 'more than CONNECT has');
  return { clientId, will, user, password };
}

/**
 * A broker by MQTT 3.1.1, written from the standard alone, and a strict one: what a client may not do is an `offense`, and ends its
 * connection. It keeps what is to be kept, tells wills, and lets one client a client id in.
 */
export async function startBroker(options: Options = {}) {
  const { codes = [], isSilent, isDeaf } = options;
  const watch = createWatch();
  const kept = new Map<string, string>();
  const said: Retained[] = [];
  const guests: Guest[] = [];
  const offenses: string[] = [];
  const topics: string[] = [];
  const live = new Map<string, Socket>();
  let pings = 0;
  let dialed = 0;

  function keep(message: Retained): void {
    said.push(message);
    if (message.payload === '') kept.delete(message.topic);
    else kept.set(message.topic, message.payload);
  }

  function admit(socket: Socket, whole: Buffer, body: Buffer): Guest {
    const { clientId, will, user, password } = greetingOf(whole[0], body);
    return {
      hello: Buffer.from(whole),
      clientId,
      user,
      password,
      will,
      send(what) {
        if (Buffer.isBuffer(what)) socket.write(what);
        else socket.write(packet(0x30, text(what.topic), Buffer.from(what.payload)));
      },
      cut: () => socket.destroy(),
    };
  }

  function enter(socket: Socket, guest: Guest): void {
    guests.push(guest);
    const code = codes.shift() ?? 0;
    socket.write(Buffer.from([0x20, 2, 0, code]));
    if (code !== 0) return void socket.end();
    live.get(guest.clientId)?.destroy();
    live.set(guest.clientId, socket);
  }

  /** Takes a packet of a client that was let in; false: it has said goodbye. */
  function take(socket: Socket, head: number, body: Buffer): boolean {
    const { number, text: read, rest, byte } = fieldsOf(body);
    switch (head) {
      // QoS 1, to be kept, not a second time.
      case 0x33: {
        const topic = read();
        const id = number();
        if (/[#+]/.test(topic) || topic === '' || id === 0)
          throw new Error('a topic that nothing can be told of');
        keep({ topic, payload: rest().toString() });
        if (!isDeaf) socket.write(packet(0x40, Buffer.from([id >> 8, id & 255])));
        return true;
      }
      case 0x82: {
        const id = number();
        topics.push(read());
        if (byte() > 2 || rest().length > 0) throw new Error('SUBSCRIBE');
        socket.write(packet(0x90, Buffer.from([id >> 8, id & 255, 0])));
        return true;
      }
      case 0xc0:
        pings += 1;
        if (!isDeaf) socket.write(packet(0xd0));
        return true;
      case 0xe0:
        return false;
      default:
        throw new Error(`a packet that begins with ${head.toString(16)}`);
    }
  }

  function serve(socket: Socket): void {
    dialed += 1;
    let waiting = Buffer.alloc(0);
    let guest: Guest | undefined;
    let isLeaving = false;
    socket.on('error', () => {});
    socket.on('close', () => {
      if (guest && live.get(guest.clientId) === socket) live.delete(guest.clientId);
      if (guest?.will && !isLeaving) keep(guest.will);
      watch.changed();
    });
    socket.on('data', (bytes: Buffer) => {
      if (isSilent) return;
      try {
        waiting = Buffer.concat([waiting, bytes]);
        for (let next = firstOf(waiting); next && !isLeaving; next = firstOf(waiting)) {
          const whole = waiting.subarray(0, next.end);
          waiting = waiting.subarray(next.end);
          if (!guest) {
            guest = admit(socket, whole, next.body);
            enter(socket, guest);
          } else if (!take(socket, next.head, next.body)) {
            isLeaving = true;
            socket.end();
          }
        }
      } catch (error) {
        offenses.push((error as Error).message);
        socket.destroy();
      }
      watch.changed();
    });
    watch.changed();
  }

  const pem = readFileSync(companyPem);
  const server: Server = options.tls ? createTlsServer({ key: pem, cert: pem }, serve) : createServer(serve);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('tlsClientError', () => {});
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    kept,
    /** Everything that was told, wills too, oldest first. */
    said,
    guests,
    offenses,
    /** What was asked to be told. */
    topics,
    pings: () => pings,
    dialed: () => dialed,
    /** Resolves when `test` holds, now or after something has arrived. */
    until: (test: () => boolean) => watch.until(test, (holds) => holds),
    close: () =>
      new Promise<void>((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
}
