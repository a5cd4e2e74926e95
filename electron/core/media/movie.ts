import type { FileBytes } from './file.ts';
import { damaged, endsTooEarly, Refusal } from './problem.ts';

/**
 * Reads what is needed of MP4 and MOV by hand, within fixed bounds. A library that demuxes (mediabunny) was tried: for a
 * duration it builds one entry for each sample that a table merely claims, four thousand million if a file says so, and
 * that cannot be stopped from outside.
 */

export interface MovieShape {
  /** Pixels as seen, after rotation. */
  readonly width: number;
  readonly height: number;
  /** Short name such as `avc` or `hevc`; the four letters of the file where there is none. */
  readonly codec: string;
  /** Absent where the file does not tell, as in some fragmented ones. */
  readonly seconds?: number;
}

interface Box {
  readonly type: string;
  /** First byte of the content. */
  readonly at: number;
  readonly end: number;
}

interface Track {
  readonly video: boolean;
  readonly enabled: boolean;
  readonly turned: boolean;
  readonly width: number;
  readonly height: number;
  readonly codec: string | undefined;
  readonly encrypted: boolean;
  /** Undefined where a table of sample sizes is missing. */
  readonly samples: number | undefined;
  readonly seconds: number | undefined;
}

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
  apch: 'prores',
  apcn: 'prores',
  apcs: 'prores',
  apco: 'prores',
  ap4h: 'prores',
};

/** No honest file of 15 MB has more boxes on the way to what is read here. */
const mostBoxes = 50_000;

/**
 * Finds the video track of an MP4 or MOV file and its size, codec and duration (ISO/IEC 14496-12; QuickTime File Format).
 * @throws Refusal
 */
export async function readMovie(file: FileBytes): Promise<MovieShape> {
  let left = mostBoxes;

  async function* boxes(from: number, end: number): AsyncGenerator<Box> {
    for (let at = from; at + 8 <= end; ) {
      if (--left < 0) throw damaged();
      const head = await file.view(at, 8);
      const short = head.readUInt32BE(0);
      const type = head.toString('latin1', 4, 8);
      let start = 8;
      let length = short;
      if (short === 1) {
        start = 16;
        length = Number((await file.view(at, 16)).readBigUInt64BE(8));
      }
      // Length 0 reaches to the end; inside a container it is QuickTime's mark of the last entry.
      if (short === 0) length = end - at;
      if (length < start) throw damaged();
      if (at + length > end) throw end === file.size ? endsTooEarly() : damaged();
      yield { type, at: at + start, end: at + length };
      at += length;
    }
  }

  /** A full box's version and a reader of its fields, where `at` counts from after version and flags. */
  async function fields(box: Box, least: number) {
    if (box.end - box.at < 4 + least) throw damaged();
    // Copied, because a view ends with the next one.
    const view = Buffer.from((await file.view(box.at, 4 + least)).subarray(0, 4 + least));
    return { version: view.readUInt8(0), flags: view.readUIntBE(1, 3), view: view.subarray(4) };
  }

  /** Seconds from `mvhd` or `mdhd`, which begin alike. */
  async function seconds(box: Box): Promise<number | undefined> {
    const { version } = await fields(box, 0);
    const long = version === 1;
    const { view } = await fields(box, long ? 28 : 16);
    const scale = view.readUInt32BE(long ? 16 : 8);
    const length = long ? Number(view.readBigUInt64BE(20)) : view.readUInt32BE(12);
    const unknown = long ? length >= 0xffff_ffff_ffff_0000 : length === 0xffffffff;
    return scale > 0 && length > 0 && !unknown ? length / scale : undefined;
  }

  async function readTrack(trak: Box): Promise<Track> {
    let enabled = true;
    let turned = false;
    let shown = { width: 0, height: 0 };
    let video = false;
    let duration: number | undefined;
    let entry: Awaited<ReturnType<typeof readEntry>>;
    let samples: number | undefined;

    const inside = async (container: Box): Promise<void> => {
      for await (const box of boxes(container.at, container.end)) {
        if (box.type === 'mdia' || box.type === 'minf' || box.type === 'stbl') await inside(box);
        if (box.type === 'tkhd') {
          const { version, flags } = await fields(box, 0);
          const long = version === 1;
          const { view } = await fields(box, long ? 92 : 80);
          const matrix = long ? 48 : 36;
          enabled = (flags & 1) === 1;
          // A quarter turn has nothing on the diagonal of its matrix.
          turned = view.readInt32BE(matrix) === 0 && view.readInt32BE(matrix + 16) === 0;
          shown = { width: view.readUInt16BE(matrix + 36), height: view.readUInt16BE(matrix + 40) };
        }
        if (box.type === 'mdhd') duration = await seconds(box);
        // QuickTime has a second `hdlr` for the data, of another type.
        if (box.type === 'hdlr') video ||= (await fields(box, 8)).view.toString('latin1', 4, 8) === 'vide';
        if (box.type === 'stsd') entry = await readEntry(box);
        if (box.type === 'stsz') samples = (await fields(box, 8)).view.readUInt32BE(4);
        if (box.type === 'stz2') samples = (await fields(box, 8)).view.readUInt32BE(4);
      }
    };
    await inside(trak);
    return {
      video,
      enabled,
      turned,
      width: entry?.width || shown.width,
      height: entry?.height || shown.height,
      codec: entry?.codec,
      encrypted: entry?.encrypted ?? false,
      samples,
      seconds: duration,
    };
  }

  /** The first sample entry, read as one of video; undefined when there is none. */
  async function readEntry(stsd: Box) {
    for await (const entry of boxes(stsd.at + 8, stsd.end)) {
      if (entry.end - entry.at < 78) return { width: 0, height: 0, codec: undefined, encrypted: false };
      const view = await file.view(entry.at, 28);
      const size = { width: view.readUInt16BE(24), height: view.readUInt16BE(26) };
      const codec = codecs[entry.type] ?? entry.type.replace(/[^ -~]/g, '?').trim();
      return { ...size, codec, encrypted: entry.type === 'encv' || entry.type === 'drmi' };
    }
    return undefined;
  }

  let whole: number | undefined;
  let index = false;
  let media = false;
  let fragmented = false;
  const tracks: Track[] = [];
  for await (const box of boxes(0, file.size)) {
    if (box.type === 'mdat') media = true;
    if (box.type !== 'moov' || index) continue;
    index = true;
    for await (const part of boxes(box.at, box.end)) {
      if (part.type === 'mvhd') whole = await seconds(part);
      if (part.type === 'mvex') fragmented = true;
      if (part.type === 'trak') tracks.push(await readTrack(part));
      if (part.type === 'cmov') throw damaged('its index is compressed in a way of the past');
    }
  }
  if (!index) throw damaged('its index is missing, as when a recording was not finished');
  if (!media) throw damaged('it holds no recording');

  const videos = tracks.filter((track) => track.video);
  const track = videos.find((candidate) => candidate.enabled) ?? videos[0];
  if (!track) throw new Refusal('no-video', 'This file has sound but no picture.');
  if (track.encrypted)
    throw new Refusal('encrypted', 'This video is copy-protected, so Zoom cannot play it.');
  if (!track.codec || (track.samples === 0 && !fragmented)) throw damaged('it holds no picture');
  const length = track.seconds ?? whole;
  return {
    width: track.turned ? track.height : track.width,
    height: track.turned ? track.width : track.height,
    codec: track.codec,
    ...(length === undefined ? {} : { seconds: length }),
  };
}
