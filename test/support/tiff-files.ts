import { deflateSync } from 'node:zlib';
import { patches } from './colour-files.ts';

/** TIFFs of every kind that Tally opens, made from their parts. */

export type Compression = 'none' | 'lzw' | 'deflate' | 'packbits';

const numbers: Readonly<Record<Compression, number>> = { none: 1, lzw: 5, deflate: 8, packbits: 32_773 };

interface TiffOptions {
  readonly width?: number;
  readonly height?: number;
  readonly littleEndian?: boolean;
  readonly bits?: 1 | 2 | 4 | 8 | 16;
  /** 0 and 1: gray; 2: RGB; 3: a palette; 5: CMYK. */
  readonly photometric?: number;
  /** Samples of a pixel, as many bits as each has. */
  readonly pixel: (x: number, y: number) => readonly number[];
  readonly compression?: Compression;
  readonly predictor?: boolean;
  readonly planar?: boolean;
  readonly tile?: number;
  readonly rowsInStrip?: number;
  readonly orientation?: number;
  readonly profile?: Buffer;
  readonly extra?: number;
  readonly palette?: readonly number[];
  /** 1: a small one of another. */
  readonly subfile?: number;
  /** More entries of the directory, as SHORTs; they take the place of others. */
  readonly more?: Readonly<Record<number, number>>;
}

/** Samples as they are stored, one row after the other. */
function packed(rows: readonly (readonly number[])[], bits: number, littleEndian: boolean): Buffer {
  return Buffer.concat(
    rows.map((row) => {
      const out = Buffer.alloc(Math.ceil((row.length * bits) / 8));
      for (const [at, value] of row.entries()) {
        if (bits === 16 && littleEndian) out.writeUInt16LE(value, at * 2);
        else if (bits === 16) out.writeUInt16BE(value, at * 2);
        else {
          const bit = at * bits;
          out[bit >> 3] = (out[bit >> 3] as number) | (value << (8 - bits - (bit & 7)));
        }
      }
      return out;
    }),
  );
}

/** Each as it differs from the one before. */
function predictedRow(row: readonly number[], step: number, bits: number): number[] {
  const most = 2 ** bits;
  return row.map((value, at) => (at < step ? value : (value - (row[at - step] as number) + most) % most));
}

/** LZW whose table grows as it should, so that codes of all lengths come. */
function lzw(data: Buffer): Buffer {
  const bits: string[] = [];
  let table = new Map<string, number>();
  let [length, next] = [9, 258];
  const put = (code: number) => bits.push(code.toString(2).padStart(length, '0'));
  const restart = () => {
    put(256);
    table = new Map(Array.from({ length: 256 }, (_, value) => [String.fromCharCode(value), value]));
    [length, next] = [9, 258];
  };
  restart();
  let held = '';
  for (const byte of data) {
    const letter = String.fromCharCode(byte);
    if (table.has(held + letter)) {
      held += letter;
      continue;
    }
    put(table.get(held) as number);
    table.set(held + letter, next++);
    if (next === 512 || next === 1_024 || next === 2_048) length++;
    if (next === 4_095) restart();
    held = letter;
  }
  put(table.get(held) as number);
  put(257);
  const all = bits.join('');
  return Buffer.from(all.match(/.{1,8}/g)?.map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)) ?? []);
}

/** Runs of two and more as runs, all else as it is. */
function packBits(data: Buffer): Buffer {
  const out: number[] = [];
  for (let at = 0; at < data.length; ) {
    let run = 1;
    while (run < 128 && data[at + run] === data[at]) run++;
    const literal = run === 1;
    out.push(literal ? 0 : 257 - run, data[at] as number);
    at += run;
  }
  return Buffer.from(out);
}

const pack: Readonly<Record<Compression, (data: Buffer) => Buffer>> = {
  none: (data) => data,
  lzw,
  deflate: (data) => deflateSync(data),
  packbits: packBits,
};

/** Strips or tiles of one page, in the order in which they are told. */
function blocksOf(options: TiffOptions): Buffer[] {
  const { width = 12, height = 6, littleEndian = true, bits = 8, compression = 'none', tile } = options;
  const { rowsInStrip = height, planar = false, predictor = false, pixel } = options;
  const [wide, high] = tile === undefined ? [width, rowsInStrip] : [tile, tile];
  const samples = pixel(0, 0).length;
  const planes = planar ? Array.from({ length: samples }, (_, plane) => [plane]) : [undefined];
  const blocks: Buffer[] = [];
  for (const plane of planes) {
    for (let top = 0; top < height; top += high) {
      for (let left = 0; left < width; left += wide) {
        const rows = tile === undefined ? Math.min(high, height - top) : high;
        const block = Array.from({ length: rows }, (_, y) => {
          const row = Array.from({ length: wide }, (_, x) => {
            const own = pixel(Math.min(left + x, width - 1), Math.min(top + y, height - 1));
            return plane ? plane.map((one) => own[one] as number) : own;
          }).flat();
          return predictor ? predictedRow(row, plane ? 1 : samples, bits) : row;
        });
        blocks.push(pack[compression](packed(block, bits, littleEndian)));
      }
    }
  }
  return blocks;
}

type Field = readonly [type: 3 | 4 | 7, values: readonly number[]];

function fieldsOf(options: TiffOptions, places: readonly number[], lengths: readonly number[]) {
  const { width = 12, height = 6, bits = 8, photometric = 2, tile, profile, palette, extra } = options;
  const samples = options.pixel(0, 0).length;
  const fields = new Map<number, Field>([
    [256, [3, [width]]],
    [257, [4, [height]]],
    [258, [3, Array(samples).fill(bits)]],
    [259, [3, [numbers[options.compression ?? 'none']]]],
    [262, [3, [photometric]]],
    [277, [3, [samples]]],
    [284, [3, [options.planar ? 2 : 1]]],
    [317, [3, [options.predictor ? 2 : 1]]],
    [tile === undefined ? 273 : 324, [4, places]],
    [tile === undefined ? 279 : 325, [4, lengths]],
  ]);
  if (tile === undefined) fields.set(278, [3, [options.rowsInStrip ?? height]]);
  else fields.set(322, [3, [tile]]).set(323, [3, [tile]]);
  if (options.orientation) fields.set(274, [3, [options.orientation]]);
  if (options.subfile) fields.set(254, [4, [options.subfile]]);
  if (extra !== undefined) fields.set(338, [3, [extra]]);
  if (palette) fields.set(320, [3, palette]);
  if (profile) fields.set(34_675, [7, [...profile]]);
  for (const [tag, value] of Object.entries(options.more ?? {})) fields.set(Number(tag), [3, [value]]);
  return [...fields].sort(([a], [b]) => a - b);
}

/** A TIFF of one page or several; the order of bytes is that of the first. */
export function tiffOf(first: TiffOptions, ...others: readonly TiffOptions[]): Buffer {
  const littleEndian = first.littleEndian ?? true;
  const short = (value: number) => (littleEndian ? [value & 255, value >> 8] : [value >> 8, value & 255]);
  const long = (value: number) => {
    const bytes = [0, 8, 16, 24].map((shift) => (value >>> shift) & 255);
    return littleEndian ? bytes : bytes.reverse();
  };
  const write = { 3: short, 4: long, 7: (value: number) => [value] } as const;
  let file = Buffer.from([...Buffer.from(littleEndian ? 'II' : 'MM'), ...short(42), 0, 0, 0, 0]);
  let link = 4;
  const append = (bytes: Buffer) => {
    const at = file.length + (file.length % 2);
    file = Buffer.concat([file, Buffer.alloc(file.length % 2), bytes]);
    return at;
  };
  for (const page of [first, ...others]) {
    const options = { ...page, littleEndian };
    const blocks = blocksOf(options);
    const fields = fieldsOf(
      options,
      blocks.map(append),
      blocks.map(({ length }) => length),
    );
    const directory = fields.flatMap(([tag, [type, values]]) => {
      const bytes = values.flatMap(write[type]);
      const isHere = bytes.length <= 4;
      const place = isHere ? [...bytes, 0, 0, 0, 0].slice(0, 4) : long(append(Buffer.from(bytes)));
      return [...short(tag), ...short(type), ...long(values.length), ...place];
    });
    const at = append(Buffer.from([...short(fields.length), ...directory, ...long(0)]));
    file.set(long(at), link);
    link = at + 2 + directory.length;
  }
  return file;
}

/** The patches of colour-files.ts side by side, in `bits` each. */
export function patchTiff(
  options: Partial<TiffOptions> & { readonly own?: readonly (readonly number[])[] } = {},
) {
  const { own = patches, width = 96, height = 48, bits = 8, ...more } = options;
  const pixel = (x: number) => {
    const values = own[Math.floor((x * own.length) / width)] as readonly number[];
    return bits === 16 ? values.map((value) => value * 257) : values;
  };
  return tiffOf({ pixel, width, height, bits, ...more });
}
