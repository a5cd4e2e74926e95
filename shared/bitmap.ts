/** A BMP's header (version 5), of which Chromium knows the color profile, too. */
const headerBytes = 14 + 124;

interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** Which byte of a pixel's four is red: alpha is the last of them. */
  readonly order: 'rgba' | 'bgra';
  /** An ICC profile of RGB; sRGB where there is none. */
  readonly profile?: Uint8Array;
}

/**
 * A BMP of that size, from the top down, and its pixels within it, four bytes each, to be filled. It is what Chromium opens without
 * any work.
 */
export function emptyBitmap({ width, height, order, profile = new Uint8Array() }: Bitmap): {
  readonly file: Uint8Array<ArrayBuffer>;
  readonly pixels: Uint8Array<ArrayBuffer>;
} {
  const length = width * height * 4;
  const file = new Uint8Array(headerBytes + length + profile.byteLength);
  const view = new DataView(file.buffer);
  const long = (at: number, value: number) => view.setUint32(at, value, true);
  file.set([0x42, 0x4d]);
  long(2, file.byteLength);
  long(10, headerBytes);
  long(14, headerBytes - 14);
  long(18, width);
  view.setInt32(22, -height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 32, true);
  // By masks.
  long(30, 3);
  long(34, length);
  const [red, blue] = order === 'rgba' ? [0xff, 0xff_00_00] : [0xff_00_00, 0xff];
  for (const [index, mask] of [red, 0xff_00, blue, 0xff_00_00_00].entries()) long(54 + index * 4, mask);
  // "sRGB", or "MBED": the profile is behind the pixels.
  long(70, profile.byteLength > 0 ? 0x4d42_4544 : 0x7352_4742);
  if (profile.byteLength > 0) {
    long(126, headerBytes - 14 + length);
    long(130, profile.byteLength);
    file.set(profile, headerBytes + length);
  }
  return { file, pixels: file.subarray(headerBytes, headerBytes + length) };
}
