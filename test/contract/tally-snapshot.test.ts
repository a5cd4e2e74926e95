import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Notice } from '../../shared/app.ts';
import { notificationDefaults } from '../../shared/notifications.ts';
import type { Snapshot } from '../../shared/state.ts';
import { ready, status, tallyRig, withTally } from '../support/tally-rig.ts';
import { tempFolders } from '../support/temp-folder.ts';

const folderOf = tempFolders();
const ids = ({ notices }: Snapshot) => notices.map(({ id }) => id);

describe('snapshots', () => {
  it('grow by one each time, are never changed afterwards, and stop when unsubscribed', () =>
    withTally(async ({ tally, until }) => {
      const seen: [Snapshot, string][] = [];
      const unsubscribe = tally.subscribe((snapshot) => seen.push([snapshot, JSON.stringify(snapshot)]));
      await tally.connect();
      await until(ready);
      tally.run({ type: 'presence.set', status: 'Away' });
      await until((snapshot) => status(snapshot) === 'Away');
      expect(seen.length).toBeGreaterThan(3);
      expect(seen.map(([{ version }]) => version)).toEqual(seen.map((_, index) => index + 2));
      expect(tally.snapshot()).toBe(seen.at(-1)?.[0]);
      for (const [snapshot, then] of seen) expect(JSON.stringify(snapshot)).toBe(then);
      const count = seen.length;
      unsubscribe();
      tally.run({ type: 'preferences.set', patch: { theme: 'dark' } });
      expect(seen).toHaveLength(count);
      expect(tally.snapshot().version).toBe(count + 2);
    }));

  it('have the preferences, of which a patch changes only what it names', () =>
    withTally(async (made) => {
      const { tally } = made;
      expect(tally.run({ type: 'preferences.set', patch: { theme: 'dark', morningHour: 6 } }).ok).toBe(true);
      tally.run({ type: 'preferences.set', patch: { theme: undefined, dndMinutes: 45 } });
      const expected = {
        theme: 'dark',
        startHidden: false,
        dndMinutes: 45,
        morningHour: 6,
        endOfDay: 1050,
        keepHistory: true,
        libraryMegabytes: 500,
        trayClick: 'popover',
        shortcut: '',
        allowLinks: false,
        checkUpdates: true,
        ...notificationDefaults,
      };
      expect(tally.snapshot().preferences).toEqual(expected);
      expect(made.again().tally.snapshot().preferences).toEqual(expected);
    }));

  it('open windows and quit only when asked', () =>
    withTally(async ({ tally, opened, quits }) => {
      expect([opened, quits]).toEqual([[], []]);
      tally.run({ type: 'window.open', screen: 'preferences' });
      tally.run({ type: 'window.open' });
      tally.run({ type: 'app.quit' });
      expect([opened, quits]).toEqual([['preferences', undefined], [1]]);
    }));
});

describe('notices', () => {
  const noTray: Notice = { id: 'no-tray', title: 'No tray', detail: 'None.' };

  it('are shown until they are put away, or gone by themselves', () =>
    withTally(async ({ tally }) => {
      tally.addNotice(noTray);
      expect(tally.snapshot().notices).toEqual([noTray]);
      tally.run({ type: 'notice.dismiss', id: 'no-tray' });
      expect(tally.snapshot().notices).toEqual([]);
      const { version } = tally.snapshot();
      tally.removeNotice('no-tray');
      tally.removeNotice('no-tray');
      expect(tally.snapshot().version).toBe(version + 1);
    }));

  it('that were put away stay away while their cause lasts, and return with a new one', () =>
    withTally(async ({ tally }) => {
      tally.addNotice(noTray);
      tally.run({ type: 'notice.dismiss', id: 'no-tray' });
      tally.addNotice({ ...noTray, detail: 'Still none.' });
      expect(tally.snapshot().notices).toEqual([]);
      tally.removeNotice('no-tray');
      tally.addNotice(noTray);
      expect(tally.snapshot().notices).toEqual([noTray]);
    }));

  it('tell of shortcuts that the system does not give, which the snapshot names, and again of others', () =>
    withTally(async ({ tally }) => {
      tally.refuseShortcuts({ 'Control+Alt+T': 'taken' });
      expect(tally.snapshot().refusedShortcuts).toEqual({ 'Control+Alt+T': 'taken' });
      expect(tally.snapshot().notices).toMatchObject([
        { id: 'shortcut', title: 'The shortcut Ctrl+Alt+T isn’t available' },
      ]);
      tally.run({ type: 'notice.dismiss', id: 'shortcut' });
      expect(tally.snapshot().notices).toEqual([]);
      tally.refuseShortcuts({ 'Control+Alt+T': 'taken', F5: 'taken' });
      expect(tally.snapshot().notices).toMatchObject([
        { title: 'The shortcuts Ctrl+Alt+T, F5 aren’t available' },
      ]);
      tally.refuseShortcuts({ F5: 'asking', F6: 'declined' }, { F7: 'Meta+Y' });
      expect(tally.snapshot()).toMatchObject({
        refusedShortcuts: { F5: 'asking', F6: 'declined' },
        shortcutTriggers: { F7: 'Meta+Y' },
        notices: [],
      });
      tally.refuseShortcuts({});
      expect(tally.snapshot()).not.toHaveProperty('shortcutTriggers');
      expect(tally.snapshot()).not.toHaveProperty('refusedShortcuts');
      expect(tally.snapshot().notices).toEqual([]);
    }));

  it('tell of a stored status that makes no sense; Zoom is asked instead', () =>
    withTally(async (made) => {
      const broken = { [made.rig.practice.userId]: { current: { status: 'Away', since: 'yesterday' } } };
      const folder = folderOf();
      writeFileSync(join(folder, 'presence.json'), JSON.stringify(broken));
      const { tally, until } = tallyRig(made.rig, made.clock, { folder });
      await tally.connect();
      const snapshot = await until(ready);
      expect(ids(snapshot)).toEqual(['presence-reset']);
      expect(status(snapshot)).toBe('Available');
    }));

  it('are one of a kind, though two files tell the same', () =>
    withTally(async (made) => {
      const folder = folderOf();
      const broken = { [made.rig.practice.userId]: { current: 5 } };
      writeFileSync(join(folder, 'presence.json'), '{');
      writeFileSync(join(folder, 'presence.json.bak'), JSON.stringify(broken));
      const { tally, until } = tallyRig(made.rig, made.clock, { folder });
      await tally.connect();
      expect(ids(await until(ready))).toEqual(['presence-reset']);
    }));

  it('tell that nothing can be saved, while everything goes on', () =>
    withTally(async (made) => {
      const file = join(folderOf(), 'file');
      writeFileSync(file, '');
      const { tally, until } = tallyRig(made.rig, made.clock, { folder: join(file, 'data') });
      await tally.connect();
      await until(ready);
      tally.run({ type: 'presence.set', status: 'Away' });
      const snapshot = await until((one) => status(one) === 'Away');
      expect(ids(snapshot)).toEqual(['read-only']);
      tally.run({ type: 'preferences.set', patch: { theme: 'light' } });
      expect(tally.snapshot().preferences.theme).toBe('light');
    }));
});
