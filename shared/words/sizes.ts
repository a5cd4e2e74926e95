/**
 * A size in English words, of 1,000 bytes to the kilobyte and so on, as file managers and Zoom's limits in words have
 * them: "812 kB", "4.2 MB", "15 MB", "2.2 GB". Rounded up, so that what is over a limit never reads as if it were within it.
 */
export function sizeWords(bytes: number): string {
  const kilo = Math.ceil(bytes / 1e3);
  if (kilo < 1_000) return `${kilo} kB`;
  const mega = Math.ceil(bytes / 1e5);
  return mega < 10_000 ? `${tenths(mega)} MB` : `${tenths(Math.ceil(bytes / 1e8))} GB`;
}

function tenths(count: number): string {
  const rest = count % 10;
  return `${wholeWords(Math.floor(count / 10))}${rest === 0 ? '' : `.${rest}`}`;
}

/** Pixels as they are seen, after a picture was turned as its file says (Exif orientation 1 to 8): "1,920 × 1,080". */
export function dimensionWords({
  width,
  height,
  orientation = 1,
}: {
  readonly width: number;
  readonly height: number;
  readonly orientation?: number;
}): string {
  // 5 to 8 lie on their side.
  const [across, down] = orientation > 4 ? [height, width] : [width, height];
  return `${wholeWords(across)} × ${wholeWords(down)}`;
}

/** A whole number with commas at the thousands. By hand, as the first formatter of Intl reads 3 MB for as long as Tally runs. */
export function wholeWords(whole: number): string {
  return String(whole).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
