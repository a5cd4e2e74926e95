import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Clock } from '../core/ports.ts';
import { type Bus, connectBus } from './tray/bus.ts';

const run = promisify(execFile);

/** A bus that has ended, or was not there, is looked for again after so long, in ms. */
const again = 30_000;

const kde = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
} as const;
const gnome = { schema: 'org.gnome.desktop.notifications', key: 'show-banners' } as const;

/** What is told when it may be another answer: by KDE's notifications, and by what keeps GNOME's settings. */
const rules = [
  `type='signal',path='${kde.path}',interface='org.freedesktop.DBus.Properties',member='PropertiesChanged'`,
  `type='signal',interface='ca.desrt.dconf.Writer',member='Notify',arg0path='/org/gnome/desktop/notifications/'`,
];

interface QuietDeps {
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Tells soon whether the desktop shows no notifications, and when that may be another answer; undefined where nothing tells, as on
 * macOS and Windows, which have no supported way. Returns how to stop.
 */
export function watchQuiet(
  { clock, platform, env }: QuietDeps,
  tell: (quiet: boolean | undefined) => void,
): () => void {
  let stopped = false;
  let looking = 0;
  let bus: Bus | undefined;
  let cancel = () => {};

  /** Of several that are asked at once the last one counts. */
  async function look(): Promise<void> {
    looking += 1;
    const mine = looking;
    const quiet = await (isGnome(env) ? askGnome() : askKde(bus)).catch(() => undefined);
    if (!stopped && mine === looking) tell(quiet);
  }

  async function open(): Promise<void> {
    const lost = () => {
      bus = undefined;
      if (!stopped) cancel = clock.setTimeout(() => void open(), again);
    };
    try {
      const opened = await connectBus('session', clock, { lost, signal: () => void look() });
      bus = opened;
      if (stopped) opened.close();
      else for (const rule of rules) await opened.match(rule);
    } catch {
      lost();
    }
    if (!stopped) await look();
  }

  if (platform === 'linux') void open();
  else {
    const soon = setImmediate(() => tell(undefined));
    cancel = () => clearImmediate(soon);
  }
  return () => {
    stopped = true;
    cancel();
    bus?.close();
  };
}

const isGnome = ({ XDG_CURRENT_DESKTOP = '' }: NodeJS.ProcessEnv) =>
  XDG_CURRENT_DESKTOP.split(':').includes('GNOME');

/** By the program that reads GNOME's settings: they lie in a file whose form is dconf's own. */
async function askGnome(): Promise<boolean> {
  const { stdout } = await run('gsettings', ['get', gnome.schema, gnome.key], { timeout: 5_000 });
  return stdout.trim() === 'false';
}

/** Other services for notifications have no such property. */
async function askKde(bus: Bus | undefined): Promise<boolean | undefined> {
  const inhibited = await bus?.property(kde, 'Inhibited');
  return typeof inhibited === 'boolean' ? inhibited : undefined;
}
