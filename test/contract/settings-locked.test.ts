import { describe, expect, it } from 'vitest';
import { leavesOf } from '../../electron/practice/state/settings.ts';
import type { SettingKey } from '../../shared/settings.ts';
import { type SettingsRig, withSettings } from '../support/settings-rig.ts';

const keys = [
  'settings:schedule_meeting.host_video',
  'settings:schedule_meeting.participants_video',
  'settings:in_meeting.annotation',
  'settings:in_meeting.breakout_room',
  'settings:in_meeting.closed_caption',
  'settings:in_meeting.co_host',
  'settings:in_meeting.feedback',
  'settings:in_meeting.whiteboard',
] as const;
const annotation = 'settings:in_meeting.annotation';

/** Opens the settings and turns each of these over. */
async function turnOver(rig: SettingsRig, some: readonly SettingKey[]): Promise<void> {
  await rig.open();
  for (const key of some) rig.edit(key, rig.view().values[key] !== true);
}

/** The paths in each PATCH, and its status. */
async function sent(rig: SettingsRig) {
  return (await rig.patches()).map(({ body, status }) => ({ paths: leavesOf(body as never), status }));
}

describe('a locked setting that Zoom does not name', () => {
  it.each(keys)('is found, whichever it is (%s), and the others are saved once', (locked) =>
    withSettings({}, async (rig) => {
      await rig.patch({ locked: [locked.slice('settings:'.length)], lockedAnswer: 'unnamed' });
      await turnOver(rig, keys);
      const wish = rig.view().edits;
      const { edits, locked: shut, problem, values, history } = await rig.save();
      expect(edits).toEqual({ [locked]: wish[locked] });
      expect(shut).toEqual({ [locked]: 'This setting is locked by the account administrator.' });
      expect(problem?.what).toMatch(/^7 of 8 changes were saved\. “.+” is locked by the administrator/);
      for (const key of keys) expect(values[key] === wish[key]).toBe(key !== locked);
      expect(history[0]?.changes).toHaveLength(7);
      const patches = await sent(rig);
      const taken = patches.filter(({ status }) => status === 204).flatMap(({ paths }) => paths);
      expect(new Set(taken).size).toBe(taken.length);
      // The whole, and then two halves three times.
      expect(patches).toHaveLength(7);
    }),
  );

  it('is found among others of its kind, and in each view', () =>
    withSettings({}, async (rig) => {
      const waitingRoom = 'meeting_security:meeting_security.waiting_room';
      await rig.patch({
        locked: ['in_meeting.annotation', 'in_meeting.whiteboard', 'meeting_security.waiting_room'],
        lockedAnswer: 'unnamed',
      });
      await turnOver(rig, [...keys, waitingRoom, 'meeting_security:meeting_security.pmi_password']);
      const { edits, locked, problem } = await rig.save();
      const shut = [annotation, 'settings:in_meeting.whiteboard', waitingRoom];
      expect(Object.keys(edits).sort()).toEqual([...shut].sort());
      expect(Object.keys(locked).sort()).toEqual([...shut].sort());
      expect(problem?.what).toMatch(/^7 of 10 changes were saved\. “.+”, “.+”, and “.+” are locked/);
    }));

  it('is told as taken otherwise where Zoom takes it without effect', () =>
    withSettings({}, async (rig) => {
      await rig.patch({ locked: ['in_meeting.annotation'], lockedAnswer: 'ignored' });
      await turnOver(rig, keys);
      const wish = rig.view().edits;
      const { edits, kept, problem, history } = await rig.save();
      expect({ edits, problem }).toEqual({ edits: {}, problem: undefined });
      expect(kept).toEqual({ [annotation]: { sent: wish[annotation] } });
      expect(history[0]?.changes).toHaveLength(7);
      expect(await sent(rig)).toHaveLength(1);
    }));
});

describe('a refusal of one setting in other words', () => {
  const large = 'settings:feature.large_meeting';

  it('is told with the setting, and the others are saved', () =>
    withSettings({}, async (rig) => {
      await rig.patch({ type: 1 });
      await turnOver(rig, [...keys, large]);
      const { edits, invalid, locked, problem } = await rig.save();
      const words = 'Large meetings need a Licensed or On-prem user.';
      expect(edits).toEqual({ [large]: true });
      expect({ invalid, locked }).toEqual({
        invalid: { [large]: `Zoom refused this: ${words}` },
        locked: {},
      });
      expect(problem).toMatchObject({
        what: expect.stringMatching(/^8 of 9 .* Zoom refused “.+”\.$/),
        why: words,
      });
    }));

  it('is told once where Zoom refuses all of them', () =>
    withSettings({}, async (rig) => {
      await rig.fault(
        { kind: 'status', status: 400, code: 200, message: 'No permission.' },
        { operationId: 'userSettingsUpdate' },
        100,
      );
      await turnOver(rig, keys);
      const { edits, invalid, locked, problem, history } = await rig.save();
      expect(Object.keys(edits)).toHaveLength(keys.length);
      expect({ invalid, locked, history }).toEqual({ invalid: {}, locked: {}, history: [] });
      expect(problem).toMatchObject({ kind: 'forbidden', what: 'Your Zoom account doesn’t allow this.' });
      expect((await sent(rig)).length).toBeLessThan(2 * keys.length);
    }));

  it('does not take what needs a setting before that setting', () =>
    withSettings({}, async (rig) => {
      const days = 'settings:recording.auto_delete_cmr_days';
      const needed = 'settings:recording.auto_delete_cmr';
      await rig.patch({
        locked: ['in_meeting.annotation'],
        lockedAnswer: 'unnamed',
        settings: { recording: { auto_delete_cmr: false, cloud_recording: true } },
      });
      await rig.open();
      rig.edit(days, 60);
      rig.edit(annotation, rig.view().values[annotation] !== true);
      rig.edit(needed, true);
      expect((await rig.save()).problem?.what).toMatch(/^2 of 3 changes were saved/);
      expect(await rig.atZoom()).toMatchObject({
        recording: { auto_delete_cmr: true, auto_delete_cmr_days: 60 },
      });
    }));
});
