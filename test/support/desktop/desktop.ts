/**
 * A desktop of its own for a command: an X display, a session bus and an unlocked keyring, all in private folders.
 * Nothing of the person's own session is seen or touched, and nothing is left behind.
 *
 *     node test/support/desktop/desktop.ts playwright test
 */
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  accessSync,
  constants as files,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Programs and the Debian packages that bring them. */
const needs = {
  Xvfb: 'xvfb',
  'dbus-daemon': 'dbus',
  'dbus-monitor': 'dbus',
  'dbus-send': 'dbus',
  'gnome-keyring-daemon': 'gnome-keyring',
};

/** Milliseconds a helper has to come up, and a stopped command to end by itself. */
const patience = 10_000;

/**
 * One screen, which stays as it is when the last program leaves it (to begin anew it would turn away one that starts just then),
 * and never counts as locked: nobody types on it, and after ten minutes it would save itself.
 */
const screen = ['-screen', '0', '1280x900x24', '-nolisten', 'tcp', '-noreset', '-s', '0'];

/** Variables through which a command would reach the person's own session instead. */
const foreign = [
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'XDG_CURRENT_DESKTOP',
  'GNOME_KEYRING_CONTROL',
  'SSH_AUTH_SOCK',
  'DBUS_SESSION_BUS_PID',
  'ELECTRON_RUN_AS_NODE',
];

/**
 * Runs a command on a private desktop and answers its exit code (128 + n where signal n ended it). SIGINT, SIGTERM and
 * SIGHUP are passed on to the command; the desktop goes away after it. `env` is added to the command's environment.
 * Throws where a program is missing, naming the Debian package, or where a part of the desktop does not come up.
 */
export async function runInDesktop(argv: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const [command, ...args] = argv;
  if (!command) throw new Error('runInDesktop needs a command');
  const signals = new SignalRelay();
  let desktop: StartedDesktop | undefined;
  try {
    desktop = await startDesktop(env);
    if (signals.received) return 128 + constants.signals[signals.received];
    const child = spawn(command, args, { stdio: 'inherit', env: desktop.env });
    signals.passTo(child);
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    const ended = signals.received ?? signal;
    return ended ? 128 + constants.signals[ended] : (code ?? 1);
  } finally {
    signals.stop();
    desktop?.stop();
  }
}

export interface StartedDesktop {
  /** The whole environment of what runs on it. */
  readonly env: NodeJS.ProcessEnv;
  /** Its private folder, and in it the one of the keyring. */
  readonly folder: string;
  readonly keyrings: string;
  /** Ends everything that runs on it and removes its folder; done at the latest when this process exits. */
  stop(): void;
}

/** A desktop of its own for this process; see `runInDesktop`. Throws as that does. */
export async function startDesktop(env: NodeJS.ProcessEnv = {}): Promise<StartedDesktop> {
  requirePrograms();
  const desktop = new Desktop();
  const stop = () => {
    process.removeListener('exit', stop);
    desktop.cleanUp();
  };
  process.once('exit', stop);
  try {
    const session = await desktop.start(env);
    return { env: session, folder: desktop.root, keyrings: join(desktop.root, 'data/keyrings'), stop };
  } catch (error) {
    stop();
    throw error;
  }
}

class Desktop {
  readonly root = mkdtempSync(join(tmpdir(), 'tally-desktop-'));
  readonly #runtime = join(this.root, 'run');
  readonly #helpers: ChildProcess[] = [];

  async start(extra: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
    const env: NodeJS.ProcessEnv = {
      ...inherited(),
      XDG_RUNTIME_DIR: this.#runtime,
      XDG_DATA_HOME: join(this.root, 'data'),
      XDG_CONFIG_HOME: join(this.root, 'config'),
      XDG_CACHE_HOME: join(this.root, 'cache'),
      XDG_SESSION_TYPE: 'x11',
      DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(this.#runtime, 'bus')}`,
      // Numbers, dates and words as on a plain English system, wherever the tests run.
      LC_ALL: 'C.UTF-8',
      LANGUAGE: 'en',
      // The private bus has no accessibility service; without this GTK complains of it.
      NO_AT_BRIDGE: '1',
      ...extra,
    };
    for (const folder of [this.#runtime, env.XDG_DATA_HOME, env.XDG_CONFIG_HOME, env.XDG_CACHE_HOME]) {
      mkdirSync(String(folder), { mode: 0o700 });
    }
    const config = join(this.root, 'bus.conf');
    writeFileSync(config, busConfig(String(env.DBUS_SESSION_BUS_ADDRESS)));
    // Both are awaited, so that a failing one leaves no other promise behind.
    const [display, bus] = await Promise.allSettled([
      this.#startHelper('Xvfb', [...screen, '-displayfd', '3'], env),
      this.#startHelper(
        'dbus-daemon',
        [`--config-file=${config}`, '--nofork', '--nopidfile', '--print-address=3'],
        env,
      ),
    ]);
    if (display.status === 'rejected') throw display.reason;
    if (bus.status === 'rejected') throw bus.reason;
    await this.#unlockKeyring(env);
    return { ...env, DISPLAY: `:${display.value}` };
  }

  /** Starts a program that writes one line to descriptor 3 when it is ready, and answers that line. */
  async #startHelper(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
    const child = this.#spawn(command, args, env);
    let complaint = '';
    child.on('error', (error) => {
      complaint = error.message;
    });
    child.stderr?.on('data', (chunk) => {
      complaint = (complaint + chunk).slice(-2_000);
    });
    const slow = setTimeout(() => child.kill('SIGKILL'), patience);
    let line = '';
    for await (const chunk of child.stdio[3] as Readable) {
      line += chunk;
      if (line.includes('\n')) break;
    }
    clearTimeout(slow);
    if (!line.includes('\n')) throw new Error(`${command} did not start: ${complaint.trim()}`);
    return line.trim();
  }

  /** With a password on its input the daemon makes and unlocks a keyring, and serves it some milliseconds later. */
  async #unlockKeyring(env: NodeJS.ProcessEnv): Promise<void> {
    const child = this.#spawn(
      'gnome-keyring-daemon',
      ['--foreground', '--unlock', '--components=secrets'],
      env,
    );
    child.stdin?.end('test');
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said = (said + chunk).slice(-2_000);
    });
    const deadline = Date.now() + patience;
    let answer = '';
    while (!answer.includes('boolean false')) {
      if (Date.now() > deadline) {
        const end = child.exitCode ?? child.signalCode;
        const state = end === null ? 'runs' : `ended with ${end}`;
        throw new Error(`The private keyring stays locked: ${answer}; its daemon ${state}: ${said}`);
      }
      await delay(20);
      answer = await askKeyring(env);
    }
  }

  /** A group of its own: Ctrl-C in the terminal must not take the display away before the command has ended. */
  #spawn(command: string, args: string[], env: NodeJS.ProcessEnv): ChildProcess {
    const child = spawn(command, args, { env, detached: true, stdio: ['pipe', 'ignore', 'pipe', 'pipe'] });
    this.#helpers.push(child);
    return child;
  }

  /** Ends every process of this desktop, then removes its folders. Synchronous, so that it works at exit. */
  cleanUp(): void {
    const helpers = new Set(this.#helpers.map((helper) => helper.pid));
    // The keyring and whatever the command left running carry the private folder in their environment.
    for (const pid of this.#processes()) if (!helpers.has(pid)) end(pid, 'SIGKILL');
    // Xvfb removes its lock and socket from /tmp, when asked to end.
    for (const pid of this.#processes()) end(pid, 'SIGTERM');
    const deadline = Date.now() + 2_000;
    while (this.#processes().length > 0 && Date.now() < deadline) pause(10);
    for (const pid of this.#processes()) end(pid, 'SIGKILL');
    unmountBelow(this.root);
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }

  /** The processes of this desktop that still run. */
  #processes(): number[] {
    const mark = `XDG_RUNTIME_DIR=${this.#runtime}`;
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => readEnvironment(pid).split('\0').includes(mark))
      .map(Number);
  }
}

/** A portal mounts a folder in the one of its desktop, which nobody can read or remove once it is killed. */
function unmountBelow(folder: string): void {
  for (const line of readFileSync('/proc/mounts', 'utf8').split('\n')) {
    const [, place = ''] = line.split(' ');
    if (place.startsWith(`${folder}/`)) spawnSync('fusermount3', ['-u', '-z', place], { stdio: 'ignore' });
  }
}

/** Empty for processes of others and for those that have ended and only wait to be collected. */
function readEnvironment(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return '';
  }
}

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in the meantime.
  }
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.includes(name)));
}

/** Whether the default keyring is locked, in the words of dbus-send; its error where there is no keyring yet. */
async function askKeyring(env: NodeJS.ProcessEnv): Promise<string> {
  const question = [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.secrets',
    '/org/freedesktop/secrets/aliases/default',
    'org.freedesktop.DBus.Properties.Get',
    'string:org.freedesktop.Secret.Collection',
    'string:Locked',
  ];
  try {
    return (await run('dbus-send', question, { env, timeout: patience })).stdout;
  } catch (error) {
    return String(error);
  }
}

/**
 * A session bus that starts no services: with the system's own configuration the first question for a keyring would
 * start a second, locked daemon, and GTK would bring up its accessibility and file services.
 */
function busConfig(address: string): string {
  return `<busconfig>
  <type>session</type>
  <listen>${address}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <!-- Whoever its folder lets in: the person of an installed system is another than the one who runs the tests. -->
    <allow user="*"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;
}

function requirePrograms(): void {
  const missing = Object.entries(needs).filter(([program]) => !onPath(program));
  if (missing.length === 0) return;
  const programs = missing.map(([program]) => program).join(', ');
  const packages = [...new Set(missing.map(([, debian]) => debian))].join(' ');
  throw new Error(`Missing: ${programs}. Install with: apt-get install ${packages}`);
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), files.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Holds this process up when it is told to end, and passes the order on. */
class SignalRelay {
  received: NodeJS.Signals | undefined;
  #child: ChildProcess | undefined;
  #force: NodeJS.Timeout | undefined;
  readonly #signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  readonly #relay = (signal: NodeJS.Signals) => {
    this.received ??= signal;
    // A terminal has sent Ctrl-C to the command as well; a second one would make it give up its own cleaning.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) this.#child?.kill(signal);
    this.#force ??= setTimeout(() => this.#child?.kill('SIGKILL'), patience);
  };

  constructor() {
    for (const signal of this.#signals) process.on(signal, this.#relay);
  }

  passTo(child: ChildProcess): void {
    this.#child = child;
  }

  stop(): void {
    clearTimeout(this.#force);
    for (const signal of this.#signals) process.removeListener(signal, this.#relay);
  }
}

if (import.meta.main) process.exitCode = await runInDesktop(process.argv.slice(2));
