import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { RunningTally } from './launch.ts';

/** The content of a background as it was sent, from the copy that is kept of it a moment later. */
export async function keptCopy(
  { userData }: Pick<RunningTally, 'userData'>,
  sha256: string | undefined,
): Promise<Buffer> {
  const folder = join(userData, 'copies');
  const kept = () => (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []);
  const find = () => kept().find((name) => name.endsWith(`/${sha256}`));
  await expect.poll(find).toBeDefined();
  return readFileSync(join(folder, find() ?? ''));
}
