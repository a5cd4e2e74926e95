import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { imageSize } from 'image-size';
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import { describe, expect, it } from 'vitest';
import { createInspect, type Verdict } from '../../../../electron/core/media/inspect.ts';
import { mediaLimits } from '../../../../electron/core/media/limits.ts';
import { disk } from '../../../../electron/desktop/files/disk.ts';
import { isOtherKind } from '../../../../shared/media.ts';
import type { Case } from '../../../support/media-corpus.ts';
import { gifFrame, gifOf, jpegOf, movieOf, pngOf } from '../../../support/media-corpus-files.ts';
import { corpus } from '../../../support/media-corpus-odd.ts';
import { otherPictures } from '../../../support/media-corpus-other.ts';
import { changes, mutate } from '../../../support/mutated-files.ts';
import { tempFolders } from '../../../support/temp-folder.ts';

const folderOf = tempFolders();
const inspect = createInspect(disk);
const cases = await corpus();

/** Writes a file of the corpus; a hole takes no space on disk. */
function write(folder: string, { name, bytes, hole }: Pick<Case, 'name' | 'bytes' | 'hole'>): string {
  const path = join(folder, name);
  if (!hole) {
    writeFileSync(path, bytes);
    return path;
  }
  const file = openSync(path, 'w');
  writeSync(file, bytes.subarray(0, hole.at), 0);
  ftruncateSync(file, hole.at + hole.size);
  writeSync(file, bytes.subarray(hole.at), 0, undefined, hole.at + hole.size);
  closeSync(file);
  return path;
}

/** Whether it is an answer at all: complete, and in words. */
function requireVerdict(verdict: Verdict): void {
  if (verdict.fit !== 'yes') expect(verdict.problem.words).toMatch(/^[A-Z].*\.$/s);
  if (verdict.fit === 'no') return;
  const { facts } = verdict;
  // A profile picture is drawn anew, and may be of these kinds, too.
  if (isOtherKind(facts.kind))
    expect(['convert', 'yes']).toContain(verdict.fit === 'fixable' ? verdict.plan.kind : verdict.fit);
  else expect(['jpeg', 'png', 'gif', 'mp4', 'mov']).toContain(facts.kind);
  expect(facts.width).toBeGreaterThan(0);
  expect(facts.height).toBeGreaterThan(0);
  expect(facts.seconds ?? 1).toBeGreaterThan(0);
}

function requireFix(
  { facts, problem, plan, words }: Extract<Verdict, { fit: 'fixable' }>,
  wanted: Extract<Case['expect'], { fit: 'fixable' }>,
): void {
  expect(facts).toMatchObject(wanted.facts);
  expect(problem.words).toMatch(wanted.words);
  expect(plan).toEqual({ kind: wanted.plan ?? 'shrink', targetBytes: 15_000_000 });
  expect(words).toMatch(wanted.plan ? /copy as JPG or PNG/ : /smaller copy/);
}

describe('a file that may become a background', () => {
  it.each(cases)('$name', async (one) => {
    const verdict = await inspect(write(folderOf(), one), 'background');
    requireVerdict(verdict);
    const wanted = one.expect;
    const said = verdict.fit === 'no' ? verdict.problem : verdict.facts;
    expect(verdict.fit, JSON.stringify(said)).toBe(wanted.fit);
    if (wanted.fit === 'yes' && verdict.fit === 'yes') {
      expect(verdict.facts).toMatchObject({
        ...wanted.facts,
        bytes: one.bytes.length + (one.hole?.size ?? 0),
      });
      const notes = wanted.notes ?? [];
      expect([...verdict.notes, ...(verdict.doubts ?? [])]).toEqual(
        notes.map((note) => expect.stringMatching(note)),
      );
    }
    if (wanted.fit === 'fixable' && verdict.fit === 'fixable') requireFix(verdict, wanted);
    if (wanted.fit === 'no' && verdict.fit === 'no') {
      expect(verdict.problem.code).toBe(wanted.code);
      if (wanted.words) expect(verdict.problem.words).toMatch(wanted.words);
    }
  });

  it('has the dimensions that others read', async () => {
    const good = cases.filter((one) => one.expect.fit === 'yes');
    expect(good.length).toBeGreaterThan(20);
    // image-size knows neither fill bytes nor frames that are larger than the picture.
    for (const one of good.filter(
      ({ name, alone }) => !alone && name !== 'spill.gif' && name !== 'fill.jpg',
    )) {
      const verdict = await inspect(write(folderOf(), one), 'background');
      if (verdict.fit !== 'yes') throw new Error(one.name);
      const { type, width, height } = verdict.facts;
      if (type === 'image') {
        expect(imageSize(one.bytes), one.name).toMatchObject({ width, height });
        continue;
      }
      const input = new Input({ source: new BufferSource(one.bytes), formats: ALL_FORMATS });
      const track = await input.getPrimaryVideoTrack();
      const other = { width: await track?.getDisplayWidth(), height: await track?.getDisplayHeight() };
      expect(other, one.name).toEqual({ width, height });
      input.dispose();
    }
  });

  it('is worth at least 40 kinds of files', () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    expect(cases.length).toBeGreaterThan(40);
  });
});

describe('a file that may become the profile picture', () => {
  it('may be any picture that Tally can open, as it is drawn anew, and no video', async () => {
    const folder = folderOf();
    const kindOf = async (name: string, bytes: Buffer) => {
      const verdict = await inspect(write(folder, { name, bytes }), 'picture');
      return verdict.fit === 'no' ? verdict.problem : [verdict.fit, verdict.facts.kind];
    };
    expect(await kindOf('a.png', pngOf(10, 10))).toEqual(['yes', 'png']);
    expect(await kindOf('a.gif', gifOf(9, 9, [gifFrame(9, 9)]))).toEqual(['yes', 'gif']);
    for (const [name, bytes] of Object.entries(otherPictures))
      expect(await kindOf(name, bytes)).toEqual(['yes', name.split('.')[1]]);
    const words = expect.stringMatching(/A profile picture is a picture/);
    expect(await kindOf('a.mp4', await movieOf(640, 480))).toEqual({ code: 'type', words });
  });

  it('offers to bring a large one under 2 MB, whichever megabyte Zoom means', async () => {
    const bytes = jpegOf(64, 48);
    const large = (size: number) =>
      write(folderOf(), { name: 'a.jpg', bytes, hole: { at: bytes.length - 2, size: size - bytes.length } });
    expect(await inspect(large(2_000_000), 'picture')).toMatchObject({ fit: 'yes', notes: [] });
    const near = await inspect(large(2_000_001), 'picture');
    expect(near).toMatchObject({ fit: 'yes', doubts: [expect.stringMatching(/2\.1 MB.*near the limit/)] });
    expect(await inspect(large(mediaLimits.picture.maxBytes + 1), 'picture')).toMatchObject({
      fit: 'fixable',
      problem: { words: 'This picture is 2.1 MB; Zoom takes up to 2 MB.' },
      plan: { targetBytes: 2_000_000 },
    });
  });
});

describe('what is no ordinary file', () => {
  const said = async (path: string) => {
    const verdict = await inspect(path, 'background');
    requireVerdict(verdict);
    return verdict.fit === 'no' ? verdict.problem : verdict;
  };

  it('tells folders, links, pipes and devices apart and waits for none', async () => {
    const folder = folderOf();
    const at = (name: string) => join(folder, name);
    mkdirSync(at('inner'));
    writeFileSync(at('real.png'), pngOf(10, 10));
    symlinkSync(at('real.png'), at('good.png'));
    symlinkSync(at('gone.png'), at('dead.png'));
    symlinkSync(at('inner'), at('to-folder'));
    symlinkSync(at('loop'), at('loop'));
    execFileSync('mkfifo', [at('pipe.png')]);
    symlinkSync(at('pipe.png'), at('to-pipe.png'));
    expect(await said(at('inner'))).toMatchObject({
      code: 'folder',
      words: expect.stringMatching(/^This is a folder/),
    });
    expect(await said(at('good.png'))).toMatchObject({ fit: 'yes' });
    expect(await said(at('dead.png'))).toMatchObject({
      code: 'missing',
      words: expect.stringMatching(/link/),
    });
    expect(await said(at('to-folder'))).toMatchObject({
      code: 'folder',
      words: expect.stringMatching(/link to a folder/),
    });
    expect(await said(at('loop'))).toMatchObject({
      code: 'missing',
      words: expect.stringMatching(/leads back/),
    });
    expect(await said(at('gone.png'))).toMatchObject({ code: 'missing' });
    expect(await said(`${at('real.png')}/x`)).toMatchObject({ code: 'missing' });
    expect(await said('bad\0name.png')).toMatchObject({ code: 'missing' });
    for (const path of [at('pipe.png'), at('to-pipe.png'), '/dev/zero'])
      expect(await said(path)).toMatchObject({ code: 'not-a-file' });
  });

  it('says so when a name is not UTF-8, and tells that from a file that is gone', async () => {
    const folder = folderOf();
    writeFileSync(
      Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from([0xe9]), Buffer.from('.png')]),
      '',
    );
    const [name = ''] = readdirSync(folder);
    expect(await said(join(folder, name))).toMatchObject({
      words: expect.stringMatching(/isn’t written in UTF-8/),
    });
    expect(await said(join(folder, 'café.png'))).toMatchObject({ code: 'missing' });
    const real = write(folder, { name: '\ufffd.png', bytes: pngOf(10, 10) });
    expect(await said(real)).toMatchObject({ fit: 'yes' });
  });

  it('says so when it may not read a file', async () => {
    const path = write(folderOf(), { name: 'a.png', bytes: pngOf(10, 10) });
    chmodSync(join(path, '..'), 0o755);
    chmodSync(path, 0);
    const root = process.getuid?.() === 0;
    if (root) process.seteuid?.('nobody');
    try {
      expect(await said(path)).toMatchObject({
        code: 'unreadable',
        words: expect.stringMatching(/isn’t allowed/),
      });
    } finally {
      if (root) process.seteuid?.(0);
    }
  });
});

describe('while it looks', () => {
  /** Does something to the file again and again until the verdict is there. */
  async function meddle(path: string, action: (time: number) => void): Promise<Verdict> {
    let verdict: Verdict | undefined;
    const done = inspect(path, 'background').then((answer) => {
      verdict = answer;
      return answer;
    });
    for (let time = 1; !verdict; time++) {
      action(time);
      await new Promise(setImmediate);
    }
    return done;
  }

  it.each(['good', 'damaged'])('notices a change of a %s file', async (state) => {
    const whole = pngOf(10, 10);
    const bytes = state === 'good' ? whole : whole.subarray(0, whole.length - 3);
    const path = write(folderOf(), { name: 'a.png', bytes });
    const verdict = await meddle(path, (time) => utimesSync(path, time, time));
    expect(verdict).toMatchObject({ fit: 'no', problem: { code: 'changed' } });
  });

  it('notices that another file took its place', async () => {
    const folder = folderOf();
    const path = write(folder, { name: 'a.png', bytes: pngOf(10, 10) });
    const verdict = await meddle(path, () => {
      const other = write(folder, { name: 'b.png', bytes: pngOf(10, 10) });
      utimesSync(other, 1, 1);
      renameSync(other, path);
    });
    expect(verdict).toMatchObject({ fit: 'no', problem: { code: expect.stringMatching(/changed|missing/) } });
  });

  it('answers that a file went missing', async () => {
    const path = write(folderOf(), { name: 'a.png', bytes: pngOf(10, 10) });
    const verdict = await meddle(path, () => rmSync(path, { force: true }));
    expect(verdict).toMatchObject({ fit: 'no', problem: { code: 'missing' } });
  });

  it('answers that a disk gives nothing', async () => {
    const path = write(folderOf(), { name: 'a.png', bytes: pngOf(10, 10) });
    const hanging = {
      ...disk,
      open: () => Promise.reject(Object.assign(new Error(), { code: 'ETIMEDOUT' })),
    };
    const verdict = await createInspect(hanging)(path, 'background');
    expect(verdict).toMatchObject({ fit: 'no', problem: { code: 'slow' } });
  });

  it('stops when told, before and in between', async () => {
    const path = write(folderOf(), { name: 'a.png', bytes: pngOf(10, 10) });
    const cancelled = { fit: 'no', problem: { code: 'cancelled' } };
    expect(await inspect(path, 'background', AbortSignal.abort())).toMatchObject(cancelled);
    const control = new AbortController();
    const answer = inspect(path, 'background', control.signal);
    control.abort();
    expect(await answer).toMatchObject(cancelled);
  });
});

describe('hostile files', () => {
  it('always get a verdict of their own', async () => {
    const path = join(folderOf(), 'mutated');
    const small = cases.filter(({ hole }) => !hole).map(({ bytes }) => bytes);
    const property = fc.asyncProperty(
      fc.constantFrom(...small),
      changes,
      fc.constantFrom('background' as const, 'picture' as const),
      async (bytes, steps, use) => {
        writeFileSync(path, mutate(bytes, steps));
        const verdict = await inspect(path, use);
        requireVerdict(verdict);
        // Neither the file system nor a bug of a reader may be behind a refusal.
        if (verdict.fit === 'no')
          expect(['unreadable', 'slow', 'changed', 'missing']).not.toContain(verdict.problem.code);
      },
    );
    await fc.assert(property, { numRuns: 1_500 });
  });
});
