import { expect, test } from '../support/desktop/tally.ts';

const minute = 60_000;

/** Letters and digits of no English text: umlauts, the Arabic script and its digits. */
const foreign = /[^\p{Script=Latin}\p{Nd}\p{P}\p{S}\p{Z}\u2068\u2069]|[^\P{Nd}0-9]|[äöüß]/iu;

const systems = [
  { name: 'German', env: { LC_ALL: 'de_DE.UTF-8', LANGUAGE: 'de', LANG: 'de_DE.UTF-8' } },
  { name: 'Arabic', env: { LC_ALL: 'ar_EG.UTF-8', LANGUAGE: 'ar', LANG: 'ar_EG.UTF-8' } },
];

for (const { name, env } of systems) {
  test(`where the system speaks ${name}, tray and window speak one language, English, with its digits`, async ({
    panel,
    launch,
  }) => {
    const tally = await launch({ env });
    const window = await tally.window();
    await panel.waitFor(({ tooltip }) => tooltip.startsWith('Available'), 'Available');
    await window.status.setFor('Do not disturb', '65');
    await panel.waitFor(
      ({ tooltip }) => tooltip === 'Do not disturb, 1 hr 5 min left (you)',
      '1 hr 5 min left',
    );
    await tally.jump(23 * minute);
    const { tooltip, menu } = await panel.waitFor(
      ({ tooltip }) => tooltip === 'Do not disturb, 42 min left (you)',
      '42 min left',
    );
    const labels = menu.map(({ label }) => label);
    expect(labels.find((label) => label.startsWith('Now: Do not disturb until'))).toMatch(
      /^Now: Do not disturb until \d{1,2}:\d\d(?: ?[ap]m)?, then Available$/i,
    );
    for (const words of [tooltip, ...labels]) expect(words).not.toMatch(foreign);
    await expect(window.status.timeLeft()).toHaveText(/^4[12] min left$/);
    await expect(window.status.follows()).toHaveText(/then Available at \d{1,2}:\d\d(?: ?[ap]m)?/i);
    expect(await window.page.getByRole('main').textContent()).not.toMatch(foreign);
  });
}
