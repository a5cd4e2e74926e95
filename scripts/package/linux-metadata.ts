import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

/** What a package says of itself. */
export interface Facts {
  readonly name: string;
  readonly version: string;
  /** In the package's own words: amd64 or x86_64, arm64 or aarch64. */
  readonly architecture: string;
  readonly maintainer: string;
  readonly homepage: string;
  readonly license: string;
  readonly section: string;
  readonly priority: string;
  readonly depends: readonly string[];
  readonly recommends: readonly string[];
  /** The first line is the short one. */
  readonly description: string;
}

/** The control file of a .deb; `size` is what it takes when installed, in KiB. */
export function toControl(facts: Facts, size: number): string {
  const { short, paragraphs } = described(facts);
  const fields = {
    Package: facts.name,
    Version: facts.version,
    Architecture: facts.architecture,
    Maintainer: facts.maintainer,
    'Installed-Size': String(size),
    Depends: facts.depends.join(', '),
    Recommends: facts.recommends.join(', '),
    Section: facts.section,
    Priority: facts.priority,
    Homepage: facts.homepage,
    Description: [short, ...paragraphs.map((line) => ` ${line || '.'}`)].join('\n'),
  };
  const given = Object.entries(fields).filter(([, value]) => value !== '');
  return given.map(([name, value]) => `${name}: ${value}\n`).join('');
}

/** The md5sums file of a .deb. */
export function md5sums(tree: string, files: readonly string[]): string {
  const lines = files.map((path) => {
    const sum = createHash('md5').update(readFileSync(path)).digest('hex');
    return `${sum}  ${relative(tree, path)}\n`;
  });
  return lines.sort((a, b) => (a.slice(34) < b.slice(34) ? -1 : 1)).join('');
}

interface Content {
  readonly afterInstall: string;
  readonly afterRemove: string;
  /** Lines of %files. */
  readonly files: readonly string[];
}

/** The spec of an .rpm of files that stand ready: nothing is built, stripped or looked into. */
export function rpmSpec(facts: Facts, { afterInstall, afterRemove, files }: Content): string {
  const { short, paragraphs } = described(facts);
  // Links by build id would be the same in every package with the same Electron, and only one could be installed.
  return `%define _build_id_links none
%global __os_install_post %{nil}
%global debug_package %{nil}
Name: ${facts.name}
Version: ${facts.version}
Release: 1
Summary: ${short}
License: ${facts.license}
URL: ${facts.homepage}
Vendor: ${facts.maintainer}
Packager: ${facts.maintainer}
AutoReqProv: no
${facts.depends.map((name) => `Requires: ${name}`).join('\n')}
%description
${paragraphs.join('\n')}
%post
${afterInstall}
%postun
${afterRemove}
%files
${files.join('\n')}
`;
}

/** In lines of at most 79 characters, as both kinds of package want it. */
function described({ description }: Facts): {
  readonly short: string;
  readonly paragraphs: readonly string[];
} {
  const [short = '', ...rest] = description.split('\n').map((line) => line.trim());
  return { short, paragraphs: rest.flatMap((line) => wrapped(line)) };
}

function wrapped(line: string): string[] {
  return line.match(/(?=\S).{1,78}(?=\s|$)/g) ?? [''];
}
