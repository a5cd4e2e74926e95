import { describe, expect, it } from 'vitest';
import { withSettings } from '../support/settings-rig.ts';

const hostVideo = 'settings:schedule_meeting.host_video' as const;
const chime = 'settings:in_meeting.entry_exit_chime' as const;
const chat = 'settings:in_meeting.webinar_chat.enable' as const;
const waitingRoom = 'meeting_security:meeting_security.waiting_room' as const;
const table = 'meeting_authentication:authentication_options' as const;
const only = 'meeting_authentication:meeting_authentication' as const;

type Options = readonly Record<string, unknown>[];

describe('saving', () => {
  it('sends one PATCH with exactly the changed settings, and one for each further view', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(hostVideo, false);
      rig.edit(chat, false);
      rig.edit(chime, 'host');
      rig.edit(waitingRoom, false);
      rig.edit(only, false);
      const { edits, problem, values, history, kept } = await rig.save();
      expect(await rig.patches()).toEqual([
        {
          status: 204,
          option: undefined,
          body: {
            schedule_meeting: { host_video: false },
            in_meeting: { webinar_chat: { enable: false }, entry_exit_chime: 'host' },
          },
        },
        { status: 204, option: 'meeting_security', body: { meeting_security: { waiting_room: false } } },
        { status: 204, option: 'meeting_authentication', body: { meeting_authentication: false } },
      ]);
      expect({ edits, problem, kept }).toEqual({ edits: {}, problem: undefined, kept: {} });
      expect(values).toMatchObject({ [hostVideo]: false, [waitingRoom]: false });
      expect(history[0]?.changes).toContainEqual({ key: chime, before: 'none', after: 'host' });
      expect(history[0]?.changes).toHaveLength(5);
    });
  });

  it('changes ways of signing in one at a time', async () => {
    await withSettings({}, async (rig) => {
      const { values } = await rig.open();
      const [first, second] = values[table] as Options;
      const after = [
        { ...first, default_option: false, visible: false },
        { ...second, name: 'Us alone', default_option: true },
      ];
      rig.edit(table, after as never);
      const { problem, history } = await rig.save();
      expect(problem).toBeUndefined();
      expect((await rig.patches()).map(({ body }) => body)).toEqual([
        {
          authentication_option: { action: 'update', id: second?.id, name: 'Us alone', default_option: true },
        },
        { authentication_option: { action: 'hide', id: first?.id } },
      ]);
      expect((await rig.atZoom('meeting_authentication')).authentication_options).toEqual(after);
      expect(history).toHaveLength(1);
      await rig.undo();
      expect((await rig.atZoom('meeting_authentication')).authentication_options).toEqual([first, second]);
      rig.edit(table, [first] as never);
      expect(rig.view().invalid[table]).toMatch(/not added or removed/);
    });
  });

  it('shows a conflict and sends nothing until a side is chosen', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(chime, 'host');
      rig.edit(hostVideo, false);
      await rig.elsewhere({ in_meeting: { entry_exit_chime: 'all' } });
      const { conflicts, problem, values, edits } = await rig.save();
      expect(conflicts).toEqual({ [chime]: { was: 'none' } });
      expect(values[chime]).toBe('all');
      expect(edits).toEqual({ [chime]: 'host', [hostVideo]: false });
      expect(problem?.kind).toBe('conflict');
      expect(await rig.patches()).toEqual([]);
      rig.run({ type: 'settings.resolve', key: chime, take: 'mine' });
      expect(rig.view().conflicts).toEqual({});
      await rig.save();
      expect(await rig.atZoom()).toMatchObject({
        in_meeting: { entry_exit_chime: 'host' },
        schedule_meeting: { host_video: false },
      });
      expect(rig.view().history[0]?.changes).toContainEqual({ key: chime, before: 'all', after: 'host' });
    });
  });

  it('takes Zoom’s side of a conflict, and sees one after a restart', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(chime, 'host');
      rig.restart();
      await rig.elsewhere({ in_meeting: { entry_exit_chime: 'all' } });
      expect((await rig.open()).conflicts).toEqual({ [chime]: { was: 'none' } });
      rig.run({ type: 'settings.resolve', key: chime, take: 'zoom' });
      expect(rig.view()).toMatchObject({ edits: {}, conflicts: {} });
    });
  });

  it('is no conflict where somebody else chose the same value', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(chime, 'host');
      rig.edit(hostVideo, false);
      await rig.elsewhere({ in_meeting: { entry_exit_chime: 'host' } });
      expect(await rig.save()).toMatchObject({ edits: {}, conflicts: {} });
      expect((await rig.patches())[0]?.body).toEqual({ schedule_meeting: { host_video: false } });
    });
  });
});

describe('undoing', () => {
  it('sends the former values of exactly the saved settings, also after a restart, and can be undone', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(chime, 'host');
      rig.edit(waitingRoom, false);
      await rig.save();
      rig.edit(hostVideo, false);
      rig.restart();
      const { history, edits } = await rig.undo();
      expect((await rig.patches()).slice(2)).toEqual([
        { status: 204, option: undefined, body: { in_meeting: { entry_exit_chime: 'none' } } },
        { status: 204, option: 'meeting_security', body: { meeting_security: { waiting_room: true } } },
      ]);
      expect(edits).toEqual({ [hostVideo]: false });
      expect(history).toHaveLength(2);
      await rig.undo();
      expect(await rig.atZoom()).toMatchObject({ in_meeting: { entry_exit_chime: 'host' } });
    });
  });

  it('sends nothing where a setting was changed since, and offers the former values as edits', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(chime, 'host');
      rig.edit(hostVideo, false);
      await rig.save();
      await rig.elsewhere({ in_meeting: { entry_exit_chime: 'all' } });
      const before = (await rig.patches()).length;
      const { problem, edits, conflicts } = await rig.undo();
      expect(problem?.kind).toBe('conflict');
      expect({ edits, conflicts }).toEqual({ edits: { [chime]: 'none', [hostVideo]: true }, conflicts: {} });
      expect(await rig.patches()).toHaveLength(before);
      await rig.save();
      expect(await rig.atZoom()).toMatchObject({ in_meeting: { entry_exit_chime: 'none' } });
    });
  });

  it('keeps the newest ten saves', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      for (let count = 0; count < 12; count += 1) {
        rig.edit(hostVideo, count % 2 === 1);
        await rig.save();
      }
      expect(rig.view().history).toHaveLength(10);
      rig.restart();
      expect(rig.view().history).toHaveLength(10);
      expect(rig.view().history[0]?.changes[0]).toEqual({ key: hostVideo, before: false, after: true });
    });
  });
});
