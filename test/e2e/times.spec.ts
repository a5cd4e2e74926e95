import { type MenuNode, menuLine } from '../support/desktop/panel-menu.ts';
import { expect, test } from '../support/desktop/tally.ts';

const minute = 60_000;

/** A clock time so many minutes from now, as the field takes it and as a person may type it. */
function inMinutes(minutes: number): { typed: string; at: number } {
  const at = new Date(Math.ceil(Date.now() / minute) * minute + minutes * minute);
  return { typed: `${at.getHours()}:${String(at.getMinutes()).padStart(2, '0')}`, at: at.getTime() };
}

test('an end by the clock is understood, set, made longer, and ended in the tray', async ({
  panel,
  zoom,
  launch,
}) => {
  const tally = await launch();
  const { status, page } = await tally.window();
  await expect(status.currentWord()).toHaveText('Available');
  await expect(status.endsOnOffer()).toHaveText([
    ...['15 minutes', '30 minutes', '45 minutes', '1 hour', '2 hours'],
    ...['Until 5:30 PM', 'Until tomorrow morning, 8:00 AM'],
  ]);
  const { typed } = inMinutes(90);
  await status.timed().selectOption('Away');
  await status.timeField().fill(`until ${typed}`);
  await expect(status.timeField()).toHaveAccessibleDescription(/^Away until .*\d:\d\d.*, then Available$/);
  expect(await zoom.updates()).toEqual([]);
  await status.timeField().press('Enter');
  await panel.waitFor(({ tooltip }) => /^Away, 1 hr (29|30|31) min left/.test(tooltip), 'an hour and a half');
  expect(await zoom.updates()).toEqual([{ status: 'Away' }]);
  await expect(status.timeField()).toHaveValue('');

  const { menu } = await panel.waitFor(
    (view) => menuLine(view.menu, (label) => label.startsWith('15 more minutes')) !== undefined,
    'the timer',
  );
  expect(menu.find(({ label }) => label.startsWith('Now: '))?.label).toMatch(
    /^Now: Away until .*, then Available$/,
  );
  const longer = menuLine(menu, (label) => label.startsWith('15 more minutes'))?.label ?? '';
  await panel.click([longer]);
  await panel.waitFor(({ tooltip }) => /^Away, 1 hr 4[456] min left/.test(tooltip), '15 minutes more');
  await panel.click(['End now, back to Available']);
  await tally.jump(61_000);
  await panel.waitForTooltip('Available (you)');
  expect(await zoom.updates()).toEqual([{ status: 'Away' }, { status: 'Available' }]);

  // The clock jumps while one types: what it means goes along, and what is sent is what was said last.
  await status.timeField().fill('45');
  const meant = (await status.timeField().getAttribute('aria-describedby')) ?? '';
  const said = await page.locator(`[id="${meant}"]`).textContent();
  await tally.jump(30 * minute);
  await expect(page.locator(`[id="${meant}"]`)).not.toHaveText(said ?? '');
  await status.timeField().press('Enter');
  await panel.waitFor(({ tooltip }) => tooltip.includes('45 min left'), '45 minutes from then on');
});

test('an end that the tray offers is the one that was offered', async ({ panel, zoom, launch }) => {
  const tally = await launch({ hidden: true });
  const { menu } = await panel.waitForTooltip('Available');
  const dnd = menu.find(({ label }) => label === 'Do not disturb')?.children ?? [];
  const offered = dnd.find(({ label }) => /^Until (tomorrow )?\d/.test(label))?.label ?? '';
  await panel.click(['Do not disturb', offered]);
  await panel.waitForTooltip('Do not disturb');
  const [update] = await zoom.updates();
  const minutes = (update as { duration: number }).duration;
  expect(minutes).toBeGreaterThanOrEqual(10);
  expect(minutes).toBeLessThanOrEqual(41);
  // Ends by the clock, at the half hour that the words named.
  await tally.jump(minutes * minute);
  await panel.waitForTooltip('Available');
});

test('the ends on offer move on with the clock, without a change of status', async ({ panel, launch }) => {
  const tally = await launch({ hidden: true });
  const ends = (menu: readonly MenuNode[]) =>
    (menu.find(({ label }) => label === 'Away')?.children ?? [])
      .map(({ label }) => label)
      .filter((label) => /^Until (?:tomorrow )?\d/.test(label));
  const { menu } = await panel.waitForTooltip('Available');
  const [first = ''] = ends(menu);
  expect(first).toMatch(/^Until /);
  await tally.jump(31 * minute);
  await panel.waitFor((view) => ends(view.menu).length > 1 && !ends(view.menu).includes(first), 'later ends');
});

test('on Wayland, "Other…" of the tray leads to the field in the window, for that status', async ({
  panel,
  zoom,
  launch,
}) => {
  const tally = await launch({ hidden: true, env: { XDG_SESSION_TYPE: 'wayland' } });
  await panel.waitForTooltip('Available');
  const [page] = await Promise.all([
    tally.app.waitForEvent('window'),
    panel.click(['Out of office', 'Other…']),
  ]);
  const { status } = await tally.window();
  await expect(status.timeField()).toBeFocused();
  await expect(status.timed()).toHaveValue('Out_of_Office');
  await page.keyboard.type('tomorrow 8');
  await expect(status.timeField()).toHaveAccessibleDescription(
    /^Out of office until tomorrow .*, then Available$/,
  );
  await page.keyboard.press('Enter');
  await panel.waitForTooltip('Out of office');
  expect(await zoom.updates()).toEqual([{ status: 'Out_of_Office' }]);
  await panel.click(['Busy', 'Other…']);
  await expect(status.timed()).toHaveValue('Busy');
  await expect(status.timeField()).toBeFocused();
});

test('the palette does what is typed, and says why it cannot', async ({ panel, zoom, launch }) => {
  const tally = await launch();
  const window = await tally.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  const { keyboard } = window.page;
  await window.palette.open();
  await keyboard.type('dnd 25h');
  await expect(window.palette.chosen()).toContainText('at most 24 hours');
  await keyboard.press('Enter');
  await keyboard.press('Control+a');
  await keyboard.type('dnd 45');
  await expect(window.palette.chosen()).toContainText(
    /^Do not disturb for 45 minutes, until .*, then Available/,
  );
  await keyboard.press('Enter');
  await panel.waitForTooltip('Do not disturb, 45 min left');
  expect(await zoom.updates()).toEqual([{ status: 'Do_Not_Disturb', duration: 45 }]);
  await tally.jump(61_000);
  await window.palette.open();
  await keyboard.type(`away until ${inMinutes(90).typed}`);
  await expect(window.palette.chosen()).toContainText(/^Away until .*, then Available/);
  await keyboard.press('Enter');
  await panel.waitForTooltip('Away, 1 hr');
  await tally.jump(61_000);
  await window.palette.open();
  await keyboard.type('undo');
  await expect(window.palette.chosen()).toContainText('Back to Do not disturb');
});

test('the command line takes the same times', async ({ panel, zoom, launch, start, expectConsole }) => {
  expectConsole(/^Away until /, /^Do not disturb until /, /^“until” takes a time such as /);
  const tally = await launch({ hidden: true });
  await panel.waitForTooltip('Available');
  await start({ userData: tally.userData, args: ['status', 'away', '--until', inMinutes(90).typed] }).ended;
  await panel.waitForTooltip('Away, 1 hr');
  await tally.jump(61_000);
  await start({ userData: tally.userData, args: ['status', 'dnd', '--for=1h30'] }).ended;
  await panel.waitForTooltip('Do not disturb, 1 hr 30 min left');
  expect(await zoom.updates()).toEqual([{ status: 'Away' }, { status: 'Do_Not_Disturb', duration: 90 }]);
  await start({ userData: tally.userData, args: ['status', 'dnd', '--until', 'soon'] }).ended;
  const window = await tally.window();
  await expect(window.notice('Tally didn’t do what the command says')).toBeVisible();
  await expect(window.page.getByText(/^“until” takes a time/)).toBeVisible();
});

test('a change of status is undone by its button and by Ctrl+Z, within the minute', async ({
  panel,
  zoom,
  launch,
}) => {
  const tally = await launch();
  const window = await tally.window();
  const { status, page } = window;
  await expect(status.currentWord()).toHaveText('Available');
  await expect(status.undo()).toBeHidden();
  await status.choose('Away');
  // The tile has the focus, and its keys stay within.
  await window.palette.open();
  await page.keyboard.press('Escape');
  await expect(status.currentWord()).toHaveText('Away');
  await expect(status.undo()).toHaveText('Back to Available');
  await page.keyboard.press('Control+z');
  await expect(status.waiting()).toContainText('Available');
  // Once more takes that back, as nothing was sent yet.
  await page.keyboard.press('Control+z');
  await expect(status.waiting()).toBeHidden();
  await status.undo().click();
  await expect(status.waiting()).toContainText('Available');
  await tally.jump(61_000);
  await panel.waitForTooltip('Available (you)');
  expect(await zoom.updates()).toEqual([{ status: 'Away' }, { status: 'Available' }]);
  await expect(status.undo()).toHaveText('Back to Away');
  // In the field it takes back typing.
  await status.timeField().fill('45');
  await page.keyboard.press('Control+z');
  await expect(status.waiting()).toBeHidden();
});
