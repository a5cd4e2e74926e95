import { type Case, cut, hex, no, pad, text } from './media-corpus.ts';
import { box } from './media-corpus-files.ts';
import { patchTiff, tiffOf } from './tiff-files.ts';

/** Pictures of kinds that Zoom does not take: 96 by 48, the patches of colour-files.ts side by side where nothing else is said. */

const base64 = (content: string) => Buffer.from(content, 'base64');

/** Made by ImageMagick. */
export const otherPictures = {
  'stripes.webp': base64(
    'UklGRloAAABXRUJQVlA4TE4AAAAvX8ALAC+gmI0EyN9pQfa5ACcOkQDJN1Ywz+g8k1lR20ZMwY2bII7/6yDMf3yfXwQkock5MAhJyiukkEIKKeRPswpNRP8n4NhcFofhPwM=',
  ),
  'photo.webp': base64(
    'UklGRpYAAABXRUJQVlA4IIoAAACQBgCdASpgADAAPhUGgkEhB49eBABRLIDFABOy/on4Afrd/AORx7AfrX/AM/7CSVbUil3rkKEv3S7ZZWMAAP76rg///b1J9kk2///nTNFCIsSsz6SitKDZ51YUpvrtlkY5Syt7wafd9fwXhDQKyvpPVrCsvHDu25LhrK/7CWCsayzI6deTAEQBAAA=',
  ),
  'stripes.avif': base64(
    'AAAAHGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZgAAAOptZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAABAAAAImlsb2MAAAAAREAAAQABAAAAAAEOAAEAAAAAAAAAUgAAACNpaW5mAAAAAAABAAAAFWluZmUCAAAAAAEAAGF2MDEAAAAAamlwcnAAAABLaXBjbwAAABNjb2xybmNseAACAAIABoAAAAAMYXYxQ4EADAAAAAAUaXNwZQAAAAAAAABgAAAAMAAAABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgYIDhAAAAFptZGF0EgAKBhgZb97AhDJGEMAAACDYAAqiqfpNSCPQvHWpetLAzXNSXTuuBC+ihCV/uiAuoybh7JbJhWoCNkg0Lr+VOsZYMHRWa+Oo6HeS4XmzwNe5wA==',
  ),
  'stripes.bmp': bmpOf(96, 48),
} as const;

/** What a phone says of its picture, without one: of the small one that comes first, of itself, and that it is to be turned. */
export const phoneHeic = pad(
  Buffer.concat([
    box('ftyp', text('heic\0\0\0\0mif1heic')),
    box('ispe', hex('00000000 00000140 000000f0')),
    box('ispe', hex('00000000 00000fc0 00000bd0')),
    box('irot', hex('03')),
  ]),
);

/** Its left half is red, its right half see-through: 32 by 48. */
const glassWebp = base64('UklGRigAAABXRUJQVlA4TBsAAAAvH8ALEA8wKIM8KPMf8BALJvOXzqA7ov9RvAMA');

/** 24 bits a pixel, rows from the bottom up, all grey. */
function bmpOf(width: number, height: number, stated = height): Buffer {
  const head = Buffer.alloc(54);
  const pixels = Buffer.alloc(width * 3 * height, 128);
  head.write('BM', 'latin1');
  head.writeUInt32LE(54 + pixels.length, 2);
  head.writeUInt32LE(54, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(stated, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  return Buffer.concat([head, pixels]);
}

/** A WebP header for all that is more than a plain picture. */
function extendedWebp(width: number, height: number, flags = 0): Buffer {
  const sides = Buffer.alloc(6);
  sides.writeUIntLE(width - 1, 0, 3);
  sides.writeUIntLE(height - 1, 3, 3);
  return pad(
    Buffer.concat([text('RIFF\x80\0\0\0WEBPVP8X'), Buffer.from([10, 0, 0, 0, flags, 0, 0, 0]), sides]),
  );
}

/** Its directory is whole, and comes before a strip that is not. */
function cutTiff(): Buffer {
  const bytes = tiffOf(square);
  const at = bytes.readUInt32LE(4);
  const entry = bytes.indexOf(Buffer.from([0x11, 0x01, 4, 0, 1, 0, 0, 0]), at);
  bytes.writeUInt32LE(bytes.length - 9, entry + 8);
  return bytes;
}

const square = { width: 5, height: 4, pixel: () => [9, 99, 199] };

/** Kinds that Tally makes a JPG or PNG of. */
export function otherFiles(): Case[] {
  const made = (kind: string, width = 96, height = 48) =>
    ({
      fit: 'fixable',
      plan: 'convert',
      facts: { kind, type: 'image', width, height },
      words: /which Zoom doesn’t take\.$/,
    }) as const;
  const old = Buffer.concat([text('BM'), Buffer.alloc(12), hex('0c000000 0a00 0500 0100 1800')]);
  return [
    { name: 'stripes.webp', bytes: otherPictures['stripes.webp'], expect: made('webp') },
    { name: 'photo.webp', bytes: otherPictures['photo.webp'], expect: made('webp') },
    { name: 'glass.webp', bytes: glassWebp, expect: made('webp', 32, 48) },
    { name: 'extended.webp', bytes: extendedWebp(3_000, 2_000), expect: made('webp', 3_000, 2_000) },
    { name: 'moving.webp', bytes: extendedWebp(30, 20, 2), expect: made('webp', 30, 20) },
    { name: 'stripes.avif', bytes: otherPictures['stripes.avif'], expect: made('avif') },
    { name: 'named.jpg', bytes: otherPictures['stripes.avif'], expect: made('avif') },
    { name: 'stripes.bmp', bytes: otherPictures['stripes.bmp'], expect: made('bmp') },
    { name: 'downward.bmp', bytes: bmpOf(8, 4, -4), expect: made('bmp', 8, 4) },
    { name: 'old.bmp', bytes: pad(old), expect: made('bmp', 10, 5) },
    { name: 'phone.heic', bytes: phoneHeic, expect: no('type', /HEIC.*JPG or PNG/) },
    { name: 'stripes.tif', bytes: patchTiff({ compression: 'lzw' }), expect: made('tiff') },
    { name: 'turned.tif', bytes: patchTiff({ orientation: 6, bits: 16 }), expect: made('tiff') },
    { name: 'pages.tif', bytes: tiffOf(square, square), expect: made('tiff', 5, 4) },
    {
      name: 'small-first.tif',
      bytes: tiffOf({ ...square, width: 2, subfile: 1 }, { ...square, littleEndian: false }),
      expect: made('tiff', 5, 4),
    },
    { name: 'fax.tif', bytes: tiffOf({ ...square, more: { 259: 4 } }), expect: no('type', /TIFF.*JPG/) },
    { name: 'lab.tif', bytes: tiffOf({ ...square, photometric: 8 }), expect: no('type', /TIFF.*JPG/) },
    { name: 'large.tif', bytes: pad(hex('49492b00 08000000 10000000')), expect: no('type', /TIFF.*JPG/) },
    { name: 'few.tif', bytes: tiffOf({ ...square, more: { 277: 2 } }), expect: no('damaged') },
    { name: 'cut.tif', bytes: cutTiff(), expect: no('damaged', /too early/) },
    { name: 'bomb.tif', bytes: tiffOf({ ...square, more: { 256: 60_000 } }), expect: no('bomb') },
    { name: 'bomb.webp', bytes: extendedWebp(16_000, 16_000), expect: no('bomb', /16,000 × 16,000/) },
    { name: 'bomb.bmp', bytes: bmpOf(2, 2, 2_000_000_000), expect: no('bomb') },
    { name: 'empty.webp', bytes: pad(text('RIFF\x24\0\0\0WEBPVP8 ')), expect: no('damaged') },
    { name: 'empty.bmp', bytes: pad(text('BM\x46\0\0\0\0\0\0\0\x36\0\0\0')), expect: no('damaged') },
    { name: 'cut.webp', bytes: cut(otherPictures['stripes.webp'], 80), expect: no('damaged') },
    {
      name: 'empty.avif',
      bytes: pad(box('ftyp', text('avif\0\0\0\0avifmif1'))),
      expect: no('damaged', /no picture/),
    },
  ];
}
