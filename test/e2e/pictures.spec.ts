import { clips } from '../support/clips.ts';
import { patches, patchJpeg } from '../support/colour-files.ts';
import { expectAccessible } from '../support/desktop/accessible.ts';
import { dropFiles } from '../support/desktop/drop.ts';
import { keptCopy } from '../support/desktop/kept-copy.ts';
import { openBackgrounds } from '../support/desktop/open.ts';
import { decode } from '../support/desktop/profile-picture.ts';
import { expect, test } from '../support/desktop/tally.ts';
import { chunk, exif, pngOf } from '../support/media-corpus-files.ts';
import { otherPictures } from '../support/media-corpus-other.ts';
import { privateFiles, secret } from '../support/media-corpus-private.ts';

const seen = patches.map((colour) => colour.map((part) => expect.closeTo(part, -1.08)));
const middle = (index: number) => (index + 0.5) / patches.length;

test('pictures are sent without what nobody sees in them, upright, of a kind that Zoom takes and with a colour behind', async ({
  launch,
  zoom,
  files,
}) => {
  const tally = await launch();
  const window = await openBackgrounds(tally);
  const { backgrounds, page } = window;
  const content = async (name: string) => {
    const { sha256 } = (await zoom.backgrounds()).findLast((one) => one.name === name) ?? {};
    return keptCopy(tally, sha256);
  };
  await test.step('place and camera', async () => {
    const phone = (await privateFiles()).find(({ name }) => name === 'phone.jpg');
    await dropFiles(page, [files.file('phone.jpg', phone?.bytes ?? Buffer.alloc(0))]);
    await expect(backgrounds.upload('phone.jpg')).toContainText('Uploaded');
    await expect(backgrounds.upload('phone.jpg')).toContainText(
      'Removed: where it was taken and the camera.',
    );
    expect(await content('phone.jpg')).toEqual(phone?.sent);
    await backgrounds.leaveOut().locator('xpath=ancestor-or-self::label').click();
    await expect(backgrounds.leaveOut()).not.toBeChecked();
    await dropFiles(page, [files.file('whole.jpg', phone?.bytes ?? Buffer.alloc(0))]);
    await expect(backgrounds.upload('whole.jpg')).toContainText('Uploaded');
    expect((await content('whole.jpg')).includes(secret)).toBe(true);
    await backgrounds.clearFinished();
  });
  await dropFiles(page, [
    files.file('turned.jpg', patchJpeg(960, 480, 'p3', exif(6))),
    files.file('stripes.webp', otherPictures['stripes.webp']),
    files.file('stripes.avif', otherPictures['stripes.avif']),
    files.file('stripes.bmp', otherPictures['stripes.bmp']),
    files.file('glass.png', pngOf(300, 80, chunk('tRNS', Buffer.alloc(6)))),
  ]);
  await expect(backgrounds.question('glass.png')).toContainText(/Then/);
  await expect(backgrounds.question('stripes.avif')).toContainText(/AVIF, 96 × 48, \d+ .?B.*JPG, 96 × 48/s);
  await expectAccessible(window);
  await test.step('upright', async () => {
    await expect(backgrounds.question('turned.jpg')).toContainText(/Now\s*480 × 960.*Then\s*480 × 960/s);
    await backgrounds.answer('turned.jpg', 'Send it upright').click();
    await expect(backgrounds.upload('turned.jpg')).toContainText('Uploaded');
    const turned = decode(await content('turned.jpg'));
    expect([turned.width, turned.height]).toEqual([480, 960]);
    expect(patches.map((_, index) => turned.at(0.5, middle(index)))).toEqual(seen);
  });
  await test.step('kinds that Zoom does not take', async () => {
    await backgrounds.answer('stripes.avif', 'Send it as JPG').click();
    await backgrounds.answer('stripes.bmp', 'Send it as JPG').click();
    await backgrounds.answer('stripes.webp', 'As PNG instead').click();
    await backgrounds.answer('stripes.webp', 'Send it as PNG').click();
    await expect(backgrounds.upload('stripes.png')).toContainText('Uploaded');
    for (const [name, start] of [
      ['stripes.png', '\x89PNG'],
      ['stripes.jpg', '\xff\xd8\xff'],
    ] as const) {
      await expect(backgrounds.upload(name).first()).toContainText('Uploaded');
      const bytes = await content(name);
      expect(bytes.toString('latin1').startsWith(start)).toBe(true);
    }
    const webp = decode(await content('stripes.png'));
    expect(patches.map((_, index) => webp.at(middle(index), 0.5))).toEqual(seen);
  });
  await test.step('see-through', async () => {
    await backgrounds.question('glass.png').getByText('Black', { exact: true }).click();
    await backgrounds.question('glass.png').getByLabel('Other').fill('#2040c0');
    await expect(backgrounds.question('glass.png')).toContainText(/Then/);
    await backgrounds.answer('glass.png', 'Send it with this color').click();
    await expect(backgrounds.upload('glass.png')).toContainText('Uploaded');
    expect(decode(await content('glass.png')).at(0.5, 0.5)).toEqual([32, 64, 192]);
  });
});

test('videos are seen by their first frame, and a background is cropped to what Zoom shows of it', async ({
  launch,
  zoom,
  files,
}) => {
  const tally = await launch();
  const window = await openBackgrounds(tally);
  const { backgrounds, page } = window;
  await dropFiles(page, [
    files.file('flat.mp4', clips.flat),
    files.file('turned.mp4', clips.turned),
    files.file('view.jpg', patchJpeg(1_600, 1_200)),
  ]);
  const shown = async (name: string) => {
    const image = backgrounds.upload(name).locator('img');
    await expect(image).toBeVisible();
    return image.evaluate(({ naturalWidth, naturalHeight }: HTMLImageElement) => [
      naturalWidth,
      naturalHeight,
    ]);
  };
  expect(await shown('flat.mp4')).toEqual([480, 270]);
  expect(await shown('turned.mp4')).toEqual([360, 640]);
  await backgrounds.card('view.jpg').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Crop to 16:9' }).click();
  const dialog = page.getByRole('dialog', { name: 'Crop to 16:9' });
  await expect(dialog).toContainText('1,600 × 900 pixels');
  await expectAccessible(window);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  const sizeAtZoom = async () => {
    const { sha256 } = (await zoom.backgrounds()).find(({ name }) => name === 'view.jpg') ?? {};
    const { width, height } = sha256 ? decode(await keptCopy(tally, sha256)) : {};
    return [width, height];
  };
  await expect.poll(sizeAtZoom).toEqual([1_600, 900]);
  expect((await zoom.backgrounds()).filter(({ name }) => name === 'view.jpg')).toHaveLength(1);
});
