/**
 * The tray as a desktop panel sees it: a StatusNotifierWatcher, the items that register with it, and their
 * com.canonical.dbusmenu menus. Everything is read over the session bus of DBUS_SESSION_BUS_ADDRESS, so what a test
 * asserts is what a panel would draw, and a click is the call a panel would make.
 *
 * Raw messages throughout: Electron's introspection answers an empty node, so proxies find no methods.
 */
import { DBusError, Message, type MessageBus, MessageType, NameFlag, Variant } from 'dbus-next';
import { type Call, call, connectBus, daemon } from './bus.ts';
import { averageColour, type Colour, iconOf, type TrayIcon, tooltipOf } from './panel-icon.ts';
import { type MenuNode, menuLine, menuText, parseMenu, plain } from './panel-menu.ts';

const watcherName = 'org.kde.StatusNotifierWatcher';
const watcherPath = '/StatusNotifierWatcher';
const itemInterface = 'org.kde.StatusNotifierItem';
const menuInterface = 'com.canonical.dbusmenu';
const busInterface = 'org.freedesktop.DBus';
const propertiesInterface = 'org.freedesktop.DBus.Properties';
const primaryOwner = 1;

/** Milliseconds a test waits for the tray where it does not say otherwise; a cold start on a busy machine takes 4 s. */
const patience = 15_000;

/** What the panel draws at one moment. */
interface TrayView {
  readonly tooltip: string;
  readonly icon: TrayIcon;
  readonly menu: readonly MenuNode[];
}

/** A registered tray icon: the connection that serves it and its object there. */
interface TrayItem {
  readonly owner: string;
  readonly path: string;
}

/** How watchers name an icon in their list: no two kinds of them do it alike. */
export const listForms = {
  'KDE, XFCE, LXQt, MATE, sway': ({ owner, path }) => `${owner}${path}`,
  'GNOME’s AppIndicator extension': ({ owner, path }) => `${owner}@${path}`,
  'the same, of a newer Electron': ({ owner }) => `${owner}@/org/chromium/StatusNotifierItem/1`,
  'a name alone': () => wellKnownName,
  'a name with a path': () => `${wellKnownName}/StatusNotifierItem/1`,
} as const satisfies Record<string, (item: TrayItem) => string>;

/** What Chromium calls the connection that serves an icon, in the tests one of this process. */
export const wellKnownName = `org.freedesktop.StatusNotifierItem-${process.pid}-1`;

const usualForm = listForms['KDE, XFCE, LXQt, MATE, sway'];

interface PanelOptions {
  /** Of its bus; the session's where absent. */
  readonly address?: string;
  readonly listAs?: (item: TrayItem) => string;
}

interface SignalCounts {
  readonly layoutUpdated: number;
  readonly newIcon: number;
  readonly newToolTip: number;
}

export interface Panel {
  /** Every icon registered now, oldest first. */
  items(): readonly TrayItem[];
  /** The newest icon; waits until there is one. */
  waitForItem(timeoutMs?: number): Promise<TrayItem>;
  /** Resolves when no icon is left, as after the app quits. */
  waitForNoItem(timeoutMs?: number): Promise<void>;
  tooltip(): Promise<string>;
  icon(): Promise<TrayIcon>;
  /** The mean colour of the icon's pixels, each counted by its opacity. 0 to 255. */
  averageColour(): Promise<Colour>;
  menu(): Promise<readonly MenuNode[]>;
  /**
   * Clicks the item at the end of the labels, or the first of a submenu there; throws where it is missing, hidden or disabled. What is
   * not in a menu is looked for in its submenus.
   */
  click(labels: readonly string[]): Promise<void>;
  /** A left click on the icon itself. */
  activate(x?: number, y?: number): Promise<void>;
  /** Re-reads after each change until the predicate holds; the error shows what was there instead. */
  waitFor(predicate: (view: TrayView) => boolean, what: string, timeoutMs?: number): Promise<TrayView>;
  /** Resolves when the tooltip begins so. */
  waitForTooltip(start: string): Promise<TrayView>;
  /** Signals seen since the panel started. */
  counts(): SignalCounts;
  /** The panel goes away, as in a crash or a log-out; its bus connection stays. */
  stop(): Promise<void>;
  /** The panel comes back; apps have to register again. */
  restart(): Promise<void>;
  /** Gives the name back and ends the connection. */
  close(): Promise<void>;
}

/** Takes the watcher's name on the session bus and answers as a panel; throws where another panel has the name. */
export async function startPanel({ address, listAs = usualForm }: PanelOptions = {}): Promise<Panel> {
  if (!address && !process.env.DBUS_SESSION_BUS_ADDRESS) {
    throw new Error('DBUS_SESSION_BUS_ADDRESS is not set: run inside test/support/desktop/desktop.ts');
  }
  const bus = await connectBus(address);
  const panel = new BusPanel(bus, listAs);
  try {
    await panel.watch();
    await panel.restart();
  } catch (error) {
    bus.disconnect();
    throw error;
  }
  return panel;
}

class BusPanel implements Panel {
  readonly #bus: MessageBus;
  readonly #listAs: (item: TrayItem) => string;
  #items: TrayItem[] = [];
  #changes = 0;
  readonly #wake = new Set<() => void>();
  readonly #counts = { layoutUpdated: 0, newIcon: 0, newToolTip: 0 };

  constructor(bus: MessageBus, listAs: (item: TrayItem) => string) {
    this.#bus = bus;
    this.#listAs = listAs;
    bus.addMethodHandler((message: Message) => this.#answer(message));
    bus.on('message', (message) => this.#notice(message));
  }

  /** Asks the bus for the signals a panel follows. */
  async watch(): Promise<void> {
    for (const rule of [
      `type='signal',interface='${itemInterface}'`,
      `type='signal',interface='${menuInterface}'`,
      `type='signal',sender='${busInterface}',member='NameOwnerChanged'`,
    ]) {
      await this.#callBus('AddMatch', 's', [rule]);
    }
  }

  items(): readonly TrayItem[] {
    return [...this.#items];
  }

  waitForItem(timeoutMs = patience): Promise<TrayItem> {
    return this.#until(
      () => Promise.resolve(this.#items.at(-1)),
      () => 'No tray icon registered',
      timeoutMs,
    );
  }

  async waitForNoItem(timeoutMs = patience): Promise<void> {
    await this.#until(
      () => Promise.resolve(this.#items.length === 0 || undefined),
      () => `${this.#items.length} tray icon(s) still registered`,
      timeoutMs,
    );
  }

  async tooltip(): Promise<string> {
    return tooltipOf(await this.#properties(await this.waitForItem()));
  }

  async icon(): Promise<TrayIcon> {
    return iconOf(await this.#properties(await this.waitForItem()));
  }

  async averageColour(): Promise<Colour> {
    return averageColour(await this.icon());
  }

  async menu(): Promise<readonly MenuNode[]> {
    return (await this.#layout(await this.waitForItem())).nodes;
  }

  /**
   * The id is looked up for each click, as every new menu renumbers all of them. A click on an id that has just gone
   * was not carried out (the app answers an error), so it is safe to look the label up again.
   */
  async click(labels: readonly string[]): Promise<void> {
    const item = await this.waitForItem();
    for (let attempt = 1; ; attempt++) {
      await this.#open(item, 0);
      const { nodes, path } = await this.#layout(item);
      const node = find(nodes, labels);
      const body = [node.id, 'clicked', new Variant('i', 0), Math.floor(Date.now() / 1000)];
      try {
        await this.#callMenu(item, path, { member: 'Event', signature: 'isvu', body });
        return;
      } catch (error) {
        if (!(error instanceof DBusError)) throw error;
        // The click was carried out and took the icon with it: the app quits, or makes its icon anew.
        if (error.type === 'org.freedesktop.DBus.Error.NoReply') return;
        if (attempt === 3) throw error;
      }
    }
  }

  async activate(x = 0, y = 0): Promise<void> {
    const item = await this.waitForItem();
    await call(this.#bus, {
      destination: item.owner,
      path: item.path,
      interface: itemInterface,
      member: 'Activate',
      signature: 'ii',
      body: [x, y],
    });
  }

  waitForTooltip(start: string): Promise<TrayView> {
    return this.waitFor(({ tooltip }) => tooltip.startsWith(start), start);
  }

  waitFor(predicate: (view: TrayView) => boolean, what: string, timeoutMs = patience): Promise<TrayView> {
    let last: TrayView | undefined;
    return this.#until(
      async () => {
        last = await this.#view();
        return last && predicate(last) ? last : undefined;
      },
      () => `The tray does not show ${what}. ${last ? asText(last) : 'There is no tray icon.'}`,
      timeoutMs,
    );
  }

  counts(): SignalCounts {
    return { ...this.#counts };
  }

  async stop(): Promise<void> {
    await this.#bus.releaseName(watcherName);
    this.#items = [];
    this.#changed();
  }

  async restart(): Promise<void> {
    if ((await this.#bus.requestName(watcherName, NameFlag.DO_NOT_QUEUE)) !== primaryOwner) {
      throw new Error(`${watcherName} is taken: another panel runs on this bus`);
    }
  }

  async close(): Promise<void> {
    await this.stop();
    this.#bus.disconnect();
  }

  async #view(): Promise<TrayView | undefined> {
    const item = this.#items.at(-1);
    if (!item) return undefined;
    try {
      const properties = await this.#properties(item);
      const { nodes } = await this.#layout(item, properties);
      // Two questions: what has changed between their answers belongs to neither.
      const now = await this.#properties(item);
      if (tooltipOf(now) !== tooltipOf(properties)) return this.#view();
      return { tooltip: tooltipOf(now), icon: iconOf(now), menu: nodes };
    } catch (error) {
      // Between two menus, or while the icon is made anew, the object is gone for a moment; a signal follows.
      if (error instanceof DBusError) return undefined;
      throw error;
    }
  }

  async #properties(item: TrayItem): Promise<Record<string, unknown>> {
    const [all] = await call(this.#bus, {
      destination: item.owner,
      path: item.path,
      interface: propertiesInterface,
      member: 'GetAll',
      signature: 's',
      body: [itemInterface],
    });
    return plain(all) as Record<string, unknown>;
  }

  async #layout(
    item: TrayItem,
    known?: Record<string, unknown>,
  ): Promise<{ nodes: MenuNode[]; path: string }> {
    const { Menu: path } = known ?? (await this.#properties(item));
    if (typeof path !== 'string' || path === '/') throw new Error('The tray icon has no menu');
    const layout = { member: 'GetLayout', signature: 'iias', body: [0, -1, []] };
    const [, root] = await this.#callMenu(item, path, layout);
    return { nodes: parseMenu(root), path };
  }

  /** Says that a menu is about to be shown. Electron answers an error, which panels ignore. */
  async #open(item: TrayItem, id: number): Promise<void> {
    const { Menu: path } = await this.#properties(item);
    const about = { member: 'AboutToShow', signature: 'i', body: [id] };
    await this.#callMenu(item, String(path), about).catch(() => undefined);
  }

  #callMenu(
    { owner }: TrayItem,
    path: string,
    what: Pick<Call, 'member' | 'signature' | 'body'>,
  ): Promise<unknown[]> {
    return call(this.#bus, { destination: owner, path, interface: menuInterface, ...what });
  }

  #callBus(member: string, signature: string, body: unknown[]): Promise<unknown[]> {
    return call(this.#bus, { ...daemon, member, signature, body });
  }

  /** Runs `attempt` now and after each change until it gives something; no polling. */
  async #until<T>(
    attempt: () => Promise<T | undefined>,
    complaint: () => string,
    timeoutMs: number,
  ): Promise<T> {
    const deadline = AbortSignal.timeout(timeoutMs);
    for (;;) {
      const seen = this.#changes;
      const result = await attempt();
      if (result !== undefined) return result;
      if (deadline.aborted) throw new Error(`${complaint()} (waited ${timeoutMs} ms)`);
      if (this.#changes === seen) await this.#nextChange(deadline);
    }
  }

  #nextChange(deadline: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#wake.delete(done);
        deadline.removeEventListener('abort', done);
        resolve();
      };
      this.#wake.add(done);
      deadline.addEventListener('abort', done);
    });
  }

  #changed(): void {
    this.#changes++;
    for (const wake of [...this.#wake]) wake();
  }

  #notice(message: Message): void {
    if (message.type !== MessageType.SIGNAL) return;
    if (message.member === 'NameOwnerChanged') {
      const [name, , newOwner] = message.body;
      if (newOwner === '') this.#items = this.#items.filter((item) => item.owner !== name);
    }
    if (message.member === 'LayoutUpdated') this.#counts.layoutUpdated++;
    if (message.member === 'NewIcon') this.#counts.newIcon++;
    if (message.member === 'NewToolTip') this.#counts.newToolTip++;
    this.#changed();
  }

  /** The watcher's side of the protocol. True where the message was ours. */
  #answer(message: Message): boolean {
    if (message.path !== watcherPath) return false;
    const reply = (signature?: string, body?: unknown[]) =>
      this.#bus.send(Message.newMethodReturn(message, signature, body));
    const properties = {
      IsStatusNotifierHostRegistered: new Variant('b', true),
      ProtocolVersion: new Variant('i', 0),
      RegisteredStatusNotifierItems: new Variant('as', this.#items.map(this.#listAs)),
    };
    switch (message.member) {
      case 'RegisterStatusNotifierItem':
        reply();
        this.#register(String(message.body[0]), message.sender);
        return true;
      case 'RegisterStatusNotifierHost':
        reply();
        return true;
      case 'GetAll':
        reply('a{sv}', [properties]);
        return true;
      case 'Get': {
        const value = Object.entries(properties).find(([name]) => name === message.body[1])?.[1];
        if (!value) return false;
        reply('v', [value]);
        return true;
      }
      default:
        return false;
    }
  }

  #register(service: string, sender: string): void {
    const item = parseService(service, sender);
    this.#items = [...this.#items.filter((old) => old.owner !== item.owner || old.path !== item.path), item];
    this.#bus.send(
      Message.newSignal(watcherPath, watcherName, 'StatusNotifierItemRegistered', 's', [this.#listAs(item)]),
    );
    this.#changed();
  }
}

/** Apps register a bus name, an object path, or both in one string. */
function parseService(service: string, sender: string): TrayItem {
  const slash = service.indexOf('/');
  if (slash < 0) return { owner: service, path: '/StatusNotifierItem' };
  return { owner: slash === 0 ? sender : service.slice(0, slash), path: service.slice(slash) };
}

function find(nodes: readonly MenuNode[], labels: readonly string[]): MenuNode {
  let level = nodes;
  let found: MenuNode | undefined;
  for (const [depth, label] of labels.entries()) {
    found = menuLine(level, label);
    const where = `"${labels.slice(0, depth + 1).join(' > ')}"`;
    if (!found) throw new Error(`No menu item ${where}. The menu is:\n${menuText(nodes)}`);
    if (!found.enabled)
      throw new Error(`The menu item ${where} is disabled. The menu is:\n${menuText(nodes)}`);
    level = found.children;
  }
  if (!found) throw new Error('click() needs at least one label');
  return found.children.find(({ enabled, type }) => enabled && type === 'standard') ?? found;
}

function asText(view: TrayView): string {
  return `Tooltip: "${view.tooltip}". Menu:\n${menuText(view.menu)}`;
}
