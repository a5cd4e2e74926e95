import type { FileBytes } from './file.ts';
import { exifHolds, orientationOf, tiffOf } from './image.ts';
import { nextMarker, segmentsOf } from './jpeg.ts';
import { damaged, Refusal } from './problem.ts';
import { type Hidden, Trimming } from './trimmed.ts';

/** Of a whole JFIF segment without a picture of its own, bytes. */
const jfifLength = 18;

/**
 * A JPEG without what is no part of its picture: of the segments before its data all stay but those of applications, and of these
 * JFIF, the colour profile, Adobe's (which tells how colours are stored) and the orientation. What stands behind the end of the
 * picture (motion photos, a second picture) goes.
 * @throws Refusal
 */
export async function jpegWithout(file: FileBytes): Promise<Trimming> {
  const made = new Trimming(file);
  made.keep(0, 2);
  for await (const { marker, from, end } of segmentsOf(file)) {
    if (marker === 0xda) return keepData(made, from, end);
    if (marker === 0xfe) made.leave('text');
    else if (marker < 0xe0 || marker > 0xef) made.keep(from, end);
    else {
      const segment = (await file.view(from, end - from)).subarray(0, end - from);
      takeApplication(made, marker, Buffer.from(segment), from);
    }
  }
  throw damaged();
}

/** @param segment all of it, with its marker */
function takeApplication(made: Trimming, marker: number, segment: Buffer, from: number): void {
  const named = (name: string) => segment.toString('latin1', 4, 4 + name.length) === name;
  const profile = marker === 0xe2 && named('ICC_PROFILE\0');
  const adobe = marker === 0xee && named('Adobe');
  const own = marker === 0xe0 && named('JFIF\0') ? bareJfif(segment) : undefined;
  const exif = marker === 0xe1 && named('Exif\0\0') ? segment.subarray(10) : undefined;
  const kept = profile || adobe ? segment : (own ?? (exif && exifOf(orientationOf(exif))));
  if (kept?.equals(segment)) {
    made.keep(from, from + segment.length);
    return;
  }
  if (kept) made.put(kept);
  if (exif) made.leave(...exifHolds(exif));
  else if (own || (marker === 0xe2 && named('MPF\0'))) made.leave('picture');
  else made.leave('text', ...(segment.includes('GPSLatitude') ? (['place'] as const) : []));
}

/** A JFIF segment without the small picture that it may end with. */
function bareJfif(segment: Buffer): Buffer {
  if (segment.length <= jfifLength) return segment;
  const bare = Buffer.from(segment.subarray(0, jfifLength));
  bare.writeUInt16BE(jfifLength - 2, 2);
  bare.fill(0, jfifLength - 2);
  return bare;
}

/** Exif that tells the orientation and nothing else; undefined where nobody need be told. */
function exifOf(orientation = 1): Buffer | undefined {
  if (orientation === 1) return undefined;
  const content = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiffOf(orientation)]);
  return Buffer.concat([Buffer.from([0xff, 0xe1, 0, content.length + 2]), content]);
}

/** Keeps the data of the picture, all scans of it, and leaves what comes behind its end. */
async function keepData(made: Trimming, from: number, data: number): Promise<Trimming> {
  const { file } = made;
  const end = (await endOfData(file, data)) ?? file.size;
  made.keep(from, end);
  if (end < file.size) made.leave(...(await behind(file, end)));
  return made;
}

/** Where the end marker of the picture ends; undefined where it has none. Between scans stand segments, in which any bytes may be. */
async function endOfData(file: FileBytes, from: number): Promise<number | undefined> {
  try {
    for (let at = from; ; ) {
      const { marker, end } = await nextMarker(file, at);
      at = end;
      if (marker === 0xd9) return end;
      // Anything below are no markers that may stand here: decoders take them for damage within the data.
      if (marker >= 0xda || marker === 0xc4 || marker === 0xcc)
        at = end + Math.max(2, (await file.view(end, 2)).readUInt16BE(0));
    }
  } catch (error) {
    if (error instanceof Refusal && error.problem.code === 'damaged') return undefined;
    throw error;
  }
}

async function behind(file: FileBytes, end: number): Promise<Hidden[]> {
  const found: Hidden[] = [];
  if ((await file.find(Buffer.from('ftyp'), end)) >= 0) found.push('video');
  if ((await file.find(Buffer.from([0xff, 0xd8, 0xff]), end)) >= 0) found.push('picture');
  return found.length > 0 ? found : ['text'];
}
