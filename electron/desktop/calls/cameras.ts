import { readdirSync, readFileSync } from 'node:fs';
import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Clock, DeviceUse } from '../../core/ports.ts';
import { cleanName, distinct } from './uses.ts';

/**
 * Cameras are looked at so often, in ms: the kernel tells nobody that one is opened, save by inotify's IN_OPEN, which Node has not.
 * Where there is none, one is looked for more seldom.
 */
const lookEvery = { some: 5_000, none: 30_000 } as const;

/** They open cameras for others, and tell for whom. */
const servers = ['pipewire', 'wireplumber', 'pipewire-media-session'];

/**
 * Tells which of the person's programs have a camera open without PipeWire, and after each change: undefined where none has, which
 * says nothing of microphones. A look costs as good as nothing as long as the kernel counts no other number of openers than before. `root` is another one in tests.
 * Returns how to stop that.
 */
export function watchCameras(
  clock: Clock,
  tell: (uses: readonly DeviceUse[] | undefined) => void,
  root = '/',
): () => void {
  let stopped = false;
  let cancel = () => {};
  let counted = '';

  async function look(): Promise<void> {
    const cameras = camerasOf(root);
    const counts = JSON.stringify(cameras);
    if (counts !== counted) {
      counted = counts;
      const inUse = cameras.filter(({ openers }) => openers > 0).map(({ device }) => device);
      const uses = await usersOf(inUse, root);
      if (!stopped) tell(uses.length > 0 ? uses : undefined);
    }
    const next = lookEvery[cameras.length > 0 ? 'some' : 'none'];
    if (!stopped) cancel = clock.setTimeout(() => void look(), next);
  }

  void look();
  return () => {
    stopped = true;
    cancel();
  };
}

interface Camera {
  /** Such as /dev/video0. */
  readonly device: string;
  /** How often its driver is in use, of all its cameras. */
  readonly openers: number;
}

/**
 * Cameras whose driver counts: not what a program plays to others as a camera. Read at once, as the kernel has it in memory: to wait
 * for a thread would wake Tally's threads three times as often.
 */
function camerasOf(root: string): readonly Camera[] {
  const folder = join(root, 'sys/class/video4linux');
  const cameras = there(() => readdirSync(folder), []).map((name) => {
    const count = there(() => readFileSync(join(folder, name, 'device/driver/module/refcnt'), 'utf8'), '');
    return { device: join('/dev', name), openers: Number.parseInt(count, 10) };
  });
  return cameras.filter(({ openers }) => openers >= 0);
}

/** What `read` gives, or `none` where it isn't there. */
function there<T>(read: () => T, none: T): T {
  try {
    return read();
  } catch {
    return none;
  }
}

/** Of the person's own processes: those of others cannot be looked into. */
async function usersOf(devices: readonly string[], root: string): Promise<readonly DeviceUse[]> {
  if (devices.length === 0) return [];
  const uses: DeviceUse[] = [];
  for (const id of await names(join(root, 'proc'))) {
    if (!/^\d+$/.test(id)) continue;
    const open = join(root, 'proc', id, 'fd');
    const targets = await Promise.all(
      (await names(open)).map((fd) => readlink(join(open, fd)).catch(() => '')),
    );
    if (!targets.some((target) => devices.includes(target))) continue;
    const program = await programName(join(root, 'proc', id));
    if (!servers.includes(program ?? '')) uses.push({ device: 'camera', ...(program && { program }) });
  }
  return distinct(uses);
}

async function programName(process: string): Promise<string | undefined> {
  const path = await realpath(join(process, 'exe')).catch(() => undefined);
  return cleanName(path ? basename(path) : await read(join(process, 'comm')));
}

const names = (folder: string) => readdir(folder).catch(() => []);
const read = (path: string) => readFile(path, 'utf8').catch(() => '');
