import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Fetches a package of npm's into a new folder, and gives the path of its archive. Throws where it can't be had, or is another one than
 * was reviewed.
 */
export function fetchPackage({ package: name, integrity }, folder) {
  mkdirSync(folder, { recursive: true });
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status, stdout, stderr } = spawnSync(npm, ['pack', name, '--pack-destination', folder], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const archive = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (status !== 0 || !archive) {
    throw new Error(
      `${name} could not be fetched:\n${`${stdout}${stderr}`.trim().split('\n').slice(-8).join('\n')}`,
    );
  }
  const path = join(folder, archive);
  const found = `sha512-${createHash('sha512').update(readFileSync(path)).digest('base64')}`;
  if (found !== integrity) throw new Error(`${name} is not the package that was reviewed: ${found}`);
  return path;
}
