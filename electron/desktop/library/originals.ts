import { randomUUID } from 'node:crypto';
import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { lstat, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInTurn } from '../../core/lib/in-turn.ts';
import type { Disk, Originals } from '../../core/ports.ts';
import { copy, hasContent, write } from '../media/copies.ts';

/** Largest file that is kept, bytes: far more than Zoom takes, as an original may be what was made to fit. */
const largest = 500_000_000;
const isHash = /^[0-9a-f]{64}$/;
const noRoom: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** Files in a folder that nobody else can read, each named by its sha256. `end`: nothing is kept there from now on. */
export function openOriginals(folder: string, disk: Pick<Disk, 'open'>) {
  /** Bytes of each file; 'spoiled' where something else has its name. Read at first use. */
  let known: Map<string, number | 'spoiled'> | undefined;
  /** Written, or looked at, in this run. */
  const wholeHere = new Set<string>();
  const inTurn = createInTurn();
  let ended = false;

  function files() {
    known ??= new Map(namesIn(folder).flatMap(look));
    return known;
  }

  function look(name: string): [string, number | 'spoiled'][] {
    const path = join(folder, name);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (isHash.test(name)) return stats ? [[name, sizeOf(stats)]] : [];
    // A kill in the middle of keeping a file leaves its temporary one.
    if (name.endsWith('.part')) void rm(path, { recursive: true, force: true }).catch(() => {});
    return [];
  }

  async function keep(
    sha256: string,
    content: string | Uint8Array,
    of: Pick<Disk, 'open'>,
  ): Promise<'kept' | 'full' | 'failed'> {
    const temporary = join(folder, `${randomUUID()}.part`);
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const { hash, bytes } = await (typeof content === 'string'
        ? copyFile(content, temporary, of)
        : write(content, temporary));
      if (hash !== sha256 || ended) return 'failed';
      await rename(temporary, join(folder, sha256));
      files().set(sha256, bytes);
      wholeHere.add(sha256);
      return 'kept';
    } catch (error) {
      return noRoom.includes((error as NodeJS.ErrnoException).code) ? 'full' : 'failed';
    } finally {
      await rm(temporary, { force: true }).catch(() => {});
    }
  }

  async function isWhole(path: string, sha256: string): Promise<boolean> {
    return (await lstat(path)).isFile() && hasContent(path, sha256, disk);
  }

  async function copyFile(from: string, to: string, of: Pick<Disk, 'open'>) {
    const source = await of.open(from);
    try {
      return await copy(source, to, largest);
    } finally {
      await source.close();
    }
  }

  const originals: Originals = {
    put: (sha256, content, of = disk) =>
      inTurn(async () => {
        if (ended || !isHash.test(sha256)) return 'failed';
        const there = await lstat(join(folder, sha256)).catch(() => undefined);
        if (there?.isFile() && files().get(sha256) === there.size) {
          if (!wholeHere.has(sha256) && (await originals.look(sha256)) === 'kept') wholeHere.add(sha256);
          if (wholeHere.has(sha256)) return 'kept';
        }
        return keep(sha256, content, of);
      }),
    state(sha256) {
      const found = files().get(sha256);
      return found === undefined ? 'missing' : found === 'spoiled' ? found : 'kept';
    },
    async look(sha256) {
      const path = join(folder, sha256);
      const stats = isHash.test(sha256) ? await lstat(path).catch(() => undefined) : undefined;
      if (!stats) files().delete(sha256);
      else files().set(sha256, (await isWhole(path, sha256).catch(() => false)) ? sizeOf(stats) : 'spoiled');
      return originals.state(sha256);
    },
    all: () => [...files()].flatMap(([name, size]) => (size === 'spoiled' ? [] : name)),
    path: (sha256) => join(folder, sha256),
    remove: (sha256) =>
      inTurn(async () => {
        if (!isHash.test(sha256)) return;
        files().delete(sha256);
        await rm(join(folder, sha256), { recursive: true, force: true }).catch(() => {});
      }),
  };

  return {
    ...originals,
    end() {
      ended = true;
      known = new Map();
      return inTurn.settled();
    },
  };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A link is not followed: whoever put it there would have any file sent to Zoom. */
const sizeOf = (stats: Stats) => (stats.isFile() && stats.size > 0 ? stats.size : 'spoiled');
