import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expectAccessible } from '../support/desktop/accessible.ts';
import { dropFiles } from '../support/desktop/drop.ts';
import { openBackgrounds } from '../support/desktop/open.ts';
import { expect, test } from '../support/desktop/tally.ts';
import { corpus } from '../support/media-corpus-odd.ts';
import { sentSha256 } from '../support/sent-file.ts';

/** By how they are called in the queue. */
const taken = {
  'first-skip.mov': 'first-skip.mov',
  'phone.mp4': 'phone.mp4',
  'id3.mp4': 'id3.mp4',
  'narrow.mp4': 'narrow.mp4',
  'no-trailer.gif': 'no-trailer.gif',
  'phone-108.jpg': 'phone-108.jpg',
  'photo\u202egnp.png': 'photognp.png',
} as const;
const refused = {
  'upright.mp4': 'upright.mp4',
  'empty-media.mp4': 'empty-media.mp4',
  '._holiday.jpg': '._holiday.jpg',
  '.holiday.jpg.icloud': '.holiday.jpg.icloud',
  '404.jpg': '404.jpg',
  'app-icon.png': 'app-icon.png',
  'setup.exe': 'setup.exe',
  'photo\u202egpj.exe': 'photogpj.exe',
} as const;

test('odd kinds of files are sent as they are or refused in plain words, under names that hide nothing', async ({
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
  const window = await openBackgrounds(await launch());
  const { backgrounds, page } = window;
  const write = (name: string) => files.file(name, kindOf(name).bytes);
  const good = Object.keys(taken).map(write);
  await dropFiles(page, [...good, ...Object.keys(refused).map(write)]);
  for (const [name, shown] of Object.entries(taken)) {
    await expect(backgrounds.upload(shown)).toContainText('Uploaded');
    const wanted = kindOf(name).expect;
    if (wanted.fit !== 'yes') throw new Error(`${name} is not good.`);
    for (const note of wanted.notes ?? []) {
      // Once Zoom took it, there is no doubt any more whether it does.
      if (/refuse/.test(note.source)) await expect(backgrounds.upload(shown)).not.toContainText('may refuse');
      else await expect(backgrounds.upload(shown)).toContainText(note);
    }
  }
  for (const [name, shown] of Object.entries(refused)) {
    await expect(backgrounds.upload(shown)).toContainText('Unsupported file');
    const wanted = kindOf(name).expect;
    if (wanted.fit !== 'no' || !wanted.words) throw new Error(`${name} is refused without words.`);
    await expect(backgrounds.upload(shown).getByText(wanted.words)).toBeVisible();
  }
  const stored = await zoom.backgrounds();
  expect(
    stored
      .slice(-good.length)
      .map((one) => one.sha256)
      .sort(),
  ).toEqual((await Promise.all(good.map(sentSha256))).sort());
  await expectAccessible(window);
});

test('a file whose name is not UTF-8 is refused by what is wrong with it', async ({ launch, files }) => {
  const { backgrounds, page } = await openBackgrounds(await launch());
  const good = files.picture('good.png', 9);
  writeFileSync(Buffer.from(join(files.path, 'caf\xe9.png'), 'latin1'), Buffer.from('never read'));
  const addresses = [`${pathToFileURL(files.path).href}/caf%E9.png`, pathToFileURL(good).href];
  // Pasted as files are that were copied in the desktop's file manager: a path in CDP could not hold such a name.
  const list = files.file('list', Buffer.from(addresses.join('\r\n')));
  execFileSync('xclip', ['-selection', 'clipboard', '-t', 'text/uri-list', '-i', list], { stdio: 'ignore' });
  await page.keyboard.press('Control+V');
  await expect(backgrounds.problem()).toContainText('isn’t written in UTF-8');
  await expect(backgrounds.upload('good.png')).toContainText('Uploaded');
});
