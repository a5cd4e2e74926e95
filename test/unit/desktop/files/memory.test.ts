import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { layBytes, makeMemory, openMemory } from '../../../../electron/desktop/files/memory.ts';
import { tempFolders } from '../../../support/temp-folder.ts';

const folderOf = tempFolders();
const opened: number[] = [];
afterEach(() => {
  for (const descriptor of opened.splice(0)) closeSync(descriptor);
});

function made(): number {
  const memory = makeMemory() as number;
  opened.push(memory);
  return memory;
}

describe.runIf(process.platform === 'linux')('the memory that a reader shares with main', () => {
  it('gives main what was laid there last, of every size', () => {
    const memory = made();
    const seen = openMemory(process.pid, memory);
    for (const [size, at] of [
      [1, 0],
      [300_000, 7],
      [1_048_576, 1_048_576],
      [0, 0],
      [2, 300_000],
    ] as const) {
      const bytes = randomBytes(size);
      expect(layBytes(memory, bytes, at)).toBe(true);
      const into = Buffer.alloc(size);
      seen?.copy(at, into);
      expect(into.equals(bytes)).toBe(true);
    }
    seen?.close();
  });

  it('has no name by which others could find it, and would be closed to them', () => {
    const before = readdirSync('/dev/shm');
    const { mode, nlink } = fstatSync(made());
    expect(nlink).toBe(0);
    expect(mode & 0o077).toBe(0);
    expect(readdirSync('/dev/shm')).toEqual(before);
  });

  it('never gives less than was asked for', () => {
    const memory = made();
    layBytes(memory, Buffer.alloc(10), 0);
    const seen = openMemory(process.pid, memory);
    expect(() => seen?.copy(5, Buffer.alloc(6))).toThrow('laid less');
    seen?.close();
  });

  it('is none where there can be none', () => {
    const folder = folderOf();
    writeFileSync(join(folder, 'file'), '');
    for (const place of [join(folder, 'missing'), join(folder, 'file')])
      expect(makeMemory(place)).toBeUndefined();
    expect(openMemory(process.pid, 9_999)).toBeUndefined();
    const full = openSync('/dev/full', 'w');
    opened.push(full);
    expect(layBytes(full, Buffer.alloc(10), 0)).toBe(false);
  });
});
