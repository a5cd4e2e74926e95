import { basename } from 'node:path';
import { expectAccessible } from '../support/desktop/accessible.ts';
import type { RunningTally } from '../support/desktop/launch.ts';
import { expect, test } from '../support/desktop/tally.ts';
import { sha256 } from '../support/desktop/upload-files.ts';
import type { ZoomControl } from '../support/desktop/zoom.ts';

/** What Zoom was asked to change. */
const changes = async (zoom: ZoomControl) =>
  (await zoom.requests())
    .filter(({ method }) => method !== 'GET')
    .map(({ operationId, body }) => [operationId, body]);

/** Links as the system hands them on, many at once. */
async function follow({ app }: RunningTally, links: readonly string[]): Promise<void> {
  await app.evaluate(({ app }, given) => {
    for (const link of given) app.emit('second-instance', {}, [], '/', { argv: [link], folder: '/' });
  }, links);
}

const notFollowed = 'A tally:// link wasn’t followed';

test('the words of a launch set the status, of the first one and of others', async ({
  panel,
  zoom,
  launch,
  start,
  allowConsole,
  expectConsole,
}) => {
  allowConsole(/^Away\.$/);
  expectConsole(/^Do not disturb until .*, then Away\.$/);
  const { userData, app, jump } = await launch({ hidden: true, args: ['status', 'away'] });
  expect(await zoom.update(1)).toEqual({ status: 'Away' });
  await panel.waitFor(({ tooltip }) => tooltip === 'Away (you)', 'Away');
  await jump(61_000);
  const further = start({ userData, args: ['status', 'dnd', '--for', '60'] });
  expect(await further.ended).toBe(0);
  expect(await zoom.update(2)).toEqual({ status: 'Do_Not_Disturb', duration: 60 });
  await panel.waitFor(({ tooltip }) => tooltip === 'Do not disturb, 1 hr left (you)', 'an hour left');
  expect(app.windows(), 'nobody asked for a window').toEqual([]);
});

test('a link does nothing but say so until links are allowed', async ({ zoom, launch, start }) => {
  const { userData, window: windowOf } = await launch();
  const window = await windowOf();
  await expect(window.status.currentWord()).toHaveText('Available');
  const main = window.page.getByRole('main');
  await main.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  const click = () => start({ userData, args: ['tally://status/busy?for=30'] }).ended;
  expect(await click()).toBe(0);
  await expect(window.notice(notFollowed)).toBeInViewport();
  expect(await changes(zoom)).toEqual([]);
  await window.dismissNotice(notFollowed);
  await expect(window.notice(notFollowed)).toHaveCount(0);

  await window.open('Preferences');
  await expect(window.preferences.allowLinks()).not.toBeChecked();
  await window.preferences.toggleAllowLinks();
  await expect(window.preferences.allowLinks()).toBeChecked();
  expect(await click()).toBe(0);
  expect(await zoom.update(1)).toEqual({ status: 'Busy' });
  await window.open('Status');
  await expect(window.status.timeLeft()).toBeVisible();
  await expect(window.notice(notFollowed)).toHaveCount(0);
});

test('a file of a launch is looked at and queued as if it was dropped', async ({
  zoom,
  launch,
  start,
  files,
  expectConsole,
}) => {
  expectConsole(/^Checking and uploading 2 files\. See Backgrounds in Tally\.$/);
  const good = files.picture('from the shell.png', 7);
  files.file('no picture.png', Buffer.from('surprise'));
  const { userData, window: windowOf } = await launch();
  const window = await windowOf();
  await expect(window.status.currentWord()).toHaveText('Available');
  const args = ['upload', basename(good), './no picture.png', '--some-switch'];
  expect(await start({ userData, args, folder: files.path }).ended).toBe(0);
  await expect(window.backgrounds.card('from the shell.png')).toBeVisible();
  await expect(window.backgrounds.upload('no picture.png')).toContainText('Unsupported file');
  expect((await zoom.backgrounds()).map((one) => one.sha256)).toContain(sha256(good));
});

test('a launch opens the settings with a search', async ({ launch, start }) => {
  const { userData, window: windowOf } = await launch();
  const window = await windowOf();
  await expect(window.status.currentWord()).toHaveText('Available');
  expect(await start({ userData, args: ['open', 'settings?search=chat'] }).ended).toBe(0);
  await expect(window.settings.search()).toHaveValue('chat');
  await expect(window.settings.search()).toBeFocused();
  await expect(window.settings.results().first()).toContainText(/chat/i);
  // The same screen again, with other words.
  expect(await start({ userData, args: ['open', 'settings', '--search', 'waiting room'] }).ended).toBe(0);
  await expect(window.settings.search()).toHaveValue('waiting room');
});

const hostile = [
  ...[
    'quit',
    'app/quit',
    'account/sign-out',
    'backgrounds/delete',
    'settings/save',
    'zak/copy',
    'zak/start-room',
  ],
  ...[
    'account/reconnect',
    'profile/save',
    'upload',
    'upload/etc/passwd',
    'upload?file=/etc/passwd',
    'call/userDelete',
  ],
  ...[
    'status',
    'status/',
    'status//away',
    'status/away/',
    'status/offline',
    'status/unknown',
    'status/Away',
    'status/dnd?for=0',
  ],
  ...[
    'status/away?for=0',
    'status/away?for=1441',
    'status/away?for=-5',
    'status/away?for=1e3',
    'status/away?for=30&for=40',
  ],
  ...[
    'status/away?for=30&until=morning',
    'status/away?until=never',
    'status/away?token=x',
    'status/away?for',
    'status/away?',
  ],
  ...[
    'status/away#x',
    'status/%61way',
    'status/away%00',
    'status/../status/away',
    'user@status/away',
    'status:80/away',
  ],
  ...[
    'status/away?__proto__=x',
    'status/away?constructor=x',
    'status/away?search=x',
    'open/advanced?search=x',
  ],
  ...[
    'open',
    'open/',
    'open/constructor',
    'open/__proto__',
    'open/zak?search=x',
    'open/settings?search=',
    'open/settings?search=%',
  ],
  ...[
    'open/settings?search=%0a',
    'open/settings?search=%E2%80%AE',
    `open/settings?search=${'a'.repeat(101)}`,
    'a'.repeat(20_000),
  ],
]
  .map((rest) => `tally://${rest}`)
  .concat([
    'tally:status/away',
    'tally:///status/away',
    'TALLY://STATUS/AWAY',
    'tally://status/away tally://x',
    '"tally://status/away',
  ]);

test('hostile links do nothing but a message, also where links are allowed', async ({
  zoom,
  launch,
  start,
  expectConsole,
}) => {
  const tally = await launch();
  const window = await tally.window();
  await window.open('Preferences');
  await window.preferences.toggleAllowLinks();
  await expect(window.preferences.allowLinks()).toBeChecked();
  const args = ['tally://status/away', 'status', 'busy', '--gpu-launcher=xeyes', '--for=1'];
  expect(await start({ userData: tally.userData, args }).ended).toBe(0);
  await expect(window.notice('Tally didn’t do what the command says')).toBeVisible();
  expectConsole(/^Tally: these arguments are too long/);
  // Chromium would kill the first process for a message of this length.
  const endless = start({ userData: tally.userData, args: [`tally://status/away?${'a'.repeat(40_000)}`] });
  expect(await endless.ended).toBe(2);
  for (const link of hostile) {
    await follow(tally, [link]);
    await expect(window.notice(notFollowed), link).toBeVisible();
    await window.dismissNotice(notFollowed);
    await expect(window.notice(notFollowed)).toHaveCount(0);
  }
  expect(await window.screen()).toBe('Preferences');
  await follow(tally, ['tally://status/presenting']);
  expect(await zoom.update(1)).toEqual({ status: 'Presenting' });
  expect(await changes(zoom)).toHaveLength(1);
});

test('the palette is worked by the keyboard alone', async ({ panel, zoom, launch }) => {
  const window = await (await launch()).window();
  await panel.waitForItem();
  await expect(window.status.currentWord()).toHaveText('Available');
  const { keyboard } = window.page;
  await window.palette.open();
  await expect(window.palette.search()).toBeFocused();
  await expectAccessible(window);
  await keyboard.type('zzz');
  await expect(window.palette.options()).toHaveText([/Search Zoom settings for “zzz”/]);
  await keyboard.press('Control+a');
  // A slip of the finger.
  await keyboard.type('awy');
  await expect(window.palette.chosen()).toHaveText(/^Away/);
  await expectAccessible(window);
  await keyboard.press('Enter');
  await expect(window.palette.dialog()).toHaveCount(0);
  await expect(window.status.currentWord()).toHaveText('Away');
  expect(await zoom.updates()).toEqual([{ status: 'Away' }]);

  await window.palette.open();
  await keyboard.type('dnd hour');
  await expect(window.palette.chosen()).toHaveText(/^Do not disturb for 1 hour/);
  await keyboard.press('Enter');
  await expect(window.status.waiting()).toContainText('Do not disturb');
  await window.palette.open();
  await expect(window.palette.chosen()).toHaveText('Cancel Do not disturb');
  await keyboard.press('Enter');
  await expect(window.status.waiting()).toHaveCount(0);

  await window.palette.open();
  await keyboard.type('pref');
  await keyboard.press('Enter');
  await expect(window.preferences.heading()).toBeVisible();
  await window.palette.open();
  await keyboard.type('waiting room');
  await keyboard.press('ArrowUp');
  await keyboard.press('End');
  await keyboard.press('PageDown');
  await expect(window.palette.chosen()).toHaveText(/^Search Zoom settings for “waiting room”/);
  await keyboard.press('Enter');
  await expect(window.settings.search()).toHaveValue('waiting room');
  await expect(window.settings.search()).toBeFocused();
  await window.palette.open();
  await keyboard.press('Escape');
  await expect(window.palette.dialog()).toHaveCount(0);
  await expect(window.settings.search()).toBeFocused();

  for (const [words, title] of [
    ['schedulers list', 'List schedulers'],
    ['userPassword', 'Change the password'],
  ] as const) {
    await window.palette.open();
    await keyboard.type(words);
    await expect(window.palette.chosen()).toHaveText(new RegExp(`^Advanced: ${title}`));
    await keyboard.press('Enter');
    await expect(window.advanced.title()).toHaveText(title);
  }
  expect(await zoom.updates()).toEqual([{ status: 'Away' }]);
});

test('the palette says what cannot be done without an account, and does not do it', async ({ launch }) => {
  const window = await (await launch({ zoom: false })).window();
  await expect(window.welcome()).toBeVisible();
  await window.page.setViewportSize({ width: 380, height: 600 });
  await window.palette.open();
  await expectAccessible(window);
  await window.page.keyboard.type('copy zak');
  await expect(window.palette.chosen()).toHaveText(/^Copy ZAK.*No account/);
  await expect(window.palette.chosen()).toHaveAttribute('aria-disabled', 'true');
  await window.page.keyboard.press('Enter');
  await expect(window.palette.dialog()).toBeVisible();
  await expect(window.refusal()).toHaveCount(0);
});
