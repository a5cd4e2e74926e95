import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../electron.mjs';

export const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
};

/** The name of the desktop entry, and so of the windows; electron-builder.yml has it, too. */
const id = 'io.github.tallyauthors.Tally';
const maintainer = 'The Tally authors <authors@tally.invalid>';

/** When what is packed was written, in s since 1970: the time of the last commit, and where there is no git, of nothing in particular. */
export function sourceDate(): number {
  try {
    return Number(
      execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  } catch {
    return Date.UTC(2026, 0) / 1000;
  }
}

/**
 * Writes what the .deb and the .rpm have beside Tally's own folder, as it stands below the root of a system: the command, its page of
 * the manual, the metadata for software centers, copyright and changelog. Returns the folder.
 */
export function writeLinuxFiles(): string {
  const tree = join(root, 'node_modules/.cache/linux-files');
  rmSync(tree, { recursive: true, force: true });
  const place = (path: string) => {
    const target = join(tree, path);
    mkdirSync(join(target, '..'), { recursive: true });
    return target;
  };
  const source = (name: string) => join(root, 'resources/linux', name);
  const date = new Date(Number(process.env.SOURCE_DATE_EPOCH) * 1000);

  symlinkSync('/opt/Tally/bin/tally', place('usr/bin/tally'));
  writeFileSync(place('usr/share/man/man1/tally.1.gz'), packed(readFileSync(source('tally.1'))));
  const metainfo = readFileSync(source('metainfo.xml'), 'utf8')
    .replace('@VERSION@', version)
    .replace('@DATE@', date.toISOString().slice(0, 10));
  writeFileSync(place(`usr/share/metainfo/${id}.metainfo.xml`), metainfo);
  copyFileSync(source('copyright'), place('usr/share/doc/tally/copyright'));
  writeFileSync(place('usr/share/doc/tally/changelog.gz'), packed(Buffer.from(debianChangelog(date))));
  writeFileSync(
    place('usr/share/doc/tally/CHANGELOG.md.gz'),
    packed(readFileSync(join(root, 'CHANGELOG.md'))),
  );
  return tree;
}

/** Without a name and a time in it. */
function packed(content: Buffer): Buffer {
  return gzipSync(content, { level: 9 });
}

function debianChangelog(date: Date): string {
  const day = date.toUTCString().replace('GMT', '+0000');
  return `tally (${version}) unstable; urgency=medium

  * What changed is in CHANGELOG.md.gz beside this file.

 -- ${maintainer}  ${day}
`;
}
