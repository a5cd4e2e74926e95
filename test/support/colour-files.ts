import { deflateSync } from 'node:zlib';
import jpeg from 'jpeg-js';
import { chunk, header, pngEnd, pngStart, segment } from './media-corpus-files.ts';

/** Pictures of flat patches in the colour spaces that cameras, phones and print shops write, each with its ICC profile. */

export type Colour = readonly [red: number, green: number, blue: number];
type Row = readonly [number, number, number];
/** Columns: what red, green and blue at their fullest are in XYZ, white being D50. */
type Matrix = readonly [Row, Row, Row];

interface Space {
  readonly matrix: Matrix;
  /** The curve as ICC.1 has it (parametric, type 3: g, a, b, c, d; or g alone). */
  readonly curve: readonly number[];
}

const srgbCurve = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];
const srgb: Space = {
  matrix: [
    [0.43607, 0.38515, 0.14307],
    [0.22249, 0.71687, 0.06061],
    [0.01392, 0.09708, 0.7141],
  ],
  curve: srgbCurve,
};
/** Iphones write Display P3, cameras Adobe RGB, raw developers ProPhoto RGB. */
const spaces = {
  p3: {
    matrix: [
      [0.51512, 0.29198, 0.1571],
      [0.2412, 0.69225, 0.06657],
      [-0.00105, 0.04189, 0.78407],
    ],
    curve: srgbCurve,
  },
  adobe: {
    matrix: [
      [0.60974, 0.20528, 0.14919],
      [0.31111, 0.62567, 0.06322],
      [0.01947, 0.06087, 0.74457],
    ],
    curve: [563 / 256],
  },
  prophoto: {
    matrix: [
      [0.79767, 0.13519, 0.03134],
      [0.28804, 0.71188, 0.00009],
      [0, 0, 0.82491],
    ],
    curve: [1.8],
  },
} as const satisfies Readonly<Record<string, Space>>;

export type SpaceName = keyof typeof spaces;
export const spaceNames = Object.keys(spaces) as SpaceName[];

/** Colours as a person sees them, in sRGB; all are within each of the spaces. */
export const patches: readonly Colour[] = [
  [200, 40, 40],
  [40, 160, 60],
  [40, 60, 200],
  [230, 200, 60],
  [128, 128, 128],
  [240, 240, 240],
];

function times(matrix: Matrix, [x, y, z]: Row): Row {
  const row = ([a, b, c]: Row) => a * x + b * y + c * z;
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}

function inverse([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  const [A, B, C] = [e * i - f * h, f * g - d * i, d * h - e * g];
  const det = a * A + b * B + c * C;
  return [
    [A / det, (c * h - b * i) / det, (b * f - c * e) / det],
    [B / det, (a * i - c * g) / det, (c * d - a * f) / det],
    [C / det, (b * g - a * h) / det, (a * e - b * d) / det],
  ];
}

function toLinear(value: number, [g = 1, a, b = 0, c = 0, d = 0]: readonly number[]): number {
  if (a === undefined) return value ** g;
  return value >= d ? (a * value + b) ** g : c * value;
}

function fromLinear(value: number, [g = 1, a, b = 0, c = 1, d = 0]: readonly number[]): number {
  if (a === undefined) return value ** (1 / g);
  return value >= c * d ? (value ** (1 / g) - b) / a : value / c;
}

/** What a file in that space holds for a colour given in sRGB. */
function encoded(colour: Colour, name: SpaceName): Colour {
  const { matrix, curve } = spaces[name];
  const seen = colour.map((value) => toLinear(value / 255, srgb.curve)) as unknown as Row;
  const own = times(inverse(matrix), times(srgb.matrix, seen));
  return own.map((value) =>
    Math.round(255 * fromLinear(Math.min(1, Math.max(0, value)), curve)),
  ) as unknown as Colour;
}

/** What a file in that space holds for each of the patches. */
export const patchesIn = (name: SpaceName): readonly Colour[] =>
  patches.map((colour) => encoded(colour, name));

/** An ICC profile (version 4, matrix and curves) of a space. */
export function profile(name: SpaceName | 'srgb'): Buffer {
  const { matrix, curve } = name === 'srgb' ? srgb : spaces[name];
  const fixed = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(Math.round(value * 65_536));
    return bytes;
  };
  const tag = (type: string, ...parts: Buffer[]) =>
    Buffer.concat([Buffer.from(type, 'latin1'), Buffer.alloc(4), ...parts]);
  const xyz = (column: 0 | 1 | 2) => tag('XYZ ', ...matrix.map((row) => fixed(row[column])));
  const trc = tag('para', Buffer.from([0, curve.length === 1 ? 0 : 3, 0, 0]), ...curve.map(fixed));
  const text = (words: string) => {
    const said = Buffer.from(words, 'utf16le').swap16();
    const head = Buffer.alloc(20);
    head.writeUInt32BE(1, 0);
    head.writeUInt32BE(12, 4);
    head.write('enUS', 8, 'latin1');
    head.writeUInt32BE(said.length, 12);
    head.writeUInt32BE(28, 16);
    return tag('mluc', head, said);
  };
  const tags: readonly (readonly [string, Buffer])[] = [
    ['desc', text(name)],
    ['cprt', text('none')],
    ['wtpt', tag('XYZ ', fixed(0.9642), fixed(1), fixed(0.8249))],
    ['rXYZ', xyz(0)],
    ['gXYZ', xyz(1)],
    ['bXYZ', xyz(2)],
    ['rTRC', trc],
    ['gTRC', trc],
    ['bTRC', trc],
  ];
  let at = 128 + 4 + tags.length * 12;
  const count = Buffer.alloc(4);
  count.writeUInt32BE(tags.length);
  const index: Buffer[] = [];
  const content: Buffer[] = [];
  for (const [sign, bytes] of tags) {
    const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
    const entry = Buffer.alloc(12);
    entry.write(sign, 'latin1');
    entry.writeUInt32BE(at, 4);
    entry.writeUInt32BE(bytes.length, 8);
    index.push(entry);
    content.push(padded);
    at += padded.length;
  }
  const head = Buffer.alloc(128);
  head.writeUInt32BE(at, 0);
  head.writeUInt32BE(0x04300000, 8);
  head.write('mntrRGB XYZ ', 12, 'latin1');
  head.write('acsp', 36, 'latin1');
  Buffer.concat([fixed(0.9642), fixed(1), fixed(0.8249)]).copy(head, 68);
  return Buffer.concat([head, count, ...index, ...content]);
}

/** Pixels of the patches side by side; `own` is what the file holds for each. */
function striped(width: number, height: number, own: readonly Colour[]): Buffer {
  const data = Buffer.alloc(width * height * 4, 255);
  for (let x = 0; x < width; x++) data.set(own[Math.floor((x * own.length) / width)] as Colour, x * 4);
  for (let y = 1; y < height; y++) data.copyWithin(y * width * 4, 0, width * 4);
  return data;
}

/** A JPEG of the patches in that space; in plain sRGB, without a profile, where none is named. */
export function patchJpeg(width: number, height: number, name?: SpaceName, ...before: Buffer[]): Buffer {
  const own = name ? patchesIn(name) : patches;
  const { data } = jpeg.encode({ width, height, data: striped(width, height, own) }, 98);
  const icc = name
    ? [segment(0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), profile(name)]))]
    : [];
  return Buffer.concat([data.subarray(0, 2), ...before, ...icc, data.subarray(2)]);
}

/** A PNG of the patches in that space. */
export function patchPng(width: number, height: number, name: SpaceName): Buffer {
  const pixels = striped(width, height, patchesIn(name));
  const rows = Buffer.alloc(height * (width * 4 + 1));
  for (let y = 0; y < height; y++)
    pixels.copy(rows, y * (width * 4 + 1) + 1, y * width * 4, (y + 1) * width * 4);
  const icc = Buffer.concat([Buffer.from(`${name}\0\0`, 'latin1'), deflateSync(profile(name))]);
  return Buffer.concat([
    pngStart,
    header(width, height, 8, 6),
    chunk('iCCP', icc),
    chunk('IDAT', deflateSync(rows)),
    pngEnd,
  ]);
}

/** A baseline JPEG of four inks (Adobe's marker, inks stored inverted as Photoshop does), each patch flat; sides in eights. */
export function cmykJpeg(width: number, height: number): Buffer {
  const inks = patches.map((colour) => {
    const black = Math.max(...colour, 1);
    return [...colour.map((value) => Math.round((value * 255) / black)), black];
  });
  const bits: number[] = [];
  const put = (value: number, length: number) => {
    for (let bit = length - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  const last = [0, 0, 0, 0];
  for (let row = 0; row < height / 8; row++) {
    for (let column = 0; column < width / 8; column++) {
      const patch = inks[Math.floor((column * 8 * inks.length) / width)] as number[];
      for (const [ink, value] of patch.entries()) {
        // With a divisor of 8, the first coefficient is the patch's distance from the middle.
        const step = value - 128 - (last[ink] as number);
        last[ink] = value - 128;
        const size = step === 0 ? 0 : Math.floor(Math.log2(Math.abs(step))) + 1;
        put(size, 4);
        put(step < 0 ? step + 2 ** size - 1 : step, size);
        // The one code of the other table: nothing follows.
        put(0, 1);
      }
    }
  }
  while (bits.length % 8 !== 0) bits.push(1);
  const data: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    const byte = bits.slice(at, at + 8).reduce((sum, bit) => sum * 2 + bit, 0);
    data.push(byte);
    if (byte === 0xff) data.push(0);
  }
  const lengths = (...counts: number[]) => Buffer.from([...counts, ...new Array(16 - counts.length).fill(0)]);
  const frame = Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, 4]);
  const each = (of: (ink: number) => readonly number[]) => Buffer.from([1, 2, 3, 4].flatMap(of));
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xee, Buffer.from('Adobe\0\x64\0\0\0\0\0', 'latin1')),
    segment(0xdb, Buffer.from([0, ...new Array(64).fill(8)])),
    segment(0xc0, Buffer.concat([frame, each((ink) => [ink, 0x11, 0])])),
    segment(
      0xc4,
      Buffer.concat([Buffer.from([0x00]), lengths(0, 0, 0, 12), Buffer.from([...Array(12).keys()])]),
    ),
    segment(0xc4, Buffer.concat([Buffer.from([0x10]), lengths(1), Buffer.from([0])])),
    segment(0xda, Buffer.concat([Buffer.from([4]), each((ink) => [ink, 0]), Buffer.from([0, 63, 0])])),
    Buffer.from(data),
    Buffer.from([0xff, 0xd9]),
  ]);
}
