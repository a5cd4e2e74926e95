import type { Hidden } from '../../electron/core/media/trimmed.ts';
import { chunk, exif, jpegOf, movieOf, pngEnd, pngOf, segment, tiff } from './media-corpus-files.ts';

/** A picture with something in its file that nobody sees. */
export interface PrivateCase {
  readonly name: string;
  readonly bytes: Buffer;
  /** What is to be sent of it. */
  readonly sent: Buffer;
  /** Nothing where it is sent as it is. */
  readonly what: readonly Hidden[];
}

/** Stands in all that is to be left out. */
export const secret = 'SECRET-41.403-N';

const ascii = (text: string) => Buffer.from(text, 'latin1');
const { concat } = Buffer;

/** Exif data as phones write it: maker, orientation, the directories of the shot and of the place. */
function phoneTiff(orientation: number): Buffer {
  const entry = (tag: number, type: number, count: number, value: number) => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16LE(tag, 0);
    bytes.writeUInt16LE(type, 2);
    bytes.writeUInt32LE(count, 4);
    bytes.writeUInt32LE(value, 8);
    return bytes;
  };
  const text = ascii(`${secret}\0`);
  const head = Buffer.from('49492a0008000000', 'hex');
  const after = 8 + 2 + 4 * 12 + 4;
  return concat([
    head,
    Buffer.from([4, 0]),
    entry(0x010f, 2, text.length, after),
    entry(0x0112, 3, 1, orientation),
    entry(0x8769, 4, 1, after),
    entry(0x8825, 4, 1, after),
    Buffer.alloc(4),
    text,
  ]);
}

const phone = (orientation: number) => segment(0xe1, concat([ascii('Exif\0\0'), phoneTiff(orientation)]));
/** The orientation alone, as Tally writes it. */
const bareTiff = (orientation: number) =>
  concat([
    Buffer.from('4d4d002a000000080001011200030000000100', 'hex'),
    Buffer.from([orientation, 0, 0, 0, 0, 0, 0]),
  ]);
const bare = (orientation: number) => segment(0xe1, concat([ascii('Exif\0\0'), bareTiff(orientation)]));
const xmp = segment(0xe1, ascii(`http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude="${secret}"/>`));
const index = segment(0xe2, ascii(`MPF\0${secret}`));
const iptc = segment(0xed, ascii(`Photoshop 3.0\0${secret}`));
const comment = segment(0xfe, ascii(secret));
const profile = segment(0xe2, ascii('ICC_PROFILE\0\x01\x01colours'));
const adobe = segment(0xee, concat([ascii('Adobe'), Buffer.from([0, 100, 0, 0, 0, 0, 1])]));
const jfif = (more: Buffer) =>
  segment(0xe0, concat([ascii('JFIF\0\x01\x01'), Buffer.from([0, 0, 1, 0, 1]), more]));

/** JPEGs and PNGs by what phones, cameras and programs put into them. */
export async function privateFiles(): Promise<readonly PrivateCase[]> {
  const photo = (...segments: Buffer[]) => jpegOf(64, 48, ...segments);
  const clip = concat([await movieOf(640, 480), ascii(secret)]);
  const second = jpegOf(16, 16, comment);
  const text = chunk('tEXt', ascii(`Comment\0${secret}`));
  const world = chunk('iTXt', ascii(`XML:com.adobe.xmp\0\0\0\0\0exif:GPSLatitude ${secret}`));
  const scans = progressive();
  return [
    { name: 'plain.jpg', bytes: photo(), sent: photo(), what: [] },
    { name: 'plain-turned.jpg', bytes: photo(bare(6)), sent: photo(bare(6)), what: [] },
    { name: 'profile.jpg', bytes: photo(profile, adobe), sent: photo(profile, adobe), what: [] },
    { name: 'phone.jpg', bytes: photo(phone(1)), sent: photo(), what: ['place', 'camera'] },
    {
      name: 'turned.jpg',
      bytes: photo(phone(6), xmp, profile, iptc, adobe, comment),
      sent: photo(bare(6), profile, adobe),
      what: ['place', 'camera', 'text'],
    },
    { name: 'maker.jpg', bytes: photo(exif(3)), sent: photo(bare(3)), what: ['camera'] },
    {
      name: 'strays.jpg',
      bytes: photo(comment, ascii(secret), profile),
      sent: photo(profile),
      what: ['text'],
    },
    {
      name: 'motion.jpg',
      bytes: concat([photo(phone(1)), clip]),
      sent: photo(),
      what: ['place', 'camera', 'video'],
    },
    { name: 'two.mpo', bytes: concat([photo(index), second]), sent: photo(), what: ['picture'] },
    { name: 'tail.jpg', bytes: concat([photo(), ascii(secret)]), sent: photo(), what: ['text'] },
    {
      name: 'thumbnail.jpg',
      bytes: photo(jfif(concat([Buffer.from([5, 1]), ascii(secret)]))),
      sent: photo(jfif(Buffer.alloc(2))),
      what: ['picture'],
    },
    { name: 'scans.jpg', bytes: concat([scans, clip]), sent: scans, what: ['video'] },
    // Without an end of its own nobody can say where the picture ends.
    {
      name: 'no-end.jpg',
      bytes: concat([photo(comment).subarray(0, -2), Buffer.alloc(500, 1)]),
      sent: concat([photo().subarray(0, -2), Buffer.alloc(500, 1)]),
      what: ['text'],
    },
    { name: 'plain.png', bytes: pngOf(9, 9), sent: pngOf(9, 9), what: [] },
    {
      name: 'shaped.png',
      bytes: pngOf(9, 9, chunk('gAMA', Buffer.from([0, 0, 177, 143])), chunk('eXIf', bareTiff(6))),
      sent: pngOf(9, 9, chunk('gAMA', Buffer.from([0, 0, 177, 143])), chunk('eXIf', bareTiff(6))),
      what: [],
    },
    {
      name: 'texts.png',
      bytes: pngOf(9, 9, text, chunk('zTXt', ascii(secret)), world),
      sent: pngOf(9, 9),
      what: ['place', 'text'],
    },
    {
      name: 'exif.png',
      bytes: pngOf(
        9,
        9,
        chunk('eXIf', phoneTiff(6)),
        chunk('tIME', Buffer.alloc(7)),
        chunk('prVt', ascii(secret)),
      ),
      sent: pngOf(9, 9, chunk('eXIf', bareTiff(6))),
      what: ['place', 'camera', 'text'],
    },
    { name: 'upright.png', bytes: pngOf(9, 9, chunk('eXIf', tiff(1))), sent: pngOf(9, 9), what: ['camera'] },
    {
      name: 'cropped.png',
      bytes: concat([pngOf(9, 9), chunk('IDAT', ascii(secret)), pngEnd]),
      sent: pngOf(9, 9),
      what: ['text'],
    },
  ];
}

/** A JPEG whose data has a second scan, with tables between the two that hold what looks like the end. */
function progressive(): Buffer {
  const photo = jpegOf(64, 48);
  const scan = photo.subarray(photo.indexOf(Buffer.from([0xff, 0xda])), -2);
  const tables = segment(0xc4, Buffer.from([0x10, ...Array(16).fill(0), 0xff, 0xd9, 0xff, 0xd9]));
  return concat([photo.subarray(0, -2), tables, scan, photo.subarray(-2)]);
}
