import { describe, expect, it } from 'vitest';
import type { Fault } from '../../electron/practice/fault-schema.ts';
import { allOver, sha, states, withBackgrounds } from '../support/backgrounds-rig.ts';
import { noisePng, smallPng } from '../support/files.ts';
import { tempFolders } from '../support/temp-folder.ts';

const folder = tempFolders();

describe('a lost connection', () => {
  it('pauses what was not begun and goes on when the connection is back', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.service.refresh();
      rig.line.online = false;
      rig.service.add([rig.file('one.png'), rig.file('two.png', smallPng(2).bytes)]);
      const paused = await rig.upload('two.png', 'paused');
      expect(paused).toMatchObject({ why: 'offline', until: expect.any(Number) });
      rig.line.online = true;
      rig.line.announce();
      await allOver(rig);
      expect(states(rig)).toEqual(['done', 'done']);
      expect(await rig.calls('uploadVBuser')).toEqual([201, 201]);
    }));

  it('tries again by itself, ever more rarely, and asks the person after a quarter of an hour', () =>
    withBackgrounds(folder(), async (rig) => {
      rig.line.online = false;
      rig.service.add([rig.file('one.png')]);
      const waits: number[] = [];
      for (let tries = 0; tries < 18; tries += 1) {
        const now = rig.clock.now();
        const view = await rig.until((one) => (one.queue[0]?.until ?? 0) > now);
        waits.push(((view.queue[0]?.until ?? 0) - rig.clock.now()) / 1000);
        await rig.clock.advance((view.queue[0]?.until ?? 0) - rig.clock.now());
      }
      expect(waits.slice(0, 6)).toEqual([5, 10, 20, 40, 60, 60]);
      expect((await rig.upload('one.png', 'failed')).error?.kind).toBe('network');
      rig.line.online = true;
      rig.service.retry(rig.service.view().queue[0]?.id ?? '');
      await rig.upload('one.png', 'done');
    }));

  it('before a byte of the file was sent: goes on, and Zoom has it once', () =>
    withBackgrounds(folder(), async (rig) => {
      const bytes = noisePng();
      rig.line.cutUploadAfter(1);
      rig.service.add([rig.file('one.png', bytes)]);
      // How much the system took before it noticed is its own affair; both ways end well.
      const view = await rig.until(({ queue }) => ['paused', 'failed'].includes(queue[0]?.state ?? ''));
      if (view.queue[0]?.state === 'paused') await rig.clock.advance(5_000);
      else rig.service.retry(view.queue[0]?.id ?? '');
      await rig.upload('one.png', 'done');
      expect((await rig.atZoom()).filter((one) => one === sha(bytes))).toHaveLength(1);
    }));

  it.each([50, 99])('at %i percent: reads the list, finds nothing, and sends again only by hand', (percent) =>
    withBackgrounds(folder(), async (rig) => {
      const bytes = noisePng();
      rig.line.cutUploadAfter((bytes.length * percent) / 100);
      rig.service.add([rig.file('one.png', bytes)]);
      const failed = await rig.upload('one.png', 'failed');
      expect(failed.error).toMatchObject({ kind: 'network', action: 'retry' });
      expect(rig.views.some((view) => view.queue[0]?.state === 'checking')).toBe(true);
      expect(await rig.atZoom()).toHaveLength(3);
      rig.service.retry(failed.id);
      await rig.upload('one.png', 'done');
      expect((await rig.atZoom()).filter((one) => one === sha(bytes))).toHaveLength(1);
    }),
  );

  it.each<[string, Fault]>([
    ['the connection closes', { kind: 'drop', after: true }],
    ['the answer is cut', { kind: 'cut', bytes: 5 }],
    ['the answer is half', { kind: 'truncate-json' }],
  ])('after Zoom took it (%s): finds it in the list and sends nothing again', (_, fault) =>
    withBackgrounds(folder(), async (rig) => {
      await rig.fault(fault, { operationId: 'uploadVBuser' });
      rig.service.add([rig.file('one.png')]);
      await rig.upload('one.png', 'done');
      expect((await rig.atZoom()).filter((one) => one === sha(smallPng().bytes))).toHaveLength(1);
      expect(await rig.calls('uploadVBuser')).toHaveLength(1);
      const listed = rig.service.view().files.find((file) => file.name === 'one.png');
      expect(listed?.copy).toBe(sha(smallPng().bytes));
    }),
  );

  it('while the list is read: checks once the connection is back', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.service.refresh();
      await rig.fault({ kind: 'drop', after: true }, { operationId: 'uploadVBuser' });
      await rig.fault({ kind: 'drop' }, { operationId: 'userSettings' }, 3);
      rig.service.add([rig.file('one.png')]);
      await rig.until((view) => view.queue[0]?.state === 'checking' && view.queue[0].until !== undefined);
      rig.line.announce();
      await rig.upload('one.png', 'done');
      expect(await rig.calls('uploadVBuser')).toHaveLength(1);
    }));
});

describe('limits', () => {
  it('of the second are waited out by the client', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.fault({ kind: 'rate-limit', variant: 'qps' }, { operationId: 'uploadVBuser' }, 2);
      rig.service.add([rig.file('one.png')]);
      await rig.upload('one.png', 'done');
      expect(await rig.calls('uploadVBuser')).toEqual([429, 429, 201]);
      expect((await rig.atZoom()).filter((one) => one === sha(smallPng().bytes))).toHaveLength(1);
    }));

  it('that last longer pause the queue until Zoom takes more', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.fault(
        { kind: 'rate-limit', variant: 'seconds', seconds: 90 },
        { operationId: 'uploadVBuser' },
      );
      rig.service.add([rig.file('one.png')]);
      const paused = await rig.upload('one.png', 'paused');
      expect(paused.why).toBe('limit');
      await rig.clock.advance(95_000);
      await rig.upload('one.png', 'done');
    }));

  it('of the day are told with the time when they end', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.fault({ kind: 'rate-limit', variant: 'daily' }, { operationId: 'uploadVBuser' }, 9);
      rig.service.add([1, 2, 3, 4].map((shade) => rig.file(`${shade}.png`, smallPng(shade).bytes)));
      const view = await allOver(rig);
      expect(new Set(view.queue.map((upload) => upload.error?.kind))).toEqual(new Set(['daily-limit']));
      expect(view.queue[3]?.error?.retryAt).toBeGreaterThan(rig.clock.now());
      expect((await rig.calls('uploadVBuser')).length).toBeLessThanOrEqual(4);
    }));
});
