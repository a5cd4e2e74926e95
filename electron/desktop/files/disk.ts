import { constants } from 'node:fs';
import { lstat, open, readFile, stat } from 'node:fs/promises';
import type { Disk } from '../../core/ports.ts';

/** The person's files on this computer's disks, by the threads of whichever process this runs in: a reader's, never main's. */
export const disk: Disk = {
  async look(path) {
    const link = (await lstat(path)).isSymbolicLink();
    const target = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (link && error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!target) return { link, target: 'none' };
    return { link, target: target.isFile() ? 'file' : target.isDirectory() ? 'folder' : 'other' };
  },

  async open(path) {
    // Something else may have taken the file's place: without O_NONBLOCK, opening a pipe waits for its writer.
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    return {
      async state() {
        const stats = await handle.stat();
        return { size: stats.size, mtimeMs: stats.mtimeMs, ino: stats.ino, isFile: stats.isFile() };
      },
      read: async (buffer, offset, length, position) =>
        (await handle.read(buffer, offset, length, position)).bytesRead,
      close: () => handle.close(),
    };
  },

  async state(path) {
    const { size, mtimeMs, ino } = await stat(path);
    return { size, mtimeMs, ino };
  },
  read: readFile,
};
