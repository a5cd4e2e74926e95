// `npm run package`: the app as people get it, unpacked in dist/. `npm run package -- deb AppImage` makes installers (dmg on
// macOS, nsis on Windows). What goes in stands in electron-builder.yml; here is decided which Electron.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type AfterPackContext,
  type Configuration,
  type DebOptions,
  Platform,
  build as pack,
} from 'electron-builder';
import { fallback, findElectron, pinnedElectron, root } from './electron.mjs';
import { build } from './run.ts';

interface Runtime {
  readonly words: string;
  readonly config: Configuration;
}

/** Electron 25 has no such fuse, and electron-builder fails on one that it does not find. */
const newFuses = { grantFileProtocolExtraPrivileges: false } as const;

function runtime(): Runtime {
  const found = findElectron();
  if (found?.source === 'fallback') {
    const words = `Electron ${fallback.version}, the fallback: for trying things out, not for giving to people`;
    return { words, config: onFallback() };
  }
  if (found?.source === 'override') {
    const folder = dirname(found.path);
    const version = readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
    const config = { electronDist: folder, electronVersion: version, electronFuses: newFuses };
    return { words: `Electron ${version} of ELECTRON_OVERRIDE_DIST_PATH`, config };
  }
  return { words: `Electron ${pinnedElectron()}`, config: { electronFuses: newFuses } };
}

/** The fallback runtime, without the loader that stands in it, and with a main file that fills in what it lacks. */
function onFallback(): Configuration {
  return {
    electronDist: fallback.folder,
    electronVersion: fallback.version,
    files: [{ from: 'scripts/electron-fallback', to: 'fallback', filter: ['!loader.cjs', '!package.json'] }],
    extraMetadata: { main: 'fallback/packaged.cjs' },
    afterExtract({ appOutDir }: AfterPackContext) {
      rmSync(join(appOutDir, 'resources/app'), { recursive: true });
      rmSync(join(appOutDir, '.complete'));
    },
  };
}

/** Where electron-builder's scripts name the program in its folder, the place of that name. */
const program = /(?<=\/opt\/[^']+\/)(?=\$\{executable\}')/g;

/** The scripts of a .deb, in which /usr/bin/tally is not the program but the command beside it, bin/tally. */
function debScripts(): DebOptions {
  const folder = join(root, 'node_modules/.cache/deb-scripts');
  mkdirSync(folder, { recursive: true });
  const adapted = (name: string) => {
    const text = readFileSync(join(root, 'node_modules/app-builder-lib/templates/linux', name), 'utf8');
    const changed = text.replaceAll(program, 'bin/');
    if (changed === text) throw new Error(`${name} of electron-builder links no program`);
    const path = join(folder, name);
    writeFileSync(path, changed);
    return path;
  };
  return { afterInstall: adapted('after-install.tpl'), afterRemove: adapted('after-remove.tpl') };
}

const targets = process.argv.slice(2);
const { words, config } = runtime();
process.stdout.write(`package: ${words}\n`);
rmSync(join(root, 'dist'), { recursive: true, force: true });
build();
const current = Platform.current();
const made = await pack({
  projectDir: root,
  targets: current.createTarget(targets.length > 0 ? targets : 'dir'),
  config: { ...config, deb: debScripts() },
});
const unpacked = join(root, 'dist', `${current.buildConfigurationKey}-unpacked`);
const results = made.length > 0 ? made : [unpacked].filter((folder) => existsSync(folder));
for (const result of results) process.stdout.write(`package: ${result}\n`);
process.stdout.write(`package: made with ${words}\n`);
