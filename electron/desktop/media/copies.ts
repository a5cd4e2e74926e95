import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { mkdir, open, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { createInTurn } from '../../core/lib/in-turn.ts';
import { sha256 } from '../../core/lib/sha256.ts';
import { contentOf } from '../../core/media/file.ts';
import type { Copies, Disk, OpenFile } from '../../core/ports.ts';

/** Most bytes of all copies together, 300 MB; the least recently used go first. */
const mostBytes = 300_000_000;
const isHash = /^[0-9a-f]{64}$/;

interface Kept {
  readonly bytes: number;
  /** Last used, epoch ms. */
  used: number;
  /** It was written, or its content looked at, in this run. */
  isWhole: boolean;
}

export interface CopyStore {
  /** The copies of one account. */
  of(key: string): Copies;
  /** Removes the copies of an account; what is on its way to be kept no longer is. */
  forget(key: string): Promise<void>;
}

/**
 * Copies of pictures and videos, read by `disk`, in `folder`: one folder an account, named by the hash of its key, one file a content, named
 * by its sha256. Never throws: what cannot be kept is not.
 */
export function openCopies(
  folder: string,
  now: () => number,
  disk: Pick<Disk, 'open'>,
  limit = mostBytes,
): CopyStore {
  /** By path. Read at first use. */
  const known = new Map<string, Kept>();
  let isRead = false;
  /** How often an account was forgotten: what began before is dropped. */
  const forgotten = new Map<string, number>();
  const inTurn = createInTurn();

  const home = (key: string) => join(folder, createHash('sha256').update(key).digest('hex').slice(0, 32));

  function read(): void {
    if (isRead) return;
    isRead = true;
    for (const account of list(folder)) {
      for (const name of list(join(folder, account))) {
        const path = join(folder, account, name);
        if (!isHash.test(name)) {
          // A kill in the middle of keeping a copy leaves its temporary file.
          void rm(path, { recursive: true, force: true }).catch(() => {});
          continue;
        }
        const stats = statSync(path, { throwIfNoEntry: false });
        // A power cut may have left one of a former version without its content.
        if (stats?.isFile() && stats.size > 0)
          known.set(path, { bytes: stats.size, used: stats.mtimeMs, isWhole: false });
      }
    }
  }

  async function copyFile(from: string, to: string, of: Pick<Disk, 'open'>): Promise<Written> {
    const source = await of.open(from);
    try {
      return await copy(source, to, limit);
    } finally {
      await source.close();
    }
  }

  /** Writes the content beside its place while it is hashed; it moves there only when the hash is right. */
  async function keep(key: string, expected: string, content: Content, began: number): Promise<boolean> {
    const path = join(home(key), expected);
    const temporary = join(home(key), `${randomUUID()}.part`);
    try {
      if ((forgotten.get(key) ?? 0) !== began) return false;
      await mkdir(home(key), { recursive: true, mode: 0o700 });
      const { hash, bytes } = await ('path' in content
        ? copyFile(content.path, temporary, content.of)
        : write(content, temporary));
      if (hash !== expected || bytes > limit || (forgotten.get(key) ?? 0) !== began) return false;
      await rename(temporary, path);
      known.set(path, { bytes, used: now(), isWhole: true });
      await makeRoom(path);
      return true;
    } catch {
      return false;
    } finally {
      await rm(temporary, { force: true }).catch(() => {});
    }
  }

  async function makeRoom(except: string): Promise<void> {
    let total = 0;
    for (const { bytes } of known.values()) total += bytes;
    const oldest = [...known].sort(([, a], [, b]) => a.used - b.used);
    for (const [path, { bytes }] of oldest) {
      if (total <= limit) return;
      if (path === except) continue;
      known.delete(path);
      total -= bytes;
      await rm(path, { force: true }).catch(() => {});
    }
  }

  function touch(path: string, kept: Kept): void {
    kept.used = now();
    const at = new Date(kept.used);
    void utimes(path, at, at).catch(() => {});
  }

  return {
    of(key) {
      const place = (sha256: string) => join(home(key), sha256);
      return {
        async put(sha256, given, of = disk) {
          if (!isHash.test(sha256)) return false;
          read();
          const content = typeof given === 'string' ? { path: given, of } : given;
          const began = forgotten.get(key) ?? 0;
          return inTurn(async () => {
            const path = place(sha256);
            const kept = known.get(path);
            if (!kept || !isThere(path, kept)) return keep(key, sha256, content, began);
            // A size says little of what a power cut, or a failing disk, has left of it.
            if (!kept.isWhole) kept.isWhole = await hasContent(path, sha256, disk);
            if (!kept.isWhole) return keep(key, sha256, content, began);
            touch(path, kept);
            return true;
          });
        },
        has(sha256) {
          read();
          return known.has(place(sha256));
        },
        path: place,
      };
    },
    forget(key) {
      read();
      forgotten.set(key, (forgotten.get(key) ?? 0) + 1);
      for (const path of known.keys()) if (path.startsWith(home(key))) known.delete(path);
      return inTurn(() => rm(home(key), { recursive: true, force: true }).catch(() => {}));
    },
  };
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Whether a copy is still on the disk; somebody may have cleaned up. */
function isThere(path: string, { bytes }: Kept): boolean {
  try {
    return statSync(path).size === bytes;
  } catch {
    return false;
  }
}

type Content = Uint8Array | { readonly path: string; readonly of: Pick<Disk, 'open'> };

interface Written {
  readonly hash: string;
  readonly bytes: number;
}

/** Writes a content to a new file that nobody else can read. */
export async function write(content: Uint8Array, to: string): Promise<Written> {
  const target = await open(to, 'wx', 0o600);
  try {
    await target.writeFile(content);
    // It gets its name once it is on the disk: a power cut leaves all of it, or nothing under that name.
    await target.sync();
  } finally {
    await target.close();
  }
  return { hash: await sha256(content), bytes: content.byteLength };
}

/** The same of an open file, at most so many bytes of it. */
export async function copy(source: OpenFile, to: string, most: number): Promise<Written> {
  const target = await open(to, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of contentOf(source, most + 1)) {
      bytes += chunk.byteLength;
      if (bytes > most) throw new Error('too large to keep');
      hash.update(chunk);
      await target.writeFile(chunk);
    }
    await target.sync();
    return { hash: hash.digest('hex'), bytes };
  } finally {
    await target.close();
  }
}

/** Whether a file has that content; false where it cannot be read. */
export async function hasContent(path: string, sha256: string, disk: Pick<Disk, 'open'>): Promise<boolean> {
  try {
    const source = await disk.open(path);
    try {
      const hash = createHash('sha256');
      const { size } = await source.state();
      // One that is longer has another hash.
      for await (const chunk of contentOf(source, size + 1)) hash.update(chunk);
      return hash.digest('hex') === sha256;
    } finally {
      await source.close();
    }
  } catch {
    return false;
  }
}
