import type { Page } from '@playwright/test';
import { expect, test } from '../support/desktop/signed-in.ts';

/** Loads the window again, all of whose scripts are held back; the function answered lets them go. */
async function loadWithoutScripts(page: Page): Promise<() => void> {
  let goOn = () => {};
  const asked = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await page.route(/\.js$/, async (route) => {
    await asked;
    await route.continue();
  });
  await page.reload({ waitUntil: 'commit' });
  return goOn;
}

test('the first frame of the window is there before its script, and stands as what follows it', async ({
  signInOne,
}) => {
  const { tally, window } = await signInOne();
  const { page } = window;
  for (const [width, height] of [
    [960, 680],
    [380, 700],
  ] as const) {
    await tally.resize(width, height);
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width);
    const goOn = await loadWithoutScripts(page);
    await expect.poll(() => window.hasPainted()).toBe(true);
    await expect(window.reading()).toBeVisible();
    await expect(window.staysEmpty()).toBeHidden();
    await expect(window.status.currentWord()).toHaveCount(0);
    const first = await window.outline();
    expect(first.map(({ words }) => words)).toEqual(expect.arrayContaining(['Backgrounds', 'Preferences']));
    // A screen reader hears of none of it, and nothing there takes a click or the focus.
    expect(await window.usableButtons()).toBe(0);
    goOn();
    await expect(window.status.currentWord()).toHaveText('Available');
    expect(await window.outline()).toEqual(first);
  }
  await window.open('Backgrounds');
});

test('a window whose script never comes says what to do', async ({ signInOne }) => {
  const { window } = await signInOne();
  const goOn = await loadWithoutScripts(window.page);
  await expect(window.reading()).toBeVisible();
  await expect(window.staysEmpty()).toBeHidden();
  await window.pass(10_000);
  await expect(window.staysEmpty()).toBeVisible();
  goOn();
  await expect(window.status.currentWord()).toHaveText('Available');
  await expect(window.staysEmpty()).toHaveCount(0);
});
