import { setTimeout as after } from 'node:timers/promises';
import { type SeededRandom, seededRandom } from '../../electron/practice/state/random.ts';
import { clips } from '../support/clips.ts';
import { patchJpeg } from '../support/colour-files.ts';
import { dropFiles } from '../support/desktop/drop.ts';
import type { RunningTally } from '../support/desktop/launch.ts';
import { openAt } from '../support/desktop/open.ts';
import type { AppWindow } from '../support/desktop/pages/app-window.ts';
import { expect, test } from '../support/desktop/tally.ts';
import type { UploadFolder } from '../support/desktop/upload-files.ts';
import { glassPng, withBallast } from '../support/large-files.ts';
import { exif } from '../support/media-corpus-files.ts';
import { otherPictures } from '../support/media-corpus-other.ts';
import { processesOf } from '../support/trust/processes.ts';

/**
 * SIGKILL of the media process at random moments of what it does for a person: looking, previews, making pictures and videos fit,
 * cropping. Each file ends as if nothing had been, or as a failed one that can be tried again; and the app goes on.
 */

/** Fewer for a quick look: TALLY_KILLS=10. */
const kills = Number(process.env.TALLY_KILLS ?? 60);
/** The same session again: TALLY_SEED as it was printed. */
const seed = Number(process.env.TALLY_SEED ?? Date.now() % 1_000_000);

test.setTimeout(120_000 + kills * 20_000);

const broke = /the part of Tally that opens (?:pictures|videos) broke off/i;

interface Session {
  readonly window: AppWindow;
  readonly files: UploadFolder;
  readonly random: SeededRandom;
  /** Kills whatever media process there is, at a moment soon; once or twice. */
  strike(): Promise<void>;
}

type Work = (session: Session) => Promise<void>;

/** Files that end with a question, by what they are asked about. Nothing of them goes to Zoom. */
const asked = [
  { name: 'glass.png', bytes: () => glassPng(2_300, 1_300, 2), seen: /Then/ },
  { name: 'large.jpg', bytes: () => withBallast(patchJpeg(3_840, 1_920, 'p3')), seen: /Then/ },
  { name: 'turned.jpg', bytes: () => patchJpeg(2_400, 1_200, 'adobe', exif(6)), seen: /Then/ },
  { name: 'stripes.webp', bytes: () => otherPictures['stripes.webp'], seen: /Then/ },
  { name: 'clip.webm', bytes: () => clips.webm, seen: /Make it fit/ },
] as const;

async function askAbout({ window, files, random, strike }: Session): Promise<void> {
  const { page, backgrounds } = window;
  const { name, bytes, seen } = random.pick<(typeof asked)[number]>(asked);
  const row = backgrounds.upload(name);
  await dropFiles(page, [files.file(name, bytes())]);
  await strike();
  await expect(row).toContainText(new RegExp(`${seen.source}|${broke.source}`, 'i'));
  if (await row.getByText(broke).isVisible()) await backgrounds.retryButton(name).click();
  await expect(row).toContainText(seen);
  await backgrounds.answer(name, 'Skip').click();
  await expect(row).toContainText('Skipped');
  await backgrounds.clearFinished();
}

async function makeVideo({ window, files, strike }: Session): Promise<void> {
  const { page, backgrounds } = window;
  await dropFiles(page, [files.file('clip.webm', clips.webm)]);
  const remake = async () => {
    await backgrounds.answer('clip.webm', 'Make it fit').click();
    await backgrounds.fitDialog().getByRole('button', { name: 'Make and upload' }).click();
  };
  await remake();
  await strike();
  const row = backgrounds.uploads().getByRole('listitem').first();
  await expect(row).toContainText(new RegExp(`Uploaded|${broke.source}`, 'i'));
  if (await row.getByText(broke).isVisible()) {
    await backgrounds.retryButton('clip.webm').click();
    await remake();
    await expect(row).toContainText('Uploaded');
  }
  await backgrounds.clearFinished();
  await backgrounds.select('clip.mp4');
  await backgrounds.deleteSelected();
  await expect(backgrounds.card('clip.mp4')).toBeHidden();
}

async function crop({ window, files, strike }: Session): Promise<void> {
  const { page, profile } = window;
  await window.open('Profile');
  await expect(profile.changeButton()).toBeVisible();
  const path = files.file('camera.jpg', patchJpeg(6_000, 3_000, 'p3'));
  await dropFiles(page, [path]);
  await strike();
  const failed = page.getByText(broke);
  await expect(profile.saveButton().or(failed)).toBeVisible();
  if (await failed.isVisible()) await dropFiles(page, [path]);
  await expect(profile.saveButton()).toBeEnabled();
  await profile.cancel();
  await window.open('Backgrounds');
}

test('the media process killed again and again: no file is lost, and the app goes on', async ({
  launch,
  files,
  panel,
  zoom,
}) => {
  process.stdout.write(`TALLY_SEED=${seed}\n`);
  const random = seededRandom(seed);
  const tally = await launch();
  const window = await openAt(tally, 'Backgrounds', ({ backgrounds }) => backgrounds.quota());
  const media = await mediaOf(tally);
  let done = 0;
  const kill = () => {
    const [pid] = media();
    if (pid === undefined) return;
    try {
      process.kill(pid, 'SIGKILL');
      done += 1;
    } catch {
      // Tally has ended it since it was seen.
    }
  };
  const strike = async () => {
    await after(random.below(500));
    kill();
    if (random.below(3) > 0) return;
    await after(random.below(300));
    kill();
  };
  const session = { window, files, random, strike };
  const works = [askAbout, askAbout, askAbout, makeVideo, crop] as const;
  while (done < kills) await random.pick<Work>(works)(session);

  // Previews come, and everything else goes on.
  await dropFiles(window.page, [files.picture('last.png', 10)]);
  await expect(window.backgrounds.upload('last.png')).toContainText('Uploaded');
  await expect(window.backgrounds.upload('last.png').locator('img')).toBeVisible();
  await panel.click(['Away']);
  await panel.waitForTooltip('Away');
  expect((await zoom.presence()).status).toBe('Away');
  expect(media().length).toBeLessThanOrEqual(2);
});

/** The media processes of an app: every renderer but that of its window. */
async function mediaOf(tally: RunningTally): Promise<() => number[]> {
  const own = await tally.app.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .filter((contents) => contents.getURL().startsWith('app://tally'))
      .map((contents) => contents.getOSProcessId()),
  );
  return () =>
    processesOf(tally.userData).flatMap(({ type, pid }) =>
      type === 'renderer' && !own.includes(pid) ? pid : [],
    );
}
