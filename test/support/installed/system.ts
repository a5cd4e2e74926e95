import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BareTally, collectOutput } from '../desktop/start.ts';
import { type Ended, ended, must } from '../program.ts';

/** A Debian of its own, as somebody has it who installs Tally on a new computer: in a folder, with a person in it. */
export interface DebianSystem {
  readonly folder: string;
  /** Runs a program as its root. */
  asRoot(...argv: string[]): Promise<Ended>;
  /** Runs a program as the person, on the desktop of the tests. */
  asPerson(...argv: string[]): Promise<Ended>;
  /** Starts a program as the person does; `on` which of the two session buses. */
  start(argv: readonly string[], on?: 'the tests’ bus' | 'its own bus'): BareTally;
  /** Every file, folder and link in it, from the root on; nothing of what changes with any package, and nothing of the person's. */
  files(): readonly string[];
  remove(): void;
}

/** The person's number in the system, and the home. */
const person = 1000;
export const home = '/home/ada';

/** Where the system's own session bus listens once it is started, as `dbus-daemon --address`. */
export const ownBus = `unix:path=${home}/session-bus`;

/** What a program of the tests' desktop needs to know, and nothing else of this process. */
function environment(isPerson: boolean, bus: string): NodeJS.ProcessEnv {
  const common = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8' };
  if (!isPerson) return { ...common, HOME: '/root', DEBIAN_FRONTEND: 'noninteractive' };
  return {
    ...common,
    HOME: home,
    USER: 'ada',
    DISPLAY: process.env.DISPLAY,
    DBUS_SESSION_BUS_ADDRESS: bus,
    XDG_RUNTIME_DIR: `/run/user/${person}`,
    XDG_SESSION_TYPE: 'x11',
    // The bus has no accessibility service, and GTK would complain of that.
    NO_AT_BRIDGE: '1',
  };
}

const enter = join(import.meta.dirname, 'enter.sh');

/** Parts of a system that change with any package that comes or goes. */
const changing = /^\/(?:var\/(?:lib\/(?:dpkg|apt)|cache|log|backups)|home|tmp|run|proc|dev|mnt|root)(?:\/|$)/;

/** Makes a system out of Debian's packages, by mmdebstrap; about a minute. Only root can. Throws with what it said where it fails. */
export async function makeDebian(): Promise<DebianSystem> {
  if (process.getuid?.() !== 0) throw new Error('Only root can make a Debian of its own.');
  const folder = mkdtempSync(join(tmpdir(), 'tally-debian-'));
  const testsBus = (process.env.DBUS_SESSION_BUS_ADDRESS ?? '').replace(/^unix:path=/, '');

  function within(isPerson: boolean, argv: readonly string[], bus = 'unix:path=/run/bus') {
    const who = String(isPerson ? person : 0);
    const place = [enter, folder, isPerson ? testsBus : '', who];
    const options = { env: environment(isPerson, bus), cwd: '/' };
    return spawn('unshare', ['--mount', '--propagation', 'private', ...place, ...argv], options);
  }

  const system: DebianSystem = {
    folder,
    asRoot: (...argv) => ended(within(false, argv)),
    asPerson: (...argv) => ended(within(true, argv)),
    start(argv, on) {
      const child = within(true, argv, on === 'its own bus' ? ownBus : undefined);
      const output = collectOutput(child);
      const end = new Promise<number | null>((resolve) => child.once('close', resolve));
      return {
        pid: child.pid ?? 0,
        userData: join(folder, home, '.config/Tally'),
        ended: end,
        signal: () => child.signalCode,
        async kill() {
          child.kill('SIGKILL');
          await end;
        },
        output,
      };
    },
    files: () => walk(folder, ''),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  const mirror = spawn('mmdebstrap', ['--variant=minbase', '--format=directory', 'bookworm', folder]);
  await must(ended(mirror), 'mmdebstrap');
  await must(system.asRoot('apt-get', 'update'), 'apt-get update');
  await must(system.asRoot('useradd', '--create-home', '--uid', String(person), 'ada'), 'useradd');
  return system;
}

function walk(folder: string, below: string): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = `${below}/${entry.name}`;
    if (changing.test(path)) return [];
    return entry.isDirectory() ? [path, ...walk(folder, path)] : [path];
  });
}
