import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSetupFile } from '../../electron/core/sign-in/setup-text.ts';
import { expectAccessible } from '../support/desktop/accessible.ts';
import { pasted } from '../support/desktop/clipboard.ts';
import { dropFiles } from '../support/desktop/drop.ts';
import { allow, openConnectPage } from '../support/desktop/sign-in.ts';
import { expect, test } from '../support/desktop/signed-in.ts';
import { setup } from '../support/setups.ts';

/** A setup of the practice Zoom's own app as a file, in a folder that is gone after the test. */
function setupFile(folder: string, clientId: string, name = 'zoom.tally-setup.json'): string {
  const path = join(folder, name);
  writeFileSync(path, writeSetupFile({ ...setup, redirectUri: 'http://127.0.0.1/tally', clientId }));
  return path;
}

test('a colleague connects by the setup that the first one copies, and both stay signed in', async ({
  signInOne,
  launch,
  desktopBrowser,
  practice,
  zoom,
}) => {
  const first = await signInOne();
  await first.window.open('Accounts');
  await first.window.accounts.copySetup();
  await expect.poll(pasted).toMatch(/^tally-setup:/);
  const text = await pasted();
  expect(text).not.toContain('CANARY');
  await first.tally.quit();

  // Another installation, with another person at it.
  const second = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
  await openConnectPage(second);
  await second.connect.offer(text);
  await expect(second.connect.setup()).toContainText(practice.clientId);
  await expect(second.connect.setup()).toContainText('this computer');
  await expectAccessible(second);
  await second.connect.signInWithZoom();
  const { page } = await desktopBrowser.opened();
  const other =
    (await page.getByLabel('Signed in as').getByRole('option').nth(1).getAttribute('value')) ?? '';
  await allow(page, other);
  await expect(second.accountName()).not.toHaveText(first.name);
  expect((await zoom.grants()).map(({ clientId }) => clientId)).toEqual([
    practice.clientId,
    practice.clientId,
  ]);
});

test('a setup as a file is dropped on the page', async ({ launch, desktopBrowser, practice, files }) => {
  const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
  await openConnectPage(window);
  await dropFiles(window.page, [setupFile(files.path, practice.clientId)]);
  await window.connect.signInWithZoom();
  await allow((await desktopBrowser.opened()).page);
  await expect(window.status.currentWord()).toHaveText('Available');
});

test('`tally setup FILE` opens the page with it, and again for the Tally that runs', async ({
  launch,
  start,
  desktopBrowser,
  practice,
  files,
  allowConsole,
  expectConsole,
}) => {
  allowConsole(/another version of Tally/);
  expectConsole(/^Tally has the setup\. Choose Sign in with Zoom there\.$/);
  const good = setupFile(files.path, practice.clientId);
  const bad = join(files.path, 'bad.json');
  writeFileSync(bad, '{"tallySetup":2}');
  const tally = await launch({ zoom: 'connect', path: desktopBrowser.path, args: ['setup', bad] });
  const window = await tally.window();
  await expect(window.connect.setup()).toContainText('another version of Tally');
  start({ zoom: 'connect', userData: tally.userData, args: ['setup', good] });
  await expect(window.connect.setup()).toContainText(practice.clientId);
  await window.connect.signInWithZoom();
  await allow((await desktopBrowser.opened()).page);
  await expect(window.status.currentWord()).toHaveText('Available');
});

test('with an administrator’s setup two clicks connect: one in Tally, one in the browser', async ({
  launch,
  desktopBrowser,
  practice,
  files,
}) => {
  const env = { TALLY_ADMINISTRATOR_SETUP: setupFile(files.path, practice.clientId, 'setup.json') };
  const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path, env })).window();
  await expect(window.welcome()).toBeVisible();
  await window.signInWithZoom();
  await allow((await desktopBrowser.opened()).page);
  await expect(window.status.currentWord()).toHaveText('Available');
});

test('what is no setup is told, and nothing is kept', async ({ launch, desktopBrowser, keyring, files }) => {
  const tally = await launch({ zoom: 'connect', path: desktopBrowser.path });
  const window = await tally.window();
  await openConnectPage(window);
  const file = join(tally.userData, 'accounts.json');
  const kept = () => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  const before = kept();
  const said = async (words: string) => {
    await expect(window.connect.setup().getByRole('alert')).toContainText(words);
    await window.connect.setup().getByRole('button', { name: 'OK' }).click();
  };
  await window.connect.offer('http://127.0.0.1/tally?code=abc&state=def');
  await said('There is no setup in this.');
  await window.connect.offer('tally-setup:abc.01234567');
  await said('cut off');
  await window.connect.offer(JSON.stringify({ tallySetup: 1, ...setup, cloud: 'https://evil.example' }));
  await said('a Zoom that Tally doesn’t know');
  const folder = join(files.path, 'folder.tally-setup.json');
  mkdirSync(folder);
  await dropFiles(window.page, [folder]);
  await said('The file couldn’t be read.');
  expect(kept()).toBe(before);
  expect(await keyring.accounts()).toEqual([]);
  expect(desktopBrowser.count()).toBe(0);
});
