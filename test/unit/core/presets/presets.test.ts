import { describe, expect, it } from 'vitest';
import { createPresets } from '../../../../electron/core/presets/presets.ts';
import type { Action } from '../../../../shared/actions.ts';
import type { PresetsAction } from '../../../../shared/presets.ts';
import { snapshot } from '../../../support/snapshot.ts';

/** A Wednesday, by the system's zone. */
const now = new Date(2026, 0, 14, 14, 2).getTime();
const at = (hours: number, minutes = 0, days = 0) => new Date(2026, 0, 14 + days, hours, minutes).getTime();
const { preferences } = snapshot();

/** Presets over a file that holds this, and what is written to it. */
function presetsOver(json?: unknown) {
  const kept: unknown[] = [];
  let changes = 0;
  const presets = createPresets({
    clock: { now: () => now },
    files: { kept: () => json, keep: (_name, _key, next) => void kept.push(next) },
    preferences: () => preferences,
    changed() {
      changes += 1;
    },
  });
  const save = (name: string, more: Partial<Extract<PresetsAction, { type: 'presets.save' }>> = {}) =>
    presets.run({ type: 'presets.save', name, status: 'Away', time: '45', ...more });
  const names = () => presets.view().list.map(({ name }) => name);
  const why = (result: ReturnType<typeof save>) => (result.ok ? undefined : result.error.what);
  return { ...presets, save, names, why, kept, changes: () => changes };
}

type Current = Parameters<ReturnType<typeof createPresets>['chosen']>[1];
const current: Current = { status: 'Available', since: 0, cause: 'you' };

describe('presets', () => {
  it('are kept in their order, and changed in their place', () => {
    const presets = presetsOver();
    presets.save('Lunch');
    presets.save('Focus', { status: 'Do_Not_Disturb', time: 'until 17:00' });
    presets.save('Noon', { former: 'lunch', status: 'Busy', time: 'noon' });
    presets.run({ type: 'presets.raise', name: 'Focus' });
    presets.run({ type: 'presets.raise', name: 'Focus' });
    expect(presets.view().list).toEqual([
      { name: 'Focus', status: 'Do_Not_Disturb', time: 'until 5:00pm' },
      { name: 'Noon', status: 'Busy', time: 'noon' },
    ]);
    expect(presets.kept.at(-1)).toEqual(presets.view());
    expect(presetsOver(presets.kept.at(-1)).view()).toEqual(presets.view());
    presets.run({ type: 'presets.remove', name: 'focus' });
    expect(presets.names()).toEqual(['Noon']);
  });

  it('have a shortcut of their own, if any; what is none is dropped from the file', () => {
    const presets = presetsOver();
    presets.save('Lunch', { shortcut: 'Alt+L' });
    expect(presets.why(presets.save('Focus', { shortcut: 'Alt+L' }))).toBe(
      '“Lunch” has that shortcut already.',
    );
    presets.save('Dinner', { former: 'Lunch', shortcut: 'Alt+L' });
    expect(presets.view().list).toMatchObject([{ name: 'Dinner', shortcut: 'Alt+L' }]);
    expect(presetsOver(presets.kept.at(-1)).view()).toEqual(presets.view());
    presets.save('Dinner', { former: 'Dinner' });
    expect(presets.view().list).toEqual([{ name: 'Dinner', status: 'Away', time: '45' }]);
    const stored = [{ name: 'Lunch', status: 'Away', time: '45', shortcut: 'L' }];
    expect(presetsOver({ list: stored }).view().list[0]?.shortcut).toBeUndefined();
  });

  it('have a name of their own, whatever its case, also when one is renamed', () => {
    const presets = presetsOver();
    presets.save('Lunch');
    presets.save('Focus');
    expect(presets.why(presets.save('LUNCH'))).toBe('There is a preset “Lunch” already.');
    expect(presets.why(presets.save('lunch', { former: 'Focus' }))).toBe(
      'There is a preset “Lunch” already.',
    );
    expect(presets.save('LUNCH', { former: 'Lunch' }).ok).toBe(true);
    expect(presets.names()).toEqual(['LUNCH', 'Focus']);
  });

  it('may have names of any script and emoji', () => {
    const presets = presetsOver();
    for (const name of ['👨‍👩‍👧', 'נֹעַם', 'می‌خواهم']) expect(presets.save(name).ok).toBe(true);
    expect(presetsOver(presets.kept.at(-1)).names()).toEqual(presets.names());
  });

  it('are twenty at most, and have a time that can be read', () => {
    const presets = presetsOver();
    for (let at = 1; at <= 20; at += 1) presets.save(`Preset ${at}`);
    expect(presets.why(presets.save('One more'))).toBe('Tally keeps at most 20 presets.');
    expect(presets.why(presets.save('Preset 1', { former: 'Preset 1', time: 'soon' }))).toMatch(/can’t read/);
    expect(presets.why(presets.save('x', { status: 'Do_Not_Disturb', time: 'Monday' }))).toMatch(/24 hours/);
    expect(presets.names()).toHaveLength(20);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no object', 'presets'],
    ['other shapes', { list: { name: 'Lunch' }, recent: 3 }],
    [
      'broken entries',
      { list: [null, { name: '', status: 'Away', time: '' }, { name: 'a\u202eb' }], recent: [{}] },
    ],
    ['another status', { list: [{ name: 'Lunch', status: 'Offline', time: '45' }] }],
  ])('begin empty over a file with %s', (_what, json) => {
    expect(presetsOver(json).view()).toEqual({ list: [], recent: [] });
  });

  it('take from a file what can be used, each name once', () => {
    const good = { name: 'Lunch', status: 'Away', time: '45' };
    const many = Array.from({ length: 30 }, (_, at) => ({ ...good, name: `Preset ${at}` }));
    const recent = ['15', '30', '45', '60'].map((time) => ({ status: 'Busy', time }));
    const view = presetsOver({ list: [{}, good, { ...good, name: 'LUNCH' }, ...many], recent }).view();
    expect(view.list).toHaveLength(20);
    expect(view.list[0]).toEqual(good);
    expect(view.list[1]?.name).toBe('Preset 0');
    expect(view.recent).toHaveLength(3);
  });
});

describe('recent choices', () => {
  const choose = (more: object, was = current) => [{ type: 'presence.set', ...more } as Action, was] as const;

  it('are the last three timed ones, each once, the newest first', () => {
    const presets = presetsOver();
    presets.chosen(...choose({ status: 'Away', minutes: 45 }));
    presets.chosen(...choose({ status: 'Busy', until: at(15, 30) }));
    presets.chosen(...choose({ status: 'Away', until: 'morning' }));
    presets.chosen(...choose({ status: 'Away', minutes: 45 }));
    presets.chosen(...choose({ status: 'Do_Not_Disturb', minutes: 30 }));
    expect(presets.view().recent).toEqual([
      { status: 'Do_Not_Disturb', time: '30' },
      { status: 'Away', time: '45' },
      { status: 'Away', time: 'tomorrow morning' },
    ]);
    expect(presets.kept).toHaveLength(5);
  });

  it('are none without a time, for a certain day, of a timer made longer, or that a preset says', () => {
    const presets = presetsOver();
    presets.save('Lunch');
    const before = presets.changes();
    presets.chosen(...choose({ status: 'Away' }));
    presets.chosen(...choose({ status: 'Away', until: at(9, 0, 5) }));
    presets.chosen(...choose({ status: 'Away', minutes: 45 }));
    const running = { ...current, status: 'Busy', until: at(15) } as const;
    presets.chosen(...choose({ status: 'Busy', until: at(15, 15) }, running));
    presets.chosen({ type: 'zak.copy' }, current);
    expect(presets.view().recent).toEqual([]);
    expect(presets.changes()).toBe(before);
  });

  it('go when a preset says the same', () => {
    const presets = presetsOver();
    presets.chosen(...choose({ status: 'Away', minutes: 45 }));
    presets.save('Lunch');
    expect(presets.view().recent).toEqual([]);
  });
});
