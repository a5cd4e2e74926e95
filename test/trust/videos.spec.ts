import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uploadName } from '../../electron/core/backgrounds/upload-name.ts';
import { uploads } from '../../shared/zoom/limits.gen.ts';
import { type Colour, patches } from '../support/colour-files.ts';
import { dropFiles } from '../support/desktop/drop.ts';
import { keptCopy } from '../support/desktop/kept-copy.ts';
import type { RunningTally } from '../support/desktop/launch.ts';
import { openBackgrounds } from '../support/desktop/open.ts';
import type { BackgroundsPage } from '../support/desktop/pages/backgrounds-page.ts';
import { expect, test } from '../support/desktop/tally.ts';
import type { ZoomControl } from '../support/desktop/zoom.ts';

/** Videos made by a stranger, Debian's ffmpeg, are made to fit by the real app, and what comes is judged by that stranger. */

const { sureBytes, video } = uploads.uploadVBuser;

/** Of 255, by which a color may be off: what nobody sees. */
const offBy = 6;

/** The same where Chromium doesn't give its pixels away, and draws them (planes.ts): 114 does so with all that have ten bits. */
const drawn = 11;

/** How a file says what its colors mean, and so has them. */
interface Labels {
  readonly matrix: 'bt709' | 'smpte170m';
  readonly range: 'tv' | 'pc';
}
const usual: Labels = { matrix: 'bt709', range: 'tv' };

interface Source {
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  readonly rate?: string;
  readonly pixels?: string;
  readonly labels?: Labels;
  /** Filters of ffmpeg, before it becomes what it is labeled as. */
  readonly filter?: string;
}

/** The patches of colour-files.ts side by side, as a graph of ffmpeg's lavfi. */
function stripes({ width, height, seconds, rate = '30', pixels = 'yuv420p', labels, filter }: Source) {
  const { matrix, range } = labels ?? usual;
  const size = `${width / patches.length}x${height}`;
  const sources = patches.map(
    (color, at) => `color=c=0x${Buffer.from(color).toString('hex')}:s=${size}:r=${rate}:d=${seconds}[p${at}]`,
  );
  const row = `${patches.map((_, at) => `[p${at}]`).join('')}hstack=inputs=${patches.length}`;
  // Ends in the pixels that are written: whatever ffmpeg converts by itself afterwards, it does by another matrix.
  const asLabeled = `format=gbrp,scale=out_color_matrix=${matrix}:out_range=${range},format=${pixels}`;
  return [...sources, [row, filter, asLabeled].filter(Boolean).join(',')].join(';');
}

function labelsOf({ labels: { matrix, range } = usual }: Pick<Source, 'labels'>): readonly string[] {
  return [
    ...['-colorspace', matrix, '-color_primaries', matrix, '-color_trc', matrix],
    ...['-color_range', range],
  ];
}

interface Made {
  readonly name: string;
  readonly source: Source;
  readonly as: readonly string[];
  /** Besides its picture it has a tone. */
  readonly sounds?: true;
  /** Its file says that it is to be turned a quarter to the right. */
  readonly turned?: true;
  /** What is done in the dialog before it is made. */
  readonly first?: (dialog: ReturnType<BackgroundsPage['fitDialog']>) => Promise<void>;
  /** Where this computer can't open it, it is refused in these words. */
  readonly unless?: RegExp;
  /** Of what comes. */
  readonly becomes: readonly [width: number, height: number, seconds: number];
  /** By which its colors may be off, instead of `offBy`. */
  readonly off?: number;
  /** Its patches are one above the other. */
  readonly stands?: true;
}

const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast'];
const vp8 = ['-c:v', 'libvpx', '-deadline', 'realtime', '-b:v', '2M'];
const vp9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8'];
const sd = { width: 960, height: 540, seconds: 1 } as const;
const hd = { width: 1_920, height: 1_080, seconds: 1 } as const;
const files: readonly Made[] = [
  { name: 'vp8.webm', source: { ...sd, seconds: 2 }, as: vp8, becomes: [960, 540, 2] },
  { name: 'vp9.webm', source: hd, as: vp9, becomes: [1_920, 1_080, 1] },
  {
    name: 'vp9-odd.webm',
    source: { ...sd, height: 541, pixels: 'yuv444p', filter: 'crop=957:541' },
    as: vp9,
    becomes: [958, 542, 1],
  },
  {
    name: 'vp9-ten-bit.webm',
    source: { ...hd, pixels: 'yuv420p10le' },
    as: vp9,
    becomes: [1_920, 1_080, 1],
    off: drawn,
  },
  {
    name: 'av1.webm',
    source: { ...sd, width: 720, height: 480 },
    as: ['-c:v', 'libsvtav1'],
    becomes: [720, 480, 1],
  },
  { name: 'matroska.mkv', source: sd, as: h264, becomes: [960, 540, 1] },
  { name: 'high.mkv', source: hd, as: h264, becomes: [1_920, 1_080, 1] },
  {
    name: 'television.mkv',
    source: { ...sd, labels: { matrix: 'smpte170m', range: 'tv' } },
    as: h264,
    becomes: [960, 540, 1],
  },
  {
    name: 'full-range.mkv',
    source: { ...hd, labels: { matrix: 'bt709', range: 'pc' } },
    as: h264,
    becomes: [1_920, 1_080, 1],
  },
  { name: 'camera.mts', source: sd, as: [...h264, '-f', 'mpegts'], becomes: [960, 540, 1] },
  { name: 'sounds.mkv', source: sd, as: [...h264, '-c:a', 'aac'], sounds: true, becomes: [960, 540, 1] },
  {
    name: 'too-large.mp4',
    source: { ...hd, seconds: 4, filter: 'noise=alls=12:allf=t' },
    as: [...h264, '-qp', '12'],
    becomes: [1_920, 1_080, 4],
  },
  {
    name: 'too-long.webm',
    source: { ...sd, width: 480, height: 270, seconds: 28_800, rate: '1/10' },
    as: vp8,
    becomes: [640, 360, 60],
  },
  {
    name: '4k.mp4',
    source: { ...hd, width: 3_840, height: 2_160 },
    as: h264,
    becomes: [1_920, 1_080, 1],
  },
  { name: 'upright.mp4', source: { ...hd, width: 1_080, height: 1_920 }, as: h264, becomes: [608, 1_080, 1] },
  { name: 'turned.mov', source: hd, as: h264, turned: true, becomes: [608, 1_080, 1], stands: true },
  { name: 'narrow.mkv', source: { ...hd, filter: 'setsar=1/2' }, as: h264, becomes: [960, 1_080, 1] },
  {
    name: 'ten-bit.mp4',
    source: { ...sd, pixels: 'yuv420p10le' },
    as: h264,
    becomes: [960, 540, 1],
    off: drawn,
  },
  { name: 'full-chroma.mp4', source: { ...sd, pixels: 'yuv444p' }, as: h264, becomes: [960, 540, 1] },
  {
    name: 'uneven.mkv',
    source: { ...sd, seconds: 3, filter: `select='not(mod(n,7))+lt(n,10)'` },
    as: ['-vsync', 'vfr', ...h264],
    becomes: [960, 540, 2.83],
  },
  { name: 'sixty.webm', source: { ...sd, rate: '60' }, as: vp8, becomes: [960, 540, 1] },
  {
    name: 'one-frame.webm',
    source: { ...sd, rate: '1' },
    as: [...vp8, '-frames:v', '1'],
    becomes: [960, 540, 1],
  },
  {
    name: 'odd.webm',
    source: { ...sd, height: 541, filter: 'crop=957:541' },
    as: vp9,
    becomes: [958, 542, 1],
  },

  {
    name: 'hevc.mkv',
    source: sd,
    as: ['-c:v', 'libx265', '-x265-params', 'log-level=none'],
    unless: /can’t open the video/,
    becomes: [960, 540, 1],
  },
  { name: 'tiny.webm', source: { ...sd, width: 96, height: 64 }, as: vp8, becomes: [540, 360, 1] },
  {
    name: 'part.mkv',
    // The patches can be seen in the middle second alone.
    source: { ...sd, seconds: 3, filter: `drawbox=t=fill:c=black:enable='lt(t,1)+gte(t,2)'` },
    as: [...h264, '-g', '300'],
    async first(dialog) {
      await dialog.getByRole('slider', { name: 'Start' }).fill('1');
      await dialog.getByRole('slider', { name: 'End' }).fill('2');
      await expect(dialog).toContainText('Keeps 0:01 of 0:03, from 0:01 to 0:02.');
      await dialog.getByRole('button', { name: 'Turn right' }).click();
    },
    becomes: [540, 960, 1],
    stands: true,
  },
];

const folder = mkdtempSync(join(tmpdir(), 'tally-videos-'));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ffmpeg = (...args: readonly string[]) =>
  execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args], { maxBuffer: 1_000_000_000 });

function make({
  name,
  source,
  as,
  sounds,
  turned,
}: Pick<Made, 'name' | 'source' | 'as' | 'sounds' | 'turned'>) {
  const path = join(folder, name);
  const tone = sounds ? ['-f', 'lavfi', '-i', `sine=d=${source.seconds}`] : [];
  ffmpeg('-f', 'lavfi', '-i', stripes(source), ...tone, ...labelsOf(source), ...as, path);
  if (turned) {
    const bytes = readFileSync(path);
    // The matrix of its track (ISO/IEC 14496-12, 8.3.2), which this ffmpeg doesn't write.
    const matrix = bytes.indexOf('tkhd') + 44;
    for (const [at, value] of [0, 0x10000, 0, 0xffff0000, 0].entries())
      bytes.writeUInt32BE(value, matrix + at * 4);
    writeFileSync(path, bytes);
  }
  return path;
}

interface Look {
  /** The last frame, not the first. */
  readonly last?: true | undefined;
  readonly stands?: true | undefined;
  readonly labels?: Labels;
}

/** What ffprobe reads of a file. */
function probe(path: string) {
  const args = ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', path];
  return JSON.parse(execFileSync('ffprobe', args, { encoding: 'utf8' })) as {
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

/** The patches as ffmpeg shows them by what the file says of its colors (or as `labels` say), each by the mean of its middle. */
function seenIn(path: string, { last, stands, labels }: Look = {}): Colour[] {
  const { width, height } = probe(path).streams[0] as { readonly width: number; readonly height: number };
  const target = join(folder, 'frame.rgb');
  const said = labels ? `:in_color_matrix=${labels.matrix}:in_range=${labels.range}` : '';
  ffmpeg(
    ...['-noautorotate', '-i', path, '-vf', `scale=flags=accurate_rnd+full_chroma_int${said},format=rgb24`],
    ...[...(last ? [] : ['-frames:v', '1']), '-c:v', 'rawvideo', '-f', 'image2', '-update', '1', target],
  );
  const pixels = readFileSync(target);
  const middle = (length: number, index: number, count: number) => {
    const part = length / count;
    return [Math.ceil((index + 0.25) * part), Math.floor((index + 0.75) * part)] as const;
  };
  return patches.map((_, index) => {
    const [left, right] = middle(width, stands ? 0 : index, stands ? 1 : patches.length);
    const [top, bottom] = middle(height, stands ? index : 0, stands ? patches.length : 1);
    const mean = (part: number) => {
      let sum = 0;
      for (let y = top; y < bottom; y += 1)
        for (let x = left; x < right; x += 1) sum += pixels[(y * width + x) * 3 + part] ?? 0;
      return Math.round(sum / ((right - left) * (bottom - top)));
    };
    return [mean(0), mean(1), mean(2)];
  });
}

/** By how much the color that is farthest off is off. */
function farthest(seen: readonly Colour[]): number {
  return Math.max(
    ...seen.flatMap((color, at) => color.map((one, part) => Math.abs(one - (patches[at]?.[part] ?? 0)))),
  );
}

function judge(path: string, { becomes: [width, height, seconds], stands, off = offBy }: Made) {
  const { streams, format } = probe(path);
  expect(streams).toHaveLength(1);
  expect(streams[0]).toMatchObject({ codec_name: 'h264', pix_fmt: 'yuv420p', width, height });
  expect(streams[0]).not.toHaveProperty('side_data_list');
  expect(width).toBeLessThanOrEqual(video.most.width);
  expect(height).toBeLessThanOrEqual(video.most.height);
  expect(Math.abs(Number(format.duration) - seconds)).toBeLessThan(0.1);
  expect(Number(format.size)).toBeLessThanOrEqual(sureBytes);
  // Decoded to its end, without a complaint.
  expect(ffmpeg('-i', path, '-f', 'null', '-').toString()).toBe('');
  const { color_space: matrix, color_primaries, color_transfer, color_range } = streams[0] ?? {};
  expect(['bt709', 'smpte170m']).toContain(matrix);
  expect([color_primaries, color_transfer, color_range]).toEqual([matrix, matrix, 'tv']);
  for (const last of [undefined, true] as const) {
    const seen = seenIn(path, { stands, last });
    expect(farthest(seen), JSON.stringify(seen)).toBeLessThanOrEqual(off);
  }
}

for (const file of files) {
  test(`${file.name} is made to fit`, async ({ launch, zoom }) => {
    const { name, source } = file;
    const path = make(file);
    const frame = name === 'part.mkv' ? undefined : seenIn(path, { labels: source.labels ?? usual });
    if (frame) expect(farthest(frame), `the source: ${JSON.stringify(frame)}`).toBeLessThanOrEqual(2);
    const tally = await launch();
    const { backgrounds, page } = await openBackgrounds(tally);
    await dropFiles(page, [path]);
    const offered = backgrounds.answer(name, 'Make it fit');
    if (file.unless) {
      const refusal = backgrounds.upload(name).getByText(file.unless);
      await expect(offered.or(refusal)).toBeVisible();
      if (await refusal.isVisible()) return;
    }
    await offered.click();
    const dialog = backgrounds.fitDialog();
    await expect(dialog.getByRole('img')).toBeVisible();
    await file.first?.(dialog);
    const [, told, unit] = /up to ([\d.]+) ([kM])B/.exec((await dialog.textContent()) ?? '') ?? [];
    await dialog.getByRole('button', { name: 'Make and upload' }).click();
    const sent = uploadName(name, 'mp4');
    await expect(backgrounds.upload(sent)).toContainText('Uploaded', { timeout: 300_000 });
    const made = await sentAs(tally, zoom, sent);
    judge(made, file);
    expect(statSync(made).size).toBeLessThanOrEqual(Number(told) * (unit === 'k' ? 1e3 : 1e6));
  });
}

for (const { name, words } of [
  { name: 'sound.webm', words: /WebM video, which Zoom doesn’t take/ },
  { name: 'sound.mp4', words: /sound but no picture/ },
]) {
  test(`${name}, which has no picture, is refused in words`, async ({ launch }) => {
    const path = join(folder, name);
    ffmpeg('-f', 'lavfi', '-i', 'sine=d=2', path);
    const { backgrounds, page } = await openBackgrounds(await launch());
    await dropFiles(page, [path]);
    await expect(backgrounds.upload(name)).toContainText(words);
  });
}
