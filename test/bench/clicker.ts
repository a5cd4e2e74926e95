import { type Message, MessageType, Variant } from 'dbus-next';
import { call, connectBus, daemon } from '../support/desktop/bus.ts';
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
  const bus = await connectBus();

  return {
    async aim(item, label) {
      const [path] = (await call(bus, {
        destination: item.owner,
        path: item.path,
        interface: 'org.freedesktop.DBus.Properties',
        member: 'Get',
        signature: 'ss',
        body: ['org.kde.StatusNotifierItem', 'Menu'],
      })) as [Variant<string>];
      const menu = { destination: item.owner, path: path.value, interface: 'com.canonical.dbusmenu' };
      const layout = { ...menu, member: 'GetLayout', signature: 'iias', body: [0, -1, []] };
      const [, root] = await call(bus, layout);
      const line = parseMenu(root).find((one: MenuNode) => one.label === label && one.enabled);
      // A status of Tally's has its times under it.
      const node = line?.children.find((one) => one.label === 'Until I change it') ?? line;
      if (!node) throw new Error(`The tray menu offers no "${label}"`);
      const body = [node.id, 'clicked', new Variant('i', 0), Math.floor(Date.now() / 1000)];
      const event = { ...menu, member: 'Event', signature: 'isvu', body };
      return () => ({ at: performance.now(), done: call(bus, event) });
    },
    async watchIcon({ owner }) {
      const rule = `type='signal',interface='org.kde.StatusNotifierItem',member='NewIcon',sender='${owner}'`;
      await call(bus, { ...daemon, member: 'AddMatch', signature: 's', body: [rule] });
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
