import { uploads } from './zoom/limits.gen.ts';

/** Most lines of a video that is made to fit: as high as Zoom takes it, and less where a longer one has to fit. */
export const videoLines = [1080, 720, 360] as const;
type VideoLines = (typeof videoLines)[number];

export const videoTurns = [0, 90, 180, 270] as const;
export type VideoTurn = (typeof videoTurns)[number];

/** Which part of a video is kept, and how it is seen. */
export interface VideoCut {
  /** Seconds from the first frame; `end` is over `start`. */
  readonly start: number;
  readonly end: number;
  /** Degrees clockwise, besides what the file itself says. */
  readonly turn: VideoTurn;
  readonly lines: VideoLines;
}

/** How a video is encoded. */
export interface VideoEncoding {
  /** Pixels, even: H.264 has no others. */
  readonly width: number;
  readonly height: number;
  /** Bits a second. */
  readonly bitrate: number;
}

interface Sides {
  readonly width: number;
  readonly height: number;
}

const { sureBytes, video } = uploads.uploadVBuser;
/** Of what is allowed, as the encoder does not hit what it is asked for, and the index takes its part. */
const aim = 0.92;
/** Pictures a second at most. */
export const mostRate = 30;
/** Bits for one pixel of one picture: more shows no difference, less shows blocks. */
const bits = { most: 0.15, least: 0.03 } as const;
const bitrates = { most: 8_000_000, least: 100_000 } as const;

/** The shape of what is made: within the lines, whole, and black beside it only where Zoom takes none so narrow. */
export function sidesOf(seen: Sides, { turn, lines }: Pick<VideoCut, 'turn' | 'lines'>): Sides {
  const [width, height] = turn % 180 === 0 ? [seen.width, seen.height] : [seen.height, seen.width];
  const most = { width: Math.round((lines * 16) / 9), height: lines };
  const { least } = video;
  const fits = Math.min(most.width / width, most.height / height);
  const grows = Math.max(least.width / width, least.height / height);
  const scale = Math.min(fits, Math.max(1, grows));
  return { width: side(width * scale, least.width), height: side(height * scale, least.height) };
}

function side(length: number, least: number): number {
  return Math.max(least, 2 * Math.round(length / 2));
}

/** The longest that can be made at these lines, in whole seconds. */
export function longestAt(seen: Sides, cut: Pick<VideoCut, 'turn' | 'lines'>): number {
  const { width, height } = sidesOf(seen, cut);
  return Math.floor((aim * 8 * sureBytes) / (width * height * mostRate * bits.least));
}

/** How it is encoded so that it fits, and how many bytes it comes to at most, as far as the encoder hits what it is asked for. */
export function encodingOf(seen: Sides, cut: VideoCut): VideoEncoding & { readonly bytes: number } {
  const { width, height } = sidesOf(seen, cut);
  const seconds = Math.max(1 / mostRate, cut.end - cut.start);
  const best = Math.min(bitrates.most, width * height * mostRate * bits.most);
  const fits = (aim * 8 * sureBytes) / seconds;
  const bitrate = Math.round(Math.max(bitrates.least, Math.min(best, fits)));
  // The first picture takes more than its share.
  const bytes = Math.min(sureBytes, Math.round((bitrate * Math.max(1, seconds)) / 8 / aim));
  return { width, height, bitrate, bytes };
}

/** What is proposed at first: all of it where that fits well, else its first minute at most. */
export function firstCut(seen: Sides, seconds: number): VideoCut {
  const whole = videoLines.find((lines) => lines > 360 && seconds <= longestAt(seen, { turn: 0, lines }));
  const lines = whole ?? 1080;
  const end = whole ? seconds : Math.min(seconds, 60, longestAt(seen, { turn: 0, lines }));
  return { start: 0, end: Math.max(end, 1 / mostRate), turn: 0, lines };
}
