import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Case, withAccounts } from '../support/accounts-rig.ts';
import { tallyRig } from '../support/tally-rig.ts';
import { tempFolders } from '../support/temp-folder.ts';

const folderOf = tempFolders();
const kept = 'test/fixtures/data-folders';

/**
 * A person who signed in with some version, and starts another on the same computer: the folder is `from` (what that version
 * wrote after a sign-in, preferences, a timer, a saved and an unsaved setting, an unsaved field of the profile), with today's app
 * at Zoom.
 */
function withFormer(from: string, use: (folder: string, made: Case) => Promise<void>): Promise<void> {
  return withAccounts(async (made) => {
    await made.signIn();
    made.tally.stop();
    const folder = folderOf();
    cpSync(join(kept, from), folder, { recursive: true });
    const file = join(folder, 'accounts.json');
    const accounts = JSON.parse(readFileSync(file, 'utf8'));
    accounts.accounts[0].clientId = made.rig.practice.clientId;
    writeFileSync(file, JSON.stringify(accounts));
    await use(folder, made);
  });
}

/** Today's Tally on it, with the same keychain and browser. */
function startOn(folder: string, { rig, clock, keychain, web }: Case) {
  keychain.restart();
  return tallyRig(rig, clock, { folder, keychain, account: null, browser: web.browser });
}

const contents = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

const saved = 'settings:schedule_meeting.host_video';
const unsaved = 'settings:schedule_meeting.participants_video';
const until = Date.UTC(2026, 0, 15, 19);

describe.each(readdirSync(kept))('what a Tally of %s kept', (from) => {
  it('is all there: account, preferences, timer, what is not saved and what can be undone', () =>
    withFormer(from, async (folder, made) => {
      const { tally, until: wait } = startOn(folder, made);
      await tally.connect();
      const { email } = made.rig.practice;
      expect(tally.snapshot()).toMatchObject({
        notices: [],
        account: { phase: 'connected', email, name: 'Robin Ashdown' },
        accounts: [{ email, active: true }],
        preferences: { theme: 'dark', startHidden: true, morningHour: 7 },
        presence: { current: { status: 'Do_Not_Disturb', until, restoreTo: 'Available' } },
      });
      tally.run({ type: 'settings.open' });
      tally.run({ type: 'profile.open' });
      const { settings, profile } = await wait(
        (one) => one.settings?.phase === 'ready' && one.profile?.phase === 'ready',
      );
      expect(settings?.edits).toEqual({ [unsaved]: false });
      expect(settings?.history).toMatchObject([{ changes: [{ key: saved, before: true, after: false }] }]);
      expect(profile?.edits).toEqual({ dept: 'Fixtures' });
    }));
});

describe('what a later Tally kept', () => {
  it('is left alone, to the byte, and said; what is done now lasts until Tally quits', () =>
    withFormer('2026-11-30', async (folder, made) => {
      for (const name of readdirSync(folder)) {
        const file = join(folder, name);
        writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), format: 2 }));
      }
      const before = contents(folder);
      const { tally } = startOn(folder, made);
      await tally.connect();
      tally.run({ type: 'preferences.set', patch: { theme: 'light' } });
      const { accounts, preferences, notices } = tally.snapshot();
      expect([accounts, preferences.theme]).toEqual([[], 'light']);
      expect(notices.map(({ id }) => id)).toEqual(['newer-data']);
      await tally.stop();
      expect(contents(folder)).toEqual(before);
      // The sign-in is still there for the newer one.
      expect([...made.keychain.items.keys()]).toHaveLength(1);
    }));

  it('is kept also where only an account is of a kind that this Tally doesn’t know', () =>
    withFormer('2026-11-30', async (folder, made) => {
      const file = join(folder, 'accounts.json');
      const kept = JSON.parse(readFileSync(file, 'utf8'));
      const later = { ...kept.accounts[0], key: 'lunar:someone', cloud: 'lunar', orbit: 3 };
      writeFileSync(file, JSON.stringify({ ...kept, accounts: [...kept.accounts, later] }));
      const { tally } = startOn(folder, made);
      await tally.connect();
      const { accounts } = tally.snapshot();
      expect(accounts).toMatchObject([{ phase: 'connected' }]);
      // Writes the list.
      tally.run({ type: 'account.switch', key: String(accounts[0]?.key) });
      await tally.stop();
      expect(JSON.parse(readFileSync(file, 'utf8')).accounts).toContainEqual(later);
    }));
});
