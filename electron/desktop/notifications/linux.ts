import type { MessageBus, Message as MessageType, Variant as VariantType } from 'dbus-next';
import type { Notification, Notifier } from '../../core/ports.ts';
import { connectionOf } from '../tray/bus.ts';
import { notificationBody } from './markup.ts';

/** Red, green, blue and alpha, eight bits each, row by row. */
export interface NotificationIcon {
  readonly width: number;
  readonly height: number;
  readonly pixels: Buffer;
}

interface Server {
  capabilities(): Promise<readonly string[]>;
  /** Gives the server's number of it. */
  notify(notification: Notification, capabilities: readonly string[], replaces: number): Promise<number>;
  close(number: number): Promise<unknown>;
}

interface Shown {
  readonly number: number;
  readonly notification: Notification;
}

const name = 'org.freedesktop.Notifications';
/** Lets the server choose how long it shows one. */
const serversTime = -1;

/**
 * Notifications over D-Bus (Desktop Notifications Specification 1.2). One after the other: while the server takes its time, of all that
 * come for a place only the newest waits. Where there is no server, or it refuses, nothing is shown.
 */
export function createLinuxNotifier(icon: () => NotificationIcon): Notifier {
  /** What is to be shown next by id; null: taken away. */
  const wanted = new Map<string, Notification | null>();
  const shown = new Map<string, Shown>();
  let server: Promise<Server> | undefined;
  let working = false;
  /** What was heard of a notification before its number was here: both can come in one piece. */
  let early: MessageType[] | undefined;

  function find(number: unknown): Shown | undefined {
    return [...shown.values()].find((one) => one.number === number);
  }

  function heard(signal: MessageType): void {
    const { member, body } = signal;
    const [number, key] = body;
    const found = find(number);
    if (!found) early?.push(signal);
    else if (member === 'NotificationClosed') shown.delete(found.notification.id);
    else if (member === 'ActionInvoked')
      found.notification.chosen(key === 'button' ? 'button' : 'notification');
  }

  async function carryOut(id: string, notification: Notification | null): Promise<void> {
    server ??= openServer(heard, icon, () => {
      server = undefined;
      shown.clear();
    });
    const { capabilities, notify, close } = await server;
    const former = shown.get(id)?.number;
    if (notification) {
      const able = await capabilities();
      const heardEarly: MessageType[] = [];
      early = heardEarly;
      const number = await notify(notification, able, former ?? 0).finally(() => {
        early = undefined;
      });
      shown.set(id, { number, notification });
      for (const signal of heardEarly) heard(signal);
    } else if (former !== undefined) {
      shown.delete(id);
      await close(former);
    }
  }

  async function work(): Promise<void> {
    if (working) return;
    working = true;
    for (const [id, notification] of wanted) {
      wanted.delete(id);
      await carryOut(id, notification).catch(() => {});
    }
    working = false;
  }

  function want(id: string, notification: Notification | null): void {
    wanted.set(id, notification);
    void work();
  }

  return {
    show: (notification) => want(notification.id, notification),
    close(id) {
      if (shown.has(id) || wanted.has(id)) want(id, null);
    },
  };
}

async function openServer(
  heard: (signal: MessageType) => void,
  icon: () => NotificationIcon,
  lost: () => void,
): Promise<Server> {
  const { Message, MessageType, sessionBus, Variant } = await import('dbus-next');
  const { bus, over } = await connect(sessionBus, lost);
  const path = '/org/freedesktop/Notifications';
  bus.on('message', (message: MessageType) => {
    if (message.type === MessageType.SIGNAL && message.interface === name && message.path === path)
      heard(message);
  });
  const call = async (message: ConstructorParameters<typeof Message>[0]) =>
    (await Promise.race([bus.call(new Message(message)), over]))?.body ?? [];
  const ask = (member: string, signature = '', body: unknown[] = []) =>
    call({ destination: name, path, interface: name, member, signature, body });
  await call({
    destination: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    interface: 'org.freedesktop.DBus',
    member: 'AddMatch',
    signature: 's',
    body: [`type='signal',sender='${name}',interface='${name}'`],
  });
  const hints = hintsOf(icon(), Variant);
  return {
    async capabilities() {
      const [found] = await ask('GetCapabilities');
      return Array.isArray(found) ? found : [];
    },
    async notify({ title, body, button }, capabilities, replaces) {
      const actions = ['default', 'Open Tally', ...(button === undefined ? [] : ['button', button])];
      const [number] = await ask('Notify', 'susssasa{sv}i', [
        'Tally',
        replaces,
        '',
        title,
        notificationBody(body, capabilities),
        capabilities.includes('actions') ? actions : [],
        hints,
        serversTime,
      ]);
      return Number(number);
    },
    close: (number) => ask('CloseNotification', 'u', [number]),
  };
}

interface Connected {
  readonly bus: MessageBus;
  /** Rejects when the bus ends. */
  readonly over: Promise<never>;
}

async function connect(sessionBus: () => MessageBus, lost: () => void): Promise<Connected> {
  try {
    const bus = sessionBus();
    const over = new Promise<never>((_, reject) => {
      const end = (error: Error) => {
        lost();
        reject(error);
      };
      bus.on('error', end);
      // The library keeps this to itself, and leaves the calls on their way without an answer.
      connectionOf(bus)?.once('end', () => end(new Error('The bus has ended')));
    });
    over.catch(() => {});
    await Promise.race([new Promise<void>((done) => bus.once('connect', () => done())), over]);
    return { bus, over };
  } catch (error) {
    lost();
    throw error;
  }
}

/** The icon goes along as pixels: a path into the package could be read by nobody else. */
function hintsOf({ width, height, pixels }: NotificationIcon, Variant: typeof VariantType) {
  return {
    'desktop-entry': new Variant('s', 'io.github.tallyauthors.Tally'),
    'image-data': new Variant('(iiibiiay)', [width, height, width * 4, true, 8, 4, pixels]),
  };
}
