import { createHash, randomFillSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect } from '@playwright/test';
import type { Practice } from '../../electron/practice/server.ts';
import { landscape, paintPng, portrait } from '../../electron/practice/state/image.ts';
import { clips } from '../../test/support/clips.ts';
import { dropFiles } from '../../test/support/desktop/drop.ts';
import type { AppWindow } from '../../test/support/desktop/pages/app-window.ts';
import { decode, pictureAtZoom } from '../../test/support/desktop/profile-picture.ts';
import { createZoomControl } from '../../test/support/desktop/zoom.ts';
import type { Step } from './step.ts';

/** Backgrounds and the profile picture: files dropped on the window, as somebody does who has just found them. */
export async function picturesTour(step: Step, window: AppWindow, practice: Practice): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tally-tour-'));
  try {
    await backgrounds(step, window, practice, folder);
    await profilePicture(step, window, practice, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function backgrounds(step: Step, window: AppWindow, practice: Practice, folder: string): Promise<void> {
  const { page } = window;
  const main = page.getByRole('main');
  const upload = (name: string) => main.getByRole('listitem').filter({ hasText: name });
  const card = (name: string) => main.getByRole('row', { name, exact: true });
  const tick = (name: string) => card(name).getByRole('checkbox').click({ force: true });
  const stored = () => createZoomControl(practice).backgrounds();
  const names = async () => (await stored()).map(({ name }) => name);
  const arrived = (path: string) => expect.poll(stored).toContainEqual(facts(path));
  const view = (name: string, hue: number) =>
    keep(folder, name, landscape(1280, 720, [60 + hue, 130, 220 - hue], [40, 90 + hue / 2, 60]));

  await step('Backgrounds: what Zoom has of its ten places', 'backgrounds', async () => {
    await window.open('Backgrounds');
    await expect(main.getByText('3 of 10')).toBeVisible();
    await expect(card('Dunes.png')).toBeVisible();
  });
  const harbour = view('Harbour.png', 10);
  const terrace = view('Terrace.png', 130);
  const summit = keep(folder, 'Summit.png', largePng());
  await step('Three files dropped: two go, and one is too large', 'dropped', async () => {
    await dropFiles(page, [harbour, terrace, summit]);
    await arrived(harbour);
    await arrived(terrace);
    await expect(upload('Summit.png')).toContainText('Zoom takes up to 15 MB');
    await expect(upload('Summit.png').getByText('Then')).toBeVisible();
    expect(await names()).not.toContain('Summit.png');
  });
  await step('Made to fit: Zoom has all three', 'made-to-fit', async () => {
    await main.getByRole('button', { name: 'Resize and upload: Summit.png' }).click();
    await expect(main.getByText('6 of 10')).toBeVisible();
    const made = (await stored()).find(({ name }) => name.startsWith('Summit'));
    expect(made?.size).toBeLessThan(15_000_000);
    await expect(upload('Summit')).toContainText('Uploaded');
  });
  const waves = join(folder, 'Waves.webm');
  writeFileSync(waves, clips.webm);
  await step('A WebM video dropped: which part of it, and how large?', 'video', async () => {
    await dropFiles(page, [waves]);
    await main.getByRole('button', { name: 'Make it fit: Waves.webm' }).click();
    await expect(page.getByRole('dialog', { name: 'Make it fit' }).getByRole('img')).toBeVisible();
  });
  await step('Made to fit: Zoom has it as an MP4', 'video-made', async () => {
    await page.getByRole('button', { name: 'Make and upload' }).click();
    await expect(upload('Waves.mp4')).toContainText('Uploaded');
    expect(await names()).toContain('Waves.mp4');
  });
  const more = ['Library', 'Quay', 'Studio', 'Orchard'].map((name, at) => view(`${name}.png`, at * 30));
  const orchard = join(folder, 'Orchard.png');
  await step('Four more, of which three have a place: which one to replace?', 'replace', async () => {
    await main.getByRole('button', { name: 'Clear finished' }).click();
    await dropFiles(page, more);
    await expect(main.getByText('10 of 10')).toBeVisible();
    await main.getByRole('radiogroup').getByText('Dunes.png').click();
    // They are looked at side by side, and each goes as soon as it was.
    const inZoom = await names();
    expect(more.filter((path) => !inZoom.includes(basename(path)))).toHaveLength(1);
  });
  await step('Replaced: still ten, and the newest is among them', 'replaced', async () => {
    await main.getByRole('button', { name: 'Replace', exact: true }).click();
    for (const path of more) await arrived(path);
    await expect(main.getByText('10 of 10')).toBeVisible();
    await expect(card('Orchard.png')).toBeVisible();
    expect(await names()).not.toContain('Dunes.png');
    await main.getByRole('button', { name: 'Clear finished' }).click();
    await expect(main.getByRole('heading', { name: 'Uploads' })).toBeHidden();
  });
  await step('Two selected and deleted', 'deleted', async () => {
    await tick('Harbour.png');
    await tick('Orchard.png');
    await main.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(main.getByText('8 of 10')).toBeVisible();
    expect(await names()).not.toContain('Harbour.png');
    await main.getByRole('button', { name: 'Undo' }).scrollIntoViewIfNeeded();
  });
  await step('Undo: Zoom has the very same files again', 'undone', async () => {
    await main.getByRole('button', { name: 'Undo' }).click();
    await arrived(harbour);
    await arrived(orchard);
    await expect(main.getByText('10 of 10')).toBeVisible();
    await main.getByRole('button', { name: 'Clear finished' }).click();
  });
  const { library } = window;
  const winter = ['Frost', 'First snow', 'Skating'].map((name, at) =>
    keep(folder, `${name}.png`, landscape(1280, 720, [170, 190 + at * 20, 225], [215 - at * 25, 225, 235])),
  );
  await step('The library: what was uploaded, and three more that Zoom is not sent', 'library', async () => {
    await library.part('Library').click();
    await dropFiles(page, winter);
    await expect(library.card('Skating.png')).toBeVisible();
    await library.makeSet('Winter', ['Frost.png', 'First snow.png', 'Skating.png']);
    expect(await names()).not.toContain('Frost.png');
  });
  await step('A set put up by one click: what was used longest ago makes room', 'set-up', async () => {
    await library.showSet('Winter').click();
    await library.putSetButton('Winter').click();
    await expect(library.done()).toContainText('“Winter” is up.');
    for (const path of winter) await arrived(path);
    expect(await names()).toHaveLength(10);
  });
  await step('Undo: Zoom has what it had', 'set-undone', async () => {
    await library.done().getByRole('button', { name: 'Undo' }).click();
    await expect(library.done()).toBeHidden();
    await expect.poll(async () => (await names()).includes('Frost.png')).toBe(false);
    await library.part('Zoom').click();
    await main.getByRole('button', { name: 'Clear finished' }).click();
  });
}

async function profilePicture(
  step: Step,
  window: AppWindow,
  practice: Practice,
  folder: string,
): Promise<void> {
  const { profile, page } = window;
  await step('A picture dropped on the profile is cropped', 'crop', async () => {
    await window.open('Profile');
    await expect(profile.words()).toHaveText('This is how others see you.');
    await dropFiles(page, [keep(folder, 'Me.png', portrait(900, [112, 76, 148]))]);
    await profile.zoomSlider().fill('1.5');
    await profile.cropArea().focus();
    for (let times = 0; times < 6; times += 1) await page.keyboard.press('ArrowDown');
    await expect(profile.keptPixels()).toHaveText('600 × 600 pixels');
  });
  await step('Saved: Zoom has the square, and others see it', 'picture', async () => {
    await profile.save();
    const { width, height } = decode((await pictureAtZoom(practice))?.bytes ?? Buffer.alloc(0));
    expect([width, height]).toEqual([600, 600]);
    await expect.poll(async () => (await profile.shown())?.size).toEqual([600, 600]);
  });
}

function keep(folder: string, name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** What a background at Zoom is like that has the very bytes of a file. */
function facts(path: string) {
  const bytes = readFileSync(path);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return expect.objectContaining({ size: bytes.length, sha256 });
}

/** A slope under a grainy sky; the grain makes it larger than Zoom takes. */
function largePng(): Buffer {
  const [width, height] = [3_600, 2_250];
  const grain = randomFillSync(Buffer.alloc(width * height * 3));
  return paintPng(width, height, (x, y) => {
    const onSlope = y > height * (0.95 - 0.6 * Math.exp(-(((x / width - 0.6) * 3) ** 2)));
    const [red, green, blue] = onSlope ? [80, 86, 110] : [150, 175, 190];
    const at = (y * width + x) * 3;
    const light = (part: number) => (grain[at + part] ?? 0) >> 2;
    return [red + light(0), green + light(1), blue + light(2)];
  });
}
