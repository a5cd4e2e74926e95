import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import '../support/without-electron.ts';
import type { Library } from '../../electron/core/library/library.ts';
import type { LibraryItem, LibraryView } from '../../shared/library.ts';
import { smallPng } from '../support/files.ts';
import { privateFiles } from '../support/media-corpus-private.ts';
import { mediaIn } from '../support/media-port.ts';
import { ready, type TallyRig, tallyRig, withTally } from '../support/tally-rig.ts';
import { tempFolders } from '../support/temp-folder.ts';

const folderOf = tempFolders();
const sha = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

interface Made extends TallyRig {
  readonly library: Library;
  view(): LibraryView;
  item(name: string): LibraryItem;
  /** Writes pictures of their own, and gives their paths. */
  files(...names: string[]): string[];
  path(name: string): string;
  untilView(test: (view: LibraryView) => boolean): Promise<LibraryView>;
  /** Names that Zoom has. */
  atZoom(): Promise<string[]>;
  /** Contents that Zoom has. */
  contents(): Promise<string[]>;
  /** Calls that Zoom has taken since the last time this was asked, by operation. */
  calls(): Promise<Record<string, number>>;
}

let shade = 0;

async function made(rig: TallyRig, folder: string): Promise<Made> {
  const { tally, until, clock } = rig;
  void tally.connect();
  await until(ready);
  clock.skipWaits(4_500);
  const library = (await tally.feature('library')) as Library;
  const view = () => tally.snapshot().library as LibraryView;
  let seen = (await rig.rig.state()).requests.length;
  return {
    ...rig,
    library,
    view,
    item: (name) => view().items.find((one) => one.name === name) as LibraryItem,
    files: (...names) =>
      names.map((name) => {
        shade = (shade + 1) % 256;
        writeFileSync(join(folder, name), smallPng(shade, name).bytes);
        return join(folder, name);
      }),
    path: (name) => join(folder, name),
    async untilView(test) {
      return (await until(({ library }) => library !== undefined && test(library))).library as LibraryView;
    },
    atZoom: async () => (await rig.rig.state()).me.backgrounds.map(({ name }) => name),
    contents: async () => (await rig.rig.state()).me.backgrounds.map(({ sha256 }) => sha256).sort(),
    async calls() {
      const { requests } = await rig.rig.state();
      const fresh = requests.slice(seen);
      seen = requests.length;
      const counts: Record<string, number> = {};
      for (const { operationId, status } of fresh) {
        if (operationId && ['uploadVBuser', 'delUserVB'].includes(operationId) && status < 300)
          counts[operationId] = (counts[operationId] ?? 0) + 1;
      }
      return counts;
    },
  };
}

async function withLibrary(use: (library: Made, folder: string) => Promise<void>) {
  const folder = folderOf();
  await withTally(async (rig) => use(await made(rig, folder), folder), { media: mediaIn(folder), folder });
}

const over = ({ change }: LibraryView) => change === undefined;
const letters = (word: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${word} ${at}.png`);

/** Takes all of the practice account's own away, and fills its places with what is uploaded from here. */
async function fillFromHere(made: Made): Promise<string[]> {
  const { me } = await made.rig.state();
  await made.rig.call('delUserVB', { query: { file_ids: me.backgrounds.map(({ id }) => id).join(',') } });
  const names = letters('old', 10);
  (await made.tally.feature('backgrounds'))?.add({ paths: made.files(...names) });
  await made.until(({ library }) => library?.items.filter(({ up }) => up).length === 10);
  return names;
}

/** Adds backgrounds without sending them, as one set. */
async function addSet(made: Made, set: string, names: readonly string[]): Promise<string[]> {
  await made.library.add({ paths: made.files(...names) });
  const ids = names.map((name) => made.item(name).id);
  made.tally.run({ type: 'library.tag', ids, set, on: true });
  return ids;
}

describe('the library', () => {
  it('keeps what was uploaded and what was added without sending it, private and over a restart', async () => {
    await withLibrary(async (made, folder) => {
      const [beach = '', snow = ''] = made.files('Beach.png', 'Snow.png');
      (await made.tally.feature('backgrounds'))?.add({ paths: [beach] });
      await made.untilView(({ items }) => items.some(({ up }) => up));
      await made.library.add({ paths: [snow] });
      expect(await made.calls()).toEqual({ uploadVBuser: 1 });
      made.tally.run({ type: 'library.rename', id: made.item('Snow.png').id, name: 'First snow' });
      made.tally.run({ type: 'library.favorite', id: made.item('First snow').id, on: true });
      made.tally.run({ type: 'library.tag', ids: [made.item('First snow').id], set: 'Winter', on: true });
      for (const path of [beach, snow]) {
        const kept = mediaIn(folder)
          .library('given')
          .backgrounds.path(sha(readFileSync(path)));
        expect(readFileSync(kept)).toEqual(readFileSync(path));
        expect(statSync(kept).mode & 0o777).toBe(0o600);
      }
      rmSync(beach);
      made.tally.stop();

      const later = await restarted(made, folder);
      expect(later.item('Beach.png')).toMatchObject({ state: 'kept', favorite: false });
      expect(later.item('First snow')).toMatchObject({ favorite: true, sets: ['Winter'], used: 0 });
      expect(later.view().sets).toEqual([{ name: 'Winter', count: 1, up: false }]);
      later.tally.run({ type: 'library.put', id: later.item('First snow').id });
      await later.untilView((view) => over(view) && view.done !== undefined);
      expect(await later.atZoom()).toContain('First snow.png');
    });
  });

  it('keeps a photo as Zoom gets it, without place and camera, and the original beside it', async () => {
    await withLibrary(async (made, folder) => {
      const [photo] = (await privateFiles()).filter(({ name }) => name === 'phone.jpg');
      if (!photo) throw new Error('There is no such photo.');
      writeFileSync(join(folder, photo.name), photo.bytes);
      await made.library.add({ paths: [join(folder, photo.name)] });
      const { id, bytes } = made.item('phone.jpg');
      expect(bytes).toBeGreaterThan(photo.bytes.length);
      const original = await made.library.fileOf(id);
      expect(readFileSync(original?.path ?? '')).toEqual(photo.bytes);
      made.tally.run({ type: 'library.put', id });
      await made.untilView((view) => over(view) && view.done !== undefined);
      expect(await made.contents()).toContain(id);
      expect(id).toBe(sha(photo.sent));
    });
  });

  it('puts one up in the place of the one used longest ago, and takes that back', async () => {
    await withLibrary(async (made) => {
      await fillFromHere(made);
      await made.library.add({ paths: made.files('New.png') });
      const first = Math.min(...made.view().items.flatMap(({ up, used }) => (up ? used : [])));
      const before = await made.contents();
      await made.calls();
      made.tally.run({ type: 'library.put', id: made.item('New.png').id });
      const { done } = await made.untilView((view) => over(view) && view.done !== undefined);
      expect(await made.calls()).toEqual({ delUserVB: 1, uploadVBuser: 1 });
      expect(await made.atZoom()).toContain('New.png');
      expect(done).toMatchObject({ title: 'New.png', isWhole: true, lost: [] });
      expect(done?.removed.map((name) => made.item(name).used)).toEqual([first]);
      made.tally.run({ type: 'library.undo' });
      await made.untilView((view) => over(view) && view.done === undefined);
      expect(await made.contents()).toEqual(before);
    });
  });

  it('asks before what it has no copy of is deleted, and leaves all as it is when told so', async () => {
    await withLibrary(async (made) => {
      const { me } = await made.rig.state();
      for (let at = me.backgrounds.length; at < 10; at += 1)
        await made.rig.call('uploadVBuser', { file: smallPng(at, `theirs ${at}.png`) });
      await made.library.add({ paths: made.files('New.png') });
      const before = await made.contents();
      await made.calls();
      made.tally.run({ type: 'library.put', id: made.item('New.png').id });
      const { change } = await made.untilView((view) => view.change?.phase === 'asking');
      expect(change?.losing).toEqual(['Dunes.png']);
      expect(made.opened).toContain('backgrounds');
      made.tally.run({ type: 'library.leave' });
      expect(made.view()).not.toHaveProperty('change');
      expect(made.view()).not.toHaveProperty('done');
      expect(await made.contents()).toEqual(before);
      expect(await made.calls()).toEqual({});
      made.tally.run({ type: 'library.put', id: made.item('New.png').id });
      await made.untilView((view) => view.change?.phase === 'asking');
      made.tally.run({ type: 'library.go-on' });
      const { done } = await made.untilView((view) => over(view) && view.done !== undefined);
      expect(done).toMatchObject({ removed: [], lost: ['Dunes.png'] });
      expect(await made.atZoom()).toContain('New.png');
    });
  });

  it('sends nothing and deletes nothing for a file that is missing, changed or a link, and says so', async () => {
    await withLibrary(async (made, folder) => {
      await fillFromHere(made);
      await made.library.add({ paths: made.files('Gone.png', 'Changed.png', 'Linked.png') });
      const store = mediaIn(folder).library('given').backgrounds;
      const secret = join(folder, 'secret.png');
      writeFileSync(secret, smallPng(3).bytes);
      rmSync(store.path(made.item('Gone.png').id));
      writeFileSync(store.path(made.item('Changed.png').id), readFileSync(secret));
      rmSync(store.path(made.item('Linked.png').id));
      symlinkSync(secret, store.path(made.item('Linked.png').id));
      await made.calls();
      for (const [name, state] of [
        ['Gone.png', 'missing'],
        ['Changed.png', 'spoiled'],
        ['Linked.png', 'spoiled'],
      ] as const) {
        made.tally.run({ type: 'library.put', id: made.item(name).id });
        const { problem } = await made.untilView((view) => over(view) && view.problem !== undefined);
        expect(problem?.what).toContain(name);
        expect(made.item(name).state).toBe(state);
        expect(await made.library.fileOf(made.item(name).id)).toBeUndefined();
        made.tally.run({ type: 'library.dismiss' });
      }
      expect(await made.calls()).toEqual({});
      // Added again, it is whole again.
      await made.library.add({ paths: [made.path('Gone.png')] });
      expect(made.item('Gone.png').state).toBe('kept');
      expect(readFileSync(secret)).toEqual(Buffer.from(smallPng(3).bytes));
    });
  });

  it('keeps the last ten profile pictures, and what Zoom had before, each one click away', async () => {
    await withLibrary(async (made) => {
      const picture = await made.tally.feature('picture');
      made.tally.run({ type: 'picture.open' });
      await made.until((now) => now.picture?.phase === 'shown');
      const first = sha(picture?.shown()?.bytes ?? Buffer.alloc(0));
      const saved = Array.from({ length: 12 }, (_, at) => smallPng(at).bytes);
      expect(await picture?.save(saved[0] ?? Buffer.alloc(0))).toBeUndefined();
      expect(made.view().pictures.map(({ id }) => id)).toEqual([sha(saved[0] ?? ''), first]);
      for (const bytes of saved.slice(1)) expect(await picture?.save(bytes)).toBeUndefined();
      const ids = made.view().pictures.map(({ id }) => id);
      expect(ids).toEqual(saved.slice(2).reverse().map(sha));
      expect((await made.library.preview('picture', ids[3] ?? ''))?.bytes).toEqual(saved[8]);
      made.tally.run({ type: 'library.put-picture', id: ids[3] ?? '' });
      await made.untilView(({ pictures }) => pictures[0]?.id === ids[3]);
      expect(sha(picture?.shown()?.bytes ?? Buffer.alloc(0))).toBe(ids[3]);
      expect(made.view().pictures).toHaveLength(10);
      made.tally.run({ type: 'library.forget-picture', id: ids[0] ?? '' });
      await made.untilView(({ pictures }) => pictures.length === 9);
    });
  });

  it('takes in what a former version has kept of what Zoom has, once', async () => {
    await withLibrary(async (made, folder) => {
      const [beach = '', snow = ''] = made.files('Beach.png', 'Snow.png');
      (await made.tally.feature('backgrounds'))?.add({ paths: [beach, snow] });
      await made.untilView(({ items }) => items.filter(({ up }) => up).length === 2);
      const ids = [beach, snow].map((path) => sha(readFileSync(path)));
      await made.tally.stop();
      // As before there was a library: the files are among the copies, and the list of contents is kept.
      rmSync(join(folder, 'library'), { recursive: true });
      const copies = mediaIn(folder).copies('given');
      for (const path of [beach, snow]) await copies.put(sha(readFileSync(path)), path);

      const later = await restarted(made, folder);
      later.tally.run({ type: 'backgrounds.open' });
      const { items } = await later.untilView((view) => view.items.length === 2);
      expect(items.map(({ id }) => id).sort()).toEqual([...ids].sort());
      expect(items).toMatchObject([
        { up: true, state: 'kept' },
        { up: true, state: 'kept' },
      ]);
      expect(items.map(({ name }) => name).sort()).toEqual(['Beach.png', 'Snow.png']);
      expect(await later.calls()).toEqual({});
      // What is removed after that stays removed, though its copy is still there.
      later.tally.run({ type: 'library.remove', ids: [ids[0] ?? ''] });
      await later.untilView((view) => view.items.length === 1);
      await later.tally.stop();
      const last = await restarted(later, folder);
      last.tally.run({ type: 'backgrounds.open' });
      await last.until(({ backgrounds }) => backgrounds?.phase === 'ready');
      last.tally.run({ type: 'library.open' });
      await last.untilView(({ items }) => items.some(({ up }) => up));
      // Asked for at each start, of which nothing tells that it is over; so it is asked for here and waited for.
      const path = mediaIn(folder)
        .copies('given')
        .path(ids[0] ?? '');
      const print = { sha256: ids[0] ?? '', size: statSync(path).size };
      await last.library.moveIn([{ origin: path, path, name: 'Beach.png', print }]);
      expect(last.view().items.map(({ id }) => id)).toEqual([ids[1]]);
    });
  });

  it('finds its files again when its list is lost', async () => {
    await withLibrary(async (made, folder) => {
      await made.library.add({ paths: made.files('Beach.png') });
      const { id } = made.item('Beach.png');
      made.tally.stop();
      const home = join(mediaIn(folder).library('given').backgrounds.path(id), '../..');
      writeFileSync(join(home, 'library.json'), '{"items": [');
      rmSync(join(home, 'library.json.bak'), { force: true });
      const later = await restarted(made, folder);
      const found = await later.untilView(({ problem }) => problem !== undefined);
      expect(found.items).toMatchObject([{ id, name: 'Found 1.png', state: 'kept' }]);
    });
  });

  it('stays when the person signs out, unless they say otherwise', async () => {
    await withLibrary(async (made, folder) => {
      await made.library.add({ paths: made.files('Beach.png') });
      const path = mediaIn(folder).library('given').backgrounds.path(made.item('Beach.png').id);
      expect(made.tally.snapshot().accounts[0]?.hasLibrary).toBe(true);
      made.tally.run({ type: 'account.sign-out', key: 'given' });
      await made.until(({ account }) => account.phase === 'none');
      expect(statSync(path).isFile()).toBe(true);
      const later = await restarted(made, folder);
      expect(later.item('Beach.png')).toMatchObject({ state: 'kept' });
      later.tally.run({ type: 'account.sign-out', key: 'given', withLibrary: true });
      await expect.poll(() => statSync(path, { throwIfNoEntry: false })).toBeUndefined();
    });
  });
});

describe('a set of eight over a full account', () => {
  it('takes one deletion and eight uploads, goes on after it was cut off in the middle, and is taken back', async () => {
    await withLibrary(async (made, folder) => {
      await fillFromHere(made);
      const before = await made.contents();
      const ids = await addSet(made, 'Winter', letters('winter', 8));
      await made.calls();

      // Cut off after three uploads: Zoom takes the fourth, Tally ends before it is told, and Zoom gets no fifth.
      const upload = { operationId: 'uploadVBuser' } as const;
      await made.rig.fault({ kind: 'delay', ms: 0 }, upload, 3);
      await made.rig.fault({ kind: 'hold', when: 'after' }, upload);
      await made.rig.fault({ kind: 'hold', when: 'before' }, upload, 9);
      made.tally.run({ type: 'library.put-set', set: 'Winter' });
      await made.untilView(({ change }) => change?.up === 3);
      await expect.poll(async () => (await made.contents()).length).toBe(6);
      expect(await made.calls()).toMatchObject({ delUserVB: 1 });
      await made.tally.stop();
      await made.rig.control('DELETE', '/faults');

      const later = await restarted(made, folder);
      expect(later.view().change).toMatchObject({ title: 'Winter', phase: 'stopped', of: 8 });
      expect(await later.calls(), 'nothing goes on by itself').toEqual({});
      later.tally.run({ type: 'library.go-on' });
      const { done, sets } = await later.untilView((view) => over(view) && view.done !== undefined);
      expect(await later.calls(), 'what was left of it').toEqual({ uploadVBuser: 4 });
      expect(await later.contents()).toEqual(expect.arrayContaining(ids));
      expect(await later.contents()).toHaveLength(10);
      expect(sets).toEqual([{ name: 'Winter', count: 8, up: true }]);
      expect(done).toMatchObject({ title: 'Winter', isSet: true, isWhole: true, lost: [] });
      expect(done?.removed).toHaveLength(8);

      later.tally.run({ type: 'library.undo' });
      await later.untilView((view) => over(view) && view.done === undefined);
      expect(await later.calls()).toEqual({ delUserVB: 1, uploadVBuser: 8 });
      expect(await later.contents()).toEqual(before);
    });
  });

  it('goes on from an upload that failed, and undoes what was done of it', async () => {
    await withLibrary(async (made) => {
      await fillFromHere(made);
      const before = await made.contents();
      await addSet(made, 'Winter', letters('winter', 8));
      await made.rig.fault(
        { kind: 'status', status: 400, code: 120, message: 'Only png.' },
        { operationId: 'uploadVBuser' },
      );
      made.tally.run({ type: 'library.put-set', set: 'Winter' });
      const { change } = await made.untilView((view) => view.change?.phase === 'stopped');
      expect(change).toMatchObject({ up: 7, of: 8, error: { kind: 'file' } });
      made.tally.run({ type: 'library.undo' });
      await made.untilView((view) => over(view) && view.done === undefined);
      expect(await made.contents()).toEqual(before);
    });
  });

  it('costs no call where all of it is up', async () => {
    await withLibrary(async (made) => {
      const names = await fillFromHere(made);
      const ids = names.slice(0, 8).map((name) => made.item(name).id);
      made.tally.run({ type: 'library.tag', ids, set: 'Work', on: true });
      await made.calls();
      made.tally.run({ type: 'library.put-set', set: 'Work' });
      await made.untilView((view) => over(view));
      expect(await made.calls()).toEqual({});
      expect(made.view()).not.toHaveProperty('done');
    });
  });
});

describe('a set', () => {
  it('gets another name, becomes one with another, and is taken apart with its backgrounds kept', async () => {
    await withLibrary(async (made) => {
      const [one = '', two = ''] = await addSet(made, 'Winter', ['One.png', 'Two.png']);
      await addSet(made, 'Work', ['Three.png']);
      made.tally.run({ type: 'library.tag', ids: [two], set: 'Work', on: true });
      const sets = () => made.view().sets.map(({ name, count }) => [name, count]);
      made.tally.run({ type: 'library.rename-set', set: 'Winter', name: 'Cold days' });
      expect(sets()).toEqual([
        ['Cold days', 2],
        ['Work', 2],
      ]);
      made.tally.run({ type: 'library.rename-set', set: 'Cold days', name: 'Work' });
      expect(sets()).toEqual([['Work', 3]]);
      made.tally.run({ type: 'library.remove-set', set: 'Work' });
      expect(sets()).toEqual([]);
      expect(made.view().items).toHaveLength(3);
      expect(made.view().items.find(({ id }) => id === one)?.sets).toEqual([]);
      expect(await made.calls()).toEqual({});
    });
  });
});

describe('a library that takes more room than it may', () => {
  it('takes nothing in until what was unused for longest was let go, which is asked and never done by itself', async () => {
    await withLibrary(async (made, folder) => {
      const names = ['Favorite.png', 'Oldest.png', 'Newer.png', 'In a set.png'];
      await made.library.add({ paths: made.files(...names) });
      const [favorite, oldest, newer, inSet] = names.map((name) => made.item(name).id) as [
        string,
        string,
        string,
        string,
      ];
      made.tally.run({ type: 'library.favorite', id: favorite, on: true });
      made.tally.run({ type: 'library.tag', ids: [inSet], set: 'Work', on: true });
      made.tally.stop();
      // As if they were large: 600 of the 500 MB.
      const [home = ''] = readdirSync(join(folder, 'library'));
      const list = join(folder, 'library', home, 'library.json');
      const stored = JSON.parse(readFileSync(list, 'utf8')) as { items: LibraryItem[] };
      const items = stored.items.map((item) => {
        const age = [favorite, oldest, inSet, newer].indexOf(item.id);
        return { ...item, bytes: 150_000_000, added: 1_000 + age, used: 0 };
      });
      writeFileSync(list, JSON.stringify({ ...stored, items }));

      const again = await restarted(made, folder);
      again.tally.run({ type: 'library.open' });
      const full = await again.untilView(({ over }) => over !== undefined);
      expect(full.over).toEqual({ ids: [oldest], bytes: 150_000_000 });
      expect(full.items).toHaveLength(4);
      await again.library.add({ paths: again.files('Late.png') });
      expect(again.view().problem?.what).toBe('The library is full.');
      expect(again.view().items).toHaveLength(4);
      again.tally.run({ type: 'library.remove', ids: [...(full.over?.ids ?? [])] });
      await again.untilView(({ over }) => over === undefined);
      await again.library.add({ paths: [again.path('Late.png')] });
      expect(again.view()).not.toHaveProperty('problem');
      expect(again.view().items.map(({ name }) => name)).toContain('Late.png');
      expect(mediaIn(folder).library('given').backgrounds.state(oldest)).toBe('missing');
    });
  });
});

/** Another start over the same files. */
async function restarted({ rig, clock, keychain }: TallyRig, folder: string): Promise<Made> {
  return made(tallyRig(rig, clock, { folder, keychain, media: mediaIn(folder) }), folder);
}
