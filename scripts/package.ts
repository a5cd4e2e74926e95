// `npm run package`: the app as people get it, unpacked in dist/. `npm run package -- deb AppImage` makes installers (dmg on
// macOS, nsis on Windows). What goes in stands in electron-builder.yml; here is decided which Electron.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type AfterPackContext, type Configuration, Platform, build as pack } from 'electron-builder';
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

const targets = process.argv.slice(2);
const { words, config } = runtime();
process.stdout.write(`package: ${words}\n`);
rmSync(join(root, 'dist'), { recursive: true, force: true });
build();
const current = Platform.current();
const made = await pack({
  projectDir: root,
  targets: current.createTarget(targets.length > 0 ? targets : 'dir'),
  config,
});
const unpacked = join(root, 'dist', `${current.buildConfigurationKey}-unpacked`);
const results = made.length > 0 ? made : [unpacked].filter((folder) => existsSync(folder));
for (const result of results) process.stdout.write(`package: ${result}\n`);
process.stdout.write(`package: made with ${words}\n`);
