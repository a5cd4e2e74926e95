import type { AppWindow } from '../support/desktop/pages/app-window.ts';
import { expect, test } from '../support/desktop/tally.ts';
import { startSpoiledZoom } from '../support/trust/spoiled-zoom.ts';

/** Answers that are spoiled on their way, in the real window: it says nothing senseless, breaks nowhere, and recovers. */

/** The same answers again: TALLY_SEED as it was printed. */
const seed = Number(process.env.TALLY_SEED ?? Date.now() % 1_000_000);
const answers = 300;
const screens = ['Status', 'Backgrounds', 'Profile', 'Zoom settings', 'ZAK', 'Accounts'] as const;

test.setTimeout(300_000);

test('hundreds of spoiled answers leave nothing senseless in the window, and the next good ones mend it', async ({
  launch,
  practice,
}) => {
  process.stdout.write(`TALLY_SEED=${seed}\n`);
  const zoom = await startSpoiledZoom(practice, seed);
  const tally = await launch({ env: { TALLY_ZOOM_API: zoom.apiUrl } });
  const window = await tally.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  zoom.spoil(8);
  while (zoom.spoiled() < answers) {
    for (const screen of screens) {
      await window.open(screen);
      await expectSense(window);
    }
    await window.open('Advanced');
    await window.advanced.open('userSettings');
    await window.advanced.send();
    await expect(window.advanced.status()).toBeVisible();
    await expectSense(window);
    await window.advanced.show('History');
    await window.advanced.history().first().getByRole('button').first().click();
    await expect(window.advanced.status()).toBeVisible();
    await expectSense(window);
    await window.advanced.show('Operations');
    await window.open('Status');
    // Every screen that is open asks Zoom again.
    await tally.jump(61_000);
    await expectSense(window);
  }
  zoom.spoil(0);
  await tally.jump(61_000);
  await window.open('Status');
  await expect(window.status.currentWord()).toHaveText('Available');
  await window.open('Backgrounds');
  await expect(window.backgrounds.quota()).toHaveAttribute('aria-valuetext', '3 of 10');
  await tally.quit();
  await zoom.close();
});

/** The words of the page, and of what has none on it (labels, titles). An answer's body is Zoom's own text, senseless or not. */
async function expectSense({ page }: AppWindow): Promise<void> {
  const html = await page
    .locator('#root, body')
    .first()
    .evaluate((root) => {
      const copy = root.cloneNode(true) as Element;
      const bodies = '[aria-label="Body as a tree"], [aria-label="Body as it came"]';
      for (const body of copy.querySelectorAll(bodies)) body.remove();
      return copy.innerHTML;
    });
  const senseless = /.{0,100}(?:\bundefined\b|\bNaN\b|\[object |\bInvalid Date\b).{0,50}/.exec(html);
  expect(senseless?.[0] ?? '').toBe('');
}
