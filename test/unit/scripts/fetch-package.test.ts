import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fetchPackage } from '../../../scripts/fetch-package.mjs';
import { tempFolders } from '../../support/temp-folder.ts';

const folderOf = tempFolders();

/** A package in a folder, which npm packs as it does those that it fetches. */
function packageHere(): string {
  const folder = join(folderOf(), 'given');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"name":"given","version":"1.0.0"}');
  return folder;
}

test('a package that setup fetches is taken where it has the hash that was reviewed, and no other is', () => {
  const given = packageHere();
  const reviewed = (integrity: string) => () =>
    fetchPackage({ package: given, integrity }, join(folderOf(), 'new'));
  const [, integrity = ''] = /(sha512-\S+)/.exec(`${attempt(reviewed('sha512-x'))}`) ?? [];
  expect(attempt(reviewed('sha512-x'))).toMatch(/is not the package that was reviewed/);
  const path = reviewed(integrity)();
  expect(`sha512-${createHash('sha512').update(readFileSync(path)).digest('base64')}`).toBe(integrity);
}, 120_000);

test('one that is not there is told', () => {
  const gone = join(folderOf(), 'gone');
  expect(attempt(() => fetchPackage({ package: gone, integrity: '' }, join(folderOf(), 'new')))).toMatch(
    /could not be fetched/,
  );
}, 120_000);

function attempt(work: () => unknown): string {
  try {
    return String(work());
  } catch (error) {
    return (error as Error).message;
  }
}
