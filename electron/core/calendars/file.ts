import { longestCalendar } from '../calendar/reading.ts';
import type { Disk } from '../ports.ts';
import type { Fetched } from './feed.ts';
import { type Trouble, trouble } from './web.ts';

/** Reads the file of a calendar, unless its state is still the one that `mark` tells. */
export async function readCalendarFile(
  path: string,
  mark: string | undefined,
  disk: Pick<Disk, 'look' | 'open'>,
): Promise<Fetched> {
  try {
    const { target } = await disk.look(path);
    if (target === 'none') return trouble('file-gone');
    // Nothing is opened that would wait for somebody to write into it.
    if (target !== 'file') return trouble('no-file');
    const file = await disk.open(path);
    try {
      const { isFile, size, mtimeMs, ino } = await file.state();
      if (!isFile) return trouble('no-file');
      const etag = `${size} ${mtimeMs} ${ino}`;
      if (etag === mark) return { ok: true };
      if (size > longestCalendar) return trouble('too-large');
      const bytes = new Uint8Array(size);
      let filled = 0;
      while (filled < size) {
        const count = await file.read(bytes, filled, Math.min(512 * 1024, size - filled), filled);
        if (count === 0) break;
        filled += count;
      }
      return { ok: true, bytes: bytes.subarray(0, filled), marks: { etag } };
    } finally {
      await file.close();
    }
  } catch (error) {
    return fileTrouble(error);
  }
}

function fileTrouble(error: unknown): Trouble {
  const { code } = (error ?? {}) as { code?: unknown };
  if (code === 'ENOENT' || code === 'ENOTDIR') return trouble('file-gone');
  if (code === 'EISDIR') return trouble('no-file');
  return trouble(code === 'ETIMEDOUT' ? 'file-slow' : 'file-closed');
}
