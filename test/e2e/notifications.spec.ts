import { expectAccessible } from '../support/desktop/accessible.ts';
import { dropFiles } from '../support/desktop/drop.ts';
import { startNotifications } from '../support/desktop/notifications.ts';
import { openBackgrounds } from '../support/desktop/open.ts';
import { markOf } from '../support/desktop/panel-icon.ts';
import { menuText } from '../support/desktop/panel-menu.ts';
import { expect, test } from '../support/desktop/tally.ts';

const minute = 60_000;

test('an upload that asks is told wherever the person is: by a notification, a mark, and to screen readers', async ({
  launch,
  files,
  zoom,
}) => {
  const notifications = await startNotifications();
  const window = await openBackgrounds(await launch());
  const path = files.picture('a.png', 10);
  await dropFiles(window.page, [path]);
  await expect(window.news()).toContainText('1 file uploaded');
  expect(notifications.shown).toEqual([]);
  await expect(window.navigation().locator('[aria-describedby]')).toHaveCount(0);
  await dropFiles(window.page, [path]);
  await window.open('Profile');
  await expect(window.news()).toContainText('1 file needs your answer');
  await expect(window.tab('Backgrounds')).toHaveAccessibleDescription('1 file needs your answer');
  await window.open('Backgrounds');
  const upload = { operationId: 'uploadVBuser' } as const;
  await zoom.fault({ kind: 'hold', when: 'before' }, upload, 1);
  const last = (await zoom.requests()).at(-1)?.id ?? 0;
  await window.backgrounds.answer('a.png', 'Send anyway').click();
  await zoom.held(upload, last);
  await window.open('Profile');
  await zoom.release();
  await expect.poll(notifications.standing).toEqual(['Background uploaded']);
  await expectAccessible(window);
  await expect(window.tab('Backgrounds')).not.toHaveAccessibleDescription(/./);
  notifications.close();
});

test('the tray tells what came of a click: by its icon, its menu and notifications with their button', async ({
  panel,
  zoom,
  launch,
}) => {
  const notifications = await startNotifications();
  const { shown } = notifications;
  const tally = await launch({ hidden: true });
  await panel.waitForTooltip('Available');

  await zoom.patch({ loggedIn: false });
  await panel.click(['Busy']);
  await expect.poll(notifications.standing).toEqual(['Couldn’t set Busy']);
  expect(shown[0]).toMatchObject({ buttons: ['Try again'], icon: true });
  const refused = await panel.waitFor(
    ({ tooltip }) => tooltip.endsWith('. Couldn’t set Busy'),
    'the refusal',
  );
  expect(markOf(refused.icon)).toBe('refused');
  expect(menuText(refused.menu)).toContain('Try again');
  await zoom.patch({ loggedIn: true });
  notifications.press('Couldn’t set Busy', 'Try again');
  const busy = await panel.waitForTooltip('Busy (you)');
  expect(markOf(busy.icon)).toBe('none');

  await panel.click(['Copy ZAK']);
  await expect.poll(notifications.standing).toEqual(['ZAK copied']);
  await zoom.fault({ kind: 'status', status: 500 }, { operationId: 'userZak' }, 20);
  await tally.jump(minute);
  await panel.click(['Copy ZAK']);
  await expect.poll(notifications.standing, { timeout: 20_000 }).toEqual(['Couldn’t copy a ZAK']);

  await tally.jump(minute);
  await panel.click(['Away', '15 minutes']);
  await panel.waitForTooltip('Away');
  await tally.jump(15 * minute);
  await expect.poll(notifications.standing).toEqual(['Couldn’t copy a ZAK', 'Away ended']);
  expect(shown.at(-1)?.body).toBe('Back to Busy.');
  notifications.press('Away ended', '15 more minutes');
  await panel.waitFor(({ tooltip }) => tooltip.includes('Switching to Away in'), 'Away waiting');
  await tally.jump(minute);
  await panel.waitForTooltip('Away, 15 min left (you)');

  // A notification itself leads to its screen; what is seen there is not told, and what is not wanted neither.
  notifications.press('Couldn’t copy a ZAK');
  const window = await tally.window();
  await expect.poll(() => window.screen()).toBe('ZAK');
  const before = shown.length;
  await window.zak.copy();
  await expect(window.zak.problem()).toBeVisible();
  await window.open('Preferences');
  await window.preferences.toggleNotification('ZAK copied');
  await zoom.clearFaults();
  await panel.click(['Copy ZAK']);
  await expect.poll(async () => (await zoom.requests('userZak')).at(-1)?.status).toBe(200);
  expect(shown).toHaveLength(before);
  notifications.close();
});
