import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import type { LoginItem } from '../core/ports.ts';

/** Of the autostart entry, as of the package's desktop entry. */
const entryName = 'io.github.tallyauthors.Tally.desktop';
const hidden = '--hidden';

/** Has the system start Tally at login, in the tray. Undefined for a Tally that is run from its sources. */
export function systemLoginItem(): LoginItem | undefined {
  if (!app.isPackaged) return undefined;
  if (process.platform !== 'linux') return { isOn: isLoginItem, set: setLoginItem };
  // What runs of an AppImage is mounted anew each time.
  return autostartEntry(join(app.getPath('appData'), 'autostart'), process.env.APPIMAGE ?? process.execPath);
}

function isLoginItem(): boolean {
  return app.getLoginItemSettings({ args: [hidden] }).openAtLogin;
}

function setLoginItem(openAtLogin: boolean): boolean {
  app.setLoginItemSettings({ openAtLogin, args: [hidden] });
  return true;
}

/** An entry in the autostart folder of the person (specifications.freedesktop.org/autostart-spec), which starts `program`. */
export function autostartEntry(folder: string, program: string): LoginItem {
  const path = join(folder, entryName);
  return {
    isOn: () => startsSomething(path),
    set(on) {
      try {
        if (on) write(folder, path, program);
        else rmSync(path, { force: true });
        return true;
      } catch {
        return false;
      }
    },
  };
}

function write(folder: string, path: string, program: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keys = {
    Type: 'Application',
    Name: 'Tally',
    Comment: 'Your own Zoom account in the tray',
    // Where Tally was removed since, desktops pass over the entry without a word.
    TryExec: program.replaceAll('\\', '\\\\'),
    Exec: `${quoted(program)} ${hidden}`,
    Icon: 'tally',
    Terminal: 'false',
  };
  const lines = Object.entries(keys).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(`${path}.part`, `[Desktop Entry]\n${lines.join('')}`);
  renameSync(`${path}.part`, path);
}

/** As an argument of Exec: first for the command line, then for a string of a desktop entry. */
function quoted(program: string): string {
  const word = `"${program.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`;
  return word.replaceAll('\\', '\\\\');
}

/** What the desktop would do with the entry, which may have been edited by hand; a program that is gone starts nothing. */
function startsSomething(path: string): boolean {
  const keys = readKeys(path);
  const exec = keys?.get('Exec');
  if (!keys || !exec || keys.get('Hidden') === 'true') return false;
  // GNOME's own, which its settings set.
  if (keys.get('X-GNOME-Autostart-enabled') === 'false') return false;
  const [, inQuotes, plain] = /^"((?:[^"\\]|\\.)*)"|^(\S+)/.exec(exec.replaceAll('\\\\', '\\')) ?? [];
  const program = inQuotes?.replace(/\\(.)/g, '$1').replaceAll('%%', '%') ?? plain ?? '';
  return [program, keys.get('TryExec')?.replaceAll('\\\\', '\\') ?? ''].every(isThere);
}

/** A program that is named by its place; any other is on the path, or not. */
function isThere(program: string): boolean {
  return !program.startsWith('/') || existsSync(program);
}

/** The keys of the entry's main group; undefined where there is no such file. */
function readKeys(path: string): Map<string, string> | undefined {
  try {
    const [, group = ''] = readFileSync(path, 'utf8').split(/^\[Desktop Entry\]\s*$/m);
    const lines = group.split(/^\[/m)[0]?.split('\n') ?? [];
    const pairs = lines.map((line): [string, string] => {
      const at = line.indexOf('=');
      return [line.slice(0, Math.max(at, 0)).trim(), line.slice(at + 1).trim()];
    });
    return new Map(pairs);
  } catch {
    return undefined;
  }
}
