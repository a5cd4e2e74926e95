import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningTally } from './launch.ts';

/** The content of a background as it was sent, from the copy that is kept. */
export function keptCopy({ userData }: Pick<RunningTally, 'userData'>, sha256: string | undefined): Buffer {
  const folder = join(userData, 'copies');
  const path = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) =>
    name.endsWith(`${sha256}`),
  );
  if (sha256 === undefined || path === undefined) throw new Error('No copy is kept.');
  return readFileSync(join(folder, path));
}
