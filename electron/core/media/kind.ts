import { isOtherKind, type MediaKind, type OtherKind } from '../../../shared/media.ts';
import { quoted } from '../../../shared/words/isolated.ts';
import type { FileBytes } from './file.ts';
import { shownName } from './name.ts';
import { Refusal } from './problem.ts';

const kinds: Readonly<Record<string, MediaKind | OtherKind>> = {
  jpg: 'jpeg',
  png: 'png',
  apng: 'png',
  gif: 'gif',
  mp4: 'mp4',
  m4v: 'mp4',
  mov: 'mov',
  // Phones write H.264 under these labels, too; what is in it decides.
  '3gp': 'mp4',
  '3g2': 'mp4',
  tif: 'tiff',
  heic: 'heic',
};

const saveImage = 'Save it as JPG or PNG';
const saveVideo = 'Save it as MP4';

/** What a person may well drop but Zoom does not take, and the way out. */
const others: Readonly<Record<string, readonly [name: string, advice: string]>> = {
  svg: ['an SVG drawing', 'Export it as PNG'],
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
  f4v: ['a Flash video', saveVideo],
};

/** Of these, the videos that the media process may open. */
const openedVideos = ['webm', 'mkv', 'mts'];

/** The kind in a sentence. */
export const kindNames: Readonly<Record<MediaKind | OtherKind, string>> = {
  jpeg: 'a JPG picture',
  png: 'a PNG picture',
  gif: 'a GIF picture',
  mp4: 'an MP4 video',
  mov: 'a MOV video',
  webp: 'a WebP picture',
  avif: 'an AVIF picture',
  bmp: 'a BMP picture',
  tiff: 'a TIFF picture',
  heic: 'a HEIC picture',
};

/** As much of a file's start as file-type wants to see. */
const sampleSize = 4_100;

/**
 * What a file is by its content. A video labelled 3GP counts as MP4.
 * @param wanted the kinds taken, in words
 * @param path tells names that systems give to what is no picture
 * @throws Refusal 'type' that names what it is instead
 */
export async function readKind(file: FileBytes, wanted: string, path = ''): Promise<MediaKind | OtherKind> {
  const sample = await readSample(file);
  const quickTime = startsAsMovie(sample, file.size) ? 'mov' : undefined;
  // On first use, because it costs start-up. It gets a copy of the start, so it can neither read on nor take long.
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(sample).catch(() => undefined);
  // An SVG with an XML declaration counts as XML there, one without as nothing.
  const ext = !found || found.ext === 'xml' ? (isSvg(sample) ? 'svg' : undefined) : found.ext;
  const kind = quickTime ?? (ext === undefined ? undefined : kinds[ext]) ?? startOf(sample);
  if (kind) return kind;
  if (isOtherKind(ext)) return ext;
  const other = ext === undefined ? undefined : others[ext];
  if (other) {
    const words = `This is ${other[0]}, which Zoom doesn’t take.`;
    throw new Refusal('type', `${words} ${other[1]}.`, openedVideos.includes(ext ?? '') ? words : undefined);
  }
  throw new Refusal('type', standIn(path, sample) ?? `${nameUnknown(found)} Zoom takes ${wanted}.`);
}

async function readSample(file: FileBytes): Promise<Buffer> {
  return Buffer.from((await file.view(0, Math.min(sampleSize, file.size))).subarray(0, sampleSize));
}

/** The refusal of a 3GP video that has nothing in it that Zoom may take. */
export function only3gp(): Refusal {
  const words = 'This is a 3GP video, which Zoom doesn’t take.';
  return new Refusal('type', `${words} ${saveVideo}.`, words);
}

/** Whether a video says by its first box that it is 3GP (3GPP TS 26.244, 5.4). */
export async function isLabelled3gp(file: FileBytes): Promise<boolean> {
  const start = await file.view(0, Math.min(12, file.size));
  return /^ftyp3g/.test(start.toString('latin1', 4, 10));
}

/** Old cameras begin a MOV with one of these, and file-type knows only some of all that may come first. */
const firstBoxes = ['skip', 'pnot', 'udta', 'uuid', 'wide', 'free', 'mdat', 'moov'];

function startsAsMovie(sample: Buffer, size: number): boolean {
  if (sample.length < 16 || !firstBoxes.includes(sample.toString('latin1', 4, 8))) return false;
  const length = sample.readUInt32BE(0);
  // A text could have one of these words in this place, but hardly a length before it.
  return length <= 1 || (length >= 8 && length <= size);
}

/**
 * file-type walks a PNG's chunks for animation, and a TIFF's directory for cameras, and gives up where these run over the sample's
 * end.
 */
function startOf(sample: Buffer): 'png' | 'tiff' | undefined {
  const start = sample.toString('latin1', 0, 8);
  if (start === '\x89PNG\r\n\x1a\n') return 'png';
  return /^(?:II\*\0|MM\0\*)/.test(start) ? 'tiff' : undefined;
}

function isSvg(sample: Buffer): boolean {
  const text =
    sample[0] === 0xff && sample[1] === 0xfe ? sample.toString('utf16le') : sample.toString('latin1');
  return /<svg[\s>]/i.test(text) && !/<html/i.test(text);
}

/** What stands in a picture's place under its name, and where the picture itself is. */
function standIn(path: string, sample: Buffer): string | undefined {
  const name = shownName(path);
  if (sample.subarray(0, 4).equals(Buffer.from([0, 5, 0x16, 7]))) {
    const beside = name.startsWith('._') ? `: choose ${quoted(name.slice(2))} itself` : '';
    return `This holds only what macOS keeps beside a file${beside}.`;
  }
  const cloud = /^\.(.+)\.icloud$/.exec(name)?.[1];
  if (cloud)
    return `This file isn’t downloaded from iCloud yet. Open ${quoted(cloud)} once, then add it again.`;
  return isWebPage(sample) ? `This is a web page, ${pageAdvice}` : undefined;
}

const pageAdvice = 'often a message that was saved in place of the picture. Download the picture again.';

function isWebPage(sample: Buffer): boolean {
  const text = sample.toString('latin1').replace(/^ï»¿|<!--[\s\S]*?-->|<\?xml[^>]*>/g, '');
  return /^\s*<(?:!doctype\s+html|html)\b/i.test(text);
}

function nameUnknown(found: { readonly ext: string; readonly mime: string } | undefined): string {
  if (found?.mime.startsWith('audio/')) return 'This is a sound file.';
  if (found) return `This is ${withArticle(found.ext.toUpperCase())} file.`;
  return 'This is neither a picture nor a video that Tally knows.';
}

/** "an EXE", "an XLSX", "a RAR": by how it is said, letter by letter unless it reads like a word. */
function withArticle(ending: string): string {
  const isWord = /^[A-Z][AEIOU][A-Z]/.test(ending);
  return `${(isWord ? /^[AEIO]/ : /^[AEFHILMNORSX8]/).test(ending) ? 'an' : 'a'} ${ending}`;
}
