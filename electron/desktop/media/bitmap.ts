/** Pixels of four bytes each, row by row, alpha last; `bytes` is `width * height * 4` long. */
export interface Bitmap {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

/** Whether no pixel lets anything show through. */
export function isOpaque({ bytes }: Pick<Bitmap, 'bytes'>): boolean {
  for (let at = 3; at < bytes.length; at += 4) if (bytes[at] !== 255) return false;
  return true;
}

/**
 * Turns a bitmap upright.
 * @param orientation 1 to 8 as Exif states it (tag 0x0112); others count as 1
 */
export function turnUpright(bitmap: Bitmap, orientation: number): Bitmap {
  const { width, height } = bitmap;
  const lastX = width - 1;
  const lastY = height * width - width;
  // Where the first upright pixel is stored, and the steps from one to the next in its row and in its column.
  const ways: Readonly<Record<number, readonly [first: number, right: number, down: number]>> = {
    2: [lastX, -1, width],
    3: [lastY + lastX, -1, -width],
    4: [lastY, 1, -width],
    5: [0, width, 1],
    6: [lastY, -width, 1],
    7: [lastY + lastX, -width, -1],
    8: [lastX, width, -1],
  };
  const way = ways[orientation];
  if (!way) return bitmap;
  const [first, right, down] = way;
  const [wide, high] = orientation >= 5 ? [height, width] : [width, height];
  const source = pixels(bitmap.bytes);
  const turned = Buffer.alloc(bitmap.bytes.length);
  const target = pixels(turned);
  let to = 0;
  for (let y = 0; y < high; y += 1) {
    let from = first + y * down;
    for (let x = 0; x < wide; x += 1) {
      target[to] = source[from] as number;
      to += 1;
      from += right;
    }
  }
  return { bytes: turned, width: wide, height: high };
}

/** The same memory as whole pixels; a copy where it does not begin at one. */
function pixels(bytes: Buffer): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
  return new Uint32Array(aligned.buffer, aligned.byteOffset, Math.floor(aligned.byteLength / 4));
}
