import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolders } from '../../support/temp-folder.ts';

const folderOf = tempFolders();
const tsc = resolve('node_modules/typescript/bin/tsc');

const forbidden = {
  'electron/core/a.ts': "import 'electron';",
  'electron/core/b.ts': "import 'electron/main';",
  'electron/core/c.ts': "import 'keytar';",
  'electron/core/d.ts': "import '../desktop/clock.ts';",
  'electron/core/e.ts': "import '../practice/server.ts';",
  'electron/core/f.ts': 'setTimeout(() => {}, 1);',
  'electron/core/g.ts': "import 'node:fs/promises';",
  'electron/practice/a.ts': "import '../core/tally.ts';",
  'electron/practice/b.ts': "import 'electron';",
  'electron/desktop/a.ts': "import 'keytar';",
  'electron/a.ts': "import 'keytar';",
  'renderer/a.ts': "import '../electron/core/tally.ts';",
  'renderer/b.ts': "import 'zod';",
  'renderer/c.ts': "import 'fs';",
  'scripts/a.ts': "import 'keytar';",
  'shared/a.ts': "import 'node:fs';",
  'shared/b.ts': "import 'react';",
};

const allowed = {
  'electron/desktop/secrets.ts': "import 'keytar';",
  'electron/desktop/z.ts': "import '../core/tally.ts';",
  'electron/core/z.ts': "import '../../../shared/state.ts';",
  'renderer/z.ts': "import '../shared/lengths.ts';",
};

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, code] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${code}\n`);
  }
}

it('lint refuses every import against the one way that dependencies point, and no other', () => {
  const folder = folderOf();
  copyFileSync('biome.json', join(folder, 'biome.json'));
  write(folder, { ...forbidden, ...allowed });
  const biome = resolve('node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'lint', '--vcs-enabled=false', '--reporter=github', '--max-diagnostics=none'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const refused = [...stdout.matchAll(/^::error .*?file=([^,]+),/gm)].map(([, file]) =>
    relative(folder, file as string),
  );
  expect([...new Set(refused)].sort()).toEqual(Object.keys(forbidden).sort());
});

/** What each layer does not have, one a file. */
const foreign = {
  'electron/core/dom.ts': 'export const title = document.title;',
  'electron/core/element.ts': 'export const width = (element: HTMLElement) => element.offsetWidth;',
  'electron/core/electron.ts': 'export const show = (window: Electron.BrowserWindow) => window.show();',
  'electron/core/desktop.ts': "export { plain } from '../desktop/plain.ts';",
  'electron/practice/dom.ts': 'export const width = window.innerWidth;',
  'electron/desktop/dom.ts': 'export const title = document.title;',
  'renderer/process.ts': 'export const home = process.env.HOME;',
  'renderer/buffer.ts': "export const bytes = Buffer.from('a');",
  'renderer/file.ts': "export { readFileSync } from 'node:fs';",
  'renderer/core.ts': "export { plain } from '../electron/core/plain.ts';",
  'shared/dom.ts': 'export const title = document.title;',
  'shared/timer.ts': 'setTimeout(() => {}, 1);',
  'shared/process.ts': 'export const home = process.env.HOME;',
  'shared/file.ts': "export { readFileSync } from 'node:fs';",
  'shared/renderer.ts': "export { plain } from '../renderer/plain.ts';",
};

/** And what it has. What a file above imports is plain, as it would bring its types along. */
const own = {
  'electron/core/plain.ts': 'export const plain = 1;',
  'electron/desktop/plain.ts': 'export const plain = 1;',
  'renderer/plain.ts': 'export const plain = 1;',
  'shared/own.ts': 'export const list = new Intl.ListFormat();',
  'electron/core/own.ts':
    "import { list } from '../../shared/own.ts';\nexport const home = list.format([process.cwd()]);",
  'electron/practice/own.ts': "export { createServer } from 'node:http';",
  'electron/desktop/own.ts':
    "import { app } from 'electron';\nimport { home } from '../core/own.ts';\nexport const ready = app.whenReady().then(() => home);",
  'electron/preload.ts':
    "import { webUtils } from 'electron';\nexport const path = (file: File) => webUtils.getPathForFile(file) + document.title;",
  'renderer/own.tsx':
    "import { list } from '../shared/own.ts';\nexport const title = <b title={document.title}>{list.format([])}</b>;",
  'test/own.ts':
    "import { home } from '../electron/core/own.ts';\nexport const both = [home, document.title, process.title];",
};

it('types refuse in each layer what belongs to another, and nothing of its own', () => {
  // Within the project, where the types of packages are found.
  mkdirSync('out', { recursive: true });
  const folder = folderOf('out');
  for (const config of readdirSync('.').filter((name) => /^tsconfig\..*json$/.test(name)))
    copyFileSync(config, join(folder, config));
  write(folder, { ...foreign, ...own });
  const args = [tsc, '-b', '--pretty', 'false'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const refused = [...stdout.matchAll(/^(\S[^(]*)\(.*error TS/gm)].map(([, file]) => file as string);
  expect([...new Set(refused)].sort(), stdout).toEqual(Object.keys(foreign).sort());
});

/** The declarations of what a layer may run in. */
const worlds = {
  dom: '/lib.dom.d.ts',
  electron: '/node_modules/electron/electron.d.ts',
  node: '/node_modules/@types/node/index.d.ts',
};

it.each([
  ['shared', []],
  ['node', ['node']],
  ['desktop', ['electron', 'node']],
  ['web', ['dom']],
])('no package brings %s more than it has itself', (layer, has) => {
  const args = [tsc, '-p', `tsconfig.${layer}.json`, '--listFilesOnly'];
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(status, stdout).toBe(0);
  const seen = Object.entries(worlds).filter(([, file]) => stdout.includes(file));
  expect(seen.map(([world]) => world)).toEqual(has);
});
