import { startPractice } from '../../electron/practice/server.ts';
import { type AccountKind, accountKinds } from '../../electron/practice/state/kinds.ts';
import { companyPem, startCompany } from '../support/company.ts';
import type { RunningTally } from '../support/desktop/launch.ts';
import type { AppWindow, Screen } from '../support/desktop/pages/app-window.ts';
import { test as base, expect } from '../support/desktop/tally.ts';

const screens: readonly Screen[] = [
  'Status',
  'Backgrounds',
  'Profile',
  'Zoom settings',
  'ZAK',
  'Advanced',
  'Accounts',
  'Preferences',
];

/** The kinds of account that people have, each at a practice Zoom that is one; only this computer and Google's name are there. */
const testOf = (account: AccountKind) =>
  base.extend<{ readonly opened: { readonly tally: RunningTally; readonly window: AppWindow } }>({
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
    practice: async ({}, use) => {
      const practice = await startPractice({ account });
      await use(practice);
      await practice.close();
    },
    opened: async ({ launch, practice, panel: _panel }, use) => {
      const company = await startCompany(practice.oauthUrl);
      const tally = await launch({
        env: { HTTPS_PROXY: company.proxy, NO_PROXY: '', no_proxy: '', NODE_EXTRA_CA_CERTS: companyPem },
      });
      const window = await tally.window();
      await expect(window.status.currentWord()).toBeVisible();
      await use({ tally, window });
      expect(company.asked.map(({ authority }) => authority)).toEqual(
        account === 'google' ? ['lh3.googleusercontent.com:443'] : [],
      );
      await company.close();
    },
  });

const [basic, google, business] = accountKinds.map(testOf) as [
  ReturnType<typeof testOf>,
  ReturnType<typeof testOf>,
  ReturnType<typeof testOf>,
];

for (const [at, test] of [basic, google, business].entries()) {
  const kind = accountKinds[at];
  test(`every screen of a ${kind} account is there, light and dark`, async ({ opened }, info) => {
    const { window } = opened;
    for (const screen of screens) {
      await window.open(screen);
      const main = window.page.getByRole('main');
      await expect(main.getByRole('heading').first()).toBeVisible();
      if (screen === 'Zoom settings') await expect(window.settings.search()).toBeVisible();
      if (screen === 'Profile')
        await expect(main.getByRole('heading', { name: 'Meeting link and account' })).toBeVisible();
      for (const colorScheme of ['light', 'dark'] as const) {
        await window.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        for (const [part, heading] of [
          main.getByRole('heading').first(),
          main.getByRole('heading').last(),
        ].entries()) {
          await heading.scrollIntoViewIfNeeded();
          const path = info.outputPath(`${kind}-${screen}-${colorScheme}-${part}.png`);
          await window.page.screenshot({ path, animations: 'disabled' });
        }
      }
      await expect(main).not.toContainText(/undefined|NaN|\[object/);
    }
  });
}

basic(
  'a Basic account: no picture, nothing set, and no settings that it has not',
  async ({ opened }, info) => {
    const { window } = opened;
    await window.open('Profile');
    await expect(window.profile.picture()).toContainText('You have no picture.');
    const main = window.page.getByRole('main');
    await expect(main).toContainText('Not set');
    await expect(main).toContainText('Basic');
    await main.getByRole('heading', { name: 'Meeting link and account' }).scrollIntoViewIfNeeded();
    await window.page.screenshot({ path: info.outputPath('basic-at-hand.png'), animations: 'disabled' });
    await window.open('Backgrounds');
    await expect(main).toContainText('No backgrounds yet');
    await window.open('Zoom settings');
    await window.settings.search().fill('webinar');
    await expect(window.settings.results().filter({ hasText: 'Not offered' }).first()).toBeVisible();
    await window.page.screenshot({ path: info.outputPath('basic-not-offered.png'), animations: 'disabled' });
    await window.settings.search().fill('');
    await window.settings.openSection('Data regions');
    await window.page.screenshot({
      path: info.outputPath('basic-empty-section.png'),
      animations: 'disabled',
    });
  },
);

google('a Google login: Google’s picture is shown, and can be removed', async ({ opened, zoom }) => {
  const { window } = opened;
  await window.open('Profile');
  await expect.poll(() => window.profile.shown()).toMatchObject({ size: [128, 128] });
  await expect(window.profile.removeButton()).toBeVisible();
  expect((await zoom.state()).me.loginType).toBe(1);
});

business(
  'a company that locks settings without naming them: the locked one is named',
  async ({ opened, zoom }, info) => {
    const { window } = opened;
    const { settings } = window;
    const locked = 'settings:schedule_meeting.join_before_host';
    const free = 'settings:schedule_meeting.host_video';
    await window.open('Zoom settings');
    await settings.toggle(free);
    await settings.toggle(locked);
    await settings.save();
    await expect(settings.setting(locked)).toContainText('Locked. Zoom says: This setting is locked');
    await window.page.screenshot({ path: info.outputPath('business-locked.png'), animations: 'disabled' });
    await expect(settings.problem()).toContainText(
      /1 of 2 changes was saved\. “.+” is locked by the administrator/,
    );
    const patches = (await zoom.requests('userSettingsUpdate')).map(({ body, status }) => ({ body, status }));
    expect(patches.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(patches).toHaveLength(3);
  },
);
