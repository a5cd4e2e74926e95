import { VideoSample } from 'mediabunny';
import type { VideoTurn } from '../../shared/video.ts';

/** How a frame is to come out: its pixels, even each way, and its seconds. */
export interface Shape {
  /** Clockwise, all in all. */
  readonly rotation: VideoTurn;
  readonly width: number;
  readonly height: number;
  readonly timestamp: number;
  readonly duration: number;
}

interface Sides {
  readonly width: number;
  readonly height: number;
}

/** The bits of a sample, and how many pixels across and down share one of color. `NV12` has both colors in turn in one plane. */
const formats = {
  I420: { bits: 8, across: 2, down: 2 },
  NV12: { bits: 8, across: 2, down: 2 },
  I422: { bits: 8, across: 2, down: 1 },
  I444: { bits: 8, across: 1, down: 1 },
  I420P10: { bits: 10, across: 2, down: 2 },
} as const;
type Format = keyof typeof formats;

/** Of a frame's shape, what may be off before black is put beside it. */
const sameShape = 0.01;

/**
 * A frame turned and made larger or smaller, with black beside it where it is of another shape, in the color space that its decoder
 * gave. Chromium's canvas can't be asked for that: where no graphics card helps, its libyuv has blue of high definition wrong by up to
 * 12 of 255, as the factor 2.11 does not fit where it keeps it. Undefined where the decoder's pixels can't be had, or are of a color
 * space that old players do not know.
 */
export async function planar(frame: VideoSample, shape: Shape): Promise<VideoSample | undefined> {
  const { format, colorSpace, visibleRect } = frame;
  if (!isKnown(format) || frame.flip || !isUsual(colorSpace)) return undefined;
  const { across: shared, down } = formats[format];
  // Chromium copies no half samples of color: the last pixel of an odd side is left out.
  const rect = {
    x: visibleRect.left,
    y: visibleRect.top,
    width: visibleRect.width - (visibleRect.width % shared),
    height: visibleRect.height - (visibleRect.height % down),
  };
  const bytes = new Uint8Array(frame.allocationSize({ rect }));
  const layouts = await frame.copyTo(bytes, { rect });
  const { width, height, rotation, timestamp, duration } = shape;
  const init = { format: 'I420', codedWidth: width, codedHeight: height, colorSpace } as const;
  const times = { timestamp, duration };
  if (format === 'I420' && rotation === 0 && width === rect.width && height === rect.height)
    return new VideoSample(bytes, { ...init, ...times, layout: layouts });

  const inner = within(
    shape,
    across(rotation, { width: frame.squarePixelWidth, height: frame.squarePixelHeight }),
  );
  const made = new Uint8ClampedArray((width * height * 3) / 2);
  let at = 0;
  for (const plane of planesOf(format, rect, { bytes, layouts })) {
    const pixels = plane.isColor ? 2 : 1;
    const stride = width / pixels;
    const target = made.subarray(at, at + (stride * height) / pixels).fill(plane.isColor ? 128 : 16);
    const start = (inner.top / pixels) * stride + inner.left / pixels;
    const sides = { width: inner.width / pixels, height: inner.height / pixels };
    resample(plane, across(rotation, sides), {
      bytes: target,
      ...steps(rotation, { start, stride, ...sides }),
    });
    at += target.length;
  }
  return new VideoSample(new Uint8Array(made.buffer), { ...init, ...times });
}

const isKnown = (format: string | null): format is Format => format !== null && format in formats;

/** Of television, old or high definition: every player knows it, and the encoder keeps it. */
function isUsual({ matrix, fullRange }: VideoSample['colorSpace']): boolean {
  return fullRange === false && (matrix === 'bt709' || matrix === 'smpte170m' || matrix === 'bt470bg');
}

/** Sides as they are before or after a turn. */
function across(turn: VideoTurn, { width, height }: Sides): Sides {
  return turn % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** Where in a picture one of another shape lies; all are even. */
function within(whole: Sides, seen: Sides): Sides & { readonly left: number; readonly top: number } {
  const wider = (whole.width / whole.height) * (seen.height / seen.width);
  const width = wider > 1 + sameShape ? even(whole.width / wider) : whole.width;
  const height = wider < 1 - sameShape ? even(whole.height * wider) : whole.height;
  return { width, height, left: even((whole.width - width) / 2), top: even((whole.height - height) / 2) };
}

function even(length: number): number {
  return 2 * Math.floor(length / 2);
}

/** Samples of one kind in the memory of a frame. */
interface Plane extends Sides {
  readonly samples: Uint8Array | Uint16Array;
  readonly isColor: boolean;
  /** Samples before the first one, from one to the next, and from one row to the next. */
  readonly offset: number;
  readonly step: number;
  readonly stride: number;
  /** To samples of eight bits. */
  readonly scale: number;
}

/** Luma and the two colors of a frame. */
function planesOf(
  format: Format,
  { width, height }: Sides,
  { bytes, layouts }: { readonly bytes: Uint8Array; readonly layouts: readonly PlaneLayout[] },
): Plane[] {
  const { bits, across: shared, down } = formats[format];
  const size = bits > 8 ? 2 : 1;
  const samples = bits > 8 ? new Uint16Array(bytes.buffer, 0, bytes.byteLength >> 1) : bytes;
  const inTurn = format === 'NV12';
  return [0, 1, 2].map((index) => {
    const isColor = index > 0;
    const { offset = 0, stride = 0 } = layouts[inTurn ? Math.min(index, 1) : index] ?? {};
    return {
      samples,
      isColor,
      offset: offset / size + (inTurn && index === 2 ? 1 : 0),
      step: inTurn && isColor ? 2 : 1,
      stride: stride / size,
      scale: 2 ** (8 - bits),
      width: isColor ? width / shared : width,
      height: isColor ? height / down : height,
    };
  });
}

interface Steps {
  readonly start: number;
  readonly next: number;
  readonly row: number;
}

/** Where the first sample of what is turned comes to lie, how far the next one is from it, and how far the next row. */
function steps(
  turn: VideoTurn,
  { start, stride, width, height }: Sides & { readonly start: number; readonly stride: number },
): Steps {
  const [right, bottom] = [width - 1, (height - 1) * stride];
  if (turn === 0) return { start, next: 1, row: stride };
  if (turn === 90) return { start: start + right, next: stride, row: -1 };
  if (turn === 180) return { start: start + bottom + right, next: -1, row: -stride };
  return { start: start + bottom, next: -stride, row: 1 };
}

/** Which samples one of another size is made of: of its count from a first one on, with weights that add up to `scale`. */
interface Taps {
  readonly count: number;
  readonly first: Int32Array;
  readonly weights: Float32Array;
}

/** A smaller row is made of the means of what its samples cover, a larger one by what lies between two. */
function tapsOf(from: number, to: number, scale: number): Taps {
  const ratio = from / to;
  const count = Math.min(from, ratio > 1 ? Math.ceil(ratio) + 1 : 2);
  const first = new Int32Array(to);
  const weights = new Float32Array(to * count);
  for (let index = 0; index < to; index += 1) {
    const span = Math.max(1, ratio);
    const start = Math.min(from - span, Math.max(0, (index + 0.5) * ratio - span / 2));
    const low = Math.min(from - count, Math.floor(start));
    first[index] = low;
    for (let tap = 0; tap < count; tap += 1) {
      const covered = Math.min(start + span, low + tap + 1) - Math.max(start, low + tap);
      weights[index * count + tap] = (Math.max(0, covered) / span) * scale;
    }
  }
  return { count, first, weights };
}

/** Writes a plane at another size. */
function resample(
  plane: Plane,
  to: Sides,
  { bytes, start, next, row }: Steps & { readonly bytes: Uint8ClampedArray },
): void {
  const { samples, offset, step, stride, width } = plane;
  const down = tapsOf(plane.height, to.height, plane.scale);
  const right = tapsOf(width, to.width, 1);
  const line = new Float32Array(width);
  for (let y = 0; y < to.height; y += 1) {
    line.fill(0);
    for (let tap = 0; tap < down.count; tap += 1) {
      const weight = down.weights[y * down.count + tap] as number;
      if (weight === 0) continue;
      let source = offset + ((down.first[y] as number) + tap) * stride;
      for (let x = 0; x < width; x += 1, source += step)
        line[x] = (line[x] as number) + weight * (samples[source] as number);
    }
    let target = start + y * row;
    for (let x = 0; x < to.width; x += 1, target += next) {
      const low = right.first[x] as number;
      let sum = 0;
      for (let tap = 0; tap < right.count; tap += 1)
        sum += (right.weights[x * right.count + tap] as number) * (line[low + tap] as number);
      bytes[target] = sum;
    }
  }
}
