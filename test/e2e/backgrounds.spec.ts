import { mkdirSync, readFileSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { paintPng } from '../../electron/practice/state/image.ts';
import { expectAccessible } from '../support/desktop/accessible.ts';
import { dropFiles, holdFiles } from '../support/desktop/drop.ts';
import { openBackgrounds } from '../support/desktop/open.ts';
import { expect, test } from '../support/desktop/tally.ts';
import { addAtZoom, sha256 } from '../support/desktop/upload-files.ts';
import { gifFrame, gifOf } from '../support/media-corpus-files.ts';
import { sentSha256 } from '../support/sent-file.ts';

/** What the practice user has from the beginning. */
const seeded = ['Dunes.png', 'Fjord.png', 'Night hills.png'];

test('five files dropped at once are at Zoom, byte for byte, each with its picture', async ({
  launch,
  zoom,
  files,
}) => {
  const { backgrounds, page } = await openBackgrounds(await launch());
  await expect(backgrounds.quota()).toHaveAttribute('aria-valuetext', '3 of 10');
  const names = ['one.png', 'two.png', 'three.png', 'four.png', 'a name with ünïcode, 汉字 and spaces.png'];
  const paths = names.map((name, index) => files.picture(name, index * 40));
  await dropFiles(page, paths);
  for (const name of names) await expect(backgrounds.upload(name)).toContainText('Uploaded');
  await expect(backgrounds.quota()).toHaveAttribute('aria-valuetext', '8 of 10');
  await expect(backgrounds.previews()).toHaveCount(5);

  const stored = await zoom.backgrounds();
  expect(
    stored
      .slice(3)
      .map((one) => one.sha256)
      .sort(),
  ).toEqual(paths.map(sha256).sort());
  for (const name of names.slice(0, 4)) expect(stored.map((one) => one.name)).toContain(name);
  // A moment later they make room for the grid, where they are marked.
  await expect(backgrounds.uploadedTogether(5)).toBeVisible();
  for (const name of names) await expect(backgrounds.upload(name)).toContainText('Uploaded');
  await expect(backgrounds.grid().getByText('New', { exact: true })).toHaveCount(5);
  await backgrounds.clearFinished();
  await expect(backgrounds.uploads()).toBeHidden();
});

test('one file, dropped: held over the screen it is invited, taken away again nothing happens', async ({
  launch,
  zoom,
  files,
}) => {
  const { backgrounds, page } = await openBackgrounds(await launch());
  const path = files.picture('beach.png', 90);
  const held = await holdFiles(page, [path]);
  await expect(page.getByText('Drop to add to your backgrounds')).toBeVisible();
  await held('dragCancel');
  // Chromium tells the page nothing of it until the pointer moves again.
  await page.mouse.move(400, 300);
  await page.mouse.move(420, 320);
  await expect(page.getByText('Drop to add to your backgrounds')).toBeHidden();
  await expect(backgrounds.uploads()).toBeHidden();
  await dropFiles(page, [path]);
  await expect(backgrounds.upload('beach.png')).toContainText('Uploaded');
  expect((await zoom.backgrounds()).at(-1)).toMatchObject({ name: 'beach.png', sha256: sha256(path) });
});

test('of good, odd and bad files together each is told what becomes of it, and only the good ones are sent', async ({
  launch,
  zoom,
  files,
}) => {
  const window = await openBackgrounds(await launch());
  const { backgrounds, page } = window;
  const good = files.picture('good.png', 10);
  const other = files.picture('other.png', 200);
  const link = join(files.path, 'link.png');
  symlinkSync(other, link);
  const cut = files.large('cut.png', 0.2);
  truncateSync(cut, 100_000);
  const folder = join(files.path, 'holiday');
  mkdirSync(folder);
  const misnamed = files.file('really-a-png.jpg', readFileSync(files.picture('x.png', 60)));
  const frame = gifFrame(16, 16);
  const animated = files.file('moving.gif', gifOf(16, 16, [frame, frame, frame]));
  const bad: readonly (readonly [string, string, RegExp])[] = [
    [
      'notes.png',
      files.file('notes.png', Buffer.from('only called a picture')),
      /neither a picture nor a video/,
    ],
    [
      'drawing.svg',
      files.file('drawing.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')),
      /SVG/,
    ],
    ['nothing.jpg', files.file('nothing.jpg', Buffer.alloc(0)), /empty/i],
    ['cut.png', cut, /./],
    ['holiday', folder, /folder/i],
  ];
  await dropFiles(page, [good, link, misnamed, animated, ...bad.map(([, path]) => path)]);
  for (const name of ['good.png', 'link.png'])
    await expect(backgrounds.upload(name)).toContainText('Uploaded');
  for (const [name, , why] of bad) {
    await expect(backgrounds.upload(name)).toContainText('Unsupported file');
    await expect(backgrounds.upload(name)).toContainText(why);
  }
  // Zoom goes by the name's ending, so it gets the right one.
  await expect(backgrounds.upload('really-a-png.png')).toContainText('Uploaded');
  await expect(backgrounds.upload('moving.gif')).toContainText('Uploaded');
  const sent = (await zoom.backgrounds()).slice(seeded.length);
  const promised = [...[good, other, misnamed].map(sha256), await sentSha256(animated)];
  expect(sent.map((one) => one.sha256).sort()).toEqual(promised.sort());
  await expectAccessible(window);
});

test('a picture over 15 MB is made to fit, shown before and after; left out it is not sent', async ({
  launch,
  zoom,
  files,
}) => {
  const window = await openBackgrounds(await launch());
  const { backgrounds, page } = window;
  const path = files.large('panorama.png', 16);
  await dropFiles(page, [path]);
  await expect(backgrounds.answer('panorama.png', 'Resize and upload')).toBeVisible();
  await expect(backgrounds.question('panorama.png')).toContainText(/Now\s*2,000 × 2,667, 16.1 MB/);
  await expect(backgrounds.question('panorama.png')).toContainText(/Then\s*[\d,]+ × [\d,]+, [\d.]+ MB/, {
    timeout: 30_000,
  });
  await expectAccessible(window);
  await backgrounds.answer('panorama.png', 'Resize and upload').click();
  // As a JPG, which it is now.
  await expect(backgrounds.upload('panorama.jpg')).toContainText('Uploaded', { timeout: 30_000 });
  const stored = (await zoom.backgrounds()).at(-1);
  expect(stored?.size).toBeLessThanOrEqual(15_000_000);
  expect(stored?.sha256).not.toBe(sha256(path));

  const again = files.large('another.png', 16.5);
  await dropFiles(page, [again]);
  await backgrounds.answer('another.png', 'Skip').click();
  await expect(backgrounds.upload('another.png')).toContainText('Skipped');
  expect(await zoom.backgrounds()).toHaveLength(seeded.length + 1);
});

test('with all ten places taken Tally asks which one to replace, before anything is sent', async ({
  launch,
  practice,
  zoom,
  files,
}) => {
  await addAtZoom(practice, ['4.png', '5.png', '6.png', '7.png', '8.png', '9.png', '10.png']);
  const window = await openBackgrounds(await launch());
  const { backgrounds, page } = window;
  await expect(backgrounds.quota()).toHaveAttribute('aria-valuetext', '10 of 10');
  const path = files.picture('eleventh.png', 222);
  const last = (await zoom.requests()).at(-1)?.id ?? 0;
  await dropFiles(page, [path]);
  await expect(backgrounds.question('eleventh.png')).toContainText(
    'All 10 slots are full. Which one should it replace?',
  );
  const asked = (await zoom.requests()).filter(({ id }) => id > last).map(({ method }) => method);
  expect(asked.filter((method) => method !== 'GET')).toEqual([]);
  await expectAccessible(window);
  await backgrounds.replace('eleventh.png', '7.png');
  await expect(backgrounds.upload('eleventh.png')).toContainText('Uploaded');
  const names = (await zoom.backgrounds()).map(({ name }) => name);
  expect(names).toHaveLength(10);
  expect(names).not.toContain('7.png');
  expect((await zoom.backgrounds()).at(-1)).toMatchObject({ name: 'eleventh.png', sha256: sha256(path) });
  await expect(backgrounds.card('7.png')).toBeHidden();
});

test('whatever the shape of a picture, its card and its place in the question are 16:9', async ({
  launch,
  practice,
  files,
}) => {
  await addAtZoom(practice, ['4.png', '5.png', '6.png', '7.png']);
  const tally = await launch();
  const window = await openBackgrounds(tally);
  const { backgrounds, page } = window;
  const shapes = {
    'portrait.png': [90, 160],
    'long screenshot.png': [108, 1200],
    'panorama.png': [1200, 180],
  } as const;
  const paths = Object.entries(shapes).map(([name, [width, height]], index) =>
    files.file(
      name,
      paintPng(width, height, () => [index * 80, 90, 120]),
    ),
  );
  await dropFiles(page, paths);
  await expect(backgrounds.quota()).toHaveAttribute('aria-valuetext', '10 of 10');
  await expect(backgrounds.previews()).toHaveCount(3);
  await dropFiles(page, [files.picture('eleventh.png', 222)]);
  const choices = backgrounds.question('eleventh.png').getByRole('radiogroup').locator('img');
  await expect(choices).toHaveCount(3);
  for (const [width, height] of [
    [1000, 900],
    [380, 700],
    [1920, 1000],
  ] as const) {
    await tally.resize(width, height);
    await expect.poll(() => page.evaluate(() => globalThis.innerWidth)).toBe(width);
    for (const images of [backgrounds.previews(), choices]) {
      const boxes = await images.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()));
      for (const box of boxes) expect(box.width / box.height).toBeCloseTo(16 / 9, 1);
    }
    const heights = await backgrounds
      .grid()
      .getByRole('row')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    expect(Math.max(...heights) - Math.min(...heights)).toBeLessThan(1);
  }
  await expectAccessible(window);
});

test('the same file twice is noticed: left out, or sent anyway', async ({ launch, zoom, files }) => {
  const { backgrounds, page } = await openBackgrounds(await launch());
  const path = files.picture('beach.png', 90);
  await dropFiles(page, [path]);
  await expect(backgrounds.upload('beach.png')).toContainText('Uploaded');
  await backgrounds.clearFinished();
  const copy = files.file('copy of beach.png', readFileSync(path));
  await dropFiles(page, [copy]);
  await expect(backgrounds.question('copy of beach.png')).toContainText(
    'The same is there already: beach.png',
  );
  await backgrounds.answer('copy of beach.png', 'Skip').click();
  await expect(backgrounds.upload('copy of beach.png')).toContainText('Skipped');
  expect(await zoom.backgrounds()).toHaveLength(seeded.length + 1);
  await backgrounds.clearFinished();
  await dropFiles(page, [copy]);
  await backgrounds.answer('copy of beach.png', 'Send anyway').click();
  await expect(backgrounds.upload('copy of beach.png')).toContainText('Uploaded');
  expect(await zoom.backgrounds()).toHaveLength(seeded.length + 2);
});

test('several are deleted in one call, and Undo uploads them again', async ({ launch, zoom, files }) => {
  const window = await openBackgrounds(await launch());
  const { backgrounds, page } = window;
  const paths = [files.picture('a.png', 1), files.picture('b.png', 2)];
  await dropFiles(page, paths);
  for (const name of ['a.png', 'b.png']) await expect(backgrounds.upload(name)).toContainText('Uploaded');
  await backgrounds.clearFinished();
  for (const name of ['a.png', 'b.png']) await backgrounds.select(name);
  await expect(backgrounds.selection()).toContainText('2 selected');
  await expectAccessible(window);
  await backgrounds.deleteSelected();
  await expect(backgrounds.card('a.png')).toBeHidden();
  expect((await zoom.backgrounds()).map(({ name }) => name)).toEqual(seeded);
  const calls = await zoom.requests('delUserVB');
  expect(calls.map(({ status }) => status)).toEqual([204]);
  await backgrounds.undoButton().click();
  await expect(backgrounds.card('a.png')).toBeVisible();
  await expect(backgrounds.card('b.png')).toBeVisible();
  const stored = (await zoom.backgrounds()).slice(seeded.length);
  expect(stored.map((one) => one.sha256).sort()).toEqual(paths.map(sha256).sort());
});

test('what there is no copy of is not deleted without a word', async ({ launch, zoom }) => {
  const { backgrounds } = await openBackgrounds(await launch());
  // The default one, which is deleted as any other.
  await expect(backgrounds.defaultCards()).toHaveCount(1);
  await expect(backgrounds.defaultCards()).toContainText('Fjord.png');
  await backgrounds.select('Fjord.png');
  await backgrounds.deleteSelected();
  await expect(backgrounds.selection()).toContainText('You can’t undo');
  expect((await zoom.backgrounds()).map(({ name }) => name)).toEqual(seeded);
  await backgrounds.selection().getByRole('button', { name: 'Delete anyway' }).click();
  await expect(backgrounds.card('Fjord.png')).toBeHidden();
  expect((await zoom.backgrounds()).map(({ name }) => name)).toEqual(['Dunes.png', 'Night hills.png']);
});

test('files are chosen by the button, a picture comes from the clipboard, the tray begins an upload', async ({
  launch,
  zoom,
  files,
  panel,
}) => {
  const tally = await launch();
  const window = await openBackgrounds(tally);
  const { backgrounds, page } = window;
  const chosen = files.picture('chosen.png', 30);
  await backgrounds.choose([chosen]);
  await expect(backgrounds.upload('chosen.png')).toContainText('Uploaded');

  await tally.app.evaluate(({ clipboard, nativeImage }) => {
    const image = nativeImage.createFromBitmap(Buffer.alloc(32 * 32 * 4, 255), { width: 32, height: 32 });
    // Electron 45 has an interface of another shape.
    (clipboard as unknown as { writeImage(picture: typeof image): void }).writeImage(image);
  });
  await backgrounds.chooseButton().focus();
  await page.keyboard.press('Control+v');
  await expect.poll(async () => (await zoom.backgrounds()).length).toBe(seeded.length + 2);
  await expect(backgrounds.uploads().getByText('Uploaded', { exact: true })).toHaveCount(2);

  // Nobody can press the buttons of the system's dialog here; its answer is given in its place.
  const fromTray = files.picture('from the tray.png', 31);
  await tally.app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, fromTray);
  await window.open('Status');
  await panel.click(['Upload background…']);
  await expect(backgrounds.upload('from the tray.png')).toContainText('Uploaded');
  expect((await zoom.backgrounds()).at(-1)?.sha256).toBe(sha256(fromTray));
});

test('everything can be done by the keyboard alone', async ({ launch, zoom, files }) => {
  const { backgrounds, page } = await openBackgrounds(await launch());
  const { keyboard } = page;
  const tabTo = async (target: ReturnType<typeof backgrounds.chooseButton>) => {
    await expect(async () => {
      await keyboard.press('Tab');
      await expect(target).toBeFocused({ timeout: 50 });
    }).toPass();
  };
  const path = files.large('wide.png', 16);
  // Asked for before the keys: from then on the system's own dialog stays away.
  const chooser = page.waitForEvent('filechooser');
  await tabTo(backgrounds.chooseButton());
  await keyboard.press('Enter');
  await (await chooser).setFiles([path]);
  await expect(backgrounds.answer('wide.png', 'Resize and upload')).toBeVisible();
  await tabTo(backgrounds.answer('wide.png', 'Skip'));
  await keyboard.press('Enter');
  await expect(backgrounds.upload('wide.png')).toContainText('Skipped');

  await expect(async () => {
    await keyboard.press('Tab');
    await expect(backgrounds.grid().locator(':focus')).toHaveCount(1, { timeout: 50 });
  }).toPass();
  await keyboard.press('Home');
  await keyboard.press('Space');
  await expect(backgrounds.selection()).toContainText('1 selected');
  await keyboard.press('Delete');
  await expect(backgrounds.selection()).toContainText('You can’t undo');
  await tabTo(backgrounds.selection().getByRole('button', { name: 'Delete anyway' }));
  await keyboard.press('Enter');
  await expect.poll(async () => (await zoom.backgrounds()).length).toBe(seeded.length - 1);
  await expect(page.locator(':focus')).not.toHaveCount(0);
});
