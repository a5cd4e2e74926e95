import { pasted } from '../support/desktop/clipboard.ts';
import { startNotifications } from '../support/desktop/notifications.ts';
import type { AppWindow } from '../support/desktop/pages/app-window.ts';
import { expect, test } from '../support/desktop/tally.ts';

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
