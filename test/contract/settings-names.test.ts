import { describe, expect, it } from 'vitest';
import { withSettings } from '../support/settings-rig.ts';

const today = 'settings:in_meeting.request_permission_to_unmute_participants';
const former = 'settings:in_meeting.request_permission_to_unmute';

describe('a setting that Zoom has renamed', () => {
  it.each([
    ['today', 'request_permission_to_unmute_participants'],
    ['2022', 'request_permission_to_unmute'],
  ] as const)('is one row, and is written by the name that the account tells: %s', async (vintage, name) => {
    await withSettings({ vintage }, async (rig) => {
      const { values } = await rig.open();
      expect(values[today]).toBe(true);
      expect(values).not.toHaveProperty([former]);
      rig.edit(today, false);
      expect(await rig.save()).toMatchObject({ edits: {}, history: [{ changes: [{ key: today }] }] });
      await rig.undo();
      expect((await rig.patches()).map(({ body, status }) => [body, status])).toEqual([
        [{ in_meeting: { [name]: false } }, 204],
        [{ in_meeting: { [name]: true } }, 204],
      ]);
    });
  });

  it('is locked by either name', async () => {
    await withSettings({ vintage: '2022' }, async (rig) => {
      await rig.open();
      await rig.patch({ locked: ['in_meeting.request_permission_to_unmute'] });
      rig.edit(today, false);
      rig.edit('settings:in_meeting.chat', false);
      const { locked, values } = await rig.save();
      expect(Object.keys(locked)).toEqual([today]);
      expect(values['settings:in_meeting.chat']).toBe(false);
    });
  });

  it('is known by its former name in what was kept and in a file', async () => {
    await withSettings({}, async (rig) => {
      const changes = [{ key: former, before: true, after: false }];
      rig.restart({
        edits: { [former]: { value: false, base: true } },
        history: [{ id: 'a', at: 1, changes }],
      });
      expect(await rig.open()).toMatchObject({
        edits: { [today]: false },
        invalid: {},
        history: [{ changes: [{ key: today }] }],
      });
      rig.run({ type: 'settings.revert', keys: [today] });
      const file = { tally: 'settings', version: 1, savedAt: '2026-01-01T00:00:00Z', from: 'a@b.example' };
      rig.files.opens = { name: 'old.json', text: JSON.stringify({ ...file, values: { [former]: false } }) };
      rig.run({ type: 'settings.compare' });
      const { comparison } = await rig.until((view) => view.comparison !== undefined);
      expect(comparison).toMatchObject({
        differences: [{ key: today, before: true, after: false }],
        fixed: {},
      });
    });
  });

  it('counts by its name of today where Zoom tells both', async () => {
    await withSettings({ vintage: 'today' }, async (rig) => {
      await rig.patch({ settings: { in_meeting: { request_permission_to_unmute: false } } });
      const { values } = await rig.open();
      expect(values[today]).toBe(true);
      expect(values).not.toHaveProperty([former]);
    });
  });
});
