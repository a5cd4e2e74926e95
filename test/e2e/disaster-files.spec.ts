import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Practice } from '../../electron/practice/server.ts';
import { expect, test } from '../support/desktop/tally.ts';

const minute = 60_000;

const newFolder = () => mkdtempSync(join(tmpdir(), 'tally-e2e-'));

/** The presence file of the practice account. */
const presenceOf = (practice: Practice, entry: unknown) => JSON.stringify({ [practice.userId]: entry });

const brokenFiles: Readonly<Record<string, string>> = {
  'not JSON': 'theme = dark\0\xff',
  'cut off': '{"theme":"dark","startHid',
  'an array': '["dark"]',
  empty: '',
};

for (const [kind, content] of Object.entries(brokenFiles)) {
  test(`preferences.json that is ${kind}: Tally starts, keeps the file and says so`, async ({ launch }) => {
    const userData = newFolder();
    const file = join(userData, 'preferences.json');
    writeFileSync(file, content);
    const window = await (await launch({ userData })).window();
    await expect(window.notice('Preferences were reset')).toBeVisible();
    await expect(window.notice(/there was no copy/)).toContainText('preferences.json.corrupt');
    await expect(window.status.currentWord()).toHaveText('Available');
    expect(readFileSync(`${file}.corrupt`, 'utf8')).toBe(content);
    expect(await window.forcedTheme()).toBeNull();
  });
}

test('preferences.json that is a folder: Tally starts, puts it aside, and saves again', async ({
  launch,
}) => {
  const userData = newFolder();
  const file = join(userData, 'preferences.json');
  mkdirSync(join(file, 'inside'), { recursive: true });
  const window = await (await launch({ userData })).window();
  await expect(window.notice('Preferences were reset')).toBeVisible();
  expect(existsSync(join(`${file}.corrupt`, 'inside'))).toBe(true);
  await window.open('Preferences');
  await window.preferences.chooseTheme('Dark');
  await expect.poll(() => statSync(file, { throwIfNoEntry: false })?.isFile()).toBe(true);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ theme: 'dark' });
  await expect(window.notice('Tally can’t save')).toBeHidden();
});

test('a broken preferences.json is replaced by the copy of the last good one', async ({ launch }) => {
  const first = await launch();
  const before = await first.window();
  await before.open('Preferences');
  await before.preferences.chooseTheme('Dark');
  await expect.poll(() => before.forcedTheme()).toBe('dark');
  await first.quit();
  const { userData } = first;
  // The copy is made when a file is found to be good, at the next start.
  await (await launch({ userData, hidden: true })).quit();

  const file = join(userData, 'preferences.json');
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 20));
  const window = await (await launch({ userData })).window();
  await expect(window.notice('Preferences were reset')).toBeVisible();
  await expect(window.notice(/the last good copy is used/)).toBeVisible();
  await expect.poll(() => window.forcedTheme()).toBe('dark');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ theme: 'dark' });
  expect(readFileSync(`${file}.corrupt`, 'utf8')).toHaveLength(20);
  await window.dismissNotice('Preferences were reset');
  await expect(window.notice('Preferences were reset')).toBeHidden();
});

test('presence.json that cannot be read: Tally says so and asks Zoom', async ({ panel, zoom, launch }) => {
  const userData = newFolder();
  const file = join(userData, 'presence.json');
  writeFileSync(file, '{"half":');
  await zoom.patch({ presence: 'Presenting' });
  const window = await (await launch({ userData })).window();
  await expect(window.notice('A timer may have been lost')).toBeVisible();
  await expect(window.status.currentWord()).toHaveText('Presenting');
  expect(readFileSync(`${file}.corrupt`, 'utf8')).toBe('{"half":');
  await panel.click(['Away']);
  await panel.waitFor(({ tooltip }) => tooltip === 'Away (you)', 'Away');
  expect(await zoom.updates()).toEqual([{ status: 'Away' }]);
});

test('an old copy of presence.json changes nothing at Zoom', async ({ practice, zoom, launch }) => {
  const userData = newFolder();
  const now = Date.now();
  const old = {
    current: {
      status: 'Away',
      since: now - 90 * minute,
      cause: 'you',
      until: now - 30 * minute,
      restoreTo: 'Busy',
    },
    pending: { status: 'On_A_Call', cause: 'you', keptAt: now - 90 * minute },
  };
  writeFileSync(join(userData, 'presence.json.bak'), presenceOf(practice, old));
  writeFileSync(join(userData, 'presence.json'), 'broken');
  await zoom.patch({ presence: 'Presenting' });
  const tally = await launch({ userData });
  const window = await tally.window();
  await expect(window.notice('A timer may have been lost')).toBeVisible();
  await expect(window.status.currentWord()).toHaveText('Presenting');
  await tally.jump(2 * minute);
  await window.saysNoTray();
  // The answer to this change comes after whatever the copy would have caused.
  await window.status.choose('Away');
  await expect(window.status.currentWord()).toHaveText('Away');
  expect(await zoom.updates()).toEqual([{ status: 'Away' }]);
});

test('a broken entry in presence.json is dropped, and Tally says so', async ({ practice, zoom, launch }) => {
  const userData = newFolder();
  writeFileSync(
    join(userData, 'presence.json'),
    presenceOf(practice, { current: { status: 'Away', since: 'yesterday' }, pending: 'Busy' }),
  );
  const window = await (await launch({ userData })).window();
  await expect(window.notice('A timer may have been lost')).toBeVisible();
  await expect(window.status.currentWord()).toHaveText('Available');
  expect(await zoom.updates()).toEqual([]);
});

test('a folder that cannot be written any more: Tally works, says so, and saves once it can', async ({
  panel,
  zoom,
  launch,
}) => {
  const userData = newFolder();
  const tally = await launch({ userData, obeyModes: true });
  const window = await tally.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  chmodSync(userData, 0o555);
  try {
    await window.status.choose('Away');
    await expect(window.status.currentWord()).toHaveText('Away');
    await expect(window.notice('Tally can’t save')).toBeVisible();
    await expect(window.notice(/Nothing can be written to/)).toContainText(userData);
    await window.open('Preferences');
    await window.preferences.chooseTheme('Dark');
    await expect.poll(() => window.forcedTheme()).toBe('dark');
    expect((await zoom.presence()).status).toBe('Away');
  } finally {
    chmodSync(userData, 0o755);
  }
  await window.preferences.chooseTheme('Light');
  await panel.click(['Away', '1 hour']);
  await expect(window.notice('Tally can’t save')).toBeHidden();
  expect(JSON.parse(readFileSync(join(userData, 'preferences.json'), 'utf8'))).toMatchObject({
    theme: 'light',
  });
});

test('a folder that could never be written: Tally starts, works and says so', async ({
  panel,
  zoom,
  launch,
}) => {
  const userData = newFolder();
  chmodSync(userData, 0o555);
  try {
    const tally = await launch({ userData, obeyModes: true });
    const window = await tally.window();
    await expect(window.notice('Tally can’t save')).toBeVisible();
    await expect(window.status.currentWord()).toHaveText('Available');
    await panel.click(['Away']);
    await expect(window.status.currentWord()).toHaveText('Away');
    expect((await zoom.presence()).status).toBe('Away');
    await tally.quit();
  } finally {
    chmodSync(userData, 0o755);
  }
});
