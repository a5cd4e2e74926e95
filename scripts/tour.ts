// `npm run tour`: the real app on a virtual desktop, led through its main job as a person would do it. Each step is seen to
// work in the tray, in the window and at the practice Zoom before the next begins; pictures land in out/tour/.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, expect } from '@playwright/test';
import { startPractice } from '../electron/practice/server.ts';
import { startChromium, startDesktopBrowser } from '../test/support/desktop/browser.ts';
import { runInDesktop } from '../test/support/desktop/desktop.ts';
import { startTally } from '../test/support/desktop/launch.ts';
import { connectAsTheReadmeSays } from '../test/support/desktop/new-user.ts';
import { startPanel } from '../test/support/desktop/panel.ts';
import { createZoomControl } from '../test/support/desktop/zoom.ts';
import { build } from './run.ts';
import { automationTour } from './tour/automation.ts';
import { personalTour } from './tour/personal.ts';
import { picturesTour } from './tour/pictures.ts';

const pictures = 'out/tour';
const minute = 60_000;

if (process.env.TALLY_TOUR === 'inside') await tour();
else {
  if (process.platform !== 'linux')
    throw new Error('The tour plays a Linux panel; on this system use npm run dev.');
  build();
  process.exitCode = await runInDesktop([process.execPath, fileURLToPath(import.meta.url)], {
    TALLY_TOUR: 'inside',
  });
}

async function tour(): Promise<void> {
  const chromium = await startChromium();
  try {
    await tourWith(chromium);
  } finally {
    await chromium.close();
  }
}

async function tourWith(chromium: Browser): Promise<void> {
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  const userData = mkdtempSync(join(tmpdir(), 'tally-tour-'));
  const own = mkdtempSync(join(tmpdir(), 'tally-tour-'));
  const problems: string[] = [];
  const panel = await startPanel();
  const practice = await startPractice();
  const zoom = createZoomControl(practice);
  const browser = await startDesktopBrowser(chromium, problems);
  const tally = await startTally({ userData }, practice, problems);
  let window = await tally.window();
  let number = 0;

  /** Says what is done, does it, and takes a picture; a step that was not seen to work ends the tour. */
  async function step(what: string, picture: string, act: () => Promise<void>): Promise<void> {
    number += 1;
    process.stdout.write(`${String(number).padStart(2)}. ${what} ... `);
    await act();
    await window.page.screenshot({
      path: `${pictures}/${String(number).padStart(2, '0')}-${picture}.png`,
      animations: 'disabled',
    });
    process.stdout.write('seen\n');
  }
  /** An account of one's own, by the README: the practice Zoom in the place of zoom.us, and a real browser. */
  async function ownAccount(): Promise<void> {
    const options = { userData: own, zoom: 'connect', path: browser.path } as const;
    let tally = await startTally(options, practice, problems);
    try {
      window = await tally.window();
      await step('Without an account: two doors', 'welcome', async () => {
        await expect(window.welcome()).toBeVisible();
      });
      await connectAsTheReadmeSays(window, browser, practice, (what, act) => step(what, 'connect', act));
      await step('Connected: the status is that of the account', 'connected', async () => {
        await panel.waitForTooltip('Busy');
        await expect(window.status.currentWord()).toHaveText('Busy');
        await expect(window.practiceBanner()).toBeHidden();
      });
      await tally.quit();
      await panel.waitForNoItem();
      tally = await startTally(options, practice, problems);
      window = await tally.window();
      await step('Quit and started again: still signed in', 'accounts', async () => {
        await panel.waitForTooltip('Busy');
        await window.open('Accounts');
        await expect(window.accounts.heading()).toBeVisible();
      });
      await step(
        'Signed out: Zoom has ended the sign-in, and nothing is left here',
        'signed-out',
        async () => {
          await window.accounts.signOut('Robin Ashdown');
          await expect(window.welcome()).toBeVisible();
          await expect.poll(async () => (await zoom.counts()).revocations).toBe(1);
        },
      );
    } finally {
      await tally.quit();
    }
  }
  const zoomHas = async (status: string) => expect((await zoom.presence()).status).toBe(status);

  try {
    await step('Tally starts, signs in and shows Available in tray and window', 'available', async () => {
      await panel.waitForTooltip('Available');
      await expect(window.status.currentWord()).toHaveText('Available');
      await expect(window.practiceBanner()).toBeVisible();
    });
    await step('A click on Away in the tray reaches Zoom', 'away', async () => {
      await panel.click(['Away']);
      await panel.waitForTooltip('Away (you)');
      await zoomHas('Away');
      await expect(window.status.currentWord()).toHaveText('Away');
    });
    await step('A second change within the minute waits, and the wait is shown', 'waiting', async () => {
      await panel.click(['Do not disturb', '1 hour']);
      await expect(window.status.waitingCountdown()).toHaveText(/^0:[0-5]\d$/);
      await zoomHas('Away');
    });
    await step('The newest choice replaces it', 'newest', async () => {
      await panel.click(['Do not disturb', '20 minutes (usual length)']);
      await expect(window.status.waiting()).toContainText('Do not disturb');
    });
    await step('A minute later it is sent, and the time left counts down', 'do-not-disturb', async () => {
      await tally.jump(minute);
      await panel.waitForTooltip('Do not disturb, 20 min left');
      await zoomHas('Do_Not_Disturb');
      await expect(window.status.timeLeft()).toHaveText('20 min left');
    });
    await step('When the timer ends the former status comes back', 'restored', async () => {
      await tally.jump(20 * minute);
      await panel.waitForTooltip('Away (timer ended)');
      await zoomHas('Away');
      await expect(window.status.currentWord()).toHaveText('Away');
    });
    await step('A status chosen in the window, for a while', 'for-a-while', async () => {
      await tally.jump(minute);
      await window.status.choose('Presenting');
      await expect(window.status.currentWord()).toHaveText('Presenting');
      await window.status.forAWhile('30 minutes');
      await panel.waitForTooltip('Presenting, 30 min left (you)');
      await zoomHas('Presenting');
    });
    await step(
      'Zoom refuses: its client is signed out. Tally says so and keeps the confirmed status',
      'refused',
      async () => {
        await tally.jump(minute);
        await zoom.patch({ loggedIn: false });
        await window.status.choose('Busy');
        await expect(window.status.failure()).toBeVisible();
        await zoomHas('Presenting');
        await window.status.failure().scrollIntoViewIfNeeded();
      },
    );
    await step('Signed in again, the same choice goes through', 'retried', async () => {
      await zoom.patch({ loggedIn: true });
      await window.status.retry();
      await panel.waitForTooltip('Busy (you)');
      await zoomHas('Busy');
      await expect(window.status.failure()).toBeHidden();
    });
    await picturesTour(step, window, practice);
    await personalTour(step, { window, tally, zoom });
    await automationTour(step, { window, tally, panel });
    await step('Preferences: dark', 'preferences', async () => {
      await window.open('Preferences');
      await window.preferences.chooseTheme('Dark');
      await expect.poll(() => window.forcedTheme()).toBe('dark');
    });
    await step('Status, dark', 'dark', async () => {
      await window.open('Status');
      await expect(window.status.currentWord()).toHaveText('Busy');
    });
    await step('Backgrounds, dark', 'backgrounds-dark', async () => {
      await window.open('Backgrounds');
      await expect(window.page.getByText('10 of 10')).toBeVisible();
    });
    await step('Status, narrow', 'narrow', async () => {
      await window.open('Status');
      await tally.resize(380, 620);
      await expect.poll(() => window.page.evaluate(() => globalThis.innerWidth)).toBeLessThanOrEqual(380);
    });
    await tally.quit();
    await panel.waitForNoItem();
    await ownAccount();
    expect(problems, 'nothing unexpected was written to a console').toEqual([]);
    process.stdout.write(`\nEvery step was seen to work. Pictures: ${pictures}/\n`);
  } catch (error) {
    process.stdout.write(`NOT seen\n\n${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  } finally {
    await tally.quit();
    await panel.close();
    await practice.close();
    await browser.close();
    for (const folder of [userData, own]) rmSync(folder, { recursive: true, force: true });
  }
}
