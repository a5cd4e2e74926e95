import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, packageFolder, test } from '../support/desktop/packaged.ts';

test('it starts from a folder with spaces and umlauts in its name, on a Turkish system', async ({
  panel,
  startPackaged,
  folder,
}) => {
  const copy = join(folder, 'Ö f f n e n & „mehr“');
  mkdirSync(copy);
  for (const name of readdirSync(packageFolder)) {
    // The program finds the rest by where it stands itself.
    if (name === 'tally') cpSync(join(packageFolder, name), join(copy, name));
    else symlinkSync(join(packageFolder, name), join(copy, name));
  }
  const tally = startPackaged({
    folder: copy,
    args: ['--practice'],
    env: { LC_ALL: 'tr_TR.UTF-8', LANGUAGE: 'tr' },
  });
  await panel.waitForTooltip('Available');
  await panel.click(['Busy']);
  await panel.waitForTooltip('Busy');
  await panel.click(['Quit']);
  expect(await tally.ended).toBe(0);
});
