import {
  type Colour,
  cmykJpeg,
  patches,
  patchesIn,
  patchJpeg,
  patchPng,
  profile,
  spaceNames,
} from '../support/colour-files.ts';
import { dropFiles } from '../support/desktop/drop.ts';
import { keptCopy } from '../support/desktop/kept-copy.ts';
import { openAt, openBackgrounds } from '../support/desktop/open.ts';
import { pictureAtZoom } from '../support/desktop/profile-picture.ts';
import { type Dropped, sendDropped } from '../support/desktop/send-dropped.ts';
import { test as base, expect } from '../support/desktop/tally.ts';
import { photoPng, withBallast } from '../support/large-files.ts';
import { exif, movieOf } from '../support/media-corpus-files.ts';
import { otherPictures } from '../support/media-corpus-other.ts';
import { patchTiff } from '../support/tiff-files.ts';
import { type Judge, type Judged, judgeIn } from '../support/trust/judge.ts';

/** ImageMagick and exiftool judge every kind of copy that Tally makes of a picture, as Zoom got it. */

const test = base.extend<{ readonly judge: Judge }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern.
  judge: async ({}, use) => {
    const judge = judgeIn();
    await use(judge);
    judge.remove();
  },
});

const most = { background: 15_000_000, picture: 2_000_000 } as const;

/** Within 6 of each part. */
const like = (colour: Colour) => colour.map((part) => expect.closeTo(part, -1.08));
const seenPatches = patches.map(like);

/** The patches as they stand across a picture, or down it. */
function patchesOf({ width, height, at }: Judged): readonly Colour[] {
  return patches.map((_, index) => {
    const middle = (index + 0.5) / patches.length;
    return height > width ? at(0.5, middle) : at(middle, 0.5);
  });
}

type Sides = Readonly<Record<'width' | 'height', number>>;

interface Made extends Dropped, Sides {
  readonly format: 'JPEG' | 'PNG';
}

/** Each of another size: of two that are the same, Tally asks whether to send the second. */
const sides = (at: number) => ({ width: 960, height: 480 + at * 8 });

/** Files of kinds that Zoom does not take, most of them by another program, and each by a way of its own. */
function otherKinds(judge: Judge): readonly Made[] {
  const asJpg = { answers: ['Send it as JPG'], format: 'JPEG' } as const;
  const asPng = { answers: ['As PNG instead', 'Send it as PNG'], format: 'PNG' } as const;
  const stripes = { bytes: otherPictures['stripes.avif'], width: 96, height: 48 };
  const sources = {
    srgb: ({ width, height }: Sides) => ({ from: 'jpg', bytes: patchJpeg(width, height) }),
    p3: ({ width, height }: Sides) => ({ from: 'png', bytes: patchPng(width, height, 'p3') }),
    prophoto: (sides: Sides) => ({
      from: 'tif',
      bytes: patchTiff({ ...sides, own: patchesIn('prophoto'), profile: profile('prophoto') }),
    }),
  };
  const kinds: readonly (readonly [keyof typeof sources, string, ...how: string[]])[] = [
    ['p3', 'webp', '-quality', '95'],
    ['p3', 'webp', '-define', 'webp:lossless=true'],
    ['srgb', 'bmp'],
    ['srgb', 'bmp', '-type', 'palette', '+dither'],
    ['prophoto', 'tiff', '-compress', 'lzw', '-depth', '16'],
    ['prophoto', 'tiff', '-compress', 'zip', '-define', 'tiff:endian=msb'],
    ['srgb', 'tiff', '-colorspace', 'CMYK', '-compress', 'lzw'],
    ['srgb', 'tiff', '-compress', 'rle'],
    ['srgb', 'tiff', '-define', 'tiff:tile-geometry=128x128', '-compress', 'none'],
    ['srgb', 'tiff', '-interlace', 'plane', '-compress', 'lzw', '-orient', 'RightTop'],
    ['srgb', 'tiff', '-type', 'palette', '+dither', '-compress', 'zip'],
  ];
  const made = kinds.map(([source, to, ...how], at) => {
    const own = sides(at);
    const { bytes, from } = sources[source](own);
    const seen = how.includes('RightTop') ? { width: own.height, height: own.width } : own;
    const file = { name: `${at}-${to}.${to}`, bytes: judge.made(bytes, { from, to }, ...how) };
    return { ...file, ...(at % 2 === 0 ? asJpg : asPng), ...seen };
  });
  return [...made, { name: 'a.avif', ...stripes, ...asJpg }, { name: 'b.avif', ...stripes, ...asPng }];
}

/** JPEGs that are too large, in each color space and in four inks. */
function large(): readonly Made[] {
  const made = { answers: ['Resize and upload'], format: 'JPEG' } as const;
  const photos = spaceNames.map((space, at) => {
    const { width, height } = sides(20 + at);
    return {
      name: `${space}.jpg`,
      bytes: withBallast(patchJpeg(width, height, space)),
      ...made,
      width,
      height,
    };
  });
  const { width, height } = sides(30);
  return [
    ...photos,
    { name: 'inks.jpg', bytes: withBallast(cmykJpeg(width, height)), ...made, width, height },
  ];
}

/** On their side, in every way that a camera can be held. */
function turned(): readonly Made[] {
  return [2, 3, 4, 5, 6, 7, 8].map((orientation) => {
    const { width, height } = sides(40 + orientation);
    return {
      name: `turned-${orientation}.jpg`,
      bytes: patchJpeg(width, height, 'prophoto', exif(orientation)),
      answers: ['Send it upright'],
      format: 'JPEG',
      ...(orientation > 4 ? { width: height, height: width } : { width, height }),
    };
  });
}

const sentAs = ({ name, format }: Made) => name.replace(/\.\w+$/, format === 'PNG' ? '.png' : '.jpg');

test('pictures of other kinds, too large ones and turned ones become what was promised', async ({
  launch,
  zoom,
  files,
  judge,
}) => {
  const tally = await launch();
  const window = await openBackgrounds(tally);
  const all = [...otherKinds(judge), ...large(), ...turned()];
  for (let from = 0; from < all.length; from += 7) {
    const some = all.slice(from, from + 7);
    const sent = await sendDropped(
      { tally, window, zoom, files },
      some.map((one) => ({ ...one, sentAs: sentAs(one) })),
    );
    for (const [index, one] of some.entries()) {
      const bytes = sent[index] ?? Buffer.alloc(0);
      const seen = judge.seen(bytes);
      const { format, width, height, name } = one;
      expect({ ...seen, at: undefined }, name).toEqual({
        format,
        width,
        height,
        opaque: true,
        at: undefined,
      });
      const mirrored = /^turned-[2378]/.test(name);
      const wanted = mirrored ? [...seenPatches].reverse() : seenPatches;
      expect(patchesOf(seen), name).toEqual(wanted);
      expect(bytes.length, name).toBeLessThanOrEqual(most.background);
      // It stands upright as it is.
      expect(judge.tags(bytes, 'jpg')['IFD0:Orientation'] ?? 1, name).toBe(1);
    }
    await window.backgrounds.empty({ anyway: from === 0 });
  }
});

test('a PNG like a photo that is too large uses at least nine tenths of what is allowed', async ({
  launch,
  zoom,
  files,
  judge,
}) => {
  const tally = await launch();
  const window = await openBackgrounds(tally);
  const answers = ['Resize and upload'] as const;
  const made = [
    { name: 'glass.png', bytes: photoPng(4_600, 2_600), answers },
    { name: 'whole.png', bytes: photoPng(5_000, 2_800, { opaque: true }), answers, sentAs: 'whole.jpg' },
  ];
  for (const { bytes } of made) expect(bytes.length).toBeGreaterThan(1.1 * most.background);
  const [glass = Buffer.alloc(0), whole = Buffer.alloc(0)] = await sendDropped(
    { tally, window, zoom, files },
    made,
  );
  const seen = judge.seen(glass);
  expect(seen).toMatchObject({ format: 'PNG', opaque: false });
  expect(seen.width / seen.height).toBeCloseTo(4_600 / 2_600, 2);
  expect(glass.length).toBeGreaterThanOrEqual(0.9 * most.background);
  expect(glass.length).toBeLessThanOrEqual(most.background);
  // Where nothing shows through a JPEG has room for every pixel.
  expect(judge.seen(whole)).toMatchObject({ format: 'JPEG', width: 5_000, height: 2_800 });
  expect(whole.length).toBeLessThanOrEqual(most.background);
});

test('what shows through gets a color behind it, and a background is cropped to 16:9', async ({
  launch,
  zoom,
  files,
  judge,
}) => {
  const tally = await launch();
  const window = await openBackgrounds(tally);
  const { backgrounds, page } = window;
  const lowerHalf = ['-alpha', 'set', '-channel', 'A', '-fx', 'j<240?1:0'];
  const glass = judge.made(patchPng(960, 480, 'adobe'), { from: 'png', to: 'png' }, ...lowerHalf);
  expect(judge.seen(glass).opaque).toBe(false);
  const [filled = Buffer.alloc(0)] = await sendDropped({ tally, window, zoom, files }, [
    { name: 'glass.png', bytes: glass, answers: ['Send it with this color'] },
  ]);
  const seen = judge.seen(filled);
  expect(seen).toMatchObject({ format: 'PNG', width: 960, height: 480, opaque: true });
  const middles = patches.map((_, index) => (index + 0.5) / patches.length);
  expect(middles.map((x) => seen.at(x, 0.25))).toEqual(seenPatches);
  expect(middles.map((x) => seen.at(x, 0.75))).toEqual(patches.map(() => like([255, 255, 255])));

  const crops = [
    { name: 'p3.jpg', bytes: patchJpeg(1_600, 1_200, 'p3'), format: 'JPEG', width: 1_600, height: 900 },
    { name: 'adobe.png', bytes: patchPng(1_500, 1_000, 'adobe'), format: 'PNG', width: 1_500, height: 844 },
  ];
  for (const { name, bytes, format, width, height } of crops) {
    await sendDropped({ tally, window, zoom, files }, [{ name, bytes }]);
    await backgrounds.card(name).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Crop to 16:9' }).click();
    const dialog = page.getByRole('dialog', { name: 'Crop to 16:9' });
    const atZoom = async () => (await zoom.backgrounds()).filter((one) => one.name === name);
    const [before] = await atZoom();
    // The whole one goes, and then the cropped one comes.
    const cropped = async () => (await atZoom()).find(({ sha256 }) => sha256 !== before?.sha256)?.sha256;
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
    await expect.poll(cropped).toBeDefined();
    const crop = judge.seen(await keptCopy(tally, await cropped()));
    expect(crop, name).toMatchObject({
      format,
      width,
      height: expect.closeTo(height, -0.5),
      opaque: true,
    });
    expect(patchesOf(crop), name).toEqual(seenPatches);
  }
});

test('the profile picture is cropped with the right colors from every kind of file', async ({
  launch,
  practice,
  files,
  judge,
}) => {
  const { page, profile: screen } = await openAt(await launch(), 'Profile', ({ profile }) =>
    profile.changeButton(),
  );
  const kinds = [
    ...spaceNames.map((space) => ({ name: `${space}.jpg`, bytes: patchJpeg(960, 480, space) })),
    { name: 'adobe.png', bytes: patchPng(960, 480, 'adobe') },
    { name: 'inks.jpg', bytes: cmykJpeg(960, 480) },
    {
      name: 'still.gif',
      bytes: judge.made(patchJpeg(960, 480), { from: 'jpg', to: 'gif' }, '+dither'),
    },
    ...otherKinds(judge).filter(({ width }) => width > 96),
  ];
  for (const { name, bytes } of kinds) {
    await dropFiles(page, [files.file(name, bytes)]);
    await expect(screen.saveButton()).toBeEnabled();
    await screen.save();
    const kept = (await pictureAtZoom(practice))?.bytes ?? Buffer.alloc(0);
    const seen = judge.seen(kept);
    const side = Math.min(judge.seen(bytes).width, judge.seen(bytes).height);
    expect([seen.width, seen.height], name).toEqual([side, side]);
    expect(['JPEG', 'PNG'], name).toContain(seen.format);
    // On both sides of the middle are the third patch and the fourth, one above the other where it stands.
    const isUpright = judge.seen(bytes).height > judge.seen(bytes).width;
    const found = [0.4, 0.6].map((along) => (isUpright ? seen.at(0.5, along) : seen.at(along, 0.5)));
    expect(found, name).toEqual(seenPatches.slice(2, 4));
    expect(kept.length, name).toBeLessThanOrEqual(most.picture);
  }
});

test('place, camera, motion video and second picture are left out; orientation and profile stay', async ({
  launch,
  zoom,
  files,
  judge,
}) => {
  const tally = await launch();
  const window = await openBackgrounds(tally);
  const secret = 'SECRET-41.403-N';
  const named = [
    '-Make',
    '-Model',
    '-SerialNumber',
    '-LensSerialNumber',
    '-OwnerName',
    '-Artist',
    '-UserComment',
    '-XMP:Creator',
    '-IPTC:City',
    '-Comment',
  ];
  const camera = [
    ...['-GPSLatitude=41.403', '-GPSLatitudeRef=N', '-GPSLongitude=2.174', '-GPSLongitudeRef=E'],
    ...['-XMP:GPSLatitude=41.403', '-DateTimeOriginal=2026:11:30 08:00:00', '-Orientation#=6'],
    ...named.map((tag) => `${tag}=${secret}`),
  ];
  const photo = (height: number) => judge.tagged(patchJpeg(960, height, 'p3'), 'jpg', ...camera);
  const clip = await movieOf(640, 480);
  const second = judge.tagged(patchJpeg(96, 48), 'jpg', `-Comment=${secret}`);
  const hidden = Buffer.from(secret);
  const inPng = camera.filter((tag) => !tag.includes('IPTC'));
  const made = [
    { name: 'camera.jpg', bytes: photo(480) },
    { name: 'motion.jpg', bytes: Buffer.concat([photo(488), clip, hidden]) },
    { name: 'two.jpg', bytes: Buffer.concat([photo(496), second]) },
    { name: 'drawing.png', bytes: judge.tagged(patchPng(960, 480, 'p3'), 'png', ...inPng) },
  ];
  for (const { bytes } of made) expect(bytes.includes(hidden)).toBe(true);
  const sent = await sendDropped(
    { tally, window, zoom, files },
    made.map((one) => ({ ...one, answers: ['Send it as it is'] })),
  );
  for (const [index, { name, bytes: own }] of made.entries()) {
    const bytes = sent[index] ?? Buffer.alloc(0);
    const ending = name.endsWith('png') ? 'png' : 'jpg';
    const before = judge.tags(own, ending);
    const after = judge.tags(bytes, ending);
    expect(Object.keys(before).join(), name).toMatch(/GPS:GPSLatitude/);
    // What else is left says how its pixels are stored, and their colors.
    const plain = /^(?:SourceFile|(?:ExifTool|System|File|JFIF|PNG|ICC[^:]*|Composite):)/;
    expect(
      Object.keys(after).filter((tag) => !plain.test(tag)),
      name,
    ).toEqual(['IFD0:Orientation']);
    expect(JSON.stringify(after), name).not.toMatch(/GPS|Serial|Trailer|SECRET/);
    expect(bytes.includes(hidden), name).toBe(false);
    expect(bytes.includes('ftyp'), name).toBe(false);
    expect(after['IFD0:Orientation'], name).toBe(6);
    expect(after['ICC_Profile:ProfileDescription'], name).toBe('p3');
    // Not a pixel of it is another.
    const [wanted, found] = [judge.seen(own), judge.seen(bytes)];
    expect({ ...found, at: undefined }, name).toEqual({ ...wanted, at: undefined });
    expect(patchesOf(found), name).toEqual(patchesOf(wanted));
    expect(patchesOf(found), name).toEqual(seenPatches);
  }
});
