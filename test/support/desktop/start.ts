import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { delimiter } from 'node:path';
import type { Practice } from '../../../electron/practice/server.ts';
import { findElectron, root } from '../../../scripts/electron.mjs';
import { wrapElectron } from './wrapped-electron.ts';

export interface LaunchOptions {
  /** Further command-line arguments; the window stays closed without `--show`-like ones only when `hidden`. */
  readonly args?: readonly string[];
  readonly hidden?: boolean;
  readonly userData?: string;
  /**
   * Where the app finds Zoom: the test's own practice Zoom with a token for its person (true), that same Zoom with nobody
   * signed in, in the place of Zoom's commercial cloud ('connect'), or (false) whatever its arguments say.
   */
  readonly zoom?: boolean | 'connect';
  /** A folder in which programs are looked for first: `desktopBrowser.path`, for the browser. */
  readonly path?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The folder it is started in. */
  readonly folder?: string;
  /** Milliseconds that have passed on the main process's clock before it starts; the practice Zoom's is moved by `zoom.advance`. */
  readonly ahead?: number;
  /** Root, too, is kept from writing to a folder that is closed for writing. */
  readonly obeyModes?: boolean;
}

/** How the built app is started on the real Electron. `wrapping`, where there is one, is a folder to remove when it has ended. */
interface Start {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Record<string, string>;
  /** Where it is started; where absent, here. */
  readonly folder?: string | undefined;
  readonly wrapping: string | undefined;
}

export function planStart(options: LaunchOptions & { userData: string }, practice: Practice): Start {
  const electron = findElectron();
  if (!electron) throw new Error('There is no Electron; run npm run setup.');
  const { zoom = true, path, ahead, obeyModes } = options;
  const env = { ...(process.env as Record<string, string>) };
  if (zoom !== false) {
    env.TALLY_ZOOM_API = practice.apiUrl;
    env.TALLY_ZOOM_OAUTH = practice.oauthUrl;
  }
  if (zoom === true) env.TALLY_ZOOM_TOKEN = practice.accessToken;
  if (path !== undefined) env.PATH = `${path}${delimiter}${env.PATH ?? ''}`;
  const plain = ahead === undefined && !obeyModes;
  const wrapped = plain ? undefined : wrapElectron(electron.path, options);
  return {
    program: wrapped?.path ?? electron.path,
    args: [
      root,
      `--user-data-dir=${options.userData}`,
      ...(options.hidden ? ['--hidden'] : []),
      ...(options.args ?? []),
    ],
    env: { ...env, ...options.env },
    folder: options.folder,
    wrapping: wrapped?.folder,
  };
}

/** Everything a process writes, from now on. */
export function collectOutput(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data: Buffer) => {
      output += data.toString();
    });
  }
  return () => output;
}

/** An app that no test harness is attached to: seen by its tray alone, and quick to start. */
export interface BareTally {
  /** Of its main process. */
  readonly pid: number;
  readonly userData: string;
  /** Resolves when it has ended, for whatever reason, with its exit code (null where a signal ended it). */
  readonly ended: Promise<number | null>;
  /** Which signal ended it; null as long as none has. */
  signal(): NodeJS.Signals | null;
  /** SIGKILL, at once; resolves when it is gone. */
  kill(): Promise<void>;
  output(): string;
}

/** Starts the app as a desktop does, without Playwright: for tests that kill it at a moment of their choice. */
export function startBare(options: LaunchOptions & { userData: string }, practice: Practice): BareTally {
  return runBare(planStart(options, practice), options.userData);
}

/** Starts a program that is a Tally, with its user data where `args` say. */
export function runBare({ program, args, env, folder, wrapping }: Start, userData: string): BareTally {
  // Playwright adds this by itself; Chromium does not run as root without it.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(program, [...args, ...sandbox], {
    env,
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collectOutput(child);
  // 'close' and not 'exit': the output is complete, and no child of the app is left that writes to it.
  const ended = once(child, 'close').then(([code]) => {
    if (wrapping) rmSync(wrapping, { recursive: true, force: true });
    return code as number | null;
  });
  return {
    pid: child.pid ?? 0,
    userData,
    ended,
    signal: () => child.signalCode,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    output,
  };
}
