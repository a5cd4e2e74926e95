import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import electron from 'electron';
import Store from 'electron-store';

/**
 * What became of a file at start. `backup` and `defaults`: the file could not be read; it is kept beside as `*.corrupt`. `newer`: a
 * later Tally wrote it, so it is neither read nor written.
 */
export type Recovery = 'intact' | 'backup' | 'defaults' | 'newer';

/** The form of these files. A later Tally whose files this one would spoil writes a higher one into them, as `format`. */
const format = 1;

type Content = Record<string, unknown> | undefined;

export interface JsonFile {
  readonly recovery: Recovery;
  /** The whole content as untrusted JSON; undefined when nothing was ever written. */
  read(): Content;
  /**
   * Writes the whole content atomically. False when the disk or folder does not take it, or it is a later Tally's; it is kept in
   * memory then.
   */
  write(content: Record<string, unknown>): boolean;
  /** Makes the copy the same as the content and removes what was put aside, so that nothing older is left. */
  forgetFormer(): void;
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
  if (memory && recovery === 'intact') copyTo(backup, memory);

  function save(content: Record<string, unknown>): void {
    // electron-store tries for a second to write where it may not, and the whole app stands still meanwhile.
    if (existsSync(folder)) accessSync(folder, constants.W_OK);
    store ??= openStore(folder, name);
    store.store = content;
  }

  return {
    recovery,
    read: () => memory,
    write(content) {
      memory = content;
      if (recovery === 'newer') return false;
      // electron-store reads it before it writes. What would be waited for, or read without end, goes; a folder may be somebody's.
      if (isOdd(path) || (!store && isSpoiled(path))) attempt(() => putAside(path));
      if (attempt(() => save(content))) return true;
      return isSpoiled(path) && attempt(() => putAside(path)) && attempt(() => save(content));
    },
    forgetFormer() {
      if (recovery === 'newer') return;
      attempt(() => rmSync(`${path}.corrupt`, { recursive: true, force: true }));
      if (!memory || !copyTo(backup, memory)) attempt(() => rmSync(backup, { recursive: true, force: true }));
    },
  };
}

/** Replaces the copy, whatever is in its place: a link is not followed, a pipe not waited for. */
function copyTo(backup: string, content: Record<string, unknown>): boolean {
  const text = JSON.stringify(content, undefined, '\t');
  const draft = `${backup.slice(0, -'.bak'.length)}.tmp-bak`;
  return attempt(() => {
    if (isFile(backup) && (lstatSync(backup).mode & 0o077) === 0 && readFileSync(backup, 'utf8') === text)
      return;
    rmSync(draft, { force: true });
    const file = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (existsSync(backup) && !isFile(backup)) rmSync(backup, { recursive: true, force: true });
    renameSync(draft, backup);
  });
}

function putAside(path: string): void {
  rmSync(`${path}.corrupt`, { recursive: true, force: true });
  renameSync(path, `${path}.corrupt`);
}

/** A file itself, and no link to one. */
function isFile(path: string): boolean {
  return statsOf(path, lstatSync)?.isFile() === true;
}

/** Neither a file nor a folder. */
function isOdd(path: string): boolean {
  const stats = statsOf(path, lstatSync);
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
}

/**
 * Whether it is another user's, who may write into it at any time. Root is no other, and where a disk tells owners in a way of its own
 * (a share on the network), the folder has the same.
 */
function isOthers(path: string, { uid }: Stats): boolean {
  return uid !== 0 && uid !== process.geteuid?.() && uid !== statsOf(dirname(path), statSync)?.uid;
}

/** Another program has written something else since it was read. */
function isSpoiled(path: string): boolean {
  return isFile(path) && !parse(path);
}

function statsOf(path: string, look: (path: string) => Stats): Stats | undefined {
  try {
    return look(path);
  } catch {
    return undefined;
  }
}

/** electron-store tells any page that asks where the user data is, and looks at no sender; Tally's has no use for that. */
function openStore(cwd: string, name: string): Store {
  const store = new Store({ cwd, name, configFileMode: 0o600 });
  // Unit tests run without Electron.
  electron.ipcMain?.removeAllListeners('electron-store-get-data');
  return store;
}

function recover(path: string, backup: string): Pick<JsonFile, 'recovery'> & { content: Content } {
  const whole = parse(path);
  // A former version left it to others to read.
  if (isFile(path) && (lstatSync(path).mode & 0o077) !== 0) attempt(() => chmodSync(path, 0o600));
  if (isNewer(whole)) return { recovery: 'newer', content: undefined };
  if (whole || !statsOf(path, lstatSync)) return { recovery: 'intact', content: whole };
  attempt(() => putAside(path));
  const copy = parse(backup);
  if (!copy) return { recovery: 'defaults', content: undefined };
  attempt(() => writeFileSync(path, JSON.stringify(copy, undefined, '\t'), { mode: 0o600, flag: 'wx' }));
  return { recovery: 'backup', content: copy };
}

function isNewer(content: Content): boolean {
  const { format: theirs } = content ?? {};
  return typeof theirs === 'number' && theirs > format;
}

function parse(path: string): Content {
  try {
    const stats = lstatSync(path);
    // A pipe or a device would be read without end; a link leads wherever somebody wants.
    if (!stats.isFile() || stats.size > largest || isOthers(path, stats)) return undefined;
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
