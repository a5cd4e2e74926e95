import { ownApp, signIn } from '../support/desktop/sign-in.ts';
import { expect, test } from '../support/desktop/signed-in.ts';
import { startKeePassXC } from '../support/trust/keepassxc.ts';
import { startKWallet } from '../support/trust/kwallet.ts';
import { startPrompter } from '../support/trust/prompter.ts';

/** Keychains as they are on people's computers, with the questions that they ask. */

test('GNOME Keyring asks once; Quit ends at once and in good order, and the question that stays opens the next start', async ({
  signInOne,
  launch,
  keyring,
  zoom,
  desktopBrowser,
}) => {
  const { tally: first, start } = await signInOne();
  await first.quit();
  await keyring.lock();
  const prompter = await startPrompter();
  try {
    const asking = await launch(start);
    const program = asking.app.process();
    await expect.poll(prompter.questions).toBe(1);
    await asking.quit();
    expect(program.exitCode).toBe(0);
    // It is taken back by nobody: GNOME Keyring 42 ends when it is.
    expect(await prompter.questions()).toBe(1);
    expect(await keyring.locked()).toBe(true);
    expect((await zoom.counts()).refreshes).toBe(0);

    await prompter.answer('test');
    const last = await launch(start);
    await expect((await last.window()).status.currentWord()).toHaveText('Available');
    await last.quit();
    expect(await prompter.questions()).toBe(0);

    await keyring.lock();
    const again = await launch(start);
    const window = await again.window();
    await expect(window.waitsForKeychain()).toBeVisible();
    await expect.poll(prompter.questions).toBe(1);
    await prompter.answer('test');
    await expect(window.status.currentWord()).toHaveText('Available');
    await again.quit();
    expect(desktopBrowser.count()).toBe(1);
  } finally {
    await prompter.stop();
  }
});

test('a sign-in during which GNOME Keyring asks, and Tally is quit, is said to be lost for just that', async ({
  launch,
  practice,
  keyring,
  desktopBrowser,
}) => {
  await keyring.lock();
  const prompter = await startPrompter();
  try {
    const tally = await launch({ zoom: 'connect', path: desktopBrowser.path });
    const program = tally.app.process();
    const window = await tally.window();
    await signIn(window, desktopBrowser, ownApp(practice));
    await expect.poll(prompter.questions).toBe(1);
    await tally.quit();
    expect(program.exitCode).toBe(0);

    const again = await launch({
      zoom: 'connect',
      path: desktopBrowser.path,
      userData: tally.userData,
    });
    await expect((await again.window()).refusal()).toContainText('This sign-in ended when Tally quit.');
    await again.quit();
  } finally {
    await prompter.stop();
  }
});

test('KeePassXC, which asks about each new process: nothing is used up before its yes, and nothing is lost', async ({
  signInOne,
  launch,
  zoom,
  desktopBrowser,
}) => {
  const keepass = await startKeePassXC();
  try {
    const { tally: first, window: signedIn, start } = await signInOne({ env: keepass.env });
    await signedIn.open('Accounts');
    await expect(signedIn.accounts.inUse()).not.toContainText('ends when Tally quits');
    await first.quit();
    expect(await keepass.questions()).toBe(0);

    // Nobody answers, and Tally is quit: a question of the one that has ended stays.
    for (const starts of [1, 2]) {
      const tally = await launch(start);
      const window = await tally.window();
      await expect(window.waitsForKeychain()).toBeVisible();
      await expect.poll(keepass.questions).toBe(starts);
      await tally.quit();
    }
    expect((await zoom.counts()).refreshes).toBe(0);

    const last = await launch(start);
    const window = await last.window();
    await expect.poll(keepass.questions).toBe(3);
    await keepass.allow();
    await expect(window.status.currentWord()).toHaveText('Available');
    // It is not asked again while it runs.
    await last.jump(3_600_000);
    await window.saysNoTray();
    await window.status.choose('Away');
    await expect(window.status.currentWord()).toHaveText('Away');
    expect((await zoom.counts()).refreshes).toBe(2);
    expect(await keepass.questions()).toBe(2);
    expect(desktopBrowser.count()).toBe(1);
    await last.quit();
  } finally {
    await keepass.stop();
  }
});

test('KWallet keeps the sign-in; closed, it asks once, Quit ends at once, and its password brings the sign-in', async ({
  signInOne,
  launch,
  zoom,
  desktopBrowser,
}) => {
  const wallet = await startKWallet();
  try {
    const { tally: first, window: signedIn, start } = await signInOne({ env: wallet.env });
    await signedIn.open('Accounts');
    await expect(signedIn.accounts.inUse()).not.toContainText('ends when Tally quits');
    await first.quit();
    const second = await launch(start);
    await expect((await second.window()).status.currentWord()).toHaveText('Available');
    await second.quit();
    expect(await wallet.questions()).toBe(0);
    expect((await zoom.counts()).refreshes).toBe(1);

    await wallet.lock();
    const asking = await launch(start);
    const program = asking.app.process();
    await expect.poll(wallet.questions).toBe(1);
    await asking.quit();
    expect(program.exitCode).toBe(0);

    // The window of the question that was taken back stays, and its password is as good as ever.
    const last = await launch(start);
    const window = await last.window();
    await expect(window.waitsForKeychain()).toBeVisible();
    await wallet.unlock();
    await expect(window.status.currentWord()).toHaveText('Available');
    expect(desktopBrowser.count()).toBe(1);
    await last.quit();
  } finally {
    await wallet.stop();
  }
});
