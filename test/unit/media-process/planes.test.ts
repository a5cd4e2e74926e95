import { VideoSample } from 'mediabunny';
import { describe, expect, it } from 'vitest';
import { planar } from '../../../electron/media-process/planes.ts';

const colorSpace = { matrix: 'bt709', primaries: 'bt709', transfer: 'bt709', fullRange: false } as const;

/** A frame whose quarters have other samples, luma and colors alike: 40 and 80 above, 120 and 160 below. */
function quarters(format: 'I420' | 'NV12' | 'I422' | 'I444' | 'I420P10', width: number, height: number) {
  const value = (x: number, y: number, w: number, h: number) =>
    40 + 40 * Number(x >= w / 2) + 80 * Number(y >= h / 2);
  const plane = (w: number, h: number, more: number) =>
    Array.from({ length: w * h }, (_, at) => value(at % w, Math.floor(at / w), w, h) + more);
  const across = format === 'I444' ? width : width / 2;
  const down = format === 'I444' || format === 'I422' ? height : height / 2;
  const [u, v] = [plane(across, down, 1), plane(across, down, 2)];
  const colors = format === 'NV12' ? u.flatMap((one, at) => [one, v[at] ?? 0]) : [...u, ...v];
  const all = [...plane(width, height, 0), ...colors];
  const samples = format === 'I420P10' ? new Uint16Array(all.map((one) => one * 4)) : new Uint8Array(all);
  const init = { format, codedWidth: width, codedHeight: height, timestamp: 0, colorSpace };
  return new VideoSample(new Uint8Array(samples.buffer), init);
}

/** The samples in the middle of the quarters, from the upper left in reading order; of luma, then of each color. */
async function middles(frame: VideoSample) {
  const bytes = new Uint8Array(frame.allocationSize());
  const layouts = await frame.copyTo(bytes);
  return layouts.map(({ offset, stride }, index) => {
    const shared = index === 0 ? 1 : 2;
    const [width, height] = [frame.codedWidth / shared, frame.codedHeight / shared];
    return [0.25, 0.75].flatMap((y) =>
      [0.25, 0.75].map((x) => bytes[offset + Math.floor(y * height) * stride + Math.floor(x * width)]),
    );
  });
}

const upright = [
  [40, 80, 120, 160],
  [41, 81, 121, 161],
  [42, 82, 122, 162],
];
const times = { timestamp: 1, duration: 0.5 };

describe('frames as they are encoded', () => {
  it.each(['I420', 'NV12', 'I422', 'I444', 'I420P10'] as const)(
    'keep their samples, given as %s',
    async (format) => {
      const shape = { rotation: 0, width: 16, height: 8, ...times } as const;
      const made = await planar(quarters(format, 16, 8), shape);
      expect(made).toMatchObject({ format: 'I420', codedWidth: 16, codedHeight: 8, ...times, colorSpace });
      expect(made && (await middles(made))).toEqual(upright);
    },
  );

  it.each([
    [0, [40, 80, 120, 160]],
    [90, [120, 40, 160, 80]],
    [180, [160, 120, 80, 40]],
    [270, [80, 160, 40, 120]],
  ] as const)('are turned by %i degrees', async (rotation, luma) => {
    const sides = rotation % 180 === 0 ? { width: 16, height: 8 } : { width: 8, height: 16 };
    const made = await planar(quarters('I420', 16, 8), { rotation, ...sides, ...times });
    expect(made && (await middles(made))).toEqual([0, 1, 2].map((more) => luma.map((one) => one + more)));
  });

  it.each([
    [8, 4],
    [12, 6],
    [32, 16],
    [40, 20],
  ])('become %i by %i pixels, each way alike', async (width, height) => {
    const made = await planar(quarters('I420', 16, 8), { rotation: 0, width, height, ...times });
    expect(made).toMatchObject({ codedWidth: width, codedHeight: height });
    expect(made && (await middles(made))).toEqual(upright);
  });

  it('have black beside them where they are narrower', async () => {
    const made = await planar(quarters('I420', 16, 16), { rotation: 0, width: 32, height: 16, ...times });
    const bytes = new Uint8Array(made?.allocationSize() ?? 0);
    await made?.copyTo(bytes);
    expect([...bytes.subarray(0, 32)]).toEqual([
      ...new Array(8).fill(16),
      ...new Array(8).fill(40),
      ...new Array(8).fill(80),
      ...new Array(8).fill(16),
    ]);
    expect([...bytes.subarray(512, 528)]).toEqual([
      ...new Array(4).fill(128),
      ...new Array(4).fill(41),
      ...new Array(4).fill(81),
      ...new Array(4).fill(128),
    ]);
  });

  it('leave out the last pixel of an odd side', async () => {
    const even = quarters('I420', 16, 8);
    const bytes = new Uint8Array(even.allocationSize());
    await even.copyTo(bytes);
    const init = { format: 'I420', codedWidth: 16, codedHeight: 8, timestamp: 0, colorSpace } as const;
    const odd = new VideoSample(bytes, { ...init, visibleRect: { left: 0, top: 0, width: 15, height: 7 } });
    const made = await planar(odd, { rotation: 0, width: 14, height: 6, ...times });
    expect(made).toMatchObject({ codedWidth: 14, codedHeight: 6 });
    expect(made && (await middles(made))).toEqual(upright);
  });

  it('are left to the canvas in full range, or in colors that old players do not know', async () => {
    const bytes = new Uint8Array(96);
    const shape = { rotation: 0, width: 8, height: 8, ...times } as const;
    for (const odd of [
      { ...colorSpace, fullRange: true },
      { ...colorSpace, matrix: 'rgb' },
    ] as const) {
      const init = { format: 'I420', codedWidth: 8, codedHeight: 8, timestamp: 0 } as const;
      const frame = new VideoSample(bytes, { ...init, colorSpace: odd });
      expect(await planar(frame, shape)).toBeUndefined();
    }
  });
});
