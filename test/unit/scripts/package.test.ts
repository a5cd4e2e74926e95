import { describe, expect, test } from 'vitest';
import { packageFolder } from '../../../scripts/package/bundled.ts';
import { rpmSpec, toControl } from '../../../scripts/package/linux-metadata.ts';
import { notices, sbom } from '../../../scripts/package/notices.ts';

describe('the package that a module of a bundle is of', () => {
  test.each([
    ['/home/ada/tally/node_modules/react/index.js', 'node_modules/react'],
    ['/x/node_modules/@hono/node-server/dist/index.mjs?commonjs', 'node_modules/@hono/node-server'],
    ['/x/node_modules/conf/node_modules/env-paths/index.js', 'node_modules/conf/node_modules/env-paths'],
    ['C:\\x y\\node_modules\\@a\\b\\index.js', 'node_modules/@a/b'],
    ['\0vite/preload-helper.js', 'node_modules/vite'],
    ['\0rolldown/runtime.js', 'node_modules/rolldown'],
    ['/home/ada/tally/electron/main.ts', undefined],
  ])('%j: %s', (id, folder) => {
    expect(packageFolder(id)).toBe(folder);
  });
});

const parts = [
  { name: '@a/b', version: '1.0.0', license: 'MIT', text: 'Be kind.', integrity: 'sha512-AQI=' },
  { name: 'c', version: '2.0.0', license: 'MIT OR Apache-2.0', text: 'Be kind.', integrity: 'sha512-Aw==' },
  { name: 'd', version: '3.0.0', license: 'ISC', text: 'Be brief.', integrity: 'sha512-BA==' },
];

test('the notices have each text once, under the names of all that share it', () => {
  const text = notices(parts);
  expect(text).toContain('code of 3 other projects');
  expect(text.match(/Be kind\./g)).toHaveLength(1);
  expect(text).toMatch(/@a\/b 1\.0\.0 \(MIT\)\nc 2\.0\.0 \(MIT OR Apache-2\.0\)\n-+\n\nBe kind\.\n/);
});

test('the bill of materials names Tally, Electron and each part, with the hash of its package', () => {
  const bom = sbom({ name: 'tally', version: '0.2.0', license: 'MIT', electron: '45.4.1' }, parts);
  expect(bom).toMatchObject({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    metadata: { component: { name: 'tally', version: '0.2.0' } },
    components: [
      { name: 'electron', version: '45.4.1' },
      { purl: 'pkg:npm/%40a/b@1.0.0', hashes: [{ alg: 'SHA-512', content: '0102' }] },
      { name: 'c', licenses: [{ expression: 'MIT OR Apache-2.0' }] },
      { name: 'd', licenses: [{ license: { id: 'ISC' } }], hashes: [{ content: '04' }] },
    ],
  });
});

const facts = {
  name: 'tally',
  version: '0.2.0',
  architecture: 'arm64',
  maintainer: 'A <a@b.invalid>',
  homepage: 'https://b.invalid/',
  license: 'MIT',
  section: 'net',
  priority: 'optional',
  depends: ['libc6', 'x | y'],
  recommends: [],
  description: `Short\n${'many words '.repeat(20)}\n\nThe end`,
};

test('a .deb says what it is, in lines that are not too long', () => {
  const control = toControl(facts, 1234);
  expect(control).toContain('Architecture: arm64\n');
  expect(control).toContain('Depends: libc6, x | y\n');
  expect(control).not.toContain('Recommends');
  expect(control).toMatch(/\nDescription: Short\n many words .*\n .*\n \.\n The end\n$/s);
  for (const line of control.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('an .rpm has the scripts, and claims no build ids', () => {
  const spec = rpmSpec(facts, { afterInstall: 'echo in', afterRemove: 'echo out', files: ['"/opt/x"'] });
  expect(spec).toContain('%post\necho in\n%postun\necho out\n%files\n"/opt/x"\n');
  expect(spec).toContain('%define _build_id_links none');
});
