import { describe, expect, it } from 'vitest';
import { tallyError } from '../../shared/errors.ts';
import { type SettingsRig, withSettings } from '../support/settings-rig.ts';

const former = 'settings:in_meeting.waiting_room' as const;
const present = 'meeting_security:meeting_security.waiting_room' as const;
const length = 'schedule_meeting.meeting_password_requirement.length';

/** A file that another account's settings were saved to. */
function file(values: object) {
  const content = {
    tally: 'settings',
    version: 1,
    savedAt: '2026-01-02T03:04:05.000Z',
    from: 'x@example.org',
  };
  return { name: 'old.json', text: JSON.stringify({ ...content, values }) };
}

async function compared(rig: SettingsRig, values: object) {
  rig.run({ type: 'settings.compare-end' });
  rig.files.opens = file(values);
  rig.run({ type: 'settings.compare' });
  const { comparison } = await rig.until((view) => view.comparison !== undefined);
  return comparison?.differences;
}

/** A Zoom that does not know the view. */
function withoutView(rig: SettingsRig): void {
  rig.onCall((_operation, option) =>
    option === 'meeting_security'
      ? { ok: false, reached: 'yes', error: tallyError('forbidden', 'No.') }
      : undefined,
  );
}

describe('a setting that Zoom has twice', () => {
  it('is told the same at both places, after a save and its undo as well, by one call each', async () => {
    await withSettings({}, async (rig) => {
      const { values } = await rig.open();
      expect([values[former], values[present]]).toEqual([true, true]);
      rig.edit(present, false);
      const saved = await rig.save();
      expect([saved.values[former], saved.values[present]]).toEqual([false, false]);
      expect(saved.problem).toBeUndefined();
      const { values: back } = await rig.undo();
      expect([back[former], back[present]]).toEqual([true, true]);
      expect(await rig.patches()).toEqual([
        { status: 204, option: 'meeting_security', body: { meeting_security: { waiting_room: false } } },
        { status: 204, option: 'meeting_security', body: { meeting_security: { waiting_room: true } } },
      ]);
    });
  });

  it('is written at its former place by accounts that tell it there alone', async () => {
    await withSettings({}, async (rig) => {
      withoutView(rig);
      const { values } = await rig.open();
      expect([values[former], values[present]]).toEqual([true, undefined]);
      rig.edit(former, false);
      await rig.save();
      expect((await rig.patches()).map(({ body }) => body)).toEqual([
        { in_meeting: { waiting_room: false } },
      ]);
      expect(await rig.atZoom('meeting_security')).toMatchObject({
        meeting_security: { waiting_room: false },
      });
    });
  });

  it('is one difference to a file, where it counts for this account, wherever the file has it', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      const one = [{ key: present, before: true, after: false }];
      expect(await compared(rig, { [former]: false })).toEqual(one);
      expect(await compared(rig, { [present]: false, [former]: true })).toEqual(one);
      expect(await compared(rig, { [present]: true, [former]: false })).toEqual([]);
      const key = `meeting_security:meeting_security.${length.slice('schedule_meeting.'.length)}`;
      expect(await compared(rig, { [`settings:${length}`]: 12 })).toEqual([{ key, before: 8, after: 12 }]);
      await compared(rig, { [former]: false });
      rig.run({ type: 'settings.apply', keys: [present] });
      expect(rig.view().edits).toEqual({ [present]: false });
    });
  });

  it('is compared at its former place where the account has it there alone', async () => {
    await withSettings({}, async (rig) => {
      withoutView(rig);
      await rig.open();
      expect(await compared(rig, { [present]: false, [former]: false })).toEqual([
        { key: former, before: true, after: false },
      ]);
    });
  });
});
