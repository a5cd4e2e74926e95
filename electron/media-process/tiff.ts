import { emptyBitmap } from '../../shared/bitmap.ts';
import { readTiff, type TiffPage } from '../../shared/tiff.ts';
import { unpack } from './unpack.ts';

/** Main offers none that is larger (electron/core/media/limits.ts). */
const mostPixels = 100_000_000;

/** Strips or tiles one below the other, as samples of a byte each. */
interface Band {
  readonly top: number;
  readonly rows: number;
  readonly samples: Uint8Array;
}

/**
 * Opens the first picture of a TIFF as a BMP, upright, with its color profile. It comes out smaller, by a whole number, where no more
 * than `scale` of its sides is wanted. Rejects where it cannot be opened.
 */
export async function tiffBitmap(
  bytes: Uint8Array<ArrayBuffer>,
  scale: number,
): Promise<{ readonly file: Uint8Array<ArrayBuffer>; readonly reducedBy: number }> {
  const page = await readTiff(async (at, length) => {
    if (at + length > bytes.length) throw new Error('ends too early');
    return new DataView(bytes.buffer, bytes.byteOffset + at, length);
  });
  if (page === 'damaged' || page === 'unknown') throw new Error(page);
  const all = page.width * page.height;
  if (all === 0 || all > mostPixels) throw new Error('of no size that is opened');
  const reducedBy = Math.max(1, Math.floor(1 / scale));
  const drawing = await drawingOf(page, reducedBy);
  for await (const band of bandsOf(bytes, page)) drawing.draw(band);
  return { file: drawing.done(), reducedBy };
}

async function* bandsOf(bytes: Uint8Array<ArrayBuffer>, page: TiffPage): AsyncGenerator<Band> {
  const { width, height, block, samples } = page;
  const planes = page.planar ? samples : 1;
  const [across, down] = [Math.ceil(width / block.width), Math.ceil(height / block.height)];
  const blocks = await page.blocks();
  if (blocks.length < across * down * planes) throw new Error('strips are missing');
  for (let row = 0; row < down; row++) {
    const top = row * block.height;
    const rows = Math.min(block.height, height - top);
    const whole = new Uint8Array(width * rows * samples);
    for (let plane = 0; plane < planes; plane++) {
      for (let column = 0; column < across; column++) {
        const { at, bytes: length } = blocks[(plane * down + row) * across + column] as (typeof blocks)[0];
        const packed = bytes.subarray(at, at + Math.min(length, bytes.length));
        const own = await samplesOf(packed, page, { rows, planes });
        put(own, whole, page, { left: column * block.width, rows, plane: page.planar ? plane : undefined });
      }
    }
    yield { top, rows, samples: whole };
  }
}

/** The samples of a strip or tile, a byte each; those of less than a byte keep their value, of 16 bits the higher byte is kept. */
async function samplesOf(
  packed: Uint8Array<ArrayBuffer>,
  { block, bits, samples, compression, predicted, littleEndian }: TiffPage,
  { rows, planes }: { readonly rows: number; readonly planes: number },
): Promise<Uint8Array> {
  const step = samples / planes;
  const inRow = block.width * step;
  const rowBytes = Math.ceil((inRow * bits) / 8);
  const data = await unpack(packed, { compression, size: rowBytes * rows });
  if (bits < 8) return spread(data, { bits, inRow, rowBytes });
  if (bits === 8) {
    if (predicted) addUp(data, inRow, step);
    return data;
  }
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const values = new Uint16Array(inRow * rows);
  for (let at = 0; at < values.length; at++) values[at] = view.getUint16(at * 2, littleEndian);
  if (predicted) addUp(values, inRow, step);
  return Uint8Array.from(values, (value) => value >>> 8);
}

/** Undoes the prediction of TIFF 6.0, section 14. */
function addUp(values: Uint8Array | Uint16Array, inRow: number, step: number): void {
  for (let row = 0; row < values.length; row += inRow) {
    for (let at = row + step; at < row + inRow; at++)
      values[at] = (values[at] as number) + (values[at - step] as number);
  }
}

function spread(
  data: Uint8Array,
  { bits, inRow, rowBytes }: { readonly bits: number; readonly inRow: number; readonly rowBytes: number },
): Uint8Array {
  const out = new Uint8Array((data.length / rowBytes) * inRow);
  const mask = (1 << bits) - 1;
  for (let at = 0; at < out.length; at++) {
    const bit = (at % inRow) * bits;
    const byte = data[Math.floor(at / inRow) * rowBytes + (bit >>> 3)] as number;
    out[at] = (byte >>> (8 - bits - (bit & 7))) & mask;
  }
  return out;
}

/** Puts a strip, a tile, or one of their planes into its place. */
function put(
  own: Uint8Array,
  whole: Uint8Array,
  { width, samples, block }: TiffPage,
  { left, rows, plane }: { readonly left: number; readonly rows: number; readonly plane: number | undefined },
): void {
  const wide = Math.min(block.width, width - left);
  for (let row = 0; row < rows; row++) {
    const to = (row * width + left) * samples;
    if (plane === undefined) {
      const from = row * block.width * samples;
      whole.set(own.subarray(from, from + wide * samples), to);
      continue;
    }
    for (let x = 0; x < wide; x++) whole[to + x * samples + plane] = own[row * block.width + x] as number;
  }
}

/** Pixels are drawn in rows, `by` by `by` of them as one, and to where they belong in the upright picture. */
async function drawingOf(page: TiffPage, by: number) {
  const { width, orientation, samples } = page;
  const [wide, high] = [Math.ceil(width / by), Math.ceil(page.height / by)];
  const sides = orientation > 4 ? { width: high, height: wide } : { width: wide, height: high };
  const profile = await page.profile();
  const isOfScreens = String.fromCharCode(...profile.subarray(16, 20)) === 'RGB ' && page.colors !== 4;
  const { file, pixels } = emptyBitmap({ ...sides, order: 'rgba', ...(isOfScreens && { profile }) });
  const { start, right, down } = wayOf(orientation, wide, high);
  const toColor = await colorsOf(page);
  /** Red, green and blue, each times alpha, alpha, and how many pixels. */
  const sums = new Float64Array(wide * 5);
  const color = new Uint8Array(4);

  function flush(row: number): void {
    for (let x = 0; x < wide; x++) {
      const from = x * 5;
      const to = (start + x * right + row * down) * 4;
      const alpha = sums[from + 3] as number;
      for (let part = 0; part < 3; part++)
        pixels[to + part] = alpha === 0 ? 0 : Math.round((sums[from + part] as number) / alpha);
      pixels[to + 3] = Math.round(alpha / (sums[from + 4] as number));
    }
    sums.fill(0);
  }

  return {
    draw({ top, rows, samples: given }: Band): void {
      for (let row = 0; row < rows; row++) {
        const y = top + row;
        for (let x = 0; x < width; x++) {
          toColor(given, (row * width + x) * samples, color);
          const to = Math.floor(x / by) * 5;
          const alpha = color[3] as number;
          for (let part = 0; part < 3; part++)
            sums[to + part] = (sums[to + part] as number) + (color[part] as number) * alpha;
          sums[to + 3] = (sums[to + 3] as number) + alpha;
          sums[to + 4] = (sums[to + 4] as number) + 1;
        }
        if ((y + 1) % by === 0 || y + 1 === page.height) flush(Math.floor(y / by));
      }
    },
    done: () => file,
  };
}

/** Where the first stored pixel is in the upright picture, and how far it is to the next of its row and of its column. */
function wayOf(orientation: number, wide: number, high: number) {
  const isMirrored = [2, 3, 7, 8].includes(orientation);
  const isTurnedOver = [3, 4, 6, 7].includes(orientation);
  // 5 to 8: what was a row is a column.
  const width = orientation > 4 ? high : wide;
  const [right, down] = orientation > 4 ? [width, 1] : [1, width];
  const start = (isMirrored ? (wide - 1) * right : 0) + (isTurnedOver ? (high - 1) * down : 0);
  return { start, right: isMirrored ? -right : right, down: isTurnedOver ? -down : down };
}

type ToColor = (samples: Uint8Array, at: number, color: Uint8Array) => void;

/** What the samples of a pixel are in red, green, blue and alpha. */
async function colorsOf({ photometric, bits, colors, alpha, palette }: TiffPage): Promise<ToColor> {
  const most = bits === 16 ? 255 : (1 << bits) - 1;
  const map = photometric === 3 ? await palette() : [];
  const entries = map.length / 3;
  if (photometric === 3 && entries < 1 << bits) throw new Error('a palette that is too short');
  const plain: ToColor = (samples, at, color) => {
    const value = samples[at] as number;
    if (photometric === 2) color.set(samples.subarray(at, at + 3));
    else if (photometric === 3)
      for (let part = 0; part < 3; part++) color[part] = (map[part * entries + value] as number) >>> 8;
    else if (photometric === 5) {
      const black = 255 - (samples[at + 3] as number);
      for (let part = 0; part < 3; part++)
        color[part] = Math.round(((255 - (samples[at + part] as number)) * black) / 255);
    } else color.fill(Math.round(((photometric === 0 ? most - value : value) * 255) / most), 0, 3);
  };
  return (samples, at, color) => {
    plain(samples, at, color);
    const shows = alpha === undefined ? 255 : (samples[at + colors] as number);
    color[3] = shows;
    if (alpha !== 'multiplied' || shows === 0) return;
    for (let part = 0; part < 3; part++)
      color[part] = Math.min(255, Math.round(((color[part] as number) * 255) / shows));
  };
}
