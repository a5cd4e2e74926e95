import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allOver, sha, states, withBackgrounds } from '../support/backgrounds-rig.ts';
import { settle } from '../support/fake-clock.ts';
import { noisePng, smallPng } from '../support/files.ts';
import { tempFolders } from '../support/temp-folder.ts';

const folder = tempFolders();

describe('backgrounds', () => {
  it('lists what Zoom has', () =>
    withBackgrounds(folder(), async ({ service }) => {
      expect(service.view().phase).toBe('unknown');
      const asked = service.refresh();
      expect(service.view().phase).toBe('loading');
      expect(await asked).toBeUndefined();
      const { phase, files, quota, allowed } = service.view();
      expect(phase).toBe('ready');
      expect(files.map((file) => file.name)).toEqual(['Dunes.png', 'Fjord.png', 'Night hills.png']);
      expect(quota).toEqual({ used: 3, max: 10 });
      expect(allowed).toEqual({ enabled: true, upload: true, videos: true });
    }));

  it('says when Zoom’s list cannot be read, and keeps what was known', () =>
    withBackgrounds(folder(), async ({ service, fault }) => {
      await service.refresh();
      await fault({ kind: 'status', status: 400, code: 200, message: 'No permission.' });
      expect(await service.refresh()).toMatchObject({ kind: 'forbidden' });
      expect(service.view()).toMatchObject({ phase: 'failed', error: { kind: 'forbidden' } });
      expect(service.view().files).toHaveLength(3);
      expect(await service.refresh()).toBeUndefined();
      expect(service.view().error).toBeUndefined();
    }));

  it('uploads a file whole, from inspecting over sending and waiting for Zoom to done', () =>
    withBackgrounds(folder(), async (rig) => {
      const bytes = noisePng();
      rig.service.add([rig.file('beach.png', bytes)]);
      const done = await rig.upload('beach.png', 'done');
      expect(await rig.atZoom()).toContain(sha(bytes));
      const seen = rig.views.map((view) => view.queue[0]?.state);
      const order = seen.filter((state, index) => state !== seen[index - 1]);
      expect(order.filter((state) => state !== undefined)).toEqual([
        'inspecting',
        'waiting',
        'sending',
        'zoom',
        'done',
      ]);
      expect(done).toMatchObject({ bytes: bytes.length, facts: { kind: 'png', width: 1000, height: 1000 } });
      const sent = rig.views.map((view) => view.queue[0]?.sent ?? 0);
      expect(Math.max(...sent)).toBe(bytes.length);
      expect(rig.service.view().files.at(-1)).toMatchObject({ name: 'beach.png', copy: sha(bytes) });
      expect(rig.copies.get(sha(bytes))?.equals(bytes)).toBe(true);
      expect([...(rig.saved() ?? new Map()).values()]).toEqual([sha(bytes)]);
      expect(await rig.calls('uploadVBuser')).toEqual([201]);
    }));

  it('shows progress at most ten times a second', () =>
    withBackgrounds(folder(), async (rig) => {
      const stalled = rig.line.stallUploadAfter(2_900_000);
      rig.clock.skipWaits(-1);
      rig.service.add([rig.file('beach.png', noisePng())]);
      await stalled;
      // The clock stands still: the first step is shown at once, all others together a tenth of a second later.
      const steps = () => new Set(rig.views.map((view) => view.queue[0]?.sent).filter(Boolean));
      expect(steps().size).toBe(1);
      await rig.clock.advance(100);
      expect(steps().size).toBeLessThanOrEqual(3);
      expect(Math.max(...[...steps()].map(Number))).toBeGreaterThan(1_000_000);
    }));

  it('uploads several, two at a time, and tells good from bad', () =>
    withBackgrounds(folder(), async (rig) => {
      const good = [1, 2, 3, 4].map((shade) => smallPng(shade, `good-${shade}.png`));
      const bad = rig.file('notes.png', Buffer.from('only called a picture'));
      const paths = good.map((file) => rig.file(file.name, file.bytes));
      rig.service.add([paths[0] ?? '', bad, ...paths.slice(1), `${paths[0]}-gone.png`]);
      await allOver(rig);
      expect(states(rig)).toEqual(['done', 'refused', 'done', 'done', 'done', 'refused']);
      const refused = rig.service.view().queue.filter((upload) => upload.state === 'refused');
      for (const upload of refused)
        expect(upload.error).toMatchObject({ kind: 'file', what: expect.any(String) });
      const zoom = await rig.atZoom();
      for (const file of good) expect(zoom.filter((one) => one === sha(file.bytes))).toHaveLength(1);
      const busy = rig.views.map(
        (view) => view.queue.filter((one) => one.state === 'sending' || one.state === 'zoom').length,
      );
      expect(Math.max(...busy)).toBe(2);
    }));

  it('asks before it sends the same content twice', () =>
    withBackgrounds(folder(), async (rig) => {
      const first = rig.file('one.png');
      const again = rig.file('two.png');
      rig.service.add([first]);
      await rig.upload('one.png', 'done');
      rig.service.add([again]);
      const asked = await rig.upload('two.png', 'question');
      expect(asked.question).toEqual({ kind: 'duplicate', of: 'one.png' });
      rig.service.answer(asked.id, 'fix');
      expect(states(rig)).toEqual(['done', 'question']);
      rig.service.answer(asked.id, 'skip');
      expect(states(rig)).toEqual(['done', 'cancelled']);
      rig.service.retry(asked.id);
      const anew = await rig.upload('two.png', 'question');
      rig.service.answer(anew.id, 'send');
      await rig.upload('two.png', 'done');
      expect((await rig.atZoom()).filter((one) => one === sha(smallPng().bytes))).toHaveLength(2);
    }));

  it('notices the same file twice in one drop', () =>
    withBackgrounds(folder(), async (rig) => {
      const path = rig.file('one.png');
      rig.service.add([path, path]);
      await rig.until((view) => view.queue.some((one) => one.question?.kind === 'duplicate'));
      await rig.until((view) => view.queue.some((one) => one.state === 'done'));
      expect(await rig.calls('uploadVBuser')).toEqual([201]);
    }));
});

describe('a file that changes', () => {
  it('is not sent when it is another one than was looked at, and can be offered again', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.fill();
      const path = rig.file('one.png');
      rig.service.add([path]);
      const { id } = await rig.upload('one.png', 'question');
      const other = smallPng(99).bytes;
      writeFileSync(path, other);
      utimesSync(path, 1, 1);
      rig.service.answer(id, { replace: rig.service.view().files[0]?.id ?? '' });
      expect((await rig.upload('one.png', 'failed')).error).toMatchObject({ kind: 'file', action: 'retry' });
      expect(await rig.atZoom()).not.toContain(sha(other));
      rig.service.retry(id);
      await rig.upload('one.png', 'done');
      expect(await rig.atZoom()).toContain(sha(other));
    }));

  it('breaks off when it changes while it is sent, and Zoom does not take it', () =>
    withBackgrounds(folder(), async (rig) => {
      // More than the kernel holds of what the other side does not read.
      const path = rig.file('one.png', noisePng(2_000));
      const stalled = rig.line.stallUploadAfter(1_000_000);
      rig.service.add([path]);
      await stalled;
      const before = await rig.atZoom();
      utimesSync(path, 1, 1);
      rig.line.resumeUpload();
      const failed = await rig.upload('one.png', 'failed');
      expect(failed.error?.what).toBe('The file changed after Tally had looked at it.');
      expect(await rig.atZoom()).toEqual(before);
    }));

  it('fails in words when it vanishes before it is sent', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.fill();
      const path = rig.file('one.png');
      rig.service.add([path]);
      const { id } = await rig.upload('one.png', 'question');
      rmSync(path);
      rig.service.answer(id, { replace: rig.service.view().files[0]?.id ?? '' });
      expect((await rig.upload('one.png', 'failed')).error?.what).toBe('The file is no longer there.');
    }));
});

describe('cancel', () => {
  it('ends an inspection at once', () =>
    withBackgrounds(
      folder(),
      async (rig) => {
        rig.service.add([rig.file('one.png')]);
        const id = rig.service.view().queue[0]?.id ?? '';
        rig.service.cancel(id);
        expect(states(rig)).toEqual(['cancelled']);
        expect(await rig.calls('uploadVBuser')).toEqual([]);
      },
      { inspect: () => new Promise(() => {}) },
    ));

  it('ends an upload at once, and Zoom has nothing of it', () =>
    withBackgrounds(folder(), async (rig) => {
      const stalled = rig.line.stallUploadAfter(1_000_000);
      rig.service.add([rig.file('one.png', noisePng())]);
      await stalled;
      const closed = rig.line.uploadClosed();
      rig.service.cancel(rig.service.view().queue[0]?.id ?? '');
      expect(states(rig)).toEqual(['cancelled']);
      await closed;
      expect(await rig.atZoom()).toHaveLength(3);
    }));

  it('tells when it came too late', () =>
    withBackgrounds(folder(), async (rig) => {
      const answer = rig.line.holdAnswer();
      rig.service.add([rig.file('one.png')]);
      await answer;
      expect(states(rig)).toEqual(['zoom']);
      rig.service.cancel(rig.service.view().queue[0]?.id ?? '');
      const view = await rig.until(({ queue }) => queue[0]?.notes !== undefined);
      expect(view.queue[0]).toMatchObject({
        state: 'cancelled',
        notes: ['Zoom had taken it already: it is among your backgrounds.'],
      });
      rig.service.retry(view.queue[0]?.id ?? '');
      await settle();
      expect((await rig.atZoom()).filter((one) => one === sha(smallPng().bytes))).toHaveLength(1);
    }));

  it('lets those that wait go on', () =>
    withBackgrounds(folder(), async (rig) => {
      const stalled = rig.line.stallUploadAfter(1_000_000);
      rig.service.add([rig.file('large.png', noisePng())]);
      await stalled;
      rig.service.add([1, 2, 3].map((shade) => rig.file(`${shade}.png`, smallPng(shade).bytes)));
      rig.service.cancel(rig.service.view().queue[0]?.id ?? '');
      await allOver(rig);
      expect(states(rig)).toEqual(['cancelled', 'done', 'done', 'done']);
    }));
});

describe('stop', () => {
  it('in the middle of an upload: nothing is sent or shown after it', () =>
    withBackgrounds(folder(), async (rig) => {
      const stalled = rig.line.stallUploadAfter(1_000_000);
      rig.service.add([rig.file('large.png', noisePng())]);
      await stalled;
      rig.service.add([rig.file('two.png')]);
      const closed = rig.line.uploadClosed();
      rig.service.stop();
      await closed;
      const shown = rig.views.length;
      const apiCalls = async () => (await rig.state()).requests.filter(({ path }) => path.startsWith('/v2'));
      // The practice Zoom writes a request down when it ends; this one was ended by the stop.
      while ((await apiCalls()).length < 2) await settle();
      rig.service.add([rig.file('three.png', smallPng(3).bytes)]);
      rig.service.retry('upload-1');
      rig.line.announce();
      expect(await rig.service.refresh()).toMatchObject({ kind: 'cancelled' });
      await rig.clock.advance(120_000);
      expect(rig.views).toHaveLength(shown);
      expect(await apiCalls()).toHaveLength(2);
      expect(await rig.atZoom()).not.toContain(sha(smallPng(3).bytes));
    }));
});
