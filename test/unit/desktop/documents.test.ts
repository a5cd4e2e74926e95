import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readDocument, writeDocument } from '../../../electron/desktop/documents.ts';
import { tempFolders } from '../../support/temp-folder.ts';

const folderOf = tempFolders();
const mode = (path: string) => statSync(path).mode & 0o777;

it('writes a file that only its owner reads, and leaves nothing else behind', async () => {
  const folder = folderOf();
  const path = join(folder, 'Einstellungen – Ünïcode.json');
  expect(await writeDocument(path, '{"ä":1}')).toEqual({ ok: true, value: true });
  expect(readFileSync(path, 'utf8')).toBe('{"ä":1}');
  if (process.platform !== 'win32') expect(mode(path)).toBe(0o600);
  expect(readdirSync(folder)).toHaveLength(1);
});

it('replaces a file as a whole, whoever could read it before', async () => {
  const path = join(folderOf(), 'a.json');
  writeFileSync(path, 'x'.repeat(1000));
  chmodSync(path, 0o644);
  await writeDocument(path, 'new');
  expect(readFileSync(path, 'utf8')).toBe('new');
  if (process.platform !== 'win32') expect(mode(path)).toBe(0o600);
});

it('says in words why it could not write, without a path, and leaves nothing behind', async () => {
  const folder = folderOf();
  mkdirSync(join(folder, 'taken'));
  for (const path of [join(folder, 'taken'), join(folder, 'nowhere', 'a.json')]) {
    const result = await writeDocument(path, 'x');
    expect(result).toMatchObject({
      ok: false,
      error: { kind: 'storage', what: 'The file couldn’t be saved.' },
    });
    expect(JSON.stringify(result)).not.toContain(folder);
  }
  expect(readdirSync(folder)).toEqual(['taken']);
});

it('reads what it wrote, by its name without the folder', async () => {
  const path = join(folderOf(), 'a.json');
  await writeDocument(path, '{"ä":1}');
  expect(await readDocument(path)).toEqual({ ok: true, value: { name: 'a.json', text: '{"ä":1}' } });
});

it('takes 5 MB and no byte more', async () => {
  const path = join(folderOf(), 'a.json');
  writeFileSync(path, Buffer.alloc(5 * 1024 * 1024, 'x'));
  expect(await readDocument(path)).toMatchObject({ ok: true });
  writeFileSync(path, Buffer.alloc(5 * 1024 * 1024 + 1, 'x'));
  expect(await readDocument(path)).toMatchObject({ ok: false, error: { why: 'It is larger than 5 MB.' } });
});

it('refuses what is no text file in words', async () => {
  const folder = folderOf();
  const binary = join(folder, 'b.json');
  writeFileSync(binary, Buffer.from([0xff, 0xfe, 0x00]));
  expect(await readDocument(binary)).toMatchObject({
    ok: false,
    error: { kind: 'file', why: 'It isn’t a text file.' },
  });
  expect(await readDocument(folder)).toMatchObject({ ok: false, error: { kind: 'file' } });
  expect(await readDocument(join(folder, 'gone.json'))).toMatchObject({
    error: { why: 'It is no longer there.' },
  });
});

it.skipIf(process.platform === 'win32')('does not wait at a pipe or a device that never ends', async () => {
  const folder = folderOf();
  const pipe = join(folder, 'pipe.json');
  spawnSync('mkfifo', [pipe]);
  symlinkSync('/dev/zero', join(folder, 'zero.json'));
  for (const path of [pipe, join(folder, 'zero.json')]) {
    expect(await readDocument(path)).toMatchObject({ ok: false, error: { why: 'It isn’t a file.' } });
  }
});
