import { dropFiles } from '../support/desktop/drop.ts';
import { openBackgrounds } from '../support/desktop/open.ts';
import { test as base, expect } from '../support/desktop/tally.ts';
import { type ScreenReader, startScreenReader } from '../support/trust/screen-reader.ts';

const test = base.extend<{ readonly reader: ScreenReader }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  reader: async ({}, use) => {
    const reader = await startScreenReader();
    await use(reader);
    await reader.stop();
  },
});

test('a screen reader says what becomes of a status and of an upload, and no help unasked', async ({
  reader,
  panel,
  zoom,
  launch,
  files,
}) => {
  const tally = await launch({ env: reader.env, args: ['--force-renderer-accessibility'] });
  const window = await tally.window();
  let before = 0;
  /** The next words of that form, and all that were said until then. */
  const says = async (form: RegExp): Promise<readonly string[]> => {
    let said: readonly string[] = [];
    const isSaid = async () => {
      said = (await reader.said()).slice(before);
      return said.some((words) => form.test(words));
    };
    await expect.poll(isSaid, { message: `${form} is said` }).toBe(true);
    before += said.length;
    return said;
  };
  await says(/^Your status is Available\.$/);
  await window.status.choose('Away');
  await says(/^Your status is Away\.$/);
  await window.status.choose('Busy');
  await says(/^Switching to Busy soon: Zoom allows one change per minute\.$/);
  await window.status.cancelWaiting();
  await says(/^Your status is Away\.$/);
  await tally.jump(61_000);
  await zoom.patch({ loggedIn: false });
  await window.status.choose('Presenting');
  await says(/^Couldn’t set Presenting\. /);

  await openBackgrounds(tally);
  await dropFiles(window.page, [files.picture('beach.png', 7)]);
  await says(/^1 file uploaded\.$/);

  await window.open('Profile');
  // It may have been there before anybody could see it being read.
  const said = await says(/^This is how others see you\.$/);
  expect(said.filter((words) => words !== 'Reading your picture')).toEqual(['This is how others see you.']);
  // From elsewhere, on a screen that is about something else.
  await zoom.patch({ loggedIn: true });
  await panel.click(['Available']);
  await says(/^Your status is Available\.$/);
});
