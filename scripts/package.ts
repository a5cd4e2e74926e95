// `npm run package`: the app as people get it, unpacked in dist/. `npm run package -- deb rpm AppImage` makes installers (dmg on
// macOS, nsis on Windows), of this architecture unless told `--x64` or `--arm64`. What goes in stands in electron-builder.yml; here is decided which Electron.
import { createHash } from 'node:crypto';
import { copyFileSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { type AfterPackContext, Arch, type Configuration, Platform, build as pack } from 'electron-builder';
import { fallback, findElectron, pinnedElectron, root } from './electron.mjs';
import { sourceDate, version, writeLinuxFiles } from './package/linux-files.ts';
import { sbomFile } from './package/notices.ts';
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

/** deb and rpm, made by a tool of ours unless another is named: fpm comes from GitHub alone. */
function linuxPackages(): Configuration {
  process.env.SOURCE_DATE_EPOCH ??= String(sourceDate());
  if (!process.env.USE_SYSTEM_FPM) process.env.CUSTOM_FPM_PATH ??= join(root, 'scripts/package/fpm.ts');
  // Its first line asks for a node; this one runs TypeScript.
  process.env.PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  const scripts = {
    afterInstall: 'resources/linux/after-install.sh',
    afterRemove: 'resources/linux/after-remove.sh',
  };
  const options = { ...scripts, fpm: [`${writeLinuxFiles()}/=/`] };
  return { deb: options, rpm: options };
}

/** The sums of everything that is given to people, for `sha256sum --check`. */
function writeSums(artifacts: readonly string[]): void {
  const lines = artifacts.map((path) => {
    const sum = createHash('sha256').update(readFileSync(path)).digest('hex');
    return `${sum}  ${basename(path)}\n`;
  });
  writeFileSync(join(root, 'dist/SHA256SUMS'), lines.sort().join(''));
}

const words64 = { '--x64': Arch.x64, '--arm64': Arch.arm64 };
const given = process.argv.slice(2);
const architectures = Object.entries(words64).flatMap(([word, arch]) => (given.includes(word) ? [arch] : []));
const targets = given.filter((word) => !(word in words64));
const { words, config } = runtime();
process.stdout.write(`package: ${words}\n`);
rmSync(join(root, 'dist'), { recursive: true, force: true });
build();
const current = Platform.current();
const made = await pack({
  projectDir: root,
  targets: current.createTarget(targets.length > 0 ? targets : 'dir', ...architectures),
  config: { ...config, ...(process.platform === 'linux' && linuxPackages()) },
});
if (made.length > 0) {
  const bom = join(root, `dist/tally-${version}.cdx.json`);
  copyFileSync(sbomFile, bom);
  writeSums([...made, bom]);
}
// linux-unpacked, win-arm64-unpacked; on macOS mac, mac-arm64 or mac-universal.
const unpacked = globSync(`${current.buildConfigurationKey}*`, { cwd: join(root, 'dist') });
const results = made.length > 0 ? made : unpacked.map((name) => join(root, 'dist', name));
for (const result of results) process.stdout.write(`package: ${result}\n`);
process.stdout.write(`package: made with ${words}\n`);
