import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listPackage } from '@electron/asar';
import { expect, test } from '@playwright/test';
import { Arch, build, type Configuration, Platform } from 'electron-builder';
import { root } from '../../scripts/electron.mjs';

/** What electron-builder makes of Tally for systems that are not here, round a skeleton of their Electron: places and names, nothing that runs. */

const electronVersion = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.electron;
const helpers = [
  'Electron Helper',
  'Electron Helper (GPU)',
  'Electron Helper (Plugin)',
  'Electron Helper (Renderer)',
];

function write(path: string, content: string | Buffer = ''): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
}

function macApp(folder: string, name: string): void {
  const keys = { CFBundleExecutable: name, CFBundleIdentifier: 'com.github.Electron', CFBundleName: name };
  const lines = Object.entries(keys).map(([key, value]) => `<key>${key}</key><string>${value}</string>`);
  write(
    join(folder, `${name}.app/Contents/Info.plist`),
    `<plist version="1.0"><dict>${lines.join('')}</dict></plist>`,
  );
  write(join(folder, `${name}.app/Contents/MacOS/${name}`));
}

/** The parts of Electron that electron-builder looks for. */
function skeleton(folder: string): string {
  macApp(folder, 'Electron');
  for (const helper of helpers) macApp(join(folder, 'Electron.app/Contents/Frameworks'), helper);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'electron.exe', 'resources/x'])
    write(join(folder, name));
  mkdirSync(join(folder, 'Electron.app/Contents/Resources'));
  write(join(folder, 'version'), electronVersion);
  return folder;
}

async function packFor(platform: Platform, arch: Arch, work: string): Promise<string> {
  const icon = join(work, 'icon.icns');
  write(icon, Buffer.from('69636e7300000008', 'hex'));
  const config: Configuration = {
    electronDist: skeleton(join(work, 'electron')),
    electronVersion,
    electronFuses: null,
    disableAsarIntegrity: true,
    directories: { output: join(work, 'out') },
    // To make the real one, and to write into a program of Windows, electron-builder fetches tools from GitHub.
    mac: { icon, identity: null },
    win: { signAndEditExecutable: false },
  };
  await build({ projectDir: root, targets: platform.createTarget('dir', arch), config });
  return join(work, 'out');
}

for (const [system, platform, arch, native] of [
  ['macOS on Intel', Platform.MAC, Arch.x64, 'darwin-x64'],
  ['macOS on Apple silicon', Platform.MAC, Arch.arm64, 'darwin-arm64'],
  ['Windows', Platform.WINDOWS, Arch.x64, 'win32-x64'],
  ['Windows on ARM', Platform.WINDOWS, Arch.arm64, 'win32-arm64'],
] as const) {
  test(`${system}: its own keychain library and icons, and the licenses`, async () => {
    const work = mkdtempSync(join(tmpdir(), 'tally-layout-'));
    try {
      const out = await packFor(platform, arch, work);
      const [archive = ''] = globSync('**/app.asar', { cwd: out });
      const resources = join(out, archive, '..');
      const natives = globSync('app.asar.unpacked/**/*.node', { cwd: resources });
      expect(natives).toEqual([`app.asar.unpacked/node_modules/keytar/prebuilds/${native}/keytar.node`]);
      const icons = listPackage(join(resources, 'app.asar'), { isPack: false }).filter((path) =>
        path.includes('/tray/'),
      );
      const expected = platform === Platform.MAC ? /Template(@2x)?\.png$/ : /\.ico$/;
      expect(icons.filter((path) => !expected.test(path))).toEqual([]);
      expect(icons.length).toBeGreaterThanOrEqual(11);
      for (const name of ['LICENSE.txt', 'THIRD-PARTY-NOTICES.txt'])
        expect(readFileSync(join(resources, name), 'utf8').length, name).toBeGreaterThan(500);
      if (platform !== Platform.MAC) return;
      const info = readFileSync(join(resources, '../Info.plist'), 'utf8');
      expect(info).toContain('<key>LSUIElement</key>');
      expect(info).toMatch(/<key>LSMinimumSystemVersion<\/key>\s*<string>13\.0</);
      expect(info).toMatch(/<key>CFBundleURLSchemes<\/key>\s*<array>\s*<string>tally</);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
}
