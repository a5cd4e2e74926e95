import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { autostartEntry } from '../../../electron/desktop/login-item.ts';
import { tempFolders } from '../../support/temp-folder.ts';

const tempFolder = tempFolders();
const name = 'io.github.tallyauthors.Tally.desktop';

function entry(text: string, program = process.execPath) {
  const folder = tempFolder();
  writeFileSync(join(folder, name), text);
  return autostartEntry(folder, program);
}

describe('start at login on Linux', () => {
  test('is an entry that starts Tally in the tray, and is gone when it is switched off', () => {
    const folder = join(tempFolder(), 'autostart');
    const item = autostartEntry(folder, process.execPath);
    expect(item.isOn()).toBe(false);
    expect([item.set(true), item.isOn()]).toEqual([true, true]);
    const text = readFileSync(join(folder, name), 'utf8');
    expect(text).toContain(`\nTryExec=${process.execPath}\nExec="${process.execPath}" --hidden\n`);
    expect([item.set(false), item.isOn()]).toEqual([true, false]);
    expect(item.set(false)).toBe(true);
  });

  test.each(['with spaces', 'Äpfel & "quotes"', 'back\\slash', '100 %', 'dollar$HOME `x`'])(
    'a program in a folder named %s is found again',
    (folderName) => {
      const folder = join(tempFolder(), folderName);
      mkdirSync(folder);
      const program = join(folder, 'Tally.AppImage');
      symlinkSync(process.execPath, program);
      const item = autostartEntry(tempFolder(), program);
      item.set(true);
      expect(item.isOn()).toBe(true);
    },
  );

  test.each([
    ['switched off by the desktop', `[Desktop Entry]\nExec=${process.execPath}\nHidden=true\n`, false],
    [
      'switched off by GNOME',
      `[Desktop Entry]\nExec=${process.execPath}\nX-GNOME-Autostart-enabled=false\n`,
      false,
    ],
    ['with a program that is gone', '[Desktop Entry]\nExec="/nowhere/Tally.AppImage" --hidden\n', false],
    [
      'with another program that is gone',
      `[Desktop Entry]\nTryExec=/nowhere/tally\nExec=${process.execPath}\n`,
      false,
    ],
    ['without a program', '[Desktop Entry]\nName=Tally\n', false],
    ['empty', '', false],
    ['with other words', `[Desktop Entry]\n Exec = ${process.execPath} --practice\n`, true],
    ['with a command of the path', '[Desktop Entry]\nExec=tally --hidden\n', true],
    [
      'with a key of another group',
      `[Desktop Entry]\nExec=${process.execPath}\n[Other]\nHidden=true\n`,
      true,
    ],
  ])('an entry edited by hand counts as what the desktop makes of it: %s', (_, text, on) => {
    expect(entry(text).isOn()).toBe(on);
  });

  test('where nothing can be written, it says so', () => {
    const file = join(tempFolder(), 'file');
    writeFileSync(file, '');
    const item = autostartEntry(file, process.execPath);
    expect([item.set(true), item.isOn()]).toEqual([false, false]);
  });
});
