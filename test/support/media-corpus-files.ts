import { deflateSync } from 'node:zlib';
import jpeg from 'jpeg-js';
import {
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  MovOutputFormat,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';

/** Small files of every kind, made by code: JPEG by jpeg-js, MP4 and MOV by mediabunny, the rest from their parts. */

const ascii = (text: string) => Buffer.from(text, 'latin1');
const u16 = (value: number) => Buffer.from([value >> 8, value & 255]);
const u16le = (value: number) => Buffer.from([value & 255, value >> 8]);
export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A JPEG of a slope of grey, with the segments given put behind its start. */
export function jpegOf(width: number, height: number, ...segments: Buffer[]): Buffer {
  const data = Buffer.alloc(width * height * 4, 255);
  for (let at = 0; at < data.length; at++) if (at % 4 !== 3) data[at] = at % 251;
  const { data: made } = jpeg.encode({ width, height, data }, 60);
  return Buffer.concat([made.subarray(0, 2), ...segments, made.subarray(2)]);
}

export function segment(marker: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xff, marker]), u16(content.length + 2), content]);
}

/** A block of Exif data with an orientation in it. */
export function tiff(orientation: number, little = false): Buffer {
  const two = little ? u16le : u16;
  const four = (value: number) => (little ? u32(value).reverse() : u32(value));
  return Buffer.concat([
    ascii(little ? 'II' : 'MM'),
    two(42),
    four(8),
    two(2),
    ...[two(0x010f), two(2), four(2), ascii('a\0\0\0')],
    ...[two(0x0112), two(3), four(1), two(orientation), two(0)],
    four(0),
  ]);
}

export const exif = (orientation: number, little = false) =>
  segment(0xe1, Buffer.concat([ascii('Exif\0\0'), tiff(orientation, little)]));

/** Writes other dimensions into a JPEG's frame header. */
export function jpegClaiming(width: number, height: number, marker = 0xc0): Buffer {
  const made = jpegOf(8, 8);
  const at = made.indexOf(Buffer.from([0xff, 0xc0, 0, 17]));
  made.writeUInt8(marker, at + 1);
  made.writeUInt16BE(height, at + 5);
  made.writeUInt16BE(width, at + 7);
  return made;
}

const table = Array.from({ length: 256 }, (_, index) => {
  let crc = index;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc >>> 0;
});
const crc = (bytes: Buffer) =>
  ~bytes.reduce((sum, byte) => (table[(sum ^ byte) & 255] ?? 0) ^ (sum >>> 8), 0xffffffff) >>> 0;

export function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([ascii(type), content]);
  return Buffer.concat([u32(content.length), named, u32(crc(named))]);
}

export const pngStart = ascii('\x89PNG\r\n\x1a\n');

export function header(width: number, height: number, depth = 8, colour = 2): Buffer {
  return chunk('IHDR', Buffer.concat([u32(width), u32(height), Buffer.from([depth, colour, 0, 0, 0])]));
}

/** A PNG that says it has these dimensions; its data is as much only while it is small. */
export function pngOf(width: number, height: number, ...before: Buffer[]): Buffer {
  const rows = Math.min(height, 100);
  const data = deflateSync(Buffer.alloc(rows * (1 + Math.min(width, 1000) * 3)));
  return Buffer.concat([pngStart, header(width, height), ...before, chunk('IDAT', data), pngEnd]);
}

export const pngEnd = chunk('IEND', Buffer.alloc(0));
export const frameControl = (frames: number) => chunk('acTL', Buffer.concat([u32(frames), u32(0)]));

export const gifFrame = (width: number, height: number) =>
  Buffer.concat([
    Buffer.from([0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0]),
    u16le(width),
    u16le(height),
    // One pixel in codes of 2 bits: clear, 0, end.
    Buffer.from([0, 2, 2, 0x44, 0x01, 0]),
  ]);

export function gifOf(width: number, height: number, frames: readonly Buffer[], end = ';'): Buffer {
  const palette = Buffer.from([0, 0, 0, 255, 255, 255]);
  return Buffer.concat([
    ascii('GIF89a'),
    u16le(width),
    u16le(height),
    Buffer.from([0x80, 0, 0]),
    palette,
    // A comment: blocks of a length each, whose content looks like the end.
    Buffer.concat([Buffer.from([0x21, 0xfe, 2]), ascii(';;'), Buffer.from([0])]),
    ...frames,
    ascii(end),
  ]);
}

export interface MovieOptions {
  readonly format?: 'mp4' | 'mov';
  readonly rotation?: 0 | 90 | 180 | 270;
  readonly fastStart?: false | 'in-memory' | 'fragmented';
  readonly codec?: 'avc' | 'vp9';
  /** Of H.264; 66 (Baseline) unless given. */
  readonly profile?: number;
  /** The size it is seen in, where its pixels are not square. */
  readonly seen?: readonly [width: number, height: number];
}

/** A video of two seconds; its pictures are empty words, its index is true. */
export async function movieOf(width: number, height: number, options: MovieOptions = {}): Promise<Buffer> {
  const {
    format = 'mp4',
    rotation = 0,
    fastStart = 'in-memory',
    codec = 'avc',
    profile = 66,
    seen,
  } = options;
  const target = new BufferTarget();
  const Format = format === 'mov' ? MovOutputFormat : Mp4OutputFormat;
  const output = new Output({ format: new Format({ fastStart }), target });
  const source = new EncodedVideoPacketSource(codec);
  output.addVideoTrack(source, { rotation, frameRate: 10 });
  await output.start();
  const description = Uint8Array.from([
    1,
    profile,
    0,
    30,
    255,
    225,
    0,
    4,
    103,
    profile,
    0,
    30,
    1,
    0,
    2,
    104,
    206,
  ]);
  const decoderConfig = codec === 'avc' ? { codec: 'avc1.42001e', description } : { codec: 'vp09.00.10.08' };
  for (let index = 0; index < 20; index++) {
    const packet = new EncodedPacket(new Uint8Array(16), index % 10 ? 'delta' : 'key', index / 10, 0.1);
    const aspect = seen && { displayAspectWidth: seen[0], displayAspectHeight: seen[1] };
    await source.add(packet, {
      decoderConfig: { ...decoderConfig, codedWidth: width, codedHeight: height, ...aspect },
    });
  }
  await output.finalize();
  return Buffer.from(target.buffer ?? new ArrayBuffer(0));
}

/** Replaces the first occurrence of some letters by as many others. */
export function relabel(file: Buffer, from: string, to: string): Buffer {
  const changed = Buffer.from(file);
  const at = changed.indexOf(from, 0, 'latin1');
  if (at < 0 || from.length !== to.length) throw new Error(`no ${from} to change`);
  changed.write(to, at, 'latin1');
  return changed;
}

export const box = (type: string, content: Buffer) =>
  Buffer.concat([u32(content.length + 8), ascii(type), content]);
