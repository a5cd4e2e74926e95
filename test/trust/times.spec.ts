import { pasted } from '../support/desktop/clipboard.ts';
import type { RunningTally } from '../support/desktop/launch.ts';
import { menuLine } from '../support/desktop/panel-menu.ts';
import { ownApp, signIn } from '../support/desktop/sign-in.ts';
import { test as base, expect } from '../support/desktop/tally.ts';

/** Clocks that have gone far, zones that change them, and what runs meanwhile: a timer, a token, a wait, a ZAK, a sleep. */

const minute = 60_000;

interface Fixtures {
  /** The app of a person who signs in at that instant, in that zone; the practice Zoom has the same time. */
  readonly startAt: (instant: string, zone?: string) => Promise<RunningTally>;
}

const test = base.extend<Fixtures>({
  startAt: async ({ launch, practice, desktopBrowser, zoom }, use) =>
    use(async (instant, zone = 'UTC') => {
      const ahead = Date.parse(instant) - Date.now();
      await zoom.advance(ahead);
      const tally = await launch({ zoom: 'connect', path: desktopBrowser.path, ahead, env: { TZ: zone } });
      const window = await tally.window();
      await signIn(window, desktopBrowser, ownApp(practice));
      await expect(window.status.currentWord()).toHaveText('Available');
      return tally;
    }),
});

test.setTimeout(120_000);

for (const [year, instant] of [
  ['1970', '1970-01-01T00:30:00Z'],
  ['2038, as 32 bits of seconds run out', '2038-01-19T02:44:00Z'],
  ['2099, as the century ends', '2099-12-31T23:30:00Z'],
] as const) {
  test(`in ${year}: timer, token, wait and ZAK end when they should`, async ({ startAt, panel, zoom }) => {
    const tally = await startAt(instant);
    await panel.click(['Do not disturb', '1 hour']);
    await panel.waitFor(({ tooltip }) => tooltip === 'Do not disturb, 1 hr left (you)', 'an hour');
    await tally.jump(30 * minute);
    await panel.waitFor(({ tooltip }) => tooltip === 'Do not disturb, 30 min left (you)', 'half an hour');
    // The token of the sign-in ends a moment before, and is renewed once.
    const before = await zoom.counts();
    await tally.jump(31 * minute);
    await panel.waitFor(({ tooltip }) => tooltip === 'Available (timer ended)', 'the status before');
    expect((await zoom.counts()).refreshes).toBe(before.refreshes + 1);
    await panel.click(['Away']);
    await panel.waitFor(({ tooltip }) => tooltip.includes('Switching to Away in'), 'Zoom’s minute');
    await tally.jump(61_000);
    await panel.waitForTooltip('Away (you)');
    await panel.click(['Copy ZAK']);
    await expect.poll(() => pasted()).toMatch(/^ey/);
    await tally.jump(61_000);
    await expect.poll(() => pasted()).toBe('');
  });
}

for (const [change, instant, end] of [
  ['an hour is left out', '2027-03-28T00:30:00Z', '3:30'],
  ['an hour comes twice', '2027-10-31T00:30:00Z', '2:30'],
] as const) {
  test(`in a night in which ${change}, an hour is an hour`, async ({ startAt, panel }) => {
    const tally = await startAt(instant, 'Europe/Berlin');
    await panel.click(['Do not disturb', '1 hour']);
    const { menu } = await panel.waitFor(
      ({ tooltip }) => tooltip === 'Do not disturb, 1 hr left (you)',
      'an hour',
    );
    expect(menuLine(menu, (label) => label.includes(`until ${end}`))).toBeDefined();
    await tally.jump(59 * minute);
    await panel.waitFor(({ tooltip }) => tooltip === 'Do not disturb, 1 min left (you)', 'a minute');
    await tally.jump(2 * minute);
    await panel.waitFor(({ tooltip }) => tooltip === 'Available (timer ended)', 'the status before');
  });
}

test('a zone that changes in the middle of a timer moves its words, and not its end', async ({
  startAt,
  panel,
}) => {
  const tally = await startAt('2027-06-01T10:00:00Z', 'Europe/Berlin');
  await panel.click(['Do not disturb', '1 hour']);
  const says = (time: string) =>
    panel.waitFor(
      ({ menu }) => menuLine(menu, (label) => label.includes(`until ${time}`)) !== undefined,
      `the end in words: ${time}`,
    );
  await says('1:00');
  await tally.app.evaluate(() => {
    process.env.TZ = 'Asia/Kathmandu';
  });
  await tally.jump(30 * minute);
  await says('4:45');
  await panel.waitFor(({ tooltip }) => tooltip === 'Do not disturb, 30 min left (you)', 'half an hour');
  await tally.jump(31 * minute);
  await panel.waitFor(({ tooltip }) => tooltip === 'Available (timer ended)', 'the status before');
});
