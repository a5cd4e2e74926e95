import type { MediaFacts } from '../../../shared/media.ts';
import { type Box, Boxes } from './boxes.ts';
import type { FileBytes } from './file.ts';
import { damaged, Refusal } from './problem.ts';

/**
 * Reads what is needed of MP4 and MOV by hand, within fixed bounds. A library that demuxes (mediabunny) was tried: for a
 * duration it builds one entry for each sample that a table merely claims, four thousand million if a file says so, and
 * that cannot be stopped from outside.
 */

interface Track {
  /** It has a handler for pictures. */
  video: boolean;
  header: Awaited<ReturnType<typeof readHeader>>;
  entry: Awaited<ReturnType<typeof readEntry>>;
  /** Undefined where a table of sample sizes is missing. */
  samples: number | undefined;
  seconds: number | undefined;
}

/** Short names of codecs; one that is not here goes by the four letters of the file. */
const codecs: Readonly<Record<string, string>> = {
  avc1: 'avc',
  avc3: 'avc',
  hvc1: 'hevc',
  hev1: 'hevc',
  vp08: 'vp8',
  vp09: 'vp9',
  av01: 'av1',
  mp4v: 'mpeg4',
  jpeg: 'mjpeg',
  mjpa: 'mjpeg',
  mjpb: 'mjpeg',
  apch: 'prores',
  apcn: 'prores',
  apcs: 'prores',
  apco: 'prores',
  ap4h: 'prores',
  ap4x: 'prores',
  'dvc ': 'dv',
  dvcp: 'dv',
  dvpp: 'dv',
};

/** Profiles of H.264 for more than eight bits of 4:2:0 (ITU-T H.264, annex A), by what they add. */
const richProfiles: Readonly<Record<number, string>> = {
  110: '10-bit',
  122: '4:2:2',
  244: '4:4:4',
  44: '4:4:4',
};

/** What the index of a video tells beyond what is seen. */
export interface MovieShape extends Pick<MediaFacts, 'width' | 'height' | 'codec' | 'seconds'> {
  /** Its pictures lie on their side and are turned when they are shown. */
  readonly turned: boolean;
  /** The size in pixels of the file's own, after rotation, where those are not square. */
  readonly stored?: Pick<MediaFacts, 'width' | 'height'>;
  /** What only few programs play of its codec, such as `10-bit`. */
  readonly rich?: string | undefined;
}

/**
 * Finds the video track of an MP4 or MOV file and its size, codec and duration (ISO/IEC 14496-12; QuickTime File Format).
 * @throws Refusal
 */
export async function readMovie(file: FileBytes): Promise<MovieShape> {
  const { tracks, fragmented, seconds } = await findIndex(file);
  const videos = tracks.filter((track) => track.video);
  const track = videos.find(({ header }) => header.enabled) ?? videos[0];
  if (!track) throw new Refusal('no-video', 'This file has sound but no picture.');
  const { header, entry, samples } = track;
  if (entry?.encrypted)
    throw new Refusal('encrypted', 'This video is copy-protected, so Zoom can’t play it.');
  if (!entry?.codec || (samples === 0 && !fragmented)) throw damaged('it holds no picture');
  const stored = { width: entry.width || header.width, height: entry.height || header.height };
  const seen = asSeen(stored, entry.aspect);
  const upright = ({ width, height }: typeof stored) =>
    header.turned ? { width: height, height: width } : { width, height };
  const length = track.seconds ?? seconds;
  return {
    ...upright(seen),
    codec: entry.codec,
    rich: entry.rich,
    turned: header.turned,
    ...(seen === stored ? {} : { stored: upright(stored) }),
    ...(length === undefined ? {} : { seconds: length }),
  };
}

/** The size with pixels made square, as Chromium does it: one side grows, none shrinks. */
function asSeen<Size extends Pick<MediaFacts, 'width' | 'height'>>(stored: Size, aspect: number) {
  const { width, height } = stored;
  if (aspect === 1) return stored;
  return aspect > 1
    ? { width: Math.round(width * aspect), height }
    : { width, height: Math.round(height / aspect) };
}

async function findIndex(file: FileBytes) {
  const boxes = new Boxes(file);
  let index: Awaited<ReturnType<typeof readIndex>> | undefined;
  let media = false;
  // What stands after the end (a tag of music players, the rest of a web form) is not the video's.
  const isOver = (type: string) => index !== undefined && media && !essential.includes(type);
  for await (const box of boxes.between(0, file.size, isOver)) {
    if (box.type === 'mdat' && box.end > box.at) media = true;
    if (box.type === 'moov') index ??= await readIndex(boxes, box);
  }
  if (!index) throw damaged('its index is missing, as when a recording wasn’t finished');
  if (!media) throw damaged('it holds no recording');
  return index;
}

/** Boxes that have to be whole wherever they stand. */
const essential = ['mdat', 'moof', 'moov'];

/** What the index of a movie tells. */
async function readIndex(boxes: Boxes, moov: Box) {
  const tracks: Track[] = [];
  let fragmented = false;
  let seconds: number | undefined;
  for await (const part of boxes.between(moov.at, moov.end)) {
    if (part.type === 'mvhd') seconds = await readSeconds(boxes, part);
    if (part.type === 'mvex') fragmented = true;
    if (part.type === 'trak') tracks.push(await readTrack(boxes, part));
    if (part.type === 'cmov') throw damaged('its index is compressed in a way of the past');
  }
  return { tracks, fragmented, seconds };
}

async function readTrack(boxes: Boxes, trak: Box): Promise<Track> {
  const track: Track = {
    video: false,
    header: { enabled: true, turned: false, width: 0, height: 0 },
    entry: undefined,
    samples: undefined,
    seconds: undefined,
  };

  async function readInside(container: Box): Promise<void> {
    for await (const box of boxes.between(container.at, container.end)) {
      switch (box.type) {
        case 'mdia':
        case 'minf':
        case 'stbl':
          await readInside(box);
          break;
        case 'tkhd':
          track.header = await readHeader(boxes, box);
          break;
        case 'mdhd':
          track.seconds = await readSeconds(boxes, box);
          break;
        case 'hdlr':
          // QuickTime has a second `hdlr` for the data, of another type.
          track.video ||= (await boxes.fields(box, 8)).view.toString('latin1', 4, 8) === 'vide';
          break;
        case 'stsd':
          track.entry = await readEntry(boxes, box);
          break;
        case 'stsz':
        case 'stz2':
          track.samples = (await boxes.fields(box, 8)).view.readUInt32BE(4);
      }
    }
  }

  await readInside(trak);
  return track;
}

async function readHeader(boxes: Boxes, tkhd: Box) {
  const { version, flags } = await boxes.fields(tkhd, 0);
  const long = version === 1;
  const { view } = await boxes.fields(tkhd, long ? 92 : 80);
  const matrix = long ? 48 : 36;
  return {
    enabled: (flags & 1) === 1,
    // A quarter turn has nothing on the diagonal of its matrix.
    turned: view.readInt32BE(matrix) === 0 && view.readInt32BE(matrix + 16) === 0,
    width: view.readUInt16BE(matrix + 36),
    height: view.readUInt16BE(matrix + 40),
  };
}

/** Seconds from `mvhd` or `mdhd`, which begin alike. */
async function readSeconds(boxes: Boxes, box: Box): Promise<number | undefined> {
  const { version } = await boxes.fields(box, 0);
  const long = version === 1;
  const { view } = await boxes.fields(box, long ? 28 : 16);
  const scale = view.readUInt32BE(long ? 16 : 8);
  const length = long ? Number(view.readBigUInt64BE(20)) : view.readUInt32BE(12);
  const unknown = long ? length >= 0xffff_ffff_ffff_0000 : length === 0xffffffff;
  return scale > 0 && length > 0 && !unknown ? length / scale : undefined;
}

/** The first sample entry, read as one of video; undefined when there is none. */
async function readEntry(boxes: Boxes, stsd: Box) {
  for await (const entry of boxes.between(stsd.at + 8, stsd.end)) {
    const plain = { width: 0, height: 0, codec: undefined, encrypted: false, aspect: 1, rich: undefined };
    if (entry.end - entry.at < 78) return plain;
    const view = await boxes.content(entry, 28);
    const found = {
      width: view.readUInt16BE(24),
      height: view.readUInt16BE(26),
      codec: codecs[entry.type] ?? entry.type.replace(/[^ -~]/g, '?').trim(),
      encrypted: entry.type === 'encv' || entry.type === 'drmi',
    };
    return { ...found, ...(await readExtensions(boxes, entry)) };
  }
  return undefined;
}

/** What the boxes in a sample entry of video tell; whatever does not fit there ends them. */
async function readExtensions(boxes: Boxes, entry: Box) {
  let aspect = 1;
  let rich: string | undefined;
  for await (const box of boxes.between(entry.at + 78, entry.end, () => true)) {
    const size = box.end - box.at;
    if (box.type === 'pasp' && size >= 8) {
      const view = await boxes.content(box, 8);
      const [across, down] = [view.readUInt32BE(0), view.readUInt32BE(4)];
      // More than this is no honest shape of a pixel.
      if (across > 0 && down > 0 && across / down <= 100 && down / across <= 100) aspect = across / down;
    }
    if (box.type === 'avcC' && size >= 2) rich = richProfiles[(await boxes.content(box, 2)).readUInt8(1)];
  }
  return { aspect, rich };
}
