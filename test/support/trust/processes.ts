import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process of a running app. */
interface AppProcess {
  readonly pid: number;
  /** As Chromium names it: `renderer`, `gpu-process`, `utility`, `zygote`; `main` for the first one. */
  readonly type: string;
  /** Of a utility process, such as `network.mojom.NetworkService`. */
  readonly service: string;
}

/** All processes of the app that has these user data, from /proc. */
export function processesOf(userData: string): AppProcess[] {
  const found: AppProcess[] = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const args = read(`/proc/${pid}/cmdline`).split(/[\0 ]/);
    if (!args.includes(`--user-data-dir=${userData}`)) continue;
    const of = (name: string) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
    found.push({ pid: Number(pid), type: of('type') ?? 'main', service: of('utility-sub-type') ?? '' });
  }
  return found;
}

/** Open files, sockets and pipes of a process. */
export function handlesOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** Connections of a process to a port of this computer, over IPv4. */
export function connectionsTo(port: number, pid: number): number {
  const remote = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const sockets = new Set<string>();
  for (const line of read('/proc/net/tcp').split('\n').slice(1)) {
    const fields = line.trim().split(/\s+/);
    if (fields[2]?.endsWith(remote)) sockets.add(`socket:[${fields[9]}]`);
  }
  return readdirSync(`/proc/${pid}/fd`).filter((fd) => sockets.has(target(`/proc/${pid}/fd/${fd}`))).length;
}

/** Processor time of a process's threads so far, in ms (proc(5), schedstat): ticks would count whoever has the processor at one. */
export function processorOf(pid: number): number {
  const threads = list(`/proc/${pid}/task`);
  const nanoseconds = threads.map(
    (thread) => parseInt(read(`/proc/${pid}/task/${thread}/schedstat`), 10) || 0,
  );
  return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6;
}

/**
 * Memory that a process has for itself, in bytes. Its share of the program's own pages (Pss) would change with every other
 * Electron that runs on the computer.
 */
export function memoryOf(pid: number): number {
  return Number(/^Anonymous:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024;
}

/** Empty for a process that has just ended. */
function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** Empty for what has just been closed. */
function target(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** Empty for a process that has just ended. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
