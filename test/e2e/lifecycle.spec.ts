import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { findElectron, root } from '../../scripts/electron.mjs';
import type { RunningTally } from '../support/desktop/launch.ts';
import { AppWindow } from '../support/desktop/pages/app-window.ts';
import type { Panel } from '../support/desktop/panel.ts';
import { menuLine } from '../support/desktop/panel-menu.ts';
import { expect, test } from '../support/desktop/tally.ts';

const minute = 60_000;

/** How a run of Tally may end in the middle of something. */
const endings: Readonly<Record<string, (tally: RunningTally, panel: Panel) => Promise<unknown>>> = {
  async 'Quit in the tray'(tally, panel) {
    await panel.click(['Quit']);
    await tally.quit();
  },
  'kill -9': (tally) => tally.kill(),
};

for (const [ending, end] of Object.entries(endings)) {
  test(`a timer goes on after ${ending} and a restart, and ends at the right time`, async ({
    panel,
    zoom,
    launch,
  }) => {
    const first = await launch();
    await panel.waitForTooltip('Available');
    await panel.click(['Busy']);
    await panel.waitForTooltip('Busy');
    await panel.click(['Busy', '30 minutes']);
    await panel.waitFor(({ tooltip }) => tooltip === 'Busy, 30 min left (you)', '30 min left');
    await end(first, panel);
    await panel.waitForNoItem();

    await zoom.advance(10 * minute);
    const second = await launch({ userData: first.userData, ahead: 10 * minute });
    await panel.waitFor(({ tooltip }) => tooltip === 'Busy, 20 min left (you)', '20 min left');
    await second.jump(19 * minute);
    await panel.waitFor(({ tooltip }) => /^Busy, (1 min|\d\d sec) left/.test(tooltip), 'a minute left');
    expect(await zoom.updates()).toEqual([{ status: 'Busy' }]);
    await second.jump(minute);
    await panel.waitFor(({ tooltip }) => tooltip === 'Available (timer ended)', 'Available again');
    expect((await zoom.presence()).status).toBe('Available');
    expect(await zoom.updates()).toEqual([{ status: 'Busy' }, { status: 'Available' }]);
  });
}

test('a timer that ended while Tally did not run is made good at the start', async ({
  panel,
  zoom,
  launch,
}) => {
  const first = await launch({ hidden: true });
  await panel.waitForTooltip('Available');
  await panel.click(['Away']);
  await panel.waitForTooltip('Away');
  await panel.click(['Away', '30 minutes']);
  await panel.waitFor(({ tooltip }) => tooltip === 'Away, 30 min left (you)', '30 min left');
  await first.kill();
  await panel.waitForNoItem();

  await zoom.advance(50 * minute);
  await launch({ userData: first.userData, hidden: true, ahead: 50 * minute });
  await panel.waitFor(({ tooltip }) => tooltip === 'Available (timer ended)', 'Available again');
  expect(await zoom.updates()).toEqual([{ status: 'Away' }, { status: 'Available' }]);
});

test('do not disturb goes on after a restart with the time Zoom has for it', async ({
  panel,
  zoom,
  launch,
}) => {
  const first = await launch({ hidden: true });
  await panel.waitForTooltip('Available');
  await panel.click(['Do not disturb', '20 minutes (usual length)']);
  await panel.waitFor(({ tooltip }) => tooltip === 'Do not disturb, 20 min left (you)', '20 min left');
  await first.kill();
  await panel.waitForNoItem();

  await zoom.advance(12 * minute);
  const second = await launch({ userData: first.userData, hidden: true, ahead: 12 * minute });
  await panel.waitFor(({ tooltip }) => tooltip === 'Do not disturb, 8 min left (you)', '8 min left');
  await second.jump(8 * minute);
  await panel.waitForTooltip('Available');
  expect((await zoom.presence()).status).toBe('Available');
});

for (const [ending, end] of Object.entries(endings)) {
  test(`a change that waits for the minute survives ${ending}`, async ({ panel, zoom, launch }) => {
    const first = await launch();
    await panel.waitForTooltip('Available');
    await panel.click(['Away']);
    await panel.waitForTooltip('Away (you)');
    await panel.click(['Busy']);
    await panel.waitFor(({ menu }) => menuLine(menu, 'Cancel Busy') !== undefined, 'Busy waiting');
    await end(first, panel);
    await panel.waitForNoItem();

    const second = await launch({ userData: first.userData });
    const window = await second.window();
    await expect(window.status.currentWord()).toHaveText('Away');
    await expect(window.status.waiting()).toContainText('Busy');
    await expect(window.status.waitingCountdown()).toHaveText(/^0:[0-5]\d$/);
    expect(await zoom.updates()).toEqual([{ status: 'Away' }]);
    await second.jump(minute);
    await panel.waitForTooltip('Busy (you)');
    expect(await zoom.updates()).toEqual([{ status: 'Away' }, { status: 'Busy' }]);
    expect(await zoom.updates(429)).toEqual([]);
  });
}

/** A launch as the desktop does it, with nobody attached. */
function start(
  userData: string,
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): ChildProcess {
  const electron = findElectron()?.path;
  if (!electron) throw new Error('There is no Electron; run npm run setup.');
  return spawn(electron, ['--no-sandbox', root, `--user-data-dir=${userData}`, ...args], {
    stdio: 'ignore',
    env: { ...process.env, ...env },
  });
}

test('a second launch shows the window of the first and ends', async ({ panel, launch }) => {
  const first = await launch({ hidden: true });
  await panel.waitForTooltip('Available');
  expect(first.app.windows()).toHaveLength(0);
  const began = performance.now();
  const second = start(first.userData);
  const [code] = await once(second, 'exit');
  expect(code).toBe(0);
  expect(performance.now() - began).toBeLessThan(5_000);
  const window = await first.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  expect(await shown(first.app)).toEqual([true]);
  expect(panel.items()).toHaveLength(1);

  await closeWindow(first.app);
  await expect.poll(() => shown(first.app)).toEqual([false]);
  const [third] = await once(start(first.userData), 'exit');
  expect(third).toBe(0);
  await expect.poll(() => shown(first.app)).toEqual([true]);
});

test('of five launches at once one lives and shows its window, and it works', async ({
  panel,
  practice,
  zoom,
}) => {
  const userData = mkdtempSync(join(tmpdir(), 'tally-e2e-'));
  const { apiUrl, accessToken } = practice;
  const env = { TALLY_ZOOM_API: apiUrl, TALLY_ZOOM_TOKEN: accessToken };
  // Hidden: it is the further launches that ask for the window.
  const launches = [1, 2, 3, 4, 5].map(() => start(userData, env, ['--hidden']));
  const living = () =>
    launches.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
  try {
    await expect.poll(() => living().length, { timeout: 20_000 }).toBe(1);
    const ended = launches.filter((launch) => !living().includes(launch));
    expect(ended.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
    await panel.waitForTooltip('Available');
    expect(panel.items()).toHaveLength(1);
    // Fails, and with it the test, where no window of that name can be seen.
    execFileSync('xdotool', ['search', '--sync', '--onlyvisible', '--name', '^Tally$'], { timeout: 10_000 });
    await panel.click(['Away']);
    expect(await zoom.update(1)).toEqual({ status: 'Away' });

    const [survivor] = living();
    if (!survivor) throw new Error('none lives');
    const quit = once(survivor, 'exit');
    await panel.click(['Quit']);
    expect(await quit).toEqual([0, null]);
    await panel.waitForNoItem();
  } finally {
    for (const launch of living()) launch.kill('SIGKILL');
    rmSync(userData, { recursive: true, force: true });
  }
});

/** Whether each window that exists can be seen. */
function shown(app: ElectronApplication): Promise<boolean[]> {
  return app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.isVisible()),
  );
}

/** As by the button in its title bar. */
async function closeWindow(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}

/** The process that draws the window. */
async function rendererOf(app: ElectronApplication): Promise<number> {
  const pid = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  );
  if (!pid) throw new Error('There is no window');
  return pid;
}

/** What Chromium writes when it is told to crash a renderer. */
const crashed = /child_thread_impl.*Crashing because hung/;

async function crashRenderer(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
}

test('a killed renderer is replaced, with the state; the tray goes on', async ({
  panel,
  zoom,
  launch,
  expectConsole,
}) => {
  expectConsole(crashed);
  const tally = await launch();
  const window = await tally.window();
  await window.status.choose('Away');
  await expect(window.status.currentWord()).toHaveText('Away');
  await window.status.choose('Busy');
  await expect(window.status.waiting()).toContainText('Busy');

  const [page] = await Promise.all([tally.app.waitForEvent('window'), crashRenderer(tally.app)]);
  const next = new AppWindow(page);
  await expect(next.status.currentWord()).toHaveText('Away');
  await expect(next.status.waiting()).toContainText('Busy');
  expect(await shown(tally.app)).toEqual([true]);

  await panel.click(['Presenting']);
  await expect(next.status.waiting()).toContainText('Presenting');
  await next.status.cancelWaiting();
  await panel.waitFor(({ menu }) => !menuLine(menu, (label) => label.startsWith('Cancel')), 'nothing waits');
  expect(await zoom.updates()).toEqual([{ status: 'Away' }]);
});

test('a window that keeps crashing stays away until it is asked for', async ({
  panel,
  launch,
  expectConsole,
}) => {
  expectConsole(crashed);
  const tally = await launch();
  await tally.window();
  for (let crash = 1; crash < 3; crash += 1) {
    const [page] = await Promise.all([tally.app.waitForEvent('window'), crashRenderer(tally.app)]);
    await expect(new AppWindow(page).status.currentWord()).toHaveText('Available');
  }
  await crashRenderer(tally.app);
  // A window that came back would stand here at once.
  await expect.poll(() => shown(tally.app)).toEqual([]);
  await panel.click(['Away']);
  await panel.waitForTooltip('Away');
  const [page] = await Promise.all([tally.app.waitForEvent('window'), panel.click(['Open Tally'])]);
  await expect(new AppWindow(page).status.currentWord()).toHaveText('Away');
});

test('a hidden renderer that is killed does not bring the window up', async ({ panel, launch }) => {
  const tally = await launch();
  await expect((await tally.window()).status.currentWord()).toHaveText('Available');
  await closeWindow(tally.app);
  await expect.poll(() => shown(tally.app)).toEqual([false]);
  process.kill(await rendererOf(tally.app), 'SIGKILL');
  await expect.poll(() => shown(tally.app)).toEqual([]);
  await panel.click(['Away']);
  await panel.waitForTooltip('Away');
});

test('closing the window hides it; the tray lives, and opening shows the state', async ({
  panel,
  zoom,
  launch,
}) => {
  const tally = await launch();
  const window = await tally.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  await closeWindow(tally.app);
  await expect.poll(() => shown(tally.app)).toEqual([false]);
  await panel.click(['Away']);
  await panel.waitForTooltip('Away (you)');
  expect((await zoom.presence()).status).toBe('Away');
  await panel.click(['Open Tally']);
  await expect.poll(() => shown(tally.app)).toEqual([true]);
  // The same page: nothing had to be loaded again.
  expect(tally.app.windows()).toEqual([window.page]);
  await expect(window.status.currentWord()).toHaveText('Away');
});

/** Watches main's timers of exactly `ms`; the answer lets those that still run end now, and tells how many these were. */
async function holdTimers(app: ElectronApplication, ms: number): Promise<() => Promise<number>> {
  await app.evaluate((_electron, ms) => {
    const held = new Map<unknown, () => void>();
    const { setTimeout: begin, clearTimeout: stop } = globalThis;
    const set = (action: () => void, wait?: number, ...rest: unknown[]) => {
      const timer = begin(action, wait, ...rest);
      if (wait === ms) held.set(timer, action);
      return timer;
    };
    const clear = (timer?: NodeJS.Timeout) => {
      held.delete(timer);
      stop(timer);
    };
    const runOut = () => {
      const due = [...held];
      for (const [timer, action] of due) {
        clear(timer as NodeJS.Timeout);
        action();
      }
      return due.length;
    };
    Object.assign(globalThis, { setTimeout: set, clearTimeout: clear, runOut });
  }, ms);
  return () => app.evaluate(() => (globalThis as unknown as { runOut(): number }).runOut());
}

test('two minutes after it was hidden the window is given up, with its renderer', async ({
  panel,
  launch,
}) => {
  const tally = await launch();
  const window = await tally.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  const runOut = await holdTimers(tally.app, 2 * minute);
  const renderer = await rendererOf(tally.app);
  expect(existsSync(`/proc/${renderer}`)).toBe(true);

  await closeWindow(tally.app);
  await expect.poll(() => shown(tally.app)).toEqual([false]);
  await panel.click(['Open Tally']);
  await expect.poll(() => shown(tally.app)).toEqual([true]);
  expect(await runOut(), 'a window opened again is kept').toBe(0);

  await closeWindow(tally.app);
  await expect.poll(() => shown(tally.app)).toEqual([false]);
  expect(await runOut()).toBe(1);
  await expect.poll(() => shown(tally.app)).toEqual([]);
  await expect.poll(() => existsSync(`/proc/${renderer}`), 'its process has ended').toBe(false);

  await panel.click(['Away']);
  await panel.waitForTooltip('Away');
  const [page] = await Promise.all([tally.app.waitForEvent('window'), panel.click(['Open Tally'])]);
  await expect(new AppWindow(page).status.currentWord()).toHaveText('Away');
});

test('"Start in the tray" and --hidden open no window', async ({ panel, launch }) => {
  const userData = mkdtempSync(join(tmpdir(), 'tally-e2e-'));
  writeFileSync(join(userData, 'preferences.json'), JSON.stringify({ startHidden: true }));
  const preferred = await launch({ userData });
  await panel.waitForTooltip('Available');
  expect(await shown(preferred.app)).toEqual([]);
  await preferred.quit();
  await panel.waitForNoItem();

  const asked = await launch({ hidden: true });
  await panel.waitForTooltip('Available');
  expect(await shown(asked.app)).toEqual([]);
});

test('behind a locked screen Zoom is asked nothing; once it is unlocked the tray is up to date', async ({
  panel,
  zoom,
  launch,
}) => {
  const tally = await launch({ hidden: true });
  await panel.waitForTooltip('Available');
  const asked = async () => (await zoom.requests('userPresenceStatus')).length;
  await tally.app.evaluate(({ powerMonitor }) => {
    powerMonitor.getSystemIdleState = () => 'locked';
  });
  const before = await asked();
  await zoom.patch({ presence: 'Busy' });
  await tally.jump(30 * minute);
  await zoom.patch({ presence: 'Presenting' });
  await tally.app.evaluate(({ powerMonitor }) => {
    powerMonitor.getSystemIdleState = () => 'active';
    powerMonitor.emit('unlock-screen');
  });
  await panel.waitForTooltip('Presenting');
  expect(await asked()).toBe(before + 1);
});
