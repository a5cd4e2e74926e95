import { copyFileSync, existsSync, lstatSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Store from 'electron-store';

/** What became of a file at start. `backup` and `defaults`: the file could not be read; it is kept beside as `*.corrupt`. */
export type Recovery = 'intact' | 'backup' | 'defaults';

export interface JsonFile {
  readonly recovery: Recovery;
  /** The whole content as untrusted JSON; undefined when nothing was ever written. */
  read(): Record<string, unknown> | undefined;
  /** Writes the whole content atomically. False when the disk or folder does not take it; it is kept in memory then. */
  write(content: Record<string, unknown>): boolean;
}

/** Files larger than this were not written by Tally; reading one would only cost memory. */
const largest = 1024 * 1024;

/**
 * Opens `folder/name.json` (electron-store: atomic writes). Never throws: a file that cannot be read is put aside as
 * `name.json.corrupt` and replaced by its last good copy `name.json.bak`, or by nothing.
 */
export function openJsonFile(folder: string, name: string): JsonFile {
  const path = join(folder, `${name}.json`);
  const backup = `${path}.bak`;
  sweep(folder, `${name}.json`);
  const recovery = recover(path, backup);
  let store: Store | undefined;
  let memory = parse(path);
  if (memory && recovery === 'intact') attempt(() => copyFileSync(path, backup));
  return {
    recovery,
    read: () => memory,
    write(content) {
      memory = content;
      return attempt(() => {
        store ??= new Store({ cwd: folder, name });
        store.store = content;
      });
    },
  };
}

function recover(path: string, backup: string): Recovery {
  if (!existsSync(path) || parse(path)) return 'intact';
  attempt(() => {
    rmSync(`${path}.corrupt`, { recursive: true, force: true });
    renameSync(path, `${path}.corrupt`);
  });
  if (!parse(backup)) return 'defaults';
  return attempt(() => copyFileSync(backup, path)) ? 'backup' : 'defaults';
}

function parse(path: string): Record<string, unknown> | undefined {
  try {
    const { size } = lstatSync(path);
    if (size > largest) return undefined;
    const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof json === 'object' && json !== null && !Array.isArray(json)
      ? (json as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** A kill in the middle of an atomic write leaves its temporary file behind. */
function sweep(folder: string, file: string): void {
  attempt(() => {
    for (const name of readdirSync(folder)) {
      if (name.startsWith(`${file}.tmp-`)) rmSync(join(folder, name), { force: true });
    }
  });
}

function attempt(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
