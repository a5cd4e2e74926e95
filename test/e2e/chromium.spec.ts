import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext, Page } from '@playwright/test';
import { screens } from '../../shared/places.ts';
import { screenWords } from '../../shared/words/en/screens.ts';
import { AppWindow } from '../support/desktop/pages/app-window.ts';
import { PopoverPage } from '../support/desktop/pages/popover-page.ts';
import { watchPage, watchRequests } from '../support/desktop/problems.ts';
import { test as base, expect } from '../support/desktop/tally.ts';
import { serveBuiltWindow, type WindowServer } from '../support/web/window-server.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}
const usual: Size = { width: 960, height: 680 };

interface Fixtures {
  /** Opens a page of Tally's in a tab of that size. */
  readonly open: (address: string, viewport: Size) => Promise<Page>;
  readonly window: AppWindow;
}

interface Servers {
  readonly server: WindowServer;
  /** Of a Tally without an account. */
  readonly newServer: WindowServer;
}

/** The window in the Chromium of today that Debian has: the one in the Electron of these tests is some years older. */
const test = base.extend<Fixtures, Servers>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const server = await serveBuiltWindow({ hasAccount: true });
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  newServer: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      const server = await serveBuiltWindow({ hasAccount: false });
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  open: async ({ chromium, consoles }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (address, viewport) => {
      const context = await chromium.newContext({ viewport, reducedMotion: 'reduce' });
      contexts.push(context);
      const page = await context.newPage();
      watchPage(page, 'window', consoles.problems);
      watchRequests(page, 'window', consoles.problems);
      await page.goto(address);
      return page;
    });
    for (const context of contexts) await context.close();
  },
  window: async ({ open, server }, use) => {
    const window = new AppWindow(await open(server.address, usual));
    await expect(window.status.currentWord()).toHaveText('Available');
    await use(window);
  },
});

type Look = Parameters<Page['emulateMedia']>[0];
const looks: Readonly<Record<string, Look>> = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  'forced colors': { colorScheme: 'light', forcedColors: 'active' },
};

for (const screen of screens) {
  test(`${screenWords[screen]} in today's Chromium: in every look, at 200 %, by the keyboard`, async ({
    window,
  }) => {
    const { page } = window;
    await window.open(screenWords[screen]);
    if (screen !== 'status') await expect(window.heading(screenWords[screen])).toBeVisible();
    await expect(window.reading()).toHaveCount(0);

    await lookAt(page, usual);
  });
}

test("the popover in today's Chromium: in every look, at 200 %, by the keyboard", async ({
  open,
  server,
}) => {
  const size = { width: 360, height: 440 };
  const popover = new PopoverPage(await open(`${server.address}popover.html`, size));
  await expect(popover.currentWord()).toHaveText('Available');
  // The profile has been read, with its picture.
  await expect(popover.button('Copy link: meeting link')).toBeEnabled();
  await lookAt(popover.page, size);
  await expect(popover.currentWord()).toHaveText('Available');
});

test("Welcome and the steps to an account in today's Chromium: in every look, at 200 %, by the keyboard", async ({
  open,
  newServer,
}) => {
  const window = new AppWindow(await open(newServer.address, usual));
  await expect(window.welcome()).toBeVisible();
  await lookAt(window.page, usual);
  await window.connectZoom();
  for (const step of ['Choose', 'Create', 'Paste'] as const) {
    await window.connect.goTo(step);
    await lookAt(window.page, usual);
  }
});

/** Looks at a page in every look, and as large again in a window of the same size; leaves it as it was. */
async function lookAt(page: Page, { width, height }: Size): Promise<void> {
  for (const [name, look] of Object.entries(looks)) {
    await page.emulateMedia(look);
    const axe = new AxeBuilder({ page }).setLegacyMode(true);
    // What else axe looks at is the same in every look.
    const { violations } = await (name === 'light' ? axe : axe.withRules('color-contrast')).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    expect(found, name).toEqual([]);
  }

  // Still in forced colors.
  await page.setViewportSize({ width: width / 2, height: height / 2 });
  expect(await overflow(page), 'nothing is cut off at the right').toBe(0);
  const reached = await tabThrough(page);
  expect(reached.filter(({ trouble }) => trouble)).toEqual([]);
  expect(reached.some(({ isInMain }) => isInMain)).toBe(true);
  await page.setViewportSize({ width, height });
}

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

interface Stop {
  readonly name: string;
  readonly isInMain: boolean;
  /** Why one cannot see where the focus is. */
  readonly trouble: string;
}

/** Presses Tab from the top of the page until the focus has left it at its end. */
async function tabThrough(page: Page): Promise<readonly Stop[]> {
  const stops: Stop[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(focused);
    if (stop === null) return stops;
    stops.push(stop);
    expect(stops.length, 'the focus comes to an end').toBeLessThan(600);
  }
}

/** Runs in the page. */
function focused(): Stop | null {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  // react-aria's switches and boxes are inputs nobody sees, in a label that shows their focus.
  const shown = element.matches('input') ? (element.closest('label') ?? element) : element;
  const { left, top, right, bottom } = shown.getBoundingClientRect();
  const isOutside = right <= 0 || bottom <= 0 || left >= innerWidth || top >= innerHeight;
  const isMarked = [shown, ...shown.querySelectorAll('*')].some((one) => {
    const { outlineStyle, boxShadow } = getComputedStyle(one);
    return outlineStyle !== 'none' || boxShadow !== 'none';
  });
  return {
    name: element.ariaLabel ?? shown.textContent ?? '',
    isInMain: element.closest('main') !== null,
    trouble: isOutside ? 'outside of the window' : isMarked ? '' : 'not marked',
  };
}
