import { screens } from '../../shared/places.ts';
import { screenWords } from '../../shared/words/en/screens.ts';
import { cutIn } from '../support/desktop/pseudo-locale.ts';
import { expect, test } from '../support/desktop/tally.ts';

test('a name of 200 characters in two directions of writing is cut nowhere', async ({ launch, zoom }) => {
  const person = `عبد الرحمن بن محمد الهاشمي ${'Wolfeschlegelsteinhausenbergerdorff'.repeat(6)}`.slice(
    0,
    200,
  );
  const user = {
    id: 'named',
    email: 'named@practice.example',
    type: 2,
    first_name: person,
    display_name: person,
  };
  await zoom.fault(
    { kind: 'status', status: 200, body: JSON.stringify(user) },
    { operationId: 'user', method: 'GET' },
    1_000,
  );
  const tally = await launch();
  const window = await tally.window();
  const { page } = window;
  await expect(window.accountName()).toContainText('عبد الرحمن');
  for (const width of [900, 380]) {
    await tally.resize(width, 700);
    await expect.poll(() => page.evaluate(() => globalThis.innerWidth)).toBeLessThanOrEqual(width);
    for (const [at, screen] of screens.entries()) {
      await page.keyboard.press(`Control+${at + 1}`);
      await expect.poll(() => window.screen()).toBe(screenWords[screen]);
      await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
      expect(await cutIn(page), `nothing is cut on ${screen} at ${width} px`).toEqual([]);
    }
  }
  await window.open('Profile');
  await expect(page.getByRole('main')).toContainText(person);
  await expect(window.profileFields.field('Display name')).toHaveCSS('direction', 'rtl');
});
