/**
 * The real GNOME Keyring of the test's session bus, as a person or a slow machine can make it: locked, unlocked, standing
 * still. It is spoken to over D-Bus alone, so that the test never waits for it in keytar.
 */
import { readFileSync } from 'node:fs';
import { DBusError, type MessageBus, MessageType, Variant } from 'dbus-next';
import { type Call, call as callOn, connectBus, daemon } from './bus.ts';
import { openSessions } from './bus-log.ts';

const secrets = 'org.freedesktop.secrets';
const servicePath = '/org/freedesktop/secrets';
const serviceInterface = 'org.freedesktop.Secret.Service';
const itemInterface = 'org.freedesktop.Secret.Item';
const properties = 'org.freedesktop.DBus.Properties';
/** The daemon's own door for its session's login; the only way to unlock without a prompt. */
const internal = 'org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface';

/** What desktop.ts made the keyring with. */
const password = 'test';

/** The attribute under which keytar files what it is given. */
const service = 'Tally';

export interface Keyring {
  /** From now on a secret can be neither read nor written; no prompt comes up, as no prompter is on this bus. */
  lock(): Promise<void>;
  unlock(): Promise<void>;
  locked(): Promise<boolean>;
  /** Every call to the keyring, by whomever, hangs until `thaw`. */
  freeze(): void;
  thaw(): void;
  /**
   * Resolves when the next call to the keyring has been sent, by whomever, answered or not. Awaiting this function is enough
   * to be sure that no later call is missed.
   */
  watchCalls(): Promise<{ readonly called: Promise<void> }>;
  /** The accounts that Tally has a secret for, sorted. */
  accounts(): Promise<string[]>;
  /** The secret of an account; undefined where there is none. The keyring must be unlocked. */
  secret(account: string): Promise<string | undefined>;
  /** Puts a secret in place of whatever there is, of Tally where no other program is named. */
  put(account: string, secret: string, program?: string): Promise<void>;
  remove(account: string): Promise<void>;
  /** Thawed, unlocked, and without anything of Tally. */
  reset(): Promise<void>;
  close(): void;
}

/** Connects to the keyring of DBUS_SESSION_BUS_ADDRESS; throws where none is there. */
export async function openKeyring(): Promise<Keyring> {
  const bus = await connectBus();
  try {
    const member = 'GetConnectionUnixProcessID';
    const [pid] = await call(bus, { ...daemon, member, signature: 's', body: [secrets] });
    const [, session] = await call(bus, {
      path: servicePath,
      interface: serviceInterface,
      member: 'OpenSession',
      signature: 'sv',
      body: ['plain', new Variant('s', '')],
    });
    openSessions.add(String(session));
    const [collection] = await call(bus, {
      path: servicePath,
      interface: serviceInterface,
      member: 'ReadAlias',
      signature: 's',
      body: ['default'],
    });
    return createKeyring(bus, Number(pid), String(session), String(collection));
  } catch (error) {
    bus.disconnect();
    throw error;
  }
}

function createKeyring(bus: MessageBus, pid: number, session: string, collection: string): Keyring {
  const plainSecret = (text: string) => [session, Buffer.alloc(0), Buffer.from(text), 'text/plain'];

  async function get(path: string, iface: string, name: string): Promise<unknown> {
    const body = [iface, name];
    const [value] = await call(bus, { path, interface: properties, member: 'Get', signature: 'ss', body });
    return (value as Variant).value;
  }

  /** Paths of Tally's items, or of one account's, locked or not. */
  async function items(account?: string): Promise<string[]> {
    const attributes = { service, ...(account !== undefined && { account }) };
    const [unlocked, locked] = await call(bus, {
      path: servicePath,
      interface: serviceInterface,
      member: 'SearchItems',
      signature: 'a{ss}',
      body: [attributes],
    });
    return [...(unlocked as string[]), ...(locked as string[])];
  }

  async function removeItems(account?: string): Promise<void> {
    for (const path of await items(account)) {
      await call(bus, { path, interface: itemInterface, member: 'Delete' });
    }
  }

  const keyring: Keyring = {
    async lock() {
      const body = [[collection]];
      await call(bus, {
        path: servicePath,
        interface: serviceInterface,
        member: 'Lock',
        signature: 'ao',
        body,
      });
      if (!(await keyring.locked())) throw new Error('The keyring did not lock.');
    },
    async unlock() {
      await call(bus, {
        path: servicePath,
        interface: internal,
        member: 'UnlockWithMasterPassword',
        signature: 'o(oayays)',
        body: [collection, plainSecret(password)],
      });
      if (await keyring.locked()) throw new Error('The keyring did not unlock.');
    },
    locked: async () => (await get(collection, 'org.freedesktop.Secret.Collection', 'Locked')) === true,
    freeze() {
      process.kill(pid, 'SIGSTOP');
      // The signal is on its way when kill() returns; a call that overtakes it would be answered.
      for (let state = ''; state !== 'T'; ) {
        state = /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '';
        if (state === 'Z') throw new Error('The keyring has ended.');
      }
    },
    thaw: () => void process.kill(pid, 'SIGCONT'),
    watchCalls,
    async accounts() {
      const names: string[] = [];
      for (const path of await items()) {
        try {
          const { account = '' } = (await get(path, itemInterface, 'Attributes')) as Record<string, string>;
          names.push(account);
        } catch (error) {
          // Tally may have removed it since the list was made.
          if ((await items()).includes(path)) throw error;
        }
      }
      return names.sort();
    },
    async secret(account) {
      const [path] = await items(account);
      if (path === undefined) return undefined;
      const [answer] = await call(bus, {
        path,
        interface: itemInterface,
        member: 'GetSecret',
        signature: 'o',
        body: [session],
      });
      return Buffer.from((answer as [string, Buffer, Buffer, string])[2]).toString('utf8');
    },
    async put(account, secret, program = service) {
      const attributes = { 'xdg:schema': 'org.freedesktop.Secret.Generic', service: program, account };
      await call(bus, {
        path: collection,
        interface: 'org.freedesktop.Secret.Collection',
        member: 'CreateItem',
        signature: 'a{sv}(oayays)b',
        body: [
          {
            'org.freedesktop.Secret.Item.Label': new Variant('s', `${program}/${account}`),
            'org.freedesktop.Secret.Item.Attributes': new Variant('a{ss}', attributes),
          },
          plainSecret(secret),
          true,
        ],
      });
    },
    remove: (account) => removeItems(account),
    async reset() {
      keyring.thaw();
      if (await keyring.locked()) await keyring.unlock();
      await removeItems();
    },
    close: () => bus.disconnect(),
  };
  return keyring;
}

/** The bus shows a monitor everything that is sent to the keyring, also while that stands still. */
async function watchCalls(): Promise<{ readonly called: Promise<void> }> {
  const bus = await connectBus();
  // A monitor must not send anything, so no call that it sees is left to be refused.
  bus.addMethodHandler(() => true);
  const [owner] = await call(bus, { ...daemon, member: 'GetNameOwner', signature: 's', body: [secrets] });
  const called = new Promise<void>((resolve) => {
    bus.on('message', ({ type, destination }) => {
      // libsecret calls it by its unique name.
      if (type !== MessageType.METHOD_CALL || (destination !== owner && destination !== secrets)) return;
      bus.disconnect();
      resolve();
    });
  });
  await call(bus, {
    ...daemon,
    interface: 'org.freedesktop.DBus.Monitoring',
    member: 'BecomeMonitor',
    signature: 'asu',
    body: [[`type='method_call'`], 0],
  });
  return { called };
}

/** The body of the answer; the keyring's where no other is called. The error names the call, and nothing of what was sent. */
async function call(
  bus: MessageBus,
  { destination = secrets, ...rest }: Omit<Call, 'destination'> & { readonly destination?: string },
): Promise<unknown[]> {
  try {
    return await callOn(bus, { destination, ...rest });
  } catch (error) {
    const why = error instanceof DBusError ? `${error.type}: ${error.message}` : String(error);
    throw new Error(`${rest.interface}.${rest.member} failed: ${why}`);
  }
}
