import { createLatest } from '../../core/lib/latest.ts';
import type { Clock } from '../../core/ports.ts';
import { type Bus, connectBus, daemon } from './bus.ts';
import { connectionOf } from './item-name.ts';
import { isLocked } from './locked.ts';
import { hasXTray } from './x-tray.ts';

const watcherName = 'org.kde.StatusNotifierWatcher';
const watcher = {
  destination: watcherName,
  path: '/StatusNotifierWatcher',
  interface: watcherName,
} as const;

/** How long a new panel gets to hear from the icon that is already there before the icon is made anew, in ms. */
const grace = 3_000;
/** How long no panel is there, in an unlocked session, before that is said, in ms: panels start after apps, restart, and go with the lock. */
const untilSaid = 30_000;
/** How often it is looked where nothing tells of a change, in ms: panels of the X server, locks, a bus that may come back. */
const rhythm = 10_000;
/** How long after a panel's return the picture is sent once more, in ms: waybar draws none before (Alexays/Waybar#3564). */
const untilRedrawn = 1_000;

export interface PanelEvents {
  /** A panel shows tray icons: at the start, or again after `absent`. */
  present(): void;
  /** No panel has shown icons for half a minute, in which the screen was not locked. `before`: one did, earlier. */
  absent(before: boolean): void;
  /** A panel has come that does not have the icon: it must be made anew. */
  missed(): void;
  /** A panel that is back has the icon; its picture is to be sent again. */
  returned(): void;
}

export interface PanelWatch {
  /** Looks again now, as after sleep. */
  look(): void;
}

/** Where the panel, and the person, are looked for. */
interface Places {
  readonly address?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Watches for a panel that shows tray icons (Linux only; elsewhere the tray is always there): on the session bus, and where there is
 * none, on the X display.
 * Electron registers an icon only with a panel that is there when the icon is made, so one that comes later
 * (a login race: pop-os/cosmic-applets#1528) needs a new icon; one that restarts finds the icon by itself. On KDE the
 * watcher (kded) is there before the panel that draws (plasmashell), so both are followed. Never throws.
 */
export function watchPanel(events: PanelEvents, clock: Clock, { address, env }: Places = {}): PanelWatch {
  if (process.platform !== 'linux') return { look() {} };
  let bus: Promise<Bus | undefined> | undefined;
  /** What was told last. */
  let told: 'present' | 'absent' | undefined;
  let before = false;
  /** Since when there is none, as far as the screen was not locked; epoch ms. */
  let missingSince: number | undefined = clock.now();
  /** A panel on the bus has come since the last look. */
  let arrived = true;
  /** The icon was made anew for this panel, which lists it all the same not. */
  let remade = false;
  let unlisted = false;
  const cancel = { look: () => {}, list: () => {}, redraw: () => {} };
  const begin = createLatest();

  function connection(): Promise<Bus | undefined> {
    bus ??= openSession(clock, { changed, lost }, address).catch(() => {
      bus = undefined;
      return undefined;
    });
    return bus;
  }

  function lost(): void {
    bus = undefined;
    void look();
  }

  function changed(what: 'came' | 'went' | 'lock'): void {
    if (what === 'came') arrived = true;
    if (what === 'lock' && missingSince !== undefined) missingSince = clock.now();
    void look();
  }

  async function look(): Promise<void> {
    const isLatest = begin();
    cancel.look();
    const session = await connection();
    const hosted = session !== undefined && (await isHosted(session).catch(() => false));
    const shown = hosted && (!unlisted || (await isListed(session).catch(() => false)));
    const there = shown || (await hasXTray(env));
    const locked = !there && told !== 'absent' && (await isLocked(session, clock));
    if (!isLatest()) return;
    if (!shown) cancel.look = clock.setTimeout(look, rhythm);
    if (there) tell('present');
    else wait(locked);
    if (!hosted) arrived = true;
    else if (arrived) welcome(session);
  }

  function tell(what: 'present' | 'absent'): void {
    if (what === 'present') missingSince = undefined;
    if (what !== told) {
      told = what;
      if (what === 'present') events.present();
      else events.absent(before);
    }
    if (what === 'present') before = true;
  }

  function wait(locked: boolean): void {
    const now = clock.now();
    if (locked) missingSince = now;
    missingSince ??= now;
    if (now - missingSince >= untilSaid) tell('absent');
  }

  /** A panel on the bus is new: sees to it that it has the icon, and draws it. */
  function welcome(session: Bus): void {
    arrived = false;
    remade = false;
    unlisted = false;
    cancel.redraw();
    cancel.redraw = clock.setTimeout(events.returned, untilRedrawn);
    checkLater(session);
  }

  function checkLater(session: Bus): void {
    cancel.list();
    cancel.list = clock.setTimeout(async () => {
      // A list that cannot be read, or a panel that has gone, is no reason to make the icon anew.
      if (arrived || (await isListed(session).catch(() => true))) return;
      if (remade) {
        unlisted = true;
        void look();
      } else {
        remade = true;
        events.missed();
        checkLater(session);
      }
    }, grace);
  }

  void look();
  return { look: () => void look() };
}

interface SessionEvents {
  changed(what: 'came' | 'went' | 'lock'): void;
  lost(): void;
}

async function openSession(
  clock: Clock,
  { changed, lost }: SessionEvents,
  address: string | undefined,
): Promise<Bus> {
  const bus = await connectBus(
    'session',
    clock,
    {
      lost,
      signal({ member, body: [name, , owner] }) {
        if (member === 'NameOwnerChanged' && name === watcherName) changed(owner === '' ? 'went' : 'came');
        else if (member === 'StatusNotifierHostRegistered') changed('came');
        else if (member === 'StatusNotifierHostUnregistered') changed('went');
        else if (member === 'ActiveChanged') changed('lock');
      },
    },
    address,
  );
  for (const rule of [
    `sender='${daemon.destination}',member='NameOwnerChanged',arg0='${watcherName}'`,
    `sender='${watcherName}',member='StatusNotifierHostRegistered'`,
    `sender='${watcherName}',member='StatusNotifierHostUnregistered'`,
    // Of a screen that is locked or unlocked.
    `member='ActiveChanged'`,
  ]) {
    await bus.match(`type='signal',${rule}`);
  }
  return bus;
}

async function isHosted(bus: Bus): Promise<boolean> {
  return (await bus.property(watcher, 'IsStatusNotifierHostRegistered')) === true;
}

/** Whether the panel lists an icon of this process. A name that says nothing of whose it is may be ours. */
async function isListed(bus: Bus): Promise<boolean> {
  const items = (await bus.property(watcher, 'RegisteredStatusNotifierItems')) as readonly unknown[];
  for (const item of items) {
    const name = connectionOf(item);
    if (name === undefined) return true;
    const ask = { ...daemon, member: 'GetConnectionUnixProcessID', texts: [name] };
    const [pid] = await bus.call(ask).catch(() => []);
    if (pid === process.pid) return true;
  }
  return false;
}
