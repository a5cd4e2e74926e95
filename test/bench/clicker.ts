import { Message, type MessageBus, MessageType, sessionBus, Variant } from 'dbus-next';
import { type MenuNode, parseMenu } from '../support/desktop/panel-menu.ts';

/** A registered tray icon, as the panel lists it. */
interface Item {
  readonly owner: string;
  readonly path: string;
}

export interface Clicker {
  /** Looks the item up as a panel does before it shows the menu; the function answered then clicks it. */
  aim(item: Item, label: string): Promise<() => Click>;
  /** Begins to watch for a new icon of the item; the function answered waits for it and tells when it came, by performance.now(). */
  watchIcon(item: Item): Promise<() => Promise<number>>;
  close(): void;
}

interface Click {
  /** When the click was handed to the bus, by performance.now(). */
  readonly at: number;
  /** Rejects when the app did not know the item: its menu was laid anew in between. */
  readonly done: Promise<unknown>;
}

/** Clicks tray items and says when. On its own connection, as the time between look-up and click must not count. */
export async function startClicker(): Promise<Clicker> {
  const bus: MessageBus = sessionBus();
  await new Promise<void>((resolve, reject) => {
    bus.once('connect', () => resolve());
    bus.once('error', reject);
  });

  async function ask(item: Item, path: string, member: string, signature: string, body: unknown[]) {
    const iface = member === 'Get' ? 'org.freedesktop.DBus.Properties' : 'com.canonical.dbusmenu';
    const reply = await bus.call(
      new Message({ destination: item.owner, path, interface: iface, member, signature, body }),
    );
    return reply?.body ?? [];
  }

  return {
    async aim(item, label) {
      const names = ['org.kde.StatusNotifierItem', 'Menu'];
      const [menu] = (await ask(item, item.path, 'Get', 'ss', names)) as [Variant<string>];
      const [, root] = await ask(item, menu.value, 'GetLayout', 'iias', [0, -1, []]);
      const node = parseMenu(root).find((one: MenuNode) => one.label === label && one.enabled);
      if (!node) throw new Error(`The tray menu offers no "${label}"`);
      const body = [node.id, 'clicked', new Variant('i', 0), Math.floor(Date.now() / 1000)];
      return () => ({ at: performance.now(), done: ask(item, menu.value, 'Event', 'isvu', body) });
    },
    async watchIcon({ owner }) {
      const rule = `type='signal',interface='org.kde.StatusNotifierItem',member='NewIcon',sender='${owner}'`;
      const daemon = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus' };
      const match = { interface: 'org.freedesktop.DBus', member: 'AddMatch', signature: 's', body: [rule] };
      await bus.call(new Message({ ...daemon, ...match }));
      const shown = new Promise<number>((resolve) => {
        bus.on('message', function look(message: Message) {
          const isIcon = message.type === MessageType.SIGNAL && message.member === 'NewIcon';
          if (!isIcon || message.sender !== owner) return;
          bus.removeListener('message', look);
          resolve(performance.now());
        });
      });
      return () => shown;
    },
    close: () => bus.disconnect(),
  };
}
