import { randomFillSync } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paintPng } from '../../electron/practice/state/image.ts';
import { expectAccessible } from '../support/desktop/accessible.ts';
import { copyElsewhere } from '../support/desktop/clipboard.ts';
import { dropFiles } from '../support/desktop/drop.ts';
import type { RunningTally } from '../support/desktop/launch.ts';
import { openAt } from '../support/desktop/open.ts';
import type { AppWindow } from '../support/desktop/pages/app-window.ts';
import { type Colour, decode, paintJpeg, pictureAtZoom } from '../support/desktop/profile-picture.ts';
import { ownApp, signIn } from '../support/desktop/sign-in.ts';
import { expect, test } from '../support/desktop/tally.ts';
import { exif } from '../support/media-corpus-files.ts';

const red: Colour = [214, 40, 40];
const green: Colour = [40, 160, 70];
const blue: Colour = [40, 70, 200];
const yellow: Colour = [230, 200, 40];

/** Four coloured quarters: red and green above, blue and yellow below. */
const quarters =
  (side: number) =>
  (x: number, y: number): Colour =>
    y < side / 2 ? (x < side / 2 ? red : green) : x < side / 2 ? blue : yellow;

/** Within what a JPEG may lose. */
const like = (colour: Colour) => colour.map((part) => expect.closeTo(part, -1.3));

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tally-pictures-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  if (!existsSync(path)) writeFileSync(path, bytes);
  return path;
}
const quartersJpeg = () => file('quarters.jpg', paintJpeg(800, 800, quarters(800)));
const quartersPng = () => file('quarters.png', paintPng(600, 600, quarters(600)));

const openProfile = (tally: RunningTally) =>
  openAt(tally, 'Profile', ({ profile }) =>
    profile.words().filter({ hasText: /^This is how others see you\.$/ }),
  );

async function offer(window: AppWindow, path: string): Promise<void> {
  await dropFiles(window.page, [path]);
  await expect(window.profile.cropDialog()).toBeVisible();
  await expect(window.profile.saveButton()).toBeEnabled();
}

test('a dropped picture, cropped by mouse to a quarter, is at Zoom in that quarter’s colour', async ({
  launch,
  practice,
}) => {
  const window = await openProfile(await launch());
  const { profile, page } = window;
  await offer(window, quartersJpeg());
  await expect(profile.keptPixels()).toHaveText('800 × 800 pixels');
  await profile.zoomSlider().fill('2');
  await expect(profile.keptPixels()).toHaveText('400 × 400 pixels');
  // Far more than half of the square: the picture stops where its edge meets the square's.
  const square = await profile.cropArea().boundingBox();
  if (!square) throw new Error('There is no square.');
  const [x, y] = [square.x + square.width / 2, square.y + square.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 100, y + 100, { steps: 4 });
  await page.mouse.move(x - square.width, y + square.height, { steps: 4 });
  await page.mouse.up();
  await profile.save();

  const stored = await pictureAtZoom(practice);
  if (!stored) throw new Error('Zoom has no picture.');
  expect(stored).toMatchObject({ name: 'picture.jpg', type: 'image/jpeg' });
  expect(stored.bytes.length).toBeLessThan(2_000_000);
  const picture = decode(stored.bytes);
  expect([picture.width, picture.height]).toEqual([400, 400]);
  for (const [across, down] of [
    [0.03, 0.03],
    [0.97, 0.03],
    [0.5, 0.5],
    [0.03, 0.97],
    [0.97, 0.97],
  ] as const)
    expect(picture.at(across, down)).toEqual(like(green));
  await expect.poll(async () => (await profile.shown())?.size).toEqual([400, 400]);
});

test('a chosen picture is cropped, turned and saved by the keyboard alone', async ({ launch, practice }) => {
  const window = await openProfile(await launch());
  const { profile, page } = window;
  const { keyboard } = page;
  const tabTo = async (target: ReturnType<typeof profile.cropArea>) => {
    await expect(async () => {
      await keyboard.press('Tab');
      await expect(target).toBeFocused({ timeout: 50 });
    }).toPass();
  };
  // Asked for before the keys: from then on the system's own dialog stays away.
  const chooser = page.waitForEvent('filechooser');
  await tabTo(profile.changeButton());
  await keyboard.press('Enter');
  await (await chooser).setFiles(quartersPng());
  await expect(profile.saveButton()).toBeEnabled();
  await tabTo(profile.cropArea());
  // A tenth more each: over 2.1 times, so that a quarter is larger than the square.
  for (let times = 0; times < 8; times += 1) await keyboard.press('+');
  await expect(profile.keptPixels()).toHaveText('280 × 280 pixels');
  for (let times = 0; times < 30; times += 1) await keyboard.press('ArrowRight');
  for (let times = 0; times < 30; times += 1) await keyboard.press('ArrowUp');
  await tabTo(profile.cropDialog().getByRole('button', { name: 'Turn right' }));
  await keyboard.press('Enter');
  await tabTo(profile.saveButton());
  await keyboard.press('Enter');
  await profile.cropDialog().waitFor({ state: 'hidden' });
  // Where the dialog was called from.
  await expect(profile.changeButton()).toBeFocused();

  const stored = await pictureAtZoom(practice);
  if (!stored) throw new Error('Zoom has no picture.');
  expect(stored).toMatchObject({ name: 'picture.png', type: 'image/png' });
  const picture = decode(stored.bytes);
  expect([picture.width, picture.height]).toEqual([280, 280]);
  // Lossless: the lower left quarter, and nothing else.
  for (const [across, down] of [
    [0, 0],
    [0.999, 0],
    [0.5, 0.5],
    [0, 0.999],
    [0.999, 0.999],
  ] as const)
    expect(picture.at(across, down)).toEqual(blue);
});

test('Escape leaves everything as it was; a quarter turn turns the colours', async ({ launch, practice }) => {
  const window = await openProfile(await launch());
  const { profile, page } = window;
  const before = await pictureAtZoom(practice);
  await offer(window, quartersPng());
  await page.keyboard.press('Escape');
  await expect(profile.cropDialog()).toBeHidden();
  expect((await pictureAtZoom(practice))?.sha256).toBe(before?.sha256);

  await offer(window, quartersPng());
  await profile.cropDialog().getByRole('button', { name: 'Turn left' }).click();
  await profile.save();
  const picture = decode((await pictureAtZoom(practice))?.bytes ?? Buffer.alloc(0));
  expect([picture.width, picture.height]).toEqual([600, 600]);
  const seen = [
    picture.at(0.25, 0.25),
    picture.at(0.75, 0.25),
    picture.at(0.25, 0.75),
    picture.at(0.75, 0.75),
  ];
  expect(seen).toEqual([green, yellow, red, blue]);
});

test('what lies under the square is what is saved, also of a large picture in a window of another size', async ({
  launch,
  practice,
}) => {
  const tally = await launch();
  const window = await openProfile(tally);
  const { profile, page } = window;
  // The first one, and slow to decode: the dialog is laid out before it has it.
  const wide = paintPng(2_000, 1_400, (x, y) => quarters(1_400)(x - 300, y));
  await offer(window, file('wide.png', wide));
  const expectCovered = async () => {
    await expect(async () => {
      const square = await profile.cropArea().boundingBox();
      const picture = await profile.cropDialog().locator('img').boundingBox();
      if (!square || !picture) throw new Error('There is no square or no picture.');
      expect(picture.height).toBeCloseTo(square.height, 0);
      expect(picture.y).toBeCloseTo(square.y, 0);
      expect(picture.x + picture.width / 2).toBeCloseTo(square.x + square.width / 2, 0);
      expect(picture.width / picture.height).toBeCloseTo(2_000 / 1_400, 1);
    }).toPass({ timeout: 5_000 });
    await expect(profile.keptPixels()).toHaveText('1,024 × 1,024 pixels');
  };
  await expectCovered();
  await tally.resize(380, 620);
  await expect.poll(() => page.evaluate(() => globalThis.innerWidth)).toBeLessThanOrEqual(380);
  await expectCovered();
  await profile.save();
  const picture = decode((await pictureAtZoom(practice))?.bytes ?? Buffer.alloc(0));
  expect([picture.width, picture.height]).toEqual([1_024, 1_024]);
  const corners = [picture.at(0, 0), picture.at(0.999, 0), picture.at(0, 0.999), picture.at(0.999, 0.999)];
  expect(corners).toEqual([red, green, blue, yellow]);
  expect([picture.at(0.45, 0.45), picture.at(0.55, 0.55)]).toEqual([red, yellow]);
});

test('a pasted picture is offered for cropping', async ({ launch, practice }) => {
  const window = await openProfile(await launch());
  await copyElsewhere(paintPng(300, 300, quarters(300)), 'image/png');
  await window.page.keyboard.press('Control+V');
  await expect(window.profile.cropDialog()).toBeVisible();
  await window.profile.save();
  const picture = decode((await pictureAtZoom(practice))?.bytes ?? Buffer.alloc(0));
  expect([picture.width, picture.height]).toEqual([300, 300]);
  expect(picture.at(0.25, 0.25)).toEqual(red);
  expect(picture.at(0.75, 0.75)).toEqual(yellow);
});

test('what a turned camera took comes out upright', async ({ launch, practice }) => {
  const window = await openProfile(await launch());
  const stored = paintJpeg(480, 240, (x) => (x < 240 ? red : blue));
  // 6: to be turned a quarter to the right, which puts the left on top.
  const turned = Buffer.concat([stored.subarray(0, 2), exif(6), stored.subarray(2)]);
  await offer(window, file('turned.jpg', turned));
  await window.profile.save();
  const picture = decode((await pictureAtZoom(practice))?.bytes ?? Buffer.alloc(0));
  expect([picture.width, picture.height]).toEqual([240, 240]);
  expect(picture.at(0.1, 0.1)).toEqual(like(red));
  expect(picture.at(0.9, 0.1)).toEqual(like(red));
  expect(picture.at(0.1, 0.9)).toEqual(like(blue));
});

test('a picture of 40 MB ends under 2 MB', async ({ launch, practice }) => {
  const window = await openProfile(await launch());
  const side = 3_700;
  const noise = randomFillSync(Buffer.alloc(side * side * 3));
  const large = paintPng(side, side, (x, y) => {
    const at = (y * side + x) * 3;
    return [noise[at] ?? 0, noise[at + 1] ?? 0, noise[at + 2] ?? 0];
  });
  expect(large.length).toBeGreaterThan(40_000_000);
  await offer(window, file('noise.png', large));
  await window.profile.save();
  const bytes = (await pictureAtZoom(practice))?.bytes ?? Buffer.alloc(0);
  expect(bytes.length).toBeLessThan(2_000_000);
  const picture = decode(bytes);
  expect([picture.width, picture.height]).toEqual([1_024, 1_024]);
});

test('what cannot be a profile picture is refused in words, and nothing is sent', async ({
  launch,
  practice,
  zoom,
}) => {
  const window = await openProfile(await launch());
  const { profile, page } = window;
  const before = (await pictureAtZoom(practice))?.sha256;
  const whole = paintPng(600, 600, quarters(600));
  const refused: readonly [path: string, words: RegExp][] = [
    [file('note.txt', Buffer.from('Not a picture.')), /neither a picture nor a video/],
    [file('cut.png', whole.subarray(0, whole.length - 300)), /damaged: it ends too early/],
    [file('empty.png', Buffer.alloc(0)), /This file is empty/],
    [folder, /This is a folder/],
  ];
  for (const [path, words] of refused) {
    await dropFiles(page, [path]);
    await expect(profile.problem()).toContainText(words);
    await expect(profile.cropDialog()).toBeHidden();
    await profile.dismissProblem();
    await expect(profile.problem()).toBeHidden();
  }
  await dropFiles(page, [quartersPng(), quartersJpeg()]);
  await expect(profile.problem()).toContainText('Choose one picture');
  expect((await pictureAtZoom(practice))?.sha256).toBe(before);
  expect(await zoom.requests('userPicture')).toEqual([]);
});

test('Zoom’s refusals are explained in the dialog, from which it can be tried again', async ({
  launch,
  practice,
  zoom,
}) => {
  const window = await openProfile(await launch());
  const { profile } = window;
  await offer(window, quartersPng());
  const refusals: readonly [code: number, message: string, words: string][] = [
    [120, 'File size cannot exceed 2M.', 'Zoom didn’t accept this picture.'],
    [200, 'Only an account administrator can change.', 'Only an administrator of your Zoom account'],
    [300, 'The picture has explicit content.', 'Zoom takes this picture for explicit content.'],
  ];
  for (const [code, message, words] of refusals) {
    await zoom.fault({ kind: 'status', status: 400, code, message }, { operationId: 'userPicture' });
    await profile.saveButton().click();
    await expect(profile.failure()).toContainText(words);
    await expect(profile.saveButton()).toBeEnabled();
  }
  await expectAccessible(window);
  await profile.save();
  await expect(profile.problem()).toBeHidden();
  expect(decode((await pictureAtZoom(practice))?.bytes ?? Buffer.alloc(0)).at(0.25, 0.25)).toEqual(red);
});

test('a picture at an address that Tally does not open can be removed', async ({
  launch,
  practice,
  zoom,
}) => {
  await zoom.patch({ pictureUrl: 'https://pictures.example/robin.png' });
  const unread = 'Your picture couldn’t be shown. If you remove it, Tally can’t put it back.';
  const window = await openAt(await launch(), 'Profile', ({ profile }) =>
    profile.words().filter({ hasText: unread }),
  );
  await expectAccessible(window);
  await window.profile.removeButton().click();
  await expect(window.profile.words()).toHaveText('You have no picture. Others see your initials.');
  expect(await pictureAtZoom(practice)).toBeUndefined();
});

test('a removed picture is put back with the same bytes', async ({ launch, practice }) => {
  const window = await openProfile(await launch());
  const { profile } = window;
  const before = await pictureAtZoom(practice);
  await profile.removeButton().click();
  await expect(profile.words()).toHaveText('You have no picture. Others see your initials.');
  expect(await pictureAtZoom(practice)).toBeUndefined();
  expect(await profile.shown()).toBeUndefined();
  await expectAccessible(window);
  await profile.undoButton().click();
  await expect(profile.words()).toHaveText('This is how others see you.');
  await expect(profile.undoButton()).toBeHidden();
  expect((await pictureAtZoom(practice))?.sha256).toBe(before?.sha256);
});

test('the picture is there after a restart', async ({ launch }) => {
  const first = await launch();
  const window = await openProfile(first);
  await offer(window, quartersPng());
  await window.profile.save();
  await first.quit();
  const again = await openProfile(await launch({ userData: first.userData }));
  const colours = [red, green, blue, yellow].map((colour) => colour.join());
  await expect.poll(() => again.profile.shown()).toEqual({ size: [600, 600], colours });
});

test('signing out forgets the picture and its copies', async ({ launch, practice, desktopBrowser }) => {
  const tally = await launch({ zoom: 'connect', path: desktopBrowser.path });
  const first = await tally.window();
  await signIn(first, desktopBrowser, ownApp(practice));
  await expect(first.status.currentWord()).toHaveText('Available');
  const window = await openProfile(tally);
  await window.profile.removeButton().click();
  await expect(window.profile.undoButton()).toBeVisible();
  const kept = () => {
    const copies = join(tally.userData, 'copies');
    const entries = existsSync(copies) ? readdirSync(copies, { recursive: true, withFileTypes: true }) : [];
    return entries.filter((entry) => entry.isFile()).length;
  };
  expect(kept()).toBeGreaterThan(0);
  await window.open('Accounts');
  await window.accounts.signOut('Robin Ashdown');
  await expect(window.welcome()).toBeVisible();
  await expect.poll(kept).toBe(0);
});

test('the picture, its dialog and a problem are accessible, light and dark', async ({ launch }) => {
  const window = await openProfile(await launch());
  await expectAccessible(window);
  await dropFiles(window.page, [file('note.txt', Buffer.from('Not a picture.'))]);
  await expect(window.profile.problem()).toBeVisible();
  await expectAccessible(window);
  await window.profile.dismissProblem();
  await offer(window, quartersPng());
  await expectAccessible(window);
});
