import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Preferences } from '../../../shared/app.ts';
import { notificationDefaults } from '../../../shared/notifications.ts';
import '../../support/without-electron.ts';
import { openFiles } from '../../../electron/desktop/user-data.ts';
import { tempFolders } from '../../support/temp-folder.ts';

const folderOf = tempFolders();

const defaults: Preferences = {
  theme: 'system',
  startHidden: false,
  dndMinutes: 20,
  morningHour: 8,
  endOfDay: 1050,
  keepHistory: true,
  libraryMegabytes: 500,
  trayClick: 'popover',
  shortcut: '',
  allowLinks: false,
  checkUpdates: true,
  ...notificationDefaults,
};
const chosen: Preferences = {
  theme: 'dark',
  startHidden: true,
  dndMinutes: 90,
  morningHour: 7,
  endOfDay: 1050,
  keepHistory: false,
  libraryMegabytes: 2000,
  trayClick: 'window',
  shortcut: 'Control+Alt+T',
  allowLinks: true,
  checkUpdates: false,
  ...notificationDefaults,
  notifyZak: false,
};
const ids = (files: ReturnType<typeof openFiles>) => files.notices().map(({ id }) => id);

function stored(content: unknown): string {
  const folder = folderOf();
  writeFileSync(join(folder, 'preferences.json'), JSON.stringify(content));
  return folder;
}

describe('preferences', () => {
  it('are the defaults at first, and then what was saved', () => {
    const folder = folderOf();
    const files = openFiles(folder);
    expect(files.preferences()).toEqual(defaults);
    files.savePreferences(chosen);
    expect(files.preferences()).toEqual(chosen);
    expect(openFiles(folder).preferences()).toEqual(chosen);
    expect(ids(files)).toEqual([]);
  });

  it('drop what they do not know', () => {
    const files = openFiles(stored({ ...chosen, extra: 1, __proto__: { admin: true } }));
    expect(files.preferences()).toEqual(chosen);
    expect(Object.keys(files.preferences()).sort()).toEqual(Object.keys(defaults).sort());
  });

  it.each<[keyof Preferences, unknown[]]>([
    ['theme', ['pink', 5, null, undefined]],
    ['startHidden', ['yes', 1, null, undefined]],
    ['dndMinutes', [0, 1441, 20.5, '60', null, 1e300, undefined]],
    ['morningHour', [-1, 24, 7.5, '8', null, undefined]],
    ['keepHistory', ['false', 0, null, undefined, {}]],
    ['trayClick', ['menu', '', 1, null, undefined]],
    ['shortcut', ['T', 'Control+', 'Control+Shift', 1, null, undefined]],
    ['allowLinks', ['true', 1, {}, null, undefined]],
    ['notifyZak', ['no', 0, null, undefined]],
  ])('with a bad %s have its default and keep the others', (key, values) => {
    for (const value of values) {
      const files = openFiles(stored({ ...chosen, [key]: value }));
      expect(files.preferences(), String(value)).toEqual({ ...chosen, [key]: defaults[key] });
      // JSON leaves out what is undefined: that is a preference never stored, and nothing to tell.
      expect(ids(files)).toEqual(value === undefined ? [] : ['preferences-reset']);
    }
  });

  it('are whole whatever the file holds', () => {
    const nearly = fc.record(
      { theme: fc.jsonValue(), startHidden: fc.jsonValue(), dndMinutes: fc.jsonValue() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), nearly), (json) => {
        const { theme, startHidden, dndMinutes, morningHour, keepHistory } = openFiles(
          stored(json),
        ).preferences();
        expect(['system', 'light', 'dark']).toContain(theme);
        expect(typeof startHidden).toBe('boolean');
        expect(dndMinutes).toBeGreaterThanOrEqual(1);
        expect(dndMinutes).toBeLessThanOrEqual(1440);
        expect(morningHour).toBe(8);
        expect(keepHistory).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe('what a click on the icon opens', () => {
  const system = process.platform;
  const on = (platform: string) => Object.defineProperty(process, 'platform', { value: platform });
  afterEach(() => on(system));

  it.each([
    ['darwin', 'menu', 'menu'],
    ['win32', 'popover', 'popover'],
    ['linux', 'popover', 'popover'],
  ])('is at first what is usual on %s, and the menu on macOS alone', async (platform, first, wanted) => {
    on(platform);
    vi.resetModules();
    const { openFiles } = await import('../../../electron/desktop/user-data.ts');
    expect(openFiles(folderOf()).preferences().trayClick).toBe(first);
    expect(openFiles(stored({ trayClick: 'menu' })).preferences().trayClick).toBe(wanted);
    expect(openFiles(stored({ trayClick: 'window' })).preferences().trayClick).toBe('window');
  });
});

describe('presence', () => {
  it('is kept for each account by itself', () => {
    const folder = folderOf();
    const files = openFiles(folder);
    expect(files.presence('one')).toBeUndefined();
    files.savePresence('one', { a: 1 });
    files.savePresence('two', { b: 2 });
    files.savePresence('one', { a: 3 });
    const again = openFiles(folder);
    expect([again.presence('one'), again.presence('two')]).toEqual([{ a: 3 }, { b: 2 }]);
  });

  it('of an account named like what every object inherits is its own', () => {
    const folder = folderOf();
    for (const id of ['constructor', '__proto__', 'toString']) {
      expect(openFiles(folder).presence(id)).toBeUndefined();
      openFiles(folder).savePresence(id, { id });
      expect(openFiles(folder).presence(id)).toEqual({ id });
    }
  });

  it('leaves the disk alone when nothing has changed', () => {
    const folder = folderOf();
    const path = join(folder, 'presence.json');
    const files = openFiles(folder);
    files.savePresence('one', { a: 1 });
    const { ino, mtimeNs } = statSync(path, { bigint: true });
    files.savePresence('one', { a: 1 });
    expect(statSync(path, { bigint: true })).toMatchObject({ ino, mtimeNs });
    files.savePresence('one', { a: 2 });
    expect(statSync(path, { bigint: true }).ino).not.toBe(ino);
  });
});

describe('what the person is told', () => {
  it('that preferences start afresh, and where the old file is', () => {
    const folder = folderOf();
    writeFileSync(join(folder, 'preferences.json'), 'surprise');
    const files = openFiles(folder);
    expect(files.preferences()).toEqual(defaults);
    expect(files.notices()).toEqual([
      {
        id: 'preferences-reset',
        title: 'Preferences were reset',
        detail: expect.stringMatching(/start afresh.*preferences\.json\.corrupt/),
      },
    ]);
    expect(readFileSync(join(folder, 'preferences.json.corrupt'), 'utf8')).toBe('surprise');
    expect(ids(openFiles(folder))).toEqual([]);
  });

  it('that the last good copy of the preferences is used', () => {
    const folder = folderOf();
    openFiles(folder).savePreferences(chosen);
    openFiles(folder);
    writeFileSync(join(folder, 'preferences.json'), '{"theme": "dar');
    const files = openFiles(folder);
    expect(files.preferences()).toEqual(chosen);
    expect(files.notices()[0]?.detail).toContain('last good copy');
  });

  it('that a timer may be lost', () => {
    const folder = folderOf();
    writeFileSync(join(folder, 'presence.json'), '{');
    expect(ids(openFiles(folder))).toEqual(['presence-reset']);
  });

  it('that nothing can be saved, once that is known; it is kept in memory', () => {
    const file = join(folderOf(), 'file');
    writeFileSync(file, '');
    const files = openFiles(join(file, 'data'));
    expect(ids(files)).toEqual([]);
    files.savePreferences(chosen);
    files.savePresence('one', { a: 1 });
    expect(ids(files)).toEqual(['read-only']);
    expect(files.notices()[0]?.detail).toContain(join(file, 'data'));
    expect(files.preferences()).toEqual(chosen);
    expect(files.presence('one')).toEqual({ a: 1 });
  });

  it('that one file cannot be saved, though the other can, until it is', () => {
    const folder = folderOf();
    const files = openFiles(folder);
    // In the way of the file, after the start.
    mkdirSync(join(folder, 'presence.json', 'within'), { recursive: true });
    files.savePresence('one', { a: 1 });
    expect(ids(files)).toEqual(['read-only']);
    files.savePreferences(chosen);
    expect(ids(files)).toEqual(['read-only']);
    // The same again is tried again.
    files.savePresence('one', { a: 1 });
    expect(ids(files)).toEqual(['read-only']);
  });
});
