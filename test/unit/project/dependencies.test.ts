import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Locked {
  readonly name?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const { allowScripts, dependencies } = read('package.json') as Record<string, Record<string, unknown>>;
const { '': project, ...packages } = read('package-lock.json').packages as Record<string, Locked>;

/** A package under another name (keytar) is known by its own. */
const nameOf = ([path, { name }]: [string, Locked]) => name ?? path.replace(/^.*node_modules\//, '');

it('each package with an install script was looked at, and may run it or not', () => {
  const scripted = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript);
  expect(Object.keys(allowScripts ?? {}).sort()).toEqual(scripted.map(nameOf).sort());
  // The one that brings its binary no other way; setup needs it.
  expect(Object.entries(allowScripts ?? {}).filter(([, allowed]) => allowed)).toEqual([['node', true]]);
});

it('each package is the one that was locked: by its hash, and from the registry', () => {
  expect(project).toBeDefined();
  for (const [path, { integrity, resolved, optional, os, cpu, libc }] of Object.entries(packages)) {
    expect(resolved ?? 'https:', path).toMatch(/^https:/);
    // npm leaves the hash out for binaries of other systems that it could not look at.
    const isForeign = optional === true && (os ?? cpu ?? libc) !== undefined;
    if (!isForeign) expect(integrity, path).toMatch(/^sha512-/);
  }
});

it('the app imports each package that it depends on', () => {
  const code = globSync('electron/**/*.ts')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  for (const name of Object.keys(dependencies ?? {})) expect(code).toContain(`import('${name}')`);
});
