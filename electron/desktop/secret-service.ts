import type { MessageBus, Variant } from 'dbus-next';
import type { SecretStore } from '../core/ports.ts';

const destination = 'org.freedesktop.secrets';
const service = {
  destination,
  path: '/org/freedesktop/secrets',
  interface: 'org.freedesktop.Secret.Service',
};
const properties = 'org.freedesktop.DBus.Properties';

/** A keychain that has not answered for so long, in ms, stands still. */
const patience = 2_000;

/** What `SecretStore.look` tells. */
type Place = Extract<Awaited<ReturnType<SecretStore['look']>>, { ok: true }>['value'];

/**
 * Asks the Secret Service of the session whether the place of an item is locked; none of this brings up a window of the keychain's,
 * and nothing is read. `attributes` are those that keytar files items under. Rejects where there is no service, or it stands still.
 */
export async function lookAt(attributes: {
  readonly service: string;
  readonly account: string;
}): Promise<Place> {
  const { Message, sessionBus } = await import('dbus-next');
  const bus: MessageBus = sessionBus();
  let slow: NodeJS.Timeout | undefined;
  try {
    const call = async (message: ConstructorParameters<typeof Message>[0]) =>
      (await bus.call(new Message(message)))?.body ?? [];
    return await Promise.race([
      new Promise<never>((_, reject) => {
        bus.once('error', reject);
        slow = setTimeout(() => reject(new StandsStill()), patience);
      }),
      new Promise<void>((done) => bus.once('connect', () => done())).then(() => look(call, attributes)),
    ]);
  } finally {
    clearTimeout(slow);
    // What is still on its way may fail with the connection, and nobody waits for it.
    bus.on('error', () => {});
    bus.disconnect();
  }
}

type Call = (message: Record<string, unknown>) => Promise<unknown[]>;

async function look(call: Call, attributes: Readonly<Record<string, string>>): Promise<Place> {
  const property = async (path: string, iface: string, name: string) => {
    const member = { destination, path, interface: properties, member: 'Get' };
    const [variant] = await call({ ...member, signature: 'ss', body: [iface, name] });
    return (variant as Variant).value;
  };
  const isLocked = async (path: string) =>
    (await property(path, 'org.freedesktop.Secret.Collection', 'Locked')) === true;

  const found = await call({ ...service, member: 'SearchItems', signature: 'a{ss}', body: [attributes] });
  const [item] = (found as string[][]).flat();
  // An item by itself may be withheld from this connection alone, so it is the collection that tells.
  if (item !== undefined)
    return { locked: await isLocked(item.slice(0, item.lastIndexOf('/'))), found: true };

  const [usual] = await call({ ...service, member: 'ReadAlias', signature: 's', body: ['default'] });
  if (usual !== '/') return { locked: await isLocked(usual as string), found: false };
  const places = (await property(service.path, service.interface, 'Collections')) as string[];
  const locks = await Promise.all(places.map(isLocked));
  // KeePassXC shows no place at all until a database is open.
  return { locked: locks.length === 0 || locks.includes(true), found: false };
}

/** The keychain does not answer. */
export class StandsStill extends Error {
  constructor() {
    super('The keychain stands still.');
  }
}
