import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../support/without-electron.ts';
import { createBatches } from '../../electron/core/backgrounds/batches.ts';
import { keepPasted } from '../../electron/desktop/media/pasted.ts';
import { trayMenu } from '../../electron/desktop/tray/menu.ts';
import { actionSchema } from '../../shared/actions.ts';
import type { UploadPhase, UploadView } from '../../shared/backgrounds.ts';
import { schemas } from '../../shared/ipc/schemas.ts';
import type { Snapshot } from '../../shared/state.ts';
import { smallPng } from '../support/files.ts';
import { mediaIn } from '../support/media-port.ts';
import { connected, snapshot } from '../support/snapshot.ts';
import { ready, type TallyRig, withTally } from '../support/tally-rig.ts';
import { tempFolders } from '../support/temp-folder.ts';

const folderOf = tempFolders();
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function withMedia(
  use: (made: TallyRig, file: (name: string, shade?: number) => string, folder: string) => Promise<void>,
) {
  const folder = folderOf();
  const file = (name: string, shade = 50) => {
    writeFileSync(join(folder, name), smallPng(shade).bytes);
    return join(folder, name);
  };
  const pictures = mediaIn(folder);
  await withTally(
    async (made) => {
      void made.tally.connect();
      await made.until(ready);
      made.clock.skipWaits(1_000);
      await use(made, file, folder);
    },
    { media: pictures },
  );
}

const upload = (name: string, state: UploadPhase) => (shown: Snapshot) =>
  shown.backgrounds?.queue.some((one) => one.name === name && one.state === state) === true;

describe('backgrounds in the app', () => {
  it('are asked for when first opened, and not before', async () => {
    await withMedia(async ({ tally, rig, until }) => {
      const asked = async () =>
        (await rig.state()).requests.filter(({ operationId }) => operationId === 'userSettings').length;
      expect(tally.snapshot()).not.toHaveProperty('backgrounds');
      expect(tally.snapshot()).not.toHaveProperty('picture');
      expect(await asked()).toBe(0);
      expect(tally.run({ type: 'backgrounds.open' })).toEqual({ ok: true, value: null });
      const shown = await until((now) => now.backgrounds?.phase === 'ready');
      expect(shown.backgrounds?.files.length).toBe((await rig.state()).me.backgrounds.length);
      expect(shown).not.toHaveProperty('picture');
    });
  });

  it('are cropped from the copy that is kept, and the part takes the place of the whole', async () => {
    await withMedia(async ({ tally, rig, until }, file) => {
      const backgrounds = await tally.feature('backgrounds');
      backgrounds?.add({ paths: [file('beach.png')] });
      const shown = await until((now) => now.backgrounds?.files.some(({ copy }) => copy) === true);
      const { id = '' } = shown.backgrounds?.files.find(({ copy }) => copy) ?? {};
      const image = await backgrounds?.original(id);
      expect(image).toMatchObject({ name: 'beach.png', type: 'image/png' });
      expect(sha(image?.bytes ?? new Uint8Array())).toBe(sha(smallPng(50).bytes));
      expect(await backgrounds?.original('another')).toBeNull();
      expect(await backgrounds?.crop(id, Buffer.from('no picture'))).toMatchObject({ kind: 'file' });
      const part = smallPng(90).bytes;
      expect(await backgrounds?.crop(id, part)).toBeUndefined();
      await until((now) => now.backgrounds?.files.some(({ copy }) => copy === sha(part)) === true);
      const stored = (await rig.state()).me.backgrounds;
      expect(stored.filter(({ name }) => name === 'beach.png').map((one) => one.sha256)).toEqual([sha(part)]);
    });
  });

  it('tell why one cannot be cropped', async () => {
    await withMedia(async ({ tally, until }, file, folder) => {
      const backgrounds = await tally.feature('backgrounds');
      backgrounds?.add({ paths: [file('beach.png')] });
      const shown = await until((now) => now.backgrounds?.files.some(({ copy }) => copy) === true);
      const { id = '', copy = '' } = shown.backgrounds?.files.find((one) => one.copy) ?? {};
      rmSync(mediaIn(folder).library('given').backgrounds.path(copy));
      expect(await backgrounds?.original(id)).toBeNull();
      const { problem } = (await until((now) => now.backgrounds?.problem !== undefined)).backgrounds ?? {};
      expect(problem).toMatchObject({ kind: 'file', what: 'This file is no longer there.' });
    });
  });

  it('keep what is left out of them to what the person set, on at first', async () => {
    await withMedia(async ({ tally, until }) => {
      tally.run({ type: 'backgrounds.open' });
      expect((await until((now) => now.backgrounds !== undefined)).backgrounds).not.toHaveProperty(
        'sendsAll',
      );
      tally.run({ type: 'backgrounds.leave-out', on: false });
      await until((now) => now.backgrounds?.sendsAll === true);
      tally.run({ type: 'backgrounds.leave-out', on: true });
      await until((now) => now.backgrounds?.sendsAll === undefined);
    });
  });

  it('go from a file to Zoom, are known after a restart, and are forgotten with the account', async () => {
    await withMedia(async ({ tally, rig, until }, file, folder) => {
      const path = file('beach.png');
      (await tally.feature('backgrounds'))?.add({ paths: [path] });
      await until(upload('beach.png', 'done'));
      const hash = sha(readFileSync(path));
      expect((await rig.state()).me.backgrounds.map((one) => one.sha256)).toContain(hash);
      const kept = await until((now) => now.backgrounds?.files.some(({ copy }) => copy === hash) === true);
      expect(kept.backgrounds?.quota.used).toBe(4);
      const copy = mediaIn(folder).library('given').backgrounds.path(hash);
      expect(sha(readFileSync(copy))).toBe(hash);
      tally.run({ type: 'account.sign-out', key: 'given', withLibrary: true });
      const gone = await until((now) => now.account.phase === 'none');
      expect(gone).not.toHaveProperty('backgrounds');
      await expect.poll(() => existsSync(copy)).toBe(false);
    });
  });

  it('tell why files were not taken, until that is dismissed', async () => {
    await withMedia(async ({ tally, until }, file) => {
      const uploads = await tally.feature('backgrounds');
      const path = file('one.png');
      uploads?.add({ paths: Array.from({ length: 51 }, () => path) });
      const { backgrounds } = await until((now) => now.backgrounds?.problem !== undefined);
      expect(backgrounds?.problem?.what).toContain('50');
      expect(backgrounds?.queue).toEqual([]);
      tally.run({ type: 'backgrounds.dismiss' });
      await until((now) => now.backgrounds !== undefined && now.backgrounds.problem === undefined);
      uploads?.add({ paths: [] });
      await until((now) => now.backgrounds?.problem !== undefined);
      tally.run({ type: 'backgrounds.delete', ids: ['not-there'] });
      await until((now) => now.backgrounds?.problem?.kind === 'invalid-input');
    });
  });

  it('are not sent any more once the account is signed out', async () => {
    await withMedia(async ({ tally, rig, until }, file) => {
      tally.run({ type: 'backgrounds.open' });
      await until((now) => now.backgrounds?.phase === 'ready');
      await rig.fault({ kind: 'hold', when: 'before' }, { operationId: 'uploadVBuser' });
      const uploads = await tally.feature('backgrounds');
      uploads?.add({ paths: [file('a.png', 1), file('b.png', 2), file('c.png', 3)] });
      await until((now) => upload('a.png', 'zoom')(now) || upload('a.png', 'sending')(now));
      tally.run({ type: 'account.sign-out', key: 'given' });
      await until((now) => now.account.phase === 'none');
      expect(uploads?.view()?.queue.every(({ state }) => state !== 'done')).toBe(true);
      uploads?.add({ paths: [file('d.png', 4)] });
      expect(await tally.feature('backgrounds')).toBeUndefined();
      expect(tally.run({ type: 'backgrounds.open' })).toMatchObject({ ok: false });
    });
  });
});

describe('the tray', () => {
  const item = (shown: Snapshot) => trayMenu(shown, 0).find(({ label }) => label === 'Upload background…');

  it('offers to upload backgrounds where that is possible', () => {
    expect(item(snapshot())).toMatchObject({ enabled: true, action: { type: 'backgrounds.choose' } });
    const missing = [{ operation: 'uploadVBuser', scopes: [] }] as const;
    expect(item(snapshot({}, { ...connected, missing }))).toMatchObject({ enabled: false });
    // Without an account only what works is offered.
    expect(item(snapshot({}, { phase: 'none' }))).toBeUndefined();
  });
});

describe('what comes from the window', () => {
  const input = schemas.backgrounds.add;

  it.each<[string, unknown]>([
    ['a relative path', [{ path: 'beach.png' }]],
    ['a way up', [{ path: '../beach.png' }]],
    ['no path', [{ path: '' }]],
    ['a path with NUL', [{ path: '/tmp/a\0.png' }]],
    ['something more', [{ path: '/tmp/a.png', name: 'b' }]],
    ['an address', [{ path: 'file:///tmp/a.png' }]],
    ['a text as bytes', [{ name: 'a.png', bytes: 'x' }]],
    [
      'over 100 MB',
      [
        { name: 'a', bytes: new Uint8Array(60_000_000) },
        { name: 'b', bytes: new Uint8Array(60_000_000) },
      ],
    ],
    ['no list', { 0: { path: '/tmp/a.png' } }],
  ])('as files is not taken with %s', (_what, given) => {
    expect(input.safeParse(given).success).toBe(false);
  });

  it('as files is taken with absolute paths of each system, and pasted bytes', () => {
    const given = [
      { path: '/home/me/a b.png' },
      { path: 'C:\\Users\\me\\a.png' },
      { path: '\\\\server\\share\\a.png' },
      { name: 'image.png', bytes: new Uint8Array([1]) },
      { name: 'image.png' },
    ];
    expect(input.safeParse(given).success).toBe(true);
    expect(input.safeParse([]).success).toBe(true);
  });

  it('is refused as an action when anything is more or less than it should be', () => {
    const takes = (action: unknown) => actionSchema.safeParse(action).success;
    expect(takes({ type: 'backgrounds.answer', id: 'upload-1', answer: { replace: 'x' } })).toBe(true);
    expect(takes({ type: 'backgrounds.answer', id: 'upload-1', answer: 'delete' })).toBe(false);
    expect(takes({ type: 'backgrounds.choose', paths: ['/etc/passwd'] })).toBe(false);
    expect(takes({ type: 'backgrounds.delete', ids: [] })).toBe(false);
  });
});

describe('pasted pictures', () => {
  it('are written where nobody else can read them, each by its own name, and swept at the next start', async () => {
    const folder = join(folderOf(), 'pasted');
    const { bytes } = smallPng();
    const { paths, problem } = await keepPasted(folder).take([
      { name: 'image.png', bytes },
      { path: '/home/me/own.png' },
      { name: 'image.png', bytes },
    ]);
    expect(problem).toBeUndefined();
    expect(paths.map((path) => basename(path))).toEqual(['image.png', 'own.png', 'image.png']);
    const [first, , second] = paths as [string, string, string];
    expect(first).not.toBe(second);
    expect(readFileSync(first)).toEqual(Buffer.from(bytes));
    expect(statSync(first).mode & 0o077).toBe(0);
    expect(statSync(folder).mode & 0o077).toBe(0);
    await keepPasted(folder).take([{ name: 'x.png', bytes }]);
    expect(existsSync(first)).toBe(false);
  });

  it('without bytes, or that cannot be written, are told and do not hold up the others', async () => {
    const folder = folderOf();
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    expect(
      await keepPasted(join(folder, 'p')).take([{ name: 'huge.png' }, { path: '/a.png' }]),
    ).toMatchObject({
      paths: ['/a.png'],
      problem: { kind: 'file' },
    });
  });

  it('stay in their folder whatever they are called', async () => {
    const folder = join(folderOf(), 'pasted');
    const pasted = keepPasted(folder);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('..', '../../x', 'a/b', '')),
        async (name) => {
          const { paths } = await pasted.take([{ name, bytes: new Uint8Array([1]) }]);
          expect(paths[0]?.startsWith(`${folder}/`)).toBe(true);
          expect(paths[0]?.slice(folder.length + 1).split('/')).toHaveLength(2);
          expect(existsSync(paths[0] as string)).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('the end of a queue', () => {
  const view = (name: string, state: UploadPhase, sent?: number): UploadView => ({
    id: name,
    name,
    bytes: 100,
    state,
    ...(sent !== undefined && { sent }),
  });

  it('is told once, by names, and the taskbar follows the bytes of all accounts', () => {
    const batches = createBatches();
    expect(batches.progress()).toBe(-1);
    expect(batches.update('one', [view('a', 'sending', 50), view('b', 'waiting')])).toBeUndefined();
    expect(batches.progress()).toBe(0.25);
    expect(batches.update('two', [view('c', 'zoom', 100), view('d', 'sending', 0)])).toBeUndefined();
    expect(batches.progress()).toBe(0.375);
    expect(batches.update('one', [view('a', 'done'), view('b', 'done')])).toEqual({
      done: ['a', 'b'],
      failed: [],
      asking: [],
    });
    expect(batches.update('one', [view('a', 'done'), view('b', 'done')])).toBeUndefined();
    expect(batches.progress()).toBe(0.5);
    // Those of the first round do not count again.
    batches.update('one', [view('a', 'done'), view('b', 'done'), view('e', 'inspecting')]);
    expect(batches.update('one', [view('a', 'done'), view('b', 'done'), view('e', 'failed')])).toEqual({
      done: [],
      failed: ['e'],
      asking: [],
    });
    expect(batches.update('two', [])).toBeUndefined();
    expect(batches.progress()).toBe(-1);
  });

  it('says what waits for an answer, and nothing of what was cancelled', () => {
    const batches = createBatches();
    batches.update('one', [view('a', 'inspecting'), view('b', 'inspecting')]);
    expect(batches.update('one', [view('a', 'question'), view('b', 'cancelled')])).toEqual({
      done: [],
      failed: [],
      asking: ['a'],
    });
    batches.update('one', [view('a', 'waiting')]);
    expect(batches.update('one', [view('a', 'cancelled')])).toBeUndefined();
  });
});
