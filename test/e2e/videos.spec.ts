import { truncateSync } from 'node:fs';
import { uploadName } from '../../electron/core/backgrounds/upload-name.ts';
import { FileBytes } from '../../electron/core/media/file.ts';
import { inMemory } from '../../electron/core/media/in-memory.ts';
import { readMovie } from '../../electron/core/media/movie.ts';
import { clips } from '../support/clips.ts';
import { patches } from '../support/colour-files.ts';
import { expectAccessible } from '../support/desktop/accessible.ts';
import { dropFiles } from '../support/desktop/drop.ts';
import { keptCopy } from '../support/desktop/kept-copy.ts';
import { openBackgrounds } from '../support/desktop/open.ts';
import { decode } from '../support/desktop/profile-picture.ts';
import { expect, test } from '../support/desktop/tally.ts';

test('videos that Zoom does not take are made to fit, by the keyboard alone', async ({
  launch,
  zoom,
  files,
}) => {
  const tally = await launch();
  const window = await openBackgrounds(tally);
  const { backgrounds, page } = window;
  const made = async (name: string) => {
    const { sha256 } = (await zoom.backgrounds()).find((one) => one.name === name) ?? {};
    const bytes = await keptCopy(tally, sha256);
    return readMovie(new FileBytes(inMemory(bytes), bytes.byteLength, () => {}));
  };
  const name = `${'A very long name of a recording by the sea '.repeat(3)}.webm`;
  const turned = Buffer.from(clips.turned);
  // The flags of its profile, which Chromium 114 wrote in the wrong order.
  turned[turned.indexOf('avcC') + 6] = 0xc0;
  const large = files.file('large.mp4', turned);
  // Bytes behind its end, as a player passes over them.
  truncateSync(large, 16_000_000);
  await dropFiles(page, [files.file(name, clips.webm), large]);
  const dialog = backgrounds.fitDialog();

  await test.step('a WebM: trimmed and turned', async () => {
    await expect(backgrounds.question(name)).toContainText('This is a WebM video, which Zoom doesn’t take.');
    await backgrounds.answer(name, 'Make it fit').press('Enter');
    await expect(dialog.getByRole('img')).toBeVisible();
    await expect(dialog).toContainText(/Now\s*480 × 270, 0:02, 2 kB.*Then\s*640 × 360, 0:02, up to/s);
    await expectAccessible(window);
    await dialog.getByRole('slider', { name: 'End' }).press('PageDown');
    await expect(dialog).toContainText('Keeps 0:01.8 of 0:02, from 0:00 to 0:01.8.');
    await dialog.getByRole('button', { name: 'Turn right' }).press('Enter');
    await expect(dialog).toContainText(/Then\s*480 × 854/);
    await dialog.getByRole('button', { name: 'Make and upload' }).press('Enter');
    await expect(dialog).toBeHidden();
    const sent = uploadName(name, 'mp4');
    await expect(backgrounds.upload(sent)).toContainText('Uploaded');
    expect(await made(sent)).toMatchObject({ width: 480, height: 854, codec: 'avc', rich: undefined });
    const shown = backgrounds.upload(sent).locator('img');
    const src = (await shown.getAttribute('src')) ?? '';
    const frame = decode(Buffer.from(src.slice(src.indexOf(',') + 1), 'base64'));
    expect(patches.map((_, index) => frame.at(0.5, (index + 0.5) / patches.length))).toEqual(
      patches.map((color) => color.map((part) => expect.closeTo(part, -1.4))),
    );
  });
  await test.step('an MP4 that is too large: smaller, and upright as its file says', async () => {
    await expect(backgrounds.question('large.mp4')).toContainText('Zoom takes up to 15 MB');
    await backgrounds.answer('large.mp4', 'Make it fit').press('Enter');
    await expect(dialog.getByRole('img')).toBeVisible();
    await dialog.getByRole('radio', { name: '1080p' }).press('ArrowRight');
    await expect(dialog).toContainText(/Now\s*360 × 640, 0:01, 16 MB/);
    await dialog.getByRole('button', { name: 'Make and upload' }).press('Enter');
    await expect(backgrounds.upload('large.mp4')).toContainText('Uploaded');
    expect(await made('large.mp4')).toMatchObject({ codec: 'avc', turned: false });
  });
});
