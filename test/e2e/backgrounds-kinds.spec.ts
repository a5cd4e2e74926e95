import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Colour, cmykJpeg, patches, patchesIn, patchJpeg, profile } from '../support/colour-files.ts';
import { expectAccessible } from '../support/desktop/accessible.ts';
import { copyElsewhere } from '../support/desktop/clipboard.ts';
import { dropFiles } from '../support/desktop/drop.ts';
import { openBackgrounds } from '../support/desktop/open.ts';
import { decode } from '../support/desktop/profile-picture.ts';
import { type Dropped, sendDropped } from '../support/desktop/send-dropped.ts';
import { expect, test } from '../support/desktop/tally.ts';
import { withBallast } from '../support/large-files.ts';
import { exif } from '../support/media-corpus-files.ts';
import { corpus } from '../support/media-corpus-odd.ts';
import { otherPictures } from '../support/media-corpus-other.ts';
import { sentSha256 } from '../support/sent-file.ts';
import { patchTiff } from '../support/tiff-files.ts';

/** Sent as they are but for what nobody sees in them. The account has three, and fits seven more. */
const taken = [
  ...['first-skip.mov', 'phone.mp4', 'id3.mp4', 'narrow.mp4', 'no-trailer.gif', 'phone-108.jpg'],
  'photo\u202egnp.png',
];
const alsoTaken = [
  ...['one-pixel.jpg', 'motion.jpg', 'progressive.jpg', 'moving.png', 'moving.gif', 'nul.gif'],
  ...['first-pnot.mov', 'apple.m4v', 'anamorphic.mp4', 'portrait.mp4'],
];
/** Names in the queue that are others. */
const renamed: Readonly<Record<string, string>> = {
  'photo\u202egnp.png': 'photognp.png',
  'apple.m4v': 'apple.mp4',
};
const refused = {
  'upright.mp4': 'upright.mp4',
  'empty-media.mp4': 'empty-media.mp4',
  '._holiday.jpg': '._holiday.jpg',
  '.holiday.jpg.icloud': '.holiday.jpg.icloud',
  '404.jpg': '404.jpg',
  'app-icon.png': 'app-icon.png',
  'setup.exe': 'setup.exe',
  'photo\u202egpj.exe': 'photogpj.exe',
  'a.heic': 'a.heic',
  'a.svg': 'a.svg',
  'a.pdf': 'a.pdf',
  'cut.jpg': 'cut.jpg',
  'bomb.png': 'bomb.png',
} as const;

type Sides = Readonly<Record<'width' | 'height', number>>;

/** Within 6 of each part. */
const like = (colour: Colour) => colour.map((part) => expect.closeTo(part, -1.08));

const stripes = { width: 96, height: 48 };

/** Of which another picture is made; the patches of colour-files.ts stand across it, or down it where it was turned. */
const made: readonly (Dropped & { readonly becomes: Sides; readonly grey?: true })[] = [
  {
    name: 'prophoto.jpg',
    bytes: patchJpeg(960, 480, 'prophoto', exif(6)),
    answers: ['Send it upright'],
    becomes: { width: 480, height: 960 },
  },
  {
    name: 'adobe.jpg',
    bytes: withBallast(patchJpeg(960, 480, 'adobe')),
    answers: ['Resize and upload'],
    becomes: { width: 960, height: 480 },
  },
  {
    name: 'inks.jpg',
    bytes: withBallast(cmykJpeg(960, 480)),
    answers: ['Resize and upload'],
    becomes: { width: 960, height: 480 },
  },
  {
    name: 'lossless.webp',
    bytes: otherPictures['stripes.webp'],
    answers: ['Send it as JPG'],
    sentAs: 'lossless.jpg',
    becomes: stripes,
  },
  {
    name: 'next.avif',
    bytes: otherPictures['stripes.avif'],
    answers: ['As PNG instead', 'Send it as PNG'],
    sentAs: 'next.png',
    becomes: stripes,
  },
  {
    name: 'old.bmp',
    bytes: otherPictures['stripes.bmp'],
    answers: ['Send it as JPG'],
    sentAs: 'old.jpg',
    becomes: stripes,
    grey: true,
  },
  {
    name: 'studio.tif',
    bytes: patchTiff({
      ...{ width: 960, height: 480, bits: 16, compression: 'lzw', predictor: true, orientation: 6 },
      ...{ own: patchesIn('prophoto'), profile: profile('prophoto') },
    }),
    answers: ['As PNG instead', 'Send it as PNG'],
    sentAs: 'studio.png',
    becomes: { width: 480, height: 960 },
  },
];

test('thirty kinds of files are sent as they are or refused in plain words', async ({
  launch,
  zoom,
  files,
  expectConsole,
}) => {
  // Chromium's decoder, of phone-108.jpg: it is as large as it says, and has pixels for a part of that.
  expectConsole(/^Corrupt JPEG data/);
  const all = await corpus();
  const kindOf = (name: string) => {
    const found = all.find((one) => one.name === name);
    if (!found) throw new Error(`The corpus has no ${name}.`);
    return found;
  };
  const tally = await launch();
  const window = await openBackgrounds(tally);
  const { backgrounds, page } = window;
  const write = (name: string) => files.file(name, kindOf(name).bytes);
  const requireSent = async (names: readonly string[], paths: readonly string[]) => {
    for (const name of names) {
      const shown = renamed[name] ?? name;
      await expect(backgrounds.upload(shown)).toContainText('Uploaded');
      const wanted = kindOf(name).expect;
      if (wanted.fit !== 'yes') throw new Error(`${name} is not good.`);
      for (const note of wanted.notes ?? []) {
        // Once Zoom took it, there is no doubt any more whether it does.
        if (/refuse/.test(note.source))
          await expect(backgrounds.upload(shown)).not.toContainText('may refuse');
        else await expect(backgrounds.upload(shown).getByText(note)).toBeVisible();
      }
    }
    const stored = (await zoom.backgrounds()).slice(-paths.length);
    expect(stored.map((one) => one.sha256).sort()).toEqual((await Promise.all(paths.map(sentSha256))).sort());
  };
  const good = taken.map(write);
  await dropFiles(page, [...good, ...Object.keys(refused).map(write)]);
  await requireSent(taken, good);
  for (const [name, shown] of Object.entries(refused)) {
    await expect(backgrounds.upload(shown)).toContainText('Unsupported file');
    const wanted = kindOf(name).expect;
    if (wanted.fit !== 'no' || !wanted.words) throw new Error(`${name} is refused without words.`);
    await expect(backgrounds.upload(shown).getByText(wanted.words)).toBeVisible();
  }
  await expectAccessible(window);
  await backgrounds.empty({ anyway: true });
  const more = alsoTaken.map(write);
  await dropFiles(page, more);
  await requireSent(alsoTaken, more);
});

test('of seven kinds of files another picture is made, with the right colors and of the size that was told', async ({
  launch,
  zoom,
  files,
}) => {
  const tally = await launch();
  const window = await openBackgrounds(tally);
  // The account has three, and room for seven.
  const sent = await sendDropped({ tally, window, zoom, files }, made);
  for (const [at, { name, becomes, grey }] of made.entries()) {
    const { width, height, at: colourAt } = decode(sent[at] ?? Buffer.alloc(0));
    expect({ width, height }, name).toEqual(becomes);
    const middles = patches.map((_, index) => (index + 0.5) / patches.length);
    const found = middles.map((middle) => (height > width ? colourAt(0.5, middle) : colourAt(middle, 0.5)));
    expect(found, name).toEqual(grey ? patches.map(() => like([128, 128, 128])) : patches.map(like));
  }
});

test('a file whose name is not UTF-8 is refused by what is wrong with it', async ({ launch, files }) => {
  const { backgrounds, page } = await openBackgrounds(await launch());
  const good = files.picture('good.png', 9);
  writeFileSync(Buffer.from(join(files.path, 'caf\xe9.png'), 'latin1'), Buffer.from('never read'));
  const addresses = [`${pathToFileURL(files.path).href}/caf%E9.png`, pathToFileURL(good).href];
  // Pasted as files are that were copied in the desktop's file manager: a path in CDP could not hold such a name.
  await copyElsewhere(addresses.join('\r\n'), 'text/uri-list');
  await page.keyboard.press('Control+V');
  await expect(backgrounds.problem()).toContainText('isn’t written in UTF-8');
  await expect(backgrounds.upload('good.png')).toContainText('Uploaded');
});
