import { describe, expect, it } from 'vitest';
import { tallyError } from '../../shared/errors.ts';
import type { SettingKey, SettingValue } from '../../shared/settings.ts';
import { findSecrets } from '../support/desktop/canaries.ts';
import { withSettings } from '../support/settings-rig.ts';

const hostVideo = 'settings:schedule_meeting.host_video' as const;
const chime = 'settings:in_meeting.entry_exit_chime' as const;
const waitingRoom = 'meeting_security:meeting_security.waiting_room' as const;

describe('reading', () => {
  it('shows all settings and the three further views, each setting by itself', async () => {
    await withSettings({}, async (rig) => {
      expect(rig.view().phase).toBe('unknown');
      const { values, phase, readAt } = await rig.open();
      expect(phase).toBe('ready');
      expect(readAt).toBe(rig.clock.now());
      expect(values[hostVideo]).toBe(true);
      expect(values['settings:in_meeting.data_center_regions']).toEqual(['US', 'DE', 'NL']);
      expect(
        values[
          'meeting_security:meeting_security.waiting_room_settings.whitelisted_domains_for_waiting_room'
        ],
      ).toBe('');
      expect(values['recording_authentication:recording_authentication']).toBe(false);
      expect(Object.keys(values).length).toBeGreaterThan(180);
    });
  });

  it('shows what it can where Zoom refuses a view', async () => {
    await withSettings({}, async (rig) => {
      rig.onCall((_operation, option) =>
        option === 'meeting_security'
          ? { ok: false, reached: 'yes', error: tallyError('forbidden', 'No.') }
          : undefined,
      );
      const { phase, values, error } = await rig.open();
      expect({ phase, error }).toEqual({ phase: 'ready', error: undefined });
      const views = new Set(Object.keys(values).map((key) => key.split(':')[0]));
      expect(views).toEqual(new Set(['settings', 'meeting_authentication', 'recording_authentication']));
      rig.edit(waitingRoom, false);
      expect(rig.view()).toMatchObject({ edits: {}, problem: { action: 'none' } });
    });
  });

  it('says why it could not read, keeps what it knew, and reads again', async () => {
    await withSettings({}, async (rig) => {
      const trouble = () =>
        ({ ok: false, reached: 'perhaps', error: tallyError('zoom-down', 'Zoom has trouble.') }) as const;
      rig.onCall(trouble);
      expect(await rig.open()).toMatchObject({ phase: 'failed', error: { kind: 'zoom-down' }, values: {} });
      rig.onCall(() => undefined);
      const { values, error } = await rig.open();
      expect(error).toBeUndefined();
      rig.onCall(trouble);
      expect(await rig.open()).toMatchObject({ phase: 'failed', values });
    });
  });

  it('reads once more when it is asked to after a failure, while other views are still on their way', async () => {
    await withSettings({}, async (rig) => {
      const late = Promise.withResolvers<undefined>();
      rig.onCall((_operation, option) =>
        option ? late.promise : { ok: false, reached: 'no', error: tallyError('network', 'Offline.') },
      );
      rig.run({ type: 'settings.open' });
      await rig.until((view) => view.phase === 'failed');
      rig.onCall(() => undefined);
      rig.run({ type: 'settings.open' });
      late.resolve(undefined);
      await rig.until((view) => view.phase === 'ready');
    });
  });
});

it('takes entries of another list, and puts them back', async () => {
  await withSettings({}, async (rig) => {
    const { values } = await rig.open();
    const place = 'settings:audio_conferencing.global_dial_in_countries' as const;
    const [us, de] = values[`${place}.allowed_countries`] as SettingValue[];
    expect(values[`${place}.selected_countries`]).toEqual([us]);
    rig.edit(`${place}.selected_countries`, [us ?? '', de ?? '']);
    expect(await rig.save()).toMatchObject({ edits: {}, kept: {} });
    await rig.undo();
    expect((await rig.patches()).map(({ body }) => body)).toEqual([
      { audio_conferencing: { global_dial_in_countries: { selected_countries: [us, de] } } },
      { audio_conferencing: { global_dial_in_countries: { selected_countries: [us] } } },
    ]);
  });
});

describe('a setting that the catalogue does not know', () => {
  const enable = 'settings:in_meeting.smart_thing.enable';
  const large = 'settings:in_meeting.smart_thing.large';
  const smart_thing = {
    enable: true,
    level: 3,
    words: ['a'],
    name: 'x',
    large: 2 ** 60,
    table: [{ id: 'a' }],
  };
  const key = (name: string) => `settings:in_meeting.smart_thing.${name}` as SettingKey;

  it('is edited by the kind of its value, saved, undone, exported and taken from a file', async () => {
    await withSettings({}, async (rig) => {
      await rig.patch({ settings: { in_meeting: { smart_thing } }, unknownSettings: 'taken' });
      await rig.open();
      rig.edit(enable, false);
      rig.edit(key('level'), 4);
      rig.edit(key('words'), ['a', 'b']);
      rig.edit(key('name'), 'y');
      expect(await rig.save()).toMatchObject({ edits: {}, invalid: {}, kept: {} });
      const sent = { enable: false, level: 4, words: ['a', 'b'], name: 'y' };
      expect(await rig.patches()).toMatchObject([
        { body: { in_meeting: { smart_thing: sent } }, status: 204 },
      ]);
      expect(await rig.atZoom()).toMatchObject({ in_meeting: { smart_thing: { ...smart_thing, ...sent } } });

      rig.run({ type: 'settings.export' });
      await rig.until(() => rig.files.saved !== undefined);
      await rig.undo();
      expect(await rig.atZoom()).toMatchObject({ in_meeting: { smart_thing } });

      rig.files.opens = { name: 'mine.json', text: rig.files.saved?.text ?? '' };
      rig.run({ type: 'settings.compare' });
      const { comparison } = await rig.until((view) => view.comparison !== undefined);
      expect(comparison?.fixed).toEqual({});
      rig.run({ type: 'settings.apply', keys: [key('level'), key('words')] });
      expect(rig.view().edits).toEqual({ [key('level')]: 4, [key('words')]: ['a', 'b'] });
    });
  });

  it('is only shown where its value cannot be edited, and has to be of its kind', async () => {
    await withSettings({}, async (rig) => {
      await rig.patch({ settings: { in_meeting: { smart_thing } }, unknownSettings: 'taken' });
      await rig.open();
      for (const one of [large, key('table')] as const) {
        rig.edit(one, 1);
        expect(rig.view().problem?.what).toMatch(/^Tally doesn’t know this setting/);
      }
      rig.edit(key('level'), 'many');
      const { invalid, problem } = await rig.save();
      expect(invalid).toEqual({ [key('level')]: 'This isn’t a whole number.' });
      expect(problem?.kind).toBe('invalid-input');
      expect(await rig.patches()).toEqual([]);
    });
  });

  it('is told where Zoom refuses it, and where Zoom says yes and keeps its own value', async () => {
    await withSettings({}, async (rig) => {
      await rig.patch({ settings: { in_meeting: { smart_thing } } });
      await rig.open();
      rig.edit(enable, false);
      const refused = await rig.save();
      expect(refused.edits).toEqual({ [enable]: false });
      expect(refused.invalid[enable]).toMatch(/^Zoom doesn’t take this value/);
      await rig.patch({ unknownSettings: 'ignored' });
      rig.edit(enable, true);
      rig.edit(enable, false);
      expect(await rig.save()).toMatchObject({ edits: {}, kept: { [enable]: { sent: false } }, history: [] });
    });
  });

  it('is known again after a restart, once Zoom has told of it', async () => {
    await withSettings({}, async (rig) => {
      await rig.patch({ settings: { in_meeting: { smart_thing } } });
      await rig.open();
      rig.edit(enable, false);
      rig.restart();
      expect(rig.view()).toMatchObject({ edits: { [enable]: false }, invalid: {} });
      await rig.open();
      expect(rig.view()).toMatchObject({ edits: { [enable]: false }, invalid: {} });
    });
  });
});

describe('editing', () => {
  it('keeps an edit on the disk at once, over a kill, and drops one that Zoom has already', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.edit(hostVideo, false);
      rig.edit(chime, 'all');
      rig.restart();
      expect(rig.view().edits).toEqual({ [hostVideo]: false, [chime]: 'all' });
      await rig.open();
      rig.edit(hostVideo, true);
      expect(rig.view().edits).toEqual({ [chime]: 'all' });
      await rig.elsewhere({ in_meeting: { entry_exit_chime: 'all' } });
      await rig.open();
      expect(rig.view()).toMatchObject({ edits: {}, conflicts: {} });
      expect(rig.stored()).toEqual({});
    });
  });

  it('says of what is only shown that it cannot be changed', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      for (const key of ['settings:feature.cn_meeting', 'settings:nothing.there'] as SettingKey[]) {
        rig.edit(key, true);
        expect(rig.view().problem).toMatchObject({ kind: 'invalid-input', action: 'none' });
        rig.run({ type: 'settings.dismiss' });
        expect(rig.view().problem).toBeUndefined();
      }
      expect(rig.view().edits).toEqual({});
    });
  });

  it('sends nothing while an edit is wrong, and says which', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      const length = 'settings:recording.recording_password_requirement.length';
      rig.edit(hostVideo, false);
      rig.edit(length, 11);
      const { invalid, problem, edits } = await rig.save();
      expect(invalid).toEqual({ [length]: 'This must be at most 10.' });
      expect(problem?.kind).toBe('invalid-input');
      expect(edits[length]).toBe(11);
      expect(await rig.patches()).toEqual([]);
      rig.edit(length, 8);
      expect((await rig.save()).problem).toBeUndefined();
    });
  });

  it('says what a setting needs', async () => {
    await withSettings({}, async (rig) => {
      await rig.patch({
        locked: [],
        settings: { recording: { auto_delete_cmr: false, auto_delete_cmr_days: 30 } },
      });
      await rig.open();
      const days = 'settings:recording.auto_delete_cmr_days';
      rig.edit(days, 60);
      expect(rig.view().invalid[days]).toMatch(/^This needs “.+” to be on\.$/);
      rig.edit('settings:recording.auto_delete_cmr', true);
      expect(rig.view().invalid).toEqual({});
      expect(await rig.save()).toMatchObject({ edits: {} });
    });
  });
});

describe('files', () => {
  it('exports without passcodes, compares, and applies parts of it', async () => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.run({ type: 'settings.export' });
      await rig.until(() => rig.files.saved !== undefined || rig.view().problem !== undefined);
      const { name, text } = rig.files.saved ?? { name: '', text: '' };
      expect(name).toMatch(/^Zoom settings .+@.+ \d{4}-\d\d-\d\d\.json$/);
      expect(findSecrets(JSON.stringify(rig.view().values))).toEqual(['plain']);
      expect(findSecrets(text)).toEqual([]);
      expect(JSON.parse(text)).toMatchObject({ tally: 'settings', version: 1, from: rig.practice.email });

      rig.edit(chime, 'host');
      rig.edit(hostVideo, false);
      await rig.save();
      const content = JSON.parse(text);
      content.values['settings:feature.cn_meeting'] = 'other';
      rig.files.opens = { name: 'old.json', text: JSON.stringify(content) };
      rig.run({ type: 'settings.compare' });
      const { comparison } = await rig.until((view) => view.comparison !== undefined);
      expect(comparison).toMatchObject({ name: 'old.json', from: rig.practice.email });
      expect(comparison?.differences).toContainEqual({ key: chime, before: 'host', after: 'none' });
      expect(comparison?.differences).toHaveLength(3);
      expect(Object.keys(comparison?.fixed ?? {})).toEqual(['settings:feature.cn_meeting']);
      rig.run({ type: 'settings.apply', keys: [chime, 'settings:feature.cn_meeting'] });
      expect(rig.view().edits).toEqual({ [chime]: 'none' });
      await rig.save();
      expect(rig.view().comparison?.differences).toHaveLength(2);
      rig.run({ type: 'settings.compare-end' });
      expect(rig.view().comparison).toBeUndefined();
    });
  });

  it.each([
    ['{', 'This file isn’t JSON.'],
    ['[]', 'This file doesn’t hold settings that Tally saved.'],
    ['{"tally":"settings","version":2}', 'This file was saved by another version of Tally.'],
    [
      '{"tally":"settings","version":1,"savedAt":"x","from":"","values":{}}',
      'This file is damaged: its settings can’t be read.',
    ],
  ])('refuses %s in words', async (text, words) => {
    await withSettings({}, async (rig) => {
      await rig.open();
      rig.files.opens = { name: 'bad.json', text };
      rig.run({ type: 'settings.compare' });
      const { problem, comparison } = await rig.until((view) => view.problem !== undefined);
      expect(problem).toMatchObject({ kind: 'file', what: words });
      expect(comparison).toBeUndefined();
    });
  });
});

it('reads again after a long sleep, unless something is edited', async () => {
  await withSettings({}, async (rig) => {
    await rig.open();
    const read = () => rig.calls().filter((one) => one === 'userSettings').length;
    rig.service.wake();
    expect(read()).toBe(4);
    await rig.clock.advance(11 * 60_000);
    rig.edit(chime, 'host');
    rig.service.wake();
    expect(read()).toBe(4);
    rig.run({ type: 'settings.revert', keys: [chime] });
    rig.service.wake();
    await rig.until(({ readAt }) => readAt === rig.clock.now());
    expect(read()).toBe(8);
  });
});
