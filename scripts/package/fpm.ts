#!/usr/bin/env node
// Makes a .deb by dpkg-deb or an .rpm by rpmbuild of what electron-builder says to fpm, which comes from GitHub alone. It is called by
// electron-builder (CUSTOM_FPM_PATH, set by scripts/package.ts), with the options of fpm that it uses.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  globSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Facts, md5sums, rpmSpec, toControl } from './linux-metadata.ts';

const text = { type: 'string' } as const;
const { values, positionals: mappings } = parseArgs({
  allowPositionals: true,
  options: {
    ...{ s: { ...text, short: 's' }, t: { ...text, short: 't' }, d: { ...text, short: 'd', multiple: true } },
    ...{ force: { type: 'boolean' }, debug: { type: 'boolean' }, log: text },
    ...{ architecture: text, version: text, name: text, package: text },
    ...{ maintainer: text, vendor: text, url: text, license: text, category: text, description: text },
    ...{ 'after-install': text, 'after-remove': text },
    ...{ 'deb-recommends': { ...text, multiple: true }, 'deb-priority': text, 'deb-compression': text },
    ...{ 'rpm-summary': text, 'rpm-os': text, 'rpm-compression': text },
  },
});

function given(name: Exclude<keyof typeof values, 'force' | 'debug' | 'd' | 'deb-recommends'>): string {
  const value = values[name];
  if (value === undefined) throw new Error(`--${name} is missing`);
  return value;
}

const afterInstall = readFileSync(given('after-install'), 'utf8');
const afterRemove = readFileSync(given('after-remove'), 'utf8');
const facts: Facts = {
  name: given('name'),
  version: given('version'),
  // electron-builder has Debian's word for it in an .rpm, too.
  architecture:
    given('t') === 'rpm' ? given('architecture').replace('amd64', 'x86_64') : given('architecture'),
  maintainer: given('maintainer'),
  homepage: given('url'),
  license: given('license'),
  section: values.category ?? 'misc',
  priority: values['deb-priority'] ?? 'optional',
  depends: values.d ?? [],
  recommends: values['deb-recommends'] ?? [],
  description: values['rpm-summary']
    ? `${values['rpm-summary']}\n${given('description')}`
    : given('description'),
};
/** Of every file, in s since 1970, so that the same sources make the same package. */
const epoch = Number(process.env.SOURCE_DATE_EPOCH ?? 0);

/** Of xz. Above it a package gets 2 % smaller and takes three times as long. */
const level = 3;

const work = mkdtempSync(join(tmpdir(), 'tally-package-'));
try {
  const tree = join(work, 'root');
  collect(tree);
  const make = { deb: makeDeb, rpm: makeRpm }[given('t')];
  if (!make) throw new Error(`No ${given('t')} is made here`);
  make(tree, given('package'));
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Copies what is named as `from=to`, a folder's content where `from` ends with a slash, with modes and times of its own. */
function collect(tree: string): void {
  mkdirSync(tree);
  for (const mapping of mappings) {
    const [from = '', to = ''] = mapping.split(/=(.*)/s);
    const target = join(tree, to);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(from, target, { recursive: true, verbatimSymlinks: true });
  }
  for (const path of everythingIn(tree)) {
    const stats = lstatSync(path);
    if (!stats.isSymbolicLink())
      chmodSync(path, stats.isDirectory() || isProgram(path, stats.mode) ? 0o755 : 0o644);
    lutimesSync(path, epoch, epoch);
  }
}

/** A library is loaded, not run, whatever mode Electron's archive gives it. */
function isProgram(path: string, mode: number): boolean {
  return (mode & 0o100) !== 0 && !/\.so(?:\.\d+)*$/.test(path);
}

function everythingIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
}

function kindOf(path: string): 'folder' | 'file' | 'link' {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return 'link';
  return stats.isDirectory() ? 'folder' : 'file';
}

function makeDeb(tree: string, target: string): void {
  const files = everythingIn(tree).filter((path) => kindOf(path) === 'file');
  const bytes = files.reduce((sum, path) => sum + lstatSync(path).size, 0);
  const control = join(tree, 'DEBIAN');
  mkdirSync(control);
  writeFileSync(join(control, 'control'), toControl(facts, Math.ceil(bytes / 1024)));
  writeFileSync(join(control, 'md5sums'), md5sums(tree, files));
  for (const [name, script] of Object.entries({ postinst: afterInstall, postrm: afterRemove })) {
    writeFileSync(join(control, name), script);
    chmodSync(join(control, name), 0o755);
  }
  for (const path of [control, ...everythingIn(control)]) lutimesSync(path, epoch, epoch);
  run('dpkg-deb', ['--root-owner-group', '-Zxz', `-z${level}`, '--build', tree, target]);
}

function makeRpm(tree: string, target: string): void {
  const paths = everythingIn(tree);
  const lines = paths
    .map((path) => ({ path: path.slice(tree.length), kind: kindOf(path) }))
    .filter(({ path, kind }) => kind !== 'folder' || path.startsWith('/opt/'))
    .map(({ path, kind }) => (kind === 'folder' ? `%dir "${path}"` : `"${path}"`));
  const spec = join(work, 'tally.spec');
  writeFileSync(spec, rpmSpec(facts, { afterInstall, afterRemove, files: lines }));
  const built = join(work, 'built');
  const defines = {
    _topdir: built,
    _binary_payload: `w${level}T${availableParallelism()}.xzdio`,
    _buildhost: 'localhost',
    use_source_date_epoch_as_buildtime: '1',
    clamp_mtime_to_source_date_epoch: '1',
  };
  const definitions = Object.entries(defines).flatMap(([name, value]) => ['--define', `${name} ${value}`]);
  run('rpmbuild', [
    '-bb',
    '--quiet',
    '--target',
    facts.architecture,
    '--buildroot',
    tree,
    ...definitions,
    spec,
  ]);
  const [made] = globSync('RPMS/*/*.rpm', { cwd: built });
  if (!made) throw new Error('rpmbuild made no package');
  copyFileSync(join(built, made), target);
}

function run(program: string, args: readonly string[]): void {
  execFileSync(program, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, SOURCE_DATE_EPOCH: String(epoch), LC_ALL: 'C.UTF-8' },
  });
}
