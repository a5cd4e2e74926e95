import { Message, type MessageBus, sessionBus } from 'dbus-next';

/** A method call as it goes over the bus. */
export interface Call {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: unknown[];
}

/** The bus itself. */
export const daemon = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const;

/** Connects to the bus at an address; to this session's where none is given. */
export async function connectBus(address?: string): Promise<MessageBus> {
  const bus = address === undefined ? sessionBus() : sessionBus({ busAddress: address });
  await new Promise<void>((resolve, reject) => {
    bus.once('connect', () => resolve());
    // For as long as the bus lives: it may end before those who are on it.
    bus.on('error', reject);
  });
  return bus;
}

/** Milliseconds after which a call will not be answered any more: a test that waits for it would not say for what. */
const patience = 30_000;

/** The body of the answer. Rejects with the DBusError that was answered. */
export async function call(bus: MessageBus, message: Call): Promise<unknown[]> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const { destination, member } = message;
  const timer = setTimeout(() => {
    reject(new Error(`${destination} has not answered ${member} within ${patience} ms`));
  }, patience);
  try {
    return (await Promise.race([bus.call(new Message(message)), late]))?.body ?? [];
  } finally {
    clearTimeout(timer);
  }
}
