import { expect } from '@playwright/test';
import { landscape } from '../../electron/practice/state/image.ts';
import { dropFiles } from '../../test/support/desktop/drop.ts';
import type { Screen } from '../../test/support/desktop/pages/app-window.ts';
import type { Stage, State } from './stage.ts';

const minute = 61_000;
const privateChat = 'settings:in_meeting.private_chat';

/** One after the other in one app: each begins where the former ended. */
export const connected: readonly State[] = [
  screen('status', 'Status', async ({ window }) => expect(window.status.currentWord()).toBeVisible()),
  {
    name: 'status-waiting',
    async reach({ window }) {
      await window.status.choose('Away');
      await expect(window.status.currentWord()).toHaveText('Away');
      await window.status.choose('Busy');
      await expect(window.status.waiting()).toBeVisible();
    },
  },
  {
    name: 'status-timer',
    async reach({ window, tally }) {
      await window.status.cancelWaiting();
      await tally.jump(minute);
      await window.status.doNotDisturbFor('45 minutes');
      await expect(window.status.timeLeft()).toBeVisible();
    },
  },
  {
    name: 'status-refused',
    async reach({ window, tally, zoom }) {
      await tally.jump(minute);
      await zoom.patch({ loggedIn: false });
      await window.status.choose('Busy');
      await expect(window.status.failure()).toBeVisible();
    },
  },
  {
    name: 'palette',
    async reach({ window }) {
      await window.status.dismissFailure();
      await window.palette.open();
      await window.palette.search().fill('dnd 45');
      await expect(window.palette.options().first()).toBeVisible();
    },
  },
  {
    name: 'shortcuts',
    async reach({ window: { page } }) {
      await page.keyboard.press('Escape');
      await page.locator('body').press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    },
  },
  {
    name: 'backgrounds',
    async reach({ window }) {
      await window.page.keyboard.press('Escape');
      await window.open('Backgrounds');
      await expect(window.backgrounds.grid()).toBeVisible();
    },
  },
  {
    name: 'backgrounds-uploads',
    async reach({ window, files }) {
      const view = (name: string, hue: number) =>
        files.file(name, landscape(1280, 720, [60 + hue, 130, 220 - hue], [40, 90 + hue / 2, 60]));
      const paths = [view('Harbor.png', 10), view('Terrace.png', 130), files.large('Summit.png', 18)];
      await dropFiles(window.page, [...paths, files.file('Notes.txt', Buffer.from('no picture'))]);
      await expect(window.backgrounds.question('Summit.png')).toBeVisible();
      await expect(window.backgrounds.quota()).toHaveText(/5 of 10/);
    },
  },
  {
    name: 'backgrounds-details',
    async reach({ window: { backgrounds, page } }) {
      await backgrounds.answer('Summit.png', 'Skip').click();
      await backgrounds.clearFinished();
      await backgrounds.card('Harbor.png').click();
      await expect(page.getByRole('dialog', { name: 'Harbor.png' })).toBeVisible();
    },
  },
  {
    name: 'backgrounds-crop',
    async reach({ window: { page } }) {
      await page.getByRole('button', { name: 'Crop to 16:9' }).click();
      await expect(page.getByRole('application')).toBeVisible();
    },
  },
  {
    name: 'backgrounds-selected',
    async reach({ window: { backgrounds, page } }) {
      await page.getByRole('button', { name: 'Cancel' }).click();
      await backgrounds.select('Harbor.png');
      await expect(backgrounds.selection()).toBeVisible();
    },
  },
  {
    name: 'library',
    async reach({ window: { library } }) {
      await library.part('Library').click();
      await expect(library.card('Harbor.png')).toBeVisible();
    },
  },
  screen('profile', 'Profile', ({ window }) =>
    expect(window.profile.words()).toHaveText('This is how others see you.'),
  ),
  {
    name: 'profile-changed',
    async reach({ window: { profileFields } }) {
      await profileFields.field('Job title').fill('Lighthouse keeper');
      await expect(profileFields.changes()).toBeVisible();
    },
  },
  screen('settings', 'Zoom settings', ({ window }) =>
    expect(window.settings.setting('settings:schedule_meeting.host_video')).toBeVisible(),
  ),
  {
    name: 'settings-search',
    async reach({ window: { settings } }) {
      await settings.search().fill('private chat');
      await expect(settings.results().first()).toBeVisible();
    },
  },
  {
    name: 'settings-changed',
    async reach({ window: { settings } }) {
      await settings.search().press('Enter');
      await settings.toggle(privateChat);
      await expect(settings.changes()).toBeVisible();
    },
  },
  {
    name: 'settings-review',
    async reach({ window: { settings } }) {
      await expect(await settings.review()).toBeVisible();
    },
  },
  {
    name: 'settings-history',
    async reach({ window: { page, settings } }) {
      await page.keyboard.press('Escape');
      await settings.save();
      await expect(settings.saved()).toBeVisible();
      await settings.menu('Saved changes');
      await expect(page.getByRole('dialog', { name: 'Saved changes' })).toBeVisible();
    },
  },
  {
    name: 'settings-details',
    async reach({ window: { page, settings } }) {
      await page.keyboard.press('Escape');
      await settings.details().click();
    },
  },
  {
    name: 'settings-nothing-found',
    async reach({ window: { settings } }) {
      await settings.details().click();
      await settings.search().fill('mute participants');
      await expect(settings.onWebsite()).toBeVisible();
    },
  },
  screen('zak', 'ZAK', ({ window }) => expect(window.zak.copyButton()).toBeVisible()),
  {
    name: 'zak-copied',
    async reach({ window: { zak } }) {
      await zak.copy();
      await expect(zak.timeLeft()).toBeVisible();
    },
  },
  screen('advanced', 'Advanced', ({ window }) => expect(window.advanced.operations().first()).toBeVisible()),
  {
    name: 'advanced-request',
    async reach({ window: { advanced } }) {
      await advanced.open('userUpdate');
      await expect(advanced.sendButton()).toBeVisible();
    },
  },
  {
    name: 'advanced-answer',
    async reach({ window: { advanced } }) {
      await advanced.open('user');
      await advanced.send();
      await expect(advanced.status()).toHaveText('200 OK');
    },
  },
  {
    name: 'advanced-history',
    async reach({ window: { advanced } }) {
      await advanced.show('History');
      await expect(advanced.history().first()).toBeVisible();
    },
  },
  screen('accounts', 'Accounts', ({ window }) => expect(window.accounts.all()).toHaveCount(1)),
  {
    name: 'accounts-sign-out',
    async reach({ window: { accounts } }) {
      await accounts.askToSignOut('Robin Ashdown');
    },
  },
  screen('automation', 'Automation', ({ window }) =>
    expect(window.automation.rule('Working hours')).toBeVisible(),
  ),
  {
    name: 'automation-acting',
    async reach({ window: { automation, page }, tally }) {
      await tally.jump(minute);
      for (const rule of await automation.rule('').all()) await rule.press('Space');
      await expect(automation.today().first()).toBeVisible();
      await page.mouse.move(0, 0);
    },
  },
  {
    name: 'status-presets',
    async reach({ window: { page, status }, window, tally }) {
      await tally.jump(minute);
      await window.open('Status');
      await status.timed().selectOption('Away');
      await status.timeField().fill('45');
      await status.saveAsPreset('Lunch');
      await status.timed().selectOption('Do_Not_Disturb');
      await status.timeField().fill('end of day');
      await status.saveAsPreset('Focus');
      await expect(status.beside('Presets')).toContainText('Focus');
      await page.mouse.move(0, 0);
    },
  },
  {
    name: 'preset',
    async reach({ window: { status, page } }) {
      await status.beside('Presets').getByRole('button', { name: 'Add preset' }).click();
      await expect(page.getByRole('dialog', { name: 'New preset' })).toBeVisible();
    },
  },
  screen('preferences', 'Preferences', ({ window }) => expect(window.preferences.heading()).toBeVisible()),
];

/** Each in an app of its own. */
export const apart: readonly State[] = [
  {
    name: 'status-no-permission',
    async reach({ window, zoom }) {
      await zoom.patch({ removeScopes: ['user:update:presence_status'] });
      await window.status.choose('Away');
      await expect(window.status.failure()).toBeVisible();
    },
  },
  named(
    'names-long',
    `${'Wolfeschlegelsteinhausenbergerdorff'.repeat(4)} ${'of Hamburg '.repeat(6)}`.slice(0, 200),
  ),
  named('names-right-to-left', 'عبد الرحمن بن محمد الهاشمي'),
];

/** The practice account as Tally brings it along. */
export const practice: readonly State[] = [
  screen('practice-status', 'Status', ({ window }) => expect(window.practiceBanner()).toBeVisible()),
  screen('practice-backgrounds', 'Backgrounds', ({ window }) =>
    expect(window.backgrounds.previews()).toHaveCount(3),
  ),
  screen('practice-profile', 'Profile', ({ window }) =>
    expect(window.profile.picture().locator('img').first()).toBeVisible(),
  ),
  screen('practice-accounts', 'Accounts', ({ window }) => expect(window.accounts.all()).toHaveCount(1)),
];

/** Nobody is signed in. */
export const unconnected: readonly State[] = [
  { name: 'welcome', reach: ({ window }) => expect(window.welcome()).toBeVisible() },
  {
    name: 'connect-choose',
    async reach({ window }) {
      await window.connectZoom();
      await expect(window.connect.step('Choose')).toBeVisible();
    },
  },
  { name: 'connect-create', reach: ({ window }) => window.connect.goTo('Create') },
  { name: 'connect-paste', reach: ({ window }) => window.connect.goTo('Paste') },
];

function screen(name: string, title: Screen, isThere: (stage: Stage) => Promise<void>): State {
  return {
    name,
    async reach(stage) {
      await stage.tally.resize(1280, 800);
      await stage.window.page.keyboard.press('Escape');
      await stage.window.open(title);
      await isThere(stage);
    },
  };
}

/** Somebody of this name, at every place where it stands. */
function named(name: string, person: string): State {
  const user = {
    id: 'named',
    email: 'named@practice.example',
    type: 2,
    first_name: person,
    display_name: person,
  };
  return {
    name,
    before: (zoom) =>
      zoom.fault(
        { kind: 'status', status: 200, body: JSON.stringify(user) },
        { operationId: 'user', method: 'GET' },
        1_000,
      ),
    async reach({ window, files }) {
      await window.open('Backgrounds');
      await dropFiles(window.page, [
        files.file(`${person.slice(0, 60)}.png`, landscape(640, 360, [70, 130, 190], [40, 90, 60])),
      ]);
      await expect(window.backgrounds.quota()).toHaveText(/4 of 10/);
      await window.open('Profile');
      await window.accounts.switcher().hover();
    },
  };
}
