import { expect, test } from '../support/desktop/signed-in.ts';
import { startKeePassXC } from '../support/trust/keepassxc.ts';

/** Keychains other than GNOME Keyring, which every end-to-end test has, as they are on people's computers. */

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
