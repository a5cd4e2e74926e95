import type { Page } from '@playwright/test';
import { screens } from '../../shared/places.ts';
import { screenWords } from '../../shared/words/en/screens.ts';
import { longer } from '../../shared/words/longer.ts';
import { dropFiles } from '../support/desktop/drop.ts';
import type { RunningTally } from '../support/desktop/launch.ts';
import { expectLonger, named, plainIn } from '../support/desktop/pseudo-locale.ts';
import { expect, test } from '../support/desktop/tally.ts';

test('in the pseudo-locale no words are cut and none are plain English, on any screen, wide, narrow or enlarged', async ({
  panel,
  launch,
}) => {
  const tally = await launch({ env: { TALLY_LANG: 'x-long' } });
  const { page } = await tally.window();
  const { tooltip, menu } = await panel.waitFor(({ tooltip }) => tooltip !== '', 'a tooltip');
  for (const label of [tooltip, ...menu.map(({ label }) => label)]) expect(plainIn(label)).toEqual([]);
  for (const [width, height, times] of [
    [900, 680, 1],
    [380, 700, 1],
    [1_280, 800, 4],
  ] as const) {
    await tally.resize(width, height);
    await tally.enlarge(times);
    await expect.poll(() => page.evaluate(() => globalThis.innerWidth)).toBeLessThanOrEqual(width / times);
    for (const [at, screen] of screens.entries()) {
      await page.keyboard.press(`Control+${at + 1}`);
      // The status screen is headed by the status.
      const heading = screen === 'status' ? 'Available' : screenWords[screen];
      await expect(page.getByRole('heading', { level: 1, name: longer(heading) })).toBeVisible();
      await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
      const where = `${screen} at ${width} px, enlarged ${times} times`;
      await expectLonger(page, where);
      expect(await shareOfScreen(page), `hardly anything of ${where}, is bars`).toBeGreaterThan(0.85);
    }
  }
});

/** How much of the window's height the screen itself has, once one reads down it. */
function shareOfScreen(page: Page): Promise<number> {
  return page.evaluate(() => {
    globalThis.scrollTo(0, document.documentElement.scrollHeight);
    const { top = 0, bottom = 0 } = document.querySelector('main')?.getBoundingClientRect() ?? {};
    return (Math.min(bottom, innerHeight) - Math.max(top, 0)) / innerHeight;
  });
}

/** Looks at what a window shows, wide and narrow. */
async function lookAt(tally: RunningTally, page: Page, what: string): Promise<void> {
  for (const [width, height] of [
    [380, 700],
    [900, 680],
  ] as const) {
    await tally.resize(width, height);
    await expect.poll(() => page.evaluate(() => globalThis.innerWidth)).toBe(width);
    await expectLonger(page, `${what} at ${width} px`);
  }
}

test('in the pseudo-locale neither are they on the way to an account', async ({
  panel,
  launch,
  practice,
  desktopBrowser,
}) => {
  const env = { TALLY_LANG: 'x-long' };
  const tally = await launch({ env, zoom: 'connect', path: desktopBrowser.path });
  const { page } = await tally.window();
  await expect(named(page, 'heading', 'Welcome to Tally')).toBeVisible();
  await lookAt(tally, page, 'Welcome');
  const { menu } = await panel.waitFor(({ menu }) => menu.length > 0, 'a menu');
  for (const { label } of menu) expect(plainIn(label)).toEqual([]);
  await panel.activate();
  const popover = await tally.popover();
  await expect(named(popover.page, 'button', 'Connect Zoom')).toBeVisible();
  await expectLonger(popover.page, 'the popover without an account');
  await popover.page.keyboard.press('Escape');

  await named(page, 'button', 'Connect Zoom').click();
  for (const step of ['Choose', 'Create', 'Paste']) {
    await named(page, 'navigation', 'Steps')
      .getByRole('button', { name: longer(step) })
      .click();
    await expect(named(page, 'region', step)).toBeVisible();
    for (const more of await page.locator('summary').all()) await more.click();
    await lookAt(tally, page, `the step ${step}`);
  }
  const clientId = page.getByRole('textbox', { name: longer('Client ID') });
  await clientId.fill('an id');
  await clientId.press('Enter');
  await expect(clientId).toHaveAttribute('aria-invalid', 'true');
  await lookAt(tally, page, 'a Client ID that is none');
  await clientId.fill(practice.clientId);
  await clientId.press('Enter');
  await expect(page.getByRole('timer')).toBeVisible();
  await lookAt(tally, page, 'the wait for the browser');
  const browser = await desktopBrowser.opened();
  await browser.page.getByRole('button', { name: 'Decline' }).click();
  await expect(browser.page.locator('main')).toBeVisible();
  expect(plainIn((await browser.page.locator('main').textContent()) ?? 'nothing')).toEqual([]);
  await expect(page.getByRole('alert')).toBeVisible();
  await lookAt(tally, page, 'a sign-in that was declined');
});

test('in the pseudo-locale neither are they in dialogs, in the popover, or where something fails', async ({
  panel,
  zoom,
  launch,
  files,
}) => {
  const tally = await launch({ env: { TALLY_LANG: 'x-long' } });
  const { page } = await tally.window();
  await expect(page.getByRole('heading', { level: 1, name: longer('Available') })).toBeVisible();
  const dialog = page.getByRole('dialog');
  /** Looks at a dialog, and closes it. */
  const look = async (what: string) => {
    await expect(dialog).toBeVisible();
    await lookAt(tally, page, what);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  };
  await page.keyboard.press('?');
  await look('the list of keys');
  await page.keyboard.press('Control+k');
  await look('the palette');
  await page.keyboard.press('Control+9');
  await named(page, 'button', 'Add preset').click();
  await dialog.getByRole('button', { name: longer('Save') }).click();
  await look('a preset without a name');
  await page.keyboard.press('Control+3');
  await named(page, 'button', 'Add a number').click();
  await look('a phone number');
  await page.keyboard.press('Control+4');
  // The profile, which was there before, has switches, too.
  await expect(page.getByRole('heading', { level: 1, name: longer(screenWords.settings) })).toBeVisible();
  await page.getByRole('main').getByRole('switch').first().press('Space');
  await named(page, 'button', 'Review').click();
  await look('the review of changes');
  await named(page, 'button', 'Save').click();
  await expect(named(page, 'button', 'Review')).toBeHidden();
  await named(page, 'button', 'More').filter({ visible: true }).last().click();
  await lookAt(tally, page, 'what else there is to do with settings');
  await named(page, 'menuitem', 'Saved changes').click();
  await expect(dialog).toBeVisible();
  await look('the saves of before');
  await page.keyboard.press('Control+2');
  await expect(page.getByRole('heading', { level: 1, name: longer(screenWords.backgrounds) })).toBeVisible();
  await dropFiles(page, [files.picture('Harbor.png', 90)]);
  await page.getByRole('row', { name: 'Harbor.png', exact: true }).click();
  await expect(dialog).toBeVisible();
  await lookAt(tally, page, 'a background');
  await named(page, 'button', 'Crop to 16:9').click();
  await expect(page.getByRole('application')).toBeVisible();
  await look('what is left of a background');
  await page.keyboard.press('Control+7');
  await page.getByRole('button', { name: new RegExp(longer('Sign out')) }).click();
  await expect(named(page, 'button', 'Stay signed in')).toBeVisible();
  await lookAt(tally, page, 'the question on signing out');
  await zoom.patch({ loggedIn: false });
  await page.keyboard.press('Control+1');
  await page.getByRole('radio', { name: longer('Busy') }).click();
  const refused = named(page, 'region', 'Not sent');
  await expect(refused).toBeVisible();
  expect(plainIn((await refused.textContent()) ?? '')).toEqual([]);
  await lookAt(tally, page, 'a status that was refused');
  await tally.resize(1_280, 800);
  await expect(named(page, 'region', 'Presets')).toBeVisible();
  await expectLonger(page, 'what stands beside the status');
  await panel.activate();
  const popover = await tally.popover();
  const refusal = named(popover.page, 'region', 'Not sent');
  await expect(refusal).toBeVisible();
  expect(plainIn((await refusal.textContent()) ?? '')).toEqual([]);
  await expectLonger(popover.page, 'the popover with what was refused');
  await zoom.patch({ loggedIn: true });
  await tally.jump(61_000);
  await popover.page.keyboard.press('3');
  await expect(popover.page.getByRole('timer')).toBeVisible();
  await popover.page.keyboard.press('4');
  await expect(named(popover.page, 'region', 'Waiting')).toBeVisible();
  await expectLonger(popover.page, 'the popover with a timer and what waits');
  await popover.page.keyboard.press('Escape');

  await zoom.fault({ kind: 'status', status: 500 }, { operationId: 'userZak' }, 20);
  await page.keyboard.press('Control+5');
  await named(page, 'button', 'Copy ZAK').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await lookAt(tally, page, 'a ZAK that could not be had');
});
