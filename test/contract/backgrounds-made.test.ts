import { utimesSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BackgroundsRunnerDeps } from '../../electron/core/backgrounds/runner.ts';
import { createInspect, type FixPlan } from '../../electron/core/media/inspect.ts';
import { Refusal } from '../../electron/core/media/problem.ts';
import { disk } from '../../electron/desktop/files/disk.ts';
import { allOver, sha, withBackgrounds } from '../support/backgrounds-rig.ts';
import { smallPng } from '../support/files.ts';
import { box, chunk, jpegOf, pngOf } from '../support/media-corpus-files.ts';
import { otherPictures } from '../support/media-corpus-other.ts';
import { privateFiles } from '../support/media-corpus-private.ts';
import { tempFolders } from '../support/temp-folder.ts';

const folder = tempFolders();

describe('what nobody sees in a picture', () => {
  it('is left out of what Zoom gets, of the copy and of the size that is told, and that is said', () =>
    withBackgrounds(folder(), async (rig) => {
      const files = (await privateFiles()).filter(({ name }) =>
        /^(phone|scans|thumbnail|texts|profile)\./.test(name),
      );
      rig.service.add(files.map(({ name, bytes }) => rig.file(name, bytes)));
      await allOver(rig);
      for (const { name, sent, what } of files) {
        expect(await rig.atZoom()).toContain(sha(sent));
        const { bytes, facts, notes = [] } = await rig.upload(name, 'done');
        expect([bytes, facts?.bytes]).toEqual([sent.length, sent.length]);
        expect(notes.some((note) => note.startsWith('Removed: '))).toBe(what.length > 0);
        await expect.poll(() => rig.copies.get(sha(sent))?.equals(sent)).toBe(true);
      }
      // The same picture from another place is the same picture.
      const again = files.find(({ name }) => name === 'phone.jpg');
      rig.service.add([
        rig.file('again.jpg', Buffer.concat([again?.bytes ?? Buffer.alloc(0), Buffer.from('more')])),
      ]);
      expect((await rig.upload('again.jpg', 'question')).question).toEqual({
        kind: 'duplicate',
        of: 'phone.jpg',
      });
    }));

  it('brings a motion photo within the limit', () =>
    withBackgrounds(folder(), async (rig) => {
      const photo = jpegOf(64, 48);
      const video = Buffer.concat([box('ftyp', Buffer.from('isom')), Buffer.alloc(16_000_000, 1)]);
      rig.service.add([rig.file('motion.jpg', Buffer.concat([photo, video]))]);
      const { notes } = await rig.upload('motion.jpg', 'done');
      expect(notes).toEqual(['Removed: a short video. Your file stays as it is.']);
      expect(await rig.atZoom()).toContain(sha(photo));
      await expect.poll(() => rig.copies.has(sha(photo))).toBe(true);
    }));

  it('goes along where the person wants it', () =>
    withBackgrounds(
      folder(),
      async (rig) => {
        const [file] = (await privateFiles()).filter(({ name }) => name === 'motion.jpg');
        rig.service.add([rig.file('motion.jpg', file?.bytes)]);
        await rig.upload('motion.jpg', 'done');
        expect(await rig.atZoom()).toContain(sha(file?.bytes ?? Buffer.alloc(0)));
      },
      { leavesOut: () => false },
    ));

  it('is not sent where the file changes meanwhile', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.fill();
      const [file] = (await privateFiles()).filter(({ name }) => name === 'phone.jpg');
      const path = rig.file('phone.jpg', file?.bytes);
      rig.service.add([path]);
      const { id } = await rig.upload('phone.jpg', 'question');
      utimesSync(path, 1, 1);
      rig.service.answer(id, { replace: rig.service.view().files[0]?.id ?? '' });
      expect((await rig.upload('phone.jpg', 'failed')).error).toMatchObject({
        kind: 'file',
        action: 'retry',
      });
      rig.service.retry(id);
      await rig.upload('phone.jpg', 'done');
      const hash = sha(file?.sent ?? Buffer.alloc(0));
      expect(await rig.atZoom()).toContain(hash);
      await expect.poll(() => rig.copies.has(hash)).toBe(true);
    }));
});

describe('a file that does not fit', () => {
  it('is fixed when the person agrees, and shows before and after', () => {
    const fixedBytes = Buffer.from(smallPng(7).bytes);
    const inspect = createInspect(disk);
    return withBackgrounds(
      folder(),
      async (rig) => {
        rig.service.add([rig.file('huge.png')]);
        const view = await rig.until(({ queue }) => {
          const { question } = queue[0] ?? {};
          return question?.kind === 'fixable' && question.after !== undefined;
        });
        expect(view.queue[0]?.question).toMatchObject({
          words: 'Too large. It can be made smaller.',
          before: { width: 8 },
          after: { width: 4, bytes: fixedBytes.length },
        });
        expect(await rig.calls('uploadVBuser')).toEqual([]);
        rig.service.answer(view.queue[0]?.id ?? '', 'fix');
        await rig.upload('huge.png', 'done');
        expect(await rig.atZoom()).toContain(sha(fixedBytes));
      },
      {
        async inspect(path, use, signal) {
          const verdict = await inspect(path, use, signal);
          if (verdict.fit !== 'yes') return verdict;
          return {
            fit: 'fixable',
            facts: verdict.facts,
            problem: { code: 'too-large', words: 'Too large.' },
            plan: { kind: 'shrink', targetBytes: 1000 },
            words: 'It can be made smaller.',
          };
        },
        fix: async (_path, _plan, facts) => ({
          ok: true,
          bytes: fixedBytes,
          before: facts,
          after: { ...facts, width: 4, height: 4, bytes: fixedBytes.length },
          encodings: 1,
        }),
      },
    );
  });
});

/** Asks about what is offered, and gives what was made for each answer. */
const offering = (offer: Pick<FixPlan, 'kind'> & { readonly behind?: string }) => {
  const inspect = createInspect(disk);
  const plans: FixPlan[] = [];
  return {
    plans,
    change: {
      async inspect(path, use, signal) {
        const verdict = await inspect(path, use, signal);
        if (verdict.fit !== 'yes') return verdict;
        return {
          ...verdict,
          offer: { plan: { ...offer, targetBytes: 1_000 }, words: 'It lies on its side.' },
        };
      },
      async fix(_path, plan, facts) {
        plans.push(plan);
        const bytes = Buffer.from(smallPng(plans.length).bytes);
        return { ok: true, bytes, after: { ...facts, kind: plan.as ?? 'jpeg', bytes: bytes.length } };
      },
    } satisfies Partial<BackgroundsRunnerDeps>,
  };
};

describe('a file that Zoom takes and may show in another way', () => {
  it('is asked about, and sent as it is or as Tally makes it', () => {
    const { plans, change } = offering({ kind: 'turn' });
    return withBackgrounds(
      folder(),
      async (rig) => {
        const own = smallPng(200);
        rig.service.add([rig.file('one.png', own.bytes), rig.file('two.png', smallPng(201).bytes)]);
        const one = await rig.upload('one.png', 'question');
        expect(one.question).toMatchObject({ kind: 'fixable', fix: 'turn', asIs: true });
        expect(one.notes).toBeUndefined();
        rig.service.answer(one.id, 'send');
        expect((await rig.upload('one.png', 'done')).notes).toEqual(['It lies on its side.']);
        expect(await rig.atZoom()).toContain(sha(own.bytes));
        const two = await rig.upload('two.png', 'question');
        rig.service.answer(two.id, 'fix');
        const done = await rig.upload('two.jpg', 'done');
        expect(done.notes).toBeUndefined();
        const made = plans.map((_, at) => sha(smallPng(at + 1).bytes));
        expect((await rig.atZoom()).filter((hash) => made.includes(hash))).toHaveLength(1);
      },
      change,
    );
  });

  it('is made anew for another colour or kind, and the last one counts', () => {
    const { plans, change } = offering({ kind: 'fill', behind: '#ffffff' });
    return withBackgrounds(
      folder(),
      async (rig) => {
        rig.service.add([rig.file('one.png')]);
        const shown = async (test: (plan: FixPlan | undefined) => boolean) => {
          const view = await rig.until(({ queue }) => {
            const { question } = queue[0] ?? {};
            return question?.kind === 'fixable' && question.after !== undefined && test(plans.at(-1));
          });
          return view.queue[0];
        };
        const id = (await shown(() => true))?.id ?? '';
        rig.service.answer(id, { behind: '#00ff80' });
        expect((await shown((plan) => plan?.behind === '#00ff80'))?.question).toMatchObject({
          behind: '#00ff80',
        });
        rig.service.answer(id, { as: 'png' });
        expect((await shown((plan) => plan?.as === 'png'))?.question).toMatchObject({
          behind: '#00ff80',
          after: { kind: 'png' },
        });
        rig.service.answer(id, { replace: 'nothing' });
        rig.service.answer(id, 'fix');
        await rig.upload('one.png', 'done');
        expect(await rig.atZoom()).toContain(sha(smallPng(plans.length).bytes));
      },
      change,
    );
  });

  it('is sent as it is where nothing can be made of it', () =>
    withBackgrounds(
      folder(),
      async (rig) => {
        rig.service.add([rig.file('one.png')]);
        expect((await rig.upload('one.png', 'done')).notes).toEqual(['It lies on its side.']);
      },
      { inspect: offering({ kind: 'turn' }).change.inspect },
    ));

  it('is neither sent nor asked about where the process that opens pictures ended on it, and can be tried again', async () => {
    const broke = new Refusal('crashed', 'It broke off.');
    const glass = pngOf(9, 9, chunk('tRNS', Buffer.alloc(6)));
    const failing: Partial<BackgroundsRunnerDeps>[] = [
      { showsThrough: () => Promise.reject(broke) },
      { showsThrough: async () => true, fix: async () => ({ ok: false, problem: broke.problem }) },
    ];
    for (const change of failing)
      await withBackgrounds(
        folder(),
        async (rig) => {
          rig.service.add([rig.file('glass.png', glass)]);
          const { error } = await rig.upload('glass.png', 'refused');
          expect(error).toMatchObject({ what: 'It broke off.', action: 'retry' });
          expect(await rig.calls('uploadVBuser')).toEqual([]);
        },
        change,
      );
  });

  it('is one that lets something show through, which is seen when it is opened', () =>
    withBackgrounds(
      folder(),
      async (rig) => {
        const glass = pngOf(9, 9, chunk('tRNS', Buffer.alloc(6)));
        rig.service.add([rig.file('glass.png', glass), rig.file('plain.png', pngOf(9, 9))]);
        await rig.upload('plain.png', 'done');
        const { question } = await rig.upload('glass.png', 'question');
        expect(question).toMatchObject({ fix: 'fill', behind: '#ffffff', asIs: true });
      },
      { showsThrough: async () => true, fix: () => new Promise(() => {}) },
    ));
});

describe('a picture of a kind that Zoom does not take', () => {
  it('is refused by Zoom as it is, and sent as what Tally makes of it', () =>
    withBackgrounds(
      folder(),
      async (rig) => {
        const bytes = otherPictures['stripes.webp'];
        expect((await rig.call('uploadVBuser', { file: { name: 'a.jpg', bytes } })).status).toBe(400);
        rig.service.add([rig.file('stripes.webp', bytes)]);
        const { id, question } = await rig.upload('stripes.webp', 'question');
        expect(question).toMatchObject({ kind: 'fixable', fix: 'convert', before: { kind: 'webp' } });
        expect(question).not.toHaveProperty('asIs');
        rig.service.answer(id, 'send');
        rig.service.answer(id, 'fix');
        await rig.upload('stripes.jpg', 'done');
        expect(await rig.atZoom()).toContain(sha(smallPng(1).bytes));
      },
      { fix: offering({ kind: 'convert' }).change.fix },
    ));
});
