// `node scripts/release-notes.ts v0.2.0`: what CHANGELOG.md says of that version, for the release workflow. Ends with 1 where the tag
// is not that of package.json, or the changelog has no such version with a date.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './electron.mjs';
import { releaseNotes } from './package/release-notes.ts';

const [tag = ''] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const notes =
  tag === `v${version}` ? releaseNotes(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version) : undefined;
if (notes === undefined) {
  process.stderr.write(`There are no notes for ${tag || 'no tag'}: package.json says ${version}.\n`);
  process.exitCode = 1;
} else process.stdout.write(notes);
