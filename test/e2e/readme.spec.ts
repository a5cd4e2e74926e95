import { connectAsTheReadmeSays } from '../support/desktop/new-user.ts';
import { expect, test } from '../support/desktop/tally.ts';

test('an account is connected by the four steps of the README, with everything allowed that was asked for', async ({
  panel,
  zoom,
  practice,
  launch,
  desktopBrowser,
  keyring: _keyring,
}) => {
  const tally = await launch({ zoom: 'connect', path: desktopBrowser.path });
  const window = await tally.window();
  await connectAsTheReadmeSays(window, desktopBrowser, practice, (what, act) => test.step(what, act));
  await expect(window.status.currentWord()).toHaveText('Available');
  await panel.click(['Away']);
  await expect(window.status.currentWord()).toHaveText('Away');
  expect((await zoom.presence()).status).toBe('Away');
  await expect(window.practiceBanner()).toBeHidden();

  await tally.quit();
  await panel.waitForNoItem();
  const again = await launch({ zoom: 'connect', path: desktopBrowser.path, userData: tally.userData });
  await expect((await again.window()).status.currentWord()).toHaveText('Away');
});
