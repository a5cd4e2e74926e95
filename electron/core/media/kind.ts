import type { MediaKind } from '../../../shared/media.ts';
import type { FileBytes } from './file.ts';
import { Refusal } from './problem.ts';

const kinds: Readonly<Record<string, MediaKind>> = {
  jpg: 'jpeg',
  png: 'png',
  apng: 'png',
  gif: 'gif',
  mp4: 'mp4',
  m4v: 'mp4',
  mov: 'mov',
};

const saveImage = 'Save it as JPG or PNG';
const saveVideo = 'Save it as MP4';

/** What a person may well drop but Zoom does not take, and the way out. */
const others: Readonly<Record<string, readonly [name: string, advice: string]>> = {
  svg: ['an SVG drawing', 'Export it as PNG'],
  heic: ['a HEIC picture', saveImage],
  webp: ['a WebP picture', saveImage],
  avif: ['an AVIF picture', saveImage],
  bmp: ['a BMP picture', saveImage],
  tif: ['a TIFF picture', saveImage],
  ico: ['an icon', saveImage],
  jxl: ['a JPEG XL picture', saveImage],
  jp2: ['a JPEG 2000 picture', saveImage],
  psd: ['a Photoshop file', 'Export it as JPG or PNG'],
  pdf: ['a PDF document', 'Export the page as JPG or PNG'],
  webm: ['a WebM video', saveVideo],
  mkv: ['a Matroska video', saveVideo],
  avi: ['an AVI video', saveVideo],
  mpg: ['an MPEG video', saveVideo],
  mts: ['an MPEG video', saveVideo],
  flv: ['a Flash video', saveVideo],
  '3gp': ['a 3GP video', saveVideo],
  '3g2': ['a 3GP video', saveVideo],
};

/** The kind in a sentence. */
export const kindNames: Readonly<Record<MediaKind, string>> = {
  jpeg: 'a JPG picture',
  png: 'a PNG picture',
  gif: 'a GIF picture',
  mp4: 'an MP4 video',
  mov: 'a MOV video',
};

/** As much of a file's start as file-type wants to see. */
const sampleSize = 4_100;

/**
 * What a file is by its content.
 * @param wanted the kinds taken, in words
 * @throws Refusal 'type' that names what it is instead
 */
export async function readKind(file: FileBytes, wanted: string): Promise<MediaKind> {
  const sample = Buffer.from((await file.view(0, Math.min(sampleSize, file.size))).subarray(0, sampleSize));
  // On first use, because it costs start-up. It gets a copy of the start, so it can neither read on nor take long.
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(sample).catch(() => undefined);
  // An SVG with an XML declaration counts as XML there, one without as nothing.
  const ext = !found || found.ext === 'xml' ? (isSvg(sample) ? 'svg' : undefined) : found.ext;
  const kind = (ext === undefined ? undefined : kinds[ext]) ?? startOf(sample);
  if (kind) return kind;
  const other = ext === undefined ? undefined : others[ext];
  if (other) throw new Refusal('type', `This is ${other[0]}, which Zoom does not take. ${other[1]}.`);
  throw new Refusal('type', `${nameUnknown(found)} Zoom takes ${wanted}.`);
}

/** file-type walks a PNG's chunks for animation and gives up where a long one runs over the sample's end. */
function startOf(sample: Buffer): MediaKind | undefined {
  return sample.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')) ? 'png' : undefined;
}

function isSvg(sample: Buffer): boolean {
  const text =
    sample[0] === 0xff && sample[1] === 0xfe ? sample.toString('utf16le') : sample.toString('latin1');
  return /<svg[\s>]/i.test(text) && !/<html/i.test(text);
}

function nameUnknown(found: { readonly ext: string; readonly mime: string } | undefined): string {
  if (found?.mime.startsWith('audio/')) return 'This is a sound file.';
  if (found) return `This is a ${found.ext.toUpperCase()} file.`;
  return 'This is neither a picture nor a video that Tally knows.';
}
