import { pasted } from '../support/desktop/clipboard.ts';
import { startNotifications } from '../support/desktop/notifications.ts';
import type { AppWindow } from '../support/desktop/pages/app-window.ts';
import { allow, people } from '../support/desktop/sign-in.ts';
import { expect, test } from '../support/desktop/signed-in.ts';

/** What is typed into Ctrl+K, which the first line of the list then does. */
async function line(window: AppWindow, typed: string, first: RegExp): Promise<void> {
  await window.palette.open();
  await window.page.keyboard.type(typed);
  await expect(window.palette.chosen()).toHaveText(first);
  await window.page.keyboard.press('Enter');
  await expect(window.palette.dialog()).toHaveCount(0);
}

test('each main job is two clicks from the tray, or one line and Enter', async ({ launch, zoom, panel }) => {
  const notifications = await startNotifications();
  const tally = await launch();
  const window = await tally.window();
  const { status, settings, profileFields, accounts, page } = window;
  await expect(status.currentWord()).toHaveText('Available');

  await panel.click(['Do not disturb', '45 minutes']);
  await panel.waitForTooltip('Do not disturb, 45 min left');
  await tally.jump(61_000);
  await line(window, 'dnd 45', /^Do not disturb for 45 minutes/);
  await expect.poll(() => zoom.updates()).toHaveLength(2);
  expect(await zoom.updates()).toEqual([
    { status: 'Do_Not_Disturb', duration: 45 },
    { status: 'Do_Not_Disturb', duration: 45 },
  ]);
  await tally.jump(61_000);
  await line(window, 'away 14:30', /^Away until 2:30 PM/);
  await expect(status.currentWord()).toHaveText('Away');
  await expect(status.follows()).toContainText('2:30 PM');
  await tally.jump(61_000);
  await panel.click(['Away', 'Until 5:30 PM']);
  await expect(status.follows()).toContainText('5:30 PM');

  await panel.click(['Copy ZAK']);
  await expect.poll(notifications.standing).toContain('ZAK copied');
  expect(await pasted()).toMatch(/^ey/);

  await line(window, 'waiting room', /^Waiting room/);
  await expect(settings.setting('meeting_security:meeting_security.waiting_room')).toBeInViewport();
  await line(window, 'job title', /^Job title/);
  await expect(profileFields.field('Job title')).toBeFocused();
  await line(window, 'get a user', /Get a user/);
  await expect.poll(() => window.screen()).toBe('Advanced');
  await expect(window.advanced.title()).toHaveText('Get a user');
  await line(window, 'sign out', /^Sign out/);
  await expect(page.getByRole('button', { name: 'Stay signed in' })).toBeFocused();
  await expect(accounts.inUse()).toContainText('Ends the practice account');
  notifications.close();
});

/** Counts what is really clicked in the window from now on. */
async function countClicks({ page }: AppWindow): Promise<() => Promise<number>> {
  const clicks = await page.evaluateHandle(() => {
    const all: Event[] = [];
    // What Enter and the labels of fields make of themselves has no place.
    addEventListener('click', (event) => event.isTrusted && event.detail > 0 && all.push(event), true);
    return all;
  });
  return () => clicks.evaluate((all) => all.splice(0).length);
}

test('connecting asks for three scopes and six clicks; switching for two, three backgrounds for two and the dialog', async ({
  launch,
  practice,
  desktopBrowser,
  panel,
  zoom,
  files,
}) => {
  const window = await (await launch({ zoom: 'connect', path: desktopBrowser.path })).window();
  const { connect, accounts, backgrounds } = window;
  const clicks = await countClicks(window);
  await window.connectZoom();
  await connect.step('Choose').getByText('Yes', { exact: true }).click();
  await connect.step('Choose').getByRole('button', { name: 'Next: create the app' }).click();
  expect(await connect.scopes()).toHaveLength(3);
  await connect.copyRedirectUri();
  await connect.step('Create').getByRole('button', { name: 'Next: paste the Client ID' }).click();
  await connect
    .step('Paste')
    .getByRole('textbox', { name: /Client ID/ })
    .fill(practice.clientId);
  await connect.step('Paste').getByRole('button', { name: 'Continue in the browser' }).click();
  expect(await clicks()).toBe(6);
  const { page } = await desktopBrowser.opened();
  const email = (await people(page))[1] ?? '';
  await zoom.patch({ user: email, loggedIn: true, presence: 'Available' });
  await allow(page, email);
  await expect(window.status.currentWord()).toHaveText('Available');
  const name = String(await window.accountName().textContent());

  await window.open('Accounts');
  await accounts.tryPractice();
  await expect(window.practiceBanner()).toBeVisible();
  await expect(accounts.switcher()).toHaveAttribute('aria-expanded', 'false');
  await clicks();
  await accounts.switchTo(name);
  await expect(window.practiceBanner()).toBeHidden();
  expect(await clicks()).toBe(2);
  await line(window, 'switch', /^Switch to .*\(practice account\)/);
  await expect(window.practiceBanner()).toBeVisible();
  // A click opens the menu, one the list of accounts.
  const [inUse] = await panel.menu();
  const other = inUse?.children.find(({ label }) => label.includes(name))?.label ?? '';
  await panel.click([inUse?.label ?? '', other]);
  await expect(window.practiceBanner()).toBeHidden();
  await line(window, 'switch', /^Switch to .*\(practice account\)/);
  await expect(window.practiceBanner()).toBeVisible();

  await clicks();
  await window.open('Backgrounds');
  const views = ['one.png', 'two.png', 'three.png'].map((view, at) => files.picture(view, at * 40));
  await backgrounds.choose(views);
  await expect(backgrounds.quota()).toHaveAttribute('aria-valuetext', '6 of 10');
  expect(await clicks()).toBe(2);
});
