import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasSecrets, readSettings, storeSettings } from '../../../../electron/core/settings/stored.ts';
import { tidy } from '../../../../electron/core/settings/values.ts';
import { type SettingKey, settingViews } from '../../../../shared/settings.ts';

const key = fc
  .tuple(fc.constantFrom(...settingViews), fc.stringMatching(/^[a-z_]{1,10}(\.[a-z_]{1,10}){0,3}$/))
  .filter(([, path]) => !path.split('.').includes('__proto__'))
  .map(([view, path]): SettingKey => `${view}:${path}`);
const value = fc.jsonValue({ maxDepth: 3 }).map((one) => tidy(one) ?? null);
const edit = fc.oneof(
  value.map((one) => ({ value: one })),
  fc.record({ value, base: value }),
);
const change = fc.oneof(fc.record({ key, before: value, after: value }), fc.record({ key, after: value }));
const saved = fc.record({
  id: fc.uuid(),
  at: fc.nat(),
  changes: fc.array(change, { minLength: 1, maxLength: 5 }),
});
const state = fc.record({
  edits: fc.dictionary(key, edit, { maxKeys: 5 }),
  history: fc.array(saved, { maxLength: 10 }),
  intent: fc.option(saved, { nil: undefined }),
});

const overDisk = (json: unknown) => readSettings(JSON.parse(JSON.stringify(json ?? null)));

describe('what is kept of the settings', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(state, ({ intent, ...rest }) => {
        const kept = { ...rest, ...(intent && { intent }) };
        // A name such as "pin" may come up by chance.
        fc.pre(!hasSecrets(kept));
        expect(overDisk(storeSettings(kept))).toEqual(JSON.parse(JSON.stringify(kept)));
      }),
    );
  });

  it('has no secret in it, neither as an edit, nor to be undone, nor on its way', () => {
    const passcode = 'settings:schedule_meeting.pmi_password';
    const plain = 'settings:schedule_meeting.host_video';
    const link = 'https://zoom.us/j/1?pwd=hush';
    const changes = [
      { key: passcode, before: 'hush-1', after: 'hush-2' },
      { key: plain, before: true, after: false },
      { key: 'settings:new.thing', before: link, after: 'x' },
      { key: 'settings:new.client_secret', after: 'hush-3' },
    ];
    const kept = {
      edits: {
        [passcode]: { value: 'hush-4' },
        [plain]: { value: true },
        'settings:a': { value: 1, base: link },
      },
      history: [
        { id: 'a', at: 1, changes },
        { id: 'b', at: 2, changes: changes.slice(0, 1) },
      ],
      intent: { id: 'c', at: 3, changes: changes.slice(0, 1) },
    };
    const stored = storeSettings(kept);
    expect(JSON.stringify(stored)).not.toContain('hush');
    expect(stored).toEqual({
      edits: { [plain]: { value: true } },
      history: [{ id: 'a', at: 1, changes: changes.slice(1, 2) }],
    });
    expect(hasSecrets(kept)).toBe(true);
    expect(hasSecrets(readSettings(stored))).toBe(false);
  });

  it('is nothing where there is nothing', () => {
    expect(storeSettings({ edits: {}, history: [] })).toBeUndefined();
    expect(readSettings(undefined)).toEqual({ edits: {}, history: [] });
  });

  it('never throws, whatever is on the disk, and what it gives can be written and read again', () => {
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.record({ edits: fc.jsonValue(), history: fc.jsonValue(), intent: fc.jsonValue() }),
    );
    fc.assert(
      fc.property(anything, (json) => {
        const read = readSettings(json);
        expect(overDisk(storeSettings(read))).toEqual(read);
      }),
    );
  });

  it('keeps the good parts of a damaged file', () => {
    const good = { id: 'a', at: 1, changes: [{ key: 'settings:a.b', before: 1, after: 2 }] };
    const read = readSettings({
      edits: {
        'settings:a.b': { value: true },
        'settings:a.__proto__': { value: 1 },
        'other:a': { value: 1 },
        'settings:c': 5,
        'settings:d': {},
      },
      history: [good, { ...good, at: 'x' }, 7],
      intent: { ...good, changes: [] },
    });
    expect(read).toEqual({ edits: { 'settings:a.b': { value: true } }, history: [good] });
  });

  it('survives nesting that is deeper than a stack', () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    expect(readSettings({ edits: { 'settings:a': { value: deep } } })).toEqual({ edits: {}, history: [] });
  });
});
