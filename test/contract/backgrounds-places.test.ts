import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type BackgroundsRig, sha, withBackgrounds } from '../support/backgrounds-rig.ts';
import { smallPng } from '../support/files.ts';
import { tempFolders } from '../support/temp-folder.ts';

const folder = tempFolders();

const picture = (shade: number) => smallPng(shade + 100).bytes;

/** A background that was uploaded from here, so that a copy is kept; gives its id. */
async function uploaded(rig: BackgroundsRig, name: string, shade: number): Promise<string> {
  rig.service.add([rig.file(name, picture(shade))]);
  await rig.upload(name, 'done');
  return idOf(rig, name);
}

function idOf(rig: BackgroundsRig, name: string): string {
  return rig.service.view().files.find((file) => file.name === name)?.id ?? '';
}

const defaults = (rig: BackgroundsRig) =>
  rig.service
    .view()
    .files.filter((file) => file.isDefault)
    .map((file) => file.name);

const queued = (rig: BackgroundsRig, name: string) =>
  rig.service.view().queue.filter((upload) => upload.name === name);

describe('ten places', () => {
  it('are counted before anything is sent: who has none is asked which one to replace', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.fill(2);
      rig.service.add([1, 2, 3, 4].map((shade) => rig.file(`${shade}.png`, picture(shade))));
      await rig.until(({ queue }) => queue.every(({ state }) => state === 'done' || state === 'question'));
      const { queue, quota } = rig.service.view();
      expect(queue.filter((upload) => upload.state === 'done')).toHaveLength(2);
      expect(queue.filter((upload) => upload.question?.kind === 'quota')).toHaveLength(2);
      expect(quota).toEqual({ used: 10, max: 10 });
      expect(await rig.atZoom()).toHaveLength(10);
      // Only the filling and what fitted: Zoom had nothing to refuse.
      expect(new Set(await rig.calls('uploadVBuser'))).toEqual(new Set([201]));
    }));

  it('free themselves: what was asked about goes on when the person deletes one', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.fill();
      rig.service.add([rig.file('new.png', picture(1))]);
      await rig.upload('new.png', 'question');
      expect(await rig.service.delete([rig.service.view().files[3]?.id ?? ''])).toBeUndefined();
      await rig.upload('new.png', 'done');
      expect(await rig.atZoom()).toContain(sha(picture(1)));
    }));

  it('are Zoom’s to count: a place taken by another device leads to the question', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.fill(1);
      await rig.service.refresh();
      await rig.fill();
      rig.service.add([rig.file('new.png', picture(1))]);
      const asked = await rig.upload('new.png', 'question');
      expect(asked.question).toEqual({ kind: 'quota' });
      expect(rig.service.view().quota.used).toBe(10);
      expect((await rig.calls('uploadVBuser')).filter((status) => status === 400)).toHaveLength(1);
    }));

  it('do not matter to an account that does not show them; Zoom’s refusal is told', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.fill(1);
      await rig.fault(
        { kind: 'status', status: 400, code: 200, message: '' },
        { operationId: 'userSettings' },
        99,
      );
      rig.service.add([rig.file('a.png', picture(1))]);
      await rig.upload('a.png', 'done');
      rig.service.add([rig.file('b.png', picture(2))]);
      const failed = await rig.upload('b.png', 'failed');
      expect(failed.error).toMatchObject({
        kind: 'file',
        why: 'A maximum of 10 files are allowed for a user.',
      });
    }));
});

describe('replacing', () => {
  it('deletes the chosen one and takes its place', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.fill();
      rig.service.add([rig.file('new.png', picture(1))]);
      const { id } = await rig.upload('new.png', 'question');
      const fjord = idOf(rig, 'Fjord.png');
      // The default one is replaced as any other.
      expect(defaults(rig)).toEqual(['Fjord.png']);
      rig.service.answer(id, { replace: 'nobody knows this id' });
      expect(queued(rig, 'new.png')[0]?.state).toBe('question');
      rig.service.answer(id, { replace: fjord });
      await rig.upload('new.png', 'done');
      const names = (await rig.state()).me.backgrounds.map((file) => file.name);
      expect(names).toHaveLength(10);
      expect(names).toContain('new.png');
      expect(names).not.toContain('Fjord.png');
    }));

  it('puts the old one back from its copy when the upload then fails', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.fill(1);
      const old = await uploaded(rig, 'old.png', 1);
      rig.service.add([rig.file('new.png', picture(2))]);
      const { id } = await rig.upload('new.png', 'question');
      await rig.fault(
        { kind: 'status', status: 400, code: 120, message: 'Only png.' },
        { operationId: 'uploadVBuser' },
      );
      rig.service.answer(id, { replace: old });
      await rig.until(
        () => queued(rig, 'old.png').length === 2 && queued(rig, 'old.png')[1]?.state === 'done',
      );
      expect(queued(rig, 'new.png')[0]).toMatchObject({
        state: 'failed',
        notes: ['“old.png” was removed to make room for it and is put back.'],
      });
      expect(queued(rig, 'old.png')[1]?.notes).toEqual(['Put back, as “new.png” didn’t take its place.']);
      expect(await rig.atZoom()).toContain(sha(picture(1)));
      expect(await rig.atZoom()).toHaveLength(10);
      rig.service.retry(id);
      expect((await rig.upload('new.png', 'question')).question).toEqual({ kind: 'quota' });
    }));

  it('says plainly when the old one can’t be put back', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.fill();
      const path = rig.file('new.png', picture(2));
      rig.service.add([path]);
      const { id } = await rig.upload('new.png', 'question');
      rmSync(path);
      rig.service.answer(id, { replace: idOf(rig, 'Fjord.png') });
      const failed = await rig.upload('new.png', 'failed');
      expect(failed.notes).toEqual([
        '“Fjord.png” was removed to make room for it and can’t be put back: Tally has no copy of it.',
      ]);
      expect(await rig.atZoom()).toHaveLength(9);
    }));

  it('puts nothing back when the upload broke off and Zoom has it all the same', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.fill(1);
      const old = await uploaded(rig, 'old.png', 1);
      rig.service.add([rig.file('new.png', picture(2))]);
      const { id } = await rig.upload('new.png', 'question');
      await rig.fault({ kind: 'drop', after: true }, { operationId: 'uploadVBuser' });
      rig.service.answer(id, { replace: old });
      await rig.upload('new.png', 'done');
      await rig.service.refresh();
      expect(queued(rig, 'old.png')).toHaveLength(1);
      expect(await rig.atZoom()).toContain(sha(picture(2)));
      expect(await rig.atZoom()).not.toContain(sha(picture(1)));
    }));

  it('goes on when Zoom deleted the old one though the answer was lost', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.fill();
      rig.service.add([rig.file('new.png', picture(2))]);
      const { id } = await rig.upload('new.png', 'question');
      await rig.fault({ kind: 'drop', after: true }, { operationId: 'delUserVB' });
      rig.service.answer(id, { replace: idOf(rig, 'Fjord.png') });
      await rig.upload('new.png', 'done');
      expect(await rig.atZoom()).toHaveLength(10);
    }));

  it('leaves everything as it was when Zoom does not delete the old one', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.fill();
      rig.service.add([rig.file('new.png', picture(2))]);
      const { id } = await rig.upload('new.png', 'question');
      await rig.fault({ kind: 'status', status: 403, message: 'No.' }, { operationId: 'delUserVB' });
      rig.service.answer(id, { replace: idOf(rig, 'Fjord.png') });
      const failed = await rig.upload('new.png', 'failed');
      expect(failed.error?.kind).toBe('forbidden');
      expect(failed.notes).toBeUndefined();
      expect((await rig.state()).me.backgrounds.map((file) => file.name)).toContain('Fjord.png');
    }));

  it('puts the old one back when it is cancelled in between', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.fill(1);
      const old = await uploaded(rig, 'old.png', 1);
      rig.service.add([rig.file('new.png', picture(2))]);
      const { id } = await rig.upload('new.png', 'question');
      const stalled = rig.line.stallUploadAfter(50);
      rig.service.answer(id, { replace: old });
      await stalled;
      rig.service.cancel(id);
      await rig.until(() => queued(rig, 'old.png')[1]?.state === 'done');
      expect(await rig.atZoom()).toContain(sha(picture(1)));
      expect(await rig.atZoom()).not.toContain(sha(picture(2)));
    }));
});

describe('deleting', () => {
  it('takes several in one call and can be undone as far as copies are kept', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.service.refresh();
      const own = [await uploaded(rig, 'a.png', 1), await uploaded(rig, 'b.png', 2)];
      expect(await rig.service.delete([...own, idOf(rig, 'Fjord.png')])).toBeUndefined();
      expect(await rig.calls('delUserVB')).toEqual([204]);
      expect(await rig.atZoom()).toHaveLength(2);
      expect(rig.service.view().undo).toEqual({ count: 2, until: rig.clock.now() + 60_000 });
      rig.service.undo();
      await rig.until(({ queue }) => queue.length === 4 && queue.every((one) => one.state === 'done'));
      expect(await rig.atZoom()).toEqual(expect.arrayContaining([sha(picture(1)), sha(picture(2))]));
      expect(rig.service.view().undo).toBeUndefined();
    }));

  it('can be undone for a minute', () =>
    withBackgrounds(folder(), async (rig) => {
      const id = await uploaded(rig, 'a.png', 1);
      await rig.service.delete([id]);
      await rig.clock.advance(61_000);
      expect(rig.service.view().undo).toBeUndefined();
      rig.service.undo();
      expect(queued(rig, 'a.png')).toHaveLength(1);
    }));

  it('of nothing and of what is not there sends nothing', () =>
    withBackgrounds(folder(), async (rig) => {
      expect(await rig.service.delete([])).toBeUndefined();
      expect(await rig.service.delete(['x'])).toMatchObject({ kind: 'invalid-input' });
      expect(await rig.calls('delUserVB')).toEqual([]);
    }));

  it('takes the default one as any other, and tells where Zoom refuses it', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.service.refresh();
      expect(defaults(rig)).toEqual(['Fjord.png']);
      const id = idOf(rig, 'Fjord.png');
      const message = 'The default cannot be deleted.';
      await rig.fault({ kind: 'status', status: 400, code: 300, message }, { operationId: 'delUserVB' });
      expect(await rig.service.delete([id])).toMatchObject({ zoom: { code: 300, message } });
      expect(defaults(rig)).toEqual(['Fjord.png']);
      expect(await rig.service.delete([id])).toBeUndefined();
      expect(await rig.calls('delUserVB')).toEqual([400, 204]);
      expect(defaults(rig)).toEqual([]);
    }));

  it('takes an upload that Zoom made the default', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.service.refresh();
      await rig.service.delete([idOf(rig, 'Fjord.png')]);
      const id = await uploaded(rig, 'a.png', 1);
      expect(defaults(rig)).toEqual(['a.png']);
      expect(await rig.service.delete([id])).toBeUndefined();
      expect(await rig.atZoom()).not.toContain(sha(picture(1)));
    }));

  it('that was refused leaves them; one whose answer was lost is found out', () =>
    withBackgrounds(folder(), async (rig) => {
      const id = await uploaded(rig, 'a.png', 1);
      await rig.fault({ kind: 'status', status: 403, message: 'No.' }, { operationId: 'delUserVB' });
      expect(await rig.service.delete([id])).toMatchObject({ kind: 'forbidden' });
      expect(rig.service.view().undo).toBeUndefined();
      await rig.fault({ kind: 'drop', after: true }, { operationId: 'delUserVB' });
      expect(await rig.service.delete([id])).toBeUndefined();
      expect(rig.service.view().undo?.count).toBe(1);
      expect(await rig.atZoom()).not.toContain(sha(picture(1)));
    }));

  it('saves what is known of the contents, and forgets what is gone', () =>
    withBackgrounds(folder(), async (rig) => {
      const id = await uploaded(rig, 'a.png', 1);
      expect(rig.saved()?.get(id)).toBe(sha(picture(1)));
      await rig.service.delete([id]);
      expect(rig.saved()?.has(id)).toBe(false);
    }));
});

describe('the list', () => {
  it('is asked for whole where the short answer has no files, and once for all', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.patch({ queriedGroups: 'values' });
      await rig.service.refresh();
      expect(rig.service.view().files.map(({ name }) => name)).toContain('Fjord.png');
      await rig.service.refresh();
      const asked = (await rig.state()).requests.filter(({ operationId }) => operationId === 'userSettings');
      expect(asked.map(({ query }) => Object.keys(query))).toEqual([['custom_query_fields'], [], []]);
    }));

  it('may be left out of the whole answer where it is empty', () =>
    withBackgrounds(folder(), async (rig) => {
      const body = JSON.stringify({ in_meeting: { virtual_background_settings: { enable: true } } });
      await rig.fault({ kind: 'status', status: 200, body }, { operationId: 'userSettings' }, 2);
      await rig.service.refresh();
      expect(rig.service.view()).toMatchObject({ phase: 'ready', files: [] });
    }));
});

describe('the queue', () => {
  it('knows after a restart which content a background has', () => {
    const place = folder();
    const practiceId = 'id-of-before';
    return withBackgrounds(
      place,
      async (rig) => {
        const file = { id: practiceId, name: 'before.png', size: 5, type: 'image', is_default: false };
        const body = JSON.stringify({ in_meeting: { virtual_background_settings: { files: [file] } } });
        await rig.fault({ kind: 'status', status: 200, body }, { operationId: 'userSettings' });
        rig.service.add([rig.file('again.png', picture(1))]);
        const asked = await rig.until(
          ({ queue }) => queue[0]?.question !== undefined || queue[0]?.state === 'done',
        );
        expect(asked.queue[0]?.question).toEqual({ kind: 'duplicate', of: 'before.png' });
      },
      { contents: new Map([[practiceId, sha(picture(1))]]) },
    );
  });

  it('forgets finished uploads when asked, and only those', () =>
    withBackgrounds(folder(), async (rig) => {
      await rig.fill(1);
      await uploaded(rig, 'a.png', 1);
      rig.service.add([rig.file('b.png', picture(2))]);
      const { id } = await rig.upload('b.png', 'question');
      rig.service.remove(id);
      expect(queued(rig, 'b.png')).toHaveLength(1);
      rig.service.clear();
      expect(rig.service.view().queue.map((upload) => upload.name)).toEqual(['b.png']);
      rig.service.answer(id, 'skip');
      rig.service.remove(id);
      expect(rig.service.view().queue).toEqual([]);
    }));
});
