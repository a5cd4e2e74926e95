import type { AppWindow } from '../support/desktop/pages/app-window.ts';
import type { Panel } from '../support/desktop/panel.ts';
import { appWithSecret, signIn } from '../support/desktop/sign-in.ts';
import { expect, test } from '../support/desktop/signed-in.ts';

/** Switches in the tray, to the account with this address. */
async function switchInTray(panel: Panel, email: string): Promise<void> {
  const [accounts] = await panel.menu();
  const line = accounts?.children.find(({ label }) => label.includes(email));
  await panel.click([accounts?.label ?? '', line?.label ?? email]);
}

test('two people, each with a status of their own', async ({ signInTwo, zoom, panel }) => {
  const { window, name, email, otherName, otherEmail } = await signInTwo();
  await window.status.choose('Away');
  await expect(window.status.currentWord()).toHaveText('Away');
  expect((await zoom.presence(otherEmail)).status).toBe('Away');
  expect((await zoom.presence(email)).status).toBe('Available');
  await panel.waitFor(({ tooltip }) => tooltip === `Away (you). ${otherName}`, 'whose status it is');

  await window.accounts.switchTo(name);
  await expect(window.accountName()).toHaveText(name);
  await expect(window.status.currentWord()).toHaveText('Available');
  await panel.waitFor(
    ({ tooltip }) => tooltip.startsWith('Available') && tooltip.endsWith(name),
    'the switch',
  );

  await switchInTray(panel, otherEmail);
  await expect(window.accountName()).toHaveText(otherName);
  await expect(window.status.currentWord()).toHaveText('Away');
  await window.open('Accounts');
  await expect(window.accounts.all()).toHaveCount(2);
  await expect(window.accounts.inUse()).toContainText(otherName);
});

test('both accounts and which one was in use outlast a restart', async ({
  signInTwo,
  launch,
  desktopBrowser,
}) => {
  const { tally, window, start, name, otherName } = await signInTwo();
  await window.accounts.switchTo(name);
  await expect(window.accountName()).toHaveText(name);
  await tally.quit();
  const again = await (await launch(start)).window();
  await expect(again.accountName()).toHaveText(name);
  await expect(again.status.currentWord()).toHaveText('Available');
  await again.accounts.switchTo(otherName);
  await expect(again.accountName()).toHaveText(otherName);
  await expect(again.status.currentWord()).toHaveText('Available');
  expect(desktopBrowser.count()).toBe(2);
});

test('switching waits for no answer of Zoom, in the tray and in the window', async ({
  signInTwo,
  panel,
  zoom,
}) => {
  const { window, name, email, otherName, otherEmail } = await signInTwo();
  await zoom.fault({ kind: 'hold', when: 'before' }, {}, 1_000);
  await switchInTray(panel, email);
  await panel.waitFor(({ tooltip }) => tooltip.endsWith(name), name);
  await expect(window.status.currentWord()).toHaveText('Available');
  await switchInTray(panel, otherEmail);
  await panel.waitFor(({ tooltip }) => tooltip.endsWith(otherName), otherName);
  for (const person of [name, otherName]) {
    await window.accounts.switchTo(person);
    await expect(window.accountName()).toHaveText(person);
    await expect(window.status.currentWord()).toHaveText('Available');
  }
  await window.status.choose('Away');
  await zoom.held({ operationId: 'updatePresenceStatus' });
  await expect(window.status.currentWord()).toHaveText('Available');
  await zoom.clearFaults();
  expect(await zoom.release()).toBeGreaterThan(0);
  await expect(window.status.currentWord()).toHaveText('Away');
});

test('what was asked for one account never lands in the other one’s screens', async ({
  signInTwo,
  practice,
  zoom,
  panel,
}) => {
  const { window, name, otherName, otherEmail } = await signInTwo();
  await window.accounts.switchTo(name);
  await expect(window.accountName()).toHaveText(name);
  await zoom.fault({ kind: 'hold', when: 'after' });
  await window.status.choose('Away');
  const { id } = await zoom.held({ operationId: 'updatePresenceStatus' });
  await window.accounts.switchTo(otherName);
  await expect(window.accountName()).toHaveText(otherName);
  await expect(window.status.option('Away')).not.toBeChecked();
  await expect(window.status.sending()).toBeHidden();

  const seen = recordWords(window);
  expect(await zoom.release()).toBe(1);
  await expect.poll(async () => (await zoom.requests()).find((entry) => entry.id === id)?.held).toBe(false);
  // The answer is read by now: the account it belongs to shows it at once.
  await switchInTray(panel, practice.email);
  await expect(window.status.currentWord()).toHaveText('Away');
  await window.accounts.switchTo(otherName);
  await expect(window.status.currentWord()).toHaveText('Available');
  expect((await zoom.presence(otherEmail)).status).toBe('Available');
  expect(await seen()).not.toContain(`${otherName}: Away`);
});

/** Notes each pair of account and status that the window ever shows, from now on. */
function recordWords(window: AppWindow): () => Promise<string[]> {
  const recording = window.page.evaluate(() => {
    const seen = new Set<string>();
    const look = () => {
      const name = document.querySelector('section[aria-label="Account"] [title]')?.textContent;
      const word = document.querySelector('main h1')?.textContent;
      seen.add(`${name}: ${word}`);
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    Object.assign(globalThis, { seen });
  });
  return async () => {
    await recording;
    return window.page.evaluate(() => [...(globalThis as unknown as { seen: Set<string> }).seen]);
  };
}

test('the same person again is the same account', async ({ signInOne, practice, desktopBrowser, zoom }) => {
  const { window } = await signInOne();
  await signIn(window, desktopBrowser, appWithSecret(practice));
  await expect
    .poll(async () => (await zoom.counts()).revocations, { message: 'the former app is left' })
    .toBe(1);
  await expect(window.status.currentWord()).toHaveText('Available');
  await window.open('Accounts');
  await expect(window.accounts.all()).toHaveCount(1);
});

test('a permission that is taken away later is named, and is not taken for the end of the sign-in', async ({
  signInOne,
  zoom,
}) => {
  const { window } = await signInOne();
  const scope = 'user:update:presence_status';
  await zoom.patch({ removeScopes: [scope] });
  await window.status.choose('Away');
  await expect(window.status.failure()).toContainText(scope);
  await expect(window.status.currentWord()).toHaveText('Available');
  expect((await zoom.counts()).refreshes).toBe(0);
  await window.open('Accounts');
  await expect(window.accounts.inUse()).toHaveCount(1);
  await expect(window.accounts.missing()).toContainText(scope);
  await expect(window.accounts.missing()).not.toContainText(':admin');
  await window.open('Status');
  await expect(window.status.failure()).toContainText(scope);
  await expect(window.status.failure().getByRole('button', { name: 'Try again' })).toBeHidden();
  await expect(window.status.permissionNeeded()).toBeHidden();
  await window.status.dismissFailure();
  await expect(window.status.permissionNeeded()).toContainText(scope);
});

test('an hour later new tokens come once, and nothing shows of it', async ({
  signInOne,
  desktopBrowser,
  zoom,
}) => {
  const { tally, window } = await signInOne();
  await tally.jump(3_600_000);
  await window.saysNoTray();
  await window.status.choose('Away');
  await expect(window.status.currentWord()).toHaveText('Away');
  expect((await zoom.counts()).refreshes).toBe(1);
  expect(desktopBrowser.count()).toBe(1);
});
