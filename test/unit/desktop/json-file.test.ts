import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../../support/without-electron.ts';
import { openJsonFile } from '../../../electron/desktop/json-file.ts';
import { tempFolders, unwritable } from '../../support/temp-folder.ts';

const folderOf = tempFolders();
const posix = it.skipIf(process.platform === 'win32');

interface Place {
  readonly folder: string;
  readonly path: string;
  open(): ReturnType<typeof openJsonFile>;
  text(suffix?: string): string;
}

function place(folder = folderOf()): Place {
  const path = join(folder, 'things.json');
  return {
    folder,
    path,
    open: () => openJsonFile(folder, 'things'),
    text: (suffix = '') => readFileSync(path + suffix, 'utf8'),
  };
}

/** A folder whose file was written and opened again, so that it has a backup. */
function written(content: Record<string, unknown>): Place {
  const made = place();
  expect(made.open().write(content)).toBe(true);
  expect(made.open().read()).toEqual(content);
  return made;
}

describe('a file', () => {
  it('that was never written is nothing, and makes none', () => {
    const { folder, open } = place();
    expect(open()).toMatchObject({ recovery: 'intact' });
    expect(open().read()).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is read back as it was written, also when the folder is not there yet', () => {
    const { open, path } = place(join(folderOf(), 'deep', 'er'));
    const file = open();
    const content = { a: [1, { b: null }], 'dotted.name': 'ü', ['__proto__']: 5 };
    expect(file.write(content)).toBe(true);
    expect(file.read()).toBe(content);
    expect(open().read()).toEqual(content);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(content);
    expect(open().write({})).toBe(true);
    expect(open().read()).toEqual({});
  });

  it('is replaced whole: what was there before is gone, and nothing is left beside it', () => {
    const { folder, open } = written({ one: 1, two: 2 });
    open().write({ two: 3 });
    expect(open().read()).toEqual({ two: 3 });
    expect(readdirSync(folder).sort()).toEqual(['things.json', 'things.json.bak']);
  });

  posix('is never seen half written', () => {
    const { path, open } = written({ big: 'x'.repeat(200_000) });
    const inode = lstatSync(path).ino;
    open().write({ big: 'y'.repeat(200_000) });
    // Another file under the same name: whoever reads sees the old or the new one.
    expect(lstatSync(path).ino).not.toBe(inode);
  });
});

describe('a file that cannot be read', () => {
  it('is put aside, and the last good copy takes its place', () => {
    const { path, open, text } = written({ kept: true });
    writeFileSync(path, '{"kept": tru');
    const file = open();
    expect(file.recovery).toBe('backup');
    expect(file.read()).toEqual({ kept: true });
    expect(text('.corrupt')).toBe('{"kept": tru');
    expect(JSON.parse(text())).toEqual({ kept: true });
    expect(open().recovery).toBe('intact');
  });

  it('without a copy is put aside, and a new one can be written', () => {
    const { path, open, text } = place();
    writeFileSync(path, 'surprise');
    const file = open();
    expect(file).toMatchObject({ recovery: 'defaults' });
    expect(file.read()).toBeUndefined();
    expect(file.write({ a: 1 })).toBe(true);
    expect(open().read()).toEqual({ a: 1 });
    expect(text('.corrupt')).toBe('surprise');
  });

  it('whose copy cannot be read either is nothing, and neither gets in the way', () => {
    const { path, open } = written({ a: 1 });
    writeFileSync(path, '[]');
    writeFileSync(`${path}.bak`, '{');
    expect(open().recovery).toBe('defaults');
    expect(open().write({ a: 2 })).toBe(true);
    expect(open().read()).toEqual({ a: 2 });
  });

  it('is found at every byte it may be cut at', () => {
    const content = { theme: 'dark', list: [1, 2, 3], text: 'ü"\\' };
    const { path, open, text } = written(content);
    const whole = readFileSync(path);
    for (let bytes = 0; bytes < whole.length; bytes += 1) {
      const cut = whole.subarray(0, bytes);
      writeFileSync(path, cut);
      const file = open();
      // Only the last line break may be missing without harm.
      expect(file.recovery, `cut at ${bytes}`).toBe(
        whole.subarray(bytes).toString().trim() === '' ? 'intact' : 'backup',
      );
      expect(file.read()).toEqual(content);
      if (file.recovery === 'backup') expect(text('.corrupt')).toBe(cut.toString());
    }
  });

  it('never stops the start, whatever its bytes are', () => {
    const { path, open } = written({ good: 1 });
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json().map((text) => Buffer.from(text)),
      fc
        .constantFrom('null', '5', '"a"', '[{}]', '\uFEFF{}', '{}{}', '{"a":1}\0')
        .map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(bytes, (content) => {
        writeFileSync(path, content);
        writeFileSync(`${path}.bak`, '{"good":1}');
        const file = open();
        const value = file.read();
        expect(typeof value === 'object' && value !== null && !Array.isArray(value)).toBe(true);
        expect(file.recovery === 'backup' ? value : { good: 1 }).toEqual({ good: 1 });
        expect(file.write({ good: 2 })).toBe(true);
        expect(open().read()).toEqual({ good: 2 });
      }),
      { numRuns: 150 },
    );
  });

  it('because it is huge costs no memory', () => {
    const { path, open } = written({ a: 1 });
    writeFileSync(path, JSON.stringify({ big: 'x'.repeat(2 * 1024 * 1024) }));
    expect(open()).toMatchObject({ recovery: 'backup' });
    expect(open().read()).toEqual({ a: 1 });
  });

  it.each([
    ['with a backup', true],
    ['without one', false],
  ])('because it is a folder is put aside with all that is in it, each time, %s', (_, backup) => {
    const { path, open } = backup ? written({ a: 1 }) : place();
    for (let turn = 0; turn < 2; turn += 1) {
      rmSync(path, { recursive: true, force: true });
      mkdirSync(path);
      writeFileSync(join(path, 'within'), 'x');
      const file = open();
      expect(file.recovery).toBe(backup ? 'backup' : 'defaults');
      expect(readFileSync(join(`${path}.corrupt`, 'within'), 'utf8')).toBe('x');
      expect(file.write({ a: 2 })).toBe(true);
      if (backup) writeFileSync(`${path}.bak`, '{"a":1}');
      else rmSync(`${path}.bak`, { recursive: true, force: true });
    }
  });

  posix('because it is a pipe does not hang the start', () => {
    const { path, open } = place();
    execFileSync('mkfifo', [path]);
    expect(open().recovery).toBe('defaults');
    expect(open().write({ a: 1 })).toBe(true);
    expect(open().read()).toEqual({ a: 1 });
  });
});

describe('a link', () => {
  posix('in the place of the file is put aside, and what it names is neither read nor written', () => {
    const { path, open } = written({ a: 1 });
    const target = join(folderOf(), 'elsewhere.json');
    writeFileSync(target, '{"a":5}');
    rmSync(path);
    symlinkSync(target, path);
    const file = open();
    expect([file.recovery, file.read()]).toEqual(['backup', { a: 1 }]);
    expect(file.write({ a: 2 })).toBe(true);
    expect(lstatSync(`${path}.corrupt`).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('{"a":5}');
    expect(open().read()).toEqual({ a: 2 });
  });

  posix('that another program makes of it after the start is put aside at the next save', () => {
    const { path, open } = written({ a: 1 });
    const target = join(folderOf(), 'elsewhere.json');
    writeFileSync(target, '{"a":5}');
    const file = open();
    for (const a of [2, 3]) {
      rmSync(path);
      symlinkSync(target, path);
      expect(file.write({ a })).toBe(true);
      expect(lstatSync(path).isFile()).toBe(true);
    }
    expect(readFileSync(target, 'utf8')).toBe('{"a":5}');
    expect(open().read()).toEqual({ a: 3 });
  });

  posix('to a file that is too large, or to a device without end, is not followed', () => {
    const { path, open } = place();
    const target = join(folderOf(), 'large.json');
    writeFileSync(target, JSON.stringify({ big: 'x'.repeat(2 * 1024 * 1024) }));
    for (const to of [target, '/dev/zero']) {
      symlinkSync(to, path);
      expect(open()).toMatchObject({ recovery: 'defaults' });
      expect(existsSync(path)).toBe(false);
    }
    expect(existsSync(target)).toBe(true);
  });

  posix('that leads nowhere, or to itself, is no obstacle', () => {
    for (const to of ['nowhere.json', 'things.json']) {
      const { path, open } = place();
      symlinkSync(to, path);
      const file = open();
      expect([file.recovery, file.read()]).toEqual(['defaults', undefined]);
      expect(file.write({ a: 1 })).toBe(true);
      expect(open().read()).toEqual({ a: 1 });
    }
  });
});

describe.skipIf(process.getuid?.() !== 0)('a file of another user', () => {
  const nobody = 65_534;

  it('is put aside, and its copy is not believed either', () => {
    const { path, open, text } = written({ a: 1 });
    writeFileSync(path, '{"a":5}');
    chownSync(path, nobody, nobody);
    const file = open();
    expect([file.recovery, file.read()]).toEqual(['backup', { a: 1 }]);
    expect(text('.corrupt')).toBe('{"a":5}');
    expect(file.write({ a: 2 })).toBe(true);
    expect(lstatSync(path).uid).toBe(0);
    for (const name of [path, `${path}.bak`]) chownSync(name, nobody, nobody);
    expect(open()).toMatchObject({ recovery: 'defaults' });
  });

  it('is the person’s own where the disk has one owner for all that is on it', () => {
    const { folder, path, open } = written({ a: 1 });
    for (const name of [folder, path, `${path}.bak`]) chownSync(name, nobody, nobody);
    expect([open().recovery, open().read()]).toEqual(['intact', { a: 1 }]);
  });
});

describe('what a killed write leaves behind', () => {
  it('is swept away, and nothing else is', () => {
    const { folder, path, open } = written({ a: 1 });
    for (const name of ['things.json.tmp-1700000000abcdef', 'things.json.tmp-1700000001abcdef']) {
      writeFileSync(join(folder, name), '{"a":');
    }
    mkdirSync(join(folder, 'things.json.tmp-0'));
    writeFileSync(join(folder, 'other.json.tmp-1700000000abcdef'), 'x');
    writeFileSync(`${path}.corrupt`, 'x');
    expect(open().read()).toEqual({ a: 1 });
    expect(readdirSync(folder).sort()).toEqual([
      'other.json.tmp-1700000000abcdef',
      'things.json',
      'things.json.bak',
      'things.json.corrupt',
      'things.json.tmp-0',
    ]);
  });
});

describe('a file that another program spoils after the start', () => {
  it.each(['<<<<<<< ours', '', '[]'])('is put aside at the next save: %j', (content) => {
    const { path, open, text } = written({ a: 1 });
    const file = open();
    writeFileSync(path, content);
    expect(file.write({ a: 2 })).toBe(true);
    expect(text('.corrupt')).toBe(content);
    expect(open().read()).toEqual({ a: 2 });
  });

  posix('is put aside where it is a pipe', () => {
    const { path, open } = written({ a: 1 });
    const file = open();
    rmSync(path);
    execFileSync('mkfifo', [path]);
    expect(file.write({ a: 2 })).toBe(true);
    expect(open().read()).toEqual({ a: 2 });
  });
});

describe('the copy', () => {
  posix('in whose place there is a pipe does not hang the start', () => {
    const { path, open, text } = written({ a: 1 });
    rmSync(`${path}.bak`);
    execFileSync('mkfifo', [`${path}.bak`]);
    expect(open().read()).toEqual({ a: 1 });
    expect(JSON.parse(text('.bak'))).toEqual({ a: 1 });
  });

  posix('in whose place there is a link leaves alone what the link names', () => {
    const { path, open, text } = written({ a: 1 });
    const other = join(folderOf(), 'other');
    writeFileSync(other, 'mine');
    rmSync(`${path}.bak`);
    symlinkSync(other, `${path}.bak`);
    open();
    expect(readFileSync(other, 'utf8')).toBe('mine');
    expect(JSON.parse(text('.bak'))).toEqual({ a: 1 });
  });

  it('and what was put aside hold nothing older once that is to be forgotten', () => {
    const { folder, path, open } = written({ secret: 1 });
    writeFileSync(`${path}.corrupt`, 'secret');
    const file = open();
    file.write({ a: 1 });
    file.forgetFormer();
    expect(readdirSync(folder).sort()).toEqual(['things.json', 'things.json.bak']);
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(folder, name), 'utf8'), name).not.toContain('secret');
    }
  });
});

posix('nobody else can read a file or its copy, whatever the umask is', () => {
  const former = process.umask(0);
  try {
    const { path, open } = place();
    open().write({ a: 1 });
    // Before the next start, which would mend it.
    expect(lstatSync(path).mode & 0o777).toBe(0o600);
    open();
    for (const file of [path, `${path}.bak`]) expect(lstatSync(file).mode & 0o777, file).toBe(0o600);
    chmodSync(path, 0o644);
    chmodSync(`${path}.bak`, 0o666);
    open();
    for (const file of [path, `${path}.bak`]) expect(lstatSync(file).mode & 0o777, file).toBe(0o600);
  } finally {
    process.umask(former);
  }
});

describe('a folder that cannot be written', () => {
  it('keeps everything in memory and says so with each write', () => {
    const folder = folderOf();
    writeFileSync(join(folder, 'file'), '');
    const file = openJsonFile(join(folder, 'file', 'data'), 'things');
    expect(file).toMatchObject({ recovery: 'intact' });
    expect(file.read()).toBeUndefined();
    expect(file.write({ a: 1 })).toBe(false);
    expect(file.write({ a: 2 })).toBe(false);
    expect(file.read()).toEqual({ a: 2 });
  });

  posix('still gives the last good copy of a file that cannot be read', () => {
    const { folder, path, open } = written({ a: 1 });
    writeFileSync(path, '{');
    unwritable(folder, () => {
      const file = open();
      expect(file.recovery).toBe('backup');
      expect(file.read()).toEqual({ a: 1 });
      expect(file.write({ a: 2 })).toBe(false);
      expect(file.read()).toEqual({ a: 2 });
    });
    expect(readFileSync(path, 'utf8')).toBe('{');
  });
});
