/**
 * How a TIFF says that its picture is stored (TIFF 6.0), as far as Tally opens it: main refuses by it, and the media process opens
 * by it.
 */

const tags = {
  subfile: 254,
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  strips: 273,
  orientation: 274,
  samples: 277,
  stripHeight: 278,
  stripBytes: 279,
  planar: 284,
  predictor: 317,
  palette: 320,
  tileWidth: 322,
  tileHeight: 323,
  tiles: 324,
  tileBytes: 325,
  extra: 338,
  format: 339,
  profile: 34_675,
} as const;

type Tag = keyof typeof tags;

/** Of the types that a number of these tags may have, bytes each: BYTE, SHORT, LONG, UNDEFINED. */
const typeBytes: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 7: 1 };

/** None, LZW, Deflate by its two numbers, PackBits. */
const compressions = [1, 5, 8, 32_946, 32_773];
/** How many colors a pixel has by what they mean: white is zero, black is zero, RGB, an index of a palette, CMYK. */
const colors: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 3, 3: 1, 5: 4 };

/** Most entries of a directory: they are read in one piece. */
const mostEntries = 4_000;

/** Gives bytes of the file, valid until the next call. Rejects where the file ends before. */
export type ReadTiff = (at: number, length: number) => Promise<DataView>;

interface Entry {
  readonly size: number;
  readonly count: number;
  /** Where its values are in the file. */
  readonly at: number;
}

export interface TiffPage {
  readonly width: number;
  readonly height: number;
  readonly littleEndian: boolean;
  /** As in Exif, 1 to 8. */
  readonly orientation: number;
  /** There is another picture behind it. */
  readonly several: boolean;
  /** Of each sample: 1, 2, 4, 8 or 16. */
  readonly bits: number;
  /** Each pixel has so many; the first of them are its colors. */
  readonly samples: number;
  readonly colors: number;
  readonly photometric: number;
  readonly compression: number;
  /** Each sample of a row is told by how it differs from the one before. */
  readonly predicted: boolean;
  /** The samples of a kind stand together, not those of a pixel. */
  readonly planar: boolean;
  /** Of a strip or tile, pixels. */
  readonly block: { readonly width: number; readonly height: number };
  /** What the sample behind the colors is, where it tells how much shows through. */
  readonly alpha?: 'multiplied' | 'plain';
  /** Where each strip or tile is. */
  blocks(): Promise<readonly { readonly at: number; readonly bytes: number }[]>;
  /** Where the last strip or tile ends. */
  end(): Promise<number>;
  /** All reds, then all greens, then all blues, 16 bits each. */
  palette(): Promise<readonly number[]>;
  /** The ICC profile; empty where there is none. */
  profile(): Promise<Uint8Array>;
}

/**
 * Reads of a TIFF what its first picture is, or its second where the first is a small one of it. `unknown`: it may be good, and is of
 * a kind that Tally does not open. Rejects as `read` does.
 */
export async function readTiff(read: ReadTiff): Promise<TiffPage | 'damaged' | 'unknown'> {
  const head = await read(0, 8);
  const littleEndian = head.getUint8(0) === 0x49;
  // 43 is BigTIFF.
  if (head.getUint16(2, littleEndian) !== 42) return 'unknown';
  const first = await readDirectory(read, head.getUint32(4, littleEndian), littleEndian);
  if (!first) return 'damaged';
  // Whatever is wrong behind it, it is there.
  const behind = first.next > 0 ? readDirectory(read, first.next, littleEndian) : undefined;
  const second = await behind?.catch(() => undefined);
  const isFull = async (one: Directory | undefined) => one && (await one.number('subfile', 0)) % 2 === 0;
  const several = (await isFull(second)) === true;
  if (await isFull(first)) return pageOf(first, { littleEndian, several });
  // A small one alone belongs to what a camera keeps in a way of its own.
  return second && several ? pageOf(second, { littleEndian, several: false }) : 'unknown';
}

type Directory = NonNullable<Awaited<ReturnType<typeof readDirectory>>>;

async function readDirectory(read: ReadTiff, at: number, littleEndian: boolean) {
  const count = (await read(at, 2)).getUint16(0, littleEndian);
  if (count === 0 || count > mostEntries) return undefined;
  const view = await read(at + 2, count * 12 + 4);
  const entries = new Map<number, Entry>();
  for (let entry = 0; entry < count; entry++) {
    const from = entry * 12;
    const size = typeBytes[view.getUint16(from + 2, littleEndian)];
    if (size === undefined) continue;
    const values = view.getUint32(from + 4, littleEndian);
    const isHere = values * size <= 4;
    const place = isHere ? at + 2 + from + 8 : view.getUint32(from + 8, littleEndian);
    entries.set(view.getUint16(from, littleEndian), { size, count: values, at: place });
  }

  async function numbers(tag: Tag, from: number, most: number): Promise<number[]> {
    const entry = entries.get(tags[tag]);
    if (!entry || from < 0) return [];
    const { size } = entry;
    const wanted = Math.min(most, Math.max(0, entry.count - from));
    if (wanted === 0) return [];
    const values = await read(entry.at + from * size, wanted * size);
    return Array.from({ length: wanted }, (_, index) => {
      if (size === 1) return values.getUint8(index);
      return size === 2
        ? values.getUint16(index * 2, littleEndian)
        : values.getUint32(index * 4, littleEndian);
    });
  }

  return {
    next: view.getUint32(count * 12, littleEndian),
    has: (tag: Tag) => entries.has(tags[tag]),
    count: (tag: Tag) => entries.get(tags[tag])?.count ?? 0,
    all: (tag: Tag) => numbers(tag, 0, Number.POSITIVE_INFINITY),
    /** The first value. */
    number: async <Else>(tag: Tag, otherwise: Else): Promise<number | Else> =>
      (await numbers(tag, 0, 1))[0] ?? otherwise,
    last: async (tag: Tag): Promise<number | undefined> =>
      (await numbers(tag, (entries.get(tags[tag])?.count ?? 0) - 1, 1))[0],
    async bytes(tag: Tag): Promise<Uint8Array> {
      const entry = entries.get(tags[tag]);
      if (entry?.size !== 1) return new Uint8Array();
      const { buffer, byteOffset } = await read(entry.at, entry.count);
      return new Uint8Array(buffer, byteOffset, entry.count).slice();
    },
  };
}

async function pageOf(
  directory: Directory,
  given: Pick<TiffPage, 'littleEndian' | 'several'>,
): Promise<TiffPage | 'damaged' | 'unknown'> {
  const { number } = directory;
  const [width, height] = [await number('width', 0), await number('height', 0)];
  const photometric = await number('photometric', -1);
  const compression = await number('compression', 1);
  const predictor = await number('predictor', 1);
  const bits = await number('bits', 1);
  const samples = await number('samples', 1);
  const needed = colors[photometric];
  const isUnsigned = [1, 4].includes(await number('format', 1));
  const isKnown =
    compressions.includes(compression) &&
    (predictor === 1 || (predictor === 2 && bits >= 8)) &&
    (await number('fillOrder', 1)) === 1 &&
    isUnsigned;
  if (needed === undefined || !isKnown || !hasKnownBits(bits, samples, photometric)) return 'unknown';
  if (samples < needed) return 'damaged';

  const isTiled = directory.has('tileWidth');
  const [places, lengths] = isTiled ? (['tiles', 'tileBytes'] as const) : (['strips', 'stripBytes'] as const);
  const block = isTiled
    ? { width: await number('tileWidth', 0), height: await number('tileHeight', 0) }
    : { width, height: Math.min(height, await number('stripHeight', height)) };
  if (!directory.has(places) || (block.width * block.height === 0 && width * height > 0)) return 'damaged';
  // One that is not told is the rest of the file.
  const rest = Number.POSITIVE_INFINITY;
  const orientation = await number('orientation', 1);
  const extra = samples > needed ? await number('extra', 0) : 0;
  const alpha = extra === 1 ? 'multiplied' : 'plain';
  return {
    ...given,
    ...{ width, height, photometric, compression, bits, samples, block, colors: needed },
    ...((extra === 1 || extra === 2) && { alpha }),
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    predicted: predictor === 2,
    planar: samples > 1 && (await number('planar', 1)) === 2,
    async blocks() {
      const all = await directory.all(lengths);
      return (await directory.all(places)).map((at, index) => ({ at, bytes: all[index] ?? rest }));
    },
    async end() {
      const isTold = directory.count(lengths) >= directory.count(places);
      return ((await directory.last(places)) ?? 0) + (isTold ? ((await directory.last(lengths)) ?? 0) : 0);
    },
    palette: () => directory.all('palette'),
    profile: () => directory.bytes('profile'),
  };
}

function hasKnownBits(bits: number, samples: number, photometric: number): boolean {
  if (bits === 8) return true;
  if (bits === 16) return photometric !== 3;
  // Pixels of less than a byte have one sample.
  return [1, 2, 4].includes(bits) && samples === 1;
}
