import type { Verdict } from '../../electron/core/media/inspect.ts';
import {
  box,
  chunk,
  exif,
  frameControl,
  gifFrame,
  gifOf,
  header,
  jpegClaiming,
  jpegOf,
  movieOf,
  pngEnd,
  pngOf,
  pngStart,
  relabel,
  segment,
  tiff,
  u32,
} from './media-corpus-files.ts';

type Code = (Verdict & { fit: 'no' })['problem']['code'];

/** One file and what has to be said of it as a background. */
export interface Case {
  readonly name: string;
  /** The libraries that dimensions are compared with do not read it. */
  readonly alone?: true;
  readonly bytes: Buffer;
  /** Total size when a hole of zeros (which takes no space on disk) is to be put in. */
  readonly hole?: { readonly at: number; readonly size: number };
  readonly expect:
    | { readonly fit: 'yes'; readonly facts: object; readonly notes?: readonly RegExp[] }
    | { readonly fit: 'fixable'; readonly facts: object; readonly words: RegExp; readonly plan?: string }
    | { readonly fit: 'no'; readonly code: Code; readonly words?: RegExp };
}

export const text = (value: string) => Buffer.from(value, 'latin1');
export const hex = (value: string) => Buffer.from(value.replaceAll(' ', ''), 'hex');
export const pad = (start: Buffer, size = 256) => Buffer.concat([start, Buffer.alloc(size)]);

export const yes = (facts: object, ...notes: RegExp[]) => ({ fit: 'yes', facts, notes }) as const;
export const no = (code: Code, words?: RegExp) => ({ fit: 'no', code, ...(words ? { words } : {}) }) as const;
export const cut = (bytes: Buffer, less: number) => bytes.subarray(0, bytes.length - less);

/** Makes the files that are plainly good or bad. */
export async function plainFiles(): Promise<readonly Case[]> {
  const photo = jpegOf(64, 48);
  const drawing = pngOf(40, 30);
  const still = gifOf(20, 10, [gifFrame(20, 10)]);
  const moving = gifOf(
    20,
    10,
    [1, 2, 3].map(() => gifFrame(20, 10)),
  );
  const clip = await movieOf(640, 480);
  const tail = await movieOf(1280, 720, { fastStart: false });
  const quick = await movieOf(1920, 1080, { format: 'mov' });
  const jpeg = (facts: object = {}) => ({ kind: 'jpeg', type: 'image', width: 64, height: 48, ...facts });
  const png = (facts: object = {}) => ({ kind: 'png', type: 'image', width: 40, height: 30, ...facts });
  const video = (width: number, height: number, kind = 'mp4') => ({ kind, type: 'video', width, height });
  const turned = /turned/;
  const unfinished = /ends too early/;

  return [
    // Good.
    { name: 'photo.jpg', bytes: photo, expect: yes(jpeg({ frames: 1 })) },
    { name: 'photo.JPEG', bytes: photo, expect: yes(jpeg()) },
    { name: 'one-pixel.jpg', bytes: jpegOf(1, 1), expect: yes(jpeg({ width: 1, height: 1 })) },
    { name: 'progressive.jpg', bytes: jpegClaiming(8, 8, 0xc2), expect: yes(jpeg({ width: 8, height: 8 })) },
    { name: 'motion.jpg', bytes: Buffer.concat([photo, clip]), expect: yes(jpeg()) },
    { name: 'upright.jpg', bytes: jpegOf(64, 48, exif(1)), expect: yes(jpeg({ orientation: 1 })) },
    { name: 'turned.jpg', bytes: jpegOf(64, 48, exif(6)), expect: yes(jpeg({ orientation: 6 }), turned) },
    {
      name: 'intel.jpg',
      bytes: jpegOf(64, 48, exif(8, true)),
      expect: yes(jpeg({ orientation: 8 }), turned),
    },
    { name: 'no-turn.jpg', bytes: jpegOf(64, 48, exif(9)), expect: yes(jpeg()) },
    { name: 'fill.jpg', bytes: jpegOf(64, 48, hex('ffffffff')), expect: yes(jpeg()) },
    {
      name: 'thumbnail.jpg',
      bytes: jpegOf(64, 48, segment(0xe1, jpegOf(8, 8))),
      expect: yes(jpeg()),
    },
    { name: 'drawing.png', bytes: drawing, expect: yes(png({ frames: 1 })) },
    {
      name: 'noted.png',
      bytes: pngOf(40, 30, chunk('eXIf', tiff(3))),
      expect: yes(png({ orientation: 3 }), turned),
    },
    { name: 'profile.png', bytes: pngOf(40, 30, chunk('iCCP', Buffer.alloc(200_000))), expect: yes(png()) },
    { name: 'behind.png', bytes: Buffer.concat([drawing, text('more')]), expect: yes(png()) },
    {
      name: 'moving.png',
      bytes: pngOf(40, 30, frameControl(7)),
      expect: yes(png({ frames: 7 }), /only its first/),
    },
    { name: 'wide.png', bytes: pngOf(30_000, 3_000), expect: yes(png({ width: 30_000, height: 3_000 })) },
    { name: 'still.gif', bytes: still, expect: yes({ kind: 'gif', width: 20, height: 10, frames: 1 }) },
    { name: 'moving.gif', bytes: moving, expect: yes({ kind: 'gif', frames: 3 }, /^Animated, 3 frames/) },
    { name: 'spill.gif', bytes: gifOf(0, 0, [gifFrame(9, 8)]), expect: yes({ width: 9, height: 8 }) },
    { name: 'clip.mp4', bytes: clip, expect: yes({ ...video(640, 480), codec: 'avc', seconds: 2 }) },
    { name: 'tail.mp4', bytes: tail, expect: yes(video(1280, 720)) },
    {
      name: 'pieces.mp4',
      bytes: await movieOf(640, 480, { fastStart: 'fragmented' }),
      expect: yes({ ...video(640, 480), codec: 'avc' }),
    },
    {
      name: 'nine.mp4',
      bytes: await movieOf(480, 360, { codec: 'vp9' }),
      expect: yes({ codec: 'vp9' }, /may not play.*VP9/),
    },
    { name: 'quick.mov', bytes: quick, expect: yes({ ...video(1920, 1080, 'mov'), seconds: 2 }) },
    {
      name: 'over.mp4',
      bytes: await movieOf(640, 480, { rotation: 180 }),
      expect: yes(video(640, 480)),
    },
    { name: 'apple.m4v', bytes: relabel(clip, 'isom', 'M4V '), expect: yes(video(640, 480), /“apple\.mp4”/) },
    // Named wrong, or not at all.
    { name: 'really.png', bytes: photo, expect: yes(jpeg(), /a JPG picture.*“really\.jpg”/) },
    { name: 'really.jpg', bytes: still, expect: yes({ kind: 'gif' }, /a GIF picture.*“really\.gif”/) },
    { name: 'bare', bytes: drawing, expect: yes(png(), /“bare\.png”/) },
    { name: 'clip.mov', bytes: clip, expect: yes({ kind: 'mp4' }, /an MP4 video.*“clip\.mp4”/) },
    {
      name: 'shell.jpg',
      bytes: text('#!/bin/sh\necho hello\n'),
      expect: no('type', /neither a picture nor a video/),
    },
    // Other kinds, each named with the way out.
    {
      name: 'a.svg',
      bytes: text('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      expect: no('type', /SVG.*PNG/),
    },
    { name: 'b.svg', bytes: text('<?xml version="1.0"?><!-- x --><svg></svg>'), expect: no('type', /SVG/) },
    { name: 'c.html', bytes: text('<html><svg></svg></html>'), expect: no('type', /a web page/) },
    {
      name: 'a.heic',
      bytes: pad(box('ftyp', text('heic\0\0\0\0heicmif1'))),
      expect: no('type', /HEIC.*JPG or PNG/),
    },
    { name: 'a.tiff', bytes: pad(hex('49492a0008000000')), expect: no('damaged') },
    { name: 'a.ico', bytes: pad(hex('00000100010010100000')), expect: no('type', /icon.*PNG/) },
    { name: 'a.pdf', bytes: text('%PDF-1.7\n%%EOF\n'), expect: no('type', /PDF.*page/) },
    {
      name: 'a.webm',
      bytes: pad(hex('1a45dfa3 87 4282 84 7765626d')),
      expect: no('type', /WebM.*MP4/),
    },
    {
      name: 'a.mkv',
      bytes: pad(hex('1a45dfa3 8b 4282 88 6d6174726f736b61')),
      expect: no('type', /Matroska.*MP4/),
    },
    { name: 'a.avi', bytes: pad(text('RIFF\x24\0\0\0AVI LIST')), expect: no('type', /AVI.*MP4/) },
    { name: 'a.3gp', bytes: pad(box('ftyp', text('3gp5\0\0\0\x003gp5'))), expect: no('type', /3GP.*MP4/) },
    { name: 'a.wav', bytes: pad(text('RIFF\x24\0\0\0WAVEfmt ')), expect: no('type', /sound/) },
    { name: 'a.zip', bytes: pad(text('PK\x03\x04')), expect: no('type', /Zoom takes JPG/) },
    { name: 'rare.jpg', bytes: jpegClaiming(8, 8, 0xc9), expect: no('type', /rare kind of JPEG/) },
    // Empty, cut off, put together wrongly.
    { name: 'empty.png', bytes: Buffer.alloc(0), expect: no('empty') },
    { name: 'one-byte.jpg', bytes: hex('ff'), expect: no('type') },
    { name: 'cut.jpg', bytes: cut(photo, 2), expect: no('damaged', unfinished) },
    { name: 'half.jpg', bytes: cut(photo, photo.length / 2), expect: no('damaged', unfinished) },
    { name: 'headless.jpg', bytes: pad(hex('ffd8ffda0002')), expect: no('damaged') },
    { name: 'flat.jpg', bytes: jpegClaiming(8, 0), expect: no('damaged', /no picture/) },
    { name: 'cut.png', bytes: cut(drawing, 12), expect: no('damaged', unfinished) },
    { name: 'half.png', bytes: cut(drawing, 30), expect: no('damaged', unfinished) },
    {
      name: 'hollow.png',
      bytes: Buffer.concat([pngStart, header(4, 4), pngEnd]),
      expect: no('damaged', /no picture/),
    },
    { name: 'depth.png', bytes: Buffer.concat([pngStart, header(4, 4, 3), pngEnd]), expect: no('damaged') },
    { name: 'header.png', bytes: relabel(drawing, 'IHDR', 'IHDX'), expect: no('damaged') },
    {
      name: 'stretched.png',
      bytes: Buffer.concat([drawing.subarray(0, 19), hex('ff'), drawing.subarray(20)]),
      expect: no('damaged'),
    },
    {
      name: 'long-chunk.png',
      bytes: Buffer.concat([pngStart, header(4, 4), u32(0xffffffff), text('IDAT'), Buffer.alloc(64)]),
      expect: no('damaged'),
    },
    { name: 'cut.gif', bytes: cut(still, 2), expect: no('damaged', unfinished) },
    { name: 'half.gif', bytes: cut(moving, 20), expect: no('damaged', unfinished) },
    { name: 'hollow.gif', bytes: gifOf(9, 9, []), expect: no('damaged', /no picture/) },
    { name: 'cut.mp4', bytes: cut(clip, 5), expect: no('damaged', unfinished) },
    { name: 'unfinished.mp4', bytes: cut(tail, 900), expect: no('damaged') },
    { name: 'no-index.mp4', bytes: relabel(clip, 'moov', 'free'), expect: no('damaged', /index is missing/) },
    { name: 'no-media.mp4', bytes: relabel(clip, 'mdat', 'free'), expect: no('damaged', /no recording/) },
    { name: 'sound.mp4', bytes: relabel(clip, 'vide', 'soun'), expect: no('no-video') },
    { name: 'locked.mp4', bytes: relabel(clip, 'avc1\0\0', 'encv\0\0'), expect: no('encrypted') },
    { name: 'zero-box.mp4', bytes: Buffer.concat([u32(1), text('free'), clip]), expect: no('damaged') },
    // Too many pixels, too few, too many bytes.
    { name: 'bomb.png', bytes: pngOf(60_000, 60_000), expect: no('bomb', /60,000 × 60,000/) },
    { name: 'strip.png', bytes: pngOf(65_536, 10), expect: no('bomb') },
    { name: 'area.jpg', bytes: jpegClaiming(25_001, 10_000), expect: no('bomb') },
    { name: 'bomb.gif', bytes: gifOf(1, 1, [gifFrame(65_535, 65_535)]), expect: no('bomb') },
    {
      name: 'small.mp4',
      bytes: await movieOf(478, 360),
      expect: no('dimensions', /478 × 360.*480 × 360 to 1,920 × 1,080/),
    },
    { name: 'large.mp4', bytes: await movieOf(3840, 2160), expect: no('dimensions', /3,840 × 2,160/) },
    {
      name: 'portrait.mp4',
      bytes: await movieOf(1920, 1080, { rotation: 90 }),
      expect: yes(video(1080, 1920), /1,920 × 1,080, turned upright.*may refuse.*1,080 × 1,920/),
    },
    {
      name: 'heavy.jpg',
      bytes: photo,
      hole: { at: photo.length - 2, size: 20_000_000 },
      expect: { fit: 'fixable', facts: jpeg(), words: /20.* MB; Zoom takes up to 15 MB/ },
    },
    {
      name: 'heavy.png',
      bytes: Buffer.concat([cut(drawing, 12), u32(16_000_000), text('tEXt'), pngEnd]),
      hole: { at: drawing.length - 12 + 8, size: 16_000_004 },
      expect: { fit: 'fixable', facts: png(), words: /MB; Zoom takes/ },
    },
    {
      name: 'near.jpg',
      bytes: photo,
      hole: { at: photo.length - 2, size: 15_100_000 },
      expect: yes(jpeg(), /near the limit/),
    },
    {
      name: 'heavy-moving.png',
      bytes: Buffer.concat([cut(pngOf(40, 30, frameControl(2)), 12), u32(16_000_000), text('tEXt'), pngEnd]),
      hole: { at: pngOf(40, 30, frameControl(2)).length - 12 + 8, size: 16_000_004 },
      expect: no('too-large'),
    },
    {
      name: 'giant.jpg',
      bytes: photo,
      hole: { at: photo.length - 2, size: 200_000_000 },
      expect: no('too-large', /too large for Tally/),
    },
    {
      name: 'heavy.gif',
      bytes: moving,
      hole: { at: moving.length, size: 16_000_000 },
      expect: no('too-large', /GIF/),
    },
    {
      name: 'heavy.mp4',
      bytes: clip,
      hole: { at: clip.length, size: 16_000_000 },
      expect: no('too-large', /video/),
    },
  ];
}
