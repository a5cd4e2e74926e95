import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { nodeBinaries } from '../../../scripts/node-binary.mjs';

interface Locked {
  readonly name?: string;
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
}

const registry = 'https://registry.npmjs.org/';
const isHash = /^sha512-[\w+/]{86}==$/;

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const { allowScripts, dependencies } = read('package.json') as Record<string, Record<string, unknown>>;
const { '': project, ...packages } = read('package-lock.json').packages as Record<string, Locked>;

/** A package under another name (keytar) is known by its own. */
const nameOf = ([path, { name }]: [string, Locked]) => name ?? path.replace(/^.*node_modules\//, '');

it('each package with an install script was looked at, and may run it or not', () => {
  const scripted = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript);
  expect(Object.keys(allowScripts ?? {}).sort()).toEqual(scripted.map(nameOf).sort());
  // npm 11 asks this list, every other one .npmrc.
  expect(Object.values(allowScripts ?? {})).not.toContain(true);
  expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
});

it('a Node that setup fetches is the one that was looked up, and no package brings another', () => {
  expect(packages).not.toHaveProperty(['node_modules/node']);
  for (const integrity of Object.values(nodeBinaries)) expect(integrity).toMatch(isHash);
});

it('each package is the one that was locked: by its hash, and from the registry', () => {
  expect(project).toBeDefined();
  for (const [path, { integrity, resolved }] of Object.entries(packages)) {
    // npm leaves it out for binaries of other systems that it could not look at: `npm view NAME@VERSION dist.integrity`.
    expect(integrity, path).toMatch(isHash);
    expect(resolved ?? registry, path).toMatch(new RegExp(`^${registry}`));
  }
});

it('the app imports each package that it depends on', () => {
  const code = globSync('electron/**/*.ts')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  for (const name of Object.keys(dependencies ?? {})) expect(code).toContain(`import('${name}')`);
});
