import { globSync, readdirSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, join } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { root } from '../../scripts/electron.mjs';
import { expect, packageFolder, test } from '../support/desktop/packaged.ts';

const resources = join(packageFolder, 'resources');
const archive = join(resources, 'app.asar');
const keytar = 'node_modules/keytar';
const native = `${keytar}/prebuilds/${process.platform}-${process.arch}/keytar.node`;

/** Every file in the archive, without the slash in front. */
const files = () =>
  listPackage(archive, { isPack: false })
    .map((path) => path.slice(1))
    .filter((path) => isFile(path));

/** A folder of the archive has no content. */
function isFile(path: string): boolean {
  try {
    extractFile(archive, path);
    return true;
  } catch {
    return false;
  }
}

const textOf = (path: string) => extractFile(archive, path).toString();

test('the package holds the bundles, the icons of this platform, and of all packages keytar alone', () => {
  const built = globSync('out/{main,preload,renderer}/**/*.*', { cwd: root });
  const icons = globSync('resources/tray/*-22{,@2x}.png', { cwd: root });
  const { main } = JSON.parse(textOf('package.json'));
  const onFallback = main === 'fallback/packaged.cjs';
  expect(files().sort()).toEqual(
    [
      'package.json',
      'resources/app/256.png',
      ...icons,
      // What the practice account is shown with.
      ...globSync('resources/practice/*.png', { cwd: root }),
      ...built,
      ...['LICENSE.md', 'lib/keytar.js', 'package.json'].map((name) => `${keytar}/${name}`),
      native,
      // What Electron 25 lacks; in no package with the Electron that package.json names.
      ...(onFallback ? ['packaged', 'shims', 'web-utils'].map((name) => `fallback/${name}.cjs`) : []),
    ].sort(),
  );
  const licenses = ['LICENSE.txt', 'THIRD-PARTY-NOTICES.txt'];
  expect(readdirSync(resources).sort()).toEqual([...licenses, 'app.asar', 'app.asar.unpacked']);
  expect(statSync(join(packageFolder, 'bin/tally')).mode & 0o111, 'it can be run').toBe(0o111);
  const unpacked = join(resources, 'app.asar.unpacked');
  expect(globSync('**/*.*', { cwd: unpacked })).toEqual([native]);
});

test('each bundle is started or imported by another, and of packages only keytar is', () => {
  const bundles = files().filter((path) => path.startsWith('out/main/'));
  const imported = bundles.flatMap((path) =>
    [...textOf(path).matchAll(/\b(?:require|import)\(\W([\w@:./-]+)\W\)/g)].map(([, name = '']) => name),
  );
  // Electron starts main, and the reader of files in a process of its own; main starts the reader of calendars in a thread.
  const started = ['./index.cjs', './reader.cjs', './calendar.cjs'];
  const siblings = new Set([...started, ...imported.filter((name) => name.startsWith('./'))]);
  expect(bundles.map((path) => `./${basename(path)}`).sort()).toEqual([...siblings].sort());
  // Ajv has them in the text of programs that it can write out; Tally lets it write none.
  const packages = new Set(imported.filter((name) => !/^(?:\.|ajv)/.test(name) && !isBuiltin(name)));
  // dbus-next tries x11 where no variable names the bus; it does without.
  expect([...packages].sort()).toEqual(['electron', 'keytar', 'x11']);
});

test('no map of the sources, and nothing of this computer, is in the package', () => {
  for (const path of files()) {
    const text = extractFile(archive, path).toString('latin1');
    expect(text.includes('sourceMappingURL='), path).toBe(false);
    expect(text.includes(root), path).toBe(false);
  }
  const { devDependencies, scripts } = JSON.parse(textOf('package.json'));
  expect([devDependencies, scripts]).toEqual([undefined, undefined]);
});
