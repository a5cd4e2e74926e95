import { appendFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BackgroundsRunnerDeps } from '../../electron/core/backgrounds/runner.ts';
import { Refusal } from '../../electron/core/media/problem.ts';
import type { Parts, Videos } from '../../electron/core/ports.ts';
import type { VideoLook } from '../../shared/ipc/media-process.ts';
import { uploads } from '../../shared/zoom/limits.gen.ts';
import { type BackgroundsRig, sha, withBackgrounds } from '../support/backgrounds-rig.ts';
import { clips } from '../support/clips.ts';
import { movieOf } from '../support/media-corpus-files.ts';
import { tempFolders } from '../support/temp-folder.ts';

const folder = tempFolders();
const webm = Buffer.concat([Buffer.from('1a45dfa3874282847765626d', 'hex'), Buffer.alloc(5_000)]);
const fine: VideoLook = {
  width: 1_280,
  height: 720,
  seconds: 12,
  codec: 'vp8',
  decodes: true,
  encodes: true,
};
const cut = { start: 2, end: 5, turn: 0, lines: 720 } as const;
const { sureBytes } = uploads.uploadVBuser;

type Make = Videos['make'];

/** Looks at each video as told, and makes `clips.flat` unless told otherwise. */
function making(look: Partial<VideoLook> | null = {}, make?: Make) {
  const orders: Parameters<Make>[1][] = [];
  const read = async (file: Parts) => {
    for (let at = 0; at < file.size; ) at += (await file.read(at, 1_000)).byteLength;
  };
  const videos: BackgroundsRunnerDeps['videos'] = {
    look: async () => (look ? { ...fine, ...look } : null),
    async make(file, how, watch) {
      orders.push(how);
      if (make) return make(file, how, watch);
      await read(file);
      watch.progress(0.5);
      return { size: clips.flat.byteLength, bytes: clips.flat };
    },
  };
  return { orders, change: { videos } };
}

describe('a video that Zoom does not take', () => {
  it('is asked about, and sent as what Tally makes of the part that is kept', () => {
    const { orders, change } = making();
    return withBackgrounds(
      folder(),
      async (rig) => {
        rig.service.add([rig.file('beach.webm', webm)]);
        const { id, question, bytes } = await rig.upload('beach.webm', 'question');
        expect(question).toEqual({
          kind: 'video',
          words: 'This is a WebM video, which Zoom doesn’t take.',
          before: { width: 1_280, height: 720, seconds: 12, bytes: webm.byteLength },
        });
        expect(bytes).toBe(webm.byteLength);
        // Only what belongs to the question answers it.
        for (const answer of ['send', 'fix', { behind: '#ffffff' }, { replace: 'x' }] as const)
          rig.service.answer(id, answer);
        expect(rig.service.view().queue[0]?.state).toBe('question');
        rig.service.answer(id, { video: cut });
        const done = await rig.upload('beach.mp4', 'done');
        expect(done.notes).toBeUndefined();
        expect(await rig.atZoom()).toContain(sha(clips.flat));
        expect(orders).toEqual([
          {
            start: 2,
            end: 5,
            turn: 0,
            width: 1_280,
            height: 720,
            bitrate: expect.any(Number),
            most: sureBytes,
          },
        ]);
        const shares = rig.views.flatMap(({ queue }) => (queue[0]?.making ? [queue[0].making.share] : []));
        expect(shares[0]).toBe(0);
      },
      change,
    );
  });

  it('can be tried again where the process that opens videos ended on it', () => {
    let looks = 0;
    const { change } = making();
    const look: Videos['look'] = async (file) => {
      looks += 1;
      if (looks === 1) throw new Refusal('crashed', 'It broke off.');
      return change.videos.look(file);
    };
    return withBackgrounds(
      folder(),
      async (rig) => {
        rig.service.add([rig.file('a.webm', webm)]);
        const { id, error } = await rig.upload('a.webm', 'refused');
        expect(error).toMatchObject({ what: 'It broke off.', action: 'retry' });
        rig.service.retry(id);
        await rig.upload('a.webm', 'question');
      },
      { videos: { ...change.videos, look } },
    );
  });

  it('is encoded again with fewer bits until it fits, and that is said', () => {
    let tries = 0;
    const { orders, change } = making({}, async (_file, _how, { progress }) => {
      tries += 1;
      progress(0.9);
      return tries < 3 ? { size: 2 * sureBytes } : { size: clips.flat.byteLength, bytes: clips.flat };
    });
    return withBackgrounds(
      folder(),
      async (rig) => {
        rig.service.add([rig.file('a.webm', webm)]);
        rig.service.answer((await rig.upload('a.webm', 'question')).id, { video: cut });
        await rig.upload('a.mp4', 'done');
        const [first, second, third] = orders.map(({ bitrate }) => bitrate);
        expect(second).toBeLessThan((first ?? 0) / 2);
        expect(third).toBeLessThan((second ?? 0) / 2);
      },
      change,
    );
  });

  it('is refused in words that help where nothing fits', () => {
    const { orders, change } = making({}, async () => ({ size: 99_000_000 }));
    return withBackgrounds(
      folder(),
      async (rig) => {
        rig.service.add([rig.file('a.webm', webm)]);
        rig.service.answer((await rig.upload('a.webm', 'question')).id, { video: cut });
        const { error } = await rig.upload('a.webm', 'refused');
        expect(error?.what).toContain('choose a smaller size');
        expect(orders).toHaveLength(4);
        expect(await rig.calls('uploadVBuser')).toEqual([]);
      },
      change,
    );
  });

  it.each<[string, Partial<VideoLook> | null, RegExp | undefined]>([
    ['that cannot be opened', { decodes: false }, /can’t open the video/],
    ['where there is no encoder', { encodes: false }, /no H\.264 encoder/],
    ['that holds no video', null, undefined],
    ['without a size', { width: 0 }, undefined],
  ])('is refused where one %s, with what to do', (_what, look, why) =>
    withBackgrounds(
      folder(),
      async (rig) => {
        rig.service.add([rig.file('a.webm', webm)]);
        const { error } = await rig.upload('a.webm', 'refused');
        expect(error?.what).toMatch(/Save it as MP4\.$/);
        if (why) expect(error?.why).toMatch(why);
        else expect(error).not.toHaveProperty('why');
      },
      making(look).change,
    ),
  );

  it('is one that is too large, too many pixels, or labelled as another kind', () =>
    withBackgrounds(
      folder(),
      async (rig) => {
        const large = rig.file('large.mp4', clips.flat);
        truncateSync(large, 200_000_000);
        rig.service.add([large, rig.file('tall.mp4', await movieOf(2_160, 3_840))]);
        expect((await rig.upload('large.mp4', 'question')).question).toMatchObject({
          words: 'This video is 200 MB; Zoom takes up to 15 MB.',
        });
        expect((await rig.upload('tall.mp4', 'question')).question).toMatchObject({
          words: 'This video is 2,160 × 3,840; Zoom takes 480 × 360 to 1,920 × 1,080.',
        });
      },
      making().change,
    ));
});

describe('a video that Zoom may not play', () => {
  it('is sent as it is, or as Tally makes it', () => {
    const { change } = making();
    return withBackgrounds(
      folder(),
      async (rig) => {
        const own = await movieOf(640, 480, { codec: 'vp9' });
        rig.service.add([rig.file('one.mp4', own)]);
        const one = await rig.upload('one.mp4', 'question');
        expect(one.question).toMatchObject({
          kind: 'video',
          asIs: true,
          words: 'Zoom may not play this: it is VP9 video.',
        });
        rig.service.answer(one.id, 'send');
        expect((await rig.upload('one.mp4', 'done')).notes?.[0]).toContain('VP9');
        expect(await rig.atZoom()).toContain(sha(own));
      },
      change,
    );
  });

  it('is sent as it is where no other can be made', () =>
    withBackgrounds(
      folder(),
      async (rig) => {
        rig.service.add([rig.file('one.mp4', await movieOf(640, 480, { codec: 'vp9' }))]);
        expect((await rig.upload('one.mp4', 'done')).notes?.[0]).toContain('VP9');
      },
      making({ decodes: false }).change,
    ));
});

/** Works on it until it is given up. */
const endless: Make = (_file, _how, { signal }) =>
  new Promise((_, reject) => {
    const giveUp = () => reject(new Refusal('cancelled', 'Cancelled.'));
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp);
  });

describe('while a video is made', () => {
  const beginning = (make: Make, then: (rig: BackgroundsRig, id: string) => Promise<void>, home = folder()) =>
    withBackgrounds(
      home,
      async (rig) => {
        rig.service.add([rig.file('a.webm', webm)]);
        const { id } = await rig.upload('a.webm', 'question');
        rig.service.answer(id, { video: cut });
        await then(rig, id);
      },
      making({}, make).change,
    );

  it('it can be cancelled at any moment, and begun again', () => {
    const signals: AbortSignal[] = [];
    const never: Make = (file, how, watch) => {
      signals.push(watch.signal);
      return endless(file, how, watch);
    };
    return beginning(never, async (rig, id) => {
      await rig.upload('a.webm', 'making');
      await expect.poll(() => signals.length).toBe(1);
      rig.service.dispatch({ type: 'cancel', id });
      expect(rig.service.view().queue[0]).toMatchObject({ state: 'cancelled' });
      expect(signals[0]?.aborted).toBe(true);
      rig.service.dispatch({ type: 'retry', id });
      expect((await rig.upload('a.webm', 'question')).question?.kind).toBe('video');
    });
  });

  it('others are looked at and sent', () =>
    beginning(endless, async (rig) => {
      rig.service.add([rig.file('b.webm', webm), rig.file('c.webm', webm), rig.file('d.png')]);
      await rig.upload('d.png', 'done');
      for (const name of ['b.webm', 'c.webm'])
        rig.service.answer((await rig.upload(name, 'question')).id, { video: cut });
      rig.service.add([rig.file('e.png')]);
      await rig.upload('e.png', 'question');
    }));

  it.each<[string, (path: string) => void, RegExp]>([
    ['grows', (path) => appendFileSync(path, 'more'), /changed/],
    ['shrinks', (path) => truncateSync(path, 100), /changed/],
    ['goes', (path) => rmSync(path), /no longer there/],
  ])('a file that %s is a failed file', (_what, happen, words) => {
    const home = folder();
    const path = join(home, 'a.webm');
    return beginning(
      async (file) => {
        await file.read(0, 10);
        happen(path);
        for (let at = 0; at < file.size; ) at += (await file.read(at, 1_000)).byteLength;
        return { size: clips.flat.byteLength, bytes: clips.flat };
      },
      async (rig) => {
        const { error } = await rig.upload('a.webm', 'refused');
        expect(error?.what).toMatch(words);
        expect(await rig.calls('uploadVBuser')).toEqual([]);
      },
      home,
    );
  });

  it.each<[string, Make, RegExp, boolean]>([
    [
      'the media process breaks off',
      () => Promise.reject(new Refusal('crashed', 'It broke off.')),
      /broke off/,
      true,
    ],
    [
      'the drive hangs',
      () => Promise.reject(Object.assign(new Error(), { code: 'ETIMEDOUT' })),
      /too long/,
      true,
    ],
    ['it is damaged in the middle', async () => null, /couldn’t make a video/, false],
    [
      'what comes is no video',
      async () => ({ size: 4, bytes: Buffer.from('none') }),
      /neither a picture/,
      false,
    ],
    [
      'what comes is of another codec',
      async () => {
        const bytes = await movieOf(640, 480, { codec: 'vp9' });
        return { size: bytes.byteLength, bytes };
      },
      /couldn’t make a video/,
      false,
    ],
    [
      'what comes is larger than Zoom takes it',
      async () => {
        const bytes = await movieOf(3_840, 2_160);
        return { size: bytes.byteLength, bytes };
      },
      /couldn’t make a video/,
      false,
    ],
  ])('it is a failed file, never a failed app, when %s', (_what, make, words, again) =>
    beginning(make, async (rig) => {
      const { error } = await rig.upload('a.webm', 'refused');
      expect(error?.what).toMatch(words);
      expect(error?.action === 'retry').toBe(again);
      expect(await rig.calls('uploadVBuser')).toEqual([]);
    }),
  );

  it('a full disk is said', () =>
    withBackgrounds(
      folder(),
      async (rig) => {
        rig.service.add([rig.file('a.webm', webm)]);
        const { id } = await rig.upload('a.webm', 'question');
        rig.service.answer(id, { video: cut });
        const { error } = await rig.upload('a.webm', 'refused');
        expect(error?.kind).toBe('storage');
      },
      { ...making().change, copies: { has: () => false, path: () => '', put: async () => false } },
    ));
});
