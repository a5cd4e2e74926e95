import { createRequire, syncBuiltinESMExports } from 'node:module';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';

/** What the disk is asked for, in order: `sync`, and the name that a file is given once it is there. */
const log = vi.hoisted(() => [] as string[]);

const require = createRequire(import.meta.url);
const fs: typeof import('node:fs') = require('node:fs');
const promises: typeof import('node:fs/promises') = require('node:fs/promises');
const real = { fsyncSync: fs.fsyncSync, renameSync: fs.renameSync, rename: promises.rename };
const probe = await promises.open(import.meta.filename);
const handles = Object.getPrototypeOf(probe) as typeof probe;
const sync = vi.spyOn(handles, 'sync').mockImplementation(async () => void log.push('sync'));
await probe.close();

const nameOf = (path: unknown) => `${path}`.replace(/^.*[/\\]/, '');
fs.fsyncSync = (fd) => {
  log.push('sync');
  real.fsyncSync(fd);
};
fs.renameSync = (from, to) => {
  log.push(nameOf(to));
  real.renameSync(from, to);
};
promises.rename = async (from, to) => {
  log.push(nameOf(to));
  await real.rename(from, to);
};
syncBuiltinESMExports();

// After that, so that electron-store, too, finds the disk as it is here. It would download Electron.
process.env.ELECTRON_OVERRIDE_DIST_PATH ??= '/nowhere';
const { openJsonFile } = await import('../../../electron/desktop/json-file.ts');
const { openCopies } = await import('../../../electron/desktop/media/copies.ts');
const { openOriginals } = await import('../../../electron/desktop/library/originals.ts');
const { writeDocument } = await import('../../../electron/desktop/documents.ts');
const { disk } = await import('../../../electron/desktop/files/disk.ts');
const { sha256 } = await import('../../../electron/core/lib/sha256.ts');
const { tempFolders } = await import('../../support/temp-folder.ts');

const folderOf = tempFolders();
beforeEach(() => void log.splice(0));
afterAll(() => {
  sync.mockRestore();
  Object.assign(fs, { fsyncSync: real.fsyncSync, renameSync: real.renameSync });
  promises.rename = real.rename;
  syncBuiltinESMExports();
});

/** A power cut leaves what has its name already, so none has it before all of it is on the disk. */

it('a file of Tally’s and its copy get their names once they are on the disk', () => {
  const folder = folderOf();
  openJsonFile(folder, 'things').write({ a: 1 });
  openJsonFile(folder, 'things');
  expect(log).toEqual(['sync', 'things.json', 'sync', 'things.json.bak']);
});

it('so do kept copies and originals, from bytes and from files', async () => {
  const folder = folderOf();
  const bytes = Buffer.from('a picture');
  const hash = await sha256(bytes);
  const path = `${folder}/given`;
  fs.writeFileSync(path, bytes);
  for (const [index, content] of [bytes, path].entries()) {
    expect(
      await openCopies(`${folder}/copies-${index}`, () => 0, disk)
        .of('me')
        .put(hash, content),
    ).toBe(true);
    expect(await openOriginals(`${folder}/originals-${index}`, disk).put(hash, content)).toBe('kept');
  }
  expect(log).toEqual(Array(4).fill(['sync', hash]).flat());
});

it('so does what is exported, and a call of the history', async () => {
  expect(await writeDocument(`${folderOf()}/settings.json`, '{}')).toMatchObject({ ok: true });
  expect(log).toEqual(['sync', 'settings.json']);
});
