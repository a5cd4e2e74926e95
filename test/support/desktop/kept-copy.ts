import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { RunningTally } from './launch.ts';

/** The content of a background as it was sent, from the library, which has it a moment later, or a copy beside it. */
export async function keptCopy(
  { userData }: Pick<RunningTally, 'userData'>,
  sha256: string | undefined,
): Promise<Buffer> {
  const kept = (folder: string) =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
      : [];
  const find = () =>
    ['library', 'copies']
      .flatMap((name) => kept(join(userData, name)))
      .find((path) => path.endsWith(`/${sha256}`));
  await expect.poll(find).toBeDefined();
  return readFileSync(find() ?? '');
}
