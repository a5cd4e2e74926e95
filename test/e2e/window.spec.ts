import type { Locator } from '@playwright/test';
import { expectAccessible } from '../support/desktop/accessible.ts';
import type { Screen } from '../support/desktop/pages/app-window.ts';
import { expect, test } from '../support/desktop/tally.ts';

test('a status chosen in the window arrives at Zoom and in the tray', async ({ panel, zoom, launch }) => {
  const window = await (await launch()).window();
  await expect(window.status.currentWord()).toHaveText('Available');
  await expect(window.practiceBanner()).toBeVisible();
  await expect(window.accountName()).toHaveText('Robin Ashdown');
  await window.status.choose('Away');
  await expect(window.status.currentWord()).toHaveText('Away');
  expect(await zoom.updates()).toEqual([{ status: 'Away' }]);
  await panel.waitFor(({ tooltip }) => tooltip === 'Away (you)', 'Away');
});

test('what is set elsewhere in Zoom is shown at the next look', async ({ panel, zoom, launch }) => {
  const tally = await launch();
  const window = await tally.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  await zoom.patch({ presence: 'In_Calendar_Event' });
  await tally.jump(61_000);
  await expect(window.status.currentWord()).toHaveText('In a calendar event');
  await expect(window.status.story()).toContainText('from Zoom');
  await panel.waitFor(({ tooltip }) => tooltip === 'In a calendar event (Zoom)', 'what Zoom says');
  await window.status.choose('Away');
  await expect(window.status.currentWord()).toHaveText('Away');
  await expect(window.status.timeField()).toHaveAccessibleDescription(/once you’re active/);
  await zoom.patch({ presence: 'Available' });
  await tally.jump(61_000);
  await expect(window.status.ended()).toHaveText(/^Away ended in Zoom\./);
});

test('a length outside of Zoom’s limits is explained and not sent', async ({ zoom, launch }) => {
  const window = await (await launch()).window();
  for (const [typed, why] of [
    ['0', /at least 1 minute/],
    ['1441', /at most 24 hours/],
    ['tomorrow 23:59', /at most 24 hours of Do not disturb/],
    ['20.5', /can’t read that time/],
    ['soon', /can’t read that time/],
    ['-30', /can’t read that time/],
    ['', /until when/],
  ] as const) {
    await window.status.setFor('Do not disturb', typed);
    await expect(window.status.timeField()).toHaveAccessibleDescription(why);
  }
  expect(await zoom.updates()).toEqual([]);
});

test('the window is wholly on the screen at 200 %, and comes back onto it when the screen changes', async ({
  launch,
}) => {
  const tally = await launch({ args: ['--force-device-scale-factor=2'] });
  await tally.window();
  const outside = () =>
    tally.app.evaluate(({ BrowserWindow, screen }) => {
      const { workArea, scaleFactor } = screen.getPrimaryDisplay();
      const window = BrowserWindow.getAllWindows().find((one) => one.isVisible());
      const { x = 0, y = 0, width = 0, height = 0 } = window?.getBounds() ?? {};
      const below = y + height - workArea.y - workArea.height;
      const beside = x + width - workArea.x - workArea.width;
      return {
        scaleFactor,
        width: width > 0,
        outside: Math.max(below, beside, workArea.x - x, workArea.y - y, 0),
      };
    });
  await expect.poll(outside).toEqual({ scaleFactor: 2, width: true, outside: 0 });
  await tally.resize(1_200, 900);
  await tally.app.evaluate(({ screen }) =>
    screen.emit('display-metrics-changed', {}, screen.getPrimaryDisplay(), ['workArea']),
  );
  await expect.poll(outside).toEqual({ scaleFactor: 2, width: true, outside: 0 });
  // The screen that it was on is unplugged.
  await tally.app.evaluate(({ BrowserWindow, screen }) => {
    const window = BrowserWindow.getAllWindows().find((one) => one.isVisible());
    window?.setPosition(1_900, 700);
    screen.emit('display-removed', {}, screen.getPrimaryDisplay());
  });
  await expect.poll(outside).toEqual({ scaleFactor: 2, width: true, outside: 0 });
});

test('an action that is not on the list is refused by main', async ({ zoom, launch }) => {
  const window = await (await launch()).window();
  await expect(window.status.currentWord()).toHaveText('Available');
  const kinds = await window.page.evaluate(async () => {
    const tally = (
      globalThis as unknown as { tally: { actions: { run(action: unknown): Promise<unknown> } } }
    ).tally;
    const bad = [
      null,
      'quit',
      { type: 'presence.set', status: 'Offline' },
      { type: 'presence.set', status: 'Away', minutes: 0 },
      { type: 'presence.set', status: 'Away', minutes: 1441 },
      { type: 'presence.set', status: 'Do_Not_Disturb', minutes: 0 },
      { type: 'presence.set', status: 'Away', token: 'x' },
      { type: 'preferences.set', patch: { dndMinutes: 0 } },
      { type: 'constructor' },
    ];
    return Promise.all(
      bad.map(async (action) => (await tally.actions.run(action)) as { error?: { kind: string } }),
    );
  });
  expect(kinds.map(({ error }) => error?.kind)).toEqual(Array(9).fill('invalid-input'));
  expect(await zoom.updates()).toEqual([]);
});

test('preferences take effect at once and survive a restart', async ({ panel, zoom, launch }) => {
  const first = await launch();
  const window = await first.window();
  await window.open('Preferences');
  await window.preferences.chooseTheme('Dark');
  await expect.poll(() => window.forcedTheme()).toBe('dark');
  await window.preferences.setDoNotDisturbLength('45');
  await window.preferences.toggleStartHidden();
  await expect(window.preferences.startHidden()).toBeChecked();
  await expectAccessible(window);
  await first.quit();

  const second = await launch({ userData: first.userData });
  await panel.waitForTooltip('Available');
  await panel.click(['Do not disturb']);
  await panel.waitFor(({ tooltip }) => tooltip === 'Do not disturb, 45 min left (you)', '45 min left');
  expect(await zoom.updates()).toEqual([{ status: 'Do_Not_Disturb', duration: 45 }]);
  // Started hidden, so this opens the first window there is.
  expect(second.app.windows()).toEqual([]);
  await panel.click(['Preferences']);
  const again = await second.window();
  await expect(again.preferences.heading()).toBeVisible();
  await expect(again.preferences.theme('Dark')).toBeChecked();
});

test('the keyboard leads everywhere, what is not saved is counted, and Quit asks about it', async ({
  panel,
  launch,
  zoom,
}) => {
  const tally = await launch();
  const window = await tally.window();
  const { page, palette } = window;
  const { keyboard } = page;
  await expect(window.status.currentWord()).toHaveText('Available');

  await keyboard.press('4');
  await expect(window.status.currentWord()).toHaveText('Away');
  expect(await zoom.updates()).toEqual([{ status: 'Away' }]);
  await page.locator('body').press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  for (const keys of ['Ctrl+K', 'Ctrl+1', 'Ctrl+W', 'Ctrl+Enter']) await expect(help).toContainText(keys);
  await keyboard.press('Escape');
  await expect(help).toBeHidden();
  await keyboard.press('Control+4');
  await expect(window.heading('Zoom settings')).toBeVisible();
  await expect(window.reading()).toHaveCount(0);
  // A button with a drawing alone says what it is when the pointer rests on it.
  await page.getByRole('main').getByRole('button', { name: 'More', exact: true }).hover();
  await expect(window.tooltip()).toHaveText('More');
  await keyboard.press('Control+,');
  await expect(window.preferences.heading()).toBeVisible();

  for (const [typed, screen] of [
    ['waiting room', 'Zoom settings'],
    ['job title', 'Profile'],
  ] as const) {
    await palette.open();
    await palette.search().fill(typed);
    await keyboard.press('Enter');
    await expect.poll(() => window.screen()).toBe(screen);
    if (screen === 'Profile') continue;
    await expect(page.getByRole('switch', { name: 'Waiting room', exact: true })).toBeFocused();
  }
  await expect(window.profileFields.field('Job title')).toBeFocused();
  await keyboard.type(' and more');
  await expect(window.tab('Profile')).toHaveAccessibleDescription('1 unsaved change');
  await palette.open();
  await expect(palette.chosen()).toHaveText(/^Job title/);
  await keyboard.press('Escape');

  await tally.app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
  });
  await keyboard.press('Control+1');
  await panel.click(['Quit']);
  await expect(window.heading('Profile')).toBeVisible();
  await keyboard.press('Control+w');
  const shown = () =>
    tally.app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows().filter((one) => one.isVisible()).length,
    );
  await expect.poll(shown).toBe(0);
});

const screens = [
  'Backgrounds',
  'Profile',
  'Zoom settings',
  'ZAK',
  'Advanced',
  'Accounts',
  'Preferences',
  'Automation',
] as const satisfies readonly Screen[];

test('a screen that opens says its own state at most, and no help', async ({ launch }) => {
  const window = await (await launch()).window();
  await expect(window.status.currentWord()).toHaveText('Available');
  const said: Partial<Record<Screen, string[]>> = {};
  const edges = new Set<number | undefined>();
  for (const screen of screens) {
    const before = await window.liveWords();
    await window.open(screen);
    await expect(window.heading(screen)).toBeVisible();
    await expect(window.reading()).toHaveCount(0);
    edges.add((await window.heading(screen).boundingBox())?.x);
    said[screen] = (await window.liveWords()).filter((words) => !before.includes(words));
  }
  expect(said).toEqual({
    Backgrounds: [],
    Profile: ['This is how others see you.'],
    'Zoom settings': [],
    ZAK: [expect.stringMatching(/^Ready to copy/)],
    Advanced: [],
    Accounts: [expect.stringMatching(/ is in use\.$/)],
    Preferences: [],
    Automation: [],
  });
  expect(edges.size, 'all titles begin at one edge').toBe(1);
  // Help belongs to its field.
  await window.open('Profile');
  await expect(window.profileFields.instantMeetings()).toHaveAccessibleDescription(/personal room/);
  await expect(window.profileFields.field('Display name')).toHaveAccessibleDescription(/meetings and chats/);
  await window.profileFields.field('First name').fill('x'.repeat(200));
  await expect
    .poll(() => window.liveWords())
    .toContainEqual(expect.stringMatching(/^\d+ characters too many/));
});

test('every state of the Status screen is accessible, light and dark', async ({ zoom, launch }) => {
  const tally = await launch();
  const window = await tally.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  await expectAccessible(window);
  await window.status.doNotDisturbFor('1 hour');
  await expect(window.status.timeLeft()).toBeVisible();
  await window.status.choose('Away');
  await expect(window.status.waiting()).toBeVisible();
  await expectAccessible(window);
  await window.status.cancelWaiting();
  await tally.jump(61_000);
  await window.saysNoTray();
  await zoom.patch({ loggedIn: false });
  await window.status.choose('Busy');
  await expect(window.status.failure()).toBeVisible();
  await expectAccessible(window);
});

test('the whole Status screen can be worked by the keyboard alone', async ({ zoom, launch }) => {
  const window = await (await launch()).window();
  await expect(window.status.currentWord()).toHaveText('Available');
  const { keyboard } = window.page;
  const [whole, seen] = await window.page.evaluate(() => {
    const main = document.querySelector('main');
    return [main?.scrollHeight, main?.clientHeight];
  });
  expect(whole, 'it fits the window of its usual size').toBe(seen);
  await expect(async () => {
    await keyboard.press('Tab');
    await expect(window.status.option('Available')).toBeFocused({ timeout: 50 });
  }).toPass();
  await keyboard.press('ArrowRight');
  await expect(window.status.option('Busy')).toBeFocused();
  expect(await zoom.updates()).toEqual([]);
  await keyboard.press('Space');
  await expect(window.status.currentWord()).toHaveText('Busy');
  expect(await zoom.updates()).toEqual([{ status: 'Busy' }]);
});

test('a right click on a status offers it for a while, and its “Other…” the field', async ({ launch }) => {
  const tally = await launch();
  const window = await tally.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  const menu = window.page.getByRole('menu', { name: 'Away for' });
  const away = window.status.option('Away');
  await away.click({ button: 'right' });
  await expect(menu.getByRole('menuitem').first()).toBeFocused();
  await expectAccessible(window);
  await window.page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(away).toBeFocused();
  await away.click({ button: 'right' });
  await menu.getByRole('menuitem', { name: 'Other…' }).click();
  await expect(window.status.timed()).toHaveValue('Away');
  await expect(window.status.timeField()).toBeFocused();
  await away.click({ button: 'right' });
  await menu.getByRole('menuitem', { name: '30 minutes' }).click();
  await expect(window.status.currentWord()).toHaveText('Away');
  await expect(window.status.timeLeft()).toBeVisible();
});

test('without an account Tally offers the practice account, which then works and is worth looking at', async ({
  launch,
}) => {
  const window = await (await launch({ zoom: false })).window();
  await expect(window.welcome()).toBeVisible();
  await expectAccessible(window);
  await window.tryPractice();
  await expect(window.status.currentWord()).toHaveText('Available');
  await expect(window.practiceBanner()).toBeVisible();
  await expect(window.accounts.switcher().locator('img')).toBeVisible();
  await window.status.choose('Presenting');
  await expect(window.status.currentWord()).toHaveText('Presenting');
  await window.open('Backgrounds');
  await expect(window.backgrounds.previews()).toHaveCount(3);
  await expect(window.backgrounds.defaultCards()).toHaveCount(1);
  await window.open('Profile');
  await expect.poll(async () => (await window.profile.shown())?.size).toEqual([320, 320]);
});

test('the window has no Node, no network and no way elsewhere', async ({ launch, expectConsole }) => {
  expectConsole(
    /requires 'TrustedScript' assignment/,
    /Refused to connect to 'app:\/\/etc\/passwd'/,
    /Failed to load resource: the server responded with a status of 404/,
    /Not allowed to load local resource/,
  );
  const tally = await launch();
  const { page } = await tally.window();
  await page.waitForLoadState();
  const seen = await page.evaluate(async () => {
    const has = (name: string) => typeof (globalThis as Record<string, unknown>)[name] !== 'undefined';
    const fails = (url: string) =>
      fetch(url).then(
        ({ status }) => status === 404,
        () => true,
      );
    const evil = new Promise((resolve) => {
      // Directly in evaluate, eval escapes the page's policy.
      setTimeout(() => {
        try {
          // biome-ignore lint/security/noGlobalEval: this must fail
          resolve(eval('1 + 1'));
        } catch (error) {
          resolve((error as Error).name);
        }
      }, 0);
    });
    return {
      node: ['require', 'process', 'module', 'Buffer'].filter(has),
      bridge: Object.keys((globalThis as unknown as { tally: object }).tally),
      opened: window.open('https://example.com') === null,
      evil: await evil,
      traversal: await Promise.all(
        [
          '/../package.json',
          '/%2e%2e/package.json',
          '/..%2fpackage.json',
          '/..%5cpackage.json',
          '//etc/passwd',
        ].map(fails),
      ),
    };
  });
  expect(seen).toEqual({
    node: [],
    bridge: ['state', 'actions', 'backgrounds', 'picture', 'library', 'advanced', 'history', 'navigation'],
    opened: true,
    evil: 'EvalError',
    traversal: [true, true, true, true, true],
  });
  await page.evaluate(() => {
    window.location.href = 'file:///etc/passwd';
  });
  expect(page.url()).toBe('app://tally/index.html');
});

test('in the colors of the system, what is chosen, what waits and what has the focus are told apart', async ({
  launch,
}) => {
  const window = await (await launch()).window();
  const { page, status } = window;
  await expect(status.currentWord()).toHaveText('Available');
  await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'active', reducedMotion: 'reduce' });
  const paint = (locator: Locator) =>
    locator.evaluate((element) => {
      const { backgroundColor, color, borderTopStyle, outlineStyle, outlineColor } =
        getComputedStyle(element);
      return { backgroundColor, color, borderTopStyle, outlineStyle, outlineColor };
    });
  const system = (color: string) =>
    page.evaluate((name) => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.cssText = `forced-color-adjust: none; color: ${name}`;
      const found = getComputedStyle(probe).color;
      probe.remove();
      return found;
    }, color);
  const picked = { backgroundColor: await system('SelectedItem'), color: await system('SelectedItemText') };
  expect(await paint(window.tab('Status'))).toMatchObject(picked);
  expect(await paint(window.tab('Status').locator('svg'))).toMatchObject({ color: picked.color });
  await window.tab('Profile').hover();
  expect(await paint(window.tab('Profile'))).not.toMatchObject(picked);

  await status.choose('Away');
  await expect(status.currentWord()).toHaveText('Away');
  expect(await paint(status.option('Away'))).toMatchObject({ ...picked, borderTopStyle: 'solid' });
  await status.choose('Busy');
  await expect(status.waiting()).toBeVisible();
  await expect(status.option('Busy')).toContainText('Waiting');
  expect(await paint(status.option('Busy'))).toMatchObject({ borderTopStyle: 'dashed' });
  expect(await paint(status.option('Busy'))).not.toMatchObject(picked);

  await page.keyboard.press('Tab');
  await expect
    .poll(() => paint(page.locator(':focus')))
    .toMatchObject({ outlineStyle: 'solid', outlineColor: await system('Highlight') });
});
