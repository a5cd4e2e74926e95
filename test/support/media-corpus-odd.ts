import { type Case, cut, hex, no, pad, plainFiles, text, yes } from './media-corpus.ts';
import {
  box,
  chunk,
  exif,
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
  u32,
} from './media-corpus-files.ts';
import { otherFiles } from './media-corpus-other.ts';

/** All files of the corpus, made anew. */
export async function corpus(): Promise<readonly Case[]> {
  return [
    ...(await plainFiles()),
    ...oddJpegs(),
    ...oddGifs(),
    ...(await oddMovies()),
    ...(await richMovies()),
    ...hugePictures(),
    ...standIns(),
    ...otherFiles(),
  ];
}

const join = (...parts: Buffer[]) => Buffer.concat(parts);

/** As trail cameras, Photoshop and phones leave them. */
function oddJpegs(): Case[] {
  const facts = { kind: 'jpeg', type: 'image', width: 64, height: 48 };
  const photo = jpegOf(64, 48);
  const comment = segment(0xfe, text('made by hand'));
  const strayed = (...stray: Buffer[]) => jpegOf(64, 48, comment, ...stray);
  const turned = /turned/;
  return [
    { name: 'stray.jpg', bytes: strayed(hex('0a00 4142')), alone: true, expect: yes(facts) },
    { name: 'stray-zeros.jpg', bytes: strayed(Buffer.alloc(70_000)), alone: true, expect: yes(facts) },
    { name: 'stuffed.jpg', bytes: strayed(hex('ff00 ff00 12')), alone: true, expect: yes(facts) },
    {
      name: 'stray-exif.jpg',
      bytes: strayed(hex('00'), exif(6)),
      alone: true,
      expect: yes({ ...facts, orientation: 6 }, turned),
    },
    { name: 'short-segment.jpg', bytes: strayed(hex('ffee0000')), alone: true, expect: yes(facts) },
    {
      name: 'long-motion.jpg',
      bytes: join(photo, Buffer.alloc(200_000, 1)),
      expect: yes(facts),
    },
    {
      name: 'no-end-long.jpg',
      bytes: join(cut(photo, 2), Buffer.alloc(200_000, 1)),
      expect: no('damaged', /ends too early/),
    },
    { name: 'only-strays.jpg', bytes: join(hex('ffd8ffe00002'), Buffer.alloc(500)), expect: no('damaged') },
  ];
}

function oddGifs(): Case[] {
  const facts = { kind: 'gif', type: 'image', width: 20, height: 10 };
  const frame = gifFrame(20, 10);
  const zeros = Buffer.alloc(3);
  return [
    { name: 'no-trailer.gif', bytes: gifOf(20, 10, [frame], ''), expect: yes({ ...facts, frames: 1 }) },
    { name: 'nul.gif', bytes: gifOf(20, 10, [frame], '\0;'), expect: yes({ ...facts, frames: 1 }) },
    // Chromium shows the first frame alone, and nothing where the zeros stand before it.
    {
      name: 'nul-between.gif',
      bytes: gifOf(20, 10, [frame, zeros, frame]),
      expect: yes({ ...facts, frames: 1 }),
    },
    { name: 'nul-first.gif', bytes: gifOf(20, 10, [zeros, frame]), expect: no('damaged') },
    { name: 'nul-tail.gif', bytes: gifOf(20, 10, [frame], '\0'.repeat(70_000)), expect: yes(facts) },
    { name: 'odd-block.gif', bytes: gifOf(20, 10, [frame], 'ID3'), expect: yes({ ...facts, frames: 1 }) },
    { name: 'odd-start.gif', bytes: gifOf(20, 10, [text('ID3'), frame]), expect: no('damaged') },
    { name: 'nothing.gif', bytes: gifOf(20, 10, [], ''), expect: no('damaged', /ends too early/) },
  ];
}

/** Structure that players do not mind. */
async function oddMovies(): Promise<Case[]> {
  const clip = await movieOf(640, 480);
  const quick = await movieOf(640, 480, { format: 'mov' });
  const bare = quick.subarray(quick.readUInt32BE(0));
  const media = clip.indexOf('mdat') - 4;
  const facts = (kind = 'mp4') => ({ kind, type: 'video', width: 640, height: 480, codec: 'avc' });
  const first = (type: string): Case => ({
    name: `first-${type}.mov`,
    bytes: join(box(type, Buffer.alloc(24)), bare),
    alone: true,
    expect: yes(facts('mov')),
  });
  return [
    { name: 'id3.mp4', bytes: join(clip, pad(text('TAGholiday'), 118)), expect: yes(facts()) },
    {
      name: 'web-form.mp4',
      bytes: join(clip, text('\r\n------WebKitFormBoundary--\r\n')),
      expect: yes(facts()),
    },
    { name: 'cut-tail.mp4', bytes: join(clip, u32(90), text('free')), expect: yes(facts()) },
    { name: 'cut-long-tail.mp4', bytes: join(clip, u32(1), text('free')), expect: yes(facts()) },
    {
      name: 'cut-fragment.mp4',
      bytes: join(clip, u32(90), text('moof')),
      expect: no('damaged', /ends too early/),
    },
    ...['skip', 'pnot', 'udta', 'uuid', 'wide', 'free'].map(first),
    { name: 'no-label.mov', bytes: bare, alone: true, expect: yes(facts('mov')) },
    { name: 'skip.txt', bytes: pad(text('one skip and another')), expect: no('type', /neither/) },
    { name: 'phone.mp4', bytes: relabel(clip, 'isom', '3gp5'), expect: yes(facts(), /3GP.*may refuse/) },
    { name: 'phone.3g2', bytes: relabel(clip, 'isom', '3g2a'), expect: yes(facts(), /“phone\.mp4”/, /3GP/) },
    {
      name: 'nine.3gp',
      bytes: relabel(await movieOf(640, 480, { codec: 'vp9' }), 'isom', '3gp5'),
      expect: no('type', /3GP video.*MP4/),
    },
    {
      name: 'sound.3gp',
      bytes: relabel(relabel(clip, 'isom', '3gp5'), 'vide', 'soun'),
      expect: no('no-video'),
    },
    {
      name: 'empty-media.mp4',
      bytes: join(clip.subarray(0, media), box('mdat', Buffer.alloc(0))),
      expect: no('damaged', /no recording/),
    },
    {
      name: 'spare-media.mp4',
      bytes: join(clip.subarray(0, media), box('mdat', Buffer.alloc(0)), clip.subarray(media)),
      expect: yes(facts()),
    },
  ];
}

/** What plays in some programs only, or is seen in another size than it is stored in. */
async function richMovies(): Promise<Case[]> {
  const clip = await movieOf(640, 480);
  const coded = (name: string, type: string, codec: string, words: RegExp): Case => ({
    name,
    bytes: relabel(clip, 'avc1\0\0', `${type}\0\0`),
    alone: true,
    expect: yes({ kind: 'mp4', codec }, words),
  });
  const profiled = async (profile: number, words: RegExp): Promise<Case> => ({
    name: `profile-${profile}.mp4`,
    bytes: await movieOf(640, 480, { profile }),
    expect: yes({ codec: 'avc' }, words),
  });
  const shaped = async (stored: readonly [number, number], seen: readonly [number, number]) =>
    movieOf(...stored, { seen });
  return [
    coded('hevc.mp4', 'hvc1', 'hevc', /may not play this.*HEVC.*H\.264/),
    coded('prores.mp4', 'apch', 'prores', /may not play this.*ProRes/),
    coded('dv.mp4', 'dvc ', 'dv', /may not play this.*DV/),
    coded('mjpeg.mp4', 'jpeg', 'mjpeg', /may not play this.*Motion JPEG/),
    coded('odd.mp4', 'zzzz', 'zzzz', /may not play this.*zzzz/),
    await profiled(110, /may not play this.*10-bit H\.264/),
    await profiled(244, /may not play this.*4:4:4 H\.264/),
    {
      name: 'anamorphic.mp4',
      bytes: await shaped([720, 576], [1024, 576]),
      expect: yes(
        { width: 1024, height: 576 },
        /aren’t square: 720 × 576 are stored, 1,024 × 576 are seen\.$/,
      ),
    },
    {
      name: 'narrow.mp4',
      bytes: await shaped([320, 1080], [1920, 1080]),
      expect: yes({ width: 1920, height: 1080 }, /320 × 1,080 are stored/, /Zoom may refuse this/),
    },
    {
      name: 'broad.mp4',
      bytes: await shaped([1920, 1080], [3840, 1080]),
      expect: yes({ width: 3840, height: 1080 }, /3,840 × 1,080 are seen\.$/, /Zoom may refuse this/),
    },
    {
      name: 'too-broad.mp4',
      bytes: await shaped([2400, 1080], [4800, 1080]),
      expect: no('dimensions', /4,800 × 1,080.*4,800 wide, 1,920 at most/),
    },
    {
      name: 'upright.mp4',
      bytes: await movieOf(720, 1280),
      expect: no('dimensions', /1,280 high, 1,080 at most are taken\. Turn or crop it\.$/),
    },
    { name: 'low.mp4', bytes: await movieOf(640, 352), expect: no('dimensions', /352 high, at least 360/) },
    { name: 'cinema.mp4', bytes: await movieOf(2560, 1080), expect: no('dimensions', /2,560 wide/) },
    { name: 'four-k.mp4', bytes: await movieOf(3840, 2160), expect: no('dimensions', /as 1080p\.$/) },
    {
      name: 'film.mp4',
      bytes: clip,
      hole: { at: clip.length, size: 2_147_483_648 },
      expect: no('too-large', /2\.2 GB; Zoom takes up to 15 MB/),
    },
  ];
}

/** What phones and scanners make: too many pixels to open, few enough bytes to send. */
function hugePictures(): Case[] {
  const unsure = /so many pixels Zoom may refuse/;
  const unopened = [/has no preview here/, unsure] as const;
  const phone = jpegClaiming(12_000, 9_000);
  return [
    { name: 'phone-108.jpg', bytes: phone, expect: yes({ width: 12_000, height: 9_000 }, unsure) },
    {
      name: 'phone-200.jpg',
      bytes: jpegClaiming(16_320, 12_240),
      expect: yes({ width: 16_320 }, unsure),
    },
    { name: 'roll.png', bytes: pngOf(30_001, 10), expect: yes({ width: 30_001 }, ...unopened) },
    {
      name: 'heavy-108.jpg',
      bytes: phone,
      hole: { at: phone.length - 2, size: 20_000_000 },
      expect: no('bomb', /12,000 × 9,000 pixels, too many/),
    },
  ];
}

/** What takes a picture's place, or hides what it is. */
function standIns(): Case[] {
  const page = '\r\n<!-- made by a server -->\n<!DOCTYPE html>\n<title>404 Not Found</title>';
  const strict = '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"><html/>';
  return [
    {
      name: '._holiday.jpg',
      bytes: pad(hex('00051607 00020000')),
      expect: no('type', /macOS keeps beside a file: choose “holiday\.jpg” itself/),
    },
    {
      name: '.holiday.jpg.icloud',
      bytes: pad(text('bplist00')),
      expect: no('type', /isn’t downloaded from iCloud yet\. Open “holiday\.jpg” once/),
    },
    { name: '404.jpg', bytes: text(page), expect: no('type', /a web page.*Download the picture again/) },
    { name: 'strict.png', bytes: text(strict), expect: no('type', /a web page/) },
    {
      name: 'app-icon.png',
      bytes: join(pngStart, chunk('CgBI', u32(0x50002002)), header(4, 4), pngEnd),
      expect: no('type', /only iPhone apps read/),
    },
    { name: 'setup.exe', bytes: pad(text('MZ')), expect: no('type', /^This is an EXE file\./) },
    { name: 'photo\u202egpj.exe', bytes: pad(text('MZ')), expect: no('type', /^This is an EXE file\./) },
    { name: 'a.rar', bytes: pad(hex('526172211a0700')), expect: no('type', /^This is a RAR file\./) },
    { name: 'Thumbs.db', bytes: pad(hex('d0cf11e0a1b11ae1')), expect: no('type', /^This is a CFB file\./) },
    { name: 'a.f4v', bytes: pad(box('ftyp', text('F4V \0\0\0\0'))), expect: no('type', /a Flash video/) },
    {
      name: 'photo\u202egnp.png',
      bytes: pngOf(40, 30),
      expect: yes({ kind: 'png' }, /hidden characters.*“photognp\.png”/),
    },
    {
      name: 'soft\u00ad hyphen\u200b.png',
      bytes: pngOf(40, 30),
      expect: yes({ kind: 'png' }, /“soft hyphen\.png”/),
    },
  ];
}
