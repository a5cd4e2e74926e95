import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../scripts/electron.mjs';
import { findMarks } from './canaries.ts';
import { unexpectedLines } from './launch.ts';
import { type BareTally, runBare } from './start.ts';
import { test as base, expect } from './tally.ts';

export { expect };

/** What `npm run package` made for this platform. */
export const packageFolder = join(root, 'dist/linux-unpacked');

interface PackagedOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** JSON files that stand in its user data, by their names. */
  readonly kept?: Readonly<Record<string, unknown>>;
  /** Another place where the package stands. */
  readonly folder?: string;
}

interface Fixtures {
  /** Starts the packaged app with its window closed and no account, unless told otherwise. */
  readonly startPackaged: (options?: PackagedOptions) => BareTally;
  /** A folder that is gone after the test. */
  readonly folder: string;
}

/**
 * The packaged app, seen by its tray and by what the system says of its processes: nothing can be attached to it. A test fails on
 * whatever else it writes, unless expected, and on a secret in it, in its files or in what another user sees.
 */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'tally-package-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  startPackaged: async ({ consoles, folders, sights, keyring: _ }, use) => {
    const program = (folder: string) => join(folder, 'tally');
    if (!existsSync(program(packageFolder))) throw new Error('There is no package; run npm run package.');
    const running: BareTally[] = [];
    await use(({ args = [], env = {}, kept = {}, folder = packageFolder } = {}) => {
      const userData = mkdtempSync(join(tmpdir(), 'tally-e2e-'));
      folders.add(userData);
      for (const [name, content] of Object.entries(kept))
        writeFileSync(join(userData, `${name}.json`), JSON.stringify(content));
      const start = {
        program: program(folder),
        args: [`--user-data-dir=${userData}`, '--hidden', ...args],
        env: { ...(process.env as Record<string, string>), ...env },
        wrapping: undefined,
      };
      const tally = runBare(start, userData);
      running.push(tally);
      return tally;
    });
    await sights();
    for (const tally of running) {
      await tally.kill();
      consoles.problems.push(...unexpectedLines(tally.output()));
    }
    const leaks = running.flatMap((tally) => findMarks(tally.output()));
    expect(leaks, 'no secret was written to a console').toEqual([]);
  },
});

interface ProcessFacts {
  readonly pid: number;
  /** Chromium's name for it: renderer, zygote, gpu-process, utility; 'main' for the one that was started. */
  readonly type: string;
  readonly command: string;
  /** A field of /proc/PID/status. */
  status(field: string): string | undefined;
  /** Which namespace of a kind it is in. */
  namespace(kind: string): string;
}

/** The processes of an app, from the main one down, as the system sees them. */
export function processesOf(main: number): ProcessFacts[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => [Number(pid), parentOf(Number(pid))]),
  );
  const isOurs = (pid: number | undefined): boolean =>
    pid === main || (pid !== undefined && pid > 1 && isOurs(parents.get(pid)));
  return [...parents.keys()].filter(isOurs).map((pid) => {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return {
      pid,
      type: /--type=(\S+)/.exec(command)?.[1] ?? 'main',
      command,
      status: (field) =>
        new RegExp(`^${field}:\\s*(.*)$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1],
      namespace: (kind) => readlinkSync(`/proc/${pid}/ns/${kind}`),
    };
  });
}

/** Whether a process does anything yet; one that has ended may wait to be collected. */
export function isRunning(pid: number): boolean {
  try {
    return !/^State:\s*[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Undefined for a process that has ended meanwhile. */
function parentOf(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

/** The ports at which a process listens, by its own table of sockets; IPv4 addresses in hex, as the kernel writes them. */
export function listeners(pid: number): string[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    }),
  );
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === '0A' && inodes.has(inode ?? ''))
      .map(([, address]) => address ?? ''),
  );
}
