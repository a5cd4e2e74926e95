import { describe, expect, it } from 'vitest';
import type { ZoomResult } from '../../electron/core/zoom/client.ts';
import type { Fault } from '../../electron/practice/fault-schema.ts';
import { type TallyError, tallyError } from '../../shared/errors.ts';
import { clientAt, startServer } from '../support/scripted-server.ts';
import { withSettings } from '../support/settings-rig.ts';

const hostVideo = 'settings:schedule_meeting.host_video' as const;
const chime = 'settings:in_meeting.entry_exit_chime' as const;
const waitingRoom = 'meeting_security:meeting_security.waiting_room' as const;
const table = 'meeting_authentication:authentication_options' as const;
const locked = 'settings:in_meeting.e2e_encryption' as const;

/** Sends a change to a port at which nobody listens. */
async function sendNowhere(): Promise<ZoomResult<never>> {
  const closed = await startServer((response) => response.end());
  await closed.close();
  const body = { schedule_meeting: { host_video: false } } as never;
  return (await clientAt(closed.url).client.call('userSettingsUpdate', { body })) as ZoomResult<never>;
}

describe('a save that does not go well', () => {
  it('saves the others where one is locked, and keeps that one as an edit', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      const value = rig.view().values[locked] !== true;
      rig.edit(locked, value);
      rig.edit(hostVideo, false);
      const view = await rig.save();
      expect(view.locked[locked]).toMatch(/locked by the account administrator/);
      expect(view.edits).toEqual({ [locked]: value });
      expect(view.problem).toMatchObject({
        kind: 'forbidden',
        what: expect.stringMatching(/^1 of 2 changes was saved/),
      });
      expect(await rig.atZoom()).toMatchObject({ schedule_meeting: { host_video: false } });
      expect(view.history[0]?.changes).toEqual([{ key: hostVideo, before: true, after: false }]);
      // It is not sent again, and cannot be edited.
      rig.edit(chime, 'host');
      const before = (await rig.patches()).length;
      await rig.save();
      expect((await rig.patches()).slice(before).map(({ body }) => body)).toEqual([
        { in_meeting: { entry_exit_chime: 'host' } },
      ]);
      rig.edit(locked, !value);
      expect(rig.view().problem?.what).toMatch(/locked/);
    });
  });

  it('puts Zoom’s complaint at the setting that it is about', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(chime, 'host');
      rig.edit(hostVideo, false);
      await rig.fault(
        {
          kind: 'status',
          status: 400,
          body: JSON.stringify({
            code: 300,
            message: 'Validation Failed.',
            errors: [{ field: 'in_meeting.entry_exit_chime', message: 'Invalid field.' }],
          }),
        },
        { operationId: 'userSettingsUpdate' },
      );
      const { invalid, edits, problem, history } = await rig.save();
      expect(invalid).toEqual({ [chime]: 'Zoom doesn’t take this value.' });
      expect(Object.keys(edits)).toHaveLength(2);
      expect(problem?.kind).toBe('invalid-input');
      expect(history).toEqual([]);
      rig.edit(chime, 'all');
      expect(rig.view().invalid).toEqual({});
      expect((await rig.save()).edits).toEqual({});
    });
  });

  it.each<[string, Fault, string]>([
    ['a limit', { kind: 'rate-limit', variant: 'daily' }, 'daily-limit'],
    ['trouble at Zoom', { kind: 'status', status: 503 }, 'zoom-down'],
    [
      'a missing permission',
      {
        kind: 'status',
        status: 400,
        code: 4711,
        message: 'Invalid access token, does not contain scopes:[user:update:settings].',
      },
      'missing-scope',
    ],
  ])('keeps the edits over %s', async (_name, fault, kind) => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(hostVideo, false);
      await rig.fault(fault, { operationId: 'userSettingsUpdate' }, 4);
      const { problem, edits, history } = await rig.save();
      expect(problem?.kind).toBe(kind);
      if (kind === 'daily-limit') expect(problem?.retryAt).toBeGreaterThan(rig.clock.now());
      expect({ edits, history }).toEqual({ edits: { [hostVideo]: false }, history: [] });
      await rig.control('DELETE', '/faults');
      expect((await rig.save()).edits).toEqual({});
    });
  });

  it('knows that it was saved although the answer was lost', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(hostVideo, false);
      await rig.fault({ kind: 'drop', after: true }, { operationId: 'userSettingsUpdate' });
      const { problem, edits, history, kept } = await rig.save();
      expect({ problem, edits, kept }).toEqual({ problem: undefined, edits: {}, kept: {} });
      expect(history[0]?.changes).toEqual([{ key: hostVideo, before: true, after: false }]);
    });
  });

  it('says that it does not know, and finds out, where Zoom cannot be asked either', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(hostVideo, false);
      await rig.fault({ kind: 'drop', after: true }, { operationId: 'userSettingsUpdate' });
      rig.onCall(async (operation) => {
        if (operation !== 'userSettingsUpdate') return undefined;
        rig.onCall(() => undefined);
        await rig.fault({ kind: 'drop' }, { operationId: 'userSettings' }, 3);
        return undefined;
      });
      const { problem, edits } = await rig.save();
      expect(problem?.what).toBe('It isn’t known whether Zoom took the changes.');
      expect(edits).toEqual({ [hostVideo]: false });
      await rig.clock.advance(30_000);
      const { history } = await rig.until((view) => Object.keys(view.edits).length === 0);
      expect(history[0]?.changes).toEqual([{ key: hostVideo, before: true, after: false }]);
    });
  });

  it.each<[string, TallyError, number]>([
    ['refuses for good', tallyError('forbidden', 'No.'), 0],
    ['has had too many calls', tallyError('daily-limit', 'No.', { retryAt: Date.UTC(2026, 0, 16) }), 0],
    [
      'wants no more calls for a month',
      tallyError('zoom-down', 'No.', { retryAt: Date.UTC(2026, 1, 16) }),
      0,
    ],
    // Every half a minute, all of the four views.
    ['has trouble', tallyError('zoom-down', 'No.'), 480],
  ])('asks again what became of it, but not for ever where Zoom %s', async (_, error, times) => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(hostVideo, false);
      let asked = 0;
      let isLost = false;
      rig.onCall((operation) => {
        if (operation === 'userSettings' && isLost) {
          asked += 1;
          return { ok: false, reached: 'yes', error };
        }
        if (operation !== 'userSettingsUpdate') return undefined;
        isLost = true;
        return { ok: false, reached: 'perhaps', error: tallyError('network', 'Lost.') };
      });
      expect((await rig.save()).problem?.what).toBe('It isn’t known whether Zoom took the changes.');
      await rig.clock.advance(30_000);
      asked = 0;
      await rig.clock.advance(60 * 60_000);
      expect(asked).toBe(times);
      expect(rig.view().edits).toEqual({ [hostVideo]: false });
    });
  });

  it('asks again after a month where Zoom wanted no call until then', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(hostVideo, false);
      const retryAt = Date.UTC(2026, 1, 16);
      let asked = 0;
      let isLost = false;
      rig.onCall((operation) => {
        if (operation === 'userSettings' && isLost) {
          asked += 1;
          return { ok: false, reached: 'yes', error: tallyError('zoom-down', 'No.', { retryAt }) };
        }
        if (operation !== 'userSettingsUpdate') return undefined;
        isLost = true;
        return { ok: false, reached: 'perhaps', error: tallyError('network', 'Lost.') };
      });
      await rig.save();
      await rig.clock.advance(60 * 60_000);
      asked = 0;
      rig.clock.jump(retryAt - rig.clock.now());
      await rig.clock.advance(60_000);
      expect(asked).toBeGreaterThan(0);
    });
  });

  it('tells exactly what was saved where a later view fails', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(hostVideo, false);
      rig.edit(waitingRoom, false);
      let count = 0;
      rig.onCall(async (operation) => {
        count += operation === 'userSettingsUpdate' ? 1 : 0;
        if (count === 2) {
          rig.onCall(() => undefined);
          await rig.fault(
            { kind: 'status', status: 400, code: 1010, message: 'Not now' },
            { operationId: 'userSettingsUpdate' },
          );
        }
        return undefined;
      });
      const { problem, edits, history } = await rig.save();
      expect(problem?.what).toMatch(/^1 of 2 changes was saved\. /);
      expect(edits).toEqual({ [waitingRoom]: false });
      expect(history[0]?.changes).toEqual([{ key: hostVideo, before: true, after: false }]);
    });
  });

  it('shows what Zoom kept otherwise', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(chime, 'host');
      rig.edit(hostVideo, false);
      let count = 0;
      rig.onCall(async (operation) => {
        count += operation === 'userSettings' ? 1 : 0;
        // After the PATCH and before it is read back.
        if (count === 2) await rig.elsewhere({ in_meeting: { entry_exit_chime: 'none' } });
        return undefined;
      });
      const { kept, edits, values, history } = await rig.save();
      expect(kept).toEqual({ [chime]: { sent: 'host' } });
      expect(values[chime]).toBe('none');
      expect(edits).toEqual({});
      expect(history[0]?.changes).toEqual([{ key: hostVideo, before: true, after: false }]);
    });
  });

  it('loses nothing when it is killed between the PATCH and its answer', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(hostVideo, false);
      await rig.fault({ kind: 'hold', when: 'after' }, { operationId: 'userSettingsUpdate' });
      rig.run({ type: 'settings.save' });
      for (;;) {
        const { requests } = await rig.state();
        if (requests.some((one) => one.operationId === 'userSettingsUpdate')) break;
      }
      rig.restart();
      expect(rig.view().edits).toEqual({ [hostVideo]: false });
      const { edits, history } = await rig.open();
      expect(edits).toEqual({});
      expect(history[0]?.changes).toEqual([{ key: hostVideo, before: true, after: false }]);
      await rig.undo();
      expect(await rig.atZoom()).toMatchObject({ schedule_meeting: { host_video: true } });
    });
  });

  it('does not take an answer from before the save for what Zoom has', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(hostVideo, false);
      const gate = Promise.withResolvers<void>();
      rig.onCall(async (_operation, option) => {
        if (option) return undefined;
        rig.onCall(() => undefined);
        const data = await rig.atZoom();
        await gate.promise;
        return { ok: true, status: 200, data } as never;
      });
      rig.run({ type: 'settings.open' });
      await rig.save();
      gate.resolve();
      await new Promise(setImmediate);
      expect(rig.view().values[hostVideo]).toBe(false);
    });
  });

  it('leaves what is typed while it saves for the next save', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(chime, 'host');
      rig.onCall((operation) => {
        if (operation !== 'userSettingsUpdate') return undefined;
        rig.onCall(() => undefined);
        rig.edit(chime, 'all');
        rig.edit(hostVideo, false);
        return undefined;
      });
      const { edits, conflicts } = await rig.save();
      expect({ edits, conflicts }).toEqual({ edits: { [chime]: 'all', [hostVideo]: false }, conflicts: {} });
      expect((await rig.save()).edits).toEqual({});
      expect(await rig.atZoom()).toMatchObject({ in_meeting: { entry_exit_chime: 'all' } });
    });
  });

  it('loses nothing that is typed while it reads back', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(chime, 'host');
      rig.onCall(async (operation) => {
        if (operation !== 'userSettingsUpdate') return undefined;
        rig.onCall(async () => {
          rig.onCall(() => undefined);
          // The service waits for the answer by now.
          await new Promise(setImmediate);
          rig.edit(chime, 'all');
          rig.edit(hostVideo, false);
          return undefined;
        });
        return undefined;
      });
      const { edits, conflicts } = await rig.save();
      expect({ edits, conflicts }).toEqual({ edits: { [chime]: 'all', [hostVideo]: false }, conflicts: {} });
    });
  });

  it('keeps the edits while offline, over a restart too, and sends nothing', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(hostVideo, false);
      rig.onCall(() => ({
        ok: false,
        reached: 'no',
        error: tallyError('network', 'Zoom couldn’t be reached.'),
      }));
      const failed = { problem: { kind: 'network' }, edits: { [hostVideo]: false } };
      expect(await rig.save()).toMatchObject({ ...failed, phase: 'ready' });
      rig.restart();
      expect(await rig.save()).toMatchObject(failed);
      expect(await rig.patches()).toEqual([]);
      rig.onCall(() => undefined);
      expect(await rig.save()).toMatchObject({ edits: {} });
      expect(rig.view().problem).toBeUndefined();
    });
  });

  it('says that Zoom could not be reached where a save surely did not arrive, and keeps the edits', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(hostVideo, false);
      rig.edit(
        table,
        (rig.view().values[table] as readonly object[]).map((option) => ({
          ...option,
          visible: true,
          name: `Us`,
        })) as never,
      );
      rig.onCall((operation) => (operation === 'userSettingsUpdate' ? sendNowhere() : undefined));
      const before = rig.calls().length;
      const { problem, edits, history } = await rig.save();
      expect(problem).toEqual(tallyError('network', 'Zoom couldn’t be reached.'));
      expect(Object.keys(edits)).toEqual([hostVideo, table]);
      expect({ history, patches: await rig.patches() }).toEqual({ history: [], patches: [] });
      // Nothing was sent, so there is nothing to ask for.
      expect(rig.calls().slice(before).at(-1)).toBe('userSettingsUpdate');
      await rig.clock.advance(60_000);
      expect(rig.calls().at(-1)).toBe('userSettingsUpdate');
      rig.onCall(() => undefined);
      expect(await rig.save()).toMatchObject({ edits: {} });
      expect(rig.view().problem).toBeUndefined();
    });
  });

  it('knows what Zoom has where it went out of reach between two parts of a table', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      const changed = (rig.view().values[table] as readonly Record<string, unknown>[]).map((option) => ({
        ...option,
        name: `${option.name}!`,
      }));
      rig.edit(table, changed as never);
      let count = 0;
      rig.onCall((operation) => {
        count += operation === 'userSettingsUpdate' ? 1 : 0;
        return count === 2 && operation === 'userSettingsUpdate' ? sendNowhere() : undefined;
      });
      const { problem, edits, history, values, conflicts } = await rig.save();
      expect(problem?.what).toBe('Zoom couldn’t be reached.');
      expect(edits).toEqual({ [table]: changed });
      expect(history[0]?.changes[0]?.after).toEqual(values[table]);
      expect((values[table] as typeof changed)[0]?.name).toBe(changed[0]?.name);
      expect(conflicts).toEqual({});
      expect(await rig.save()).toMatchObject({ edits: {} });
    });
  });

  it('saves a setting that can only be written, which cannot be undone', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit('settings:in_meeting.auto_answer', true);
      const { edits, kept, history } = await rig.save();
      expect({ edits, kept }).toEqual({ edits: {}, kept: {} });
      expect((await rig.patches())[0]?.body).toEqual({ in_meeting: { auto_answer: true } });
      expect(history[0]?.changes).toEqual([{ key: 'settings:in_meeting.auto_answer', after: true }]);
      expect((await rig.undo()).problem?.what).toMatch(/can’t be undone/);
      expect(await rig.patches()).toHaveLength(1);
    });
  });

  it('goes no further when it is stopped between two PATCHes, and knows at the next start what was saved', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(hostVideo, false);
      rig.edit(waitingRoom, false);
      let count = 0;
      rig.onCall((operation) => {
        count += operation === 'userSettingsUpdate' ? 1 : 0;
        if (count === 2) rig.service.stop();
        return undefined;
      });
      rig.run({ type: 'settings.save' });
      while (count < 2) await new Promise(setImmediate);
      rig.onCall(() => undefined);
      rig.restart();
      const { edits, history } = await rig.open();
      expect((await rig.patches()).map(({ option }) => option)).toEqual([undefined]);
      expect(edits).toEqual({ [waitingRoom]: false });
      expect(history[0]?.changes).toEqual([{ key: hostVideo, before: true, after: false }]);
    });
  });

  it('sends nothing once it is stopped', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(hostVideo, false);
      rig.run({ type: 'settings.save' });
      rig.service.stop();
      rig.run({ type: 'settings.save' });
      rig.run({ type: 'settings.open' });
      await rig.clock.advance(60_000);
      expect(await rig.patches()).toEqual([]);
    });
  });
});
