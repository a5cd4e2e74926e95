import type { MessageBus } from 'dbus-next';

const watcherName = 'org.kde.StatusNotifierWatcher';
/**
 * How long a new panel gets to hear from the icon that is already there before the icon is made anew, and a panel that
 * restarts to come back before it counts as gone, in ms.
 */
const grace = 3_000;

export interface PanelEvents {
  /** Whether a panel shows tray icons now; called once at the start and then on each change. */
  present(present: boolean): void;
  /** A panel has come that does not have the icon: it must be made anew. */
  missed(): void;
}

/**
 * Watches the session bus for a panel that shows tray icons (Linux only; elsewhere the tray is always there).
 * Electron registers an icon only with a panel that is there when the icon is made, so one that comes later
 * (a login race: pop-os/cosmic-applets#1528) needs a new icon; one that restarts finds the icon by itself. On KDE the
 * watcher (kded) is there before the panel that draws (plasmashell), so both are followed.
 * Without a session bus there is no panel. Never throws.
 */
export async function watchPanel(events: PanelEvents): Promise<void> {
  if (process.platform !== 'linux') return;
  try {
    await watch(events);
  } catch {
    events.present(false);
  }
}

async function watch(events: PanelEvents): Promise<void> {
  const { Message, MessageType, sessionBus } = await import('dbus-next');
  const bus: MessageBus = sessionBus();
  await new Promise<void>((resolve, reject) => {
    bus.once('connect', resolve);
    bus.once('error', reject);
  });
  bus.on('error', () => events.present(false));

  const call = async (message: ConstructorParameters<typeof Message>[0]) =>
    (await bus.call(new Message(message)))?.body ?? [];
  const daemon = (member: string, ...names: string[]) =>
    call({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member,
      signature: 's'.repeat(names.length),
      body: names,
    });
  const property = async (name: string) => {
    const [variant] = await call({
      destination: watcherName,
      path: '/StatusNotifierWatcher',
      interface: 'org.freedesktop.DBus.Properties',
      member: 'Get',
      signature: 'ss',
      body: [watcherName, name],
    });
    return (variant as { value: unknown }).value;
  };

  async function hosted(): Promise<boolean> {
    const [owned] = await daemon('NameHasOwner', watcherName);
    return owned === true && (await property('IsStatusNotifierHostRegistered')) === true;
  }

  /** Whether the panel lists an icon of this process; it names icons by the connection that serves them. */
  async function listed(): Promise<boolean> {
    const items = (await property('RegisteredStatusNotifierItems')) as string[];
    for (const item of items) {
      const connection = item.split('/')[0] as string;
      const owner = await daemon('GetConnectionUnixProcessID', connection).catch(() => []);
      if (owner[0] === process.pid) return true;
    }
    return false;
  }

  let gone: NodeJS.Timeout | undefined;
  let unlisted: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    clearTimeout(gone);
    const present = await hosted().catch(() => false);
    events.present(present);
    clearTimeout(unlisted);
    if (!present) return;
    unlisted = setTimeout(async () => {
      if (!(await listed().catch(() => true))) events.missed();
    }, grace);
  }

  function lookLater(): void {
    clearTimeout(gone);
    gone = setTimeout(look, grace);
  }

  bus.on('message', (message: InstanceType<typeof Message>) => {
    if (message.type !== MessageType.SIGNAL) return;
    const [name, , owner] = message.body;
    if (message.member === 'NameOwnerChanged' && name === watcherName) {
      if (owner === '') lookLater();
      else void look();
    } else if (message.member === 'StatusNotifierHostRegistered') void look();
    else if (message.member === 'StatusNotifierHostUnregistered') lookLater();
  });
  for (const rule of [
    `sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${watcherName}'`,
    `sender='${watcherName}',member='StatusNotifierHostRegistered'`,
    `sender='${watcherName}',member='StatusNotifierHostUnregistered'`,
  ]) {
    await daemon('AddMatch', `type='signal',${rule}`);
  }
  await look();
}
