import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import '../../../support/without-electron.ts';
import type { Disk } from '../../../../electron/core/ports.ts';
import { disk } from '../../../../electron/desktop/files/disk.ts';
import { keepDragged } from '../../../../electron/desktop/library/dragged.ts';
import { openLibraries } from '../../../../electron/desktop/library/store.ts';
import { tempFolders } from '../../../support/temp-folder.ts';

const folderOf = tempFolders();
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const content = (letter: string, size = 100) => Buffer.alloc(size, letter);
const everything = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' });

describe('a library on the disk', () => {
  it('is a folder an account, private, and there after a restart', async () => {
    const folder = folderOf();
    const store = openLibraries(folder, disk).of('commercial:one');
    expect([store.exists(), store.read(), everything(folder)]).toEqual([false, undefined, []]);
    const file = join(folderOf(), 'beach.png');
    writeFileSync(file, content('b', 700_000));
    expect(await store.backgrounds.put(sha(content('b', 700_000)), file)).toBe('kept');
    expect(await store.pictures.put(sha(content('p')), content('p'))).toBe('kept');
    expect(store.write({ items: [] })).toBe(true);

    const later = openLibraries(folder, disk);
    const one = later.of('commercial:one');
    expect([one.exists(), one.read()]).toEqual([true, { items: [] }]);
    expect(one.backgrounds.all()).toEqual([sha(content('b', 700_000))]);
    expect(one.backgrounds.state(sha(content('p')))).toBe('missing');
    expect(readFileSync(one.pictures.path(sha(content('p'))))).toEqual(content('p'));
    expect(later.of('commercial:two').exists()).toBe(false);
    expect(everything(folder).join()).not.toMatch(/commercial|beach/);
    for (const name of everything(folder)) {
      const stats = statSync(join(folder, name));
      if (stats.isFile()) expect(stats.mode & 0o077, name).toBe(0);
    }
  });

  it('takes nothing but the content that was said, and tells a full disk from all else', async () => {
    const folder = folderOf();
    const full: Pick<Disk, 'open'> = {
      open: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })),
    };
    const { backgrounds } = openLibraries(folder, disk).of('me');
    expect(await backgrounds.put(sha(content('a')), content('x'))).toBe('failed');
    expect(await backgrounds.put(sha(content('a')), join(folder, 'gone.png'))).toBe('failed');
    expect(await backgrounds.put('../../escape', content('a'))).toBe('failed');
    expect(
      await openLibraries(folder, full)
        .of('me')
        .backgrounds.put(sha(content('a')), '/a.png'),
    ).toBe('full');
    expect(everything(folder).filter((name) => /[0-9a-f]{64}|part/.test(name))).toEqual([]);
  });

  it('knows files that are gone, changed, links or folders, and is whole again when they are kept anew', async () => {
    const folder = folderOf();
    const { backgrounds } = openLibraries(folder, disk).of('me');
    const ids = ['a', 'b', 'c', 'd'].map((letter) => sha(content(letter)));
    for (const letter of 'abcd') await backgrounds.put(sha(content(letter)), content(letter));
    const [gone = '', changed = '', linked = '', whole = ''] = ids;
    const secret = join(folderOf(), 'secret');
    writeFileSync(secret, content('c'));
    rmSync(backgrounds.path(gone));
    writeFileSync(backgrounds.path(changed), content('x'));
    rmSync(backgrounds.path(linked));
    symlinkSync(secret, backgrounds.path(linked));
    expect(await Promise.all(ids.map(backgrounds.look))).toEqual(['missing', 'spoiled', 'spoiled', 'kept']);
    const later = openLibraries(folder, disk).of('me').backgrounds.all();
    expect([...later].sort()).toEqual([changed, whole].sort());
    for (const letter of 'abc')
      expect(await backgrounds.put(sha(content(letter)), content(letter))).toBe('kept');
    expect(await Promise.all(ids.map(backgrounds.look))).toEqual(['kept', 'kept', 'kept', 'kept']);
    expect(readFileSync(secret)).toEqual(content('c'));
  });

  it('repairs what has another content under the right size when it is kept again', async () => {
    const folder = folderOf();
    const bytes = content('a');
    const first = openLibraries(folder, disk).of('me').backgrounds;
    await first.put(sha(bytes), bytes);
    writeFileSync(first.path(sha(bytes)), content('\0'));
    const later = openLibraries(folder, disk).of('me').backgrounds;
    expect(await later.put(sha(bytes), content('x'))).toBe('failed');
    expect(await later.put(sha(bytes), bytes)).toBe('kept');
    expect(readFileSync(later.path(sha(bytes)))).toEqual(bytes);
  });

  it('is gone once it is forgotten, what is on its way included, and begins anew', async () => {
    const folder = folderOf();
    const libraries = openLibraries(folder, disk);
    const store = libraries.of('me');
    store.write({ items: [] });
    await store.backgrounds.put(sha(content('a')), content('a'));
    const late = store.backgrounds.put(sha(content('b', 900_000)), content('b', 900_000));
    await libraries.forget('me');
    await late;
    expect(store.write({ items: [] })).toBe(false);
    expect(everything(folder)).toEqual([]);
    expect(libraries.of('me').exists()).toBe(false);
    expect(await libraries.of('me').backgrounds.put(sha(content('a')), content('a'))).toBe('kept');
  });

  it('hands out copies under their names, of which an earlier start leaves none', async () => {
    const folder = folderOf();
    const file = join(folder, 'kept');
    writeFileSync(file, content('a'));
    mkdirSync(join(folder, 'dragged/old'), { recursive: true });
    const path = await keepDragged(join(folder, 'dragged')).take({ path: file, name: '../First snow.png' });
    expect(path).toMatch(/[\\/]First snow\.png$/);
    writeFileSync(path, content('x'));
    expect(readFileSync(file)).toEqual(content('a'));
    expect(readdirSync(join(folder, 'dragged'))).toHaveLength(1);
  });
});
