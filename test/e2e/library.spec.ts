import { basename } from 'node:path';
import { expectAccessible } from '../support/desktop/accessible.ts';
import { dropFiles } from '../support/desktop/drop.ts';
import { openBackgrounds } from '../support/desktop/open.ts';
import { expect, test } from '../support/desktop/tally.ts';
import { sha256 } from '../support/desktop/upload-files.ts';

test('kept without being sent, made into a set, put up by tray and keyboard, undone, and dragged out', async ({
  launch,
  panel,
  zoom,
  files,
}) => {
  const tally = await launch();
  const opened = await openBackgrounds(tally);
  const { library, backgrounds, page } = opened;
  const names = ['Frost.png', 'First snow.png'];
  const paths = names.map((name, at) => files.picture(name, 30 + at * 90));
  const atZoom = async () => (await zoom.backgrounds()).map((one) => one.sha256);
  const before = await atZoom();

  await library.part('Library').click();
  await expect(page.getByText('Nothing in your library yet')).toBeVisible();
  await dropFiles(page, paths);
  await expect(library.cards()).toHaveCount(2);
  await expect(library.region().locator('img')).toHaveCount(2);
  expect(await atZoom(), 'nothing was sent').toEqual(before);

  await library.makeSet('Winter', names);
  await panel.click(['Background set', 'Winter']);
  await expect(library.done()).toContainText('“Winter” is up.');
  expect(await atZoom()).toEqual(expect.arrayContaining(paths.map(sha256)));
  await expect(backgrounds.quota()).toHaveAttribute('aria-valuetext', '5 of 10');
  await expect(library.card('Frost.png')).toContainText('In Zoom');
  await expectAccessible(opened);
  await library.done().getByRole('button', { name: 'Undo' }).click();
  await expect(library.done()).toBeHidden();
  await expect.poll(atZoom).toEqual(before);

  // The set gets another name, and goes without its backgrounds.
  const edit = page.getByRole('button', { name: 'Edit set…' });
  await page.getByRole('button', { name: 'Winter', exact: true }).click();
  await edit.click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Snow');
  await expectAccessible(opened, ['light']);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Snow' })).toBeVisible();
  await edit.click();
  await page.getByRole('button', { name: 'Remove set' }).click();
  await expect(page.getByRole('button', { name: 'Snow', exact: true })).toBeHidden();
  await expect(library.cards()).toHaveCount(2);

  // One by its name, by the keyboard alone.
  await library.search().focus();
  await page.keyboard.type('frost');
  await expect(library.cards()).toHaveCount(1);
  for (let tabs = 0; tabs < 12; tabs += 1) {
    await page.keyboard.press('Tab');
    if (await library.putButton('Frost.png').evaluate((button) => button === document.activeElement)) break;
  }
  await page.keyboard.press('Enter');
  await expect(library.done()).toContainText('“Frost.png” is up.');
  await page.keyboard.press('Shift+Tab');
  await library.tile('Frost.png').focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Frost.png' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('White morning');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'White morning' })).toBeVisible();
  await expectAccessible(opened, ['light']);
  await page.keyboard.press('Escape');
  await library.search().fill('');

  // What the system is handed is a copy under its own name, and never what the page says.
  await tally.app.evaluate(({ webContents }) => {
    for (const contents of webContents.getAllWebContents())
      contents.startDrag = ({ file }) => Object.assign(globalThis, { dragged: file });
  });
  const dragged = () => tally.app.evaluate(() => (globalThis as { dragged?: string }).dragged);
  const box = await library.tile('First snow.png').boundingBox();
  if (!box) throw new Error('There is nothing to drag.');
  await page.mouse.move(box.x + 80, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 120, box.y + 70, { steps: 5 });
  await expect.poll(dragged).toBeDefined();
  await page.mouse.up();
  const path = (await dragged()) ?? '';
  expect(basename(path)).toBe('First snow.png');
  expect(sha256(path)).toBe(sha256(paths[1] ?? ''));
  const asked = await page.evaluate(() => window.tally.library.drag({ id: '../../../etc/passwd' }));
  expect(asked).toMatchObject({ ok: false, error: { kind: 'invalid-input' } });
});
