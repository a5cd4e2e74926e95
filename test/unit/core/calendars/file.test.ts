import { expect, test } from 'vitest';
import { readCalendarFile } from '../../../../electron/core/calendars/file.ts';
import type { OpenFile } from '../../../../electron/core/ports.ts';

const state = { size: 5, mtimeMs: 1, ino: 2, isFile: true };
const content = Buffer.from('BEGIN');

function diskOf(file: Partial<OpenFile>, code?: string) {
  let closed = 0;
  const open = async (): Promise<OpenFile> => ({
    state: async () => state,
    read: async (buffer, offset, length, position) =>
      content.copy(buffer, offset, position ?? 0, (position ?? 0) + Math.min(length, 2)),
    async close() {
      closed += 1;
    },
    ...file,
  });
  const fails = () => Promise.reject(Object.assign(new Error(), { code }));
  return {
    look: async () => ({ link: false, target: 'file' }) as const,
    open: code === undefined ? open : fails,
    closed: () => closed,
  };
}

test.each([
  ['EACCES', 'file-closed'],
  ['EIO', 'file-closed'],
  ['ENOENT', 'file-gone'],
  ['ENOTDIR', 'file-gone'],
  ['EISDIR', 'no-file'],
  ['ETIMEDOUT', 'file-slow'],
])('a file that cannot be opened has words, by %s', async (code, problem) => {
  expect(await readCalendarFile('/a.ics', undefined, diskOf({}, code))).toEqual({ ok: false, problem });
});

test('a file is read in parts, once, and closed', async () => {
  const disk = diskOf({});
  const read = await readCalendarFile('/a.ics', undefined, disk);
  expect(read).toEqual({ ok: true, bytes: new Uint8Array(content), marks: { etag: '5 1 2' } });
  expect(await readCalendarFile('/a.ics', '5 1 2', disk)).toEqual({ ok: true });
  expect(disk.closed()).toBe(2);
});

test('a file that becomes shorter, or something else, while it is opened is not waited for', async () => {
  const short = diskOf({ read: async () => 0 });
  expect(await readCalendarFile('/a.ics', undefined, short)).toMatchObject({ bytes: new Uint8Array() });
  const pipe = diskOf({ state: async () => ({ ...state, isFile: false }) });
  expect(await readCalendarFile('/a.ics', undefined, pipe)).toEqual({ ok: false, problem: 'no-file' });
  expect(pipe.closed()).toBe(1);
});
