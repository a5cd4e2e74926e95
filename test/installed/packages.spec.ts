import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  globSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { imageSize } from 'image-size';
import { root } from '../../scripts/electron.mjs';
import { ended, must } from '../support/program.ts';

/** What the packages in dist/ say of themselves and hold, judged by the programs of the systems that they are for. */

const dist = join(root, 'dist');
const id = 'io.github.tallyauthors.Tally';
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const deb = join(dist, `tally_${version}_amd64.deb`);
const rpm = join(dist, `tally-${version}.x86_64.rpm`);

const run = (program: string, args: readonly string[], cwd = root) =>
  must(ended(spawn(program, args, { cwd, env: { ...process.env, LC_ALL: 'C.UTF-8' } })), program);

const test = base.extend<{ readonly folder: string }, { readonly tree: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'tally-packages-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  // The files of the .deb.
  tree: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      const tree = mkdtempSync(join(tmpdir(), 'tally-deb-'));
      await run('dpkg-deb', ['--extract', deb, tree]);
      await use(tree);
      rmSync(tree, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
});

/** Every file below a folder with the sum of its content. */
function sums(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    lstatSync(join(folder, path)).isFile(),
  );
  return Object.fromEntries(
    files.sort().map((path) => [
      path,
      createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('hex'),
    ]),
  );
}

test('the desktop entry and the metadata for software centers are valid, and name each other', async ({
  tree,
}) => {
  const entry = join(tree, `usr/share/applications/${id}.desktop`);
  const { out } = await run('desktop-file-validate', [entry]);
  expect(out).toBe('');
  const lines = readFileSync(entry, 'utf8').split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'Exec=/opt/Tally/tally %U',
      'Icon=tally',
      `StartupWMClass=${id}`,
      'MimeType=x-scheme-handler/tally;',
    ]),
  );
  await run('appstreamcli', ['validate', '--no-net', join(tree, `usr/share/metainfo/${id}.metainfo.xml`)]);
});

test('there is an icon of each size, as large as its folder says', ({ tree }) => {
  const icons = globSync('usr/share/icons/hicolor/*/apps/tally.png', { cwd: tree });
  const sizes = icons.map((path) => {
    const { width, height } = imageSize(readFileSync(join(tree, path)));
    expect(path).toContain(`/${width}x${height}/`);
    return width;
  });
  expect(sizes.sort((a, b) => a - b)).toEqual([16, 24, 32, 48, 64, 128, 256, 512]);
});

test('the licenses of all that is in the package are in it', ({ tree }) => {
  const notices = readFileSync(join(tree, 'opt/Tally/resources/THIRD-PARTY-NOTICES.txt'), 'utf8');
  for (const name of [
    'react',
    '@github/keytar',
    'undici',
    'hono',
    'dbus-next',
    'tailwindcss',
    'lucide-react',
  ])
    expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'));
  for (const path of [
    'opt/Tally/resources/LICENSE.txt',
    'opt/Tally/LICENSE.electron.txt',
    'usr/share/doc/tally/copyright',
  ])
    expect(statSync(join(tree, path)).size, path).toBeGreaterThan(500);
});

/** What Debian holds against every program that brings its own Electron, and against anything in /opt. */
const ofElectron = [
  'dir-or-file-in-opt',
  'embedded-library',
  'unstripped-binary-or-object',
  'statically-linked-binary',
  'shared-library-lacks-prerequisites',
];

test('lintian finds no error that is Tally’s own', async () => {
  const { out } = await ended(spawn('lintian', ['--no-cfg', '--fail-on', 'none', '--allow-root', deb]));
  const errors = out
    .split('\n')
    .filter((line) => line.startsWith('E:') && !ofElectron.some((tag) => line.includes(` ${tag}`)));
  expect(errors).toEqual([]);
});

test('the .rpm holds the same app, and says what it needs', async ({ folder, tree }) => {
  await run('sh', ['-c', `rpm2cpio '${rpm}' | cpio --extract --make-directories --quiet`], folder);
  expect(sums(folder)).toEqual(sums(tree));
  const { out: needs } = await run('rpm', ['-qp', '--requires', rpm]);
  expect(needs).toContain('(libsecret or libsecret-1-0)');
  const { out: facts } = await run('rpm', [
    '-qp',
    '--queryformat',
    '%{NAME} %{VERSION} %{ARCH} %{LICENSE}',
    rpm,
  ]);
  expect(facts).toBe(`tally ${version} x86_64 MIT`);
  // Two packages with the same Electron would both claim its build ids.
  const { out: files } = await run('rpm', ['-qpl', rpm]);
  expect(files).not.toContain('.build-id');
});

test('for arm64, both are named so', async ({ folder }) => {
  mkdirSync(join(folder, 'app'));
  writeFileSync(join(folder, 'app/tally'), 'not a program');
  const script = join(root, 'resources/linux/after-install.sh');
  for (const [kind, architecture] of [
    ['deb', 'arm64'],
    ['rpm', 'aarch64'],
  ] as const) {
    const made = join(folder, `tally.${kind}`);
    const facts = {
      architecture,
      version,
      name: 'tally',
      package: made,
      maintainer: 'A <a@b.invalid>',
      url: 'https://b.invalid',
    };
    const words = Object.entries({
      ...facts,
      license: 'MIT',
      description: 'Short\nLong',
      'after-install': script,
      'after-remove': script,
    });
    await run(process.execPath, [
      join(root, 'scripts/package/fpm.ts'),
      ...[
        '-s',
        'dir',
        '-t',
        kind,
        ...words.flatMap(([name, value]) => [`--${name}`, value]),
        `${folder}/app/=/opt/Tally`,
      ],
    ]);
  }
  const { out: ofDeb } = await run('dpkg-deb', ['--field', join(folder, 'tally.deb'), 'Architecture']);
  const { out: ofRpm } = await run('rpm', ['-qp', '--queryformat', '%{ARCH}', join(folder, 'tally.rpm')]);
  expect([ofDeb.trim(), ofRpm]).toEqual(['arm64', 'aarch64']);
});

test('the sums are those of the files', async () => {
  await run('sha256sum', ['--check', '--strict', 'SHA256SUMS'], dist);
  const listed = readFileSync(join(dist, 'SHA256SUMS'), 'utf8').match(/\S+$/gm);
  expect(listed?.sort()).toEqual([
    `tally-${version}.cdx.json`,
    `tally-${version}.x86_64.rpm`,
    `tally_${version}_amd64.deb`,
  ]);
});

test('the list of parts names each package whose code is in the app, as it is locked, by its hash', () => {
  const { components } = JSON.parse(readFileSync(join(dist, `tally-${version}.cdx.json`), 'utf8'));
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const bundled = globSync('out/bundled/*.json', { cwd: root }).flatMap((file): string[] =>
    JSON.parse(readFileSync(join(root, file), 'utf8')),
  );
  const folders = new Set([...bundled, 'node_modules/keytar', 'node_modules/tailwindcss']);
  const locked = [...folders].map((folder) => `${packages[folder].version} ${packages[folder].integrity}`);
  const [electron, ...parts] = components;
  expect(electron).toMatchObject({ name: 'electron' });
  const told = parts.map((part: { version: string; licenses: unknown[]; hashes: { content: string }[] }) => {
    expect(part.licenses).toHaveLength(1);
    const hash = Buffer.from(part.hashes[0]?.content ?? '', 'hex').toString('base64');
    return `${part.version} sha512-${hash}`;
  });
  expect(told.sort()).toEqual(locked.sort());
  expect(told.length).toBeGreaterThan(20);
});

test('built twice, the unpacked app is the same', async ({ tree }) => {
  test.setTimeout(300_000);
  const aside = `${dist}.first`;
  rmSync(aside, { recursive: true, force: true });
  renameSync(dist, aside);
  try {
    await run(process.execPath, ['scripts/package.ts']);
    // The profile is for the packages alone.
    const { 'resources/apparmor-profile': _, ...first } = sums(join(tree, 'opt/Tally'));
    expect(sums(join(dist, 'linux-unpacked'))).toEqual(first);
  } finally {
    rmSync(dist, { recursive: true, force: true });
    renameSync(aside, dist);
  }
});
