import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settableStatuses, statusWord } from '../../shared/zoom/presence.ts';
import { AppWindow } from '../support/desktop/pages/app-window.ts';
import { test as base, expect } from '../support/desktop/tally.ts';
import { type Computer, startComputer } from '../support/trust/login1.ts';
import { processesOf } from '../support/trust/processes.ts';
import { type Line, startProxy } from '../support/trust/proxy.ts';
import { mountSmallDisk, type SmallDisk } from '../support/trust/small-disk.ts';

/** What the end-to-end tests do not have yet of all that may happen to a computer. */

const hour = 3_600_000;

const test = base.extend<{ readonly disk: SmallDisk; readonly computer: Computer; readonly line: Line }>({
  // Before the folders, which are searched for secrets while the disk is still there.
  disk: async ({ folders }, use) => {
    const disk = mountSmallDisk(64);
    await use(disk);
    folders.delete(disk.path);
    disk.remove();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  computer: async ({}, use) => {
    const computer = await startComputer();
    await use(computer);
    await computer.stop();
  },
  line: async ({ practice }, use) => {
    const line = await startProxy(() => practice.apiUrl);
    await use(line);
    await line.close();
  },
});

test.setTimeout(120_000);

const preferencesIn = (userData: string) =>
  JSON.parse(readFileSync(join(userData, 'preferences.json'), 'utf8')) as Record<string, unknown>;

test('a disk that is full: Tally works, says so, breaks no file, and saves again once there is room', async ({
  disk,
  panel,
  zoom,
  launch,
}) => {
  const tally = await launch({ userData: disk.path });
  const window = await tally.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  await window.open('Preferences');
  await window.preferences.chooseTheme('Dark');
  await expect.poll(() => window.forcedTheme()).toBe('dark');
  disk.fill();
  await panel.click(['Away']);
  await panel.waitForTooltip('Away');
  await expect(window.notice('Tally can’t save')).toBeVisible();
  await window.preferences.chooseTheme('Light');
  await expect.poll(() => window.forcedTheme()).toBe('light');
  expect(preferencesIn(disk.path)).toMatchObject({ theme: 'dark' });
  expect((await zoom.presence()).status).toBe('Away');

  disk.empty();
  await window.preferences.chooseTheme('System');
  await tally.jump(61_000);
  await panel.click(['Presenting']);
  await panel.waitForTooltip('Presenting');
  await expect(window.notice('Tally can’t save')).toBeHidden();
  expect(preferencesIn(disk.path)).toMatchObject({ theme: 'system' });
});

test('a disk that is full at the start: Tally starts and works', async ({ disk, panel, zoom, launch }) => {
  disk.fill();
  const window = await (await launch({ userData: disk.path })).window();
  await expect(window.status.currentWord()).toHaveText('Available');
  await panel.click(['Away']);
  await expect(window.status.currentWord()).toHaveText('Away');
  await expect(window.notice('Tally can’t save')).toBeVisible();
  expect((await zoom.presence()).status).toBe('Away');
});

test('files of 2 GB in the place of Tally’s own are put aside unread', async ({ launch, panel }) => {
  const userData = mkdtempSync(join(tmpdir(), 'tally-e2e-'));
  const names = ['preferences', 'presence', 'accounts', 'settings', 'profile', 'backgrounds'];
  for (const name of names) {
    const path = join(userData, `${name}.json`);
    writeFileSync(path, '{"a":"');
    // Sparse: it takes no room on the disk, and all the same to read.
    truncateSync(path, 2e9);
  }
  const tally = await launch({ userData });
  const window = await tally.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  await expect(window.notice('Preferences were reset')).toBeVisible();
  await window.open('Zoom settings');
  await expect(window.settings.search()).toBeVisible();
  await expect(window.notice('Unsaved changes may have been lost')).toBeVisible();
  const [main] = processesOf(userData).filter(({ type }) => type === 'main');
  const { VmHWM } = status(main?.pid ?? 0);
  expect(VmHWM).toBeLessThan(500_000);
  await panel.click(['Away']);
  await panel.waitForTooltip('Away');
  // The search for secrets would read them all.
  for (const name of names) {
    for (const ending of ['json', 'json.corrupt'])
      rmSync(join(userData, `${name}.${ending}`), { force: true });
  }
});

test('the user data deleted while Tally runs: it works, and makes them anew', async ({
  launch,
  panel,
  zoom,
}) => {
  const tally = await launch();
  const { userData } = tally;
  const window = await tally.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  rmSync(userData, { recursive: true });
  await window.open('Preferences');
  await window.preferences.chooseTheme('Dark');
  await panel.click(['Away']);
  await panel.waitForTooltip('Away');
  expect((await zoom.presence()).status).toBe('Away');
  await expect.poll(() => preferencesIn(userData)).toMatchObject({ theme: 'dark' });
  await expect(window.notice('Tally can’t save')).toBeHidden();
  await tally.quit();
  const again = await (await launch({ userData })).window();
  await expect(again.status.currentWord()).toHaveText('Away');
  await expect.poll(() => again.forcedTheme()).toBe('dark');
});

test('the computer’s clock put forward by 48 hours: a timer ends, and what Zoom says is still believed', async ({
  launch,
  panel,
  zoom,
}) => {
  const tally = await launch({ hidden: true });
  await panel.waitForTooltip('Available');
  await panel.click(['Do not disturb', '1 hour']);
  await panel.waitFor(({ tooltip }) => tooltip === 'Do not disturb, 1 hr left (you)', 'do not disturb');
  await tally.jump(48 * hour, { zoom: false });
  // Zoom's own clock is where it was, and takes one change a minute.
  await panel.waitFor(({ tooltip }) => tooltip.includes('Switching to Available in'), 'the refusal');
  await tally.jump(61_000);
  await panel.waitFor(({ tooltip }) => tooltip === 'Available (timer ended)', 'the status before');
  await zoom.patch({ presence: 'Presenting' });
  await tally.jump(61_000);
  await panel.waitForTooltip('Presenting');
  expect(await zoom.updates()).toHaveLength(2);
});

test('the computer’s clock put back by 48 hours, and right again: no timer grows, and tray and Zoom agree', async ({
  launch,
  panel,
  zoom,
}) => {
  const tally = await launch({ hidden: true });
  await panel.waitForTooltip('Available');
  await panel.click(['Do not disturb', '1 hour']);
  await panel.waitFor(({ tooltip }) => tooltip === 'Do not disturb, 1 hr left (you)', 'do not disturb');
  await tally.jump(-48 * hour, { zoom: false });
  const asked = async () => (await zoom.requests('userPresenceStatus')).length;
  const before = await asked();
  await tally.jump(1_000, { zoom: false });
  await expect.poll(asked).toBeGreaterThan(before);
  await panel.waitFor(({ tooltip }) => tooltip === 'Do not disturb, 1 hr left (you)', 'the hour, as it was');
  await tally.jump(48 * hour, { zoom: false });
  // Two days seem to have passed: the timer ends, as after sleep.
  await panel.waitFor(({ tooltip }) => tooltip.includes('Switching to Available'), 'the refusal');
  await tally.jump(61_000);
  await panel.waitForTooltip('Available (timer ended)');
  expect((await zoom.presence()).status).toBe('Available');
});

test('sleep and wake: what changed meanwhile is asked for at once', async ({
  computer,
  start,
  panel,
  zoom,
}) => {
  start({ hidden: true, env: computer.env });
  await panel.waitForTooltip('Available');
  await computer.watched;
  for (const status of settableStatuses.filter((one) => one !== 'Available').slice(0, 3)) {
    computer.sleep();
    await zoom.patch({ presence: status });
    const asked = (await zoom.requests('userPresenceStatus')).length;
    computer.wake();
    await panel.waitFor(({ tooltip }) => tooltip.startsWith(statusWord(status)), statusWord(status));
    const since = await zoom.requests('userPresenceStatus');
    // Some systems report each waking twice.
    expect(since.length - asked).toBeLessThanOrEqual(2);
  }
  expect(await zoom.updates()).toEqual([]);
});

test('a network that swallows everything, and is back: the change arrives, once', async ({
  launch,
  line,
  panel,
  zoom,
}) => {
  const tally = await launch({ env: { TALLY_ZOOM_API: line.apiUrl } });
  const window = await tally.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  line.silence(true);
  await window.status.choose('Away');
  await expect(window.status.sending()).toBeVisible();
  await panel.click(['Presenting']);
  line.silence(false);
  await expect(window.status.currentWord()).toHaveText('Away');
  expect(await zoom.updates()).toEqual([{ status: 'Away' }]);
  await tally.jump(61_000);
  await panel.waitForTooltip('Presenting (you)');
  expect(await zoom.updates()).toEqual([{ status: 'Away' }, { status: 'Presenting' }]);
});

for (const [what, which] of [
  ['GPU process', ({ type }: { type: string }) => type === 'gpu-process'],
  ['network process', ({ service }: { service: string }) => service.startsWith('network.')],
] as const) {
  test(`the ${what} killed, three times: window and tray go on`, async ({ launch, panel, zoom }) => {
    const tally = await launch();
    const window = await tally.window();
    await expect(window.status.currentWord()).toHaveText('Available');
    for (const word of ['Away', 'Presenting', 'Busy']) {
      await expect.poll(() => processesOf(tally.userData).filter(which).length).toBe(1);
      const [victim] = processesOf(tally.userData).filter(which);
      process.kill(victim?.pid ?? 0, 'SIGKILL');
      await expect
        .poll(() =>
          processesOf(tally.userData)
            .filter(which)
            .some(({ pid }) => pid === victim?.pid),
        )
        .toBe(false);
      await window.status.choose(word);
      await expect(window.status.currentWord()).toHaveText(word);
      await panel.waitForTooltip(word);
      await tally.jump(61_000);
    }
    expect(await zoom.updates()).toHaveLength(3);
    await window.open('Preferences');
    await window.preferences.chooseTheme('Dark');
    await expect.poll(() => window.forcedTheme()).toBe('dark');
  });
}

test('a window opened after the GPU process was killed shows what it should', async ({ launch, panel }) => {
  const tally = await launch({ hidden: true });
  await panel.waitForTooltip('Available');
  for (const { pid } of processesOf(tally.userData).filter(({ type }) => type === 'gpu-process')) {
    process.kill(pid, 'SIGKILL');
  }
  const [page] = await Promise.all([tally.app.waitForEvent('window'), panel.click(['Open Tally'])]);
  await expect(new AppWindow(page).status.currentWord()).toHaveText('Available');
});

test('Quit ends Tally also when memory was cleaned up at the last moment', async ({ launch }) => {
  const tally = await launch({ hidden: true });
  const ended = tally.app.waitForEvent('close');
  await tally.app.evaluate(({ app }) => {
    const load = process.mainModule?.require as NodeJS.Require;
    (load('node:v8') as typeof import('node:v8')).setFlagsFromString('--expose-gc');
    const collect = (load('node:vm') as typeof import('node:vm')).runInNewContext('gc') as () => void;
    const registry = new FinalizationRegistry(() => {});
    Object.assign(globalThis, { registry });
    for (let turn = 0; turn < 100; turn += 1) registry.register({}, turn);
    app.on('quit', () => collect());
  });
  await tally.quit();
  await ended;
});

/** Numbers of /proc/pid/status, in kB. */
function status(pid: number): Record<string, number> {
  const lines = readFileSync(`/proc/${pid}/status`, 'utf8').matchAll(/^(\w+):\s+(\d+) kB$/gm);
  return Object.fromEntries([...lines].map(([, name, value]) => [name, Number(value)]));
}
