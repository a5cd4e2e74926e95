import { box, gifFrame, gifOf, movieOf, u32 } from './media-corpus-files.ts';
import { type PrivateCase, secret } from './media-corpus-private.ts';

const ascii = (text: string) => Buffer.from(text, 'latin1');
const { concat } = Buffer;

/** A block of a GIF of so many bytes at most, in pieces with a length before each. */
function block(label: number, ...parts: readonly Buffer[]): Buffer {
  const pieces = parts.flatMap((part) => [Buffer.from([part.length]), part]);
  return concat([Buffer.from([0x21, label]), ...pieces, Buffer.from([0])]);
}

const full = (...words: readonly number[]) => concat([u32(0), ...words.map(u32)]);
const zeroed = (type: string, content: Buffer) => box(type, Buffer.alloc(content.length));

/** GIFs and videos by what programs, phones and cameras put into them. What is left out of a video is emptied where it stands. */
export async function notedFiles(): Promise<readonly PrivateCase[]> {
  return [...gifs(), ...(await movies())];
}

function gifs(): readonly PrivateCase[] {
  const commented = gifOf(9, 9, [gifFrame(9, 9), gifFrame(9, 9)]);
  const at = commented.indexOf(Buffer.from([0x21, 0xfe]));
  const plain = concat([commented.subarray(0, at), commented.subarray(at + 6)]);
  const withBlock = (...blocks: readonly Buffer[]) =>
    concat([plain.subarray(0, at), ...blocks, plain.subarray(at)]);
  const loop = block(0xff, ascii('NETSCAPE2.0'), Buffer.from([1, 0, 0]));
  const xmp = block(0xff, ascii('XMP DataXMP'), ascii(`<exif:GPSLatitude>${secret}`));
  return [
    { name: 'plain.gif', bytes: withBlock(loop), sent: withBlock(loop), what: [] },
    {
      name: 'texts.gif',
      bytes: withBlock(block(0xfe, ascii(secret)), loop, xmp),
      sent: withBlock(loop),
      what: ['place', 'text'],
    },
    { name: 'tail.gif', bytes: concat([plain, ascii(secret)]), sent: plain, what: ['text'] },
    {
      name: 'no-end.gif',
      bytes: withBlock(block(0xfe, ascii(secret))).subarray(0, -1),
      sent: plain.subarray(0, -1),
      what: ['text'],
    },
  ];
}

async function movies(): Promise<readonly PrivateCase[]> {
  const mp4 = await movieOf(640, 480, { fastStart: false });
  const mov = await movieOf(640, 480, { format: 'mov', fastStart: false });
  const place = ascii(`\x00\x20\x15\xc7+41.403${secret}/`);
  const udta = concat([box('\xa9xyz', place), box('\xa9mod', ascii(secret))]);
  const keys = concat([
    full(),
    box('keys', ascii(`mdtacom.apple.quicktime.make mdtacom.apple.quicktime.location.ISO6709 ${secret}`)),
  ]);
  const serial = concat([Buffer.alloc(16, 7), ascii(`<aux:SerialNumber>${secret}`)]);
  const encoder = box('udta', concat([box('\xa9too', ascii('Lavf'))]));
  const both = ['place', 'camera'] as const;
  const edited = (
    movie: Buffer,
    name: string,
    [before, after]: readonly [Buffer, Buffer],
    what: PrivateCase['what'],
  ) => ({
    name,
    bytes: withIndex(movie, before),
    sent: withIndex(movie, after),
    what,
  });
  return [
    { name: 'plain.mp4', bytes: mp4, sent: mp4, what: [] },
    edited(mp4, 'encoder.mp4', [encoder, encoder], []),
    edited(mp4, 'phone.mp4', [box('udta', udta), zeroed('free', udta)], both),
    edited(mov, 'phone.mov', [box('meta', keys), zeroed('free', keys)], both),
    {
      name: 'serial.mov',
      bytes: concat([mov, box('uuid', serial)]),
      sent: concat([mov, zeroed('free', serial)]),
      what: ['camera'],
    },
    ...(await Promise.all(['stco', 'co64'].map((table) => positions(mp4, table)))),
  ];
}

/** The movie with a box at the end of its index, which is behind its pictures: these stay where the index says they are. */
function withIndex(movie: Buffer, ...boxes: readonly Buffer[]): Buffer {
  const at = movie.indexOf('moov', 0, 'latin1') - 4;
  const length = movie.readUInt32BE(at);
  const content = concat([movie.subarray(at + 8, at + length), ...boxes]);
  return concat([movie.subarray(0, at), box('moov', content), movie.subarray(at + length)]);
}

/** A video with a track of positions, as action cameras write it: three samples in two chunks. */
async function positions(movie: Buffer, table: string): Promise<PrivateCase> {
  const samples = [secret, `${secret}1`, `${secret}22`].map(ascii);
  const offset = (at: number) => (table === 'co64' ? concat([u32(0), u32(at)]) : u32(at));
  const trackAt = (first: number, second: number) => {
    const stbl = concat([
      box('stsd', concat([full(1), box('gpmd', Buffer.alloc(8))])),
      box('stsc', full(2, 1, 2, 1, 2, 1, 1)),
      box('stsz', full(0, 3, ...samples.map(({ length }) => length))),
      box(table, concat([full(2), offset(first), offset(second)])),
    ]);
    const hdlr = box('hdlr', concat([full(0), ascii('meta'), Buffer.alloc(13)]));
    return box('mdia', concat([hdlr, box('minf', box('stbl', stbl))]));
  };
  const start = withIndex(movie, box('trak', trackAt(0, 0))).length + 8;
  const second = start + (samples[0]?.length ?? 0) + (samples[1]?.length ?? 0) + 3;
  const content = trackAt(start, second);
  const data = (...parts: readonly Buffer[]) =>
    box('mdat', concat([...parts.slice(0, 2), ascii('gap'), ...parts.slice(2)]));
  return {
    name: `positions-${table}.mp4`,
    bytes: concat([withIndex(movie, box('trak', content)), data(...samples)]),
    sent: concat([
      withIndex(movie, zeroed('free', content)),
      data(...samples.map(({ length }) => Buffer.alloc(length))),
    ]),
    what: ['place'],
  };
}
