import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../../scripts/electron.mjs';

/** What packages of systems that are not here are made by. What electron-builder makes of it is in test/installed/layouts.spec.ts. */
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const config = parse(text('electron-builder.yml'), { merge: true });

describe('macOS', () => {
  test('an unsigned app starts on Apple silicon, and asks the keychain for no key of cookies', () => {
    expect(config.electronFuses).toMatchObject({
      resetAdHocDarwinSignature: true,
      enableCookieEncryption: false,
    });
  });

  test('a disk image and a .zip for both kinds of Mac, which need what Electron 45 needs', () => {
    const arch = ['x64', 'arm64'];
    expect(config.mac.target).toEqual([
      { target: 'dmg', arch },
      { target: 'zip', arch },
    ]);
    expect(config.mac.minimumSystemVersion).toBe('13.0');
  });

  test('the runtime is hardened, but for the code that V8 writes', () => {
    expect(config.mac).toMatchObject({
      hardenedRuntime: true,
      entitlements: config.mac.entitlementsInherit,
    });
    const rights = [...text(config.mac.entitlements).matchAll(/<key>([^<]*)<\/key>\s*<true\/>/g)];
    expect(rights.map(([, name]) => name)).toEqual(['com.apple.security.cs.allow-jit']);
  });
});

describe('Windows', () => {
  test('an installer and a .zip for both kinds of computer, with names that say so and nobody changes', () => {
    const arch = ['x64', 'arm64'];
    expect(config.win.target).toEqual([
      { target: 'nsis', arch },
      { target: 'zip', arch },
    ]);
    for (const { artifactName } of [config.win, config.nsis, config.mac, config.appImage]) {
      expect(artifactName).toMatch(/^\$\{productName\}-\$\{version\}-\$\{os\}-\$\{arch\}/);
      expect(artifactName).not.toContain(' ');
    }
    expect(config.nsis.packElevateHelper).toBe(false);
  });

  test('uninstalled, it takes its links out of the registry', () => {
    expect(text(config.nsis.include)).toMatch(
      /!macro customUnInstall[\s\S]*DeleteRegKey HKCU "Software\\Classes\\tally"/,
    );
  });
});

describe('Linux', () => {
  test('the AppImage needs no FUSE 2, and starts with no switch that Tally refuses', () => {
    expect(config.toolsets.appimage).toBe('1.0.3');
    expect(config.appImage.executableArgs).toEqual([]);
  });
});

test('windows, portals, the taskbar and the keychain know it by one name, of a site read backwards', () => {
  expect(config.appId).toMatch(/^[a-z]+(?:\.[a-z]+)+\.Tally$/);
  expect(config.extraMetadata.desktopName).toBe(`${config.appId}.desktop`);
  for (const path of ['electron/main.ts', 'electron/desktop/login-item.ts', 'scripts/package/linux-files.ts'])
    expect(text(path)).toContain(config.appId);
  expect(text('resources/linux/metainfo.xml')).toContain(`<id>${config.appId}</id>`);
});
