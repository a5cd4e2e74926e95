import type { MediaFacts } from '../../shared/media.ts';

/** A size in words, of 1,000 bytes to the kilobyte: "812 kB", "4.2 MB", "15 MB". */
export function bytesWords(bytes: number): string {
  const mega = bytes >= 999_500;
  return new Intl.NumberFormat('en-US', {
    style: 'unit',
    unit: mega ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: mega ? 1 : 0,
  }).format(mega ? bytes / 1e6 : Math.max(bytes / 1e3, bytes > 0 ? 1 : 0));
}

/** Pixels as they are seen, after a picture was turned as its file says: "1,920 × 1,080". */
export function dimensionWords({
  width,
  height,
  orientation = 1,
}: Pick<MediaFacts, 'width' | 'height' | 'orientation'>): string {
  const count = new Intl.NumberFormat('en-US');
  // Exif: 5 to 8 lie on their side.
  const [across, down] = orientation > 4 ? [height, width] : [width, height];
  return `${count.format(across)} × ${count.format(down)}`;
}
