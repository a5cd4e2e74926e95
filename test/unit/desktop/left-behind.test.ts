import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rememberCopies } from '../../../electron/desktop/left-behind.ts';
import { zak } from '../../../electron/practice/tokens.ts';
import { tempFolders } from '../../support/temp-folder.ts';

const tempFolder = tempFolders();
const token = zak('a person', 'an account', 0, 300);

/** A clipboard that outlives programs, and one Tally after the other that uses it. */
function rig(file = join(tempFolder(), 'copied')) {
  const board = { text: '', looks: 0, takes: true, answers: true };
  const system = {
    async copy(text: string) {
      if (board.takes) board.text = text;
      return board.takes;
    },
    async clear(isIt: (text: string) => boolean) {
      board.looks += 1;
      if (!board.answers) throw new Error('no answer');
      if (!isIt(board.text)) return 'left';
      board.text = '';
      return 'cleared';
    },
  } as const;
  return { board, file, start: () => rememberCopies(system, file) };
}

it('what a killed Tally has left is taken back at the next start; until then no more than its hash is kept', async () => {
  const { board, file, start } = rig();
  expect(await start().copy(token)).toBe(true);
  expect(readFileSync(file, 'utf8')).toMatch(/^[0-9a-f]{64}$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await start().takeBack();
  expect([board.text, existsSync(file)]).toEqual(['', false]);
});

it('what somebody has copied since is left, and is looked at once', async () => {
  const { board, file, start } = rig();
  await start().copy(token);
  board.text = 'milk';
  await start().takeBack();
  expect([board.text, existsSync(file)]).toEqual(['milk', false]);
  board.text = token;
  await start().takeBack();
  expect([board.text, board.looks]).toEqual([token, 1]);
});

it('a token that was copied while the former one is looked for stays', async () => {
  const { board, file, start } = rig();
  await start().copy(token);
  const clipboard = start();
  const other = zak('another', 'an account', 0, 300);
  const looked = clipboard.takeBack();
  await clipboard.copy(other);
  await looked;
  expect(board.text).toBe(other);
  expect(existsSync(file)).toBe(true);
  expect(await clipboard.clear(other)).toBe('cleared');
  expect(existsSync(file)).toBe(false);
});

it.each([
  ['a host key', '123456'],
  [
    'a link whose passcode could be found out by its hash',
    `https://us02web.zoom.us/j/8801234567?pwd=123456&uname=${'a'.repeat(40)}`,
  ],
])('of %s nothing is kept', async (_kind, text) => {
  const { board, file, start } = rig();
  await start().copy(token);
  await start().copy(text);
  expect([board.text, existsSync(file)]).toEqual([text, false]);
});

it('where the system takes no text, what it took before is still remembered', async () => {
  const { board, start } = rig();
  await start().copy(token);
  board.takes = false;
  expect(await start().copy('123456')).toBe(false);
  await start().takeBack();
  expect(board.text).toBe('');
});

it('a clipboard that does not answer breaks nothing, and is not asked again', async () => {
  const { board, start } = rig();
  await start().copy(token);
  board.answers = false;
  await start().takeBack();
  await start().takeBack();
  expect(board.looks).toBe(1);
});

it('a spoiled file, a link and a pipe are passed over, and the next copy takes their place', async () => {
  const { board, file, start } = rig();
  const target = join(tempFolder(), 'target');
  writeFileSync(target, 'b'.repeat(64));
  for (const spoil of [
    () => writeFileSync(file, 'x'.repeat(64)),
    () => writeFileSync(file, 'b'.repeat(1_000)),
    () => symlinkSync(target, file),
    () => execFileSync('mkfifo', [file]),
  ]) {
    spoil();
    await start().takeBack();
    expect(board.looks).toBe(0);
    await start().copy(token);
    expect(lstatSync(file).isFile()).toBe(true);
    await start().takeBack();
    expect([board.text, board.looks]).toEqual(['', 1]);
    board.looks = 0;
  }
  expect(readFileSync(target, 'utf8')).toBe('b'.repeat(64));
});

it('where nothing can be kept, copying and clearing go on', async () => {
  const { board, start } = rig(join(tempFolder(), 'none', 'copied'));
  const clipboard = start();
  expect(await clipboard.copy(token)).toBe(true);
  await clipboard.takeBack();
  expect(await clipboard.clear(token)).toBe('cleared');
  expect(board.text).toBe('');
});
