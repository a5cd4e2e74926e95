import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import electron from 'electron';
import Store from 'electron-store';

/** What became of a file at start. `backup` and `defaults`: the file could not be read; it is kept beside as `*.corrupt`. */
export type Recovery = 'intact' | 'backup' | 'defaults';

type Content = Record<string, unknown> | undefined;

export interface JsonFile {
  readonly recovery: Recovery;
  /** The whole content as untrusted JSON; undefined when nothing was ever written. */
  read(): Content;
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
  const { recovery, content } = recover(path, backup);
  let store: Store | undefined;
  let memory = content;
  if (memory && recovery === 'intact') attempt(() => copyFileSync(path, backup));
  return {
    recovery,
    read: () => memory,
    write(content) {
      memory = content;
      return attempt(() => {
        // electron-store tries for a second to write where it may not, and the whole app stands still meanwhile.
        if (existsSync(folder)) accessSync(folder, constants.W_OK);
        store ??= openStore(folder, name);
        store.store = content;
      });
    },
  };
}

/** electron-store tells any page that asks where the user data is, and looks at no sender; Tally's has no use for that. */
function openStore(cwd: string, name: string): Store {
  const store = new Store({ cwd, name });
  // Unit tests run without Electron.
  electron.ipcMain?.removeAllListeners('electron-store-get-data');
  return store;
}

function recover(path: string, backup: string): Pick<JsonFile, 'recovery'> & { content: Content } {
  const whole = parse(path);
  if (whole || !existsSync(path)) return { recovery: 'intact', content: whole };
  attempt(() => {
    rmSync(`${path}.corrupt`, { recursive: true, force: true });
    renameSync(path, `${path}.corrupt`);
  });
  const copy = parse(backup);
  if (!copy) return { recovery: 'defaults', content: undefined };
  attempt(() => copyFileSync(backup, path));
  return { recovery: 'backup', content: copy };
}

function parse(path: string): Content {
  try {
    const stats = statSync(path);
    // A pipe or a device would be read without end.
    if (!stats.isFile() || stats.size > largest) return undefined;
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
    const left = readdirSync(folder).filter((name) => name.startsWith(`${file}.tmp-`));
    for (const name of left) attempt(() => rmSync(join(folder, name), { force: true }));
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
