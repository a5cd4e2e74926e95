import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../../scripts/electron.mjs';
import { tool } from '../../../scripts/run.ts';

/** What keeps the scripts running where there is no sh, where paths have spaces, and where Git writes CRLF. */

test.each([
  ['biome', '@biomejs/biome'],
  ['electron-vite', 'electron-vite'],
  ['knip', 'knip'],
  ['playwright', '@playwright/test'],
  ['tsc', 'typescript'],
  ['vitest', 'vitest'],
])('%s is a file that this Node runs, as an argument of its own', (name, packageName) => {
  const [node, file, ...more] = tool(name, packageName);
  expect([node, more]).toEqual([process.execPath, []]);
  expect(existsSync(file), file).toBe(true);
  expect(file).not.toContain('.bin');
});

test('no script starts a program by a shell, but npm itself on Windows, where it is one', () => {
  const lines = globSync('scripts/**/*.{ts,mjs}', { cwd: root }).flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .filter((line) => /\bshell\b\s*[:,}]|execSync\(/.test(line))
      .map((line) => `${path.replaceAll('\\', '/')}: ${line.trim()}`),
  );
  expect(lines.sort()).toEqual([
    "scripts/fetch-package.mjs: shell: process.platform === 'win32',",
    "scripts/setup.mjs: const result = run(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { shell });",
  ]);
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const command of Object.values(scripts)) expect(command).toMatch(/^node [\w./: &-]+$/);
});

test('Git checks texts out as they are, on Windows, too', () => {
  const attributes = readFileSync(join(root, '.gitattributes'), 'utf8');
  expect(attributes).toMatch(/^\* text=auto eol=lf$/m);
  for (const kind of ['png', 'ico']) expect(attributes).toMatch(new RegExp(`^\\*\\.${kind} binary$`, 'm'));
});
