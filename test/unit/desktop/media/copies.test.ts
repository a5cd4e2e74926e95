import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { disk } from '../../../../electron/desktop/files/disk.ts';
import { openCopies } from '../../../../electron/desktop/media/copies.ts';
import { tempFolders } from '../../../support/temp-folder.ts';

const folderOf = tempFolders();
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const content = (letter: string, size = 100) => Buffer.alloc(size, letter);
const everything = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' });

/** A store whose time moves a minute with each look at it. */
function storeOf(folder: string, limit?: number) {
  let now = Date.UTC(2026, 0, 15);
  return openCopies(folder, () => (now += 60_000), disk, limit);
}

describe('copies', () => {
  it('are there after a restart, from bytes and from files, and only for their account', async () => {
    const folder = folderOf();
    const copies = storeOf(join(folder, 'copies')).of('commercial:one');
    const file = join(folder, 'beach.png');
    writeFileSync(file, content('b', 700_000));
    expect(await copies.put(sha(content('a')), content('a'))).toBe(true);
    expect(await copies.put(sha(content('b', 700_000)), file)).toBe(true);
    const later = storeOf(join(folder, 'copies'));
    for (const bytes of [content('a'), content('b', 700_000)]) {
      expect(later.of('commercial:one').has(sha(bytes))).toBe(true);
      expect(readFileSync(later.of('commercial:one').path(sha(bytes)))).toEqual(bytes);
      expect(later.of('commercial:two').has(sha(bytes))).toBe(false);
    }
    expect(everything(folder).join()).not.toMatch(/commercial|one|beach\.png.+beach/);
  });

  it('that a power cut left empty are none, and are kept anew', async () => {
    const folder = folderOf();
    const bytes = content('a');
    const first = storeOf(folder).of('me');
    await first.put(sha(bytes), bytes);
    writeFileSync(first.path(sha(bytes)), '');
    const later = storeOf(folder).of('me');
    expect(later.has(sha(bytes))).toBe(false);
    expect(await later.put(sha(bytes), bytes)).toBe(true);
    expect(readFileSync(later.path(sha(bytes)))).toEqual(bytes);
  });

  it('that have another content under the right size are kept anew', async () => {
    const folder = folderOf();
    const bytes = content('a');
    const first = storeOf(folder).of('me');
    await first.put(sha(bytes), bytes);
    writeFileSync(first.path(sha(bytes)), content('\0'));
    const later = storeOf(folder).of('me');
    expect(await later.put(sha(bytes), content('x'))).toBe(false);
    expect(await later.put(sha(bytes), bytes)).toBe(true);
    expect(readFileSync(later.path(sha(bytes)))).toEqual(bytes);
  });

  it('can be read by nobody else, whatever the umask is', async () => {
    const folder = join(folderOf(), 'copies');
    const former = process.umask(0);
    try {
      const copies = storeOf(folder).of('me');
      await copies.put(sha(content('a')), content('a'));
      expect(statSync(copies.path(sha(content('a')))).mode & 0o777).toBe(0o600);
      expect(statSync(dirname(copies.path(sha(content('a'))))).mode & 0o777).toBe(0o700);
    } finally {
      process.umask(former);
    }
  });

  it('are not kept when the content is another than was said, or cannot be read', async () => {
    const folder = folderOf();
    const store = join(folder, 'copies');
    const copies = storeOf(store).of('me');
    const file = join(folder, 'changed.png');
    writeFileSync(file, content('x'));
    expect(await copies.put(sha(content('a')), file)).toBe(false);
    expect(await copies.put(sha(content('a')), content('x'))).toBe(false);
    expect(await copies.put(sha(content('a')), join(folder, 'gone.png'))).toBe(false);
    expect(await copies.put(sha(content('a')), folder)).toBe(false);
    expect(await copies.put('../../escape', content('a'))).toBe(false);
    expect(copies.has(sha(content('a')))).toBe(false);
    expect(everything(store).filter((name) => /[0-9a-f]{64}|part/.test(name))).toEqual([]);
  });

  it('over the limit go in the order in which they were used, of whichever account', async () => {
    const store = storeOf(folderOf(), 250);
    const [one, two] = [store.of('one'), store.of('two')];
    await one.put(sha(content('a')), content('a'));
    await two.put(sha(content('b')), content('b'));
    // Used again.
    await one.put(sha(content('a')), content('a'));
    await one.put(sha(content('c')), content('c'));
    expect([one.has(sha(content('a'))), two.has(sha(content('b'))), one.has(sha(content('c')))]).toEqual([
      true,
      false,
      true,
    ]);
    expect(existsSync(two.path(sha(content('b'))))).toBe(false);
    expect(await one.put(sha(content('d', 251)), content('d', 251))).toBe(false);
    expect(one.has(sha(content('a')))).toBe(true);
  });

  it('are gone after the sign-out, those on their way included', async () => {
    const folder = folderOf();
    const store = storeOf(folder);
    const copies = store.of('me');
    const others = store.of('other');
    await copies.put(sha(content('a')), content('a'));
    await others.put(sha(content('a')), content('a'));
    const late = copies.put(sha(content('b', 900_000)), content('b', 900_000));
    await store.forget('me');
    await late;
    expect([copies.has(sha(content('a'))), copies.has(sha(content('b', 900_000)))]).toEqual([false, false]);
    expect(others.has(sha(content('a')))).toBe(true);
    expect(everything(folder)).toHaveLength(2);
  });

  it('that a kill left half written are cleaned up, and those somebody deleted are kept anew', async () => {
    const folder = folderOf();
    const copies = storeOf(folder).of('me');
    await copies.put(sha(content('a')), content('a'));
    const home = join(folder, readdirSync(folder)[0] as string);
    writeFileSync(join(home, 'left.part'), 'half');
    const later = storeOf(folder).of('me');
    expect(later.has(sha(content('a')))).toBe(true);
    rmSync(later.path(sha(content('a'))));
    expect(await later.put(sha(content('a')), content('a'))).toBe(true);
    expect(readdirSync(home)).toEqual([sha(content('a'))]);
  });

  it('that cannot be written are not kept, and nothing is thrown', async () => {
    const folder = folderOf();
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const store = storeOf(file);
    expect(await store.of('me').put(sha(content('a')), content('a'))).toBe(false);
    expect(store.of('me').has(sha(content('a')))).toBe(false);
    await store.forget('me');
    mkdirSync(join(folder, 'empty'));
    expect(
      storeOf(join(folder, 'empty'))
        .of('me')
        .has(sha(content('a'))),
    ).toBe(false);
  });
});
