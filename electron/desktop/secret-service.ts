import type { MessageBus, Variant } from 'dbus-next';
import type { SecretStore } from '../core/ports.ts';
import { connectionOf, daemon } from './tray/bus.ts';

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

/** Those that keytar files items under. */
interface Attributes {
  readonly service: string;
  readonly account: string;
}

/**
 * Asks the Secret Service of the session whether the place of an item is locked; none of this brings up a window of the keychain's,
 * and nothing is read. Rejects where there is no service, or it stands still.
 */
export async function lookAt(attributes: Attributes): Promise<Place> {
  const { locked, found } = await onBus(({ call }) => look(call, attributes));
  return { locked, found };
}

/**
 * Opens the place of an item, by the keychain's own question to the person where it needs one: keytar's call would hold a thread of
 * this process for as long as that stands, and its question could not be taken back. `end` takes it back, as far as the keychain
 * lets it, and waits no longer. False: the person has not let Tally in. What fails is left to keytar, which tells what it is. Never rejects.
 */
export async function openPlace(
  attributes: Attributes,
  to: 'read' | 'write',
  end: AbortSignal,
): Promise<boolean> {
  return onBus(async (session) => {
    const prompt = await promptFor(session.call, attributes, to);
    return prompt === nothing || ask(session, prompt, end);
  }).catch(() => true);
}

/** What the service has where it has no object. */
const nothing = '/';

/** The question that must be answered first. */
async function promptFor(call: Call, attributes: Attributes, to: 'read' | 'write'): Promise<string> {
  const { path, locked, found } = await look(call, attributes);
  if (path !== undefined && locked && (found || to === 'write')) {
    const body = [[path]];
    const [, prompt] = await call({ ...service, member: 'Unlock', signature: 'ao', body });
    return String(prompt);
  }
  if (path !== undefined || locked || to === 'read') return nothing;
  // As libsecret does: there is no place yet, and the person chooses the password of a new one.
  const { Variant } = await import('dbus-next');
  const label = { 'org.freedesktop.Secret.Collection.Label': new Variant('s', 'Default keyring') };
  const body = [label, 'default'];
  const [, prompt] = await call({ ...service, member: 'CreateCollection', signature: 'a{sv}s', body });
  return String(prompt);
}

async function ask({ bus, call, over }: Session, path: string, end: AbortSignal): Promise<boolean> {
  const prompt = { destination, path, interface: 'org.freedesktop.Secret.Prompt' };
  const answered = new Promise<boolean>((resolve) => {
    bus.on('message', ({ path: from, member, body }) => {
      if (from === path && member === 'Completed') resolve(body[0] === false);
      // The keychain has ended, and its question with it.
      else if (member === 'NameOwnerChanged') resolve(true);
    });
  });
  const gnome = { ...daemon, member: 'NameHasOwner', signature: 's', body: ['org.gnome.keyring'] };
  const [isGnome] = await call(gnome);
  const takenBack = new Promise<boolean>((resolve) => {
    const takeBack = () => {
      // GNOME Keyring 42 ends when its open question is dismissed, and every program's secrets are locked then. Whoever answers the
      // question that stays has unlocked the keyring for the next start.
      if (isGnome === true) resolve(false);
      else call({ ...prompt, member: 'Dismiss' }).catch(() => resolve(false));
    };
    end.addEventListener('abort', takeBack, { once: true });
  });
  for (const rule of [
    `type='signal',path='${path}',member='Completed'`,
    `type='signal',sender='${daemon.destination}',member='NameOwnerChanged',arg0='${destination}'`,
  ]) {
    await call({ ...daemon, member: 'AddMatch', signature: 's', body: [rule] });
  }
  if (end.aborted) return false;
  // How long this may take before it tells that it asks is nowhere said.
  await call({ ...prompt, member: 'Prompt', signature: 's', body: [''] }, 60_000);
  return Promise.race([answered, takenBack, over]);
}

/** Rejects where the answer takes longer than so many ms. */
type Call = (message: Record<string, unknown>, ms?: number) => Promise<unknown[]>;

interface Session {
  readonly bus: MessageBus;
  readonly call: Call;
  /** Rejects when the bus ends. */
  readonly over: Promise<never>;
}

/** Works on a connection of its own to the session bus. */
async function onBus<T>(work: (session: Session) => Promise<T>): Promise<T> {
  const { Message, sessionBus } = await import('dbus-next');
  const bus: MessageBus = sessionBus();
  const over = new Promise<never>((_, reject) => {
    bus.once('error', reject);
    connectionOf(bus)?.once('end', () => reject(new Error('The connection is closed')));
  });
  const inTime = <A>(answer: Promise<A>, ms: number): Promise<A> => {
    let slow: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      slow = setTimeout(() => reject(new StandsStill()), ms);
    });
    return Promise.race([answer, late, over]).finally(() => clearTimeout(slow));
  };
  const call: Call = async (message, ms = patience) =>
    (await inTime(bus.call(new Message(message)), ms))?.body ?? [];
  try {
    await inTime(new Promise<void>((done) => bus.once('connect', () => done())), patience);
    return await work({ bus, call, over });
  } finally {
    // What is still on its way may fail with the connection, and nobody waits for it.
    bus.on('error', () => {});
    over.catch(() => {});
    bus.disconnect();
  }
}

/** `path` is that of the collection; there is none where the person has no usual one. */
async function look(call: Call, attributes: Attributes): Promise<Place & { readonly path?: string }> {
  const property = async (path: string, iface: string, name: string) => {
    const member = { destination, path, interface: properties, member: 'Get' };
    const [variant] = await call({ ...member, signature: 'ss', body: [iface, name] });
    return (variant as Variant).value;
  };
  const isLocked = async (path: string) =>
    (await property(path, 'org.freedesktop.Secret.Collection', 'Locked')) === true;

  const found = await call({ ...service, member: 'SearchItems', signature: 'a{ss}', body: [attributes] });
  const [item] = (found as string[][]).flat();
  if (item !== undefined) {
    // It by itself may be withheld from this connection alone, so it is the collection that tells.
    const path = item.slice(0, item.lastIndexOf('/'));
    return { path, locked: await isLocked(path), found: true };
  }

  const [usual] = await call({ ...service, member: 'ReadAlias', signature: 's', body: ['default'] });
  if (usual !== nothing) {
    const path = String(usual);
    return { path, locked: await isLocked(path), found: false };
  }
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
