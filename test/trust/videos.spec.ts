import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uploadName } from '../../electron/core/backgrounds/upload-name.ts';
import { uploads } from '../../shared/zoom/limits.gen.ts';
import { patches } from '../support/colour-files.ts';
import { dropFiles } from '../support/desktop/drop.ts';
import { keptCopy } from '../support/desktop/kept-copy.ts';
import type { RunningTally } from '../support/desktop/launch.ts';
import { openBackgrounds } from '../support/desktop/open.ts';
import { expect, test } from '../support/desktop/tally.ts';
import type { ZoomControl } from '../support/desktop/zoom.ts';

/** Videos made by a stranger, Debian's ffmpeg, are made to fit by the real app, and what comes is judged by that stranger. */

const { sureBytes, video } = uploads.uploadVBuser;

/** ffmpeg takes what has no label for that of old television, Chromium for that of high definition. */
const inRec709 = 'format=gbrp,scale=out_color_matrix=bt709:out_range=tv';
const labels = [
  '-colorspace',
  'bt709',
  '-color_primaries',
  'bt709',
  '-color_trc',
  'bt709',
  '-color_range',
  'tv',
];

/** The patches of colour-files.ts side by side, each of them that wide. */
const stripes = (width: number, height: number, seconds: number, rate = '30') => {
  const sources = patches.map(
    (color, at) =>
      `color=c=0x${Buffer.from(color).toString('hex')}:s=${width}x${height}:r=${rate}:d=${seconds}[p${at}]`,
  );
  return `${sources.join(';')};${patches.map((_, at) => `[p${at}]`).join('')}hstack=inputs=${patches.length},${inRec709}`;
};

interface Made {
  readonly name: string;
  /** One input of ffmpeg's lavfi, and what it is written as. */
  readonly source: string;
  readonly as: readonly string[];
  /** Of what comes, pixels and seconds; without it the file is refused in words such as these. */
  readonly becomes?: readonly [width: number, height: number, seconds: number];
  readonly refused?: RegExp;
  /** Its patches are one above the other. */
  readonly stands?: true;
}

const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast'];
const plain = [...h264, '-pix_fmt', 'yuv420p'];
const vp8 = ['-c:v', 'libvpx', '-deadline', 'realtime'];
const files: readonly Made[] = [
  { name: 'vp8.webm', source: stripes(160, 540, 2), as: vp8, becomes: [960, 540, 2] },
  {
    name: 'vp9-odd.webm',
    source: `${stripes(160, 541, 2)},crop=957:541`,
    as: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-pix_fmt', 'yuv444p'],
    becomes: [958, 542, 2],
  },
  { name: 'av1.webm', source: stripes(120, 480, 1), as: ['-c:v', 'libsvtav1'], becomes: [720, 480, 1] },
  { name: 'matroska.mkv', source: stripes(160, 540, 2), as: plain, becomes: [960, 540, 2] },
  {
    name: 'camera.mts',
    source: stripes(160, 540, 2),
    as: [...plain, '-f', 'mpegts'],
    becomes: [960, 540, 2],
  },
  { name: '4k.mp4', source: stripes(640, 2_160, 1), as: plain, becomes: [1_920, 1_080, 1] },
  { name: 'upright.mp4', source: stripes(180, 1_920, 1), as: plain, becomes: [608, 1_080, 1] },
  {
    name: 'quarter.mkv',
    source: `${stripes(320, 1_080, 1)},setsar=1/2`,
    as: plain,
    becomes: [960, 1_080, 1],
  },
  {
    name: 'turned.mov',
    source: stripes(320, 1_080, 1),
    as: [...plain, '-metadata:s:v', 'rotate=90'],
    becomes: [608, 1_080, 1],
    stands: true,
  },
  {
    name: 'ten-bit.mp4',
    source: stripes(160, 540, 1),
    as: [...h264, '-pix_fmt', 'yuv420p10le'],
    becomes: [960, 540, 1],
  },
  {
    name: 'uneven.mkv',
    source: `${stripes(160, 540, 3)},select='not(mod(n,7))+lt(n,10)'`,
    as: ['-vsync', 'vfr', ...plain],
    becomes: [960, 540, 3],
  },
  { name: 'sixty.webm', source: stripes(160, 540, 1, '60'), as: vp8, becomes: [960, 540, 1] },
  {
    name: 'one-frame.webm',
    source: stripes(160, 540, 1, '1'),
    as: [...vp8, '-frames:v', '1'],
    becomes: [960, 540, 0.04],
  },
  { name: 'eight-hours.webm', source: stripes(80, 270, 28_800, '1/10'), as: vp8, becomes: [640, 360, 133] },
  { name: 'tiny.webm', source: stripes(16, 64, 1), as: vp8, becomes: [540, 360, 1] },
  {
    name: 'sound.webm',
    source: 'sine=d=2',
    as: ['-c:a', 'libopus'],
    refused: /WebM video, which Zoom doesn’t take/,
  },
  { name: 'sound.mp4', source: 'sine=d=2', as: ['-c:a', 'aac'], refused: /sound but no picture/ },
  {
    name: 'hevc.mkv',
    source: stripes(160, 540, 1),
    as: ['-c:v', 'libx265', '-x265-params', 'log-level=none'],
    refused: /can’t open the video/,
  },
];

const folder = mkdtempSync(join(tmpdir(), 'tally-videos-'));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ffmpeg = (...args: readonly string[]) =>
  execFileSync('/usr/bin/ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args], { maxBuffer: 100_000_000 });

function make({ name, source, as }: Pick<Made, 'name' | 'source' | 'as'>): string {
  const path = join(folder, name);
  const pixels = as.includes('-pix_fmt') || as.includes('-c:a') ? [] : ['-pix_fmt', 'yuv420p'];
  ffmpeg('-f', 'lavfi', '-i', source, ...(as.includes('-c:a') ? [] : labels), ...pixels, ...as, path);
  return path;
}

/** What ffprobe reads of a file. */
function probe(path: string) {
  const args = ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', path];
  return JSON.parse(execFileSync('/usr/bin/ffprobe', args, { encoding: 'utf8' })) as {
    readonly streams: readonly Record<string, unknown>[];
    readonly format: { readonly duration: string; readonly size: string };
  };
}

/** The path of what Zoom was sent under a name. */
async function sentAs(tally: RunningTally, zoom: ZoomControl, name: string) {
  const { sha256 } = (await zoom.backgrounds()).find((one) => one.name === name) ?? {};
  const bytes = await keptCopy(tally, sha256);
  const path = join(folder, `made-${name}`);
  writeFileSync(path, bytes);
  return path;
}

for (const file of files) {
  test(`${file.name} ${file.refused ? 'is refused in words' : 'is made to fit'}`, async ({
    launch,
    zoom,
  }) => {
    const path = make(file);
    const tally = await launch();
    const { backgrounds, page } = await openBackgrounds(tally);
    await dropFiles(page, [path]);
    if (file.refused) {
      await expect(backgrounds.upload(file.name)).toContainText(file.refused);
      return;
    }
    await backgrounds.answer(file.name, 'Make it fit').click();
    await expect(backgrounds.fitDialog().getByRole('img')).toBeVisible();
    await backgrounds.fitDialog().getByRole('button', { name: 'Make and upload' }).click();
    const name = uploadName(file.name, 'mp4');
    await expect(backgrounds.upload(name)).toContainText('Uploaded', { timeout: 300_000 });

    const made = await sentAs(tally, zoom, name);
    const { streams, format } = probe(made);
    const [width = 0, height = 0, seconds = 0] = file.becomes ?? [];
    expect(streams).toHaveLength(1);
    expect(streams[0]).toMatchObject({ codec_name: 'h264', pix_fmt: 'yuv420p', width, height });
    expect(width).toBeLessThanOrEqual(video.most.width);
    expect(height).toBeLessThanOrEqual(video.most.height);
    expect(Math.abs(Number(format.duration) - seconds)).toBeLessThan(0.2);
    expect(Number(format.size)).toBeLessThanOrEqual(sureBytes);
    // Decoded to its end, without a complaint.
    expect(ffmpeg('-i', made, '-f', 'null', '-').toString()).toBe('');
    const matrix = streams[0]?.color_space === 'bt709' ? 'bt709' : 'bt601';
    const asRgb = `scale=in_color_matrix=${matrix},format=rgb24`;
    const pixels = ffmpeg('-i', made, '-frames:v', '1', '-vf', asRgb, '-f', 'rawvideo', '-');
    const at = (x: number, y: number) => [...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
    const middle = (length: number, index: number) => Math.floor(((index + 0.5) * length) / patches.length);
    const seen = patches.map((_, index) =>
      file.stands ? at(width >> 1, middle(height, index)) : at(middle(width, index), height >> 1),
    );
    expect(seen).toEqual(patches.map((color) => color.map((part) => expect.closeTo(part, -1.2))));
  });
}

/** A minute of noise at 1080p: as hard to encode as can be. */
const noise = {
  name: 'noise.mkv',
  source: 'nullsrc=s=1920x1080:r=30:d=6,geq=random(1)*255:128:128',
  as: [...plain, '-qp', '40'],
} as const;

const mediaPids = ({ app }: RunningTally) =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .filter(({ webContents }) => webContents.getURL() === 'app://media/')
      .map(({ webContents }) => webContents.getOSProcessId()),
  );

test('what is cancelled stops at once, what is killed is a failed file, and what is too large is tried again', async ({
  launch,
  zoom,
  files: given,
}) => {
  const path = make(noise);
  const tally = await launch();
  const { backgrounds, page } = await openBackgrounds(tally);
  const row = backgrounds.upload(noise.name);
  const begin = async () => {
    await backgrounds.answer(noise.name, 'Make it fit').click();
    await backgrounds.fitDialog().getByRole('button', { name: 'Make and upload' }).click();
    await expect(row).toContainText(/Making it fit, [1-9]/, { timeout: 60_000 });
  };
  await dropFiles(page, [path]);
  await test.step('cancelled', async () => {
    await begin();
    const busy = await mediaPids(tally);
    expect(busy.length).toBe(2);
    await backgrounds.cancelButton(noise.name).click();
    await expect(row).toContainText('Skipped');
    await expect.poll(async () => (await mediaPids(tally)).length).toBe(1);
  });
  await test.step('killed', async () => {
    await backgrounds.retryButton(noise.name).click();
    await begin();
    for (const pid of await mediaPids(tally)) process.kill(pid, 'SIGKILL');
    await expect(row).toContainText('broke off');
    await dropFiles(page, [given.picture('after.png', 9)]);
    await expect(backgrounds.upload('after.png')).toContainText('Uploaded');
  });
  await test.step('cut off on the disk', async () => {
    await backgrounds.retryButton(noise.name).click();
    await begin();
    truncateSync(path, 1_000);
    await expect(row).toContainText('changed', { timeout: 60_000 });
  });
  expect((await zoom.backgrounds()).some(({ name }) => name.startsWith('noise'))).toBe(false);
});
