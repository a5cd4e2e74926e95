import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../electron.mjs';
import { bundledFolder } from './bundled.ts';

/** What goes along with every package: the licenses of the code in it, and the same list for programs. */
const noticesFile = join(root, 'out/THIRD-PARTY-NOTICES.txt');
export const sbomFile = join(root, 'out/sbom.cdx.json');

/** Shipped without being a module of a bundle: keytar's library beside them, and Tailwind's sheet in the window's. */
const besides = ['node_modules/keytar', 'node_modules/tailwindcss'];

/** Licenses that a package.json leaves out or names in its own way, as the file beside it has them. */
const readInFile: Readonly<Record<string, string>> = {
  '@nornagon/put': 'MIT',
  jsbi: 'Apache-2.0',
  'map-stream': 'MIT',
  'pause-stream': 'MIT OR Apache-2.0',
};

interface Part {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly license: string;
  readonly text: string;
  /** Of the package as npm has it, as in the lockfile. */
  readonly integrity: string;
}

/** The npm packages whose code is in out/ or beside it; `build()` of scripts/run.ts must have run. Throws on one without license or hash. */
function shippedParts(): readonly Part[] {
  const builds = readdirSync(bundledFolder).map((name) => readFileSync(join(bundledFolder, name), 'utf8'));
  const folders = new Set(builds.flatMap((json): string[] => JSON.parse(json)).concat(besides));
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return [...folders].sort().map((folder) => partAt(folder, packages[folder]?.integrity));
}

function partAt(folder: string, integrity: string | undefined): Part {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const spdx = readInFile[name] ?? license;
  const files = readdirSync(join(root, folder)).filter((file) =>
    /^(licen[cs]e|copying|notice)\b/i.test(file),
  );
  if (typeof spdx !== 'string') throw new Error(`${folder} does not say under which license it is`);
  if (files.length === 0) throw new Error(`${folder} brings no text of its license`);
  if (!integrity) throw new Error(`${folder} has no hash in the lockfile`);
  const texts = files.sort().map((file) => readFileSync(join(root, folder, file), 'utf8'));
  // A byte order mark, and the ends of lines of other systems.
  const text = texts
    .map((part) =>
      part
        .replace(/^\uFEFF/, '')
        .replaceAll('\r\n', '\n')
        .trim(),
    )
    .join('\n\n');
  return { name, version, license: spdx, text, integrity };
}

/** The text that people get. Electron and Chromium have theirs beside the program already. */
export function notices(parts: readonly Part[]): string {
  const byText = new Map<string, Part[]>();
  for (const part of parts) byText.set(part.text, [...(byText.get(part.text) ?? []), part]);
  const rule = '-'.repeat(78);
  const sections = [...byText].map(([text, sharing]) => {
    const names = sharing.map(({ name, version, license }) => `${name} ${version} (${license})`);
    return `${rule}\n${names.join('\n')}\n${rule}\n\n${text}\n`;
  });
  return `Tally has in it code of ${parts.length} other projects. Their licenses follow; those of Electron and Chromium are in
LICENSE.electron.txt and LICENSES.chromium.html.

${sections.join('\n')}`;
}

interface Product {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly electron: string;
}

/** What a package of Tally is made of, in CycloneDX 1.6: the parts in its bundles, not what was installed to build them. */
export function sbom(product: Product, parts: readonly Part[]): object {
  const component = { name: product.name, version: product.version, license: product.license };
  const own = `pkg:generic/${product.name}@${product.version}`;
  const components = [
    {
      type: 'framework',
      'bom-ref': `pkg:npm/electron@${product.electron}`,
      name: 'electron',
      version: product.electron,
      licenses: [{ license: { id: 'MIT' } }],
      purl: `pkg:npm/electron@${product.electron}`,
    },
    ...parts.map(bomPart),
  ];
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': own,
        name: component.name,
        version: component.version,
        licenses: [{ license: { id: component.license } }],
        purl: own,
      },
    },
    components,
    dependencies: [{ ref: own, dependsOn: components.map((part) => part['bom-ref']) }],
  };
}

function bomPart({ name, version, license, integrity }: Part) {
  const purl = `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    licenses: license.includes(' ') ? [{ expression: license }] : [{ license: { id: license } }],
    purl,
    hashes: [
      { alg: 'SHA-512', content: Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex') },
    ],
  };
}

/** Writes both files into out/. */
export function writeNotices(electron: string): void {
  const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const parts = shippedParts();
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(noticesFile, notices(parts));
  writeFileSync(sbomFile, `${JSON.stringify(sbom({ name, version, license, electron }, parts), null, 2)}\n`);
}
