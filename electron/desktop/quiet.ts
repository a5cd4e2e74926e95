import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { outwards as t } from '../../shared/words/en/outwards.ts';
import type { Clock, DesktopQuiet, QuietWatch } from '../core/ports.ts';
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

/** By which KDE names who has asked for it. */
const app = 'io.github.tallyauthors.Tally';

interface QuietDeps {
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Whether the desktop shows no notifications: in GNOME's settings, or by whatever shows them as KDE does. Nothing tells on macOS and
 * Windows, which have no supported way.
 */
export function desktopQuiet(deps: QuietDeps): DesktopQuiet {
  const { platform, env } = deps;
  const onLinux = isGnome(env) ? 'kept' : 'lent';
  return { kind: platform === 'linux' ? onLinux : 'none', watch: (tell) => watchQuiet(deps, tell) };
}

function watchQuiet(
  { clock, platform, env }: QuietDeps,
  tell: (quiet: boolean | undefined) => void,
): QuietWatch {
  let stopped = false;
  let looking = 0;
  let bus: Bus | undefined;
  let cancel = () => {};
  /** What KDE has lent; it ends with the connection, too. */
  let cookie: unknown;

  const ask = () => (isGnome(env) ? askGnome() : askKde(bus)).catch(() => undefined);

  /** Of several that are asked at once the last one counts. */
  async function look(): Promise<void> {
    looking += 1;
    const mine = looking;
    const quiet = await ask();
    if (!stopped && mine === looking) tell(quiet);
  }

  /** What was asked for before tells nothing any more. */
  async function lookAfter(): Promise<boolean | undefined> {
    for (;;) {
      looking += 1;
      const mine = looking;
      const quiet = await ask();
      if (mine === looking) return quiet;
    }
  }

  async function inhibit(quiet: boolean): Promise<void> {
    if (!bus) throw new Error('There is no bus.');
    if (cookie !== undefined) await bus.call({ ...kde, member: 'UnInhibit', signature: 'u', body: [cookie] });
    cookie = undefined;
    if (!quiet) return;
    const body = [app, t.quietReason, {}];
    [cookie] = await bus.call({ ...kde, member: 'Inhibit', signature: 'ssa{sv}', body });
  }

  async function open(): Promise<void> {
    const lost = () => {
      bus = undefined;
      cookie = undefined;
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
  return {
    async set(quiet) {
      const asked = isGnome(env) ? setGnome(quiet) : inhibit(quiet);
      const taken = await asked.then(
        () => true,
        () => false,
      );
      return { taken, seen: await lookAfter() };
    },
    stop() {
      stopped = true;
      cancel();
      bus?.close();
    },
  };
}

const isGnome = ({ XDG_CURRENT_DESKTOP = '' }: NodeJS.ProcessEnv) =>
  XDG_CURRENT_DESKTOP.split(':').includes('GNOME');

/** By the program that reads GNOME's settings: they lie in a file whose form is dconf's own. */
async function askGnome(): Promise<boolean> {
  const { stdout } = await run('gsettings', ['get', gnome.schema, gnome.key], { timeout: 5_000 });
  return stdout.trim() === 'false';
}

/** Rejects where an administrator has locked the setting. */
async function setGnome(quiet: boolean): Promise<void> {
  await run('gsettings', ['set', gnome.schema, gnome.key, String(!quiet)], { timeout: 5_000 });
}

/** Other services for notifications have no such property. */
async function askKde(bus: Bus | undefined): Promise<boolean | undefined> {
  const inhibited = await bus?.property(kde, 'Inhibited');
  return typeof inhibited === 'boolean' ? inhibited : undefined;
}
