import type { Message, MessageBus } from 'dbus-next';
import type { Clock } from '../../core/ports.ts';

/** How long a program on the bus may take to answer, in ms; one that stands still never does. */
const patience = 5_000;

/** A method of a program on the bus, called with texts, or with what a signature tells. */
interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly texts?: readonly string[];
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

/** A connection to a bus. Nothing here starts a program that does not run. */
export interface Bus {
  /** The body of the answer. Rejects where there is none in five seconds. */
  call(what: BusCall): Promise<unknown[]>;
  /** A property of an object, as it is. */
  property(what: Pick<BusCall, 'destination' | 'path' | 'interface'>, name: string): Promise<unknown>;
  /** Asks for the signals that a rule names. */
  match(rule: string): Promise<void>;
  close(): void;
}

export interface BusEvents {
  signal(message: Message): void;
  /** The bus has ended; this connection is of no more use. */
  lost(): void;
}

/** The bus itself. */
export const daemon = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const;

/** Connects to the session's or the system's bus, or to the one at `address`. Rejects where there is none. */
export async function connectBus(
  kind: 'session' | 'system',
  clock: Clock,
  events: Partial<BusEvents> = {},
  address?: string,
): Promise<Bus> {
  const library = await import('dbus-next');
  const open = kind === 'session' ? library.sessionBus : library.systemBus;
  const bus: MessageBus = open(address === undefined ? {} : { busAddress: address });
  let over = true;
  const end = () => {
    if (over) return;
    over = true;
    events.lost?.();
  };
  const close = () => {
    over = true;
    bus.disconnect();
  };
  const connected = new Promise<void>((resolve, reject) => {
    bus.once('connect', resolve);
    bus.on('error', (error: Error) => {
      reject(error);
      end();
    });
  });
  await inTime(connected, clock).catch((error) => {
    close();
    throw error;
  });
  over = false;
  // The library keeps to itself that the bus has ended, and leaves the calls on their way without an answer.
  connectionOf(bus)?.once('end', end);
  bus.on('message', (message: Message) => {
    if (message.type === library.MessageType.SIGNAL) events.signal?.(message);
  });

  async function call({ texts = [], body = texts, signature, ...what }: BusCall): Promise<unknown[]> {
    const message = new library.Message({
      ...what,
      signature: signature ?? 's'.repeat(texts.length),
      body: [...body],
      flags: library.MessageFlag.NO_AUTO_START,
    });
    return (await inTime(bus.call(message), clock))?.body ?? [];
  }
  return {
    call,
    async property(what, name) {
      const get = { ...what, interface: 'org.freedesktop.DBus.Properties', member: 'Get' };
      const [variant] = await call({ ...get, texts: [what.interface, name] });
      return (variant as { value: unknown }).value;
    },
    async match(rule) {
      await call({ ...daemon, member: 'AddMatch', texts: [rule] });
    },
    close,
  };
}

/** What the library has below a bus: its end is told there alone. */
export function connectionOf(bus: MessageBus): NodeJS.EventEmitter | undefined {
  return (bus as unknown as { _connection?: NodeJS.EventEmitter })._connection;
}

function inTime<T>(answer: Promise<T>, clock: Clock): Promise<T> {
  let cancel = () => {};
  const late = new Promise<never>((_, reject) => {
    cancel = clock.setTimeout(() => reject(new Error('No answer on the bus')), patience);
  });
  return Promise.race([answer, late]).finally(() => cancel());
}
