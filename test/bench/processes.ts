/** Starting, weighing and ending an Electron app with all its processes (Linux). */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findElectron } from '../../scripts/electron.mjs';

/** Milliseconds an app has to end by itself. */
const patience = 5_000;
/** Milliseconds to wait for somebody else's Electron to end. */
const quietPatience = 5 * 60_000;

const running = new Set<ChildProcess>();

export interface App {
  /** When it was spawned, by performance.now(). */
  readonly startedAt: number;
  readonly userData: string;
  /** The proportional set size of all its processes, in MB (1,000,000 bytes). */
  memory(): number;
  /** That of its main process alone. */
  mainMemory(): number;
  /** Makes the present resident set of the main process the peak of it; gives it in MB. */
  forgetPeak(): number;
  /** The largest resident set of the main process since then, in MB. */
  residentPeak(): number;
  /** What all its processes have done so far: how often their threads have gone to sleep, and their processor time in ms. */
  work(): { readonly wakeups: number; readonly cpu: number };
  /** Resolves when every process of it is gone, and its user data with them. */
  stop(): Promise<void>;
}

/** A folder for the user data of one app, which goes when the app is stopped. */
export const makeUserData = (): string => mkdtempSync(join(tmpdir(), 'tally-bench-'));

/** Starts the app in `folder` with user data of its own. Throws where there is no Electron. */
export function startApp(
  folder: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
  userData = makeUserData(),
): App {
  const electron = findElectron();
  if (!electron) throw new Error('There is no Electron: run "npm run setup"');
  const argv = ['--no-sandbox', folder, ...args, `--user-data-dir=${userData}`];
  const startedAt = performance.now();
  const child = spawn(electron.path, argv, { stdio: 'ignore', env: { ...process.env, ...env } });
  running.add(child);
  const main = () => child.pid ?? 0;
  return {
    startedAt,
    userData,
    memory: () => processTree(child).reduce((sum, pid) => sum + proportionalSize(pid), 0) / 1e6,
    mainMemory: () => proportionalSize(main()) / 1e6,
    forgetPeak() {
      // https://docs.kernel.org/filesystems/proc.html: 5 sets VmHWM to the present value.
      writeFileSync(`/proc/${main()}/clear_refs`, '5');
      return residentPeak(main()) / 1e6;
    },
    residentPeak: () => residentPeak(main()) / 1e6,
    work: () => sumWork(processTree(child)),
    async stop() {
      await end(child);
      running.delete(child);
      rmSync(userData, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    },
  };
}

/**
 * Whether Electron runs for somebody else. Its pages are shared with ours, so that each counts for less, by as much as 65 MB;
 * and it takes their processor.
 */
export function isDisturbed(): boolean {
  const binary = realpathSync(findElectron()?.path ?? '');
  const ours = new Set([...running].flatMap(processTree));
  return allProcesses().some((pid) => !ours.has(pid) && executable(pid) === binary);
}

/** Resolves once no Electron runs but ours; rejects when that takes over five minutes. */
export async function quiet(): Promise<void> {
  const deadline = performance.now() + quietPatience;
  while (isDisturbed()) {
    if (performance.now() > deadline) throw new Error('another program keeps running the same Electron');
    await delay(200);
  }
}

async function end(child: ChildProcess): Promise<void> {
  const pids = processTree(child);
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), patience);
    await exit;
    clearTimeout(late);
  }
  // The helpers follow their main process; one that stays would be weighed on by the next run.
  const deadline = performance.now() + patience;
  while (pids.some(isRunning)) {
    if (performance.now() > deadline) for (const pid of pids.filter(isRunning)) process.kill(pid, 'SIGKILL');
    await delay(10);
  }
}

function allProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Undefined for a process that has ended and for those of other users. */
function executable(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return undefined;
  }
}

/** The process and all that came from it. */
function processTree({ pid: root }: ChildProcess): number[] {
  if (root === undefined) throw new Error('Electron did not start');
  const parents = allProcesses().map((pid) => [pid, parentOf(pid)] as const);
  const tree = [root];
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  return tree;
}

/** The name in parentheses may hold anything, so the fields are counted from its end. Undefined for a process that has ended. */
function parentOf(pid: number): number | undefined {
  const fields = read(`/proc/${pid}/stat`)
    ?.replace(/^.*\) /s, '')
    .split(' ');
  return fields && fields[0] !== 'Z' ? Number(fields[1]) : undefined;
}

const isRunning = (pid: number): boolean => parentOf(pid) !== undefined;

/** Bytes; 0 for a process that has just ended. Shared pages count by the share of each process that has them. */
function proportionalSize(pid: number): number {
  const kilobytes = read(`/proc/${pid}/smaps_rollup`)?.match(/^Pss:\s+(\d+) kB$/m)?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

/** Its largest so far. Bytes; 0 for a process that has just ended. */
function residentPeak(pid: number): number {
  const kilobytes = read(`/proc/${pid}/status`)?.match(/^VmHWM:\s+(\d+) kB$/m)?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

/** The kernel's clock tick in ms, the same on every Linux (USER_HZ, man 5 proc). */
const tick = 10;

function sumWork(pids: readonly number[]): { wakeups: number; cpu: number } {
  let [wakeups, ticks] = [0, 0];
  for (const pid of pids) {
    for (const thread of threads(pid)) {
      const status = read(`/proc/${pid}/task/${thread}/status`);
      wakeups += Number(status?.match(/^voluntary_ctxt_switches:\s+(\d+)$/m)?.[1] ?? 0);
    }
    const fields = read(`/proc/${pid}/stat`)
      ?.replace(/^.*\) /s, '')
      .split(' ');
    ticks += Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0);
  }
  return { wakeups, cpu: ticks * tick };
}

function threads(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}
