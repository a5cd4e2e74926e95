import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSecrets, searchFiles } from '../support/desktop/canaries.ts';
import { pasted, pastedFromBoth } from '../support/desktop/clipboard.ts';
import { appWithSecret, signIn } from '../support/desktop/sign-in.ts';
import { expect, test } from '../support/desktop/tally.ts';
import { watchBus } from '../support/trust/watchers.ts';

/**
 * An account from the sign-in to the sign-out, with everything in it that is secret: tokens, the secret of an app, passcodes typed
 * and told, links with a passcode, a ZAK, a start link. What goes over the bus, what other users see of processes, and what is left
 * in files and clipboard has none of it.
 */

const passcode = 'settings:schedule_meeting.pmi_password';
const typed = ['Quokka7391', 'Wombat8402'];

const plainIn = (text: string) => typed.filter((secret) => text.includes(secret));

const filesWithTyped = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => plainIn(readFileSync(file, 'latin1')).length > 0);

test('a whole life of an account leaves no secret on the bus, in arguments, files or clipboard', async ({
  launch,
  panel,
  practice,
  desktopBrowser,
  keyring,
  sights,
}) => {
  const bus = await watchBus();
  const start = { zoom: 'connect', path: desktopBrowser.path } as const;
  const tally = await launch(start);
  const window = await tally.window();
  await signIn(window, desktopBrowser, appWithSecret(practice));
  await expect(window.status.currentWord()).toHaveText('Available');
  const name = String(await window.accountName().textContent());

  await window.open('Zoom settings');
  await window.settings.find('PMI passcode');
  await window.settings.line(passcode).fill(typed[0] as string);
  await window.settings.save();
  await expect(window.settings.saved()).toBeVisible();
  // Not saved: a draft.
  await window.settings.line(passcode).fill(typed[1] as string);
  await expect(window.settings.changes()).toBeVisible();

  await window.open('Advanced');
  for (const operation of ['user', 'userSettings']) {
    await window.advanced.open(operation);
    await window.advanced.send();
    await expect(window.advanced.status()).toBeVisible();
  }
  await panel.click(['Copy ZAK']);
  await expect.poll(() => pasted()).toMatch(/^ey/);
  await window.open('ZAK');
  await window.zak.startRoomButton().click();
  await desktopBrowser.opened();
  await tally.quit();
  expect(searchFiles(tally.userData)).toEqual([]);
  expect(filesWithTyped(tally.userData)).toEqual([]);

  const again = await launch({ ...start, userData: tally.userData });
  const later = await again.window();
  await expect(later.status.currentWord()).toHaveText('Available');
  await later.open('Zoom settings');
  await later.open('Accounts');
  await later.accounts.signOut(name);
  await expect(later.welcome()).toBeVisible();
  await expect.poll(() => keyring.accounts()).toEqual([]);
  await again.quit();

  for (const [place, text] of [
    ['the session bus', await bus.stop()],
    ['what other users see of processes', (await sights()).map(({ text }) => text).join('\n')],
  ] as const) {
    expect(text.length, place).toBeGreaterThan(1_000);
    expect([...findSecrets(text), ...plainIn(text)], place).toEqual([]);
  }
  expect(searchFiles(tally.userData)).toEqual([]);
  expect(filesWithTyped(tally.userData)).toEqual([]);
  expect(await pastedFromBoth()).toEqual(['', '']);
});
