import { readdirSync, readlinkSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { type Colour, cmykJpeg, patches, patchJpeg, patchPng, spaceNames } from '../support/colour-files.ts';
import { dropFiles } from '../support/desktop/drop.ts';
import { keptCopy } from '../support/desktop/kept-copy.ts';
import { openAt, openBackgrounds } from '../support/desktop/open.ts';
import { decode, pictureAtZoom } from '../support/desktop/profile-picture.ts';
import { expect, test } from '../support/desktop/tally.ts';
import { glassPng, photoOf, withBallast } from '../support/large-files.ts';
import { exif } from '../support/media-corpus-files.ts';

/** What the media process makes of real files: right colours, upright, and never in the way. */

/** Within 6 of each part. */
const like = (colour: Colour) => colour.map((part) => expect.closeTo(part, -1.08));
const seen = patches.map(like);
const middle = (index: number) => (index + 0.5) / patches.length;

/** The patches of a preview, as the window shows them. */
function shownPatches(page: Page, name: string): Promise<number[][]> {
  return page
    .getByRole('listitem')
    .filter({ hasText: name })
    .locator('img')
    .evaluate(async (image: HTMLImageElement, count) => {
      await image.decode();
      const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context?.drawImage(image, 0, 0);
      return Array.from({ length: count }, (_, index) => {
        const x = Math.floor(((index + 0.5) / count) * canvas.width);
        return [...(context?.getImageData(x, canvas.height >> 1, 1, 1).data ?? [])].slice(0, 3);
      });
    }, patches.length);
}

test('previews have the colours of the file, whatever space it is in', async ({ launch, files }) => {
  const { page, backgrounds } = await openBackgrounds(await launch());
  const made = [
    ...spaceNames.map((space) => files.file(`${space}.jpg`, patchJpeg(1_920, 960, space))),
    ...spaceNames.map((space) => files.file(`${space}.png`, patchPng(600, 300, space))),
    files.file('inks.jpg', cmykJpeg(960, 480)),
  ];
  await dropFiles(page, made);
  for (const path of made) {
    const name = path.split('/').at(-1) as string;
    await expect(backgrounds.upload(name).locator('img')).toBeVisible();
    expect(await shownPatches(page, name), name).toEqual(seen);
  }
});

test('copies that are made to fit have the colours of the file, and are upright', async ({
  launch,
  zoom,
  files,
}) => {
  const tally = await launch();
  const { page, backgrounds } = await openBackgrounds(tally);
  const made = async (name: string, bytes: Buffer) => {
    await dropFiles(page, [files.file(name, bytes)]);
    await backgrounds.answer(name, 'Resize and upload').click();
    await expect(backgrounds.upload(name)).toContainText('Uploaded');
    const { sha256 } = (await zoom.backgrounds()).at(-1) ?? {};
    return decode(await keptCopy(tally, sha256));
  };
  for (const space of spaceNames) {
    const copy = await made(`${space}.jpg`, withBallast(patchJpeg(960, 480, space)));
    expect([copy.width, copy.height]).toEqual([960, 480]);
    expect(
      patches.map((_, index) => copy.at(middle(index), 0.5)),
      space,
    ).toEqual(seen);
  }
  // 6: to be turned a quarter to the right, which puts the left on top. And so large that it is opened at a part of its size.
  const turned = await made('turned.jpg', withBallast(patchJpeg(6_400, 4_800, 'p3', exif(6))));
  expect(turned.height).toBeGreaterThan(turned.width);
  expect(turned.width * turned.height).toBeGreaterThan(11_000_000);
  expect(patches.map((_, index) => turned.at(0.5, middle(index)))).toEqual(seen);
});

test('a cropped picture has the colours of the file and its own pixels', async ({
  launch,
  practice,
  files,
}) => {
  const tally = await launch();
  const { page, profile } = await openAt(tally, 'Profile', ({ profile }) => profile.changeButton());
  const crop = async (name: string, bytes: Buffer) => {
    await dropFiles(page, [files.file(name, bytes)]);
    await expect(profile.saveButton()).toBeEnabled();
    const shown = await profile
      .cropDialog()
      .locator('img')
      .evaluate((image: HTMLImageElement) => ({
        width: image.naturalWidth,
        height: image.naturalHeight,
      }));
    await profile.save();
    return { shown, kept: decode((await pictureAtZoom(practice))?.bytes ?? Buffer.alloc(0)) };
  };
  // The window opens the one, the media process the other; the square in the middle is of two patches and two halves.
  const small = await crop('phone.jpg', patchJpeg(4_000, 3_000, 'p3'));
  expect(small.shown).toEqual({ width: 4_000, height: 3_000 });
  const large = await crop('camera.jpg', patchJpeg(6_000, 4_000, 'adobe'));
  expect(large.shown).toEqual({ width: 3_072, height: 2_048 });
  const wide = await crop('panorama.jpg', patchJpeg(12_000, 2_400, 'prophoto'));
  expect(wide.shown).toEqual({ width: 10_240, height: 2_048 });
  for (const { kept } of [small, large]) {
    expect([kept.width, kept.height]).toEqual([1_024, 1_024]);
    expect(kept.at(0.4, 0.5)).toEqual(seen[2]);
    expect(kept.at(0.6, 0.5)).toEqual(seen[3]);
  }
  expect(wide.kept.at(0.4, 0.5)).toEqual(seen[2]);
  expect(wide.kept.at(0.6, 0.5)).toEqual(seen[3]);
});

test('while a large picture is made to fit the tray answers, and it can be left out', async ({
  launch,
  zoom,
  panel,
  files,
}) => {
  const { page, backgrounds } = await openBackgrounds(await launch());
  const before = (await zoom.backgrounds()).length;
  const path = files.file('glass.png', glassPng(4_600, 2_600, 12));
  await dropFiles(page, [path]);
  await expect(backgrounds.question('glass.png')).toBeVisible();
  await panel.click(['Away']);
  await zoom.update(1);
  await expect(backgrounds.question('glass.png')).not.toContainText(/Then/);
  await backgrounds.answer('glass.png', 'Skip').click();
  await expect(backgrounds.upload('glass.png')).toContainText('Skipped');
  await backgrounds.retryButton('glass.png').click();
  await expect(backgrounds.question('glass.png')).toContainText(/Then/, { timeout: 40_000 });
  await backgrounds.answer('glass.png', 'Resize and upload').click();
  await expect(backgrounds.upload('glass.png')).toContainText('Uploaded', { timeout: 20_000 });
  const stored = (await zoom.backgrounds()).slice(before);
  expect(stored.map(({ name }) => name)).toEqual(['glass.png']);
  expect(stored[0]?.size).toBeGreaterThan(0.9 * 15_000_000);
  expect(stored[0]?.size).toBeLessThanOrEqual(15_000_000);
});

test('the media process killed: once nobody sees, again and again the file failed, and can be tried again', async ({
  launch,
  files,
}) => {
  const tally = await launch();
  const { page, backgrounds } = await openBackgrounds(tally);
  const media = () =>
    tally.app.evaluate(({ webContents }) =>
      webContents
        .getAllWebContents()
        .find((contents) => contents.getURL() === 'app://media/')
        ?.getOSProcessId(),
    );
  const preview = (name: string) => backgrounds.upload(name).locator('img');
  await dropFiles(page, [files.picture('first.png', 10)]);
  await expect(preview('first.png')).toBeVisible();
  const first = (await media()) ?? 0;
  process.kill(first, 'SIGSTOP');
  await dropFiles(page, [files.picture('second.png', 60)]);
  await expect(backgrounds.upload('second.png')).toContainText('Uploaded');
  await expect(preview('second.png')).toBeHidden();
  process.kill(first, 'SIGKILL');
  await expect(preview('second.png')).toBeVisible();

  await dropFiles(page, [files.file('glass.png', glassPng(4_600, 2_600, 12))]);
  const row = backgrounds.upload('glass.png');
  await expect(async () => {
    const pid = await media();
    if (pid) process.kill(pid, 'SIGKILL');
    await expect(row).toContainText('the part of Tally that opens pictures broke off', { timeout: 100 });
  }).toPass({ intervals: [100] });
  await backgrounds.retryButton('glass.png').click();
  await expect(backgrounds.question('glass.png')).toContainText(/Then/, { timeout: 40_000 });
});

test('a hundred megapixels are seen, and made to fit', async ({ launch, zoom, files }) => {
  const { page, backgrounds } = await openBackgrounds(await launch());
  const photo = photoOf({ width: 11_544, height: 8_640, grain: 80, quality: 88 });
  await dropFiles(page, [files.file('huge.jpg', photo)]);
  await expect(backgrounds.question('huge.jpg')).toContainText(/Then\s*4,3\d\d × 3,2\d\d/, {
    timeout: 40_000,
  });
  await expect(backgrounds.upload('huge.jpg').locator('img').first()).toBeVisible();
  await backgrounds.answer('huge.jpg', 'Resize and upload').click();
  await expect(backgrounds.upload('huge.jpg')).toContainText('Uploaded', { timeout: 20_000 });
  expect((await zoom.backgrounds()).at(-1)?.size).toBeLessThanOrEqual(15_000_000);
});

test('a drive that hangs costs the file on it; others are read, and it can be tried again', async ({
  launch,
  zoom,
  files,
}) => {
  const tally = await launch();
  const { page, backgrounds } = await openBackgrounds(tally);
  await dropFiles(page, [files.picture('first.png', 10)]);
  await expect(backgrounds.upload('first.png')).toContainText('Uploaded');
  /** The processes that read files. */
  const readers = () =>
    tally.app.evaluate(({ app }) =>
      app
        .getAppMetrics()
        .filter(({ name, serviceName }) => [name, serviceName].includes('Tally files'))
        .map(({ pid }) => pid),
    );
  const [reader = 0] = await readers();
  expect(reader).toBeGreaterThan(0);
  const main = await tally.app.evaluate(() => process.pid);
  const [memory = '', ...others] = ownMemory(reader);
  expect(others).toEqual([]);
  expect(ownMemory(main)).toEqual([memory]);
  // To Tally it is the same whether the drive does not answer or the process that asks it.
  process.kill(reader, 'SIGSTOP');
  const paths = [files.picture('one.png', 60), files.picture('two.png', 110)];
  await dropFiles(page, paths);
  for (const name of ['one.png', 'two.png'])
    await expect(backgrounds.upload(name)).toContainText('Reading this file takes too long.');
  await expect.poll(readers).not.toContain(reader);
  await expect.poll(() => ownMemory(main)).not.toContain(memory);
  await dropFiles(page, [files.picture('three.png', 160)]);
  await expect(backgrounds.upload('three.png')).toContainText('Uploaded');
  await backgrounds.retryButton('one.png').click();
  await expect(backgrounds.upload('one.png')).toContainText('Uploaded');
  expect((await zoom.backgrounds()).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['first.png', 'three.png', 'one.png']),
  );
});

/** Memory without a name that a process has open: the reader's, by which main gets what it reads; without it all would go by messages. */
function ownMemory(pid: number): readonly string[] {
  const open = readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch {
      return 'closed meanwhile';
    }
  });
  return open.filter((file) => /^\/dev\/shm\/#\d+ \(deleted\)$/.test(file));
}
